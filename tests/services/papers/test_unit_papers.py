"""The papers of a unit's year say what was recorded of it, leave open what was not, and stand in the journal."""

import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from antq_desktop.documents.pdf import NothingToPrint, Overprint
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_scope import UnitExcluded
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.papers.press import UnknownPaperKind
from antq_desktop.services.papers.unit_papers import (
    JOINT_FORMS,
    UNIT_FORMS,
    CommuneApart,
    NotAUnitPaper,
    NothingToSign,
    NotPutForward,
)
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.services.yearly.recognitions import CertificateNotOurs
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

COMMUNE = UnitKey("commune", "04978")
Assess = Callable[..., SelfAssessment]
ListUnit = Callable[..., Unit]


def text_of(path: Path) -> str:
    """Return the text of all pages, its lines joined by single spaces."""
    with closing(pypdfium2.PdfDocument(path.read_bytes())) as document:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            text_page.close()
            page.close()
    return " ".join(" ".join(texts).split())


def journalled(application: Application) -> list[tuple[str, str, str]]:
    lines = application.journal.page(JournalFilter(action="printed"), Window(sort="at"))
    return [(line.entity, line.entity_id, line.changes["form"]) for line in lines]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "giay.pdf"


@pytest.fixture
def key(area: ResidentialArea) -> UnitKey:
    return UnitKey("residential_area", area.id)


@pytest.fixture
def assess(application: Application, good_answers: Callable[..., dict[str, Given]]) -> Assess:
    """Return what assesses a unit as met (or not), finished on 17/11/2026."""

    def assessed(key: UnitKey, *, met: bool = True) -> SelfAssessment:
        assessments = application.assessments
        draft = assessments.start(key.id, unit_kind=key.kind).record
        answers = good_answers(assessments.catalogue(draft.id))
        if not met:
            answers["k2-chap-hanh"] = Given(value=False)
        assessments.answer_all(draft.id, answers)
        return assessments.finalise(draft.id, date(2026, 11, 17)).record

    return assessed


@pytest.fixture
def school(list_unit: ListUnit) -> UnitKey:
    unit = list_unit(
        "school", "Trường Trung học cơ sở Kim Bôi", "trung-hoc-co-so", address="Khu Bo, xã Kim Bôi"
    )
    return UnitKey("school", unit.id)


def test_a_registration_says_what_was_recorded_and_to_whom(
    application: Application, key: UnitKey, settle: Callable[..., object], out: Path
) -> None:
    settle(key.id, "Bùi Văn Ánh", "Quách Thị An")
    application.year_board.record(key, 2026, "resolution", date(2026, 1, 20), number="03-NQ/CB")
    application.year_board.record(key, 2026, "registration", date(2026, 2, 5))
    done = application.printing.unit_papers("unit-registration", [key], 2026, out)
    assert (done.pages, done.records, done.missing_glyphs) == (1, 1, ())
    text = text_of(out)
    for said in (
        "XÃ KIM BÔI",
        "KHU DÂN CƯ XÓM BÃI CHẠO",
        "BẢN ĐĂNG KÝ Xây dựng khu dân cư đạt tiêu chuẩn “An toàn về an ninh, trật tự” năm 2026",
        "Kính gửi: Ủy ban nhân dân xã Kim Bôi",
        "Đơn vị đăng ký: Khu dân cư xóm Bãi Chạo",
        "Số hộ đang cư trú: 2",
        "Căn cứ Nghị quyết của chi bộ số 03-NQ/CB ngày 20/01/2026;",
        "Kim Bôi, ngày 05 tháng 02 năm 2026",
        "từ ngày 01/11/2025 đến ngày 31/10/2026",
        "BÍ THƯ CHI BỘ",
        "TRƯỞNG XÓM",
    ):
        assert said in text
    assert journalled(application) == [("residential_areas", key.id, "unit-registration")]


def test_a_registration_before_its_day_is_known_leaves_it_open(
    application: Application, school: UnitKey, out: Path
) -> None:
    application.printing.unit_papers("unit-registration", [school], 2026, out)
    text = text_of(out)
    assert "Kim Bôi, ngày ...... tháng ...... năm 2026" in text
    assert "từ ngày 16/11/2025 đến ngày 15/11/2026" in text
    assert "HIỆU TRƯỞNG" in text
    assert "Khu Bo, xã Kim Bôi" in text
    for absent in ("BÍ THƯ CHI BỘ", "Số hộ đang cư trú", "Căn cứ Nghị quyết"):
        assert absent not in text


@pytest.fixture
def one_of_each(school: UnitKey, key: UnitKey) -> tuple[UnitKey, ...]:
    return (school, key, COMMUNE)


@pytest.mark.parametrize("form", [*UNIT_FORMS, *JOINT_FORMS])
@pytest.mark.parametrize("suffix", [".pdf", ".docx"])
def test_each_paper_can_be_had_of_each_kind_of_unit_before_anything_is_recorded(
    application: Application, one_of_each: tuple[UnitKey, ...], tmp_path: Path, form: str, suffix: str
) -> None:
    for number, unit in enumerate(one_of_each):
        made = tmp_path / f"{number}{suffix}"
        done = application.printing.unit_papers(form, [unit], 2026, made)
        assert (done.records, done.missing_glyphs) == (1, ())
        assert zipfile.is_zipfile(made) if suffix == ".docx" else made.read_bytes().startswith(b"%PDF")


def test_minutes_and_report_follow_from_steps_answers_and_occurrences(
    application: Application, key: UnitKey, assess: Assess, out: Path
) -> None:
    board = application.year_board
    board.record_occurrence(key, "k3-6", date(2026, 4, 17), 1, "Biên bản số 11/BB-CAX")
    assess(key)
    board.record(key, 2026, "meeting", date(2026, 11, 18), number="02/BB", outcome="agreed")
    board.record(key, 2026, "result_report", date(2026, 11, 19), number="04/BC")
    application.printing.unit_papers("meeting-minutes", [key], 2026, out)
    text = text_of(out)
    assert "Số: 02/BB" in text
    assert "ngày 18 tháng 11 năm 2026" in text
    application.printing.unit_papers("result-report", [key], 2026, out)
    text = text_of(out)
    for said in (
        "Số: 04/BC",
        "Kim Bôi, ngày 19 tháng 11 năm 2026",
        "17/04/2026",
        "Biên bản số 11/BB-CAX",
        "1. Họp đánh giá, lập biên bản số 02/BB ngày 18/11/2026.",
        "Đề nghị Ủy ban nhân dân xã Kim Bôi xem xét, công nhận Khu dân cư xóm Bãi Chạo",
    ):
        assert said in text
    assert "Sổ theo dõi không ghi vụ việc nào" not in text


def test_an_assessment_shows_occurrences_and_the_official_wording_typed_in(
    application: Application, key: UnitKey, out: Path
) -> None:
    draft = application.assessments.start(key.id).record
    catalogue = application.assessments.catalogue(draft.id)
    unseen = [item for item in catalogue.items if not item.compared]
    application.official_texts.put(catalogue.id, unseen[0].id, "Lời văn chép từ bản gốc", "Công báo")
    application.year_board.record_occurrence(key, "k3-6", date(2026, 4, 17), 2, "Biên bản số 11/BB-CAX")
    application.printing.assessment(draft.id, out)
    text = text_of(out)
    assert "Văn bản gốc: Lời văn chép từ bản gốc" in text
    assert "Vụ việc đã ghi trong kỳ" in text
    assert f"Có {len(unseen) - 1} tiêu chí ghi “chưa đối chiếu văn bản gốc”" in text


def test_what_was_recorded_after_finishing_stands_apart(
    application: Application, key: UnitKey, assess: Assess, out: Path
) -> None:
    board = application.year_board
    board.record_occurrence(key, "k3-6", date(2026, 4, 17), 1, "Biên bản số 11/BB-CAX")
    kept = assess(key)
    application.printing.assessment(kept.id, out)
    assert "ghi hoặc sửa sau khi" not in text_of(out)
    board.record_occurrence(key, "k3-6", date(2026, 5, 2), 1, "Biên bản số 12/BB-CAX")
    application.printing.assessment(kept.id, out)
    before, later = text_of(out).split("Vụ việc ghi hoặc sửa sau khi bản tự đánh giá này hoàn thành")
    assert "số 11/BB-CAX" in before
    assert "số 12/BB-CAX" not in before
    assert "số 12/BB-CAX" in later


def test_reasons_are_given_only_where_the_criteria_are_not_met(  # noqa: PLR0917 - fixtures
    application: Application,
    key: UnitKey,
    assess: Assess,
    list_unit: ListUnit,
    good_answers: Callable[..., dict[str, Given]],
    out: Path,
) -> None:
    agency, assessments = (
        list_unit("agency", "Trạm Y tế Kim Bôi", "don-vi-su-nghiep"),
        application.assessments,
    )
    draft = assessments.start(agency.id, unit_kind="agency").record
    spared = good_answers(assessments.catalogue(draft.id), leave=["k1-nghi-quyet"])
    assert assessments.answer_all(draft.id, spared).record.result == "met"
    application.printing.assessment(draft.id, out)
    assert "Lý do chưa đạt" not in text_of(out)
    application.printing.assessment(assess(key, met=False).id, out)
    text = text_of(out)
    assert "Lý do chưa đạt" in text
    assert text.count("Điều 4 khoản 2: ") == 1


def test_a_criterion_nobody_here_has_seen_is_answered_by_the_official_text(
    application: Application, key: UnitKey, assess: Assess, out: Path
) -> None:
    application.printing.assessment(assess(key).id, out)
    text = text_of(out)
    assert "Đạt theo văn bản gốc" in text
    assert "Căn cứ đánh giá: Điều 4 Thông tư số 124/2021/TT-BCA" in text
    application.printing.unit_papers("unit-registration", [key], 2026, out)
    text = text_of(out)
    assert "Khoản 4 Điều 4" in text
    assert "theo văn bản gốc" not in text.split("Mẫu tham khảo")[0]


def test_an_appraisal_ticks_the_papers_that_are_there(
    application: Application, key: UnitKey, assess: Assess, out: Path
) -> None:
    assess(key)
    application.year_board.record(key, 2026, "meeting", date(2026, 11, 18), outcome="agreed")
    application.year_board.record(key, 2026, "submission_letter", date(2026, 11, 19), number="31/TTr-CAX")
    application.printing.unit_papers("appraisal-slip", [key], 2026, out)
    text = text_of(out)
    assert "Tự đánh giá 17/11/2026" in text
    assert "Tờ trình đề nghị công nhận Số 31/TTr-CAX, ngày 19/11/2026" in text
    assert "TRƯỞNG CÔNG AN XÃ" in text


def test_letter_and_list_name_all_units_under_one_number(
    application: Application, key: UnitKey, school: UnitKey, assess: Assess, out: Path
) -> None:
    for unit in (key, school):
        assess(unit)
        application.year_board.record(
            unit, 2026, "submission_letter", date(2026, 11, 19), number="31/TTr-CAX"
        )
    application.printing.unit_papers("submission-letter", [key, school], 2026, out)
    text = text_of(out)
    for said in (
        "Số: 31/TTr-CAX",
        "Kính gửi: Ủy ban nhân dân xã Kim Bôi",
        "công nhận 2 đơn vị đạt tiêu chuẩn",
    ):
        assert said in text
    application.printing.unit_papers("nomination-list", [key, school], 2026, out)
    text = text_of(out)
    for said in (
        "(Kèm theo Tờ trình số 31/TTr-CAX ngày 19 tháng 11 năm 2026",
        "1 Xóm Bãi Chạo Khu dân cư Xã Kim Bôi",
        "2 Trường Trung học cơ sở Kim Bôi Cơ sở giáo dục Khu Bo, xã Kim Bôi",
        "Danh sách có 2 đơn vị",
    ):
        assert said in text
    assert journalled(application)[-2:] == [
        ("residential_areas", key.id, "nomination-list"),
        ("listed_units", school.id, "nomination-list"),
    ]


def test_a_letter_speaks_of_whole_dossiers_only_when_each_is_whole(
    application: Application, key: UnitKey, school: UnitKey, assess: Assess, out: Path
) -> None:
    board = application.year_board
    for unit in (key, school):
        assess(unit)
        board.record(unit, 2026, "meeting", date(2026, 11, 18), outcome="agreed")
    board.record(key, 2026, "result_report", date(2026, 11, 18))
    application.printing.unit_papers("submission-letter", [key, school], 2026, out)
    text = text_of(out)
    assert "đủ hồ sơ" not in text
    assert "2 đơn vị tự đánh giá Đạt các tiêu chí" in text
    enclosed = "bản tự đánh giá, biên bản họp của từng đơn vị; báo cáo kết quả của 1 đơn vị.)"
    assert f"(Gửi kèm: danh sách đơn vị đề nghị; {enclosed}" in text
    board.record(school, 2026, "result_report", date(2026, 11, 18))
    application.printing.unit_papers("submission-letter", [key, school], 2026, out)
    assert "thấy 2 đơn vị có đủ hồ sơ, tự đánh giá Đạt" in text_of(out)


def test_a_letter_on_a_unit_that_did_not_finish_says_nothing_of_its_result(
    application: Application, key: UnitKey, out: Path
) -> None:
    application.printing.unit_papers("submission-letter", [key], 2026, out)
    text = text_of(out)
    for absent in ("đủ hồ sơ", "tự đánh giá Đạt", "Gửi kèm"):
        assert absent not in text


@pytest.mark.parametrize("step", ["meeting", "appraised"])
@pytest.mark.parametrize("form", JOINT_FORMS)
def test_who_was_not_agreed_on_stands_in_no_letter_and_list(  # noqa: PLR0917 - fixtures, two cases
    application: Application, key: UnitKey, school: UnitKey, assess: Assess, out: Path, step: str, form: str
) -> None:
    for unit in (key, school):
        assess(unit)
    application.year_board.record(school, 2026, step, date(2026, 11, 18), outcome="not_agreed")
    done = application.printing.unit_papers(form, [school, key], 2026, out)
    assert [(each.name, type(each.failure)) for each in done.results] == [
        ("", type(None)),
        ("Trường Trung học cơ sở Kim Bôi", NotPutForward),
    ]
    assert "học" not in text_of(out)
    assert {line[1] for line in journalled(application)} == {key.id}
    out.unlink()
    with pytest.raises(NotPutForward):
        application.printing.unit_papers(form, [school], 2026, out)
    assert not out.exists()


def test_the_commune_goes_to_the_level_above_in_a_letter_of_its_own(
    application: Application, key: UnitKey, out: Path
) -> None:
    with pytest.raises(CommuneApart):
        application.printing.unit_papers("submission-letter", [key, COMMUNE], 2026, out)
    application.printing.unit_papers("submission-letter", [COMMUNE], 2026, out)
    text = text_of(out)
    assert "Kính gửi: Ủy ban nhân dân tỉnh Phú Thọ" in text
    assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in text
    assert "Đinh Công Thắng" in text
    assert "công nhận xã Kim Bôi đạt tiêu chuẩn" in text


def test_the_commune_speaks_of_itself_in_its_own_letter(
    application: Application, assess: Assess, out: Path
) -> None:
    assess(COMMUNE)
    application.printing.unit_papers("submission-letter", [COMMUNE], 2026, out)
    text = text_of(out)
    said = "Ủy ban nhân dân xã Kim Bôi đã tự đánh giá và thấy xã Kim Bôi đạt các tiêu chí"
    assert said in text
    assert "đã xem xét hồ sơ" not in text


def test_a_decision_is_printed_to_be_signed_and_again_once_it_has_a_number(
    application: Application, key: UnitKey, school: UnitKey, assess: Assess, out: Path
) -> None:
    kept = [assess(unit) for unit in (key, school)]
    application.printing.decision_to_sign(2026, out)
    text = text_of(out)
    assert "Số: ......./QĐ-UBND" in text
    assert "Công nhận 2 đơn vị đạt tiêu chuẩn" in text
    for one in kept:
        application.recognitions.recognise(one.id, "412/QĐ-UBND", date(2026, 11, 18))
    with pytest.raises(NothingToSign):
        application.printing.decision_to_sign(2026, out)
    application.printing.decision(" 412/QĐ-UBND ", 2026, out)
    text = text_of(out)
    for said in (
        "ỦY BAN NHÂN DÂN XÃ KIM BÔI",
        "Số: 412/QĐ-UBND",
        "Kim Bôi, ngày 18 tháng 11 năm 2026",
        "Trường Trung học cơ sở Kim Bôi",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
    ):
        assert said in text
    with pytest.raises(NotFound):
        application.printing.decision("413/QĐ-UBND", 2026, out)


def test_a_decision_on_one_unit_names_it_and_has_no_list(
    application: Application, key: UnitKey, assess: Assess, out: Path
) -> None:
    application.recognitions.recognise(
        assess(key).id, "412/QĐ-UBND", date(2026, 11, 18), signer="Bùi Thị Minh", signer_post="Phó Chủ tịch"
    )
    done = application.printing.decision("412/QĐ-UBND", 2026, out)
    assert done.pages == 1
    text = text_of(out)
    assert "Công nhận Khu dân cư xóm Bãi Chạo đạt tiêu chuẩn" in text
    assert "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in text
    assert "DANH SÁCH" not in text


def test_a_certificate_before_it_is_issued_is_a_draft_without_number_and_code(
    application: Application, key: UnitKey, assess: Assess, out: Path
) -> None:
    kept = assess(key)
    application.printing.certificate_draft(kept.id, out)
    text = text_of(out)
    for said in ("BẢN NHÁP", "Số: ......./GCN", "Khu dân cư xóm Bãi Chạo", "Quyết định số ......./QĐ-UBND"):
        assert said in text
    assert "Mã kiểm tra" not in text
    application.recognitions.recognise(kept.id, "412/QĐ-UBND", date(2026, 11, 18))
    application.printing.certificate_draft(kept.id, out)
    assert "Quyết định số 412/QĐ-UBND ngày 18 tháng 11 năm 2026" in text_of(out)


def test_drafts_of_many_go_into_one_file_with_a_result_each(
    application: Application, key: UnitKey, school: UnitKey, assess: Assess, out: Path
) -> None:
    ids = [assess(unit).id for unit in (key, school)]
    commune = application.assessments.start(COMMUNE.id, unit_kind="commune").record
    told: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _what: told.append((done, total)))
    asked = [ids[0], commune.id, "no such assessment", ids[1]]
    done = application.printing.certificate_drafts(asked, out, progress)
    assert (done.pages, done.records) == (2, 2)
    assert [(each.number, each.first_page, type(each.failure)) for each in done.results] == [
        (1, 1, type(None)),
        (2, 0, CertificateNotOurs),
        (3, 0, NotFound),
        (4, 2, type(None)),
    ]
    assert [each.name for each in done.results] == [
        "Xóm Bãi Chạo",
        "Xã Kim Bôi",
        "no such assessment",
        "Trường Trung học cơ sở Kim Bôi",
    ]
    assert text_of(out).count("BẢN NHÁP") == 2
    assert told[-1] == (2, 2)
    noted = [
        (line.action, line.entity_id, line.note)
        for line in application.journal.page(JournalFilter(entity="self_assessments"), Window(sort="at"))
        if line.action.startswith("print")
    ]
    assert sorted(noted) == sorted(
        [
            ("printed", ids[0], ""),
            ("printed", ids[1], ""),
            ("print_failed", commune.id, "certificate-not-ours"),
            ("print_failed", "no such assessment", "not-found"),
        ]
    )


def test_no_draft_at_all_writes_nothing(application: Application, out: Path) -> None:
    with pytest.raises(NothingToPrint):
        application.printing.certificate_drafts([], out)
    assert not out.exists()


def test_the_certificate_of_the_commune_is_not_ours(
    application: Application, assess: Assess, out: Path
) -> None:
    draft = application.assessments.start(COMMUNE.id, unit_kind="commune").record
    with pytest.raises(CertificateNotOurs):
        application.printing.certificate_draft(draft.id, out)
    assert not out.exists()


def test_over_a_blank_only_what_it_lacks_is_printed(
    application: Application, key: UnitKey, assess: Assess, out: Path, tmp_path: Path
) -> None:
    decision = application.recognitions.recognise(assess(key).id, "412/QĐ-UBND", date(2026, 11, 18)).record
    certificate = application.recognitions.issue(decision.id, date(2026, 11, 20)).record
    application.printing.certificates([certificate.id], out, overprint=Overprint(1.5, -2.0))
    text = text_of(out)
    assert "Khu dân cư xóm Bãi Chạo" in text
    assert "GIẤY CÔNG NHẬN" not in text
    assert "CỘNG HÒA" not in text
    with pytest.raises(UnknownPaperKind):
        application.printing.certificates(
            [certificate.id], tmp_path / "giay.docx", reason="In lại", overprint=Overprint()
        )


def test_the_test_sheet_says_which_printer_and_offset(
    application: Application, out: Path, tmp_path: Path
) -> None:
    application.printing.overprint_test(out, Overprint(-1.5, 2.0), "Canon LBP2900")
    text = text_of(out)
    assert "Máy in: Canon LBP2900" in text
    assert "Đang dịch ngang: -1,5 mm" in text
    assert "Đang dịch dọc: 2 mm" in text
    with pytest.raises(UnknownPaperKind):
        application.printing.overprint_test(tmp_path / "thu.docx", Overprint())


def test_looking_again_at_a_paper_is_journalled(application: Application, key: UnitKey) -> None:
    application.printing.viewed("residential_areas", key.id, "unit-registration")
    (line,) = application.journal.page(JournalFilter(action="viewed"), Window())
    assert (line.entity_id, line.changes) == (key.id, {"form": "unit-registration"})


def test_staff_told_and_a_plan_stand_in_the_papers_of_an_enterprise(
    application: Application, list_unit: ListUnit, out: Path
) -> None:
    unit = list_unit("enterprise", "Công ty May Kim Bôi", "vua")
    enterprise, board = UnitKey("enterprise", unit.id), application.year_board
    board.record(enterprise, 2026, "plan", date(2026, 1, 25), number="12/KH-CT")
    board.record(enterprise, 2026, "staff_told", date(2026, 3, 1), part=118, whole=120)
    application.printing.unit_papers("unit-registration", [enterprise], 2026, out)
    assert "Căn cứ Kế hoạch bảo đảm an ninh, trật tự số 12/KH-CT ngày 25/01/2026;" in text_of(out)
    application.printing.unit_papers("result-report", [enterprise], 2026, out)
    assert "ngày 01/03/2026: 118/120 (98,33 %)." in text_of(out)


def test_the_commune_registers_as_what_it_is(application: Application, out: Path) -> None:
    application.printing.unit_papers("unit-registration", [COMMUNE], 2026, out)
    text = text_of(out)
    assert "Xây dựng xã đạt tiêu chuẩn" in text
    assert "(Điều 5 khoản 1)" in text


def test_what_is_no_paper_of_a_unit_is_refused(application: Application, key: UnitKey, out: Path) -> None:
    with pytest.raises(NotAUnitPaper):
        application.printing.unit_papers("certificate", [key], 2026, out)
    with pytest.raises(NothingToPrint):
        application.printing.unit_papers("nomination-list", [], 2026, out)
    with pytest.raises(UnknownPaperKind) as refused:
        application.printing.unit_papers("unit-registration", [key], 2026, out.with_suffix(".odt"))
    assert refused.value.facts == {"kinds": ".pdf, .docx", "suffix": ".odt"}
    with pytest.raises(NotFound):
        application.printing.unit_papers("unit-registration", [UnitKey("school", "no such")], 2026, out)


def test_a_unit_that_the_circular_leaves_out_is_in_no_decision(
    application: Application, key: UnitKey, assess: Assess, list_unit: ListUnit, out: Path
) -> None:
    assess(key)
    small = list_unit("school", "Trường Mầm non Kim Bôi", "mam-non")
    with pytest.raises(UnitExcluded):
        application.assessments.start(small.id, unit_kind="school")
    application.printing.decision_to_sign(2026, out)
    assert "Mầm non" not in text_of(out)
