"""What the standing of models is told from, and which activity was typed last."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.storage import outbox
from antq_desktop.storage.records import kind_of, to_record
from antq_desktop.storage.register_tables import community_models, model_activities
from antq_desktop.storage.tables import journal
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Deeds:
    """What a model did up to a day: how many activities, and when the last one was."""

    activities: int
    last_on: date


def deeds(work: Reading, until: date) -> dict[str, Deeds]:
    """Return by model what it did up to ``until`` (included); one that did nothing is left out."""
    done = model_activities.c
    query = (
        sa.select(done.model_id, sa.func.count(), sa.func.max(done.on))
        .where(done.unit_code == work.unit_code, done.on <= until)
        .group_by(done.model_id)
    )
    return {key: Deeds(count, last) for key, count, last in work.connection.execute(query)}


def copies(work: Reading) -> dict[str, int]:
    """Return by model how many others grew out of it; one without any is left out."""
    model = community_models.c
    query = (
        sa.select(model.origin_id, sa.func.count())
        .where(model.unit_code == work.unit_code, model.origin_id.is_not(None))
        .group_by(model.origin_id)
    )
    return {key: count for key, count in work.connection.execute(query)}  # noqa: C416 - rows are no pairs to a type checker


def last_typed(work: Reading, model_id: str = "") -> ModelActivity | None:
    """Return the activity (of one model, where it is given) that was recorded last, whatever its day."""
    kind = kind_of(ModelActivity)
    done, line = model_activities.c, journal.c
    where = [
        done.unit_code == work.unit_code,
        line.entity == kind.entity,
        *([done.model_id == model_id] if model_id else []),
    ]
    query = (
        sa.select(model_activities)
        .join_from(journal, model_activities, line.entity_id == done.id)
        .where(*where)
        .order_by(line.id.desc())
        .limit(1)
    )
    row = work.connection.execute(query).mappings().first()
    return to_record(kind, dict(row)) if row else None


def between(work: Reading, first: date, last: date) -> list[ModelActivity]:
    """Return the activities from ``first`` to ``last`` (both included), in order of their ids."""
    kind, done = kind_of(ModelActivity), model_activities.c
    query = (
        sa.select(model_activities)
        .where(done.unit_code == work.unit_code, done.on.between(first, last))
        .order_by(done.id)
    )
    return [to_record(kind, dict(row)) for row in work.connection.execute(query).mappings()]


def kept_of(work: Reading, keys: Sequence[str]) -> frozenset[str]:
    """Return those of ``keys`` that are activities here."""
    done = model_activities.c
    query = sa.select(done.id).where(
        done.unit_code == work.unit_code,
        done.id.in_(sa.select(sa.func.json_each(sa.bindparam("keys")).table_valued("value").c.value)),
    )
    return frozenset(work.connection.execute(query, {"keys": json.dumps(list(keys))}).scalars())


def deleted_activities(work: Reading, keys: Sequence[str]) -> frozenset[str]:
    """Return those of ``keys`` that were activities once and were deleted here."""
    return frozenset(outbox.deleted_versions(work.connection, kind_of(ModelActivity).entity, keys))
