"""Lets a person decide, with a reason, on a bundle that nothing settles by itself: it waits on, or is refused for good."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.reason_box import ReasonBox


class HeldBox(QWidget):
    """``decided`` carries the number of the bundle, "release" or "refuse", and the reason.

    One that does not wait is another history; its alarm can only be ended.
    """

    decided = Signal(str, str, str)

    def __init__(self, bundle_id: str, *, waits: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        if waits:
            self.reasons = {
                "release": ReasonBox(_("Why may it wait on?"), _("Let it wait on")),
                "refuse": ReasonBox(_("Why is it refused?"), _("Refuse for good")),
            }
            words = {"release": _("Let it wait on…"), "refuse": _("Refuse for good…")}
        else:
            self.reasons = {"refuse": ReasonBox(_("What was found, and how it ended?"), _("End the alarm"))}
            words = {"refuse": _("End the alarm…")}
        ways = QWidget()
        row = Flow(ways)
        for verb, word in words.items():
            row.addWidget(button(word, partial(self.ask, verb)))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 0, 8)
        column.setSpacing(8)
        column.addWidget(ways)
        for verb, reason in self.reasons.items():
            reason.hide()
            reason.given.connect(partial(self.decided.emit, bundle_id, verb))
            column.addWidget(reason)

    def ask(self, verb: str) -> None:
        """Ask for the reason of one of the two."""
        for name, reason in self.reasons.items():
            if name == verb:
                reason.ask()
            else:
                reason.forget()
