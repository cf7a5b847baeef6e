"""Criteria are read, compared and typed in by key on a real workspace; what was typed is never lost."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.services.application import Application
from antq_desktop.services.yearly.official_texts import WordingRow
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.criteria.page import CriteriaPage
from antq_desktop.ui.pages.criteria.reading import CatalogueLine, ItemLine

Write = Callable[[QWidget, str], None]
OPEN = "tt124-2021-dieu4/k5-van-ban-goc"


@pytest.fixture
def page(office: Desk, in_sight: Callable[[QWidget], None]) -> CriteriaPage:
    return opened(office, in_sight)


def opened(desk: Desk, in_sight: Callable[[QWidget], None]) -> CriteriaPage:
    made = CriteriaPage(desk)
    desk.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    desk.lane.wait_idle()
    return made


def ask(page: CriteriaPage, key: str = OPEN) -> None:
    catalogue_id, item = key.split("/")
    page.wanted(catalogue_id=catalogue_id, item=item)
    page.desk.lane.wait_idle()


def row_of(page: CriteriaPage, key: str = OPEN) -> WordingRow:
    rows: list[WordingRow] = page.desk.services.official_texts.rows()
    return next(row for row in rows if f"{row.catalogue_id}/{row.item}" == key)


def shown(page: CriteriaPage) -> list[ItemLine]:
    lines = [page._model.row_at(place) for place in range(page._model.total)]
    return [line for line in lines if line is not None]


def told(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def type_in(page: CriteriaPage, write: Write, text: str, source: str) -> None:
    write(page.item.form.boxes["text"].input, text)
    write(page.item.form.boxes["source"].input, source)


def test_all_criteria_stand_in_the_order_of_the_law_with_figures_that_lead_to_their_rows(
    page: CriteriaPage,
) -> None:
    lines = shown(page)
    assert [line.id for line in lines] == [line.id for line in page._lines]
    waiting = sum(line.row.open for line in lines)
    figure = page._figures["open"]
    assert figure.text() == f"Chưa đối chiếu: {waiting}"
    figure.click()
    assert [line.row.open for line in shown(page)] == [True] * waiting
    assert page._standing.value() == "open"
    page._figures[""].click()
    assert len(shown(page)) == len(lines)


def test_a_criterion_says_its_rule_its_ground_and_where_its_answer_comes_from(page: CriteriaPage) -> None:
    ask(page, "tt124-2021-dieu6/k1-nghi-quyet")
    said = told(page.item)
    assert "Ngày nằm trong khoảng từ 01/01 đến 31/03 của năm." in said
    assert "Có nghị quyết của tổ chức đảng, hoặc đơn vị không có tổ chức đảng. Chỉ cần một" in said
    assert "các bước ghi ở Theo dõi năm" in said
    assert page.item.status() == "Đã thấy văn bản"


def test_the_official_text_is_typed_in_once_and_says_who_when_and_from_which_paper(
    page: CriteriaPage, write: Write
) -> None:
    page.action.trigger()
    page.desk.lane.wait_idle()
    line = page.item.line
    assert line is not None
    assert line.row.open
    assert page.item.form.boxes["text"].input.hasFocus()
    type_in(page, write, "Lời của văn bản", "Thông tư 124/2021/TT-BCA, trang 3")
    QTest.keyClick(page.item.form.boxes["source"].input, Qt.Key.Key_Return)
    page.desk.lane.wait_idle()
    kept = row_of(page, line.id).official
    assert kept is not None
    assert (kept.text, kept.source) == ("Lời của văn bản", "Thông tư 124/2021/TT-BCA, trang 3")
    assert page.item.status() == "Đã nhập nguyên văn"
    assert page.item.typed_by() == "Bùi Văn An nhập ngày 20/11/2026, theo Thông tư 124/2021/TT-BCA, trang 3"
    assert page._figures["typed"].text() == "Đã nhập nguyên văn: 1"


def test_without_its_paper_a_text_is_not_kept(page: CriteriaPage, write: Write) -> None:
    ask(page)
    write(page.item.form.boxes["text"].input, "Lời của văn bản")
    page.obey(Command.SAVE)
    page.desk.lane.wait_idle()
    assert "«Theo văn bản»" in page.item.form.boxes["source"].said()
    assert row_of(page).official is None


def test_ctrl_enter_saves_and_goes_on_to_the_next_that_is_not_compared(
    page: CriteriaPage, write: Write
) -> None:
    waiting = [line.id for line in page._lines if line.row.open]
    for key in waiting[:2]:
        if page.item.line is None:
            page.action.trigger()
            page.desk.lane.wait_idle()
        assert page.item.line is not None
        assert page.item.line.id == key
        type_in(page, write, f"Lời của {key}", "Thông tư, trang 3")
        page.obey(Command.SAVE_AND_NEW)
        page.desk.lane.wait_idle()
    assert page.item.line is not None
    assert page.item.line.id == waiting[2]
    assert [row_of(page, key).official is not None for key in waiting[:3]] == [True, True, False]


def test_what_was_typed_and_not_saved_comes_back(page: CriteriaPage, write: Write) -> None:
    ask(page)
    write(page.item.form.boxes["text"].input, "Đang gõ dở")
    ask(page, "tt124-2021-dieu4/k4-van-ban-goc")
    assert page.item.values()["text"] == ""
    page.leave()
    ask(page)
    assert page.item.values()["text"] == "Đang gõ dở"


def test_a_list_that_is_read_anew_leaves_what_is_being_typed(
    page: CriteriaPage, write: Write, commune: Application
) -> None:
    ask(page)
    write(page.item.form.boxes["text"].input, "Đang gõ dở")
    other = commune.official_texts.put("tt124-2021-dieu4", "k4-van-ban-goc", "Lời khác", "Trang 2")
    page.desk.announce(other.changes)
    page.desk.lane.wait_idle()
    assert page.item.values()["text"] == "Đang gõ dở"
    assert page._figures["typed"].text() == "Đã nhập nguyên văn: 1"


def test_a_text_is_taken_back_only_with_a_reason(page: CriteriaPage, write: Write) -> None:
    ask(page)
    assert page.item._back.isHidden()
    type_in(page, write, "Gõ nhầm", "Trang 3")
    page.save()
    page.desk.lane.wait_idle()
    page.item.take_back()
    page.desk.lane.wait_idle()
    assert row_of(page).official is not None
    assert page.item.reason.boxes["reason"].said()
    write(page.item.reason.boxes["reason"].input, "Gõ nhầm khoản")
    QTest.keyClick(page.item.reason.boxes["reason"].input, Qt.Key.Key_Return)
    page.desk.lane.wait_idle()
    assert row_of(page).official is None
    assert page.item.values()["text"] == ""
    assert page.item._back.isHidden()


def test_a_criterion_of_a_catalogue_that_is_no_longer_in_use_says_so(page: CriteriaPage) -> None:
    ask(page, "bo-cu/k1")
    assert "không còn trong bộ nào đang dùng" in page.banner.text()


def test_catalogues_say_version_force_and_how_sure_they_are(page: CriteriaPage, commune: Application) -> None:
    page.wanted(view="catalogues")
    lines: list[CatalogueLine] = [page._books.row_at(place) for place in range(page._books.total)]  # type: ignore[misc] # all are there
    assert {line.id: dict(line.counts) for line in lines} == commune.catalogues.statuses()
    titles = [column.key for column in page._books.columns]
    cells = [page._books.index(0, titles.index(key)).data() for key in ("version", "force", "origin", "seen")]
    assert cells == ["2", "từ 10/02/2022", "Kèm chương trình", "10"]


def test_a_figure_of_a_catalogue_leads_to_its_rows(page: CriteriaPage) -> None:
    page.wanted(view="catalogues")
    place = page._books.place_of("tt124-2021-dieu7")
    assert place is not None
    page.catalogues.selectRow(place)
    assert page.catalogue.card is not None
    link = next(
        button
        for button in page.catalogue.card.findChildren(QWidget)
        if button.accessibleName() == "Theo báo chí: 5"
    )
    link.click()  # type: ignore[attr-defined] # a button
    assert [line.row.status for line in shown(page)] == ["press"] * 5
    assert {line.row.catalogue_id for line in shown(page)} == {"tt124-2021-dieu7"}
    assert page._view.value() == "items"


def test_the_grading_says_that_it_has_no_points_yet(page: CriteriaPage) -> None:
    page.wanted(view="catalogues")
    place = page._books.place_of("qd510-2022")
    assert place is not None
    page.catalogues.selectRow(place)
    assert page.catalogue.card is not None
    said = told(page.catalogue.card)
    assert "Chưa xếp loại được vì chưa có đủ điểm." in said
    assert "Xuất sắc: chưa có điểm" in said
    assert "Các nhóm tiêu chí còn lại theo văn bản gốc · Chưa thấy văn bản gốc" in said
    assert not page.action.isEnabled()


def test_what_the_process_has_not_seen_is_listed(page: CriteriaPage) -> None:
    page.wanted(view="catalogues")
    place = page._books.place_of("tt124-quy-trinh")
    assert place is not None
    page.catalogues.selectRow(place)
    assert page.catalogue.card is not None
    assert "Chưa thấy trong văn bản gốc" in told(page.catalogue.card)
    assert page._all_items.isHidden()


@pytest.mark.parametrize("size", [(1158, 690), (627, 300)])
def test_the_details_are_never_wider_than_their_place(
    page: CriteriaPage, size: tuple[int, int], qtbot: QtBot
) -> None:
    page.resize(*size)
    scroll = page._details._scroll
    ask(page, "tt124-2021-dieu5/k3-1")
    qtbot.waitUntil(lambda: page.item.width() <= scroll.viewport().width())
    page.wanted(view="catalogues")
    for place in range(page._books.total):
        page.catalogues.selectRow(place)
        qtbot.waitUntil(lambda: page.catalogue.width() <= scroll.viewport().width())


def test_a_missing_source_is_brought_into_sight_when_the_text_is_saved(
    page: CriteriaPage, write: Write, rested: Callable[[], None]
) -> None:
    page.resize(1000, 420)
    page.action.trigger()
    page.desk.lane.wait_idle()
    boxes = page.item.form.boxes
    write(boxes["text"].input, "Lời của văn bản\n" * 12)
    rested()
    above = page.item.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    assert isinstance(above, QScrollArea)
    above.verticalScrollBar().setValue(0)
    assert boxes["source"].visibleRegion().isEmpty()
    page.save()
    rested()
    assert not boxes["source"].visibleRegion().isEmpty()
