"""Says on top of a page that the data was taken back or copied, and opens the way out."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.recovery.mending_words import sentences
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.mending.wizard import MendingWizard
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner


class MendingBox(QWidget):
    """Hidden while all is well."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: Trouble | None = None
        self.wizard: MendingWizard | None = None
        self.banner = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        self.hide()

    def refresh(self) -> None:
        """Read anew how things stand."""
        mending = self._desk.services.mending
        self._desk.run(lambda _progress: mending.state(), self._show, owner=self)

    def open_wizard(self) -> None:
        """Lead through the decision."""
        if self._found is not None:
            self.wizard = MendingWizard(self._desk, self._found, self)
            self.wizard.finished.connect(lambda _result: self.refresh())
            self.wizard.open()

    def _show(self, found: Trouble | None) -> None:
        self._found = found
        self.setVisible(found is not None)
        if found is not None:
            text = " ".join([_("Nothing leaves this workspace until somebody decides."), sentences(found)[0]])
            self.banner.say(State.BAD, text, (_("Settle it…"), self.open_wizard))
        else:
            self.banner.clear()
