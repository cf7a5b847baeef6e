"""Keeps the words by which records are found beside the records, in the same transaction.

A row of ``search_rows`` holds the folded words of one record; ``search_words`` is the full-text index over these rows.
The numbers of rows go by kind, so that one pass through the index meets the kinds one after the other.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.searching import SEARCHED, Searched, words_of
from antq_desktop.storage.records import BY_ENTITY, Kind, Record, kind_of
from antq_desktop.storage.tables import search_rows

#: How many rows there may be of one kind.
ROOM = 2**40
_CHUNK = 500
_MOST_PENDING = 10_000
_ADD = "INSERT INTO search_words (rowid, title, others) VALUES (:n, :title, :others)"
_TAKE_OUT = (
    "INSERT INTO search_words (search_words, rowid, title, others) VALUES ('delete', :n, :title, :others)"
)
_CLEAR = "INSERT INTO search_words (search_words) VALUES ('delete-all')"
_PLACES = {kind_of(searched.record).entity: place for place, searched in enumerate(SEARCHED, start=1)}
Key = tuple[str, str]
Texts = tuple[str, str]


class SearchIndex:
    """What one transaction has to tell the index; told when it ends, in the order in which the index grows fastest."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._pending: dict[str, dict[Key, Record | None]] = {}
        self._count = 0

    def put(self, records: Iterable[Record]) -> None:
        """Let these records, as they are now, be found."""
        for record in records:
            self._note(kind_of(type(record)).entity, record.unit_code, record.id, record)

    def drop(self, entity: str, unit_code: str, key: str) -> None:
        """Let a record that was removed be found no more."""
        self._note(entity, unit_code, key, None)

    def write(self) -> None:
        """Bring the index up to date with all that was put and dropped."""
        pending, self._pending, self._count = self._pending, {}, 0
        out: list[dict[str, Any]] = []
        added: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for entity in sorted(pending, key=_PLACES.__getitem__):
            texts = {key: _texts(record) for key, record in pending[entity].items()}
            kept = self._kept(entity, list(texts))
            free = self._free(entity)
            for key, now in texts.items():
                before = kept.get(key)
                if before is None and now is not None:
                    added.append(_row(free, entity, key, now))
                    free += 1
                elif before is not None and now != (before["title"], before["others"]):
                    out.append(before)
                    if now is not None:
                        changed.append(_row(before["n"], entity, key, now))
        self._take_out(sorted(out, key=_number))
        self._add(sorted(added + changed, key=_number))

    def clear(self) -> None:
        """Let nothing be found any more."""
        self._connection.exec_driver_sql(_CLEAR)
        self._connection.execute(sa.delete(search_rows))

    def _note(self, entity: str, unit_code: str, key: str, record: Record | None) -> None:
        if entity not in _PLACES:
            return
        of_kind = self._pending.setdefault(entity, {})
        self._count += (unit_code, key) not in of_kind
        of_kind[unit_code, key] = record
        if self._count >= _MOST_PENDING:
            self.write()

    def _kept(self, entity: str, keys: list[Key]) -> dict[Key, dict[str, Any]]:
        """Return the rows that are there of these records."""
        found: dict[Key, dict[str, Any]] = {}
        columns = search_rows.c
        for unit_code in {unit_code for unit_code, _ in keys}:
            ids = [key for unit, key in keys if unit == unit_code]
            for start in range(0, len(ids), _CHUNK):
                query = sa.select(search_rows).where(
                    columns.unit_code == unit_code,
                    columns.entity == entity,
                    columns.id.in_(ids[start : start + _CHUNK]),
                )
                found.update(
                    {(unit_code, row["id"]): dict(row) for row in self._connection.execute(query).mappings()}
                )
        return found

    def _free(self, entity: str) -> int:
        """Return the first number behind the rows of a kind."""
        first = _PLACES[entity] * ROOM
        columns = search_rows.c
        query = sa.select(sa.func.max(columns.n)).where(columns.n >= first, columns.n < first + ROOM)
        last: int | None = self._connection.execute(query).scalar_one()
        return first if last is None else last + 1

    def _take_out(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(sa.text(_TAKE_OUT), rows)
            where = search_rows.c.n == sa.bindparam("_n")
            self._connection.execute(sa.delete(search_rows).where(where), [{"_n": row["n"]} for row in rows])

    def _add(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._connection.execute(sa.insert(search_rows), rows)
            self._connection.execute(sa.text(_ADD), rows)


def searched_at(n: int) -> tuple[Searched, Kind]:
    """Return how the kind of record that row ``n`` belongs to is found and kept."""
    searched = SEARCHED[n // ROOM - 1]
    return searched, BY_ENTITY[kind_of(searched.record).entity]


def _texts(record: Record | None) -> Texts | None:
    texts = words_of(record) if record else ("", "")
    return texts if any(texts) else None


def _row(n: int, entity: str, key: Key, texts: Texts) -> dict[str, Any]:
    return {
        "n": n, "unit_code": key[0], "entity": entity, "id": key[1], "title": texts[0], "others": texts[1],
    }  # fmt: skip


def _number(row: dict[str, Any]) -> int:
    return int(row["n"])
