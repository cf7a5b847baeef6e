"""What a lost laptop is rebuilt from: whole logs as a receiving unit hands them back, and the place to lay them."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.events import GENESIS, Event, descends
from antq_desktop.storage import event_states, lineage
from antq_desktop.storage.applying import Arrival
from antq_desktop.storage.event_states import Broken
from antq_desktop.storage.outbox import Head
from antq_desktop.storage.receiving import ChainEnd, hash_at
from antq_desktop.storage.record_writing import Gone, RecordWriter
from antq_desktop.storage.records import Record, version_text
from antq_desktop.storage.register_tables import settings
from antq_desktop.storage.retelling import reopened
from antq_desktop.storage.settling import Settling
from antq_desktop.storage.tables import attachment_chunks, outbox, received_events, sent_bundles
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Reading, Writing


@dataclass(frozen=True, slots=True)
class Piece:
    """Events ``first`` … ``last`` of one epoch of a laptop's log as it stands; ``parent``: where the log went on from."""

    unit_code: str
    device_id: str
    epoch: int
    first: int
    last: int
    previous_hash: bytes
    head_hash: bytes
    parent: Head | None


def pieces(work: Reading, end: ChainEnd) -> list[Piece]:
    """Return the whole log that ends at ``end``, one piece an epoch, oldest first; what restores undid is left out."""
    found: list[Piece] = []
    before: Head | None = None
    for span in reversed(lineage.of(work.connection, end.unit_code, end.device_id)):
        last = end.last_seq if span.last is None else span.last
        head = hash_at(work, end.unit_code, end.device_id, span.epoch, last)
        if before is None and span.epoch > 1:
            before = Head(1, 0, GENESIS)
        previous = before.hash if before else GENESIS
        found.append(
            Piece(
                end.unit_code, end.device_id, span.epoch, span.first, last, previous, head or GENESIS, before
            )
        )
        before = Head(span.epoch, last, found[-1].head_hash)
    return found


def lines(work: Reading, piece: Piece) -> Iterator[tuple[str, bytes]]:
    """Yield (entity, exact bytes of the event) in order."""
    columns = received_events.c
    query = (
        sa.select(columns.entity, columns.line)
        .where(*_within(piece))
        .order_by(columns.seq)
        .execution_options(yield_per=1000)
    )
    yield from work.connection.execute(query)


def attachments(work: Reading, piece: Piece) -> list[tuple[str, int]]:
    """Return (SHA-256 in hex, size in bytes) of the files that the piece names and that are kept here."""
    columns = received_events.c
    named = sa.select(columns.entity_id).where(*_within(piece), columns.entity == "attachments")
    query = (
        sa.select(attachment_chunks.c.sha256, sa.func.sum(sa.func.length(attachment_chunks.c.content)))
        .where(attachment_chunks.c.sha256.in_(named))
        .group_by(attachment_chunks.c.sha256)
        .order_by(attachment_chunks.c.sha256)
    )
    return [(sha256, int(size)) for sha256, size in work.connection.execute(query)]


def _within(piece: Piece) -> tuple[sa.ColumnElement[bool], ...]:
    columns = received_events.c
    return (
        columns.unit_code == piece.unit_code,
        columns.device_id == piece.device_id,
        columns.epoch == piece.epoch,
        columns.seq.between(piece.first, piece.last),
    )


def is_untouched(work: Reading) -> bool:
    """Whether nothing but settings was ever written here, and nothing was taken in."""
    used = (
        sa.select(outbox.c.seq).where(outbox.c.entity != "settings"),
        sa.select(received_events.c.seq),
    )
    return all(work.connection.execute(query.limit(1)).first() is None for query in used)


def last_sent(work: Reading) -> tuple[int, int]:
    """Return (epoch, seq) of the last change that was ever sealed here; zeros when none was."""
    columns = sent_bundles.c
    query = sa.select(columns.epoch, columns.seq_to).order_by(columns.epoch.desc(), columns.seq_to.desc())
    found = work.connection.execute(query.limit(1)).first()
    return (found.epoch, found.seq_to) if found else (0, 0)


def begin_anew(work: Writing) -> None:
    """Forget the first settings of an untouched workspace and the events that told of them."""
    with reopened(work.connection):
        work.connection.execute(sa.delete(outbox))
    work.connection.execute(sa.delete(settings).where(settings.c.unit_code == work.unit_code))
    work.touch("settings", "outbox")


def roll_forward(work: Writing, arrivals: list[Arrival], previous: bytes) -> None:
    """Write events of this very laptop back behind the end of its log, byte for byte, and their records with them.

    What does not fit, for it hangs on what only another laptop has told, is set aside and tried again when more comes.
    """
    rows = []
    states: dict[Key, Record | Gone] = {}
    for arrival in arrivals:
        rows.append(
            {**_row(arrival.event), "line": arrival.line, "event_hash": arrival.hash, "prev_hash": previous}
        )
        previous = arrival.hash
        state = _state(arrival.event, work.unit_code)
        if state is not None:
            states[arrival.event.entity, arrival.event.id] = state
    work.connection.execute(sa.insert(outbox), rows)
    writer = RecordWriter(work, work.unit_code)
    settling = Settling(work, work.unit_code, writer)
    stand = writer.versions(set(states))
    # What another laptop wrote meanwhile may be here already; then both are looked at.
    if any(
        not descends(state.version, stand.get(key, {})) for key, state in states.items()
    ) or not writer.write(states):
        settling.settle(states)
    settling.try_again()
    work.touch("outbox", "set_aside", *{entity for entity, _key in states})


def _state(event: Event, unit_code: str) -> Record | Gone | None:
    try:
        return event_states.state_of(event, unit_code)
    except Broken:
        return None  # the log holds it, as it did before; no table can


def _row(event: Event) -> dict[str, object]:
    return {
        "epoch": event.epoch,
        "seq": event.seq,
        "entity": event.entity,
        "entity_id": event.id,
        "version": version_text(event.version),
        "base_version": version_text(event.base_version),
        "op": event.op,
        "at": event.at,
        "user": event.user,
    }
