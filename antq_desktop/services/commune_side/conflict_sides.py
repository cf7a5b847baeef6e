"""Lays the versions of records beside each other of which people must choose one: in use, set aside, who and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from antq_desktop.domain.conflicts import Side
from antq_desktop.domain.events import Event, descends
from antq_desktop.domain.record_history import causal
from antq_desktop.services.journal import name_in, name_of
from antq_desktop.storage.queries import conflicts as queries
from antq_desktop.storage.queries.conflicts import OPEN
from antq_desktop.storage.queries.record_events import SentEvent, own_events, record_events
from antq_desktop.storage.receiving import SetAsideRow
from antq_desktop.storage.records import BY_ENTITY
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Reading

#: What a clash may be with.
_WAYS = frozenset({"rival", "child"})
#: What belongs to such a version: it goes on from it.
_FOLLOWS = "after-set-aside"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A record that two laptops changed without knowing of each other, all versions beside each other, the one in use first.

    ``code`` is "concurrent", or "clash" for one that cannot stand beside what is there, or "decided":
    then it is what the decision ``decision_id`` left. ``names`` are what the records that
    it speaks of are called, by (entity, id). ``rival``: another record that has its number or its place; the first version
    is that one's. ``child``: a record that still belongs to this one, which was deleted.
    """

    entity: str
    entity_id: str
    name: str
    sides: tuple[Side, ...]
    names: Mapping[Key, str]
    code: str = "concurrent"
    decision_id: str = ""
    rival: Key | None = None
    child: Key | None = None

    @property
    def id(self) -> str:
        return f"{self.entity}/{self.entity_id}"


def conflicts_of(
    work: Reading,
    unit_code: str,
    references: Mapping[str, str],
    most: int,
    codes: frozenset[str] = OPEN,
) -> Iterator[Conflict]:
    """Yield the first ``most`` that are open in a unit. ``references`` says which entity a field of a record names."""
    keys = queries.open_keys(work, unit_code, codes, most)
    for rows in queries.aside_of(work, unit_code, keys).values():
        yield _conflict(work, unit_code, rows, codes, references)


def conflict_of(work: Reading, unit_code: str, key: Key, references: Mapping[str, str]) -> Conflict | None:
    """Return what is open about one record, or None."""
    rows = queries.aside_of(work, unit_code, [key])[key]
    is_open = any(row.code in OPEN for row in rows)
    return _conflict(work, unit_code, rows, OPEN, references) if is_open else None


def beside(
    work: Reading, unit_code: str, key: Key, others: Sequence[Side], references: Mapping[str, str]
) -> Conflict:
    """Return a record as it stands beside ``others``, versions that were not taken when somebody decided."""
    standing = tuple(_standing(work, unit_code, key, _events(work, unit_code, key)))
    return _named(Reading(work.connection, unit_code), key, (*standing, *others), references, "decided")


def _conflict(
    work: Reading,
    unit_code: str,
    rows: Sequence[SetAsideRow],
    codes: frozenset[str],
    references: Mapping[str, str],
) -> Conflict:
    key = rows[0].entity, rows[0].entity_id
    code = "concurrent" if any(row.code == "concurrent" for row in rows) else "clash"
    apart = {(row.device_id, row.epoch, row.seq) for row in rows if row.code in {*codes, _FOLLOWS}}
    events = _events(work, unit_code, key)
    held = [sent for sent in events if _place(sent) in apart]
    others = [sent for sent in events if _place(sent) not in apart]
    standing = tuple(_standing(work, unit_code, key, others))
    facts = {way: (found[0], found[1]) for row in rows for way, found in row.facts.items() if way in _WAYS}
    rival = None if standing else facts.get("rival")
    if rival:
        standing = tuple(_standing(work, unit_code, rival, _events(work, unit_code, rival)))
    sides = (*standing, *(_side(sent) for sent in held if not _is_known(sent, held)))
    found = _named(Reading(work.connection, unit_code), key, sides, references, code)
    return replace(found, rival=rival if standing else None, child=facts.get("child"))


def _named(
    own: Reading, key: Key, sides: tuple[Side, ...], references: Mapping[str, str], code: str
) -> Conflict:
    wanted = {
        (references[field], value)
        for side in sides
        for field, value in side.body.items()
        if field in references and isinstance(value, str) and value
    }
    names = {each: name for each in wanted if (name := name_of(own, *each))}
    called = (name_in(own, key[0], side.body) for side in sides if side.op == "put")
    name = name_of(own, *key) or next((each for each in called if each), "")
    return Conflict(*key, name, sides, names, code)


def _events(work: Reading, unit_code: str, key: Key) -> list[SentEvent]:
    received = record_events(work, unit_code, *key)
    return received + (own_events(work, *key) if unit_code == work.unit_code else [])


def _standing(work: Reading, unit_code: str, key: Key, events: list[SentEvent]) -> Iterator[Side]:
    """Yield the version in use: the event that wrote the record, or that deleted it, tells who and when."""
    kind = BY_ENTITY.get(key[0])
    record = work.find(kind.record, key[1], unit_code) if kind else None
    for sent in sorted(events, key=lambda each: causal(each.event), reverse=True):
        event = sent.event
        if record is None and event.op != "delete":
            continue
        if record is None or (event.op == "put" and descends(record.version, event.version)):
            yield _side(sent, stands=True)
            return


def _is_known(sent: SentEvent, others: list[SentEvent]) -> bool:
    """Whether a later version goes on from this one."""
    return any(other is not sent and _goes_on(other.event, sent.event) for other in others)


def _goes_on(later: Event, earlier: Event) -> bool:
    return later.version != earlier.version and descends(later.version, earlier.version)


def _place(sent: SentEvent) -> tuple[str, int, int]:
    return sent.log, sent.event.epoch, sent.event.seq


def _side(sent: SentEvent, *, stands: bool = False) -> Side:
    event = sent.event
    return Side(event.user, sent.device_id, event.at, event.op, event.body, stands)
