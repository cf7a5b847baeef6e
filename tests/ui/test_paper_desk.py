"""A paper is looked at before anything of it lies on the disk, then printed or saved; the journal knows which."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from antq_desktop.documents.pdf import Overprint, Rendered, render_form
from antq_desktop.documents.preview import previewing
from antq_desktop.domain.errors import Cancelled
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing, ReprintNeedsReason
from antq_desktop.ui import dialogs, paper_desk, printing
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.paper import Made, OnPaper, Paper
from antq_desktop.ui.paper_desk import PaperDesk, show_paper
from antq_desktop.ui.printing import NoPrinter
from antq_desktop.ui.widgets.page import Page

RECORD: dict[str, object] = {
    "number": "5",
    "year": 2026,
    "commune_label": "xã",
    "commune": "Kim Bôi",
    "province": "tỉnh Phú Thọ",
    "area": "Xóm Bãi Chạo",
}


class Papers:
    """Stands where the papers of a workspace stand; the real ones are tested with their pages."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []
        self.reasons: list[str] = []
        self.asks_reason = False
        self.looks = False
        self.records: list[dict[str, object]] = [RECORD] * 3
        self.stop_at = 0

    def looking(self) -> "Papers":
        other = Papers()
        other.told, other.reasons, other.looks = self.told, self.reasons, True
        other.records = self.records
        return other

    def make(self, out: Path, reason: str, progress: Progress) -> Rendered:
        if self.asks_reason and not reason and not self.looks:
            raise ReprintNeedsReason(number="07")
        self.told.append(("viewed" if self.looks else "printed", out.suffix))
        self.reasons.append(reason)
        if out.suffix == ".docx":
            out.write_bytes(b"PK")
            return Rendered(0, 3, (), ())
        done = render_form("household-commitment", self._stopping(progress), out, progress=progress)
        names = ("Bùi Thị Hoa", "Quách Văn Minh", "Hà Văn Cò")
        results = zip(done.results, names, strict=False)
        return replace(done, results=tuple(replace(result, name=name) for result, name in results))

    def _stopping(self, progress: Progress) -> Iterator[dict[str, object]]:
        for number, record in enumerate(self.records, 1):
            if number == self.stop_at:
                progress.cancel()
            yield record

    def offset(self, printer: str) -> tuple[float, float]:
        return (0.0, 10.0)

    def keep_offset(self, printer: str, right: float, down: float) -> None:
        self.told.append(("offset", printer, str(right), str(down)))

    def overprint_test(self, out: Path, offset: Overprint, printer: str) -> object:
        self.told.append(("test", printer, str(offset.dx_mm), str(offset.dy_mm)))
        return render_form("household-commitment", [RECORD], out)

    def print_failed(self, entity: str, entity_id: str, form: str, why: str) -> None:
        self.told.append(("print_failed", entity, entity_id, form, why))


class Services:
    def __init__(self) -> None:
        self.printing = Papers()


@pytest.fixture
def papers(desk: Desk) -> Papers:
    desk.services = Services()
    made: Papers = desk.services.printing
    return made


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> Page:
    page = Page(desk, "Công nhận", "")
    page.set_main_action("Nhập quyết định", lambda: None)
    qtbot.addWidget(page)
    page.resize(1158, 690)
    with qtbot.waitExposed(page):
        page.show()
    return page


def make(papers: Printing, out: Path, reason: str, progress: Progress) -> Rendered:
    assert isinstance(papers, Papers)
    return papers.make(out, reason, progress)


@pytest.fixture
def paper() -> Paper:
    return Paper("cam-ket", "Bản cam kết", make, [OnPaper("campaigns", "c1", "household-commitment")])


@pytest.fixture
def shown(page: Page, papers: Papers, paper: Paper) -> PaperDesk:
    desk = show_paper(page, paper)
    page.desk.lane.wait_idle()
    return desk


def file_printer(out: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(100)
    return printer


def count(path: Path) -> int:
    with previewing(path) as opened:
        return opened.pages


def press(shown: PaperDesk, word: str) -> None:
    next(made for made in shown.findChildren(QPushButton) if made.text() == word).click()


def test_a_paper_is_looked_at_and_nothing_stays_on_the_disk(
    shown: PaperDesk, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert papers.told == [("viewed", ".pdf")]
    assert (shown.view.page, shown.view.pages) == (0, 3)
    assert not shown.view.picture.pixmap().isNull()
    assert list(Path(tempfile.gettempdir()).glob("*/cam-ket.pdf")) == []


def test_page_keys_turn_the_pages(shown: PaperDesk, qtbot: QtBot) -> None:
    view = shown.view
    bar = view._scroll.verticalScrollBar()
    for _ in range(9):
        bar.setValue(bar.maximum())
        QTest.keyClick(view._scroll, Qt.Key.Key_PageDown)
    shown._desk.lane.wait_idle()
    assert view.page == 2
    assert view._where.text() == "Trang 3 / 3"
    bar.setValue(0)
    QTest.keyClick(view._scroll, Qt.Key.Key_PageUp)
    assert view.page == 1
    QTest.keyClick(view._scroll, Qt.Key.Key_Home)
    shown._desk.lane.wait_idle()
    assert view.page == 0


def test_a_page_down_first_goes_to_the_foot_of_the_page(shown: PaperDesk) -> None:
    bar = shown.view._scroll.verticalScrollBar()
    assert bar.maximum() > 0
    QTest.keyClick(shown.view._scroll, Qt.Key.Key_PageDown)
    assert shown.view.page == 0
    assert bar.value() > 0


def test_the_size_follows_the_keys_and_the_page_is_drawn_sharp(
    shown: PaperDesk, rested: Callable[[], None]
) -> None:
    view = shown.view
    before = view.picture.pixmap().width()
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Plus):
        QTest.keyClick(view._scroll, key)
    rested()
    assert view.picture.pixmap().width() > 1.4 * before
    assert view._drawn is not None
    assert abs(view._drawn.image.width() - view.picture.pixmap().width()) <= 2
    QTest.keyClick(view._scroll, Qt.Key.Key_0)
    rested()
    assert abs(view.picture.pixmap().width() - before) <= 2


def test_the_whole_page_and_its_width_come_by_turns(shown: PaperDesk) -> None:
    view = shown.view
    wide = view.picture.pixmap().width()
    assert view._whole.text() == "Cả trang"
    QTest.keyClick(view._scroll, Qt.Key.Key_0)
    assert view.picture.pixmap().height() < view._scroll.height()
    assert view._whole.text() == "Vừa chiều ngang"
    QTest.keyClick(view._scroll, Qt.Key.Key_0)
    assert abs(view.picture.pixmap().width() - wide) <= 2


def test_it_fits_a_window_that_becomes_narrow(
    shown: PaperDesk, page: Page, rested: Callable[[], None]
) -> None:
    page.resize(560, 500)
    rested()
    assert shown.view.picture.pixmap().width() < 560
    assert not shown.view._scroll.horizontalScrollBar().isVisible()


def test_while_a_paper_lies_there_the_keyboard_is_its_own(shown: PaperDesk, page: Page) -> None:
    assert page.answers(Command.PRINT)
    assert page.answers(Command.SAVE)
    assert not page.answers(Command.NEW)
    assert page.main_action is not None
    assert page.main_action.text() == "In"
    page.obey(Command.LEAVE)
    assert not page.answers(Command.PRINT)
    assert page.answers(Command.NEW)
    assert page.main_action.text() == "Nhập quyết định"
    assert page._split.isVisible()


def test_printing_makes_the_paper_anew_so_that_the_journal_knows(
    shown: PaperDesk, papers: Papers, tmp_path: Path
) -> None:
    shown.print_on(file_printer(tmp_path / "in.pdf"))
    shown._desk.lane.wait_idle()
    assert count(tmp_path / "in.pdf") == 3
    assert papers.told == [("viewed", ".pdf"), ("printed", ".pdf")]
    assert "3" in shown.banner.text()


def test_a_laptop_without_printer_says_so_and_the_journal_too(
    shown: PaperDesk, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> QPrinter:
        raise NoPrinter

    monkeypatch.setattr(printing, "new_printer", none)
    shown._page.obey(Command.PRINT)
    shown._desk.lane.wait_idle()
    assert "chưa cài máy in" in shown.banner.text()
    assert papers.told[1:] == [("print_failed", "campaigns", "c1", "household-commitment", "no-printer")]


@pytest.mark.qt_log_ignore("QPainter::begin", "This plugin does not support")
def test_a_printer_that_takes_nothing_is_said_and_journalled(
    shown: PaperDesk, papers: Papers, tmp_path: Path
) -> None:
    shown.print_on(file_printer(tmp_path / "không có" / "in.pdf"))
    shown._desk.lane.wait_idle()
    assert "không nhận trang 1" in shown.banner.text()
    assert papers.told[-1][0] == "print_failed"
    assert papers.told[-1][-1] == "printer-failed"


def test_leaving_the_print_dialog_prints_nothing(
    shown: PaperDesk, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "new_printer", lambda: file_printer(tmp_path / "in.pdf"))
    monkeypatch.setattr(dialogs, "choose_printer", lambda *_: False)
    shown.print_it()
    shown._desk.lane.wait_idle()
    assert papers.told == [("viewed", ".pdf")]


def test_a_reprint_asks_why_and_goes_on_with_the_reason(
    shown: PaperDesk, papers: Papers, tmp_path: Path
) -> None:
    papers.asks_reason = True
    assert shown.reason.isHidden()
    shown.print_on(file_printer(tmp_path / "in.pdf"))
    shown._desk.lane.wait_idle()
    assert shown.reason.isVisible()
    assert not (tmp_path / "in.pdf").exists()
    shown.reason.set_value("Bản trước bị rách")
    shown.reason.entered.emit()
    shown._desk.lane.wait_idle()
    assert count(tmp_path / "in.pdf") == 3
    assert papers.reasons[-1] == "Bản trước bị rách"
    assert shown.reason.isHidden()


def test_on_a_bought_blank_the_print_is_moved_as_the_printer_needs(
    page: Page, papers: Papers, tmp_path: Path
) -> None:
    plain = show_paper(page, Paper("a", "A", make))
    page.desk.lane.wait_idle()
    plain.print_on(file_printer(tmp_path / "a.pdf"))
    page.desk.lane.wait_idle()
    plain.close_it()
    moved = show_paper(page, Paper("b", "B", make, on_blank=True))
    page.desk.lane.wait_idle()
    moved.print_on(file_printer(tmp_path / "b.pdf"))
    page.desk.lane.wait_idle()
    assert abs(_first_dark(tmp_path / "b.pdf") - _first_dark(tmp_path / "a.pdf") - 100 * 10 / 25.4) <= 2


def test_it_is_saved_as_pdf_and_as_word(
    shown: PaperDesk, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def where(_parent: object, _title: str, name: str, _kinds: object) -> Path:
        asked.append(name)
        return tmp_path / name

    monkeypatch.setattr(dialogs, "save_file", where)
    assert shown._open_folder.isHidden()
    press(shown, "Lưu thành PDF")
    press(shown, "Lưu thành Word")
    shown._desk.lane.wait_idle()
    assert asked == ["cam-ket.pdf", "cam-ket.docx"]
    assert count(tmp_path / "cam-ket.pdf") == 3
    assert (tmp_path / "cam-ket.docx").is_file()
    assert papers.told[1:] == [("printed", ".pdf"), ("printed", ".docx")]
    assert str(tmp_path) in shown.banner.text()


def test_folder_and_file_are_opened_once_there_is_one(
    shown: PaperDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(paper_desk, "open_file", opened.append)
    shown.save_as(tmp_path / "cam-ket.pdf")
    shown._desk.lane.wait_idle()
    press(shown, "Mở thư mục")
    press(shown, "Mở bằng chương trình khác")
    assert opened == [tmp_path, tmp_path / "cam-ket.pdf"]


def test_a_paper_that_cannot_be_made_says_why(page: Page, papers: Papers) -> None:
    def refuse(_papers: Printing, out: Path, _reason: str, _progress: Progress) -> Rendered:
        return render_form("household-commitment", [], out)

    shown = show_paper(page, Paper("a", "A", refuse))
    page.desk.lane.wait_idle()
    assert shown.banner.text()
    assert shown.view.pages == 0


def _first_dark(path: Path) -> int:
    with previewing(path) as opened:
        image = opened.image(0, 100)
    for y in range(image.height):
        row = image.pixels[y * image.stride : y * image.stride + image.width * 4]
        if min(row[1::4]) < 100:
            return y
    return -1


@pytest.fixture
def on_blank(page: Page, papers: Papers, monkeypatch: pytest.MonkeyPatch) -> PaperDesk:
    """Return a paper for bought blanks on a laptop with two printers."""
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["Canon", "HP"]))
    monkeypatch.setattr(QPrinterInfo, "defaultPrinterName", staticmethod(lambda: "HP"))
    desk = show_paper(page, Paper("b", "B", make, on_blank=True))
    press(desk, "Chỉnh vị trí in trên phôi…")
    page.desk.lane.wait_idle()
    return desk


def test_the_usual_printer_comes_first_with_what_is_kept_for_it(on_blank: PaperDesk) -> None:
    assert on_blank.offset.printer.value() == "HP"
    assert (on_blank.offset.right.typed(), on_blank.offset.down.typed()) == ("0", "10")


def test_an_offset_is_kept_for_the_printer_chosen(on_blank: PaperDesk, papers: Papers) -> None:
    on_blank.offset.right.set_value("-1,5")
    on_blank.offset.down.set_value("2")
    press(on_blank, "Giữ cho máy in này")
    on_blank._desk.lane.wait_idle()
    assert papers.told[-1] == ("offset", "HP", "-1.5", "2.0")
    assert "HP" in on_blank.banner.text()


@pytest.mark.parametrize("typed", ["xa", "51", "-50,5", "1,2,3", "--1"])
def test_an_offset_that_cannot_be_is_said_and_not_kept(
    on_blank: PaperDesk, papers: Papers, typed: str
) -> None:
    on_blank.offset.down.set_value(typed)
    on_blank.offset.keep()
    on_blank._desk.lane.wait_idle()
    assert on_blank.offset.down.said()
    assert papers.told == [("viewed", ".pdf")]


def test_the_test_sheet_is_printed_as_far_moved_as_typed(
    on_blank: PaperDesk, papers: Papers, tmp_path: Path
) -> None:
    on_blank.offset.right.set_value("3")
    on_blank.offset.print_test_on(file_printer(tmp_path / "thu.pdf"), "HP")
    on_blank._desk.lane.wait_idle()
    assert papers.told[-1] == ("test", "HP", "3.0", "10.0")
    assert count(tmp_path / "thu.pdf") == 1


def test_without_a_printer_there_is_nothing_to_set(
    on_blank: PaperDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    on_blank.offset.begin()
    assert "chưa cài máy in" in on_blank.banner.text()


def test_in_a_low_window_the_place_on_the_blank_takes_the_room(on_blank: PaperDesk, page: Page) -> None:
    assert on_blank.view.isVisible()
    page.resize(640, 420)
    assert not on_blank.view.isVisible()
    press(on_blank, "Chỉnh vị trí in trên phôi…")
    assert on_blank.view.isVisible()
    assert on_blank.offset.isHidden()


def test_a_second_paper_takes_the_place_of_the_first(
    shown: PaperDesk, page: Page, paper: Paper, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(shown.destroyed):
        second = show_paper(page, paper)
        page.desk.lane.wait_idle()
    assert second.isVisible()
    page.obey(Command.LEAVE)
    assert page.main_action is not None
    assert page.main_action.text() == "Nhập quyết định"
    assert page._split.isVisible()


# Hundreds of them: how far it is, a stop, and what was left out


BROKEN: dict[str, object] = {**RECORD, "year": "hai nghìn"}


def lines(shown: PaperDesk) -> list[tuple[str, str]]:
    model = shown.left_out.model
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def test_a_record_that_failed_is_named_at_the_first_look_and_in_a_list(
    page: Page, papers: Papers, paper: Paper, qtbot: QtBot
) -> None:
    papers.records = [RECORD, BROKEN, RECORD]
    shown = show_paper(page, paper)
    page.desk.lane.wait_idle()
    assert shown.view.pages == 2
    assert "1/3 mục không có trên giấy" in shown.banner.text()
    assert "Quách Văn Minh" in shown.banner.text()
    assert shown.left_out.isHidden()
    press(shown, "Xem từng mục")
    assert shown.left_out.isVisible()
    ((name, why),) = lines(shown)
    assert name == "Quách Văn Minh"
    assert "hai nghìn" in why


def test_what_was_left_out_is_named_again_where_it_was_saved_and_printed(
    page: Page, papers: Papers, paper: Paper, tmp_path: Path
) -> None:
    papers.records = [RECORD, {**RECORD, "area": "Xóm 𒀀"}]
    shown = show_paper(page, paper)
    page.desk.lane.wait_idle()
    assert "𒀀" in shown.banner.text()
    papers.records = [RECORD, BROKEN]
    shown.save_as(tmp_path / "cam-ket.pdf")
    page.desk.lane.wait_idle()
    assert str(tmp_path) in shown.banner.text()
    assert "Quách Văn Minh" in shown.banner.text()
    shown.print_on(file_printer(tmp_path / "in.pdf"))
    page.desk.lane.wait_idle()
    assert "Đã gửi 1 trang" in shown.banner.text()
    assert "Quách Văn Minh" in shown.banner.text()
    papers.records = [RECORD]
    shown.save_as(tmp_path / "cam-ket.pdf")
    page.desk.lane.wait_idle()
    assert lines(shown) == []
    assert "Quách" not in shown.banner.text()


def test_saving_says_how_far_it_is_and_a_stop_leaves_no_file(
    shown: PaperDesk, papers: Papers, tmp_path: Path
) -> None:
    moved: list[tuple[str, int]] = []
    shown._desk.lane.moved.connect(lambda job: moved.append((job.title, job.done)))
    papers.records = [RECORD] * 40
    papers.stop_at = 30
    shown.save_as(tmp_path / "cam-ket.pdf")
    shown._desk.lane.wait_idle()
    assert not (tmp_path / "cam-ket.pdf").exists()
    assert "dừng" in shown.banner.text()
    assert moved
    assert {title for title, _done in moved} == {"Đang lưu"}
    assert shown._open_folder.isHidden()


def test_a_print_that_is_stopped_stands_in_the_journal(
    shown: PaperDesk, papers: Papers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_what: object) -> int:
        raise Cancelled

    monkeypatch.setattr(printing, "print_pages", stopped)
    shown.print_on(file_printer(tmp_path / "in.pdf"))
    shown._desk.lane.wait_idle()
    assert papers.told[-1] == ("print_failed", "campaigns", "c1", "household-commitment", "cancelled")


def test_a_paper_that_is_closed_while_it_is_made_is_not_made_to_its_end(page: Page, papers: Papers) -> None:
    begun, closed = Event(), Event()
    told: list[str] = []

    def slow(_papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        begun.set()
        closed.wait(60)
        try:
            progress.report(1, 2)
        except Cancelled:
            told.append("stopped")
            raise
        return render_form("household-commitment", [RECORD], out)

    shown = show_paper(page, Paper("a", "A", slow))
    assert begun.wait(60)
    shown.close_it()
    closed.set()
    page.desk.lane.wait_idle()
    assert told == ["stopped"]


def test_what_was_made_already_is_shown_without_making_it_again(
    page: Page, papers: Papers, tmp_path: Path
) -> None:
    out = tmp_path / "giay.pdf"
    done = render_form("household-commitment", [RECORD], out)
    shown = show_paper(page, Paper("a", "A", make, first=Made(out.read_bytes(), done.results)))
    page.desk.lane.wait_idle()
    assert shown.view.pages == 1
    assert papers.told == []
