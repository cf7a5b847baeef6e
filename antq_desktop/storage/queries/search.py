"""Finds records by the words of people, best first, in the time of one frame whatever the size of the workspace."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.searched import SEARCHED
from antq_desktop.domain.searching import words_in
from antq_desktop.domain.wording import N_
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.records import Record, kind_of, to_record
from antq_desktop.storage.search import ROOM, SearchIndex
from antq_desktop.storage.tables import search_rows
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

#: Raised by hand when the words of a kind become others; kinds that come or go are noticed by themselves.
_FORM = 1
_NAME = "search"
#: The class of a record, its unit's code and its id.
RecordKey = tuple[type[Any], str, str]
_PAGE = 40
_MOST_WORDS = 12
_MANY = 5_000
_MATCH = sa.text(
    "SELECT rowid FROM search_words WHERE search_words MATCH :match AND rowid >= :first ORDER BY rowid LIMIT :limit"
)


class SearchNotOffered(KnownFailure):
    code = "search-not-offered"
    sentence = N_(
        "Where the data lie on a server, the search over everything is not offered. Use the list of each page."
    )


@dataclass(frozen=True, slots=True)
class Place:
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
    page = max(limit, _PAGE)
    whole = [f'"{word}"' for word in words]
    begun = " AND ".join(f"{word}*" for word in whole)
    numbers, cut = _matching(work, begun, page)
    if cut:  # then the best may stand behind what was read
        for match in (" AND ".join(whole), begun):
            numbers |= _matching(work, f"title : ({match})", page)[0]
    columns = search_rows.c
    rows = work.connection.execute(sa.select(search_rows).where(columns.n.in_(numbers)))
    places = [Place(row.n, row.unit_code, row.id, _rank(words, row.title)) for row in rows]
    return _in_turns(sorted(places, key=lambda place: (place.rank, place.n)))[:limit]


def read(work: Reading, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
    """Return the records with these keys, as far as they are there, with one question for each kind and unit."""
    ids: dict[tuple[type[Any], str], list[str]] = {}
    for record, unit_code, key in keys:
        ids.setdefault((record, unit_code), []).append(key)
    found: dict[RecordKey, Record] = {}
    for (record, unit_code), wanted in ids.items():
        kind = kind_of(record)
        columns = kind.table.c
        query = sa.select(kind.table).where(columns.unit_code == unit_code, columns.id.in_(wanted))
        for row in work.connection.execute(query).mappings():
            found[record, unit_code, row["id"]] = to_record(kind, dict(row))
    return found


def rebuild(work: Writing) -> None:
    """Gather the words of every record anew. Raises SearchNotOffered."""
    if is_server(work.connection):
        raise SearchNotOffered
    index = SearchIndex(work.connection)
    index.clear()
    for searched in SEARCHED:
        kind = kind_of(searched.record)
        query = sa.select(kind.table).order_by(kind.table.c.unit_code, kind.table.c.id)
        with work.connection.execution_options(yield_per=_MANY).execute(query) as rows:
            for row in rows.mappings():
                index.put([to_record(kind, dict(row))])
    index.write()
    work.keep_local(_NAME, _form())


def bring_up_to_date(store: Store) -> None:
    """Gather the words anew when they were gathered by another version of the program, or never."""
    with store.reading() as work:
        if work.local(_NAME, None) == _form():
            return
    with store.writing("") as work:
        rebuild(work)
        work.commit()


def _matching(work: Reading, match: str, page: int) -> tuple[set[int], bool]:
    """Return the numbers of rows that match, at least the first ``page`` of each kind, and whether any were left out."""
    numbers: set[int] = set()
    first, cut = 0, False
    while True:
        asked = {"match": match, "first": first, "limit": page}
        found = list(work.connection.execute(_MATCH, asked).scalars())
        numbers.update(found)
        if len(found) < page:
            return numbers, cut
        first, cut = (found[-1] // ROOM + 1) * ROOM, True


def _rank(words: Sequence[str], title: str) -> int:
    """Return how well a title fits: it is the words, holds them side by side, holds their beginning, or all of them."""
    text, padded = " ".join(words), f" {title} "
    if text == title:
        return 0
    if f" {text} " in padded:
        return 1
    if f" {text}" in padded:
        return 2
    return 3 if all(f" {word}" in padded for word in words) else 4


def _in_turns(places: Sequence[Place]) -> list[Place]:
    """Let kinds take turns among the places of one rank."""
    taken: Counter[tuple[int, int]] = Counter()
    turns: list[tuple[int, int, int, Place]] = []
    for place in places:
        kind = place.n // ROOM
        turns.append((place.rank, taken[place.rank, kind], place.n, place))
        taken[place.rank, kind] += 1
    return [place for *_, place in sorted(turns, key=lambda turn: turn[:3])]


def _form() -> list[object]:
    return [_FORM, *(kind_of(searched.record).entity for searched in SEARCHED)]
