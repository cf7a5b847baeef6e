"""Finds records by the words of people, best first, in the time of one frame whatever the size of the workspace."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, zip_longest
from typing import Any

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.searched import SEARCHED
from antq_desktop.domain.searching import words_in
from antq_desktop.domain.wording import N_
from antq_desktop.storage.failures import known_failure
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.records import BY_ENTITY, Record, kind_of, to_record
from antq_desktop.storage.search import ROOM
from antq_desktop.storage.unit_of_work import Reading

#: The class of a record, its unit's code and its id.
RecordKey = tuple[type[Any], str, str]
_PAGE = 40
_MOST_WORDS = 12
_LAST = (len(SEARCHED) + 1) * ROOM - 1
# Asked past SQLAlchemy: a handful of them is one answer, and to put one together would take longer than to answer it.
_MATCH = (
    "SELECT rowid, title FROM search_words WHERE search_words MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?"
)
_ROWS = "SELECT n, unit_code, id FROM search_rows WHERE n IN (SELECT value FROM json_each(?))"


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
    text = " ".join(words)
    whole = " AND ".join(f'"{word}"' for word in words)
    begun = " AND ".join(f'"{word}"*' for word in words)
    page = max(limit, _PAGE)
    ranks: dict[int, int] = {}
    # What a question leaves out fits no better than the worst rank beside it: with enough so good, the next is not asked.
    # Of titles that hold the beginning of a single word none fits better than another but those that were asked before.
    for match, worst, count in (
        (f"title : ({whole})", 1, page),
        (f"title : ({begun})", 3, page if len(words) > 1 else limit),
        (begun, 4, page),
    ):
        for n, title in _matching(work, match, count):
            if n not in ranks:
                ranks[n] = _rank(text, words, title)
        if sum(rank <= worst for rank in ranks.values()) >= limit:
            break
    best = _best(ranks, limit)
    keys = {n: (unit_code, key) for n, unit_code, key in _asked(work, _ROWS, json.dumps(best))}
    return [Place(n, keys[n][0], keys[n][1], ranks[n]) for n in best]


def read(work: Reading, keys: Iterable[RecordKey]) -> dict[RecordKey, Record]:
    """Return the records with these keys, as far as they are there, with one question for each kind."""
    wanted: dict[type[Any], list[tuple[str, str]]] = {}
    for record, *key in keys:
        wanted.setdefault(record, []).append((key[0], key[1]))
    found: dict[RecordKey, Record] = {}
    for record, of_kind in wanted.items():
        kind = kind_of(record)
        for row in work.connection.execute(_by_keys(kind.entity), {"keys": json.dumps(of_kind)}).mappings():
            found[record, row["unit_code"], row["id"]] = to_record(kind, dict(row))
    return found


@cache
def _by_keys(entity: str) -> sa.Select[Any]:
    """Return the question for records by their keys; the same object each time, so that it is put together once."""
    table = BY_ENTITY[entity].table
    keys = sa.text("SELECT value ->> 0, value ->> 1 FROM json_each(:keys)")
    return sa.select(table).where(sa.tuple_(table.c.unit_code, table.c.id).in_(keys))


def _matching(work: Reading, match: str, page: int) -> list[tuple[int, str]]:
    """Return number and title of the rows that match, the first ``page`` of each kind."""
    rows: list[tuple[int, str]] = []
    behind = 0
    while behind < _LAST:
        found = _asked(work, _MATCH, match, behind, page)
        rows += found
        if len(found) < page:
            break
        kind = found[-1][0] // ROOM
        # Where the page ends within a kind, the rest of its rows are asked for; when that kind had its share, the next.
        has_share = len(rows) >= page and rows[-page][0] // ROOM == kind
        behind = (kind + 1) * ROOM - 1 if has_share else found[-1][0]
    return rows


def _asked(work: Reading, question: str, *facts: object) -> list[Any]:
    cursor = work.connection.connection.cursor()
    try:
        found: list[Any] = cursor.execute(question, facts).fetchall()
    except sqlcipher.Error as error:
        known = known_failure(error)
        if known is None:
            raise
        raise known from error
    finally:
        cursor.close()
    return found


def _rank(text: str, words: Sequence[str], title: str) -> int:
    """Return how well a title fits: it is the text, holds it, holds its beginning, or holds all of the words."""
    padded = f" {title} "
    if f" {text}" in padded:
        if text == title:
            return 0
        return 1 if f" {text} " in padded else 2
    return 3 if all(f" {word}" in padded for word in words) else 4


def _best(ranks: Mapping[int, int], limit: int) -> list[int]:
    """Return at most ``limit`` numbers, best first; kinds take turns among those of one rank."""
    best: list[int] = []
    for rank in sorted(set(ranks.values())):
        if len(best) >= limit:
            break
        of_rank = sorted(n for n, its_rank in ranks.items() if its_rank == rank)
        kinds = [list(of_kind) for _kind, of_kind in groupby(of_rank, key=lambda n: n // ROOM)]
        best += (n for turn in zip_longest(*kinds) for n in turn if n is not None)
    return best[:limit]
