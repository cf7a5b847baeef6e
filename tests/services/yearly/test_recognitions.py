"""Who can be recognised, and that a certificate's number is never given out twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import Cancelled, NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.recognition import NotRecognisable, Recognition
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_scope import UnitNotManaged
from antq_desktop.domain.units import Unit
from antq_desktop.runtime.language import sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid
from antq_desktop.services.yearly.assessments import AssessmentRecognised, Given
from antq_desktop.services.yearly.recognitions import (
    AlreadyRecognised,
    CertificateNotOurs,
    CertificateOut,
    CertificateWithdrawn,
    DecisionFollowed,
)
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

DECIDED = date(2026, 11, 18)
TODAY = date(2026, 11, 20)
Assess = Callable[..., SelfAssessment]
ListUnit = Callable[..., Unit]


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
    assert application.period_figures.amounts()["areas_recognised"] == 1
    certificate = application.recognitions.issue(recognised.id, TODAY).record
    application.recognitions.withdraw(certificate.id, TODAY, "Quyết định bị hủy bỏ")
    (row,) = application.recognitions.rows()
    assert (row.recognised, row.withdrawn_on, row.withdrawn_reason) == (False, TODAY, "Quyết định bị hủy bỏ")
    assert application.period_figures.amounts()["areas_recognised"] == 0


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
    figures = application.period_figures.amounts()
    assert (figures["areas"], figures["areas_recognised"]) == (1, 0)


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
    assert application.period_figures.amounts()["households_signed"] == 1
    assert application.assessments.get(recognised.assessment_id) == kept


@pytest.fixture
def school(list_unit: ListUnit) -> Unit:
    return list_unit("school", "THCS Kim Bôi", "trung-hoc-co-so")


@pytest.fixture
def agency(list_unit: ListUnit) -> Unit:
    return list_unit("agency", "Bưu điện Kim Bôi", "co-quan")


def test_units_of_every_kind_are_recognised_under_one_series_of_numbers(
    application: Application, area: ResidentialArea, school: Unit, agency: Unit, assess: Assess
) -> None:
    recognitions = application.recognitions
    units: list[tuple[str, UnitKind]] = [
        (school.id, "school"), (area.id, "residential_area"), (agency.id, "agency"),
    ]  # fmt: skip
    for place, (key, kind) in enumerate(units, 1):
        decision = recognitions.recognise(assess(key, kind).id, "412/QĐ-UBND", DECIDED).record
        assert (decision.unit_kind, decision.decided_by) == (kind, "Ủy ban nhân dân xã Kim Bôi")
        assert recognitions.issue(decision.id, TODAY).record.number == place
    register = recognitions.register(2026)
    assert [(row.number_text, row.unit_kind, row.unit_name, row.printed) for row in register] == [
        ("01/GCN", "school", "THCS Kim Bôi", 0),
        ("02/GCN", "residential_area", "Xóm Bãi Chạo", 0),
        ("03/GCN", "agency", "Bưu điện Kim Bôi", 0),
    ]
    assert [row.number for row in recognitions.register(2026, "agency")] == [3]
    assert recognitions.register(2025) == []


def test_the_register_keeps_withdrawals_and_counts_prints(
    application: Application, recognised: Recognition, tmp_path: Path
) -> None:
    recognitions = application.recognitions
    first = recognitions.issue(recognised.id, TODAY).record
    application.printing.certificates([first.id], tmp_path / "giay.pdf")
    application.printing.certificates([first.id], tmp_path / "lai.pdf", reason="Bản trước bị ướt")
    recognitions.withdraw(first.id, TODAY, "In sai tên")
    recognitions.issue(recognised.id, TODAY)
    one, two = recognitions.register()
    assert (one.certificate_id, one.withdrawn_on, one.withdrawn_reason, one.printed) == (
        first.id,
        TODAY,
        "In sai tên",
        2,
    )
    assert (two.number, two.withdrawn_on, two.printed) == (2, None, 0)
    assert (two.recognition_id, two.unit_id) == (recognised.id, recognised.unit_id)
    assert (two.decision_number, two.decision_date) == ("412/QĐ-UBND", DECIDED)


def test_a_unit_that_is_not_managed_any_more_is_not_recognised(
    application: Application, school: Unit, assess: Assess
) -> None:
    final = assess(school.id, "school")
    with application.recognitions._store.writing("An") as work:
        work.save(replace(school, managed=False))
        work.commit()
    with pytest.raises(UnitNotManaged) as refused:
        application.recognitions.recognise(final.id, "412/QĐ-UBND", DECIDED)
    said = sentence(refused.value)
    assert "THCS Kim Bôi" in said
    assert "Điều 10 khoản 1" in said
    assert application.recognitions.decisions(final.id) == []


def test_the_commune_is_recognised_from_above_without_a_certificate_of_ours(
    application: Application, assess: Assess
) -> None:
    final = assess("04978", "commune")
    decision = application.recognitions.recognise(final.id, "98/QĐ-UBND", DECIDED).record
    assert decision.decided_by == "Ủy ban nhân dân tỉnh Phú Thọ"
    assert (decision.unit_name, decision.signer, decision.signer_post) == ("Xã Kim Bôi", "", "")
    with pytest.raises(CertificateNotOurs) as refused:
        application.recognitions.issue(decision.id, TODAY)
    assert "Ủy ban nhân dân tỉnh Phú Thọ" in sentence(refused.value)
    assert application.recognitions.register() == []
    (row,) = application.recognitions.rows()
    assert (row.unit_kind, row.recognised, row.certificate_id) == ("commune", True, None)

    application.settings.put("recognition.commune_decided_by", "Chủ tịch UBND tỉnh Phú Thọ")
    again = application.recognitions.recognise(final.id, "98/QĐ-UBND", DECIDED).record
    assert (again.id, again.decided_by) == (decision.id, "Chủ tịch UBND tỉnh Phú Thọ")


def test_a_draft_shows_the_decision_before_there_is_one(
    application: Application, area: ResidentialArea, assess: Assess
) -> None:
    final = assess(area.id)
    draft = application.recognitions.draft(final.id)
    assert (draft.unit_name, draft.decision_number, draft.decision_date) == ("Xóm Bãi Chạo", "", TODAY)
    assert (draft.decided_by, draft.signer) == ("Ủy ban nhân dân xã Kim Bôi", "Đinh Công Thắng")
    assert application.recognitions.decisions(final.id) == []
    kept = application.recognitions.recognise(final.id, "412/QĐ-UBND", DECIDED).record
    assert draft.id == kept.id


def test_after_a_withdrawal_a_second_decision_stands_beside_the_first(
    application: Application, recognised: Recognition
) -> None:
    recognitions = application.recognitions
    first = recognitions.issue(recognised.id, date(2026, 11, 18)).record
    recognitions.withdraw(first.id, date(2026, 11, 19), "Quyết định bị hủy bỏ")
    with pytest.raises(Invalid) as refused:
        recognitions.recognise(recognised.assessment_id, "431/QĐ-UBND", DECIDED)
    assert [finding.code for finding in refused.value.findings] == ["decision-before-withdrawal"]

    second = recognitions.recognise(recognised.assessment_id, "431/QĐ-UBND", TODAY).record
    assert recognitions.decisions(recognised.assessment_id) == [recognised, second]
    (row,) = recognitions.rows()
    assert (row.recognition_id, row.recognised, row.certificate_id) == (second.id, True, None)
    with pytest.raises(DecisionFollowed) as followed:
        recognitions.issue(recognised.id, TODAY)
    assert followed.value.facts["newer"] == "431/QĐ-UBND"
    corrected = recognitions.recognise(recognised.assessment_id, "432/QĐ-UBND", TODAY).record
    assert corrected.id == second.id

    assert recognitions.issue(second.id, TODAY).record.number == 2
    with pytest.raises(AlreadyRecognised):
        recognitions.recognise(recognised.assessment_id, "433/QĐ-UBND", TODAY)
    assert [(line.number, line.decision_number, line.withdrawn_on) for line in recognitions.register()] == [
        (1, "412/QĐ-UBND", date(2026, 11, 19)),
        (2, "432/QĐ-UBND", None),
    ]
    (row,) = recognitions.rows()
    assert (row.certificate_number, row.recognised) == (2, True)


def test_an_assessment_is_done_again_once_its_certificate_is_withdrawn(
    application: Application, recognised: Recognition
) -> None:
    assessments, key = application.assessments, recognised.assessment_id
    certificate = application.recognitions.issue(recognised.id, TODAY).record
    with pytest.raises(AssessmentRecognised):
        assessments.reopen(key, "Phát hiện vụ việc")
    application.recognitions.withdraw(certificate.id, TODAY, "Phát hiện vụ việc")
    assessments.reopen(key, "Phát hiện vụ việc")
    assessments.answer(key, "k3-6", 1, "Biên bản ngày 19/11")
    assert assessments.finalise(key, TODAY).record.result == "not_met"
    with pytest.raises(NotRecognisable):
        application.recognitions.recognise(key, "431/QĐ-UBND", TODAY)
    assert application.recognitions.decisions(key) == [recognised]


def test_the_same_decision_once_more_after_a_withdrawal_is_no_second_one(
    application: Application, recognised: Recognition
) -> None:
    recognitions = application.recognitions
    first = recognitions.issue(recognised.id, TODAY).record
    recognitions.withdraw(first.id, TODAY, "In sai tên")
    with pytest.raises(Invalid):  # the paper of 18/11 was not written after the withdrawal
        recognitions.recognise(recognised.assessment_id, "431/QĐ-UBND", DECIDED)
    again = recognitions.recognise(recognised.assessment_id, "412/QĐ-UBND", DECIDED)
    assert (again.record, bool(again.changes)) == (recognised, False)
    assert recognitions.issue(recognised.id, TODAY).record.number == 2
    assert recognitions.decisions(recognised.assessment_id) == [recognised]


def test_many_units_are_recognised_at_once_with_a_result_for_each(
    application: Application, area: ResidentialArea, school: Unit, agency: Unit, assess: Assess
) -> None:
    good, bad = assess(area.id), assess(school.id, "school")
    draft = application.assessments.start(agency.id, unit_kind="agency").record
    with application.recognitions._store.writing("An") as work:
        work.save(replace(school, managed=False))
        work.commit()
    seen: list[tuple[int, int, str]] = []
    results = application.recognitions.recognise_all(
        [good.id, bad.id, draft.id, "no such"],
        "412/QĐ-UBND",
        DECIDED,
        signer="Hà Thị Lan",
        progress=Progress(lambda done, total, what: seen.append((done, total, what))),
    )
    assert [(row.id, row.name, type(row.failure)) for row in results] == [
        (good.id, "Xóm Bãi Chạo", type(None)),
        (bad.id, "THCS Kim Bôi", UnitNotManaged),
        (draft.id, "Bưu điện Kim Bôi", NotRecognisable),
        ("no such", "no such", NotFound),
    ]
    assert results[0].written is not None
    assert results[0].written.record.signer == "Hà Thị Lan"
    assert seen[:2] == [(0, 4, "Xóm Bãi Chạo"), (1, 4, "THCS Kim Bôi")]
    (row,) = application.recognitions.rows(2026)[:1]
    assert row.decision_number == "412/QĐ-UBND"


def test_certificates_are_issued_in_the_order_asked_and_a_refused_one_takes_no_number(
    application: Application, area: ResidentialArea, school: Unit, agency: Unit, assess: Assess
) -> None:
    recognitions = application.recognitions
    assessed = [assess(agency.id, "agency"), assess(area.id), assess(school.id, "school")]
    decided = recognitions.recognise_all([each.id for each in assessed], "412/QĐ-UBND", DECIDED)
    ids = [row.written.record.id for row in decided if row.written is not None]
    recognitions.issue(ids[1], TODAY)
    results = recognitions.issue_all(ids, TODAY)
    assert [row.name for row in results] == ["Bưu điện Kim Bôi", "Xóm Bãi Chạo", "THCS Kim Bôi"]
    assert [row.written.record.number if row.written else type(row.failure) for row in results] == [
        2,
        CertificateOut,
        3,
    ]


def test_stopping_keeps_what_was_done_and_says_what_was_not(
    application: Application, area: ResidentialArea, school: Unit, agency: Unit, assess: Assess
) -> None:
    assessed = [assess(area.id), assess(school.id, "school"), assess(agency.id, "agency")]

    def stop_at_the_second(done: int, _total: int, _what: str) -> None:
        if done == 1:
            progress.cancel()

    progress = Progress(stop_at_the_second)
    results = application.recognitions.recognise_all(
        [each.id for each in assessed], "412/QĐ-UBND", DECIDED, progress=progress
    )
    assert [type(row.failure) for row in results] == [type(None), type(None), Cancelled]
    assert [len(application.recognitions.decisions(each.id)) for each in assessed] == [1, 1, 0]
