"""Tells the end of the own log anew: in a new epoch after a restore, or as another laptop after a copy was in use.

What lies behind the place that everybody knows may stand elsewhere under the same numbers. So those events get new
places in the chain, each with its own content, time and user; nobody is ever sent two histories under one number.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.events import Event, decode
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import outbox as log
from antq_desktop.storage import settling, tombstones
from antq_desktop.storage.outbox import Change, Head
from antq_desktop.storage.receiving import ChainEnd, keep_chain_end
from antq_desktop.storage.records import BY_ENTITY, version_text
from antq_desktop.storage.tables import outbox, received_events, sent_bundles
from antq_desktop.storage.unit_of_work import Writing

_Key = tuple[str, str]
_Version = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Renaming:
    """The name ``new`` for what the laptop ``device`` wrote behind what each record's version was in ``common``.

    A laptop writes under its id, and after a restore under its id and the number of the epoch; see ``Store.writer``.
    """

    device: str
    new: str
    common: Mapping[_Key, _Version]

    def of(self, key: _Key, version: _Version) -> dict[str, int]:
        """Return ``version`` with the writes that others may not know counted under the new name."""
        before = self._own(self.common[key])
        own = self._own(version)
        others = {name: count for name, count in version.items() if name not in own}
        since = sum(own.values()) - sum(before.values())
        if since <= 0:
            return dict(version)  # an older one stands, for a newer one was set aside
        renamed = {**others, **before, self.new: since}
        return {name: count for name, count in renamed.items() if count}

    def _own(self, version: _Version) -> dict[str, int]:
        return {
            name: count
            for name, count in version.items()
            if name == self.device or name.startswith(f"{self.device}.")
        }


def in_epoch(work: Writing, common: Head, epoch: int, device: str, writer: str) -> int:
    """Tell what ``device`` wrote behind ``common`` anew in ``epoch``, as ``writer``; return how many events that were."""
    with reopened(work.connection):
        told = _taken_out(work, common)
    _tell(work, epoch, told, device, writer)
    settling.settle_own_anew(work)
    return len(told)


def as_other_laptop(work: Writing, common: Head, old: str, new: str) -> int:
    """Begin the log of laptop ``new`` with what lies behind ``common``; the rest becomes the known log of laptop ``old``.

    Returns how many events were told anew. Bundles that were sealed before are forgotten: they belong to ``old``.
    """
    with reopened(work.connection):
        told = _taken_out(work, common)
        _hand_over(work, common, old)
    _tell(work, 1, told, old, new)
    settling.settle_own_anew(work)
    work.connection.execute(sa.delete(sent_bundles))
    work.touch("sent_bundles", "chains")
    return len(told)


@contextmanager
def reopened(connection: sa.Connection) -> Iterator[None]:
    """Let rows of the log, which is append-only for everybody else, be taken out inside this transaction."""
    kept = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'outbox'")
    guards = connection.execute(kept).all()
    for guard in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {guard.name}")
    yield
    for guard in guards:
        connection.exec_driver_sql(guard.sql)


def _taken_out(work: Writing, common: Head) -> list[Event]:
    behind = outbox.c.seq > common.seq
    lines = work.connection.execute(sa.select(outbox.c.line).where(behind).order_by(outbox.c.seq)).scalars()
    told = [decode(line) for line in lines]
    work.connection.execute(sa.delete(outbox).where(behind))
    return told


def _tell(work: Writing, epoch: int, events: list[Event], device: str, writer: str) -> None:
    """Write ``events`` behind the end of the log, and their records' versions anew."""
    common: dict[_Key, _Version] = {}
    for event in events:
        common.setdefault((event.entity, event.id), event.base_version)
    renaming = Renaming(device, writer, common)
    for event in events:
        key = (event.entity, event.id)
        version, base = renaming.of(key, event.version), renaming.of(key, event.base_version)
        change = Change(event.entity, event.id, version, base, event.op, dict(event.body))
        log.append(work.connection, epoch, event.at, event.user, [change])
    for key in common:
        _rename_record(work, key, renaming)
    if events:
        work.touch("outbox", *{entity for entity, _key in common})


def _hand_over(work: Writing, common: Head, old: str) -> None:
    """Keep the own log up to ``common`` as that of another laptop."""
    columns = outbox.c
    rows = sa.select(
        sa.literal(work.unit_code),
        sa.literal(old),
        columns.epoch,
        columns.seq,
        columns.event_hash,
        columns.entity,
        columns.entity_id,
        columns.line,
    )
    names = ["unit_code", "device_id", "epoch", "seq", "event_hash", "entity", "entity_id", "line"]
    work.connection.execute(sa.insert(received_events).from_select(names, rows))
    _keep_deletions(work)
    work.connection.execute(sa.delete(outbox))
    if common.seq:
        end = ChainEnd(work.unit_code, old, common.epoch, common.seq, common.hash, work.at_text)
        keep_chain_end(work, end)


def _keep_deletions(work: Writing) -> None:
    """Remember what the own log says was deleted: soon it is no longer the own one."""
    columns = outbox.c
    query = sa.select(columns.entity, columns.entity_id, columns.version)
    deleted: dict[str, dict[str, dict[str, int]]] = {}
    # Written out, so that the index of deletions alone is read.
    for entity, key, version in work.connection.execute(
        query.where(sa.text("op = 'delete'")).order_by(columns.epoch, columns.seq)
    ):
        deleted.setdefault(entity, {})[key] = json.loads(version)
    for entity, versions in deleted.items():
        before = tombstones.versions(work.connection, work.unit_code, entity, list(versions), own=False)
        tombstones.keep(
            work.connection,
            work.unit_code,
            [((entity, key), merged([version, before.get(key, {})])) for key, version in versions.items()],
        )


def _rename_record(work: Writing, key: _Key, renaming: Renaming) -> None:
    table = BY_ENTITY[key[0]].table
    where = (table.c.unit_code == work.unit_code, table.c.id == key[1])
    text = work.connection.execute(sa.select(table.c.version).where(*where)).scalar_one_or_none()
    if text is not None:
        version = version_text(renaming.of(key, json.loads(text)))
        work.connection.execute(sa.update(table).where(*where).values(version=version))
