"""Awards: what kind is whose, a decision needs number and day, the medal is given once."""

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.awards import Award, AwardState, check_award, parse_awards
from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.findings import errors
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.runtime.resources import RESOURCES

CATALOGUE = read_shipped("award-kinds", parse_awards)
TODAY = date(2026, 11, 20)
AWARD = Award(
    id="w1",
    unit_code="04978",
    year=2026,
    kind="giay-khen",
    authority="chu-tich-xa",
    recipient_kind="person",
    recipient="Bùi Văn An",
    proposed_on=date(2026, 8, 1),
)
DECIDED = replace(
    AWARD,
    state=AwardState.DECIDED,
    decision_number="77/QĐ-UBND",
    decision_date=date(2026, 8, 12),
    certificate_number="15",
)
MEDAL = replace(DECIDED, kind="ky-niem-chuong", authority="bo-truong")


def codes(award: Award, *others: Award) -> list[str]:
    return [finding.code for finding in check_award(award, CATALOGUE, others, TODAY)]


@pytest.mark.parametrize(
    ("award", "found"),
    [
        (AWARD, []),
        (DECIDED, []),
        (replace(AWARD, recipient=""), ["recipient-missing"]),
        (replace(AWARD, kind="bay"), ["award-kind-unknown"]),
        (replace(AWARD, authority="bo-truong"), ["authority-does-not-fit"]),
        (replace(MEDAL, recipient_kind="collective"), ["recipient-does-not-fit"]),
        (replace(DECIDED, decision_number=""), ["decided-when"]),
        (replace(DECIDED, decision_date=None), ["decided-when"]),
        (replace(DECIDED, state=AwardState.PROPOSED), ["decision-not-decided"]),
        (replace(DECIDED, state=AwardState.DECLINED), ["decision-not-decided"]),
        (replace(DECIDED, decision_date=date(2026, 7, 31)), ["ends-before-it-begins"]),
        (replace(DECIDED, decision_date=date(2026, 11, 21)), ["day-in-future"]),
    ],
)
def test_what_an_award_cannot_be(award: Award, found: list[str]) -> None:
    assert codes(award) == found
    assert [finding.code for finding in errors(check_award(award, CATALOGUE, [], TODAY))] == found


def test_the_medal_is_given_once_and_a_name_only_warns() -> None:
    before = replace(MEDAL, id="w0", year=2023, certificate_number="1")
    (warning,) = check_award(MEDAL, CATALOGUE, [MEDAL, before], TODAY)
    assert (warning.code, warning.severity, warning.facts["year"]) == ("given-once", "warning", 2023)
    assert codes(MEDAL, replace(before, recipient="Bùi Văn Ân")) == []
    declined = replace(before, state=AwardState.DECLINED)
    assert codes(MEDAL, declined) == []
    # Two ways of placing the tone mark are one name.
    assert codes(replace(MEDAL, recipient="Hà Thị Hoà"), replace(before, recipient="Hà Thị Hòa")) == [
        "given-once"
    ]


def test_another_award_may_come_each_year_but_not_twice_in_one() -> None:
    assert codes(DECIDED, replace(DECIDED, id="w0", year=2025)) == []
    twice = replace(DECIDED, id="w0", certificate_number="16")
    assert codes(DECIDED, twice) == ["award-twice"]
    assert codes(DECIDED, replace(twice, authority="giam-doc-cong-an-tinh")) == []
    assert codes(DECIDED, replace(twice, recipient_kind="collective")) == []


def test_a_certificate_number_is_used_once_a_year_and_series() -> None:
    other = replace(DECIDED, id="w0", recipient="Hà Thị Bé")
    assert codes(DECIDED, other) == ["certificate-number-twice"]
    assert codes(DECIDED, replace(other, year=2025)) == []
    assert codes(replace(DECIDED, certificate_number=""), replace(other, certificate_number="")) == []


def test_the_catalogue_says_who_awards_what() -> None:
    assert {kind.id: kind.authorities for kind in CATALOGUE.kinds.values() if kind.id != "khac"} == {
        "giay-khen": ("chu-tich-xa", "giam-doc-cong-an-tinh"),
        "bang-khen": ("chu-tich-tinh", "bo-truong"),
        "ky-niem-chuong": ("bo-truong",),
    }
    assert [kind.id for kind in CATALOGUE.kinds.values() if kind.once] == ["ky-niem-chuong"]
    assert CATALOGUE.kinds["ky-niem-chuong"].recipients == ("person",)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"recipients": ["nobody"]}, "kinds[0].recipients"),
        ({"recipients": []}, "kinds[0].recipients"),
        ({"authorities": ["bay"]}, "kinds[0].authorities"),
        ({"once": "yes"}, "kinds[0].once"),
        ({"x": 1}, "kinds[0].x"),
    ],
)
def test_a_faulty_catalogue_names_its_place(changes: dict[str, Any], place: str) -> None:
    plain = tomllib.loads((RESOURCES / "catalogues" / "award-kinds.toml").read_text(encoding="utf-8"))
    plain["kinds"][0] |= changes
    with pytest.raises(MalformedCatalogue) as fault:
        parse_awards(plain, "0")
    assert fault.value.facts["place"] == place


def test_one_decision_has_one_day_and_each_certificate_its_number() -> None:
    number = DECIDED.decision_number
    other = replace(DECIDED, id="other", recipient="Đinh Thị Khác", certificate_number="")
    day = DECIDED.decision_date
    assert day is not None
    moved = replace(other, decision_date=day.replace(day=day.day % 28 + 1))
    assert codes(DECIDED, moved) == ["decision-two-days"]
    assert codes(DECIDED, replace(moved, decision_number=f"{number}x")) == []
    assert codes(DECIDED, other) == []
    numbered = replace(DECIDED, certificate_number="01")
    elsewhere = replace(other, kind="another", certificate_number="01")
    assert codes(numbered, elsewhere) == ["certificate-number-twice"]
    assert codes(numbered, replace(elsewhere, decision_number=f"{number}x")) == []
