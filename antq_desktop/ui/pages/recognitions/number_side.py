"""What stands beside the register: the chosen numbers are printed again, one is withdrawn, its unit is shown."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.recognitions.withdrawal_box import WithdrawalBox
from antq_desktop.ui.widgets.buttons import button, label


class NumberSide(QWidget):
    """``print_asked`` carries whether it is for bought blanks; ``unit_asked`` leads to the unit of the number."""

    print_asked = Signal(bool)
    unit_asked = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = ()
        self.said = label("", wrap=True)
        self._print = button(_("Print"), lambda: self.print_asked.emit(False), icon="print")
        self._blank = button(_("Print on bought blanks"), lambda: self.print_asked.emit(True), icon="print")
        self._unit = button(_("Go to the unit"), self.unit_asked.emit, icon="open")
        self.withdrawal = WithdrawalBox(desk)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for part in (self.said, self._print, self._blank, self._unit, self.withdrawal):
            column.addWidget(part)
        column.addStretch()

    def show_rows(self, rows: Sequence[RegisterRow], today: date) -> None:
        """Offer what can be done with these numbers; what was typed for the same ones stays."""
        in_force = [row for row in rows if row.withdrawn_on is None]
        for made in (self._print, self._blank):
            made.setVisible(bool(in_force))
        self._unit.setVisible(len(rows) == 1)
        self.said.setText(_of_one(rows[0]) if len(rows) == 1 else _of_all(rows, in_force))
        shown = tuple(f"{row.certificate_id} {row.withdrawn_on}" for row in rows)
        if shown != self._shown:
            self._shown = shown
            alone = in_force[0].certificate_id if in_force and len(rows) == 1 else ""
            self.withdrawal.show_certificate(alone, today)


def _of_one(row: RegisterRow) -> str:
    said = [
        row.unit_name,
        _("Decision {number} of {day}", number=row.decision_number, day=written.day(row.decision_date)),
        _("Issued on {day}", day=written.day(row.issued_on)),
    ]
    if row.withdrawn_on is not None:
        said.append(
            _(
                "Withdrawn on {day}: {reason}",
                day=written.day(row.withdrawn_on),
                reason=row.withdrawn_reason or "",
            )
        )
    elif row.printed:
        said.append(
            _("Printed {count} times. Printing it again asks why.", count=written.number(row.printed))
        )
    else:
        said.append(_("Not printed yet."))
    return "\n".join(said)


def _of_all(rows: Sequence[RegisterRow], in_force: Sequence[RegisterRow]) -> str:
    said = _("{count} certificates go into one PDF file, a page each.", count=len(in_force))
    if len(in_force) < len(rows):
        said += " " + _("{count} are withdrawn and are left out.", count=len(rows) - len(in_force))
    return said
