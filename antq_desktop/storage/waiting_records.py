"""Finds which records wait, set aside, for others that a person has saved, or for their place."""

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

import sqlalchemy as sa

from antq_desktop.storage.tables import set_aside
from antq_desktop.storage.tombstones import Key
from antq_desktop.storage.unit_of_work import Reading

_CHUNK = 500
#: So many records that were saved are looked for by their names; of more, all that clashes is read.
_SOUGHT = 20
#: What may be settled by what happens to other records.
CLASHES = frozenset({"clash", "still-needed"})


def is_any(work: Reading, unit_code: str) -> bool:
    """Whether anything of a unit is set aside."""
    query = sa.select(set_aside.c.seq).where(set_aside.c.unit_code == unit_code).limit(1)
    return work.connection.execute(query).first() is not None


def waiting_for(connection: sa.Connection, unit_code: str, saved: AbstractSet[Key]) -> list[Key]:
    """Return the records of which events clash, where these are among ``saved`` or wait for one of them or for its place."""
    columns = set_aside.c
    where = [columns.unit_code == unit_code, columns.code.in_(sorted(CLASHES))]
    if len(saved) <= _SOUGHT:
        told = sa.cast(columns.facts, sa.Text)
        named = (told.contains(json.dumps(key), autoescape=True) for _, key in saved)
        where.append(sa.or_(columns.entity_id.in_([key for _, key in saved]), *named))
    query = sa.select(columns.entity, columns.entity_id, columns.facts).where(*where)
    rows = connection.execute(query.execution_options(yield_per=_CHUNK))
    spoken_of = (((row.entity, row.entity_id), _named(row.facts)) for row in rows)
    return sorted({key for key, named in spoken_of if key in saved or not saved.isdisjoint(named)})


def _named(facts: Mapping[str, Any]) -> set[Key]:
    """Return the records that the facts of a clash speak of."""
    one = [facts[way] for way in ("rival", "child") if way in facts]
    return {(entity, key) for entity, key in [*one, *facts.get("needs", ()), *facts.get("older", ())]}
