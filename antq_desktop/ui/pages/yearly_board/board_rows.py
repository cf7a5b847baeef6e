"""The board as a table shows it: a line for each unit, narrowed by kind, by name and by where the units stand."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from antq_desktop.domain.text import sort_key
from antq_desktop.domain.yearly_process import StepState
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.pages.yearly_board import words
from antq_desktop.ui.theme import State

ALL, REGISTERED, RECOGNISED, OVERDUE, EXCLUDED = "", "registered", "recognised", "overdue", "excluded"
_LAST = date.max


def step(row: BoardRow, step_id: str) -> StepState | None:
    """Return where one step of a unit stands; None for units that do not take it."""
    return next((state for state in row.steps if state.step.id == step_id), None)


def is_done(row: BoardRow, step_id: str) -> bool:
    found = step(row, step_id)
    return found is not None and found.state == "done"


def asked_steps(row: BoardRow) -> tuple[StepState, ...]:
    """Return the steps that are asked of a unit and can be done: occurrences are recorded all year."""
    return tuple(
        state for state in row.steps if state.state != "not_needed" and state.step.evidence != "occurrences"
    )


def progress(row: BoardRow) -> tuple[int, int]:
    """Return how many of how many steps were taken."""
    asked = asked_steps(row)
    return sum(state.state == "done" for state in asked), len(asked)


#: By the word of a filter, which units it keeps; ALL also shows those that are not assessed, with the reason.
FILTERS: Mapping[str, Callable[[BoardRow], bool]] = {
    ALL: lambda _row: True,
    REGISTERED: lambda row: is_done(row, "registration"),
    RECOGNISED: lambda row: is_done(row, "decision") and not is_done(row, "withdrawn"),
    OVERDUE: lambda row: row.overdue > 0,
    EXCLUDED: lambda row: row.excluded_why is not None,
}


def count(rows: Iterable[BoardRow], only: str) -> int:
    """Return how many units a filter keeps; ALL counts those that are assessed."""
    keeps = FILTERS[only]
    return sum(keeps(row) and (only == EXCLUDED or row.excluded_why is None) for row in rows)


def columns(kinds: Mapping[str, str]) -> list[Column]:
    """``kinds`` holds what each kind of unit is called; it may be filled later."""
    return [
        Column("name", _("Unit"), lambda row: words.until(row.name, row.ended_on), width=150, wide=True),
        Column("kind", _("Kind"), lambda row: kinds.get(row.key.kind, row.key.kind), width=104),
        Column("steps", _("Steps done"), _steps, width=88, align="right"),
        Column("next", _("Next step"), _next, width=150, state=_next_state, wide=True),
        Column("deadline", _("Deadline"), lambda row: written.day(_deadline(row)), width=104),
        Column("overdue", _("Overdue"), _overdue, width=92, state=_overdue_state),
    ]


class BoardRows(ListRows):
    """The units of a year in memory, narrowed by name, ``kind`` and ``only``."""

    def __init__(self, rows: Iterable[BoardRow] = (), kinds: Iterable[str] = ()) -> None:
        self.all = tuple(rows)
        # The commune comes last, since it follows from its units.
        order = sorted(kinds, key=lambda kind: kind == "commune")
        super().__init__(
            self.all,
            sort_keys={
                "name": lambda row: sort_key(row.name),
                "kind": lambda row: (order.index(row.key.kind), sort_key(row.name)),
                "steps": _share,
                "next": _next,
                "deadline": lambda row: _deadline(row) or _LAST,
                "overdue": lambda row: row.overdue,
            },
            search=lambda row: row.name,
        )

    def _matching(self, asked: Asked) -> list[Any]:
        kind, keeps = asked.filters.get("kind"), FILTERS[asked.filters.get("only", ALL)]
        return [
            row for row in super()._matching(asked) if (kind is None or row.key.kind == kind) and keeps(row)
        ]


def _steps(row: BoardRow) -> str:
    done, asked = progress(row)
    return f"{done}/{asked}" if asked else ""


def _share(row: BoardRow) -> float:
    done, asked = progress(row)
    return done / asked if asked else -1.0


def _next(row: BoardRow) -> str:
    if row.excluded_why is not None:
        return row.excluded_why
    return row.next.step.name if row.next else _("Nothing more")


def _next_state(row: BoardRow) -> State:
    if row.excluded_why is not None:
        return State.NONE
    return words.STATES[row.next.state] if row.next else State.GOOD


def _deadline(row: BoardRow) -> date | None:
    return row.next.deadline if row.next else None


def _overdue(row: BoardRow) -> str:
    return written.number(row.overdue) if row.overdue else ""


def _overdue_state(row: BoardRow) -> State:
    return State.BAD if row.overdue else State.NONE
