"""Where the papers of a campaign stand: the lines of one area for entry, and the sums of every area."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from antq_desktop.domain.commitments import CommitmentState, Share
from antq_desktop.storage.queries.areas_then import area_on
from antq_desktop.storage.register_tables import campaigns, commitments, households, residential_areas
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One household of an area with its paper in one campaign; without a paper the state is not_issued.

    ``state_on`` is the day of a state without a signature, of moving away as the household's own line knows it.
    """

    household_id: str
    head: str
    birth: str | None
    members: int | None
    address: str | None
    state: CommitmentState
    state_on: date | None
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


def yearly_campaign_id(work: Reading, year: int) -> str:
    """Return the id of the yearly campaign of ``year``; empty while nobody has opened it, which no paper bears."""
    where = (campaigns.c.unit_code == work.unit_code, campaigns.c.year == year, campaigns.c.kind == "yearly")
    query = sa.select(campaigns.c.id).where(*where).order_by(campaigns.c.id).limit(1)
    return work.connection.execute(query).scalar_one_or_none() or ""


def yearly_campaign(work: Reading, year: int) -> sa.ScalarSelect[str]:
    """Return what finds that id inside a larger question; it is nothing while nobody has opened the campaign."""
    where = (campaigns.c.unit_code == work.unit_code, campaigns.c.year == year, campaigns.c.kind == "yearly")
    return sa.select(campaigns.c.id).where(*where).order_by(campaigns.c.id).limit(1).scalar_subquery()


def with_papers(campaign_id: str | sa.ScalarSelect[str]) -> sa.Join:
    """Return every household beside its paper in the campaign, or beside nothing."""
    home, paper = households.c, commitments.c
    return households.outerjoin(
        commitments,
        sa.and_(
            paper.unit_code == home.unit_code, paper.household_id == home.id, paper.campaign_id == campaign_id
        ),
    )


def living_here(work: Reading, as_of: date | None = None) -> sa.ColumnElement[bool]:
    """Return what makes a line of ``with_papers`` count as living here today, or at the end of the day ``as_of``.

    A household whose paper says that it moved away does not live here from that day on, whatever its own line says. Since
    when a household lives here is not recorded.
    """
    home, paper = households.c, commitments.c
    lives: sa.ColumnElement[bool] = home.residence == "living"
    stays = sa.or_(paper.state.is_(None), paper.state != CommitmentState.MOVED_AWAY)
    if as_of is not None:
        lives = sa.or_(lives, home.moved_on > as_of)
        stays = sa.or_(stays, _left_on() > as_of)
    return sa.and_(home.unit_code == work.unit_code, lives, stays)


def _left_on() -> sa.ColumnElement[date]:
    """Return the day of moving away: the household's own line knows it best, since it may be corrected there alone."""
    return sa.func.coalesce(households.c.moved_on, commitments.c.state_on)


def in_state(state: CommitmentState, as_of: date | None = None) -> sa.ColumnElement[bool]:
    """Return when a paper without a signature is in ``state`` today, or was on ``as_of``; without a day it always counts."""
    paper = commitments.c
    found = paper.state == state
    if as_of is None:
        return found
    return sa.and_(found, sa.or_(paper.state_on.is_(None), paper.state_on <= as_of))


def has_signed(as_of: date | None = None) -> sa.ColumnElement[bool]:
    """Return when a paper is signed today, or was at the end of the day ``as_of``; a signature without a day always counts.

    Who moved away later had signed by then.
    """
    paper = commitments.c
    signed = paper.state == CommitmentState.SIGNED
    if as_of is None:
        return signed
    left_later = sa.and_(paper.state == CommitmentState.MOVED_AWAY, _left_on() > as_of)
    return sa.or_(
        sa.and_(signed, sa.or_(paper.signed_on.is_(None), paper.signed_on <= as_of)),
        sa.and_(left_later, paper.signed_on <= as_of),
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
            sa.case((paper.state == CommitmentState.MOVED_AWAY, _left_on()), else_=paper.state_on),
            paper.signed_on,
            paper.signed_by,
            paper.paper_sha256,
        )
        .select_from(with_papers(campaign_id))
        .where(home.unit_code == work.unit_code, home.area_id == area_id, listed)
        .order_by(home.head_key, home.id)
    )
    return [
        EntryRow(
            key, head, birth, members, address, CommitmentState(state or CommitmentState.NOT_ISSUED), *paper
        )
        for key, head, birth, members, address, state, *paper in work.connection.execute(query)
    ]


def status(work: Reading, campaign_id: str, as_of: date | None = None) -> list[AreaStatus]:
    """Return one line for each area where households live, in Vietnamese order: as it stands today or stood on ``as_of``.

    A household counts for the area to which it belonged on that day. What was entered before the day of such a state was noted stands as today.
    """
    home, area = households.c, residential_areas.c
    lies_in = home.area_id if as_of is None else area_on(work, households, as_of)
    states = (CommitmentState.ISSUED, CommitmentState.ABSENT, CommitmentState.REFUSED)
    counted = [
        sa.func.count().filter(has_signed(as_of)),
        *(sa.func.count().filter(in_state(state, as_of)) for state in states),
    ]
    query = (
        sa.select(
            area.id, area.name, sa.func.count(), *counted, sa.func.coalesce(sa.func.sum(home.members), 0)
        )
        .select_from(
            with_papers(campaign_id).join(
                residential_areas, sa.and_(area.unit_code == home.unit_code, area.id == lies_in)
            )
        )
        .where(living_here(work, as_of))
        .group_by(area.id, area.name, area.name_key)
        .order_by(area.name_key, area.id)
    )
    return [AreaStatus(*row) for row in work.connection.execute(query)]
