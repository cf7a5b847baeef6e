"""The steering committee and the coordination programmes in a real workspace."""

from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid


def test_a_new_committee_takes_the_place_of_the_old_one(application: Application) -> None:
    committees = application.committees
    old = committees.save(
        SteeringCommittee(
            id="", unit_code="", name="Ban Chỉ đạo  138", decision_number="1", decision_date=date(2021, 7, 1),
            valid_from=date(2021, 7, 1), members=17,
        )
    ).record  # fmt: skip
    new = replace(
        old,
        id="",
        version={},
        decision_number="45",
        decision_date=date(2025, 7, 10),
        valid_from=date(2025, 7, 10),
    )
    assert [warning.code for warning in committees.save(new).warnings] == ["second-committee"]
    assert committees.save(replace(old, valid_to=date(2025, 7, 9))).warnings == ()
    assert [(row.name, row.decision_number, row.working) for row in committees.rows(2025)] == [
        ("Ban Chỉ đạo 138", "45", True),
        ("Ban Chỉ đạo 138", "1", False),
    ]
    assert [row.decision_number for row in committees.rows()] == ["45"]
    with pytest.raises(Invalid):
        committees.save(replace(new, name=""))
    committees.delete(old.id, "Gõ nhầm")
    assert len(committees.rows(2025)) == 1


def test_programmes_are_listed_while_they_are_in_force(application: Application) -> None:
    programmes = application.programmes
    signed = programmes.save(
        CoordinationProgramme(
            id="", unit_code="", partner="Hội  Cựu chiến binh", number="02", signed_on=date(2024, 1, 15),
            subject="Giáo dục thanh thiếu niên", ends_on=date(2026, 6, 30),
        )
    ).record  # fmt: skip
    open_ended = replace(
        signed, id="", version={}, partner="Đoàn xã", signed_on=date(2025, 3, 1), ends_on=None
    )
    assert [w.code for w in programmes.save(replace(open_ended, number="")).warnings] == ["number-missing"]
    assert [(row.partner, row.in_force) for row in programmes.rows()] == [
        ("Đoàn xã", True),
        ("Hội Cựu chiến binh", False),
    ]
    assert [row.partner for row in programmes.rows(2024)] == ["Hội Cựu chiến binh"]
    with pytest.raises(Invalid):
        programmes.save(replace(signed, subject=" "))
    programmes.delete(signed.id, "Gõ nhầm")
    assert [row.partner for row in programmes.rows()] == ["Đoàn xã"]
