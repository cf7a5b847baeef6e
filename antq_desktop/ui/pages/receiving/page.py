"""The one page of the upper level that stays open: stick after stick, a verdict a file, and the table of communes."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure, MachineFailed
from antq_desktop.exchange.names import SUFFIX
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.commune_rows import CommuneRow
from antq_desktop.services.receiving import Enrolled
from antq_desktop.services.taking_in import SetAsideEvent
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages import stick_files
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.receiving import commune_rows, deeds
from antq_desktop.ui.pages.receiving.aside_panel import AsidePanel
from antq_desktop.ui.pages.receiving.deeds import Line, Received
from antq_desktop.ui.pages.receiving.enrol_form import EnrolForm
from antq_desktop.ui.pages.receiving.verdicts import Verdicts
from antq_desktop.ui.pages.receiving.watch import KINDS, StickWatch
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.stick_files import StickFile
from antq_desktop.ui.pages.sticks import StickChooser
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_BY_ITSELF = "receive-by-itself"


class ReceivingPage(Page):
    """Bundles by stick, by drop or by choice; what a stick brings can be taken in by itself."""

    tables = frozenset({"devices", "chains", "received_bundles", "set_aside", "settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Receiving"),
            sentence=_(
                "Leave this page open and put in stick after stick; each file gets its verdict and its answer."
            ),
            help_text=_(
                "Plug a stick in, or drop files on this page. Each bundle is checked and taken in whole or not at all, and the "
                "acknowledgement is written to the same stick at once: give the stick back with it. A laptop that is not known "
                "yet brings a request; enrol it with the number on its sheet."
            ),
            parent=parent,
        )
        self._receiving = desk.services.receiving
        self.setAcceptDrops(True)
        self.set_main_action(_("Take in from the stick"), self.take_from_stick, icon="receiving")
        self.stick = StickChooser(desk)
        self.found = Banner()
        self.watch = StickWatch(desk, self.stick, self)
        self.watch.brought.connect(self._offer)
        self.watch.gone.connect(self.found.clear)
        self.by_itself = QCheckBox(_("Take in by itself what a stick brings"))
        self.by_itself.setChecked(bool(desk.memory.get(_BY_ITSELF, False)))
        self.by_itself.toggled.connect(self._remember)
        self.verdicts = Verdicts()
        self._text = FilterText(_("Find a commune"), _("Part of a name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        self.add_filter("", self._text)
        self.add_filter_action(_("Choose files…"), self._choose, icon="open")
        self.add_filter_action(_("Enrol a laptop"), self._begin_enrolment, icon="key")
        self._make_table()
        self._make_details()
        self._lay_out_body()
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        self.desk.run(lambda _progress: self._receiving.communes(), self._show_communes, owner=self)
        row = self.table.current_row()
        if row is not None and self._aside.isVisible():
            self._see(row)

    def wanted(self, **what: object) -> None:
        """``unit_code`` narrows to one unit; ``text`` searches."""
        text = str(what.get("unit_code") or what.get("text") or "")
        self._text.setText(text)
        self._model.ask(text=text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.watch.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(_dropped(event))

    def take(self, files: Sequence[Path]) -> None:
        """Take files in and write the acknowledgements to the chosen stick, else beside the files."""
        if not files:
            return
        self.found.clear()
        work = partial(deeds.receive, self._receiving, list(files), self.stick.folder())
        self.desk.run(work, self._show_received, self._refused, title=_("Taking bundles in"), owner=self)

    def take_from_stick(self) -> None:
        """Take in every bundle that lies on the chosen stick, also those taken in before."""
        folder = self.stick.folder()
        if folder is None:
            self.banner.say(State.LOOK, _("Plug a stick in first, or choose files or a folder."))
            return
        self.desk.run(
            lambda _progress: stick_files.found(folder, KINDS), partial(self._take_found, folder), owner=self
        )

    def _lay_out_body(self) -> None:
        body = QWidget()
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.stick)
        column.addWidget(self.by_itself)
        column.addWidget(self.found)
        column.addWidget(self.verdicts)
        column.addWidget(label(_("Communes"), "section"))
        self.table.setMinimumHeight(200)
        column.addWidget(self.table, 1)
        self.set_scrolled_body(body)

    def _make_table(self) -> None:
        self._model = RowsModel(commune_rows.columns(), ListRows(()), sort="state", key=commune_rows.key)
        self.table = Table(self._model, "communes", self.desk)
        self.table.setAccessibleName(_("Communes"))
        self.table.set_empty(
            _("No laptop is enrolled yet"),
            _("A commune brings a request on a stick and a sheet with a number. Enrol its laptop first."),
            (_("Enrol a laptop"), self._begin_enrolment),
        )
        self.table.chosen.connect(self._see)

    def _make_details(self) -> None:
        self._aside = AsidePanel()
        self.enrolment = EnrolForm(self.year)
        self.enrolment.file_asked.connect(self._choose_request)
        self.enrolment.wanted.connect(self._enrol)
        self._panels = Panels(self._aside, self.enrolment)
        self.set_details(_("Commune"), self._panels)
        self._enrol_button = button(_("Enrol"), self.enrolment.send, icon="key", kind="main")
        self._answer_button = button(_("Write the acknowledgement"), self._acknowledge, icon="stick")
        self.set_details_actions(self._enrol_button, self._answer_button)

    def _show_panel(self, panel: QWidget, title: str) -> None:
        self._panels.show_only(panel)
        self._enrol_button.setVisible(panel is self.enrolment)
        self._answer_button.setVisible(panel is self._aside)
        self.set_details_title(title)
        self.show_details()

    def _show_communes(self, rows: list[CommuneRow]) -> None:
        self._model.set_source(commune_rows.source(rows))

    def _see(self, row: CommuneRow | None) -> None:
        if row is not None:
            self.desk.run(
                lambda _progress: self._receiving.set_aside(row.unit_code),
                partial(self._show_aside, row),
                owner=self,
            )

    def _show_aside(self, row: CommuneRow, aside: list[SetAsideEvent]) -> None:
        self._aside.show_row(row, aside)
        self._show_panel(self._aside, row.unit_name)

    def _remember(self, by_itself: bool) -> None:
        self.desk.memory.put(_BY_ITSELF, by_itself)

    def _offer(self, files: list[StickFile]) -> None:
        bundles = [file.path for file in files if file.kind == "bundle"]
        requests = [file for file in files if file.kind == "enrol"]
        if bundles and self.by_itself.isChecked():
            self.take(bundles)
        elif bundles:
            self.found.say(
                State.LOOK,
                _("The stick brings {count} bundles.", count=len(bundles)),
                (_("Take them in"), lambda: self.take(bundles)),
            )
        if requests and not bundles:
            self._offer_request(requests[0])

    def _offer_request(self, request: StickFile) -> None:
        self.found.say(
            State.LOOK,
            _(
                "The stick brings a request of the unit {unit}: «{file}».",
                unit=request.sender,
                file=request.path.name,
            ),
            (_("Enrol the laptop"), partial(self._begin_enrolment, request.path)),
        )

    def _take_found(self, folder: Path, files: list[StickFile]) -> None:
        bundles = [file.path for file in files if file.kind == "bundle"]
        requests = [file for file in files if file.kind == "enrol"]
        if bundles:
            self.take(list(reversed(bundles)))
        elif requests:
            self._offer_request(requests[0])
        else:
            self.banner.say(State.LOOK, _("There is no bundle in «{folder}».", folder=str(folder)))

    def _show_received(self, received: Received) -> None:
        self.banner.clear()
        self.verdicts.add(received.lines)

    def _choose(self) -> None:
        self.take(
            dialogs.choose_files(self, _("Choose bundles"), ((_("Files of this program"), (SUFFIX[1:],)),))
        )

    def _begin_enrolment(self, file: Path | None = None) -> None:
        self.found.clear()
        self.enrolment.show_file(file)
        self._show_panel(self.enrolment, _("Enrol a laptop"))
        self.enrolment.number.input.setFocus()

    def _choose_request(self) -> None:
        file = dialogs.choose_file(
            self, _("Choose the request"), ((_("Files of this program"), (SUFFIX[1:],)),)
        )
        if file is not None:
            self._begin_enrolment(file)

    def _enrol(self, file: Path, number: str) -> None:
        folder = self.stick.folder()
        self.desk.run(
            lambda _progress: self._receiving.enrol(file, number, folder),
            self._enrolled,
            self._not_enrolled,
            owner=self,
        )

    def _enrolled(self, done: Enrolled) -> None:
        self.enrolment.show_file(None)
        self.hide_details()
        self.verdicts.add(
            [
                Line(
                    State.GOOD,
                    _(
                        "{name} is enrolled. Give the stick back with «{file}».",
                        name=done.unit_name,
                        file=done.path.name,
                    ),
                )
            ]
        )

    def _not_enrolled(self, failure: KnownFailure) -> None:
        if isinstance(failure, MachineFailed):
            self._refused(failure)
        else:
            self.enrolment.say_fault(sentence(failure))

    def _acknowledge(self) -> None:
        row, folder = self.table.current_row(), self.stick.folder()
        if folder is None:
            say(self, State.LOOK, _("Plug a stick in first, or choose a folder."))
        elif row is not None:
            self.desk.run(
                lambda _progress: deeds.acknowledge(self._receiving, row.unit_code, row.unit_name, folder),
                self._acknowledged,
                self._refused,
                owner=self,
            )

    def _acknowledged(self, line: Line) -> None:
        self.verdicts.add([line])
        if not self.verdicts.isVisible():
            self.hide_details()

    def _refused(self, failure: KnownFailure) -> None:
        """Say why it stopped; what was taken in before stays and is shown."""
        say(self, State.BAD, sentence(failure))
        self.make_stale()


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
