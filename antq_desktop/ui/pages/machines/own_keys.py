"""The receiving unit's own keys: a new recovery key on a sheet, a new root that the one before signs for."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.documents.pdf import Rendered
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.services.receiving_side.machines import Machines
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.paper import OnPaper, Paper
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.page import Page


class OwnKeysPanel(QWidget):
    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__()
        self._desk = desk
        self._page = page
        self._machines: Machines = desk.services.machines
        self._identity = ""
        self.said = Banner()
        self.reason = FieldBox(Field("reason", _("Reason"), required=True), desk.year)
        self.identity = label("", wrap=True)
        self.identity.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.print_button = button(_("Print the sheet"), self.print_sheet, icon="print")
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (
            self.reason,
            label(_("Recovery key"), "section"),
            label(
                _(
                    "Opens sealed bundles when this unit's own key is lost. A new one takes the place of the one before; keep both sheets, each opens the bundles of its time."
                ),
                "muted",
                wrap=True,
            ),
            button(_("Make a new recovery key"), self.renew, icon="key"),
            self.identity,
            self.print_button,
            label(_("Root key"), "section"),
            label(
                _(
                    "Signs whom the communes believe. Change it when somebody else may know it, and not again before every commune has taken an acknowledgement."
                ),
                "muted",
                wrap=True,
            ),
            button(_("Make a new root key"), self.change_root, icon="key"),
            self.said,
        ):
            column.addWidget(part)
        column.addStretch()
        self.forget()

    def forget(self) -> None:
        """Let go of a key that was shown; it is kept nowhere."""
        self._identity = ""
        self.identity.clear()
        self.print_button.hide()
        self.reason.set_value("")
        self.said.clear()

    def renew(self) -> None:
        """Make a new recovery key and show it this once."""
        self._do(
            _("Make a new recovery key"),
            self._machines.renew_recovery,
            self._show_identity,
        )

    def change_root(self) -> None:
        """Make a new root key."""
        self._do(
            _("Make a new root key"),
            self._machines.change_root,
            lambda name: self.said.say(
                State.GOOD, _("The new root key is {key}; communes learn of it by themselves.", key=name)
            ),
        )

    def print_sheet(self) -> None:
        """Lay the sheet with the recovery key over the page."""
        identity = self._identity

        def make(papers: Printing, out: Path, _reason: str, _progress: Progress) -> Rendered:
            return papers.sealing_recovery_sheet(identity, out)

        record = OnPaper("recovery_key", "", "sealing-recovery")
        show_paper(self._page, Paper(_("recovery-key"), _("Recovery key"), make, [record]))

    def _do(self, title: str, deed: Callable[[str], str], done: Callable[[str], None]) -> None:
        if not self.reason.look_again():
            return
        reason = self.reason.typed()
        text = _("Every commune learns of it with its next acknowledgement. It cannot be taken back.")
        if dialogs.confirm(self, title, text, title):
            self._desk.run(lambda _progress: deed(reason), done, self._refused, owner=self)

    def _show_identity(self, identity: str) -> None:
        self._identity = identity
        self.identity.setText(identity)
        self.print_button.show()
        self.said.say(
            State.LOOK, _("Print this key or write it down now; it is shown this once and kept nowhere.")
        )

    def _refused(self, failure: KnownFailure) -> None:
        self.said.say(State.BAD, sentence(failure))
