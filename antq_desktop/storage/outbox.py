"""The commune's own log of changes, append-only and hash-chained, written in the transaction of each change."""

import json
import re
import secrets
from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain import strict_json
from antq_desktop.domain.events import GENESIS, MAX_LINE, Event, chain_hash, encode
from antq_desktop.storage.failures import RecordNotTellable, RecordTooLong
from antq_desktop.storage.postgres import alone_with
from antq_desktop.storage.records import version_text
from antq_desktop.storage.tables import outbox

_SALT_BYTES = 16
#: More signs than a reader takes for a number.
_LONG_NUMBER = re.compile(rb"[-0-9][0-9]{18}")


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain: its epoch, the last sequence number (0: none yet) and the hash there."""

    epoch: int
    seq: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be told of one record: a put with its whole body, or a delete with its reason."""

    entity: str
    id: str
    version: dict[str, int]
    base_version: dict[str, int]
    op: str
    body: dict[str, Any]


def head(connection: sa.Connection, epoch: int) -> Head:
    """Return the end of the chain in ``epoch``."""
    row = connection.execute(
        sa.select(outbox.c.epoch, outbox.c.seq, outbox.c.event_hash)
        .where(outbox.c.epoch <= epoch)
        .order_by(outbox.c.epoch.desc(), outbox.c.seq.desc())
        .limit(1)
    ).first()
    # A new epoch goes on from the hash and the number where the one before it ended.
    return Head(epoch, row.seq, row.event_hash) if row else Head(epoch, 0, GENESIS)


def append(connection: sa.Connection, epoch: int, at: str, user: str, changes: Sequence[Change]) -> None:
    """Write one event a change, in order, behind the end of the chain. Raises RecordTooLong, RecordNotTellable."""
    alone_with(connection, outbox.name)
    end = head(connection, epoch)
    seq, previous = end.seq, end.hash
    rows = []
    for change in changes:
        seq += 1
        salt = b64encode(secrets.token_bytes(_SALT_BYTES)).decode()
        line = _line(
            Event(
                epoch=epoch,
                seq=seq,
                entity=change.entity,
                id=change.id,
                version=change.version,
                base_version=change.base_version,
                op=change.op,
                at=at,
                user=user,
                salt=salt,
                body=change.body,
            )
        )
        event_hash = chain_hash(previous, line)
        rows.append(
            {
                "epoch": epoch,
                "seq": seq,
                "event_hash": event_hash,
                "prev_hash": previous,
                "entity": change.entity,
                "entity_id": change.id,
                "version": version_text(change.version),
                "base_version": version_text(change.base_version),
                "op": change.op,
                "at": at,
                "user": user,
                "line": line,
            }
        )
        previous = event_hash
    if rows:
        connection.execute(sa.insert(outbox), rows)


def _line(event: Event) -> bytes:
    """Return the line of ``event``; one that a reader refuses would hold up everything behind it for good."""
    try:
        line = encode(event)
        if len(line) <= MAX_LINE and _may_be_refused(line):
            strict_json.loads(line)
    except ValueError as error:  # UnsafeJSON and UnicodeError are such
        raise RecordNotTellable from error
    if len(line) > MAX_LINE:
        raise RecordTooLong(size=-(-len(line) // 1024))
    return line


def _may_be_refused(line: bytes) -> bool:
    """Whether a line of our own must be read to know that a reader takes it: reading each one costs a tenth of a save."""
    return (
        len(line) > strict_json.MAX_PARTS
        or line.count(b"{") + line.count(b"[") > strict_json.MAX_DEPTH
        or _LONG_NUMBER.search(line) is not None
    )


def deleted_versions(
    connection: sa.Connection, entity: str, keys: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return the versions under which records of these ids were last deleted here; those that never were are left out."""
    query = (
        sa.select(outbox.c.entity_id, outbox.c.version)
        # Written out, so that the index of deletions alone is read.
        .where(outbox.c.entity == entity, outbox.c.entity_id.in_(keys), sa.text("op = 'delete'"))
        .order_by(outbox.c.epoch, outbox.c.seq)
    )
    return {key: json.loads(version) for key, version in connection.execute(query)}


def lines(connection: sa.Connection, epoch: int, first: int, last: int) -> Iterator[bytes]:
    """Yield the exact bytes of the events ``first`` … ``last`` (both included) of ``epoch``, in order."""
    query = (
        sa.select(outbox.c.line)
        .where(outbox.c.epoch == epoch, outbox.c.seq.between(first, last))
        .order_by(outbox.c.seq)
        .execution_options(yield_per=1000)
    )
    yield from connection.execute(query).scalars()


def hash_at(connection: sa.Connection, epoch: int, seq: int) -> bytes | None:
    """Return the hash of the event ``seq``, GENESIS for 0, None when there is no such event."""
    if seq == 0:
        return GENESIS
    return connection.execute(
        sa.select(outbox.c.event_hash).where(outbox.c.epoch == epoch, outbox.c.seq == seq)
    ).scalar_one_or_none()


def last_at(connection: sa.Connection) -> str:
    """Return when the last change was made (ISO, UTC), or an empty text."""
    newest = sa.select(outbox.c.at).order_by(outbox.c.epoch.desc(), outbox.c.seq.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none() or ""


def first_broken(connection: sa.Connection) -> tuple[int, int] | None:
    """Return (epoch, seq) of the first event that somebody changed by hand, or None when the chain holds."""
    previous = GENESIS
    query = sa.select(outbox).order_by(outbox.c.epoch, outbox.c.seq).execution_options(yield_per=1000)
    for row in connection.execute(query):
        if row.prev_hash != previous or chain_hash(previous, row.line) != row.event_hash:
            return row.epoch, row.seq
        previous = row.event_hash
    return None
