"""The residential area to which a record belonged on a day: areas merge and split, and their records go with them."""

from datetime import date
from functools import lru_cache

import sqlalchemy as sa

from antq_desktop.storage.queries.json_parts import days
from antq_desktop.storage.register_tables import residential_areas
from antq_desktop.storage.unit_of_work import Reading

#: So many expressions are kept put together: three tables on the days that a page asks for.
_AT_HAND = 64


def area_on(work: Reading, of: sa.Table, day: date) -> sa.ColumnElement[str]:
    """Return the area to which a line of ``of`` belonged on ``day``; one put elsewhere by hand always belonged there.

    Only where today's area began later does what it left count.
    """
    return _area_on(work.unit_code, of, day)


def may_lie_in(work: Reading, of: sa.Table, area_id: str, day: date) -> sa.ColumnElement[bool]:
    """Return a condition that holds for all lines that belonged to the area on ``day``, and that an index answers."""
    # One list: for two conditions with "or" between them SQLite reads all lines.
    return of.c.area_id.in_(
        sa.union_all(sa.select(sa.literal(area_id, sa.Text)), _begun_after(work.unit_code, day))
    )


@lru_cache(maxsize=_AT_HAND)
def _area_on(unit_code: str, of: sa.Table, day: date) -> sa.ColumnElement[str]:
    past, until = days(of.c.past_areas)
    left = (
        sa.select(past.c.key)
        .select_from(past)
        .where(until >= day.isoformat())
        .order_by(until)
        .limit(1)
        .correlate(of)
        .scalar_subquery()
    )
    return sa.case(
        (
            sa.and_(of.c.past_areas.is_not(None), of.c.area_id.in_(_begun_after(unit_code, day))),
            sa.func.coalesce(left, of.c.area_id),
        ),
        else_=of.c.area_id,
    )


@lru_cache(maxsize=_AT_HAND)
def _begun_after(unit_code: str, day: date) -> sa.Select[tuple[str]]:
    area = residential_areas.c
    return sa.select(area.id).where(area.unit_code == unit_code, area.valid_from > day)
