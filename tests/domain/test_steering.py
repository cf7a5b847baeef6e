"""The steering committee and the coordination programmes: by posts and papers, never by names of members."""

from dataclasses import fields, replace
from datetime import date

import pytest

from antq_desktop.domain.steering import (
    CoordinationProgramme,
    SteeringCommittee,
    check_committee,
    check_programme,
)

TODAY = date(2026, 11, 20)
COMMITTEE = SteeringCommittee(
    id="c1",
    unit_code="04978",
    name="Ban Chỉ đạo phòng, chống tội phạm và xây dựng phong trào",
    decision_number="45/QĐ-UBND",
    decision_date=date(2025, 7, 10),
    head_post="Chủ tịch UBND xã",
    members=21,
    valid_from=date(2025, 7, 10),
)
PROGRAMME = CoordinationProgramme(
    id="p1",
    unit_code="04978",
    partner="Hội Cựu chiến binh xã",
    number="02/CTPH",
    signed_on=date(2026, 1, 15),
    subject="Giáo dục thanh thiếu niên",
)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"name": " "}, ["committee-name-missing"]),
        ({"decision_date": None}, ["decision-incomplete"]),
        ({"decision_date": date(2027, 1, 1)}, ["day-in-future"]),
        ({"valid_to": date(2025, 7, 9)}, ["ends-before-it-begins"]),
        ({"members": -1}, ["negative-count"]),
    ],
)
def test_what_is_odd_about_a_committee(changes: dict[str, object], found: list[str]) -> None:
    remarks = check_committee(replace(COMMITTEE, **changes), [COMMITTEE], TODAY)  # type: ignore[arg-type]
    assert [finding.code for finding in remarks] == found


def test_two_committees_without_an_end_are_a_warning() -> None:
    old = replace(COMMITTEE, id="c0", valid_from=date(2021, 1, 1))
    (warning,) = check_committee(COMMITTEE, [old, COMMITTEE], TODAY)
    assert (warning.code, warning.severity) == ("second-committee", "warning")
    assert check_committee(COMMITTEE, [replace(old, valid_to=date(2025, 7, 9))], TODAY) == ()


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"partner": ""}, ["partner-missing"]),
        ({"subject": ""}, ["subject-missing"]),
        ({"number": ""}, ["number-missing"]),
        ({"signed_on": date(2027, 1, 1)}, ["day-in-future"]),
        ({"ends_on": date(2026, 1, 14)}, ["ends-before-it-begins"]),
    ],
)
def test_what_is_odd_about_a_programme(changes: dict[str, object], found: list[str]) -> None:
    remarks = check_programme(replace(PROGRAMME, **changes), TODAY)  # type: ignore[arg-type]
    assert [finding.code for finding in remarks] == found


def test_what_is_there_in_a_year() -> None:
    ended = replace(PROGRAMME, ends_on=date(2028, 3, 1))
    assert [year for year in range(2025, 2031) if ended.touches(year)] == [2026, 2027, 2028]
    assert [year for year in range(2024, 2028) if COMMITTEE.touches(year)] == [2025, 2026, 2027]
    assert ended.in_force(date(2028, 3, 1))
    assert not ended.in_force(date(2028, 3, 2))
    assert not COMMITTEE.alive_on(date(2025, 7, 9))


def test_a_committee_has_no_place_for_the_name_of_a_person() -> None:
    assert {field.name for field in fields(SteeringCommittee)} == {
        "id", "unit_code", "name", "decision_number", "decision_date", "head_post", "standing_body", "members",
        "valid_from", "valid_to", "note", "paper_sha256", "version",
    }  # fmt: skip
