"""The section on backups: when the last one was made, one more to a folder of one's choice, and how to try one out."""

from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.storage.backup import BackedUpByServer
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.opened_file import open_file
from antq_desktop.ui.pages.settings.form_section import FormSection
from antq_desktop.ui.pages.settings.setting_fields import Section
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label


class BackupsSection(QWidget):
    """A backup is encrypted like the data and opens with the passphrase it was made under."""

    def __init__(self, desk: Desk, interval: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.interval = FormSection(interval, desk)
        self._last = label("", "strong", wrap=True)
        self._banner = Banner()
        if desk.services.backups.is_servers:
            self._say_servers()
            return
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(button(_("Back up to a folder…"), self._ask_folder, icon="backup", kind="main"))
        row.addWidget(button(_("Back up beside the data"), lambda: self.make(None), icon="backup"))
        row.addStretch()
        drill = (
            _("1. On another laptop, or in an empty folder, open the program."),
            _("2. On the first page choose «Take a backup back…» and the file."),
            _(
                "3. Type the passphrase; look at the number of households and at the last lines of the journal."
            ),
            _("4. Do this twice a year: a backup that was never tried is no backup."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Backups"), "section"))
        column.addWidget(
            label(
                _(
                    "Backups are made by themselves beside the data; the newest ten are kept. A stick in the safe also survives the loss of this laptop."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self._last)
        column.addLayout(row)
        column.addWidget(self._banner)
        column.addSpacing(16)
        column.addWidget(self.interval)
        column.addSpacing(16)
        column.addWidget(label(_("Try a backup out"), "section"))
        for step in drill:
            column.addWidget(label(step, wrap=True))
        column.addStretch()

    def _say_servers(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Backups"), "section"))
        column.addWidget(label(_(BackedUpByServer.sentence), wrap=True))
        column.addStretch()

    def said(self) -> str:
        return self._banner.text()

    def show_last(self, last: datetime | None) -> None:
        self._last.setText(
            _("Last backup: {when}", when=written.moment(last)) if last else _("No backup was made yet.")
        )

    def make(self, folder: Path | None) -> None:
        """Write a backup into ``folder``, or beside the data."""
        self._banner.clear()
        backups = self._desk.services.backups
        self._desk.run(
            lambda _progress: (backups.back_up(folder), backups.last()),
            self._made,
            self._refuse,
            title=_("Backing up"),
            owner=self,
        )

    def _ask_folder(self) -> None:
        folder = dialogs.choose_folder(self, _("Where is the backup to go?"))
        if folder is not None:
            self.make(folder)

    def _made(self, result: tuple[Path, datetime | None]) -> None:
        file, last = result
        self.show_last(last)
        self._banner.say(
            State.GOOD,
            _("The backup lies in «{path}».", path=str(file)),
            (_("Open the folder"), lambda: open_file(file.parent)),
        )

    def _refuse(self, failure: KnownFailure) -> None:
        self._banner.say(State.BAD, sentence(failure))
