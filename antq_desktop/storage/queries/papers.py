"""What papers need to know of households: the records behind a print of one, of some, of an area or of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.storage.register_tables import commitments, households, residential_areas
from antq_desktop.storage.unit_of_work import Reading

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class CommitmentPaper:
    """One household with its area and, where it has signed, the day."""

    household_id: str
    head: str
    birth: str | None
    citizen_id: str | None
    phone: str | None
    address: str | None
    members: int | None
    area_name: str
    area_kind: str
    signed_on: date | None


def commitment_papers(
    work: Reading, campaign_id: str, *, area_id: str | None = None, household_ids: Sequence[str] | None = None
) -> list[CommitmentPaper]:
    """Return the households living there, by area and name: those named, else those of the area, else all."""
    if household_ids is None:
        return _papers(work, campaign_id, [households.c.area_id == area_id] if area_id is not None else [])
    found = [
        paper
        for start in range(0, len(household_ids), _CHUNK)
        for paper in _papers(work, campaign_id, [households.c.id.in_(household_ids[start : start + _CHUNK])])
    ]
    order = {key: place for place, key in enumerate(household_ids)}
    return sorted(found, key=lambda paper: order[paper.household_id])


def _papers(
    work: Reading, campaign_id: str, where: Sequence[sa.ColumnElement[bool]]
) -> list[CommitmentPaper]:
    home, area, paper = households.c, residential_areas.c, commitments.c
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            home.id,
            home.head,
            home.birth,
            home.citizen_id,
            home.phone,
            home.address,
            home.members,
            area.name,
            area.kind,
            paper.signed_on,
        )
        .join_from(
            households, residential_areas, sa.and_(area.unit_code == home.unit_code, area.id == home.area_id)
        )
        .outerjoin(
            commitments,
            sa.and_(
                paper.unit_code == home.unit_code,
                paper.household_id == home.id,
                paper.campaign_id == campaign_id,
            ),
        )
        .where(home.unit_code == work.unit_code, home.residence == "living", *where)
        .order_by(area.name_key, home.head_key, home.id)
    )
    return [CommitmentPaper(*row) for row in work.connection.execute(query)]
