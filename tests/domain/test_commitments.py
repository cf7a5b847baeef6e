"""Pledges: a paper without a signature is not a signature, and who moved away is in no denominator."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.commitments import (
    STATE_NAMES,
    Campaign,
    Commitment,
    CommitmentState,
    PaperAttached,
    Share,
    SignedInFuture,
    SignedWhen,
    StateInFuture,
    alike,
    check_campaign,
    check_commitment,
    parse_campaigns,
    share,
    with_state,
)
from antq_desktop.domain.households import Residence

TODAY = date(2026, 3, 20)
STATES = list(CommitmentState)
BLANK = Commitment(id="c", unit_code="04978", household_id="h", campaign_id="k", year=2026)
CAMPAIGN = Campaign(
    id="k",
    unit_code="04978",
    year=2026,
    kind="yearly",
    name="Năm 2026",
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 3, 31),
)
SIGNED = with_state(BLANK, CommitmentState.SIGNED, head="Đặng Công Kiên", today=TODAY, signed_on=TODAY)


def test_who_signs_is_the_head_unless_another_is_named() -> None:
    assert (SIGNED.state, SIGNED.signed_on, SIGNED.signed_by) == (
        CommitmentState.SIGNED,
        TODAY,
        "Đặng Công Kiên",
    )
    other = with_state(
        SIGNED,
        CommitmentState.SIGNED,
        head="Đặng Công Kiên",
        today=TODAY,
        signed_on=TODAY,
        signed_by=" Bùi  Thị Én ",
    )
    assert other.signed_by == "Bùi Thị Én"


def test_a_signature_needs_a_day_that_has_come() -> None:
    with pytest.raises(SignedWhen):
        with_state(BLANK, CommitmentState.SIGNED, head="A", today=TODAY)
    with pytest.raises(SignedInFuture, match="21/03/2026"):
        with_state(BLANK, CommitmentState.SIGNED, head="A", today=TODAY, signed_on=date(2026, 3, 21))


@pytest.mark.parametrize(
    "state",
    [state for state in STATES if state not in (CommitmentState.SIGNED, CommitmentState.MOVED_AWAY)],
)
def test_every_other_state_clears_the_signature_unless_its_paper_is_attached(state: CommitmentState) -> None:
    since = None if state is CommitmentState.NOT_ISSUED else TODAY
    assert with_state(SIGNED, state, head="A", today=TODAY) == replace(BLANK, state=state, state_on=since)
    with pytest.raises(PaperAttached):
        with_state(replace(SIGNED, paper_sha256="0" * 64), state, head="A", today=TODAY)


def test_who_moves_away_takes_no_signature_along() -> None:
    attached = replace(SIGNED, paper_sha256="0" * 64)
    gone = with_state(attached, CommitmentState.MOVED_AWAY, head="A", today=TODAY, state_on=date(2026, 3, 10))
    assert gone == replace(attached, state=CommitmentState.MOVED_AWAY, state_on=date(2026, 3, 10))
    assert check_commitment(gone, CAMPAIGN) == ()


def test_a_state_holds_since_the_day_it_was_found() -> None:
    found = with_state(BLANK, CommitmentState.ABSENT, head="A", today=TODAY)
    later = date(2026, 4, 1)
    assert with_state(found, CommitmentState.ABSENT, head="A", today=later).state_on == TODAY
    assert with_state(found, CommitmentState.REFUSED, head="A", today=later).state_on == later
    with pytest.raises(StateInFuture, match="02/04/2026"):
        with_state(BLANK, CommitmentState.ABSENT, head="A", today=later, state_on=later + timedelta(days=1))


def test_a_paper_signed_in_another_year_is_told() -> None:
    open_end = replace(CAMPAIGN, starts_on=None, ends_on=None)
    (told,) = check_commitment(replace(SIGNED, signed_on=date(2025, 3, 5)), open_end)
    assert (told.code, told.severity) == ("signed-in-other-year", "warning")


def test_a_day_can_be_mended_while_the_paper_is_attached() -> None:
    attached = replace(SIGNED, paper_sha256="0" * 64)
    mended = with_state(attached, CommitmentState.SIGNED, head="A", today=TODAY, signed_on=date(2026, 3, 1))
    assert (mended.signed_on, mended.paper_sha256) == (date(2026, 3, 1), "0" * 64)


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"signed_on": None}, "signed-when", "error"),
        ({"state": CommitmentState.ABSENT}, "signature-not-signed", "error"),
        ({"year": 2025}, "other-year", "error"),
        ({"signed_on": date(2026, 4, 1)}, "outside-campaign", "warning"),
        ({"signed_on": date(2025, 12, 31)}, "outside-campaign", "warning"),
    ],
)
def test_each_fault_of_a_commitment_has_its_code(changes: dict[str, Any], code: str, severity: str) -> None:
    (finding,) = check_commitment(replace(SIGNED, **changes), CAMPAIGN)
    assert (finding.code, finding.severity) == (code, severity)


def test_a_commitment_within_its_campaign_is_fine() -> None:
    assert check_commitment(SIGNED, CAMPAIGN) == ()
    assert check_commitment(BLANK, CAMPAIGN) == ()
    assert check_commitment(SIGNED, replace(CAMPAIGN, starts_on=None, ends_on=None)) == ()


def test_a_campaign_has_a_name_and_ends_after_it_starts() -> None:
    assert check_campaign(CAMPAIGN) == ()
    codes = {
        finding.code for finding in check_campaign(replace(CAMPAIGN, name=" ", ends_on=date(2025, 1, 1)))
    }
    assert codes == {"campaign-name-missing", "campaign-ends-early"}


def test_every_state_has_a_name() -> None:
    assert list(STATE_NAMES) == STATES


ROWS = st.lists(st.tuples(st.sampled_from(["living", "moved_away"]), st.sampled_from(STATES)))


@given(ROWS)
def test_the_share_counts_signatures_of_those_who_live_there(
    rows: list[tuple[Residence, CommitmentState]],
) -> None:
    living = signed = 0
    for residence, state in rows:
        if residence == "moved_away" or state == "moved_away":
            continue
        living += 1
        signed += state == "signed"
    assert share(rows) == Share(signed, living)
    assert share(rows).ratio.at_least(100) is (living > 0 and signed == living)


@given(ROWS)
def test_who_moved_away_changes_no_share(rows: list[tuple[Residence, CommitmentState]]) -> None:
    assert share([*rows, ("moved_away", CommitmentState.SIGNED)]) == share(rows)
    assert share([*rows, ("living", CommitmentState.MOVED_AWAY)]) == share(rows)


def catalogue(**kind: object) -> dict[str, Any]:
    return {
        "schema": 1,
        "kind": "commitment-campaigns",
        "id": "x",
        "version": "1",
        "title": "t",
        "source": "s",
        "in_force_from": date(2022, 1, 1),
        "kinds": [
            {"id": "y", "name": "Hằng năm", "round": "yearly", "pledges": ["Một."]},
            {"id": "p", "name": "Pháo", **kind},
        ],
    }


def test_kinds_of_campaigns_are_read() -> None:
    kinds = parse_campaigns(catalogue(round="thematic", pledges=["Hai.", "Ba."]), "ab").kinds
    assert [(kind.id, kind.yearly, kind.pledges) for kind in kinds.values()] == [
        ("y", True, ("Một.",)),
        ("p", False, ("Hai.", "Ba.")),
    ]


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ({"round": "monthly"}, "kinds[1].round"),
        ({"round": "yearly"}, "kinds"),
        ({}, "kinds[1].round"),
        ({"round": "thematic", "pledges": [3]}, "kinds[1].pledges"),
        ({"round": "thematic", "colour": "red"}, "kinds[1].colour"),
        ({"round": "thematic", "id": "y"}, "kinds[1].id"),
    ],
)
def test_a_faulty_kind_is_named_by_its_place(kind: dict[str, Any], place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse_campaigns(catalogue(**kind), "ab")
    assert caught.value.facts["place"] == place


def test_two_campaigns_of_one_kind_for_the_same_days_are_remarked_on() -> None:
    spring = replace(CAMPAIGN, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 28))
    autumn = replace(CAMPAIGN, id="other", starts_on=date(2026, 9, 1), ends_on=None)
    assert list(alike(spring, [spring, autumn])) == []
    assert list(alike(spring, [replace(autumn, kind="another", starts_on=None)])) == []
    assert [finding.code for finding in alike(spring, [replace(autumn, starts_on=None)])] == [
        "campaign-alike"
    ]
