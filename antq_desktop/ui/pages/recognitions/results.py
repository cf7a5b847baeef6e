"""What became of each unit the last time that something was done for several at once, a line each, failures first."""

from collections.abc import Iterable
from dataclasses import dataclass

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

_ORDER = {State.BAD: 0, State.LOOK: 1, State.GOOD: 2, State.NONE: 3}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one unit; ``id`` is whatever tells it apart from the others."""

    id: str
    name: str
    state: State
    said: str


def columns() -> list[Column]:
    return [
        Column("name", _("Unit"), lambda line: line.name, width=220),
        Column(
            "said",
            _("What became of it"),
            lambda line: line.said,
            320,
            state=lambda line: line.state,
            wide=True,
        ),
    ]


def source(lines: Iterable[Line]) -> ListRows:
    return ListRows(
        tuple(lines),
        sort_keys={
            "name": lambda line: sort_key(line.name),
            "said": lambda line: (_ORDER[line.state], line.said, sort_key(line.name)),
        },
        search=lambda line: f"{line.name} {line.said}",
    )


def failed(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if line.state is State.BAD]


def in_short(lines: Iterable[Line]) -> str:
    """Return the first failures as lines of text, and how many more there are."""
    wrong = failed(lines)
    said = [_("{name}: {why}", name=line.name, why=line.said) for line in wrong[:_MOST_NAMED]]
    if len(wrong) > _MOST_NAMED:
        said.append(_("and {count} more units", count=len(wrong) - _MOST_NAMED))
    return "\n".join(said)
