"""The first start as one wizard: role, unit, officer, passphrase, recovery key."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.kept import Kept
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.pages.first_start.done_step import DoneStep
from antq_desktop.ui.pages.first_start.officer_step import OfficerStep
from antq_desktop.ui.pages.first_start.passphrase_step import PassphraseStep
from antq_desktop.ui.pages.first_start.place_step import PlaceStep
from antq_desktop.ui.pages.first_start.recovery_step import RecoveryStep
from antq_desktop.ui.pages.first_start.role_step import RoleStep
from antq_desktop.ui.widgets.wizard import Wizard


class FirstStart(Wizard):
    """``made`` carries the open application at the end; ``restored`` when a backup was taken back instead."""

    made = Signal(object)
    restored = Signal()

    def __init__(self, folder: Path, lane: Lane, parent: QWidget | None = None) -> None:
        self.answers = Answers(folder)
        nowhere = Desk(
            None,
            lane,
            drafts=Kept("", _forget, lane),
            memory=Kept("", _forget, lane),
            year=date.today().year,
        )
        self.role = RoleStep(self.answers, lane)
        self.place = PlaceStep(self.answers, lane)
        self.officer = OfficerStep(self.answers, nowhere)
        self.passphrase = PassphraseStep(self.answers, lane)
        self.recovery = RecoveryStep(self.answers, lane)
        self.done_step = DoneStep(self.answers)
        steps = (self.role, self.place, self.officer, self.passphrase, self.recovery, self.done_step)
        super().__init__(_("First start"), steps, parent)
        nowhere.setParent(self)
        self.role.restored.connect(self.restored)
        self.ended.connect(self._end)

    def reject(self) -> None:
        """Once the workspace is made, leaving without the recovery key asks in its own words."""
        if self.answers.application is None:
            super().reject()
        elif self.step is self.recovery and not self.recovery.is_ready():
            if dialogs.confirm(
                self,
                _("The recovery key is not on paper yet"),
                _(
                    "It cannot be shown again. Without it nobody can open the data when the passphrase is forgotten."
                ),
                _("Close without it"),
                dangerous=True,
            ):
                self._leave_made()
        else:
            self._leave_made()

    def _leave_made(self) -> None:
        if self.answers.application is not None:
            self.answers.application.close()
            self.answers.application = None
        QDialog.reject(self)  # the base asks whether to leave; that was answered

    def _end(self) -> None:
        application, self.answers.application = self.answers.application, None
        self.made.emit(application)


def _forget(_text: str) -> None:
    """Keep nothing: what is typed before there is an encrypted workspace stays in memory."""
