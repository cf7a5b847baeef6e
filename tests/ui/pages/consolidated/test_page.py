"""The upper level's page of consolidated figures on real workspaces: chosen, narrowed, compared, given out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.consolidated.page import ConsolidatedPage
from antq_desktop.ui.paper_desk import PaperDesk


@pytest.fixture
def received(commune: Application, upper: Application, stick: Path) -> Application:
    """Return the upper level after an invented commune signed its first quarter and sent everything."""
    commune.generated_commune.make(30, 1, 3)
    draft = commune.periodic_reports.start("2026-Q1").record
    commune.periodic_reports.sign_off(draft.id)
    request = commune.sending.enrolment_request(stick)
    commune.sending.take(upper.receiving.enrol(request.path, request.check_number).path)
    upper.receiving.receive([commune.sending.send(stick).path])
    return upper


@pytest.fixture
def page(
    desk: Desk, received: Application, in_sight: Callable[[QWidget], None]
) -> Iterator[ConsolidatedPage]:
    desk.services = received
    made = ConsolidatedPage(desk)
    desk.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    desk.lane.wait_idle()
    yield made
    made.hide()
    desk.lane.close()


def cells(page: ConsolidatedPage, row: int) -> list[str]:
    assert page.table is not None
    model = page.table.model()
    return [str(model.index(row, column).data()) for column in range(model.columnCount())]


def choose(page: ConsolidatedPage, period: str) -> None:
    page.wanted(period=period)
    page.desk.lane.wait_idle()


def test_every_figure_has_the_whole_and_the_commune_beside_it(
    page: ConsolidatedPage, commune: Application
) -> None:
    living = commune.period_figures.amounts("2026")["households_living"]
    first = cells(page, 0)
    assert first[1:] == ["Số hộ đang cư trú", "hộ", str(living), str(living)]
    assert page.behind.text() == (
        "Kỳ báo cáo kéo dài đến 14/12/2026; các xã đã gửi đều có số liệu ít nhất đến ngày 20/11/2026."
    )
    page.see("communes")
    assert "kỳ chưa hết" in cells(page, 0)


def test_after_the_period_who_has_not_sent_until_its_end_is_named(
    page: ConsolidatedPage, received: Application
) -> None:
    received.consolidating._session = replace(
        received.session, now=lambda: datetime(2026, 12, 20, 5, tzinfo=UTC)
    )
    page.make_stale()
    page.desk.lane.wait_idle()
    assert "1 trong 1 đơn vị chưa gửi đến ngày 14/12/2026: Xã Kim Bôi." in page.behind.text()
    page.see("communes")
    assert "chưa gửi" in cells(page, 0)


def test_another_period_is_counted_when_it_is_chosen(page: ConsolidatedPage, commune: Application) -> None:
    choose(page, "2026-Q1")
    signed = commune.period_figures.amounts("2026-Q1")["households_signed"]
    assert cells(page, 2)[1:4] == ["Số hộ đã ký cam kết", "hộ", str(signed)]
    assert page.behind.text() == "Cả 1 đơn vị đã gửi đến hết kỳ."


def test_a_figure_is_found_without_tone_marks_and_shows_its_communes(page: ConsolidatedPage) -> None:
    page._text.setText("ty le ho da ky")
    page._text.entered.emit()
    assert page.table is not None
    assert page.table.model().rowCount() == 1
    page.table.selectRow(0)
    page.desk.lane.wait_idle()
    side = page._figure
    assert side.isVisible()
    assert side.table is not None
    assert side.table.model().index(0, 0).data() == "Xã Kim Bôi"
    assert "không làm tròn lên" in side._how.text()


def test_a_commune_says_whether_its_signed_report_still_agrees(
    page: ConsolidatedPage, commune: Application, received: Application, stick: Path
) -> None:
    choose(page, "2026-Q1")
    page.see("communes")
    assert "khớp" in cells(page, 0)
    area = commune.territory.areas()[0]
    commune.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Bùi Văn Mới", birth="1980", members=4)
    )
    received.receiving.receive([commune.sending.send(stick).path])
    page.make_stale()
    page.desk.lane.wait_idle()
    report = page._report
    assert report is not None
    (kim_boi,) = report.communes
    assert kim_boi.report is not None
    assert f"{len(kim_boi.report.differences)} số liệu khác" in cells(page, 0)
    assert page.table is not None
    page.table.selectRow(0)
    page.desk.lane.wait_idle()
    assert page._commune.isVisible()


def test_the_report_is_looked_at_and_saved_as_pdf_word_and_workbook(
    page: ConsolidatedPage, tmp_path: Path
) -> None:
    page.print_it()
    page.desk.lane.wait_idle()
    paper = page.findChild(PaperDesk)
    assert paper is not None
    for suffix in ("pdf", "docx", "xlsx"):
        paper.save_as(tmp_path / f"tong-hop.{suffix}")
        page.desk.lane.wait_idle()
    with pypdfium2.PdfDocument(tmp_path / "tong-hop.pdf") as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    assert "CÔNG AN TỈNH PHÚ THỌ" in text
    assert "ít nhất đến ngày 20/11/2026" in " ".join(text.split())
    assert "Chưa gửi đến hết kỳ" not in text
    assert (tmp_path / "tong-hop.docx").stat().st_size > 5_000
    book = openpyxl.load_workbook(tmp_path / "tong-hop.xlsx")
    assert (
        book.sheetnames == ["Số liệu", "Xã, phường, đặc khu", "Đã gửi và đã ký"] or len(book.sheetnames) == 3
    )


def test_without_a_commune_it_says_what_to_do_first(
    desk: Desk, upper: Application, in_sight: Callable[[QWidget], None]
) -> None:
    desk.services = upper
    page = ConsolidatedPage(desk)
    in_sight(page)
    page.freshen()
    desk.lane.wait_idle()
    assert "Hãy đăng ký máy trước" in page.banner.text()
    page.print_it()
    assert page.findChild(PaperDesk) is None
    desk.lane.close()


@pytest.mark.parametrize("size", [(1158, 690), (683, 384)], ids=["100 %", "200 %"])
@pytest.mark.parametrize("view", ["figures", "communes"])
def test_no_list_scrolls_sideways_and_what_has_no_room_is_still_given_out(
    page: ConsolidatedPage, qtbot: QtBot, view: str, size: tuple[int, int]
) -> None:
    page.resize(*size)
    page.see(view)
    page.desk.lane.wait_idle()
    assert page.table is not None
    bar = page.table.horizontalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() == 0)
    seen = [one.key for n, one in enumerate(page.table._rows.columns) if not page.table.isColumnHidden(n)]
    assert {"name", "total" if view == "figures" else "complete"} <= set(seen)
    last = "04978" if view == "figures" else "activity_count"
    assert last in {one.key for one in page.table.shown_columns()}
