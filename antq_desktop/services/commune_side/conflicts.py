"""Where two laptops of a commune changed the same record, a person decides: all versions are shown, a reason is asked for."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.conflicts import ConflictDecision, Side
from antq_desktop.domain.errors import BadInput, KnownFailure, NotFound
from antq_desktop.domain.wording import N_
from antq_desktop.services.commune_side.conflict_sides import Conflict, beside, conflict_of, conflicts_of
from antq_desktop.services.results import reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage import deciding
from antq_desktop.storage.codec import WrongShape
from antq_desktop.storage.failures import Clash
from antq_desktop.storage.queries import conflicts as queries
from antq_desktop.storage.records import BY_ENTITY, Record, from_body, to_body
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

#: So many conflicts are laid open at a time; where there are more, they are counted.
MOST = 200
_UNCHOSEN = frozenset({"id", "unit_code"})
#: Of these a version is taken as it is or not at all: its result follows from its answers, its paper bears its number.
_WHOLE = frozenset({"self_assessments", "recognitions", "certificates", "periodic_reports", "attachments"})


class NoConflict(NotFound):
    code = "no-conflict"
    sentence = N_("Nothing is to be decided about «{what}» any more. Look at the list of conflicts again.")


class ConflictMoved(KnownFailure):
    code = "conflict-moved"
    sentence = N_("The record changed since it was shown. Nothing was decided; look at it again.")


class NoSuchSide(BadInput):
    code = "no-such-side"
    sentence = N_("There is no version {number}. Choose one of those that are shown, 1 to {last}.")


class SidesDoNotMix(BadInput):
    code = "sides-do-not-mix"
    sentence = N_(
        "The field «{field}» cannot be taken from that version. Choose another version or take one as a whole."
    )


class SideInTheWay(KnownFailure):
    code = "side-in-the-way"
    sentence = N_(
        "This version cannot stand: another record is in its way, or what it belongs to is gone. "
        "Settle that record first, or choose another version."
    )


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose of a conflict: a version by its place (0 is the first), single fields from other ones, or nothing.

    ``side`` None: the record is not to be at all.
    """

    side: int | None
    fields: Mapping[str, int]


class Conflicts:
    """Use cases of a commune with what its laptops changed at once."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    @property
    def own_laptop(self) -> str:
        """The id of this laptop, as versions name it."""
        return self._store.device_id

    def open(self, references: Mapping[str, str] | None = None) -> list[Conflict]:
        """Return what is to be decided, the first MOST, by kind and name.

        ``references`` says which entity a field of a record names.
        """
        with self._store.reading() as work:
            found = conflicts_of(work, work.unit_code, references or {}, MOST)
            return sorted(found, key=lambda each: (each.entity, each.name, each.entity_id))

    def count(self) -> int:
        """Return how many records are to be decided."""
        with self._store.reading() as work:
            return queries.open_count(work, work.unit_code)

    def decided(self) -> list[ConflictDecision]:
        """Return what was decided here and on the other laptops, by the time that each laptop told, newest first."""
        with self._store.reading() as work:
            return sorted(work.all(ConflictDecision), key=lambda each: (each.at, each.id), reverse=True)

    def find(self, conflict_id: str, references: Mapping[str, str] | None = None) -> Conflict:
        """Return an open conflict by its id (entity/id), or what a decision left, by its own id or, the newest, by that one.

        Raises NoConflict.
        """
        with self._store.reading() as work:
            return self._find(work, conflict_id, references or {})

    def decide(self, shown: Conflict, choice: Choice, reason: str) -> Changes:
        """Let the chosen version stand; what is not taken stays in the journal and with the decision.

        Deciding again about what a decision left takes that decision back. Raises ReasonMissing, NoSuchSide,
        SidesDoNotMix, SideInTheWay, NoConflict, ConflictMoved when the record changed since it was ``shown``.
        """
        why = reason_given(reason)
        body = chosen_body(shown, choice)
        with self._store.writing(self._session.user) as work:
            if self._find(work, shown.decision_id or shown.id, {}).sides != shown.sides:
                raise ConflictMoved
            rivals, own = (shown.sides[:1], shown.sides[1:]) if shown.rival else ((), shown.sides)
            record = None if body is None else _record(work, shown, body)
            try:
                if shown.rival and record:
                    self._let_stand(work, shown.rival, None, why, _left(rivals, None))
                self._let_stand(work, (shown.entity, shown.entity_id), record, why, _left(own, body))
            except Clash as error:
                raise SideInTheWay from error
            return work.commit()

    def _let_stand(self, work: Writing, key: Key, record: Record | None, why: str, left: list[Side]) -> None:
        """Let ``record`` stand, or nothing, and write down who decided and what was ``left``. Raises Clash."""
        body = None if record is None else to_body(record)
        version = deciding.decide(work, key, record, why, [_difference(side, body) for side in left])
        text = json.dumps([*key, version], sort_keys=True)
        work.save(
            ConflictDecision(
                id=str(uuid5(NAMESPACE_OID, text)),
                unit_code=work.unit_code,
                entity=key[0],
                entity_id=key[1],
                user=work.user,
                device_id=self._store.device_id,
                at=work.at_text,
                reason=why,
                not_taken=tuple(replace(side, stands=False) for side in left),
            )
        )

    @staticmethod
    def _find(work: Reading, conflict_id: str, references: Mapping[str, str]) -> Conflict:
        decision = work.find(ConflictDecision, conflict_id)
        wanted = f"{decision.entity}/{decision.entity_id}" if decision else conflict_id
        entity, _slash, key = wanted.partition("/")
        found = conflict_of(work, work.unit_code, (entity, key), references)
        if found is not None:
            return found
        if decision is None:
            about = [
                each for each in work.all(ConflictDecision) if f"{each.entity}/{each.entity_id}" == wanted
            ]
            decision = max(about, key=lambda each: (each.at, each.id), default=None)
        if decision is None:
            raise NoConflict(what=conflict_id)
        left = beside(
            work, work.unit_code, (decision.entity, decision.entity_id), decision.not_taken, references
        )
        return replace(left, decision_id=decision.id)


def all_fields(conflict: Conflict) -> list[str]:
    """Return the fields of the versions that are no deletions; one part of a mapping is ``field/part``."""
    bodies = [_flat(side.body) for side in conflict.sides if side.op == "put"]
    return list(dict.fromkeys(name for body in bodies for name in body))


def differing_fields(conflict: Conflict) -> list[str]:
    """Return those of the fields in which the versions differ."""
    bodies = [_flat(side.body) for side in conflict.sides if side.op == "put"]
    return [
        name for name in all_fields(conflict) if any(body.get(name) != bodies[0].get(name) for body in bodies)
    ]


def value_at(side: Side, name: str) -> object:
    """Return what a version says of a field, or of a part of one; None where it says nothing."""
    return _flat(side.body).get(name)


def may_mix(conflict: Conflict) -> bool:
    """Whether fields of several versions make a record that is still true; papers and what was worked out are one whole."""
    puts = sum(side.op == "put" for side in conflict.sides)
    return conflict.entity not in _WHOLE and not conflict.rival and puts > 1


def chosen_body(conflict: Conflict, choice: Choice) -> dict[str, object] | None:
    """Return the record as it was chosen, None for one that is not to be: its rival stays. Raises NoSuchSide, SidesDoNotMix."""
    for place in (choice.side, *choice.fields.values()):
        if place is not None and not 0 <= place < len(conflict.sides):
            raise NoSuchSide(number=place + 1, last=len(conflict.sides))
    side = None if choice.side is None else conflict.sides[choice.side]
    is_put = side is not None and side.op == "put" and not (conflict.rival and choice.side == 0)
    base = dict(side.body) if side is not None and is_put else None
    for name, place in choice.fields.items():
        other = conflict.sides[place]
        if base is None or other.op == "delete" or not may_mix(conflict) or name not in _flat(other.body):
            raise SidesDoNotMix(field=name)
        outer, _slash, part = name.partition("/")
        mapping = base.get(outer)
        if part and isinstance(mapping, dict):
            base[outer] = {**mapping, part: value_at(other, name)}
        else:
            base[outer] = other.body[outer]
    return base


def _flat(body: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in body.items():
        if isinstance(value, Mapping):
            found.update({f"{name}/{part}": inner for part, inner in value.items()})
        elif name not in _UNCHOSEN:
            found[name] = value
    return found


def _left(sides: Sequence[Side], body: Mapping[str, object] | None) -> list[Side]:
    """Return the versions that are not what was chosen."""
    return [side for side in sides if (None if side.op == "delete" else dict(side.body)) != body]


def _record(work: Writing, conflict: Conflict, body: Mapping[str, object]) -> Record:
    """Return the chosen version as a record. Raises SidesDoNotMix when it does not have the shape of one."""
    kind = BY_ENTITY[conflict.entity]
    try:
        record: Record = from_body(kind, body, {})
    except WrongShape as error:
        raise SidesDoNotMix(field=str(error)) from error
    if record.unit_code != work.unit_code or record.id != conflict.entity_id:
        raise SidesDoNotMix(field="id")
    return record


def _difference(side: Side, body: Mapping[str, object] | None) -> dict[str, Any]:
    """Return the journal's line: each field as it was not taken and as it was chosen."""
    after = body or {}
    return {
        name: [side.body.get(name), after.get(name)]
        for name in {**side.body, **after}
        if name not in _UNCHOSEN and side.body.get(name) != after.get(name)
    }
