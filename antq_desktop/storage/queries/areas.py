"""The residential areas with how many live there, as a list."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from antq_desktop.storage.register_tables import households, residential_areas
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area; ``households`` and ``people`` count those living there."""

    id: str
    name: str
    kind: str
    valid_from: date
    valid_to: date | None
    households: int
    people: int


def rows(work: Reading, on: date | None) -> list[AreaRow]:
    """Return the areas alive on the day ``on``, or all that ever were, in Vietnamese order."""
    area, home = residential_areas.c, households.c
    living = (
        sa.select(
            home.area_id, sa.func.count().label("households"), sa.func.sum(home.members).label("people")
        )
        .where(home.unit_code == work.unit_code, home.residence == "living")
        .group_by(home.area_id)
        .subquery()
    )
    query = (
        sa.select(
            area.id,
            area.name,
            area.kind,
            area.valid_from,
            area.valid_to,
            sa.func.coalesce(living.c.households, 0),
            sa.func.coalesce(living.c.people, 0),
        )
        .outerjoin_from(residential_areas, living, area.id == living.c.area_id)
        .where(area.unit_code == work.unit_code)
        .order_by(area.name_key, area.id)
    )
    if on is not None:
        query = query.where(area.valid_from <= on, sa.or_(area.valid_to.is_(None), area.valid_to >= on))
    return [AreaRow(*row) for row in work.connection.execute(query)]
