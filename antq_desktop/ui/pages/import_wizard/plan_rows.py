"""The planned rows of an import as a table shows them."""

from dataclasses import dataclass

from antq_desktop.runtime.language import _
from antq_desktop.services.intake_plan import NEW, SKIP, ImportPlan, PlannedRow
from antq_desktop.ui.models.rows import Column
from antq_desktop.ui.pages import births
from antq_desktop.ui.pages.import_wizard.draft import OUTCOME_NAMES, ImportDraft
from antq_desktop.ui.theme import State

_STATES = {"new": State.GOOD, "changed": State.GOOD, "doubtful": State.LOOK, "faulty": State.BAD}


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One row with its place in the file; ``id`` is its line over all sheets."""

    id: int
    place: str
    planned: PlannedRow


def lines(plan: ImportPlan) -> list[PlanLine]:
    """Return the rows of ``plan``; the sheet is named where there are several."""
    several = len(plan.sheet.parts) > 1
    made = []
    for planned in plan.rows:
        sheet, row = plan.sheet.place(planned.line)
        made.append(PlanLine(planned.line, f"{sheet}: {row}" if several else str(row), planned))
    return made


def columns(draft: ImportDraft) -> list[Column]:
    def decided(line: PlanLine) -> str:
        if line.planned.outcome != "doubtful":
            return ""
        return decision_word(draft.decisions.get(line.id, ""))

    return [
        Column("id", _("Line"), lambda line: line.place, 72, sortable=False),
        Column(
            "outcome",
            _("Result"),
            lambda line: _(OUTCOME_NAMES[line.planned.outcome]),
            128,
            state=_state,
            sortable=False,
        ),
        Column("head", _("Head of household"), _head, 168, sortable=False),
        Column("birth", _("Born"), _birth, 108, sortable=False),
        Column("hamlet", _("Residential area"), _hamlet, 136, sortable=False),
        Column("why", _("Why"), why, 200, wide=True, sortable=False),
        Column("decision", _("Decision"), decided, 128, sortable=False),
    ]


def decision_word(decision: str) -> str:
    if not decision:
        return _("set aside")
    return {NEW: _("another household"), SKIP: _("do not take in")}.get(decision, _("the same household"))


def why(line: PlanLine) -> str:
    return _(line.planned.message, **line.planned.facts) if line.planned.message else ""


def _state(line: PlanLine) -> State:
    return _STATES.get(line.planned.outcome, State.NONE)


def _head(line: PlanLine) -> str:
    return line.planned.row.head if line.planned.row else ""


def _birth(line: PlanLine) -> str:
    return births.shown(line.planned.row.birth) if line.planned.row else ""


def _hamlet(line: PlanLine) -> str:
    return (line.planned.row.hamlet or "") if line.planned.row else ""
