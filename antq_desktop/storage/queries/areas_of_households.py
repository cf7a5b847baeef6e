"""Names the residential areas of many households at once, for lists in which heads of one name must be told apart."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from antq_desktop.storage.queries.areas_then import area_on
from antq_desktop.storage.register_tables import households, residential_areas
from antq_desktop.storage.unit_of_work import Reading

_AT_ONCE = 500


def areas_of(work: Reading, household_ids: Sequence[str], day: date) -> dict[str, str]:
    """Return the name of the area to which each household belonged on ``day``, by its id."""
    home, area = households.c, residential_areas.c
    lies_in = area_on(work, households, day)
    found: dict[str, str] = {}
    for start in range(0, len(household_ids), _AT_ONCE):
        query = (
            sa.select(home.id, area.name)
            .join_from(
                households,
                residential_areas,
                sa.and_(area.unit_code == home.unit_code, area.id == lies_in),
            )
            .where(home.unit_code == work.unit_code, home.id.in_(household_ids[start : start + _AT_ONCE]))
        )
        found |= {key: name for key, name in work.connection.execute(query)}  # noqa: C416 - rows are no pairs to a type checker
    return found
