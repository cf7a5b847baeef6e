"""One number is one decision, and what a unit's recorded year lacks is said before it is recognised."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.runtime.language import sentence
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid, remark
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

DECIDED = date(2026, 11, 18)
NUMBER = "412/QĐ-UBND"
Assess = Callable[..., SelfAssessment]


@pytest.fixture
def assess(application: Application, good_answers: Callable[..., dict[str, Given]]) -> Assess:
    def assessed(unit_id: str, unit_kind: UnitKind = "residential_area") -> SelfAssessment:
        draft = application.assessments.start(unit_id, unit_kind=unit_kind).record
        given = good_answers(application.assessments.catalogue(draft.id))
        application.assessments.answer_all(draft.id, given)
        return application.assessments.finalise(draft.id, date(2026, 11, 17)).record

    return assessed


@pytest.fixture
def school(list_unit: Callable[..., Unit]) -> Unit:
    return list_unit("school", "THCS Kim Bôi", "trung-hoc-co-so")


@pytest.fixture
def both(area: ResidentialArea, school: Unit, assess: Assess) -> tuple[str, str]:
    """Return the assessments of an area and of a school, both finished and met."""
    return assess(area.id).id, assess(school.id, "school").id


@pytest.mark.parametrize(
    ("field", "day", "said"),
    [
        ("decision_date", date(2026, 11, 19), {}),
        ("signer", DECIDED, {"signer": "Hà Thị Lan"}),
        ("signer_post", DECIDED, {"signer_post": "KT. CHỦ TỊCH"}),
    ],
)
def test_one_number_has_one_day_and_one_signer(
    application: Application, both: tuple[str, str], field: str, day: date, said: dict[str, Any]
) -> None:
    recognitions = application.recognitions
    recognitions.recognise(both[0], NUMBER, DECIDED)
    with pytest.raises(Invalid) as refused:
        recognitions.recognise(both[1], NUMBER, day, **said)
    (finding,) = refused.value.findings
    assert (finding.field, finding.code) == (field, "decision-differs")
    told = sentence(refused.value)
    assert all(part in told for part in (NUMBER, "Xóm Bãi Chạo", "18/11/2026", "Đinh Công Thắng"))
    assert recognitions.decisions(both[1]) == []
    (row,) = recognitions.recognise_all([both[1]], NUMBER, day, **said)
    assert isinstance(row.failure, Invalid)


def test_another_decider_has_numbers_of_its_own(application: Application, both: tuple[str, str]) -> None:
    recognitions = application.recognitions
    recognitions.recognise(both[0], NUMBER, DECIDED)
    other = recognitions.recognise(both[1], NUMBER, date(2026, 11, 19), decided_by="UBND tỉnh Phú Thọ")
    assert other.record.decision_date == date(2026, 11, 19)


def test_a_decision_is_corrected_for_all_its_units_at_once(
    application: Application, both: tuple[str, str]
) -> None:
    recognitions = application.recognitions
    recognitions.recognise_all(both, NUMBER, DECIDED)
    with pytest.raises(Invalid):  # one alone would leave two days under one number
        recognitions.recognise(both[0], NUMBER, date(2026, 11, 19))
    results = recognitions.recognise_all(both, NUMBER, date(2026, 11, 19))
    assert [row.failure for row in results] == [None, None]
    days = {recognitions.decisions(key)[-1].decision_date for key in both}
    assert days == {date(2026, 11, 19)}


def test_certificates_that_are_out_hold_the_day_of_their_decision(
    application: Application, both: tuple[str, str]
) -> None:
    recognitions = application.recognitions
    first = recognitions.recognise(both[0], NUMBER, DECIDED)
    recognitions.issue(first.record.id, DECIDED)
    assert "decision-issued" not in {finding.code for finding in first.warnings}
    results = recognitions.recognise_all(both, NUMBER, date(2026, 11, 19))
    assert all(row.failure for row in results)
    joined = recognitions.recognise(both[1], NUMBER, DECIDED)
    (doubt,) = (finding for finding in joined.warnings if finding.code == "decision-issued")
    assert "THCS Kim Bôi" in remark(doubt)


def test_what_the_recorded_year_lacks_is_named(
    application: Application, area: ResidentialArea, assess: Assess
) -> None:
    board, key = application.year_board, UnitKey("residential_area", area.id)
    board.record(key, 2026, "meeting", date(2026, 11, 17), outcome="agreed")
    board.record(key, 2026, "result_report", date(2026, 11, 17), number="9/BC")
    board.record(key, 2026, "nomination_list", date(2026, 11, 17), number="9/DS")
    written = application.recognitions.recognise(assess(area.id).id, NUMBER, DECIDED)
    doubts = {finding.code: remark(finding) for finding in written.warnings}
    assert set(doubts) == {"dossier-incomplete", "steps-overdue"}
    assert doubts["dossier-incomplete"].endswith(": Tờ trình đề nghị công nhận.")
    overdue = [
        state.step.name
        for state in board.row(key, 2026).steps
        if state.state == "overdue" and state.step.part_of != "dossier"
    ]
    assert overdue
    assert doubts["steps-overdue"].endswith(f": {'; '.join(overdue)}.")

    board.record(key, 2026, "submission_letter", date(2026, 11, 18), number="10/TTr")
    again = application.recognitions.recognise(written.record.assessment_id, NUMBER, DECIDED)
    assert {finding.code for finding in again.warnings} == {"steps-overdue"}


@pytest.mark.parametrize("step", ["meeting", "appraised"])
def test_what_was_not_agreed_is_recognised_only_with_a_reason(
    application: Application, area: ResidentialArea, assess: Assess, step: str
) -> None:
    recognitions, key = application.recognitions, assess(area.id).id
    unit = UnitKey("residential_area", area.id)
    application.year_board.record(unit, 2026, step, date(2026, 11, 17), outcome="not_agreed")
    (state,) = (each for each in application.year_board.row(unit, 2026).steps if each.step.id == step)
    with pytest.raises(Invalid) as refused:
        recognitions.recognise(key, NUMBER, DECIDED, reason="  ")
    (finding,) = refused.value.findings
    assert (finding.field, finding.code) == ("reason", "not-agreed")
    assert state.step.name in sentence(refused.value)
    (row,) = recognitions.recognise_all([key], NUMBER, DECIDED)
    assert isinstance(row.failure, Invalid)
    assert recognitions.decisions(key) == []

    (kept,) = recognitions.recognise_all([key], NUMBER, DECIDED, reason="Họp lại ngày 18/11 đã thống nhất")
    assert kept.written is not None
    assert "recognised-against" in {finding.code for finding in kept.written.warnings}
    (line,) = application.journal.page(JournalFilter(entity_id=kept.written.record.id), Window())
    assert (line.action, line.note) == ("recognised", "Họp lại ngày 18/11 đã thống nhất")
