"""Who can be recognised, and that a certificate's number is never given out twice."""

from collections.abc import Callable
from datetime import date

import pytest

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.recognition import NotRecognisable, Recognition
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.assessments import Given
from antq_desktop.services.recognitions import AlreadyRecognised, CertificateOut, CertificateWithdrawn
from antq_desktop.services.results import Invalid
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

DECIDED = date(2026, 11, 18)
TODAY = date(2026, 11, 20)
Assess = Callable[..., SelfAssessment]


@pytest.fixture
def assess(application: Application, good_answers: Callable[..., dict[str, Given]]) -> Assess:
    """Return what assesses a unit: ``assess(unit_id, "school", met=True)``, finished on 17/11/2026."""

    def assessed(
        unit_id: str, unit_kind: UnitKind = "residential_area", *, met: bool = True
    ) -> SelfAssessment:
        assessments = application.assessments
        draft = assessments.start(unit_id, unit_kind=unit_kind).record
        answers = good_answers(assessments.catalogue(draft.id))
        if not met:
            answers["k2-chap-hanh"] = Given(value=False)
        assessments.answer_all(draft.id, answers)
        return assessments.finalise(draft.id, date(2026, 11, 17)).record

    return assessed


@pytest.fixture
def recognised(application: Application, area: ResidentialArea, assess: Assess) -> Recognition:
    return application.recognitions.recognise(assess(area.id).id, "412/QĐ-UBND", DECIDED).record


def test_who_decides_and_signs_comes_from_the_settings_and_the_law(recognised: Recognition) -> None:
    # Nothing is set for who decides: TT 124, Điều 10 khoản 1 names the commune's People's Committee.
    assert recognised.decided_by == "Ủy ban nhân dân xã Kim Bôi"
    assert (recognised.signer, recognised.signer_post) == ("Đinh Công Thắng", "CHỦ TỊCH")
    assert (recognised.unit_name, recognised.year) == ("Xóm Bãi Chạo", 2026)


def test_what_is_typed_or_set_goes_before_the_law(
    application: Application, area: ResidentialArea, assess: Assess
) -> None:
    application.settings.put("recognition.decided_by", "Chủ tịch UBND xã Kim Bôi")
    key = assess(area.id).id
    first = application.recognitions.recognise(key, "412/QĐ-UBND", DECIDED).record
    assert first.decided_by == "Chủ tịch UBND xã Kim Bôi"
    typed = application.recognitions.recognise(
        key, " 413/QĐ-UBND ", DECIDED, signer="Hà Thị Lan", signer_post="KT. CHỦ TỊCH"
    ).record
    assert typed.id == first.id
    assert (typed.decision_number, typed.signer, typed.signer_post) == (
        "413/QĐ-UBND",
        "Hà Thị Lan",
        "KT. CHỦ TỊCH",
    )


def test_without_a_signer_nothing_is_recognised(
    application: Application, area: ResidentialArea, assess: Assess
) -> None:
    application.settings.put("recognition.signer", "")
    with pytest.raises(Invalid) as refused:
        application.recognitions.recognise(assess(area.id).id, "", DECIDED)
    assert [finding.field for finding in refused.value.findings] == ["decision_number", "signer"]
    assert application.recognitions.rows()[0].recognition_id is None


def test_only_a_finished_assessment_that_is_met_is_recognised(
    application: Application, area: ResidentialArea, assess: Assess
) -> None:
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    draft = application.assessments.start(other.id).record
    failed = assess(area.id, met=False)
    for key in (draft.id, failed.id):
        with pytest.raises(NotRecognisable):
            application.recognitions.recognise(key, "412/QĐ-UBND", DECIDED)
    assert application.recognitions.rows() == []
    with pytest.raises(NotFound):
        application.recognitions.recognise("no such assessment", "412/QĐ-UBND", DECIDED)


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2026, 11, 16), "decision-before-assessment"), (date(2026, 11, 21), "day-in-future")],
)
def test_a_decision_lies_between_the_assessment_and_today(
    application: Application, area: ResidentialArea, assess: Assess, day: date, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        application.recognitions.recognise(assess(area.id).id, "412/QĐ-UBND", day)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_a_unit_keeps_the_name_it_had_on_the_day_of_the_decision(
    application: Application, area: ResidentialArea, recognised: Recognition
) -> None:
    application.territory.rename(area.id, "Xóm Bãi", date(2026, 11, 19))
    again = application.recognitions.recognise(recognised.assessment_id, "412/QĐ-UBND", DECIDED)
    assert again.record.unit_name == "Xóm Bãi Chạo"
    assert not again.changes


def test_numbers_run_by_year_and_stay_taken_after_a_withdrawal(
    application: Application, recognised: Recognition, assess: Assess
) -> None:
    recognitions = application.recognitions
    first = recognitions.issue(recognised.id, TODAY).record
    assert (first.number, first.year, first.kind) == (1, 2026, "recognition")
    with pytest.raises(CertificateOut) as refused:
        recognitions.issue(recognised.id, TODAY)
    assert refused.value.facts["number"] == "01/GCN"

    recognitions.withdraw(first.id, TODAY, "In sai tên")
    second = recognitions.issue(recognised.id, TODAY).record
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    third = recognitions.issue(
        recognitions.recognise(assess(other.id).id, "412/QĐ-UBND", DECIDED).record.id, TODAY
    ).record
    assert [second.number, third.number] == [2, 3]
    assert [kept.number for kept in recognitions.certificates(recognised.id)] == [1, 2]
    assert recognitions.certificate(first.id).withdrawn_reason == "In sai tên"
    rows = {row.unit_name: row for row in recognitions.rows()}
    assert rows["Xóm Bãi Chạo"].certificate_number == 2
    assert rows["Xóm Bãi Chạo"].recognised


def test_a_refused_certificate_takes_no_number(application: Application, recognised: Recognition) -> None:
    for day, code in ((date(2026, 11, 17), "issued-before-decision"), (date(2026, 11, 21), "day-in-future")):
        with pytest.raises(Invalid) as refused:
            application.recognitions.issue(recognised.id, day)
        assert [finding.code for finding in refused.value.findings] == [code]
    assert application.recognitions.certificates(recognised.id) == []
    # A number that was never given out leaves no gap behind it.
    assert application.recognitions.issue(recognised.id, TODAY).record.number == 1


def test_number_and_certificate_are_kept_together_or_not_at_all(
    application: Application, recognised: Recognition
) -> None:
    store = application.recognitions._store
    with store.writing("x") as work:
        assert work.next_number("recognition", 2026) == 1
    assert application.recognitions.issue(recognised.id, TODAY).record.number == 1
    with store.writing("x") as work:
        assert work.next_number("recognition", 2026) == 2
        assert work.next_number("recognition", 2027) == 1


def test_a_withdrawn_certificate_means_not_recognised(
    application: Application, recognised: Recognition
) -> None:
    assert application.reports.figures().areas_recognised == 1
    certificate = application.recognitions.issue(recognised.id, TODAY).record
    application.recognitions.withdraw(certificate.id, TODAY, "Quyết định bị hủy bỏ")
    (row,) = application.recognitions.rows()
    assert (row.recognised, row.withdrawn_on, row.withdrawn_reason) == (False, TODAY, "Quyết định bị hủy bỏ")
    assert application.reports.figures().areas_recognised == 0


def test_a_withdrawal_has_a_day_and_a_reason_and_happens_once(
    application: Application, recognised: Recognition
) -> None:
    certificate = application.recognitions.issue(recognised.id, date(2026, 11, 19)).record
    for day, reason, code in (
        (TODAY, "  ", "withdrawal-incomplete"),
        (date(2026, 11, 18), "In sai tên", "withdrawn-before-issued"),
        (date(2026, 11, 21), "In sai tên", "day-in-future"),
    ):
        with pytest.raises(Invalid) as refused:
            application.recognitions.withdraw(certificate.id, day, reason)
        assert [finding.code for finding in refused.value.findings] == [code]
    application.recognitions.withdraw(certificate.id, TODAY, "In sai tên")
    with pytest.raises(CertificateWithdrawn):
        application.recognitions.withdraw(certificate.id, TODAY, "In sai tên")
    (line,) = application.journal.page(JournalFilter(entity_id=certificate.id, action="withdrawn"), Window())
    assert line.note == "In sai tên"


def test_a_decision_is_corrected_until_its_certificate_is_out(
    application: Application, recognised: Recognition
) -> None:
    corrected = application.recognitions.recognise(recognised.assessment_id, "421/QĐ-UBND", DECIDED).record
    assert application.recognitions.get(recognised.id) == corrected
    assert corrected.decision_number == "421/QĐ-UBND"
    application.recognitions.issue(recognised.id, TODAY)
    with pytest.raises(AlreadyRecognised):
        application.recognitions.recognise(recognised.assessment_id, "422/QĐ-UBND", DECIDED)


def test_an_area_that_ended_after_its_recognition_breaks_no_share(
    application: Application, area: ResidentialArea, recognised: Recognition
) -> None:
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    application.territory.merge([area.id, other.id], "Xóm Bãi Đá", "xóm", date(2026, 11, 20))
    figures = application.reports.figures()
    assert (figures.areas, figures.areas_recognised) == (1, 0)


def test_what_happens_after_the_assessment_moves_figures_but_not_the_paper(
    application: Application,
    area: ResidentialArea,
    recognised: Recognition,
    settle: Callable[..., list[Household]],
) -> None:
    kept = application.assessments.get(recognised.assessment_id)
    (home,) = settle(area.id, "Bùi Văn Ánh")
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 11, 19))
    assert application.reports.figures().households_signed == 1
    assert application.assessments.get(recognised.assessment_id) == kept
