"""Counts and lists the rows of one measure from one definition, so that a figure and the rows behind it cannot differ."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.register_tables import residential_areas
from antq_desktop.storage.unit_of_work import Reading

_ONE: sa.ColumnElement[int] = sa.literal(1)
_BY = "counted_by"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a measure counts: the lines of ``source`` for which ``where`` and ``counted`` hold, each with its ``amount``.

    Lines for which ``counted`` does not hold are shown beside the others, such as households that have not signed.
    ``kind`` parts a tally. ``area`` is the residential area to which a line belonged on the last day, where each line
    belongs to one. ``entity`` is the table of the records, the same for all lines or told by each. ``state`` says how
    a line stands. ``order`` is how lines are listed.
    """

    entity: str | sa.ColumnElement[str]
    source: sa.FromClause
    id: sa.ColumnElement[str]
    name: sa.ColumnElement[str]
    on: sa.ColumnElement[Any]
    state: sa.ColumnElement[Any]
    where: tuple[sa.ColumnElement[bool], ...]
    counted: sa.ColumnElement[bool]
    amount: sa.ColumnElement[int] = _ONE
    kind: sa.ColumnElement[str] | None = None
    area: sa.ColumnElement[str] | None = None
    order: tuple[sa.ColumnElement[Any], ...] = ()


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One row behind a figure. ``counted`` tells whether it is in the part; ``on`` is the day that belongs to ``state``.

    ``name`` is the number of the document for a step or an occurrence. ``amount`` is what the row adds to the figure.
    ``area`` is the name of the residential area that it belongs to, where it belongs to one.
    """

    entity: str
    id: str
    name: str
    state: str
    on: date | None
    counted: bool
    amount: int = 1
    area: str = ""


#: Gives the rows of one measure over a scope.
Finder = Callable[[Reading, Scope], Rows]


def count(work: Reading, rows: Rows) -> int | Mapping[str, int]:
    """Return the sum over the counted lines: a whole number, or one for each kind, in order of the kinds."""
    if rows.kind is None:
        return int(work.connection.execute(total_of(rows)).scalar_one())
    return dict(sorted(count_by(work, rows, rows.kind).items()))


def total_of(rows: Rows) -> sa.Select[Any]:
    """Return what asks for the sum over the counted lines."""
    total = sa.func.coalesce(sa.func.sum(rows.amount), 0)
    return sa.select(total).select_from(rows.source).where(*rows.where, rows.counted)


def totals_by(rows: Rows, column: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """Return what asks for the sum over the counted lines for each value of ``column``."""
    return (
        # By its label: a server takes an expression with a value in it for another one when it stands there twice.
        sa.select(column.label(_BY), sa.func.coalesce(sa.func.sum(rows.amount), 0))
        .select_from(rows.source)
        .where(*rows.where, rows.counted)
        .group_by(_BY)
    )


def count_by(work: Reading, rows: Rows, column: sa.ColumnElement[Any]) -> dict[Any, int]:
    """Return the sum over the counted lines for each value of ``column``; values without any line are left out."""
    return {key: int(sum_) for key, sum_ in work.connection.execute(totals_by(rows, column))}


def count_by_area(
    work: Reading, rows: Rows, area: sa.ColumnElement[str]
) -> dict[str, int | Mapping[str, int]]:
    """Return for each ``area`` what ``count`` returns for the lines that belong to it; areas without any are left out."""
    if rows.kind is None:
        return dict(count_by(work, rows, area))
    found: dict[str, dict[str, int]] = {}
    query = totals_by(rows, rows.kind).add_columns(area.label("in_area")).group_by("in_area")
    for kind, sum_, key in work.connection.execute(query):
        found.setdefault(key, {})[kind] = int(sum_)
    return dict(found)


def listed(work: Reading, rows: Rows, kind: str = "") -> list[BehindRow]:
    """Return the lines one by one; of a tally only those of ``kind``, where one is named."""
    where = list(rows.where)
    if kind and rows.kind is not None:
        where.append(rows.kind == kind)
    entity = sa.literal(rows.entity) if isinstance(rows.entity, str) else rows.entity
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            entity,
            rows.id,
            rows.name,
            rows.state,
            rows.on,
            sa.func.coalesce(rows.counted, sa.false()),
            rows.amount,
            _area_name(work, rows),
        )
        .select_from(rows.source)
        .where(*where)
        .order_by(*rows.order, rows.id)
    )
    return [
        BehindRow(
            entity,
            key,
            name,
            str(state),
            date.fromisoformat(on) if isinstance(on, str) else on,
            counted=bool(counted),
            amount=amount,
            area=area or "",
        )
        for entity, key, name, state, on, counted, amount, area in work.connection.execute(query)
    ]


def _area_name(work: Reading, rows: Rows) -> sa.ColumnElement[Any]:
    if rows.area is None:
        return sa.null()
    area = residential_areas.alias("area_named")
    query = sa.select(area.c.name).where(area.c.unit_code == work.unit_code, area.c.id == rows.area)
    return query.scalar_subquery()
