"""What became of each of several things that were done or printed together, a line each, failures first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from antq_desktop.documents.pdf import RecordResult
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

_ORDER = {State.BAD: 0, State.LOOK: 1, State.GOOD: 2, State.NONE: 3}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one of them; ``id`` is whatever tells it apart from the others."""

    id: str
    name: str
    state: State
    said: str


def columns(called: str) -> list[Column]:
    """Return the columns of a list of lines; ``called`` heads the names."""
    return [
        Column("name", called, lambda line: line.name, width=220),
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
    return named(failed(lines))


def named(lines: Sequence[Line]) -> str:
    """Return the first ``lines`` as text, and how many more there are."""
    said = [_("{name}: {why}", name=line.name, why=line.said) for line in lines[:_MOST_NAMED]]
    if len(lines) > _MOST_NAMED:
        said.append(_("and {count} more of them", count=len(lines) - _MOST_NAMED))
    return "\n".join(said)


def of_record(result: RecordResult) -> Line:
    """Return what became of a record on paper."""
    key = str(result.number)
    name = result.name or _("Entry {number}", number=result.number)
    if result.failure is not None:
        return Line(key, name, State.BAD, sentence(result.failure))
    if result.missing_glyphs:
        letters = " ".join(result.missing_glyphs)
        said = _("The letters {letters} are missing in the face; look at the paper.", letters=letters)
        return Line(key, name, State.LOOK, said)
    return Line(key, name, State.GOOD, _("Can be printed"))
