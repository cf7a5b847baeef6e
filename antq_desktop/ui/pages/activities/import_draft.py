"""What the steps of one import of activities know together: the file, the model of lines that name none, what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.backups import Backups
from antq_desktop.services.movement.activity_intake import (
    ActivityImport,
    ActivityIntake,
    ActivityPlan,
    Outcome,
    PlannedLine,
)
from antq_desktop.services.results import remark
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column
from antq_desktop.ui.pages.activities.activity_rows import counts_said, kind_name
from antq_desktop.ui.pages.import_wizard.mend_table import CellToMend
from antq_desktop.ui.theme import State

#: What becomes of a line, as message ids, in the order of the figures.
OUTCOMES: dict[Outcome, str] = {
    "new": N_("new"),
    "unchanged": N_("kept already"),
    "left_out": N_("left out"),
    "faulty": N_("faulty"),
}

#: What of a line can be mended, as message ids.
FIELDS = {
    "on": N_("Day"),
    "model": N_("Model"),
    "kind": N_("Kind of activity"),
    "quantities": N_("Counts"),
}


@dataclass(slots=True)
class ActivityDraft:
    """Filled step by step; going back keeps everything."""

    intake: ActivityIntake
    backups: Backups
    catalogue: ActivityCatalogue
    models: list[tuple[object, str]] = field(default_factory=list)
    path: Path | None = None
    model_id: str = ""
    corrections: dict[tuple[int, str], str] = field(default_factory=dict)
    plan: ActivityPlan | None = None
    result: ActivityImport | None = None
    _read_with: dict[tuple[int, str], str] | None = None

    def choose(self, path: Path) -> None:
        """Begin anew with another file; the same file keeps what was found and corrected in it."""
        if path != self.path:
            self.path, self.plan = path, None
            self.corrections.clear()
            self._read_with = None

    def planning(self) -> Callable[[Progress], ActivityPlan]:
        """Return the work that reads the file, again where more was corrected, and works out what an import would do."""
        assert self.path is not None  # noqa: S101 - the first step does not let go on without a file
        path, model_id, corrections = self.path, self.model_id, dict(self.corrections)
        plan = self.plan if self._read_with == corrections else None
        self._read_with = corrections

        def work(progress: Progress) -> ActivityPlan:
            sheet = plan.sheet if plan is not None else self.intake.read(path, progress, corrections)
            return self.intake.plan(sheet, model_id)

        return work

    def running(self) -> Callable[[Progress], ActivityImport]:
        """Return the work that imports what was planned, once all that is there lies in a backup."""
        assert self.plan is not None  # noqa: S101 - the preview comes before
        plan = self.plan

        def work(progress: Progress) -> ActivityImport:
            self.backups.back_up()
            return self.intake.run(plan, progress)

        return work


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line with its place in the file; ``id`` is its line over all sheets."""

    id: int
    place: str
    planned: PlannedLine


def lines(plan: ActivityPlan, planned: Sequence[PlannedLine]) -> list[PlanLine]:
    """Return the lines; the sheet is named where there are several."""
    several = len(plan.sheet.parts) > 1
    made = []
    for line in planned:
        sheet, row = plan.sheet.place(line.line)
        made.append(PlanLine(line.line, f"{sheet}: {row}" if several else str(row), line))
    return made


def cells(plan: ActivityPlan) -> list[CellToMend]:
    """Return what is wrong with the faulty lines, one line for each cell that can be mended."""
    faults: dict[tuple[int, str], list[str]] = {}
    for line in plan.lines:
        if line.outcome == "faulty":
            for found in line.findings:
                faults.setdefault((line.line, found.field.split(".")[0]), []).append(remark(found))
    places = {line.id: line.place for line in lines(plan, plan.lines)}
    return [
        CellToMend(
            line,
            field_id,
            places[line],
            _(FIELDS[field_id]) if field_id in FIELDS else _("the whole line"),
            " ".join(dict.fromkeys(why)),
            State.BAD,
            mendable=field_id in FIELDS,
        )
        for (line, field_id), why in faults.items()
    ]


def columns(draft: ActivityDraft) -> list[Column]:
    names = dict(draft.models)
    catalogue = draft.catalogue

    def model(line: PlanLine) -> str:
        activity = line.planned.activity
        return names.get(activity.model_id, "") if activity else ""

    def kind(line: PlanLine) -> str:
        activity = line.planned.activity
        return kind_name(catalogue, activity.kind) if activity else ""

    def counts(line: PlanLine) -> str:
        activity = line.planned.activity
        return counts_said(catalogue, activity.quantities) if activity else ""

    def day(line: PlanLine) -> str:
        return written.day(line.planned.activity.on) if line.planned.activity else ""

    return [
        Column("id", _("Line"), lambda line: line.place, 64, sortable=False),
        Column("outcome", _("Result"), _outcome, 128, state=_state, sortable=False),
        Column("why", _("Why"), _why, 200, wide=True, sortable=False),
        Column("on", _("Day"), day, 104, sortable=False),
        Column("model", _("Model"), model, 168, sortable=False),
        Column("kind", _("Kind of activity"), kind, 136, sortable=False),
        Column("quantities", _("Counts"), counts, 136, sortable=False),
    ]


def _outcome(line: PlanLine) -> str:
    return _(OUTCOMES[line.planned.outcome])


def _why(line: PlanLine) -> str:
    return " ".join(map(remark, line.planned.findings))


def _state(line: PlanLine) -> State:
    if line.planned.outcome == "faulty":
        return State.BAD
    if line.planned.findings:
        return State.LOOK
    return State.GOOD if line.planned.outcome == "new" else State.NONE
