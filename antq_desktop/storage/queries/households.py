"""Households as flat rows for long lists: filtered, sorted and paged by the database itself."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.text import fold
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.register_tables import campaigns, commitments, households, residential_areas
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class HouseholdFilter:
    """Which households: of an area, living there or moved away, with these words (without tone marks too)."""

    area_id: str | None = None
    residence: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One line of the list; the last two speak of the yearly campaign of the year asked for."""

    id: str
    head: str
    birth: str | None
    citizen_id: str | None
    area_id: str
    area_name: str
    members: int | None
    phone: str | None
    address: str | None
    residence: str
    commitment_state: str | None
    signed_on: date | None


_SORTS: dict[str, tuple[sa.ColumnElement[Any], ...]] = {
    "head": (households.c.head_key,),
    "birth": (sa.func.substr(households.c.birth, 1, 4), households.c.birth),
    "citizen_id": (households.c.citizen_id,),
    "area_name": (residential_areas.c.name_key, households.c.head_key),
    "members": (households.c.members,),
    "phone": (households.c.phone,),
    "residence": (households.c.residence, households.c.head_key),
    "commitment_state": (commitments.c.state, households.c.head_key),
    "signed_on": (commitments.c.signed_on, households.c.head_key),
}


def count(work: Reading, which: HouseholdFilter) -> int:
    query = sa.select(sa.func.count()).select_from(households).where(*_where(work, which))
    return int(work.connection.execute(query).scalar_one())


def page(work: Reading, which: HouseholdFilter, year: int, window: Window) -> list[HouseholdRow]:
    """Return the rows of ``window``; ties go by id, so that pages never overlap."""
    home, area, paper = households.c, residential_areas.c, commitments.c
    yearly = sa.select(campaigns.c.id).where(
        campaigns.c.unit_code == work.unit_code, campaigns.c.year == year, campaigns.c.kind == "yearly"
    )
    order = [column.desc() if window.descending else column.asc() for column in _SORTS[window.sort or "head"]]
    own_paper = sa.and_(
        paper.unit_code == home.unit_code,
        paper.household_id == home.id,
        paper.campaign_id == yearly.scalar_subquery(),
    )
    own_area = sa.and_(area.unit_code == home.unit_code, area.id == home.area_id)
    # The ids of the window first, from an index where there is one; only these rows are then put together.
    wanted = sa.select(home.id).where(*_where(work, which))
    if window.sort == "area_name":
        wanted = wanted.join_from(households, residential_areas, own_area)
    if window.sort in {"commitment_state", "signed_on"}:
        wanted = wanted.outerjoin_from(households, commitments, own_paper)
    wanted = wanted.order_by(*order, home.id).offset(window.offset).limit(window.limit)
    query: sa.Select[*tuple[Any, ...]] = (
        sa.select(
            home.id,
            home.head,
            home.birth,
            home.citizen_id,
            home.area_id,
            area.name,
            home.members,
            home.phone,
            home.address,
            home.residence,
            paper.state,
            paper.signed_on,
        )
        .join_from(households, residential_areas, own_area)
        .outerjoin(commitments, own_paper)
        .where(home.unit_code == work.unit_code, home.id.in_(wanted))
        .order_by(*order, home.id)
    )
    return [HouseholdRow(*row) for row in work.connection.execute(query)]


def _where(work: Reading, which: HouseholdFilter) -> list[sa.ColumnElement[bool]]:
    home = households.c
    where: list[sa.ColumnElement[bool]] = [home.unit_code == work.unit_code]
    if which.area_id is not None:
        where.append(home.area_id == which.area_id)
    if which.residence is not None:
        where.append(home.residence == which.residence)
    # Every word must stand somewhere at the beginning of a word of the name, number, phone or address.
    spaced = sa.literal(" ") + home.folded
    where += [spaced.contains(" " + word, autoescape=True) for word in fold(which.text).split(" ") if word]
    return where
