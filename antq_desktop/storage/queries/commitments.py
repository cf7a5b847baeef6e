"""Where the papers of a campaign stand: the lines of one area for entry, and the sums of every area."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from antq_desktop.domain.commitments import CommitmentState, Share
from antq_desktop.storage.tables import commitments, households, residential_areas
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One household of an area with its paper in one campaign; without a paper the state is not_issued."""

    household_id: str
    head: str
    birth: str | None
    members: int | None
    address: str | None
    state: CommitmentState
    signed_on: date | None
    signed_by: str | None
    paper_sha256: str | None


@dataclass(frozen=True, slots=True)
class AreaStatus:
    """How many households living in an area have which paper. Those that moved away are not counted at all.

    ``people`` are the members of the households living there, as far as their lines state them.
    """

    area_id: str
    area_name: str
    living: int
    signed: int
    issued: int
    absent: int
    refused: int
    people: int = 0

    @property
    def not_issued(self) -> int:
        return self.living - self.signed - self.issued - self.absent - self.refused

    @property
    def share(self) -> Share:
        return Share(self.signed, self.living)


def with_papers(campaign_id: str) -> sa.Join:
    """Return every household beside its paper in the campaign, or beside nothing."""
    home, paper = households.c, commitments.c
    return households.outerjoin(
        commitments,
        sa.and_(
            paper.unit_code == home.unit_code, paper.household_id == home.id, paper.campaign_id == campaign_id
        ),
    )


def living_here(work: Reading) -> sa.ColumnElement[bool]:
    """Return what makes a line of ``with_papers`` count as living here.

    A household whose paper says that it moved away does not live here, whatever its own line says.
    """
    home, paper = households.c, commitments.c
    return sa.and_(
        home.unit_code == work.unit_code,
        home.residence == "living",
        sa.or_(paper.state.is_(None), paper.state != CommitmentState.MOVED_AWAY),
    )


def entries(work: Reading, area_id: str, campaign_id: str) -> list[EntryRow]:
    """Return the households living in the area, and those whose paper says that they left it, by name."""
    home, paper = households.c, commitments.c
    # A slip of the key must stay in reach: who was entered as moved away can be entered anew on the same line.
    listed = sa.or_(home.residence == "living", paper.state == CommitmentState.MOVED_AWAY)
    query = (
        sa.select(
            home.id,
            home.head,
            home.birth,
            home.members,
            home.address,
            paper.state,
            paper.signed_on,
            paper.signed_by,
            paper.paper_sha256,
        )
        .select_from(with_papers(campaign_id))
        .where(home.unit_code == work.unit_code, home.area_id == area_id, listed)
        .order_by(home.head_key, home.id)
    )
    return [
        EntryRow(*row[:5], CommitmentState(row.state or CommitmentState.NOT_ISSUED), *row[6:])
        for row in work.connection.execute(query)
    ]


def status(work: Reading, campaign_id: str) -> list[AreaStatus]:
    """Return one line for each area where households live, in Vietnamese order."""
    home, paper, area = households.c, commitments.c, residential_areas.c
    counted = [
        sa.func.count().filter(paper.state == state)
        for state in (
            CommitmentState.SIGNED,
            CommitmentState.ISSUED,
            CommitmentState.ABSENT,
            CommitmentState.REFUSED,
        )
    ]
    query = (
        sa.select(
            area.id, area.name, sa.func.count(), *counted, sa.func.coalesce(sa.func.sum(home.members), 0)
        )
        .select_from(
            with_papers(campaign_id).join(
                residential_areas, sa.and_(area.unit_code == home.unit_code, area.id == home.area_id)
            )
        )
        .where(living_here(work))
        .group_by(area.id, area.name, area.name_key)
        .order_by(area.name_key, area.id)
    )
    return [AreaStatus(*row) for row in work.connection.execute(query)]
