"""The work of enrolling a laptop: its request is chosen, the number typed, the trust file written to the stick."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from antq_desktop.domain.errors import KnownFailure, MachineFailed
from antq_desktop.exchange.names import SUFFIX
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.papers import enrolment_sheet
from antq_desktop.services.receiving_side.receiving import Enrolled
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.receiving.enrol_form import EnrolForm


class Enrolling(QObject):
    """``wanted`` when the form is to come into sight, ``enrolled`` with the sentence to show, ``failed`` with a stick's failure."""

    wanted = Signal()
    enrolled = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, folder: Callable[[], Path | None], parent: QObject) -> None:
        """``folder`` gives the stick that the trust file goes to; None: beside the request."""
        super().__init__(parent)
        self._desk = desk
        self._folder = folder
        self.form = EnrolForm(desk.year)
        self.form.file_asked.connect(self._choose)
        self.form.wanted.connect(self._enrol)
        self.form.picture_asked.connect(self._choose_picture)

    def begin(self, file: Path | None = None) -> None:
        """Show the form for the request ``file``, or for one that is yet to be chosen."""
        self.form.show_file(file)
        self.wanted.emit()
        self.form.number.input.setFocus()

    def _choose(self) -> None:
        kinds = ((_("Files of this program"), (SUFFIX[1:],)),)
        file = dialogs.choose_file(self.form, _("Choose the request"), kinds)
        if file is not None:
            self.begin(file)

    def _choose_picture(self) -> None:
        kinds = ((_("Pictures and PDF"), ("jpg", "jpeg", "png", "pdf")),)
        picture = dialogs.choose_file(self.form, _("Choose the picture of the sheet"), kinds)
        if picture is not None:
            self._desk.run(
                lambda progress: enrolment_sheet.read(picture, progress),
                lambda sheet: self.form.number.set_typed(sheet.check_number),
                lambda failure: self.form.say_fault(sentence(failure)),
                title=_("Reading the picture"),
                owner=self,
            )

    def _enrol(self, file: Path, number: str) -> None:
        folder, receiving = self._folder(), self._desk.services.receiving
        self._desk.run(
            lambda _progress: receiving.enrol(file, number, folder),
            self._enrolled,
            self._not_enrolled,
            owner=self,
        )

    def _enrolled(self, done: Enrolled) -> None:
        self.form.show_file(None)
        self.enrolled.emit(
            _(
                "{name} is enrolled. Give the stick back with «{file}».",
                name=done.unit_name,
                file=done.path.name,
            )
        )

    def _not_enrolled(self, failure: KnownFailure) -> None:
        if isinstance(failure, MachineFailed):
            self.failed.emit(failure)
        else:
            self.form.say_fault(sentence(failure))
