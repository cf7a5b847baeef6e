"""One doubtful pair: the row of the file and the household it may be, side by side, and what is decided."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.households import Household
from antq_desktop.intake.household_rows import SheetRow
from antq_desktop.runtime.language import _
from antq_desktop.services.intake_plan import NEW, SKIP
from antq_desktop.ui import format as written
from antq_desktop.ui.pages import births
from antq_desktop.ui.pages.import_wizard.plan_rows import PlanLine, decision_word
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.choice import Choice


class DoubtBox(QFrame):
    """``decide`` gets the line and a household id, NEW, SKIP, or nothing for no decision."""

    def __init__(self, decide: Callable[[int, str], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._decide = decide
        self._line = 0
        self._sides = QGridLayout()
        self._sides.setHorizontalSpacing(24)
        self._sides.setVerticalSpacing(2)
        self.decision = Choice(_("Decision"))
        self.decision.picked.connect(self._pick)
        row = QHBoxLayout()
        row.addWidget(label(_("Decision"), "strong"))
        row.addWidget(self.decision)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._sides)
        column.addLayout(row)
        self.hide()

    def show_row(self, line: PlanLine, decision: str) -> None:
        """Show both sides of ``line`` and what was decided on it."""
        self._line = line.id
        planned = line.planned
        if planned.row is None:
            return
        self._clear()
        self._put(0, _("In the file"), _said_by_row(planned.row))
        for place, household in enumerate(planned.candidates, 1):
            self._put(place, _("Kept here already"), _said_by_household(household))
        choices: list[tuple[object, str]] = [("", decision_word(""))]
        choices += [
            (known.id, _("the same household as {head}", head=known.head)) for known in planned.candidates
        ]
        choices += [(NEW, decision_word(NEW)), (SKIP, decision_word(SKIP))]
        self.decision.set_choices(choices)
        self.decision.set_value(decision)
        self.show()

    def _pick(self, value: object) -> None:
        self._decide(self._line, str(value))

    def _put(self, place: int, title: str, facts: tuple[str, ...]) -> None:
        self._sides.addWidget(label(title, "muted"), 0, place)
        for row, fact in enumerate(facts, 1):
            self._sides.addWidget(label(fact or "–", "strong" if row == 1 else ""), row, place)
        self._sides.setColumnStretch(place, 1)

    def _clear(self) -> None:
        while (item := self._sides.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _said_by_row(row: SheetRow) -> tuple[str, ...]:
    return _facts(row, row.address or row.hamlet)


def _said_by_household(household: Household) -> tuple[str, ...]:
    return _facts(household, household.address)


def _facts(known: SheetRow | Household, place: str | None) -> tuple[str, ...]:
    persons = _("{count} persons", count=written.number(known.members)) if known.members is not None else ""
    return (
        known.head,
        " · ".join(part for part in (births.shown(known.birth), known.citizen_id or "") if part),
        " · ".join(part for part in (persons, known.phone or "", place or "") if part),
    )
