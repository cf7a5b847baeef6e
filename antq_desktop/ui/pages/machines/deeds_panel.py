"""What can be done with one laptop of a commune: withdraw its keys, hand its data back, merge its unit."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.machines import MachineRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.machines import words
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field, FieldBox


class DeedsPanel(QWidget):
    """``withdrawn`` carries the number from which on (0: nothing is believed) and why, ``merged`` the code and why."""

    withdrawn = Signal(int, str)
    handed = Signal()
    merged = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.facts = Facts()
        self.reason = FieldBox(
            Field("reason", _("Reason"), required=True, hint=_("For withdrawing and merging; it is kept.")),
            desk.year,
        )
        self.since = FieldBox(
            Field(
                "since",
                _("Not believed from change"),
                kind="number",
                hint=_("Empty: nothing that this key signed is believed any more."),
                width=160,
            ),
            desk.year,
        )
        self.later = FieldBox(
            Field(
                "later", _("Later code of the unit"), hint=_("Five digits of the national list."), width=160
            ),
            desk.year,
        )
        self.withdraw = button(_("Withdraw this key"), self._withdraw, icon="lock", kind="danger")
        self.hand = button(_("Write what the new laptop needs"), self.handed.emit, icon="stick")
        self._merge_button = button(_("Let it go under that code"), self._merge, icon="merge")
        column = QVBoxLayout(self)
        column.setSpacing(10)
        column.addWidget(self.facts)
        column.addWidget(self.reason)
        self._withdrawing = [label(_("Lost or stolen"), "section"), self.since, self.withdraw]
        for part in (
            *self._withdrawing,
            label(_("A new laptop takes its place"), "section"),
            label(
                _("Enrol the new laptop first. It then takes in everything that came from this unit."),
                "muted",
                wrap=True,
            ),
            self.hand,
            label(_("The commune was merged"), "section"),
            self.later,
            self._merge_button,
        ):
            column.addWidget(part)
        column.addStretch()

    def show_row(self, row: MachineRow) -> None:
        self.facts.show_facts(words.facts(row))
        for part in self._withdrawing:
            part.setVisible(row.status == "active")
        for field in (self.reason, self.since, self.later):
            field.set_value("")

    def _withdraw(self) -> None:
        since = self.since.value()
        if self.reason.look_again() and self.since.look_again():
            self.withdrawn.emit(since if isinstance(since, int) else 0, self.reason.typed())

    def _merge(self) -> None:
        if self.reason.look_again():
            self.merged.emit(self.later.typed(), self.reason.typed())
