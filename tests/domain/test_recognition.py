"""Recognitions: only what is finished and met, decided after it was assessed; numbers as they are printed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.recognition import (
    Certificate,
    NotRecognisable,
    Recognition,
    check_certificate,
    check_recognition,
    number_text,
)

TODAY = date(2026, 11, 20)
ASSESSMENT = SelfAssessment(
    id="s",
    unit_code="04978",
    unit_kind="residential_area",
    unit_id="a",
    year=2026,
    catalogue_id="x",
    catalogue_version="1",
    catalogue_sha256="ab",
    result="met",
    state="final",
    assessed_on=date(2026, 11, 5),
)
RECOGNITION = Recognition(
    id="r",
    unit_code="04978",
    assessment_id="s",
    unit_kind="residential_area",
    unit_id="a",
    unit_name="Bản Lác",
    year=2026,
    decision_number="45/QĐ-UBND",
    decision_date=date(2026, 11, 15),
    decided_by="Ủy ban nhân dân xã Kim Bôi",
    signer="Bùi Văn An",
    signer_post="Chủ tịch",
)
CERTIFICATE = Certificate(
    id="c",
    unit_code="04978",
    recognition_id="r",
    year=2026,
    kind="khu-dan-cu",
    number=1,
    issued_on=date(2026, 11, 18),
)


def test_a_right_recognition_is_fine() -> None:
    assert check_recognition(RECOGNITION, ASSESSMENT, TODAY) == ()
    assert check_recognition(replace(RECOGNITION, decision_date=date(2026, 11, 5)), ASSESSMENT, TODAY) == ()


@pytest.mark.parametrize("changes", [{"state": "draft"}, {"result": "not_met"}, {"result": None}])
def test_only_a_finished_and_met_assessment_is_recognised(changes: dict[str, Any]) -> None:
    with pytest.raises(NotRecognisable):
        check_recognition(RECOGNITION, replace(ASSESSMENT, **changes), TODAY)


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"decision_number": " "}, "decision_number", "missing"),
        ({"unit_name": ""}, "unit_name", "missing"),
        ({"decided_by": ""}, "decided_by", "missing"),
        ({"signer": ""}, "signer", "missing"),
        ({"signer_post": ""}, "signer_post", "missing"),
        ({"unit_id": "b"}, "assessment_id", "other-assessment"),
        ({"unit_kind": "school"}, "assessment_id", "other-assessment"),
        ({"unit_code": "04990"}, "assessment_id", "other-assessment"),
        ({"year": 2025}, "assessment_id", "other-assessment"),
        ({"assessment_id": "t"}, "assessment_id", "other-assessment"),
        ({"decision_date": date(2026, 11, 4)}, "decision_date", "decision-before-assessment"),
        ({"decision_date": date(2026, 11, 21)}, "decision_date", "day-in-future"),
    ],
)
def test_each_fault_of_a_recognition_has_its_code(changes: dict[str, Any], field: str, code: str) -> None:
    (finding,) = check_recognition(replace(RECOGNITION, **changes), ASSESSMENT, TODAY)
    assert (finding.field, finding.code, finding.severity) == (field, code, "error")


def test_a_right_certificate_is_fine() -> None:
    assert check_certificate(CERTIFICATE, RECOGNITION) == ()
    withdrawn = replace(CERTIFICATE, withdrawn_on=TODAY, withdrawn_reason="Quyết định 50/QĐ-UBND")
    assert check_certificate(withdrawn, RECOGNITION) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"recognition_id": "q"}, "other-recognition"),
        ({"year": 2025}, "other-recognition"),
        ({"number": 0}, "number-too-low"),
        ({"issued_on": date(2026, 11, 14)}, "issued-before-decision"),
        ({"withdrawn_on": TODAY}, "withdrawal-incomplete"),
        ({"withdrawn_reason": "x"}, "withdrawal-incomplete"),
        ({"withdrawn_on": TODAY, "withdrawn_reason": " "}, "withdrawal-incomplete"),
        ({"withdrawn_on": date(2026, 11, 17), "withdrawn_reason": "x"}, "withdrawn-before-issued"),
    ],
)
def test_each_fault_of_a_certificate_has_its_code(changes: dict[str, Any], code: str) -> None:
    (finding,) = check_certificate(replace(CERTIFICATE, **changes), RECOGNITION)
    assert finding.code == code


@pytest.mark.parametrize(("number", "text"), [(1, "01/GCN"), (9, "09/GCN"), (10, "10/GCN"), (123, "123/GCN")])
def test_numbers_below_ten_have_a_leading_nought(number: int, text: str) -> None:
    assert number_text(number) == text


def test_the_symbol_can_be_another() -> None:
    assert number_text(7, "GCN-UBND") == "07/GCN-UBND"
