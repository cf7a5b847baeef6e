"""The measures of households and their pledges."""

import sqlalchemy as sa

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.storage.queries.commitments import (
    has_signed,
    in_state,
    living_here,
    with_papers,
    yearly_campaign,
)
from antq_desktop.storage.queries.counting import Finder, Rows
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.register_tables import campaigns, commitments, households
from antq_desktop.storage.unit_of_work import Reading


def _living(counted: sa.ColumnElement[bool], amount: sa.ColumnElement[int]) -> Finder:
    """Return what finds the households living here at the end of the period, those that are ``counted`` among them."""
    home, paper = households.c, commitments.c

    def find(work: Reading, scope: Scope) -> Rows:
        return Rows(
            entity="households",
            source=with_papers(yearly_campaign(work, scope.year)),
            id=home.id,
            name=home.head,
            on=paper.signed_on,
            state=sa.func.coalesce(paper.state, CommitmentState.NOT_ISSUED.value),
            where=(living_here(work, scope.days.last), *scope.lies_in(work, households)),
            area=scope.area_of(work, households),
            counted=counted,
            amount=amount,
            order=(home.head_key,),
        )

    return find


def _signed(work: Reading, scope: Scope) -> Rows:
    return _living(has_signed(scope.days.last), sa.literal(1))(work, scope)


def _found(state: CommitmentState) -> Finder:
    """Return what finds the households that were in ``state`` at the end of the period."""

    def find(work: Reading, scope: Scope) -> Rows:
        return _living(in_state(state, scope.days.last), sa.literal(1))(work, scope)

    return find


def _thematic(work: Reading, scope: Scope) -> Rows:
    """Find the signed papers of the thematic campaigns of the year, by kind."""
    home, paper, campaign = households.c, commitments.c, campaigns.c
    source = commitments.join(
        campaigns, sa.and_(campaign.unit_code == paper.unit_code, campaign.id == paper.campaign_id)
    ).join(households, sa.and_(home.unit_code == paper.unit_code, home.id == paper.household_id))
    return Rows(
        entity="households",
        source=source,
        id=home.id,
        name=home.head,
        on=paper.signed_on,
        state=paper.state,
        where=(
            paper.unit_code == work.unit_code,
            campaign.year == scope.year,
            campaign.kind != "yearly",
            *scope.lies_in(work, households),
        ),
        area=scope.area_of(work, households),
        counted=has_signed(scope.days.last),
        kind=campaign.kind,
        order=(campaign.kind, home.head_key),
    )


FINDERS: dict[str, Finder] = {
    "households_living": _living(sa.true(), sa.literal(1)),
    "people_living": _living(sa.true(), sa.func.coalesce(households.c.members, 0)),
    "households_signed": _signed,
    "households_absent": _found(CommitmentState.ABSENT),
    "households_refused": _found(CommitmentState.REFUSED),
    "thematic_signed": _thematic,
}
