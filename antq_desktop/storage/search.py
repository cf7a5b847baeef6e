"""Keeps the words by which records are found beside the records, in the same transaction.

A row of ``search_rows`` holds the folded words of one record; ``search_words`` is the full-text index over these rows.
The numbers of rows go by kind, so that one pass through the index meets the kinds one after the other.
"""

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

import sqlalchemy as sa

from antq_desktop.domain.searched import SEARCHED, words_of
from antq_desktop.storage import bulk
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.records import Record, kind_of
from antq_desktop.storage.tables import search_rows

#: How many rows there may be of one kind.
ROOM = 2**40
_CHUNK = 500
_MOST_PENDING = 5_000
# Plain statements over plain rows: to put a statement together for each of 50,000 rows costs more than the rows.
_ADD_ROW = "INSERT INTO search_rows (n, unit_code, entity, id, title, others) VALUES (?, ?, ?, ?, ?, ?)"
_ADD = "INSERT INTO search_words (rowid, title, others) VALUES (?, ?, ?)"
_TAKE_OUT_ROW = "DELETE FROM search_rows WHERE n = ?"
_TAKE_OUT = "INSERT INTO search_words (search_words, rowid, title, others) VALUES ('delete', ?, ?, ?)"
_CLEAR = "INSERT INTO search_words (search_words) VALUES ('delete-all')"
_JOIN = "INSERT INTO search_words (search_words) VALUES ('optimize')"
_PLACES = {kind_of(searched.record).entity: place for place, searched in enumerate(SEARCHED, start=1)}
#: The unit and the id of a record.
Key = tuple[str, str]
#: The words of the title, and the other words.
Texts = tuple[str, str]


class _Row(NamedTuple):
    """A row of ``search_rows``, its fields in the order of the columns."""

    n: int
    unit_code: str
    entity: str
    id: str
    title: str
    others: str


_words = attrgetter("n", "title", "others")


class SearchIndex:
    """What one transaction has to tell the index; told when it ends, in the order in which the index grows fastest."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        # A server has no such index; nobody searches there.
        self._is_kept = not is_server(connection)
        self._pending: dict[str, dict[Key, Texts | None]] = {}
        self._count = 0

    def put(self, records: Iterable[Record]) -> None:
        """Let these records, as they are now, be found."""
        for record in records:
            entity = kind_of(type(record)).entity
            if entity in _PLACES and self._is_kept:
                self._note(entity, record.unit_code, record.id, _texts(record))

    def drop(self, entity: str, unit_code: str, key: str) -> None:
        """Let a record that was removed be found no more."""
        if entity in _PLACES and self._is_kept:
            self._note(entity, unit_code, key, None)

    def write(self) -> None:
        """Bring the index up to date with all that was put and dropped."""
        pending, self._pending, self._count = self._pending, {}, 0
        out: list[_Row] = []
        added: list[_Row] = []
        for entity, texts in pending.items():
            kept = self._kept(entity, list(texts))
            free = self._free(entity)
            for key, now in texts.items():
                before = kept.get(key)
                if before is not None:
                    if now == (before.title, before.others):
                        continue
                    out.append(before)
                if now is not None:
                    added.append(_Row(free if before is None else before.n, key[0], entity, key[1], *now))
                    free += before is None
        # From the lowest number to the highest: a step back makes the index write out what it holds in memory.
        self._take_out(sorted(out))
        self._add(sorted(added))

    def clear(self) -> None:
        """Let nothing be found any more."""
        self._connection.exec_driver_sql(_CLEAR)
        self._connection.execute(sa.delete(search_rows))

    def join(self) -> None:
        """Join the parts in which the index grew into one, in which words are found in half the time."""
        self._connection.exec_driver_sql(_JOIN)

    def _note(self, entity: str, unit_code: str, key: str, texts: Texts | None) -> None:
        of_kind = self._pending.setdefault(entity, {})
        self._count += (unit_code, key) not in of_kind
        of_kind[unit_code, key] = texts
        if self._count >= _MOST_PENDING:
            self.write()

    def _kept(self, entity: str, keys: list[Key]) -> dict[Key, _Row]:
        """Return the rows that are there of these records."""
        found: dict[Key, _Row] = {}
        columns = search_rows.c
        for unit_code in {unit_code for unit_code, _ in keys}:
            ids = [key for unit, key in keys if unit == unit_code]
            for start in range(0, len(ids), _CHUNK):
                query = sa.select(search_rows).where(
                    columns.unit_code == unit_code,
                    columns.entity == entity,
                    bulk.among(self._connection, columns.id, ids[start : start + _CHUNK]),
                )
                rows = (_Row(*row) for row in self._connection.execute(query))
                found.update({(unit_code, row.id): row for row in rows})
        return found

    def _free(self, entity: str) -> int:
        """Return the first number behind the rows of a kind."""
        first = _PLACES[entity] * ROOM
        columns = search_rows.c
        query = sa.select(sa.func.max(columns.n)).where(columns.n >= first, columns.n < first + ROOM)
        last: int | None = self._connection.execute(query).scalar_one()
        return first if last is None else last + 1

    def _take_out(self, rows: list[_Row]) -> None:
        if rows:
            self._connection.exec_driver_sql(_TAKE_OUT, list(map(_words, rows)))
            self._connection.exec_driver_sql(_TAKE_OUT_ROW, [(row.n,) for row in rows])

    def _add(self, rows: list[_Row]) -> None:
        if rows:
            self._connection.exec_driver_sql(_ADD_ROW, rows)
            self._connection.exec_driver_sql(_ADD, list(map(_words, rows)))


def _texts(record: Record) -> Texts | None:
    texts = words_of(record)
    return texts if any(texts) else None
