"""A paper is checked by its code, scanned, pasted or on a picture, at the commune and at the receiving unit."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from antq_desktop.documents.preview import previewing
from antq_desktop.domain.recognition import Certificate
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.verify import check_rows
from antq_desktop.ui.pages.verify.page import VerifyPage
from antq_desktop.ui.theme import State

InSight = Callable[..., None]


@pytest.fixture
def issued(commune: Application, areas: list[ResidentialArea]) -> list[Certificate]:
    """Return the certificates of two areas."""
    ids = [assessed(commune, UnitKey("residential_area", area.id)) for area in areas[:2]]
    decided = commune.recognitions.recognise_all(ids, "412/QĐ-UBND", date(2026, 11, 18))
    keys = [row.written.record.id for row in decided if row.written is not None]
    done = commune.recognitions.issue_all(keys, date(2026, 11, 19))
    return [row.written.record for row in done if row.written is not None]


def assessed(commune: Application, key: UnitKey) -> str:
    assessments = commune.assessments
    draft = assessments.start(key.id, unit_kind=key.kind).record
    paper = "Theo sổ giấy"
    answers = {
        item.id: Given("9/9", paper)
        if item.answer == "share"
        else Given(0, paper)
        if item.answer == "count"
        else Given(date(2026, 2, 10), paper)
        if item.answer == "date"
        else Given(True, paper)
        for item in assessments.catalogue(draft.id).items
    }
    assessments.answer_all(draft.id, answers)
    return assessments.finalise(draft.id, date(2026, 11, 5)).record.id


@pytest.fixture
def papers(commune: Application, issued: list[Certificate], tmp_path: Path) -> Path:
    """Return the PDF of both certificates."""
    path = tmp_path / "giay.pdf"
    commune.printing.certificates([paper.id for paper in issued], path)
    return path


@pytest.fixture
def codes(commune: Application, papers: Path) -> list[str]:
    return commune.verifying.codes_in(papers)


@pytest.fixture
def page(office: Desk, in_sight: InSight) -> VerifyPage:
    return shown(office, in_sight)


def shown(desk: Desk, in_sight: InSight) -> VerifyPage:
    made = VerifyPage(desk)
    in_sight(made)
    made.freshen()
    made.begin()
    return made


def idle(page: VerifyPage) -> None:
    page.desk.lane.wait_idle()


def scan(page: VerifyPage, code: str) -> str:
    """Put a code into the line as a scanner does, with Enter behind it; return the word of the verdict."""
    page.code.setText(code)
    QTest.keyClick(page.code, Qt.Key.Key_Return)
    idle(page)
    return page.panel.verdict.text()


def test_a_scanned_code_is_valid_and_the_next_scan_takes_its_place(
    page: VerifyPage, codes: list[str], areas: list[ResidentialArea]
) -> None:
    assert page.code.hasFocus()
    assert scan(page, codes[0]) == "Còn hiệu lực"
    assert page.panel.isVisible()
    assert areas[0].name in page.panel.sentence.text()
    assert page.code.selectedText() == codes[0]
    assert scan(page, codes[1] + "\n") == "Còn hiệu lực"
    assert [row.check.facts.number for row in page.rows if row.check.facts] == [2, 1]
    assert page.table.current_row() is page.rows[0]


def test_all_papers_of_a_pdf_and_a_photograph_are_read(
    page: VerifyPage, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph = tmp_path / "anh.png"
    with previewing(papers) as pages:
        drawn = pages.image(0, 200)
    Image.frombuffer("RGB", (drawn.width, drawn.height), drawn.pixels, "raw", "BGRX", drawn.stride, 1).save(
        photograph
    )
    empty = tmp_path / "trang.png"
    Image.new("L", (300, 300), 255).save(empty)
    monkeypatch.setattr(dialogs, "choose_files", lambda *_args: [papers, photograph, empty])
    page._choose()
    idle(page)
    assert [row.found.source for row in page.rows] == ["anh.png", "giay.pdf", "giay.pdf"]
    assert {row.check.state for row in page.rows} == {"valid"}
    assert "trang.png" in page.banner.text()


def test_files_may_be_dropped_on_the_page(page: VerifyPage, papers: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(papers))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none)
    page.dropEvent(event)
    idle(page)
    assert page.banner.text() == "Đọc được 2 mã; 2 giấy còn hiệu lực."


def test_of_many_papers_the_one_that_does_not_hold_is_shown(
    page: VerifyPage, commune: Application, issued: list[Certificate], papers: Path
) -> None:
    commune.recognitions.withdraw(issued[0].id, date(2026, 11, 20), "Ghi nhầm tên")
    page.check_files([papers])
    idle(page)
    assert page.banner.text() == "Đọc được 2 mã; 1 giấy còn hiệu lực."
    assert page.panel.verdict.text() == "Đã thu hồi"
    assert page.table.current_row() is page.rows[1]


def test_a_withdrawn_paper_and_one_that_was_replaced_are_told_apart(
    page: VerifyPage, commune: Application, issued: list[Certificate], codes: list[str]
) -> None:
    commune.recognitions.withdraw(issued[0].id, date(2026, 11, 20), "Ghi nhầm tên")
    assert scan(page, codes[0]) == "Đã thu hồi"
    assert "Ghi nhầm tên" in page.panel.sentence.text()
    commune.recognitions.issue(issued[0].recognition_id, date(2026, 11, 20))
    assert scan(page, codes[0]) == "Đã thay bằng giấy khác"
    assert "03/GCN" in page.panel.sentence.text()


def test_a_forged_code_and_one_that_the_keyboard_changed_are_refused(
    page: VerifyPage, codes: list[str]
) -> None:
    forged = codes[0][:-1] + ("0" if codes[0][-1] != "0" else "1")
    assert scan(page, forged) == "Không xác thực được"
    assert not page.panel.remark.isVisible()
    assert scan(page, codes[0].replace("A", "Â")) == "Không xác thực được"
    assert "Tắt bộ gõ tiếng Việt" in page.panel.remark.text()
    assert check_rows.state(page.rows[0].check) is State.BAD


def test_blanks_inside_a_code_are_signs_of_it(page: VerifyPage) -> None:
    scan(page, "  ANTQ1:A  B \n")
    assert page.rows[0].check.text == "ANTQ1:A  B"


def test_nothing_to_check_is_said_and_leaves_no_line(page: VerifyPage) -> None:
    page.check_typed()
    idle(page)
    assert "Quét hoặc dán mã trước" in page.banner.text()
    assert page.rows == []


def test_in_a_narrow_window_the_verdict_covers_the_list_until_it_is_left(
    page: VerifyPage, codes: list[str]
) -> None:
    page.resize(620, 330)
    scan(page, codes[0])
    assert page.panel.isVisible()
    assert not page.table.isVisible()
    page.hide_details()
    assert page.table.isVisible()
    page.table.opened.emit(page.rows[0])
    assert page.panel.isVisible()


def test_the_receiving_unit_knows_a_paper_once_the_data_came(  # noqa: PLR0917 - both sides are needed
    desk: Desk, upper: Application, commune: Application, codes: list[str], stick: Path, in_sight: InSight
) -> None:
    desk.services = upper
    page = shown(desk, in_sight)
    assert scan(page, codes[0]) == "Không xác thực được"
    request = commune.sending.enrolment_request(stick / "enrol.antq")
    commune.sending.take(upper.receiving.enrol(request.path, request.check_number, stick).path)
    assert scan(page, codes[0]) == "Chưa có trong sổ"
    assert "Xã Kim Bôi" in page.panel.sentence.text()
    upper.receiving.receive([commune.sending.send(stick).path])
    assert scan(page, codes[0]) == "Còn hiệu lực"
    desk.lane.close()
