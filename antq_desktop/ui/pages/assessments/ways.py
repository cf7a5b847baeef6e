"""Where an item of an assessment leads: the rows behind its figure, the board of the year, its official text."""

from collections.abc import Callable
from dataclasses import dataclass

from antq_desktop.domain.criteria import Item

#: What the records of a unit on the board of the year answer, and the step that each is of.
STEPS = {
    "resolution_day": "resolution",
    "plan_day": "plan",
    "registration_day": "registration",
    "staff_told": "staff_told",
}


@dataclass(frozen=True, slots=True)
class Ways:
    """Each takes the id of an item."""

    to_rows: Callable[[str], object]
    to_board: Callable[[str], object]
    to_text: Callable[[str], object]


def is_on_board(item: Item) -> bool:
    """Whether what stands behind the item is recorded on the board of the year, as a step or as occurrences."""
    return item.counted or item.filled_by in STEPS


def place_on_board(item: Item) -> dict[str, object]:
    """Return what to ask the board of the year for, beside the unit."""
    if item.filled_by in STEPS:
        return {"part": "steps", "step": STEPS[item.filled_by]}
    return {"part": "occurrences", "item": item.id}
