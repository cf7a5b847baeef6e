"""What it takes for records to be found: words without marks or signs, and a description of each kind."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from antq_desktop.domain.text import fold

T = TypeVar("T")
_WORD = re.compile(r"[^\W_]+")


class Look(Protocol):
    """Returns what a record refers to by its class and id, or None when it is not there."""

    def __call__(self, record: type[T], key: str, /) -> T | None: ...


Words = Iterable[str | date | None]
#: The class of another record of the same commune, the field that holds its id, and the fields of it that are shown.
Reference = tuple[type[Any], str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Searched:
    """One kind of record that can be found; ``group`` is a message id.

    ``title`` and ``words`` are what it is found by, words of the title first; ``detail`` tells records of one title
    apart; ``page`` is handed ``what``, after the working year was set to ``year`` where there is one.

    ``title``, ``detail``, ``what`` and ``year`` are given the fields that are not kept as JSON; of other records those
    that ``refers`` names.
    """

    record: type[Any]
    group: str
    title: Callable[[Any], str]
    page: str
    what: Callable[[Any, Look], Mapping[str, object]]
    words: Callable[[Any], Words] = lambda _record: ()
    detail: Callable[[Any, Look], Words] = lambda _record, _look: ()
    refers: tuple[Reference, ...] = ()
    year: Callable[[Any], int | None] = lambda _record: None


def words_in(text: str) -> list[str]:
    """Return the words and numbers of ``text`` as they are searched: folded, without any sign between them."""
    # Numbers and half of all names bear no mark: what folding leaves of them is their small letters.
    return _WORD.findall(text.lower() if text.isascii() else fold(text))
