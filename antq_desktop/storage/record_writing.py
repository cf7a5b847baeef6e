"""Writes the states of many records of one unit at once: all of them or, when one clashes with what is there, none."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from antq_desktop.storage import bulk, tombstones
from antq_desktop.storage.records import KINDS, Kind, Record, kind_of, to_row
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Writing

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Gone:
    """The state of a record that was deleted under ``version``; an empty one: of a record that never was."""

    version: dict[str, int]


class Clashed(Exception):
    """A record clashes with what is there; nothing of this transaction may be kept."""


#: What each record is to be.
States = Mapping[Key, Record | Gone]


#: For each kind, the columns that name another record and the kind of that.
REFERENCES = {
    kind.entity: tuple(
        (constraint.column_keys[-1], constraint.referred_table.name)
        for constraint in sorted(kind.table.foreign_key_constraints, key=lambda each: list(each.column_keys))
    )
    for kind in KINDS
}


def references(state: Record | Gone) -> list[Key]:
    """Return the records that ``state`` names and cannot stand without."""
    if isinstance(state, Gone):
        return []
    named = ((table, getattr(state, column)) for column, table in REFERENCES[kind_of(type(state)).entity])
    return [(table, key) for table, key in named if key is not None]


class RecordWriter:
    """Writes records of ``unit_code`` past the outbox and the journal: they are events of another laptop already."""

    def __init__(self, work: Writing, unit_code: str) -> None:
        self._work = work
        self._connection = work.connection
        self._unit_code = unit_code
        self._own = unit_code == work.unit_code
        self._deleted: set[Key] = set()
        self._written: set[str] = set()

    def write(self, states: States, anew: frozenset[str] = frozenset()) -> bool:
        """Write all of ``states`` or none; return whether they were written.

        Records of the kinds ``anew`` are taken out first, so that one may have the key that another gives up.
        """
        if not states:
            return True
        try:
            with self._connection.begin_nested():
                self._take_out([key for key in states if key[0] in anew])
                self._write(states)
        except sa.exc.IntegrityError:
            return False
        self._remember(states)
        return True

    def write_or_fail(self, states: States, new: Collection[Key]) -> None:
        """Write all of ``states``, of which ``new`` were never heard of; when one clashes the whole transaction is spoilt. Raises Clashed.

        Going back to a savepoint costs SQLCipher a copy of every page that is touched behind it: ten times the writing itself.
        """
        try:
            self._write(states, new)
        except sa.exc.IntegrityError as error:
            raise Clashed from error
        self._remember(states)

    def drain(self) -> set[str]:
        """Return the kinds of records that were written since this was last asked."""
        written, self._written = self._written, set()
        return written

    def _remember(self, states: States) -> None:
        self._written.update(entity for entity, _ in states)
        self._work.search.put(state for state in states.values() if not isinstance(state, Gone))
        for (entity, key), state in states.items():
            if isinstance(state, Gone):
                self._work.search.drop(entity, self._unit_code, key)

    def versions(self, keys: set[Key]) -> dict[Key, dict[str, int]]:
        """Return the version that stands for each record, or under which it was deleted; none for one never heard of."""
        found: dict[Key, dict[str, int]] = {}
        by_entity: dict[str, list[str]] = {}
        for entity, key in sorted(keys):
            by_entity.setdefault(entity, []).append(key)
        for kind in KINDS:
            ids = by_entity.get(kind.entity, [])
            columns = kind.table.c
            for start in range(0, len(ids), _CHUNK):
                query = sa.select(columns.id, columns.version).where(
                    columns.unit_code == self._unit_code,
                    bulk.among(self._connection, columns.id, ids[start : start + _CHUNK]),
                )
                for key, version in self._connection.execute(query):
                    found[kind.entity, key] = json.loads(version)
            missing = [key for key in ids if (kind.entity, key) not in found]
            deleted = tombstones.versions(
                self._connection, self._unit_code, kind.entity, missing, own=self._own
            )
            found.update({(kind.entity, key): version for key, version in deleted.items()})
            self._deleted.update((kind.entity, key) for key in deleted)
        return found

    def _write(self, states: States, new: Collection[Key] = ()) -> None:
        # Parents before children, and the other way round to remove; sorted, so that two receivers never wait in a ring.
        put: dict[str, tuple[list[Record], list[Record]]] = {}
        deleted = {}
        for (entity, key), state in sorted(states.items(), key=lambda item: item[0]):
            if isinstance(state, Gone):
                deleted[entity, key] = state.version
            else:
                put.setdefault(entity, ([], []))[(entity, key) in new].append(state)
        for kind in KINDS:
            changed, added = put.get(kind.entity, ((), ()))
            if changed:
                rows = [to_row(kind, record) for record in changed]
                bulk.execute(self._connection, kind.entity, self._upsert(kind), rows)
            if added:
                rows = [to_row(kind, record) for record in added]
                bulk.execute(self._connection, f"{kind.entity} added", sa.insert(kind.table), rows)
        self._take_out(list(deleted))
        never = [key for key, version in deleted.items() if not version]
        back = [key for key in self._deleted if key in states and key not in deleted]
        tombstones.forget(self._connection, self._unit_code, [*never, *back])
        kept = [(key, version) for key, version in deleted.items() if version]
        tombstones.keep(self._connection, self._unit_code, kept)
        self._deleted.update(key for key, _ in kept)

    def _take_out(self, keys: list[Key]) -> None:
        ids: dict[str, list[str]] = {}
        for entity, key in keys:
            ids.setdefault(entity, []).append(key)
        for kind in reversed(KINDS):
            if kind.entity in ids:
                columns = kind.table.c
                where = (columns.unit_code == self._unit_code, columns.id == sa.bindparam("_id"))
                rows = [{"_id": key} for key in ids[kind.entity]]
                self._connection.execute(sa.delete(kind.table).where(*where), rows)

    def _upsert(self, kind: Kind) -> sa.Insert:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(kind.table)
        keys = [column.name for column in kind.table.primary_key]
        changed = {
            column.name: statement.excluded[column.name] for column in kind.table.c if column.name not in keys
        }
        upsert: sa.Insert = statement.on_conflict_do_update(index_elements=keys, set_=changed)
        return upsert
