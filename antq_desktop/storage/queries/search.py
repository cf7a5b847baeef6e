"""Finds records by the words of people, best first, in the time of one frame whatever the size of the workspace."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from itertools import chain, groupby, zip_longest
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.searched import BY_RECORD, SEARCHED
from antq_desktop.domain.searching import words_in
from antq_desktop.domain.wording import N_
from antq_desktop.storage.codec import hints_of
from antq_desktop.storage.failures import translated_from_driver
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.records import BY_ENTITY, kind_of
from antq_desktop.storage.search import ROOM
from antq_desktop.storage.unit_of_work import Reading

#: The class of a record, its unit's code and its id.
RecordKey = tuple[type[Any], str, str]
#: The fields of a record that are not kept as JSON, by their names; and of each class that it refers to those it names.
Shown = tuple[Any, Mapping[type[Any], Any]]
#: Asks the driver, past SQLAlchemy.
_Ask = Callable[..., Any]
#: Number, title, unit and id.
_Row = tuple[int, str, str, str]
# How well a title fits.
_IS, _HOLDS, _HOLDS_BEGINNING, _HOLDS_WORDS, _ELSEWHERE = range(5)
_PAGE = 40
_MOST_WORDS = 12
_LAST = (len(SEARCHED) + 1) * ROOM - 1
# Asked past SQLAlchemy: a handful of them is one answer, and to put one together would take longer than to answer it.
_MATCH = (
    "SELECT r.n, r.title, r.unit_code, r.id FROM search_words CROSS JOIN search_rows AS r ON r.n = search_words.rowid "
    "WHERE search_words MATCH ? AND search_words.rowid > ? ORDER BY search_words.rowid LIMIT ?"
)


class SearchNotOffered(KnownFailure):
    code = "search-not-offered"
    sentence = N_(
        "Where the data lie on a server, the search over everything is not offered. Use the list of each page."
    )


class Place(NamedTuple):
    """A record that was found; ``rank`` 0 is the best, and ``n`` goes by the kinds of ``SEARCHED``."""

    n: int
    unit_code: str
    id: str
    rank: int

    @property
    def key(self) -> RecordKey:
        return SEARCHED[self.n // ROOM - 1].record, self.unit_code, self.id


def find(work: Reading, text: str, limit: int) -> list[Place]:
    """Return at most ``limit`` records that hold every word of ``text``, whole or as a mere beginning, best first.

    Words stand in any order, with or without tone marks. Of records that fit equally well, kinds take turns.
    Raises SearchNotOffered.
    """
    if is_server(work.connection):
        raise SearchNotOffered
    words = words_in(text)[:_MOST_WORDS]
    if not words:
        return []
    with _past_sqlalchemy(work) as ask:
        return _Finder(ask, words, limit).places()


def read(work: Reading, keys: Iterable[RecordKey]) -> dict[RecordKey, Shown]:
    """Return what is shown of the records with these keys, as far as they are there, with one question for each kind."""
    wanted: dict[tuple[type[Any], str], list[str]] = {}
    for record, unit_code, key in keys:
        wanted.setdefault((record, unit_code), []).append(key)
    found: dict[RecordKey, Shown] = {}
    with _past_sqlalchemy(work) as ask:
        for (record, unit_code), ids in wanted.items():
            question, shown = _shown(kind_of(record).entity)
            for row in ask(question, (unit_code, json.dumps(ids))):
                found[record, unit_code, row[0]] = shown(row)
    return found


@cache
def _shown(entity: str) -> tuple[str, Callable[[Sequence[Any]], Shown]]:
    """Return the question for what is shown of records of one unit by their ids, and what makes it of a row."""
    record, table = BY_ENTITY[entity].record, BY_ENTITY[entity].table
    said = hints_of(record).keys() - {"id", "version"}
    own = [table.c.id, *(c for c in table.c if c.name in said and not isinstance(c.type, sa.JSON))]
    own_shape = _shape(record, own)
    days = [place for place, column in enumerate(own) if isinstance(column.type, sa.Date)]
    count = len(own)
    columns: list[sa.ColumnElement[Any]] = [*own]
    source: sa.FromClause = table
    parts: list[tuple[type[Any], int, int, Any]] = []
    for other, field, fields in BY_RECORD[record].refers:
        there = kind_of(other).table.alias()
        is_meant = sa.and_(there.c.unit_code == table.c.unit_code, there.c.id == table.c[field])
        source = source.outerjoin(there, is_meant)
        shown_of_it = [there.c.id, *(there.c[name] for name in fields)]
        start = len(columns)
        columns += shown_of_it
        parts.append((other, start, len(columns), _shape(other, shown_of_it)))
    ids = sa.func.json_each(sa.bindparam("ids")).table_valued("value")
    query = (
        sa.select(*columns)
        .select_from(source)
        .where(table.c.unit_code == sa.bindparam("unit_code"), table.c.id.in_(sa.select(ids.c.value)))
    )
    question = query.compile(dialect=sqlite.dialect())

    def shown(row: Sequence[Any]) -> Shown:
        values = list(row[:count])
        for place in days:
            if values[place] is not None:
                values[place] = date.fromisoformat(values[place])
        others = {
            other: shape._make(row[start:end]) for other, start, end, shape in parts if row[start] is not None
        }
        return own_shape._make(values), others

    return str(question), shown


def _shape(record: type[Any], columns: Sequence[sa.ColumnElement[Any]]) -> Any:  # noqa: ANN401 - a class made here
    return NamedTuple(record.__name__, [(column.name, Any) for column in columns])


@contextmanager
def _past_sqlalchemy(work: Reading) -> Iterator[_Ask]:
    """Give what asks the driver itself. Raises the known failures of the disk."""
    with translated_from_driver():
        yield work.connection.connection.driver_connection.execute  # type: ignore[union-attr] # it is connected


class _Finder:
    """Finds the places of one text. What it passes on the way is in ``_found`` too, by its number."""

    def __init__(self, ask: _Ask, words: Sequence[str], limit: int) -> None:
        self._ask = ask
        self._words = words
        self._text = " ".join(words)
        self._limit = limit
        self._page = max(limit, _PAGE)
        self._found: dict[int, Place] = {}

    def places(self) -> list[Place]:
        """Return the best places."""
        whole = " AND ".join([f'"{word}"' for word in self._words])
        begun = " AND ".join([f'"{word}"*' for word in self._words])
        if _is_few(self._text):
            rows = self._ask(_MATCH, (begun, 0, self._limit + 1)).fetchall()
            if len(rows) <= self._limit:
                return _best([self._place(row) for row in rows], self._limit)
        # What a question leaves out fits no better than the worst rank beside it: with enough so good, the next is not asked.
        for match, best, worst in (
            (f"title : ({whole})", _HOLDS, _HOLDS),
            (f"title : ({begun})", _HOLDS_BEGINNING, _HOLDS_WORDS),
            (begun, _ELSEWHERE, _ELSEWHERE),
        ):
            self._draw(match, best)
            if self._count(worst) >= self._limit:
                break
        return _best(self._found.values(), self._limit)

    def _draw(self, match: str, best: int) -> None:
        """Take rows that match, of each kind in turn, until there are enough of the rank ``best`` or better.

        Nothing that is found anew fits better than ``best``, but titles that are the text; these are all taken at once.
        """
        turn = list(self._kinds(match, best))
        left = self._limit - self._count(best - 1)
        while turn and left > 0:
            turn = [fitting for fitting in turn if next(fitting, None) is not None]
            left -= len(turn)

    def _kinds(self, match: str, best: int) -> Iterator[Iterator[Place]]:
        """Give for each kind that has rows that match what looks for those of the rank ``best`` among its first ones."""
        behind = 0
        while behind < _LAST:
            rows = self._ask(_MATCH, (match, behind, 2 * self._page))
            first = rows.fetchone()
            if first is None:
                return
            behind = (first[0] // ROOM + 1) * ROOM - 1
            at_hand = [first]
            if best == _HOLDS:
                at_hand += rows.fetchmany(self._page - 1)
                exact = [self._place(row) for row in at_hand if row[1] == self._text and row[0] <= behind]
                self._found.update([(place.n, place) for place in exact])
            yield self._fitting(chain(at_hand, rows), behind, best)

    def _fitting(self, rows: Iterable[_Row], last: int, best: int) -> Iterator[Place]:
        """Take rows up to the number ``last`` and give those of the rank ``best``."""
        for row in rows:
            if row[0] > last:
                return
            place = self._found.get(row[0])
            if place is None:
                place = self._found[row[0]] = self._place(row)
            if place.rank == best:
                yield place

    def _count(self, worst: int) -> int:
        return sum([place.rank <= worst for place in self._found.values()])

    def _place(self, row: _Row) -> Place:
        n, title, unit_code, key = row
        return Place(n, unit_code, key, self._rank(title))

    def _rank(self, title: str) -> int:
        """Return how well a title fits: it is the text, holds it, holds its beginning, or holds all of the words."""
        padded = f" {title} "
        if f" {self._text}" in padded:
            if self._text == title:
                return _IS
            return _HOLDS if f" {self._text} " in padded else _HOLDS_BEGINNING
        return _HOLDS_WORDS if all(f" {word}" in padded for word in self._words) else _ELSEWHERE


def _is_few(text: str) -> bool:
    """Tell whether a text holds a number: mostly no more records hold it than are asked for, and one question is enough."""
    return any(map(str.isdigit, text))


def _best(found: Iterable[Place], limit: int) -> list[Place]:
    """Return at most ``limit`` of what was found, best first; kinds take turns among those of one rank."""
    best: list[Place] = []
    by_rank: dict[int, list[Place]] = {}
    for place in sorted(found):
        by_rank.setdefault(place.rank, []).append(place)
    for rank in sorted(by_rank):
        if len(best) >= limit:
            break
        kinds = [list(of_kind) for _kind, of_kind in groupby(by_rank[rank], key=_kind_of)]
        best += [place for turn in zip_longest(*kinds) for place in turn if place is not None]
    return best[:limit]


def _kind_of(place: Place) -> int:
    return place.n // ROOM
