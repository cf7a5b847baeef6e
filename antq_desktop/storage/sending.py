"""What a commune keeps about its bundles, acknowledgements and trust, and the rows that a bundle is made of."""

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.events import GENESIS
from antq_desktop.domain.text import sort_key
from antq_desktop.storage.failures import translated_from_driver
from antq_desktop.storage.outbox import Head
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.register_tables import attachments as kept_files
from antq_desktop.storage.register_tables import self_assessments
from antq_desktop.storage.tables import (
    attachment_chunks,
    outbox,
    sent_bundles,
    taken_acknowledgements,
    trust_documents,
)
from antq_desktop.storage.unit_of_work import Reading, Writing

_AT_ONCE = 1_000
_ACKNOWLEDGED = "acknowledged"
_SUPERSEDED = "superseded_acknowledgements"
#: Files of one bundle have at most so many bytes together: it fits a stick of FAT32, and nobody refuses it for its size.
_MOST_FILES = 2**31


@dataclass(frozen=True, slots=True)
class Range:
    """Events ``first`` … ``last`` of one epoch. ``parent`` is the end of the epoch before, when this one begins here."""

    epoch: int
    first: int
    last: int
    previous_hash: bytes
    head_hash: bytes
    parent: Head | None


@dataclass(frozen=True, slots=True)
class SentBundle:
    """A bundle that was sealed; ``sha256`` is hex, ``at`` ISO in UTC."""

    sha256: str
    bundle_id: str
    epoch: int
    seq_from: int
    seq_to: int
    head_hash: str
    size: int
    file_name: str
    at: str


@dataclass(frozen=True, slots=True)
class TakenAcknowledgement:
    """An acknowledgement as it was taken in; ``content`` is what it said, as JSON values."""

    sequence: int
    sha256: str
    epoch: int
    last_seq: int
    head_hash: str
    content: dict[str, Any]
    at: str


def acknowledged(work: Reading) -> tuple[int, int]:
    """Return (epoch, seq) of the last event that the receiving unit has confirmed; zeros when none."""
    place = work.local(_ACKNOWLEDGED, {"epoch": 0, "seq": 0})
    return place["epoch"], place["seq"]


def keep_acknowledged(work: Writing, epoch: int, seq: int) -> None:
    work.keep_local(_ACKNOWLEDGED, {"epoch": epoch, "seq": seq})


def waiting_ranges(work: Reading) -> list[Range]:
    """Return what no acknowledgement covers, in the ranges that a bundle each may hold, oldest first."""
    return ranges_after(work, acknowledged(work)[1])


def ranges_after(work: Reading, seq: int) -> list[Range]:
    """Return the log behind change ``seq`` (0: all of it), oldest first: one range an epoch, several where files are many."""
    ranges = []
    for epoch in _epochs(work):
        # By epoch, so that the log is looked up and not read through.
        query = sa.select(sa.func.min(outbox.c.seq), sa.func.max(outbox.c.seq))
        first, last = work.connection.execute(query.where(outbox.c.epoch == epoch, outbox.c.seq > seq)).one()
        if first is not None:
            ranges += [_range(work, epoch, *part) for part in _parts(work, epoch, first, last)]
    return ranges


def _parts(work: Reading, epoch: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield first and last change of each part of a range whose files are not too much for one bundle."""
    held_here = sa.select(sa.func.sum(kept_files.c.size)).where(kept_files.c.unit_code == work.unit_code)
    if (work.connection.execute(held_here).scalar_one() or 0) <= _MOST_FILES:
        yield first, last  # without reading the log through for the few that hold more
        return
    query = (
        sa.select(outbox.c.seq, kept_files.c.size)
        .join(kept_files, kept_files.c.id == outbox.c.entity_id)
        .where(
            outbox.c.epoch == epoch,
            outbox.c.seq.between(first, last),
            outbox.c.entity == kept_files.name,
            outbox.c.op == "put",
            kept_files.c.unit_code == work.unit_code,
        )
        .order_by(outbox.c.seq)
    )
    held = 0
    for seq, size in work.connection.execute(query):
        if held and held + size > _MOST_FILES:
            yield first, seq - 1
            first, held = seq, 0
        held += size
    yield first, last


def _epochs(work: Reading) -> Iterator[int]:
    """Yield the epochs of the log, oldest first."""
    epoch: int | None = 0
    while epoch is not None:
        following = sa.select(sa.func.min(outbox.c.epoch)).where(outbox.c.epoch > epoch)
        epoch = work.connection.execute(following).scalar_one()
        if epoch is not None:
            yield epoch


def _range(work: Reading, epoch: int, first: int, last: int) -> Range:
    begin = _row(work, epoch, first)
    parent = None
    if epoch > 1:
        before = work.connection.execute(
            sa.select(outbox.c.epoch, outbox.c.event_hash)
            .where(outbox.c.seq == first - 1, outbox.c.epoch <= epoch)
            .order_by(outbox.c.epoch.desc())
            .limit(1)
        ).first()
        if before is None:
            parent = Head(1, 0, GENESIS)  # every log begins there, whichever epochs came between
        elif before.epoch < epoch:
            parent = Head(before.epoch, first - 1, before.event_hash)
    return Range(epoch, first, last, begin.prev_hash, _row(work, epoch, last).event_hash, parent)


def _row(work: Reading, epoch: int, seq: int) -> Any:  # noqa: ANN401 - SQLAlchemy's row
    return work.connection.execute(
        sa.select(outbox.c.prev_hash, outbox.c.event_hash).where(outbox.c.epoch == epoch, outbox.c.seq == seq)
    ).one()


def _within(chosen: Range) -> sa.ColumnElement[bool]:
    return sa.and_(outbox.c.epoch == chosen.epoch, outbox.c.seq.between(chosen.first, chosen.last))


def lines(work: Reading, chosen: Range) -> Iterator[tuple[str, bytes]]:
    """Yield (entity, exact bytes of the event) in order."""
    query = sa.select(outbox.c.entity, outbox.c.line).where(_within(chosen)).order_by(outbox.c.seq)
    yield from _streamed(work, query)


def _streamed(work: Reading, query: sa.Select[Any]) -> Iterator[Any]:
    """Yield the rows as the driver gives them, so many at a time: making SQLAlchemy's of them costs as much as reading them."""
    with translated_from_driver(), closing(work.connection.execute(query)) as found:
        while rows := found.cursor.fetchmany(_AT_ONCE):
            yield from rows


def counts(work: Reading, chosen: Range) -> dict[str, int]:
    """Return how many events of each table are in the range."""
    query = sa.select(outbox.c.entity, sa.func.count()).where(_within(chosen)).group_by(outbox.c.entity)
    return dict(work.connection.execute(query.order_by(outbox.c.entity)).all())


def attachments(work: Reading, named: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield (SHA-256 in hex, size in bytes) of those files ``named`` that this laptop still has, in order of their hashes."""
    columns = attachment_chunks.c
    for key in sorted(set(named)):
        size = sa.select(sa.func.sum(sa.func.length(columns.content))).where(columns.sha256 == key)
        found: int | None = work.connection.execute(size).scalar_one()
        if found is not None:
            yield key, found


def criteria_used(work: Reading) -> dict[str, str]:
    """Return id → newest version of the lists of criteria that assessments of this unit were made with."""
    columns = self_assessments.c
    query = (
        sa.select(columns.catalogue_id, columns.catalogue_version)
        .where(columns.unit_code == work.unit_code)
        .distinct()
    )
    return dict(sorted(work.connection.execute(query).all(), key=lambda row: sort_key(row[1])))


def records(work: Reading, unit_code: str) -> Iterator[tuple[str, Iterator[tuple[str, str]]]]:
    """Yield for each table its name and (id, version) of the unit's records in order of ids."""
    for kind in KINDS:
        query = (
            sa.select(kind.table.c.id, kind.table.c.version)
            .where(kind.table.c.unit_code == unit_code)
            .order_by(kind.table.c.id)
        )
        yield kind.entity, _streamed(work, query)


def keep_bundle(work: Writing, bundle: SentBundle) -> None:
    work.connection.execute(
        sa.insert(sent_bundles).values({name: getattr(bundle, name) for name in SentBundle.__slots__})
    )
    work.touch("sent_bundles")


def bundles(work: Reading) -> list[SentBundle]:
    """Return every sealed bundle, newest first."""
    query = sa.select(sent_bundles).order_by(
        sent_bundles.c.epoch.desc(), sent_bundles.c.seq_to.desc(), sent_bundles.c.at.desc()
    )
    return [SentBundle(**row) for row in work.connection.execute(query).mappings()]


def last_acknowledgement(work: Reading) -> TakenAcknowledgement | None:
    query = sa.select(taken_acknowledgements).order_by(taken_acknowledgements.c.sequence.desc()).limit(1)
    row = work.connection.execute(query).mappings().first()
    return TakenAcknowledgement(**row) if row else None


def acknowledgement_sha256(work: Reading, sequence: int) -> str | None:
    """Return the file hash of the acknowledgement that was taken in under ``sequence``, or None."""
    return work.connection.execute(
        sa.select(taken_acknowledgements.c.sha256).where(taken_acknowledgements.c.sequence == sequence)
    ).scalar_one_or_none()


def is_superseded(work: Reading, sha256: str) -> bool:
    """Whether that file was taken in once, before the receiving unit was restored and numbered anew."""
    return sha256 in work.local(_SUPERSEDED, [])


def keep_acknowledgement(work: Writing, taken: TakenAcknowledgement) -> None:
    """Keep the newest acknowledgement; later numbers of a receiving unit that was restored since go."""
    table = taken_acknowledgements
    gone = table.c.sequence >= taken.sequence
    known = sa.select(table.c.sha256).where(gone, table.c.sha256 != taken.sha256)
    if superseded := list(work.connection.execute(known).scalars()):
        work.keep_local(_SUPERSEDED, [*work.local(_SUPERSEDED, []), *superseded])
    work.connection.execute(sa.delete(table).where(gone))
    work.connection.execute(
        sa.insert(table).values({name: getattr(taken, name) for name in TakenAcknowledgement.__slots__})
    )
    work.touch("taken_acknowledgements")


def forget_acknowledgements(work: Writing) -> None:
    """Let another receiving unit begin anew: what the one before confirmed, it has never seen."""
    table = taken_acknowledgements
    known = list(work.connection.execute(sa.select(table.c.sha256)).scalars())
    if known:
        work.keep_local(_SUPERSEDED, [*work.local(_SUPERSEDED, []), *known])
        work.connection.execute(sa.delete(table))
        work.touch("taken_acknowledgements")
    keep_acknowledged(work, 0, 0)


def trust_document(work: Reading) -> bytes | None:
    """Return the newest signed trust document."""
    query = sa.select(trust_documents.c.document).order_by(trust_documents.c.version.desc()).limit(1)
    return work.connection.execute(query).scalar_one_or_none()


def keep_trust_document(work: Writing, version: int, document: bytes) -> None:
    table = trust_documents
    work.connection.execute(sa.delete(table).where(table.c.version == version))
    work.connection.execute(sa.insert(table).values(version=version, document=document, at=work.at_text))
    work.touch("trust_documents")


def drop_trust_documents(work: Writing) -> None:
    """Forget every trust document: another receiving unit takes over after a new enrolment."""
    work.connection.execute(sa.delete(trust_documents))
