"""What a receiving unit has on record of one commune: its laptops, its bundles, and what of them a person must look at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.events import descends
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import judgement
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_rows import CommuneRow, commune_rows
from antq_desktop.services.journal import name_of
from antq_desktop.services.session import Session
from antq_desktop.services.taking_in import SetAsideEvent, reason_of
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.queries.record_events import SentEvent, record_events
from antq_desktop.storage.receiving import BundleRow, SetAsideRow
from antq_desktop.storage.records import BY_ENTITY
from antq_desktop.storage.unit_of_work import Reading, Store

_REFUSED = N_("The file was refused.")


@dataclass(frozen=True, slots=True)
class BundleSeen:
    """One bundle with what became of it; ``sentence`` is for people. ``needs_person``: nothing that may come frees it."""

    sha256: str
    bundle_id: str
    file_name: str
    device_id: str
    epoch: int
    seq_from: int
    seq_to: int
    verdict: str
    code: str
    sentence: str
    new_events: int
    needs_person: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a record: who wrote it on which laptop and when, by that laptop's clock, and the record itself.

    A deletion has only its reason. ``stands`` tells that it is the version in use here.
    """

    user: str
    device_id: str
    at: str
    op: str
    body: Mapping[str, Any]
    stands: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that two laptops changed without knowing of each other, all versions beside each other, the one in use first.

    ``names`` are what the records that it speaks of are called, by (entity, id).
    """

    entity: str
    entity_id: str
    name: str
    sides: tuple[Side, ...]
    names: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class CommuneDetails:
    """One commune; bundles the newest first."""

    unit_code: str
    unit_name: str
    laptops: tuple[CommuneRow, ...]
    bundles: tuple[BundleSeen, ...]
    set_aside: tuple[SetAsideEvent, ...]
    conflicts: tuple[Conflict, ...]


class Communes:
    """Reads what is on record of one commune."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def details(self, unit_code: str, references: Mapping[str, str] | None = None) -> CommuneDetails:
        """Return what is on record of a unit; nothing at all for one that is not enrolled.

        ``references`` says which entity a field of a record names, so that conflicts can name those records.
        """
        with self._store.reading() as work:
            laptops = commune_rows(work, self._session.now(), unit_code)
            name = laptops[0].unit_name if laptops else unit_code
            aside = kept.aside(work, unit_code)
            ends = {(row.device_id, row.epoch): row.last_seq for row in laptops}
            seen = [_bundle(row, ends) for row in kept.bundles(work, unit_code)]
            return CommuneDetails(
                unit_code=unit_code,
                unit_name=name,
                laptops=tuple(laptops),
                bundles=tuple(sorted(seen, key=lambda one: one.at, reverse=True)),
                set_aside=tuple(_event(row, name) for row in aside),
                conflicts=tuple(_conflicts(work, unit_code, aside, references or {})),
            )


def _bundle(row: BundleRow, ends: Mapping[tuple[str, int], int]) -> BundleSeen:
    facts = {
        "seq_from": row.seq_from,
        "seq_to": row.seq_to,
        "missing_from": ends.get((row.device_id, row.epoch), 0) + 1,
        "missing_to": row.seq_from - 1,
    }
    text = judgement.SENTENCES.get(row.code) or _refusal(row.code)
    return BundleSeen(
        sha256=row.sha256,
        bundle_id=row.bundle_id,
        file_name=row.file_name,
        device_id=row.device_id,
        epoch=row.epoch,
        seq_from=row.seq_from,
        seq_to=row.seq_to,
        verdict=row.verdict,
        code=row.code,
        sentence=_(text, **facts),
        new_events=row.new_events,
        needs_person=row.verdict == "held" and row.code in judgement.FOR_A_PERSON,
        at=datetime.fromisoformat(row.at),
    )


def _refusal(code: str) -> str:
    """Return the sentence of a refusal by its code; a plain one where that needs facts that were not kept."""
    known = {kind.code: kind.sentence for kind in _kinds(Refused)}
    text = known.get(code, _REFUSED)
    return text if "{" not in text else _REFUSED


def _kinds(root: type[Refused]) -> Iterator[type[Refused]]:
    for kind in root.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _event(row: SetAsideRow, unit_name: str) -> SetAsideEvent:
    return SetAsideEvent(
        row.unit_code,
        unit_name,
        row.device_id,
        row.epoch,
        row.seq,
        row.entity,
        row.entity_id,
        row.code,
        reason_of(row.code, row.facts),
        row.at,
    )


def _conflicts(
    work: Reading, unit_code: str, aside: list[SetAsideRow], references: Mapping[str, str]
) -> Iterator[Conflict]:
    own = Reading(work.connection, unit_code)
    places: dict[tuple[str, str], set[tuple[str, int, int]]] = {}
    for row in aside:
        if row.code == "concurrent" or (row.entity, row.entity_id) in places:
            places.setdefault((row.entity, row.entity_id), set()).add((row.device_id, row.epoch, row.seq))
    for (entity, entity_id), apart in places.items():
        events = record_events(work, unit_code, entity, entity_id)
        held = [sent for sent in events if _place(sent) in apart]
        others = [sent for sent in events if _place(sent) not in apart]
        sides = (
            *_standing(own, entity, entity_id, others),
            *(_side(sent, stands=False) for sent in held),
        )
        bodies = [side.body for side in sides]
        wanted = {
            (references[field], value)
            for body in bodies
            for field, value in body.items()
            if field in references and isinstance(value, str) and value
        }
        names = {key: name for key in wanted if (name := name_of(own, *key))}
        yield Conflict(entity, entity_id, name_of(own, entity, entity_id), sides, names)


def _standing(own: Reading, entity: str, entity_id: str, events: list[SentEvent]) -> Iterator[Side]:
    """Yield the version in use: the event that wrote the record, or that deleted it, tells who and when."""
    kind = BY_ENTITY.get(entity)
    record = own.find(kind.record, entity_id) if kind else None
    for sent in reversed(events):
        event = sent.event
        if record is None and event.op != "delete":
            continue
        if record is None or descends(record.version, event.version):
            yield _side(sent, stands=True)
            return


def _place(sent: SentEvent) -> tuple[str, int, int]:
    return sent.device_id, sent.event.epoch, sent.event.seq


def _side(sent: SentEvent, *, stands: bool) -> Side:
    event = sent.event
    return Side(event.user, sent.device_id, event.at, event.op, event.body, stands)
