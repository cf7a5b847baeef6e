"""What a receiving unit keeps about laptops, their chains, the bundles that came and the acknowledgements that went."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.events import GENESIS
from antq_desktop.storage.tables import (
    chains,
    devices,
    received_bundles,
    received_events,
    sent_acknowledgements,
    set_aside,
)
from antq_desktop.storage.unit_of_work import Reading, Writing

#: How many of the newest events of one attachment are asked about its size; an honest one has two or three.
_NAMINGS = 100


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One key of one enrolled laptop. Keys as files carry them; ``trust_version``: when its unit's document changed."""

    unit_code: str
    device_id: str
    key_id: str
    unit_name: str
    sign_key: str
    seal_key: str
    status: str
    revoked_from: int | None
    trust_version: int
    enrolled_at: str
    request: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """How far the log of a laptop was taken in without a gap."""

    unit_code: str
    device_id: str
    epoch: int
    last_seq: int
    head_hash: bytes
    updated_at: str


@dataclass(frozen=True, slots=True)
class BundleRow:
    """A proven bundle and what became of it; ``sha256`` is hex of the file, ``key_id`` names the key that signed it."""

    sha256: str
    bundle_id: str
    unit_code: str
    device_id: str
    epoch: int
    seq_from: int
    seq_to: int
    verdict: str
    code: str
    new_events: int
    file_name: str
    at: str
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class SetAsideRow:
    """An event that was not applied, with why."""

    unit_code: str
    device_id: str
    epoch: int
    seq: int
    entity: str
    entity_id: str
    code: str
    facts: dict[str, Any]
    at: str


@dataclass(frozen=True, slots=True)
class SentAcknowledgement:
    """An acknowledgement as it went out, whole; ``content_sha256`` leaves out its number and the one before."""

    unit_code: str
    sequence: int
    sha256: str
    content_sha256: str
    file_name: str
    at: str
    container: bytes


def enrolled(work: Reading, unit_code: str | None = None) -> list[DeviceRow]:
    """Return the keys of every enrolled laptop, or of one unit's."""
    query = sa.select(devices).order_by(devices.c.unit_code, devices.c.device_id, devices.c.enrolled_at)
    if unit_code is not None:
        query = query.where(devices.c.unit_code == unit_code)
    return [DeviceRow(**row) for row in work.connection.execute(query).mappings()]


def enrol(work: Writing, device: DeviceRow) -> None:
    """Keep the key of a laptop; the same key again only renews its row."""
    where = (
        devices.c.unit_code == device.unit_code,
        devices.c.device_id == device.device_id,
        devices.c.key_id == device.key_id,
    )
    work.connection.execute(sa.delete(devices).where(*where))
    work.connection.execute(sa.insert(devices).values(_values(device)))
    work.touch("devices")


def chain_ends(work: Reading, unit_code: str | None = None) -> list[ChainEnd]:
    query = sa.select(chains).order_by(chains.c.unit_code, chains.c.device_id)
    if unit_code is not None:
        query = query.where(chains.c.unit_code == unit_code)
    return [ChainEnd(**row) for row in work.connection.execute(query).mappings()]


def keep_chain_end(work: Writing, end: ChainEnd) -> None:
    where = (chains.c.unit_code == end.unit_code, chains.c.device_id == end.device_id)
    work.connection.execute(sa.delete(chains).where(*where))
    work.connection.execute(sa.insert(chains).values(_values(end)))
    work.touch("chains")


def hash_at(work: Reading, unit_code: str, device_id: str, epoch: int, seq: int) -> bytes | None:
    """Return the hash that is on record there, or None."""
    columns = received_events.c
    where = (
        columns.unit_code == unit_code,
        columns.device_id == device_id,
        columns.epoch == epoch,
        columns.seq == seq,
    )
    if seq == 0:
        return GENESIS
    return work.connection.execute(sa.select(columns.event_hash).where(*where)).scalar_one_or_none()


def ever_named(work: Reading, unit_code: str, sha256: str, size: int) -> bool:
    """Whether a unit has told of an attachment of ``size`` bytes; a restore may bring back what it has deleted since."""
    columns = received_events.c
    query = (
        sa.select(columns.line)
        .where(columns.unit_code == unit_code, columns.entity == "attachments", columns.entity_id == sha256)
        .order_by(columns.epoch.desc(), columns.seq.desc())
        .limit(_NAMINGS)
    )
    bodies = (json.loads(line)["body"] for line in work.connection.execute(query).scalars())
    return any(body.get("size") == size for body in bodies)


def bundle(work: Reading, sha256: str) -> BundleRow | None:
    query = sa.select(received_bundles).where(received_bundles.c.sha256 == sha256)
    row = work.connection.execute(query).mappings().first()
    return BundleRow(**row) if row else None


def keep_bundle(work: Writing, row: BundleRow) -> None:
    """Keep what became of a bundle; the newest verdict counts."""
    work.connection.execute(sa.delete(received_bundles).where(received_bundles.c.sha256 == row.sha256))
    work.connection.execute(sa.insert(received_bundles).values(_values(row)))
    work.touch("received_bundles")


def bundles(work: Reading, unit_code: str | None = None, verdict: str | None = None) -> list[BundleRow]:
    """Return bundles in the order of their logs."""
    columns = received_bundles.c
    query = sa.select(received_bundles).order_by(
        columns.unit_code, columns.device_id, columns.epoch, columns.seq_from, columns.at
    )
    if unit_code is not None:
        query = query.where(columns.unit_code == unit_code)
    if verdict is not None:
        query = query.where(columns.verdict == verdict)
    return [BundleRow(**row) for row in work.connection.execute(query).mappings()]


def newest_bundles(work: Reading, unit_code: str, most: int) -> list[BundleRow]:
    """Return the ``most`` bundles of a unit that were judged last, oldest first; those of one second by their hash."""
    columns = received_bundles.c
    query = (
        sa.select(received_bundles)
        .where(columns.unit_code == unit_code)
        .order_by(columns.at.desc(), columns.sha256.desc())
        .limit(most)
    )
    return [BundleRow(**row) for row in work.connection.execute(query).mappings()][::-1]


def aside(
    work: Reading, unit_code: str | None = None, limit: int | None = None, device_id: str | None = None
) -> list[SetAsideRow]:
    """Return the events that were set aside, the first ``limit``, of one laptop or of all."""
    query = _aside(unit_code).limit(limit)
    if device_id is not None:
        query = query.where(set_aside.c.device_id == device_id)
    return [SetAsideRow(**row) for row in work.connection.execute(query).mappings()]


def each_aside(work: Reading, unit_code: str) -> Generator[SetAsideRow, None, None]:
    """Yield the events of a unit that were set aside, a few in memory at a time. Close it if you leave it early."""
    with work.connection.execute(_aside(unit_code).execution_options(yield_per=100)) as found:
        for row in found.mappings():
            yield SetAsideRow(**row)


def _aside(unit_code: str | None) -> sa.Select[Any]:
    columns = set_aside.c
    query = sa.select(set_aside).order_by(columns.unit_code, columns.device_id, columns.epoch, columns.seq)
    return query if unit_code is None else query.where(columns.unit_code == unit_code)


def count_aside(work: Reading, unit_code: str) -> int:
    query = sa.select(sa.func.count()).select_from(set_aside).where(set_aside.c.unit_code == unit_code)
    return int(work.connection.execute(query).scalar_one())


def last_sent(work: Reading, unit_code: str) -> SentAcknowledgement | None:
    query = (
        sa.select(sent_acknowledgements)
        .where(sent_acknowledgements.c.unit_code == unit_code)
        .order_by(sent_acknowledgements.c.sequence.desc())
        .limit(1)
    )
    row = work.connection.execute(query).mappings().first()
    return SentAcknowledgement(**row) if row else None


def sent_sha256(work: Reading, unit_code: str, sequence: int) -> str | None:
    """Return the file hash of the acknowledgement that went out to a unit under ``sequence``, or None."""
    columns = sent_acknowledgements.c
    query = sa.select(columns.sha256).where(columns.unit_code == unit_code, columns.sequence == sequence)
    return work.connection.execute(query).scalar_one_or_none()


def sent_number(work: Reading) -> int:
    """Return how many acknowledgements have ever been numbered, over all units; it only ever grows."""
    columns = sent_acknowledgements.c
    last = sa.select(sa.func.max(columns.sequence).label("last")).group_by(columns.unit_code).subquery()
    return int(work.connection.execute(sa.select(sa.func.sum(last.c.last))).scalar_one() or 0)


def sent_at(work: Reading) -> str:
    """Return when the last acknowledgement was written, or an empty text."""
    return work.connection.execute(sa.select(sa.func.max(sent_acknowledgements.c.at))).scalar_one() or ""


def keep_sent(work: Writing, sent: SentAcknowledgement) -> None:
    work.connection.execute(sa.insert(sent_acknowledgements).values(_values(sent)))
    work.touch("sent_acknowledgements")


def _values(row: Any) -> dict[str, Any]:  # noqa: ANN401 - one of the dataclasses above
    return {name: getattr(row, name) for name in type(row).__slots__}
