"""Last step: what became of every row of the list of households."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.intake import ImportRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column
from antq_desktop.ui.pages.import_wizard.done_step import DoneStep
from antq_desktop.ui.pages.import_wizard.draft import OUTCOME_NAMES, ImportDraft
from antq_desktop.ui.theme import State

_STATES = {"new": State.GOOD, "changed": State.GOOD, "doubtful": State.LOOK, "faulty": State.BAD}


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row of the file and its result."""

    id: int
    place: str
    row: ImportRow

    @property
    def head(self) -> str:
        return str(self.row.row.get("head", ""))

    @property
    def why(self) -> str:
        message, facts = self.row.why.get("message"), self.row.why.get("facts")
        return _(str(message), **(facts if isinstance(facts, Mapping) else {})) if message else ""


class ResultStep(DoneStep):
    """Every row of the file and what became of it."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(desk, _columns(), "import-result", parent)
        self.draft = draft

    def enter(self) -> None:
        result, plan = self.draft.result, self.draft.plan
        if result is None or plan is None:
            return
        run = result.run
        lines = [ResultLine(row.line, str(plan.sheet.place(row.line)[1]), row) for row in result.rows]
        if not result.changes:
            said = _(
                "Everything in this file is kept here already: {count} rows, nothing was changed.",
                count=run.unchanged,
            )
            self.show_result(said, None, lines)
            return
        said = _(
            "{added} households added, {changed} changed, {unchanged} unchanged, {faults} with faults left out, "
            "{doubtful} set aside.",
            added=written.number(run.added),
            changed=written.number(run.changed),
            unchanged=written.number(run.unchanged),
            faults=written.number(run.faults),
            doubtful=written.number(run.doubtful),
        )
        self.show_result(said, run, lines)


def _columns() -> list[Column]:
    return [
        Column("id", _("Line"), lambda line: line.place, 72),
        Column("head", _("Head of household"), lambda line: line.head, 200),
        Column(
            "result",
            _("Result"),
            lambda line: _(OUTCOME_NAMES[line.row.result]),
            136,
            state=_state,
            sortable=False,
        ),
        Column("why", _("Why"), lambda line: line.why, 240, wide=True, sortable=False),
    ]


def _state(line: ResultLine) -> State:
    return _STATES.get(line.row.result, State.NONE)
