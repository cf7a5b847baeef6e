"""One user action is one transaction: everything of it is kept, with its journal lines and events, or nothing.

``Store.writing`` takes the write lock at once; leaving it without ``commit()`` rolls back. Only frozen records leave it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.events import next_version
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import journal, outbox, own_aside, tombstones
from antq_desktop.storage.failures import ChangedElsewhere, Clash, translated
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.key_file import Vault
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.records import Kind, R, kind_of, to_body, to_record, to_row
from antq_desktop.storage.search import SearchIndex
from antq_desktop.storage.tables import local_state, number_series

T = TypeVar("T")
_CHUNK = 500


class Reading:
    """A view of the workspace that does not move while it is open."""

    def __init__(self, connection: sa.Connection, unit_code: str, vault: Vault | None = None) -> None:
        self.connection = connection
        self.unit_code = unit_code
        self._vault = vault

    def find(self, record: type[R], key: str, unit_code: str | None = None) -> R | None:
        """Return the record ``key`` of this unit (or of ``unit_code``), or None."""
        kind = kind_of(record)
        table = kind.table
        where = (table.c.unit_code == (unit_code or self.unit_code), table.c.id == key)
        row = self.connection.execute(sa.select(table).where(*where)).mappings().first()
        return to_record(kind, dict(row)) if row else None

    def get(self, record: type[R], key: str, unit_code: str | None = None) -> R:
        """Return the record ``key``. Raises NotFound."""
        found = self.find(record, key, unit_code)
        if found is None:
            raise NotFound(what=key)
        return found

    def all(self, record: type[R], **equals: object) -> list[R]:
        """Return the records of this unit whose columns equal ``equals``, in order of their ids."""
        kind = kind_of(record)
        table = kind.table
        where = [
            table.c.unit_code == self.unit_code,
            *(table.c[name] == value for name, value in equals.items()),
        ]
        rows = self.connection.execute(sa.select(table).where(*where).order_by(table.c.id)).mappings()
        return [to_record(kind, dict(row)) for row in rows]

    def local(self, name: str, default: T) -> T:
        """Return what this laptop alone keeps under ``name``. Raises OtherKeyFile."""
        found = self.connection.execute(
            sa.select(local_state.c.value).where(local_state.c.name == name)
        ).first()
        if found is None:
            return default
        kept: T = self._vault.open(name, found.value) if self._vault else found.value
        return kept


class Writing(Reading):
    """One transaction of one user. Call ``commit`` at its end."""

    def __init__(self, connection: sa.Connection, store: "Store", user: str, at: datetime) -> None:
        super().__init__(connection, store.unit_code, store.vault)
        self.user = user
        self.at = at
        self.search = SearchIndex(connection)
        self._store = store
        self.changes = Changes()
        self._saved: set[tuple[str, str]] = set()
        self.is_committed = False

    @property
    def at_text(self) -> str:
        """The time of this transaction, ISO, UTC, seconds."""
        return self.at.astimezone(UTC).isoformat(timespec="seconds")

    @property
    def writer(self) -> str:
        """The name of this laptop in versions."""
        return self._store.writer

    def save(self, record: R, action: str = "saved", note: str = "") -> R:
        """Keep ``record`` and return it with its new version. Raises ChangedElsewhere when it was saved since it was read."""
        return self.save_all([record], action, note)[0]

    def save_all(self, records: Sequence[R], action: str = "saved", note: str = "") -> list[R]:
        """Keep records of one kind; one that says nothing new is left alone. Returns them with their versions.

        Raises ChangedElsewhere, Clash for a record that is there twice or belongs to none, RecordTooLong and
        RecordNotTellable for one that could never be sent.
        """
        if not records:
            return []
        if len({record.id for record in records}) < len(records):
            raise Clash  # two texts under one version could never be told apart again
        kind = kind_of(type(records[0]))
        before = self._before(kind, [record for record in records if record.version])
        deleted = self._deleted(kind, [record for record in records if not record.version])
        aside = own_aside.versions(
            self.connection, self.unit_code, kind.entity, [record.id for record in records]
        )
        saved: list[R] = []
        added: list[dict[str, Any]] = []
        updated: list[dict[str, Any]] = []
        deeds: list[Deed] = []
        told: list[outbox.Change] = []
        for record in records:
            old = before.get(record.id)
            if record.version and (old is None or old.version != record.version):
                raise ChangedElsewhere
            if old == record:
                saved.append(record)
                continue
            known = record.version or deleted.get(record.id, {})
            known = merged([known, aside[record.id]]) if record.id in aside else known
            new: R = replace(record, version=next_version(known, self._store.writer))  # type: ignore[type-var]
            body = to_body(new)
            row = to_row(kind, new)
            if old is None:
                added.append(row)
            else:
                updated.append({f"_{name}": value for name, value in row.items()})
            saved.append(new)
            deeds.append(
                Deed(action, kind.entity, new.id, _difference(to_body(old) if old else {}, body), note)
            )
            told.append(outbox.Change(kind.entity, new.id, new.version, known, "put", body))
        self.tell(deeds, told, kind.entity)  # first: it refuses what can never be sent
        self._saved.update((change.entity, change.id) for change in told)
        if added:
            self.connection.execute(sa.insert(kind.table), added)
        if updated:
            self._update(kind, updated)
        self.search.put(saved)
        own_aside.forget(
            self.connection,
            self.unit_code,
            kind.entity,
            [change.id for change in told if change.id in aside],
        )
        return saved

    def delete(self, record: R, reason: str) -> None:
        """Remove ``record``; its event and its journal line, with the reason, stay."""
        kind = kind_of(type(record))
        if self.get(type(record), record.id).version != record.version:
            raise ChangedElsewhere
        table = kind.table
        where = (table.c.unit_code == self.unit_code, table.c.id == record.id)
        self.connection.execute(sa.delete(table).where(*where))
        self.search.drop(kind.entity, self.unit_code, record.id)
        aside = own_aside.versions(self.connection, self.unit_code, kind.entity, [record.id])
        own_aside.forget(self.connection, self.unit_code, kind.entity, list(aside))
        known = merged([record.version, *aside.values()])
        version = next_version(known, self._store.writer)
        deed = Deed("deleted", kind.entity, record.id, _difference(to_body(record), {}), reason)
        change = outbox.Change(kind.entity, record.id, version, known, "delete", {"reason": reason})
        self.tell([deed], [change], kind.entity)
        self._saved.add((kind.entity, record.id))

    def note(self, deed: Deed) -> None:
        """Write a journal line for what changed no record: seen, printed, sent."""
        journal.append(self.connection, self.at_text, self.user, [deed])
        self.changes |= Changes.of("journal")

    def keep_local(self, name: str, value: object) -> None:
        """Keep a value that belongs to this laptop alone; it is never sent. Of two writers of one name the later one is kept."""
        kept = self._vault.seal(name, value) if self._vault else value
        dialect = postgresql if is_server(self.connection) else sqlite
        insert = dialect.insert(local_state).values(name=name, value=kept)
        self.connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_={"value": kept}))

    def next_number(self, kind: str, year: int, above: int = 0) -> int:
        """Take the next number, ``above`` another, of the series ``kind`` in ``year``; for good once this commits."""
        series = number_series.c
        where = (series.unit_code == self.unit_code, series.year == year, series.kind == kind)
        last: int = self.connection.execute(sa.select(series.last).where(*where)).scalar_one_or_none() or 0
        last = max(last, above)
        self.connection.execute(sa.delete(number_series).where(*where))
        self.connection.execute(
            sa.insert(number_series).values(unit_code=self.unit_code, year=year, kind=kind, last=last + 1)
        )
        return last + 1

    def touch(self, *tables: str) -> None:
        """Say that ``tables``, written by other means than records, have changed."""
        self.changes |= Changes.of(*tables)

    def commit(self) -> Changes:
        """Make it durable and return what changed; what waited for records that were saved is settled with it."""
        from antq_desktop.storage.settling import settle_saved  # it stands on this module

        if self._saved:
            settle_saved(self, self._saved)
        self.search.write()
        self.connection.get_transaction().commit()  # type: ignore[union-attr] # it is open until here
        self.is_committed = True
        return self.changes

    def _before(self, kind: Kind, records: Sequence[R]) -> dict[str, R]:
        table = kind.table
        found: dict[str, R] = {}
        for start in range(0, len(records), _CHUNK):
            keys = [record.id for record in records[start : start + _CHUNK]]
            query = sa.select(table).where(table.c.unit_code == self.unit_code, table.c.id.in_(keys))
            found.update(
                {row["id"]: to_record(kind, dict(row)) for row in self.connection.execute(query).mappings()}
            )
        return found

    def _deleted(self, kind: Kind, records: Sequence[R]) -> dict[str, dict[str, int]]:
        """Return the versions that records were deleted under which come back; their versions go on from there.

        Begun anew, they would be older than their own deletion to whoever receives both.
        """
        found: dict[str, dict[str, int]] = {}
        for start in range(0, len(records), _CHUNK):
            keys = [record.id for record in records[start : start + _CHUNK]]
            found.update(tombstones.versions(self.connection, self.unit_code, kind.entity, keys, own=True))
        return found

    def _update(self, kind: Kind, rows: list[dict[str, Any]]) -> None:
        table = kind.table
        names = [column.name for column in table.columns if not column.primary_key]
        statement = (
            sa.update(table)
            .where(table.c.unit_code == sa.bindparam("_unit_code"), table.c.id == sa.bindparam("_id"))
            .values({name: sa.bindparam(f"_{name}") for name in names})
        )
        self.connection.execute(statement, rows)

    def tell(self, deeds: list[Deed], told: list[outbox.Change], entity: str) -> None:
        """Write the journal lines and the events of what was done to records of one kind."""
        if not told:
            return
        outbox.append(self.connection, self._store.epoch, self.at_text, self.user, told)
        journal.append(self.connection, self.at_text, self.user, deeds)
        self.changes |= Changes.of(entity)


class Store:
    """The open workspace. ``clock`` gives aware UTC times; unit, device and epoch are this laptop's own.

    With a ``vault`` what belongs to the laptop alone, its secret keys too, is sealed before it goes to the server.
    """

    def __init__(self, engine: sa.Engine, clock: Callable[[], datetime], vault: Vault | None = None) -> None:
        self.engine = engine
        self.clock = clock
        self.vault = vault
        self.unit_code = ""
        self.device_id = ""
        self.epoch = 1
        #: Called after each transaction that was committed.
        self.committed: Callable[[Changes], None] = _nothing
        #: How many transactions were committed here; what was worked out from the records holds until it moves.
        self.commits = 0
        self.identify()

    def identify(self) -> None:
        """Read anew who this laptop is; call it after that was written."""
        with self.reading() as work:
            self.unit_code = work.local("unit_code", "")
            self.device_id = work.local("device_id", "")
            self.epoch = work.local("epoch", 1)

    @property
    def writer(self) -> str:
        """The name of this laptop in versions. After a restore it is another one: it counts anew what others may have seen."""
        return self.device_id if self.epoch == 1 else f"{self.device_id}.{self.epoch}"

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """Open a view for reading."""
        with translated(), self.engine.connect() as connection, connection.begin():
            yield Reading(connection, self.unit_code, self.vault)

    @contextmanager
    def writing(self, user: str, sender: str = "") -> Iterator[Writing]:
        """Open one transaction for ``user``; without ``commit()`` nothing of it stays.

        With the code of a ``sender`` a server lets it see and change that unit's rows only, and others write beside it.
        """
        with translated(), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True, unit_code=sender)
            with connection.begin() as transaction:
                work = Writing(connection, self, user, self.clock())
                yield work
                if transaction.is_active:
                    transaction.rollback()
        if work.is_committed:
            self.commits += 1
            self.committed(work.changes)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()


def _nothing(_changes: Changes) -> None:
    """Tell nobody."""


def _difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {
        name: [before.get(name), after.get(name)]
        for name in {**before, **after}
        if name not in ("id", "unit_code") and before.get(name) != after.get(name)
    }
