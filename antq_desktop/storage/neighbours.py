"""Tells which records of a unit stand in each other's way, for only one may have a key, and which hang on others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.storage.record_writing import REFERENCES, references
from antq_desktop.storage.records import BY_ENTITY, KINDS, Kind, Record, kind_of, to_row
from antq_desktop.storage.tombstones import Key

_CHUNK = 200


def _keys(kind: Kind) -> tuple[tuple[str, ...], ...]:
    unique = [each for each in kind.table.constraints if isinstance(each, sa.UniqueConstraint)]
    return tuple(
        sorted(tuple(column.name for column in each.columns if column.name != "unit_code") for each in unique)
    )


#: For each kind, the groups of columns in which no two records of a unit may be alike.
_UNIQUE = {kind.entity: _keys(kind) for kind in KINDS}
#: For each kind, the kinds that name it, in the order of kinds, with the column.
_NAMED_BY = {
    kind.entity: tuple(
        (other.entity, column)
        for other in KINDS
        for column, table in REFERENCES[other.entity]
        if table == kind.entity
    )
    for kind in KINDS
}


@dataclass(frozen=True, slots=True)
class Claim:
    """What only one record of a kind may say: these ``values`` in these ``columns``."""

    entity: str
    columns: tuple[str, ...]
    values: tuple[Any, ...]


def claims(state: Record) -> list[Claim]:
    """Return what no other record may say beside ``state``."""
    kind = kind_of(type(state))
    if not _UNIQUE[kind.entity]:
        return []
    row = to_row(kind, state)
    found = [
        Claim(kind.entity, columns, tuple(row[name] for name in columns)) for columns in _UNIQUE[kind.entity]
    ]
    return [claim for claim in found if None not in claim.values]


def holders(connection: sa.Connection, unit_code: str, wanted: Iterable[Claim]) -> dict[Claim, Key]:
    """Return which record stands under each claim that is taken."""
    groups: dict[tuple[str, tuple[str, ...]], set[tuple[Any, ...]]] = {}
    for claim in wanted:
        groups.setdefault((claim.entity, claim.columns), set()).add(claim.values)
    found: dict[Claim, Key] = {}
    for (entity, names), values in groups.items():
        table = BY_ENTITY[entity].table
        columns = [table.c[name] for name in names]
        ordered = sorted(values, key=repr)
        for start in range(0, len(ordered), _CHUNK):
            query = sa.select(table.c.id, *columns).where(
                table.c.unit_code == unit_code, sa.tuple_(*columns).in_(ordered[start : start + _CHUNK])
            )
            for key, *held in connection.execute(query):
                found[Claim(entity, names, tuple(held))] = (entity, key)
    return found


def standing(connection: sa.Connection, unit_code: str, keys: Iterable[Key]) -> set[Key]:
    """Return those of ``keys`` that stand in a table."""
    by_entity: dict[str, list[str]] = {}
    for entity, key in sorted(keys):
        by_entity.setdefault(entity, []).append(key)
    found: set[Key] = set()
    for entity in by_entity.keys() & BY_ENTITY.keys():
        columns = BY_ENTITY[entity].table.c
        for start in range(0, len(by_entity[entity]), _CHUNK):
            chunk = by_entity[entity][start : start + _CHUNK]
            query = sa.select(columns.id).where(columns.unit_code == unit_code, columns.id.in_(chunk))
            found.update((entity, key) for key in connection.execute(query).scalars())
    return found


def children(connection: sa.Connection, unit_code: str, key: Key) -> Iterator[Key]:
    """Yield the records that stand and name ``key``, by kind and id."""
    for entity, column in _NAMED_BY.get(key[0], ()):
        table = BY_ENTITY[entity].table
        query = sa.select(table.c.id).where(table.c.unit_code == unit_code, table.c[column] == key[1])
        for child in connection.execute(query.order_by(table.c.id)).scalars():
            yield entity, child


def kinds_around(entity: str) -> frozenset[str]:
    """Return the kinds of records that may stand in the way of one of ``entity``, or hold it."""
    named = {table for _, table in REFERENCES.get(entity, ())}
    return frozenset({entity, *named, *(other for other, _ in _NAMED_BY.get(entity, ()))})


def _crowded() -> frozenset[str]:
    """Return the kinds whose records may be in each other's way, and those that hang on them."""
    found = {entity for entity, keys in _UNIQUE.items() if keys}
    for kind in KINDS:  # parents come first
        if any(table in found for _, table in REFERENCES[kind.entity]):
            found.add(kind.entity)
    return frozenset(found)


CROWDED = _crowded()


class Tables:
    """What stands in the tables of a unit, as far as it was asked for; nothing is written meanwhile."""

    def __init__(self, connection: sa.Connection, unit_code: str) -> None:
        self._connection = connection
        self._unit_code = unit_code
        self._standing: dict[Key, bool] = {}
        self._holders: dict[Claim, Key | None] = {}

    def look_at(self, keys: Iterable[Key], newest: Sequence[Record]) -> None:
        """Ask at once for all that these records and their newest versions depend on."""
        self._ask({*keys, *(need for state in newest for need in references(state))})
        self._ask_holders({claim for state in newest for claim in claims(state)})

    def stands(self, key: Key) -> bool:
        if key not in self._standing:
            self._ask({key})
        return self._standing[key]

    def holder(self, claim: Claim) -> Key | None:
        if claim not in self._holders:
            self._ask_holders({claim})
        return self._holders[claim]

    def children(self, key: Key) -> Iterator[Key]:
        return children(self._connection, self._unit_code, key) if self.stands(key) else iter(())

    def _ask(self, keys: set[Key]) -> None:
        there = standing(self._connection, self._unit_code, keys)
        self._standing.update({key: key in there for key in keys})

    def _ask_holders(self, wanted: set[Claim]) -> None:
        found = holders(self._connection, self._unit_code, wanted)
        self._holders.update({claim: found.get(claim) for claim in wanted})
