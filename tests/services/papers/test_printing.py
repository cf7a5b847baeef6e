"""Papers come out as real PDFs that say the right things, and the journal knows of each print and each failure."""

import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from antq_desktop.documents.output import PaperNotWritten
from antq_desktop.documents.pdf import NothingToPrint
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.errors import Cancelled, NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.exchange.keys import key_id, public_of
from antq_desktop.exchange.summary import SummaryRefused, open_summary
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import device_keys
from antq_desktop.services.papers import certificate_papers
from antq_desktop.services.papers.printing import ReprintNeedsReason, WithdrawnNotPrinted
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.services.yearly.certificate_facts import CertificateFacts, facts_of
from antq_desktop.storage.queries.journal import JournalFilter, JournalRow
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
Award = Callable[..., Certificate]
GoodAnswers = Callable[..., dict[str, Given]]
TODAY = date(2026, 11, 20)


def pages(path: Path) -> list[str]:
    """Return the text of each page, its lines joined by single spaces."""
    with closing(pypdfium2.PdfDocument(path.read_bytes())) as document:
        texts = []
        for page in document:
            text_page = page.get_textpage()
            texts.append(" ".join(text_page.get_text_range().split()))
            text_page.close()
            page.close()
    assert all(unicodedata.is_normalized("NFC", text) for text in texts)
    return texts


def codes(path: Path) -> list[str]:
    """Return what a scanner reads off each page."""
    found = []
    with closing(pypdfium2.PdfDocument(path.read_bytes())) as document:
        for page in document:
            bitmap = page.render(scale=300 / 72, grayscale=True)
            raw, width, height = bytes(bitmap.buffer), bitmap.width, bitmap.height
            rows = [raw[start : start + width] for start in range(0, height * bitmap.stride, bitmap.stride)]
            picture = memoryview(b"".join(rows)).cast("B", (height, width))
            found += [code.text for code in zxingcpp.read_barcodes(picture)]
            bitmap.close()
            page.close()
    return found


def lines(application: Application, action: str, entity_id: str = "") -> list[JournalRow]:
    """Return the journal's lines of an action, oldest first."""
    which = JournalFilter(entity_id=entity_id, action=action)
    return application.journal.page(which, Window(sort="at"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "giay.pdf"


@pytest.fixture
def readonly(tmp_path: Path) -> Iterator[Path]:
    """Return a folder into which nothing can be written."""
    folder = tmp_path / "khoa"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(folder, os.W_OK):
        # The administrator writes everywhere; a file in the way stops him too.
        folder.rmdir()
        folder.write_bytes(b"")
    yield folder
    folder.chmod(stat.S_IRWXU)


@pytest.fixture
def award(application: Application, good_answers: GoodAnswers) -> Award:
    """Return what assesses, recognises and issues a certificate for a new area: ``award("Xóm Mớ Đá")``."""

    def awarded(name: str) -> Certificate:
        made = application.territory.add(name, "xóm", date(2020, 1, 1)).record
        assessments = application.assessments
        draft = assessments.start(made.id).record
        answers = good_answers(assessments.catalogue(draft.id))
        assessments.answer_all(draft.id, answers)
        assessments.finalise(draft.id, date(2026, 11, 5))
        recognition = application.recognitions.recognise(draft.id, "412/QĐ-UBND", date(2026, 11, 18)).record
        return application.recognitions.issue(recognition.id, TODAY).record

    return awarded


# Commitments


def test_the_form_of_a_household_carries_what_is_known_of_it(
    application: Application, area: ResidentialArea, out: Path
) -> None:
    home = application.households.save(
        Household(
            id="",
            unit_code="",
            area_id=area.id,
            head="Bùi Thị Hường",
            birth="1979-08-17",
            citizen_id="017179004862",
            members=5,
            phone="0987412306",
            address="Số 14, đường Bờ Suối",
        )
    ).record
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 2, 24))
    done = application.printing.commitments(out, campaign.id, household_ids=[home.id])
    assert (done.pages, done.records, done.missing_glyphs) == (1, 1, ())
    (text,) = pages(out)
    for said in (
        "BẢN ĐĂNG KÝ, CAM KẾT",
        "“An toàn về an ninh, trật tự” năm 2026",
        "Kính gửi: Công an xã Kim Bôi, tỉnh Phú Thọ",
        "Họ và tên chủ hộ (người đại diện): BÙI THỊ HƯỜNG",
        "Ngày sinh: 17/08/1979",
        "Số định danh cá nhân: 017179004862",
        "Nơi cư trú: Số 14, đường Bờ Suối",
        "Khu dân cư: Xóm Bãi Chạo, xã Kim Bôi, tỉnh Phú Thọ",
        "Số nhân khẩu đang cư trú: 5",
        "Ngày 24 tháng 02 năm 2026",
        "TRƯỞNG XÓM",
    ):
        assert said in text
    (line,) = lines(application, "printed")
    assert (line.entity, line.entity_id, line.user) == ("campaigns", campaign.id, "Bùi Văn An")
    assert line.changes == {"form": "household-commitment", "file": "giay.pdf"}


def test_forms_of_one_area_and_of_all_come_by_area_and_given_name(
    application: Application, area: ResidentialArea, settle: Settle, out: Path
) -> None:
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    settle(area.id, "Bùi Văn Ánh", "Quách Thị An", "Hà Văn Cò")
    (moved, _stays) = settle(other.id, "Lê Thị Em", "Đinh Công Dũng")
    application.households.move_away_many([moved.id], date(2026, 5, 1))
    campaign = application.commitments.yearly().id

    def heads() -> list[str]:
        marks = ("QUÁCH THỊ AN", "BÙI VĂN ÁNH", "HÀ VĂN CÒ", "ĐINH CÔNG DŨNG", "LÊ THỊ EM")
        return [next(mark for mark in marks if mark in text) for text in pages(out)]

    reported: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _what: reported.append((done, total)))
    application.printing.commitments(out, campaign, area_id=area.id, progress=progress)
    assert heads() == ["QUÁCH THỊ AN", "BÙI VĂN ÁNH", "HÀ VĂN CÒ"]
    assert reported[-1] == (3, 3)
    application.printing.commitments(out, campaign)
    assert heads() == ["QUÁCH THỊ AN", "BÙI VĂN ÁNH", "HÀ VĂN CÒ", "ĐINH CÔNG DŨNG"]


def test_a_thematic_campaign_prints_its_own_pledges(
    application: Application, area: ResidentialArea, settle: Settle, out: Path
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    campaign = application.commitments.add_campaign("phao", "Cam kết không đốt pháo Tết").record
    application.printing.commitments(out, campaign.id, household_ids=[home.id])
    (text,) = pages(out)
    assert "Cam kết không đốt pháo Tết" in text
    assert "An toàn về an ninh, trật tự" not in text
    for pledge in application.catalogues.campaigns.kinds["phao"].pledges:
        assert pledge in text
    assert "Tham gia mô hình tự quản" not in text


def test_without_a_household_nothing_is_printed(
    application: Application, area: ResidentialArea, out: Path
) -> None:
    campaign = application.commitments.yearly().id
    for area_id, households in ((area.id, None), (None, []), (None, None)):
        with pytest.raises(NothingToPrint):
            application.printing.commitments(out, campaign, area_id=area_id, household_ids=households)
    with pytest.raises(NotFound):
        application.printing.commitments(out, "no such campaign")
    assert not out.exists()


def test_stopping_a_batch_leaves_no_file(
    application: Application, area: ResidentialArea, settle: Settle, out: Path
) -> None:
    settle(area.id, "Bùi Văn Ánh", "Quách Thị An")
    campaign = application.commitments.yearly().id
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        application.printing.commitments(out, campaign, progress=progress)
    assert list(out.parent.glob("*.pdf")) == []
    assert [line.note for line in lines(application, "print_failed")] == ["cancelled"]


# Assessments


def test_an_assessment_is_a_draft_until_it_is_finished(
    application: Application, area: ResidentialArea, settle: Settle, good_answers: GoodAnswers, out: Path
) -> None:
    (home,) = settle(area.id, "Bùi Văn Ánh")
    campaign = application.commitments.yearly().id
    application.commitments.record(home.id, campaign, CommitmentState.SIGNED, date(2026, 2, 10))
    draft = application.assessments.start(area.id).record
    application.printing.assessment(draft.id, out)
    text = " ".join(pages(out))
    assert "BẢN NHÁP" in text
    assert "Chưa đối chiếu văn bản gốc" in text
    for said in (
        "BẢN TỰ ĐÁNH GIÁ",
        "Đơn vị được đánh giá: Khu dân cư xóm Bãi Chạo",
        "Xã Kim Bôi, tỉnh Phú Thọ",
        "Dữ liệu của xã",
        "1/1",
    ):
        assert said in text

    given = good_answers(application.assessments.catalogue(draft.id), leave=["k1-ho-dang-ky"])
    application.assessments.answer_all(draft.id, given)
    application.assessments.finalise(draft.id, date(2026, 11, 5))
    application.printing.assessment(draft.id, out)
    text = " ".join(pages(out))
    assert "BẢN NHÁP" not in text
    assert "Kim Bôi, ngày 05 tháng 11 năm 2026" in text
    assert "Lý do chưa đạt" not in text
    assert [line.entity_id for line in lines(application, "printed")] == [draft.id, draft.id]


def test_a_failed_assessment_says_why_once_all_is_answered(
    application: Application, area: ResidentialArea, settle: Settle, good_answers: GoodAnswers, out: Path
) -> None:
    settle(area.id, "Bùi Văn Ánh", "Quách Thị An")
    draft = application.assessments.start(area.id).record
    application.printing.assessment(draft.id, out)
    assert "Lý do chưa đạt" not in " ".join(pages(out))
    given = good_answers(application.assessments.catalogue(draft.id), leave=["k1-ho-dang-ky"])
    application.assessments.answer_all(draft.id, given)
    application.printing.assessment(draft.id, out)
    text = " ".join(pages(out))
    assert "Lý do chưa đạt" in text
    assert "0/2" in text


# Certificates


def test_a_certificate_carries_a_code_that_only_this_laptop_can_make(
    application: Application, award: Award, out: Path
) -> None:
    certificate = award("Xóm Mớ Đá")
    application.printing.certificates([certificate.id], out)
    (text,) = pages(out)
    for said in (
        "ỦY BAN NHÂN DÂN XÃ KIM BÔI",
        "Số: 01/GCN",
        "GIẤY CÔNG NHẬN",
        "Khu dân cư xóm Mớ Đá",
        "Quyết định số 412/QĐ-UBND ngày 18 tháng 11 năm 2026",
        "Kim Bôi, ngày 20 tháng 11 năm 2026",
        "CHỦ TỊCH",
        "Đinh Công Thắng",
    ):
        assert said in text
    with closing(pypdfium2.PdfDocument(out.read_bytes())) as document:
        width, height = document.get_page_size(0)
    assert width > height

    (code,) = codes(out)
    with application.recognitions._store.reading() as work:
        keys = device_keys.find(work)
    assert keys is not None
    public = public_of(keys.sign_seed)
    known = {key_id(public)[:16]: public}
    assert open_summary(code, known.get) == {
        "k": "recognition",
        "u": "04978",
        "y": 2026,
        "n": 1,
        "r": "Xóm Mớ Đá",
        "q": "412/QĐ-UBND",
        "d": "2026-11-20",
    }
    with pytest.raises(SummaryRefused):
        open_summary(code, lambda _key: None)
    with pytest.raises(SummaryRefused):
        open_summary(code[:-3] + code[-3:][::-1], known.get)


def test_printing_again_asks_why_and_keeps_it(application: Application, award: Award, out: Path) -> None:
    certificate = award("Xóm Mớ Đá")
    application.printing.certificates([certificate.id], out)
    for reason in ("", "   "):
        with pytest.raises(ReprintNeedsReason) as refused:
            application.printing.certificates([certificate.id], out, reason=reason)
    assert refused.value.facts == {"number": "01/GCN"}
    application.printing.certificates([certificate.id], out, reason="  Bản trước bị ướt ")
    notes = [line.note for line in lines(application, "printed", certificate.id)]
    assert notes == ["", "Bản trước bị ướt"]


def test_a_print_that_failed_asks_no_reason(
    application: Application, award: Award, readonly: Path, out: Path
) -> None:
    certificate = award("Xóm Mớ Đá")
    with pytest.raises(PaperNotWritten):
        application.printing.certificates([certificate.id], readonly / "giay.pdf")
    (line,) = lines(application, "print_failed", certificate.id)
    assert (line.entity, line.note, line.changes) == (
        "certificates",
        "paper-not-written",
        {"form": "certificate", "file": "giay.pdf"},
    )
    application.printing.certificates([certificate.id], out)
    assert len(lines(application, "printed", certificate.id)) == 1


def test_a_batch_prints_each_on_a_page_and_notes_each(
    application: Application, award: Award, out: Path
) -> None:
    made = [award(name) for name in ("Xóm Mớ Đá", "Khu Bo", "Xóm Đồng Hoà")]
    done = application.printing.certificates([one.id for one in made], out)
    assert (done.pages, done.records, [result.first_page for result in done.results]) == (3, 3, [1, 2, 3])
    assert [text[text.index("Số:") :][:11].strip() for text in pages(out)] == [
        "Số: 01/GCN",
        "Số: 02/GCN",
        "Số: 03/GCN",
    ]
    assert len(set(codes(out))) == 3
    assert [line.entity_id for line in lines(application, "printed")] == [one.id for one in made]
    # One of them printed before stops the batch before anything is written.
    before = out.read_bytes()
    with pytest.raises(ReprintNeedsReason):
        application.printing.certificates([award("Xóm Cuối").id, made[1].id], out)
    assert out.read_bytes() == before


def test_certificates_are_read_as_they_are_printed_and_a_stop_leaves_no_file(
    application: Application, award: Award, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(certificate_papers, "_CHUNK", 2)
    ids = [award(f"Xóm {place}").id for place in range(5)]
    read: list[str] = []

    def told(certificate: Certificate, recognition: Recognition) -> CertificateFacts:
        read.append(certificate.id)
        return facts_of(certificate, recognition)

    monkeypatch.setattr(certificate_papers, "facts_of", told)
    assert application.printing.certificates(ids, out).pages == 5
    assert read == ids
    assert [text[text.index("Số:") :][:6] for text in pages(out)] == [f"Số: 0{n}" for n in range(1, 6)]
    out.unlink()
    read.clear()
    progress = Progress(lambda done, _total, _what: progress.cancel() if read and done == 2 else None)
    with pytest.raises(Cancelled):
        application.printing.certificates(ids, out, reason="Thử", progress=progress)
    assert read == ids[:4]  # what comes after the stop was never read
    assert not out.exists()


def test_one_that_cannot_be_printed_is_left_out_of_the_batch_and_noted(
    application: Application, award: Award, out: Path
) -> None:
    good, bad = award("Xóm Mớ Đá"), award("Khu Bo")
    recognition = application.recognitions.get(bad.recognition_id)
    with application.recognitions._store.writing("x") as work:
        work.save(replace(recognition, signer_post=""))
        work.commit()
    done = application.printing.certificates([good.id, bad.id], out)
    assert (done.pages, done.records) == (1, 1)
    assert [(result.name, result.failure is None) for result in done.results] == [
        ("Xóm Mớ Đá", True),
        ("Khu Bo", False),
    ]
    assert [line.entity_id for line in lines(application, "printed")] == [good.id]
    assert [(line.entity_id, line.note) for line in lines(application, "print_failed")] == [
        (bad.id, "form-field-missing")
    ]


def test_a_withdrawn_certificate_is_not_printed(application: Application, award: Award, out: Path) -> None:
    certificate = award("Xóm Mớ Đá")
    application.recognitions.withdraw(certificate.id, TODAY, "In sai tên")
    with pytest.raises(WithdrawnNotPrinted) as refused:
        application.printing.certificates([certificate.id], out, reason="Xin in lại")
    assert refused.value.facts == {"number": "01/GCN", "day": "20/11/2026"}
    assert not out.exists()


# Sheets


def test_the_recovery_key_is_printed_and_kept_nowhere(
    application: Application, out: Path, folder: Path
) -> None:
    key = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"
    application.printing.recovery_sheet(key, out)
    (text,) = pages(out)
    assert "".join(key.split("-")) in text.replace("-", "").replace(" ", "")
    assert "Xã Kim Bôi, tỉnh Phú Thọ (04978)" in text
    (line,) = lines(application, "printed")
    assert line.entity == "recovery_key"
    every = application.journal.page(JournalFilter(), Window(limit=1000))
    assert "ABCD" not in repr(every)


def test_a_printed_paper_can_be_looked_at(application: Application, award: Award, out: Path) -> None:
    application.printing.certificates([award("Xóm Mớ Đá").id], out)
    with application.printing.preview(out) as shown:
        assert shown.pages == 1
        image = shown.image(0, 50)
    assert image.width > image.height
    assert "certificate" in application.printing.forms()


def test_what_is_held_on_a_person_is_printed(
    application: Application, area: ResidentialArea, settle: Settle, tmp_path: Path
) -> None:
    (home,) = settle(area.id, "Bùi Thị Hường")
    application.households.save(
        replace(home, citizen_id="017179004862", phone="0987412306", birth="1979-08-17")
    )
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    report = application.households.person("017179004862")
    application.printing.person_report(report, tmp_path / "tra-loi.pdf")
    (text,) = pages(tmp_path / "tra-loi.pdf")
    for held in ("Bùi Thị Hường", "017179004862", "0987412306", "17/08/1979", "01/03/2026", area.name):
        assert held in text
    nobody = application.households.person("000000000000")
    application.printing.person_report(nobody, tmp_path / "khong-co.pdf")
    assert "không lưu thông tin nào" in pages(tmp_path / "khong-co.pdf")[0]
