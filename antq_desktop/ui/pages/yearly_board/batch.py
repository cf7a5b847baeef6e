"""What is done for several units of the board at once, each an action of its own with a result of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.yearly_process import ProcessStep
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.results import Invalid, RowResult, Written, each_row
from antq_desktop.services.yearly.year_board import YearBoard
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.yearly_board.board_rows import step
from antq_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one unit, as a line to read; ``findings`` are those of a record that was refused."""

    state: State
    text: str
    findings: tuple[Finding, ...] = ()


def steps_of(rows: Sequence[BoardRow]) -> list[ProcessStep]:
    """Return the steps that can be recorded for several of these units at once, in their order, each id once.

    Steps that count are left out: every unit has its own number.
    """
    found: dict[str, ProcessStep] = {}
    for row in sorted(rows, key=lambda row: -len(row.steps)):
        for state in row.steps:
            if state.step.evidence == "recorded" and "count" not in state.step.asks:
                found.setdefault(state.step.id, state.step)
    return list(found.values())


def waiting(rows: Sequence[BoardRow], step_id: str) -> list[BoardRow]:
    """Return the units of which the step can be recorded; those not assessed too, so that their reason is told."""
    return [row for row in rows if row.excluded_why is not None or _open(row, step_id)]


def record(
    board: YearBoard,
    rows: Sequence[BoardRow],
    year: int,
    step_id: str,
    *,
    values: Mapping[str, Any],
    progress: Progress,
) -> tuple[list[Told], Changes]:
    """Record one step with the same day and document for every unit that has not taken it; return a line for each."""
    todo = {str(place): row for place, row in enumerate(rows) if row in waiting(rows, step_id)}
    typed = dict(values)
    on: date = typed.pop("on")

    def one(place: str) -> Written[YearStep]:
        return board.record(todo[place].key, year, step_id, on, **typed)

    results = {r.id: r for r in each_row({place: row.name for place, row in todo.items()}, one, progress)}
    changes = Changes()
    for result in results.values():
        if result.written is not None:
            changes |= result.written.changes
    return [_told(row, step_id, results.get(str(place))) for place, row in enumerate(rows)], changes


def findings(told: Sequence[Told]) -> Iterator[Finding]:
    """Yield what was found wrong, each fault once."""
    seen = set()
    for line in told:
        for finding in line.findings:
            if (finding.field, finding.code) not in seen:
                seen.add((finding.field, finding.code))
                yield finding


def _open(row: BoardRow, step_id: str) -> bool:
    state = step(row, step_id)
    return state is not None and state.state not in ("done", "not_needed")


def _told(row: BoardRow, step_id: str, result: RowResult[YearStep] | None) -> Told:
    if result is not None and result.failure is not None:
        wrong = result.failure.findings if isinstance(result.failure, Invalid) else ()
        return Told(State.BAD, _("{name}: {why}", name=row.name, why=sentence(result.failure)), wrong)
    if result is not None:
        return Told(State.GOOD, _("{name}: recorded", name=row.name))
    state = step(row, step_id)
    if state is not None and state.state == "done":
        day = written.day(state.on)
        return Told(State.LOOK, _("{name}: taken on {day} already, left as it is", name=row.name, day=day))
    return Told(State.LOOK, _("{name}: does not take this step", name=row.name))
