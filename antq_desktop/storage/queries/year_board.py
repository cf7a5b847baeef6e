"""What the board of the year needs of all units at once, each with one query however many units there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.storage.queries.commitments import living_here, with_papers, yearly_campaign_id
from antq_desktop.storage.queries.scope import Coverage
from antq_desktop.storage.register_tables import commitments, households
from antq_desktop.storage.unit_of_work import Reading
from antq_desktop.storage.yearly_tables import occurrences


@dataclass(frozen=True, slots=True)
class Registered:
    """How many households living in an area signed the yearly paper, and the day of the last signature."""

    signed: int
    living: int
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Happened:
    """How much was recorded against a unit within its period, by criterion, and the last day of it."""

    counts: Mapping[str, int]
    last_on: date

    @property
    def count(self) -> int:
        return sum(self.counts.values())


def households_registered(work: Reading, year: int) -> Mapping[str, Registered]:
    """Return by the id of the area how far its households have registered; an area where nobody lives is left out."""
    home, paper = households.c, commitments.c
    signed = paper.state == CommitmentState.SIGNED
    query = (
        sa.select(
            home.area_id,
            sa.func.count().filter(signed),
            sa.func.count(),
            sa.func.max(paper.signed_on).filter(signed),
        )
        .select_from(with_papers(yearly_campaign_id(work, year)))
        .where(living_here(work))
        .group_by(home.area_id)
    )
    return {area_id: Registered(*counts) for area_id, *counts in work.connection.execute(query)}


def occurrences_by_unit(work: Reading, coverage: Coverage) -> Mapping[tuple[str, str], Happened]:
    """Return by kind and id of the unit what was recorded within the period of its kind; units without any are left out."""
    happened = occurrences.c
    within = sa.or_(
        *(
            sa.and_(happened.unit_kind == kind, happened.on.between(period.first, period.last))
            for kind, period in coverage.periods.items()
        )
    )
    query = (
        sa.select(
            happened.unit_kind,
            happened.unit_id,
            happened.item,
            sa.func.sum(happened["count"]),
            sa.func.max(happened.on),
        )
        .where(happened.unit_code == work.unit_code, within)
        .group_by(happened.unit_kind, happened.unit_id, happened.item)
    )
    found: dict[tuple[str, str], Happened] = {}
    for kind, key, item, count, last_on in work.connection.execute(query):
        known = found.get((kind, key), Happened({}, last_on))
        found[kind, key] = Happened({**known.counts, item: count}, max(known.last_on, last_on))
    return found
