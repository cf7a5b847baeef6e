"""Writing, signing, correcting and giving out the report of a period on its page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.periodic_reports import ReportState
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.reporting.report_agreement import Difference
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.reports.page import ReportsPage
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.paper_desk import PaperDesk

InSight = Callable[..., None]
QUARTER = "2026-Q1"
SECTION = "cam-ket"


@pytest.fixture
def signed_home(commune: Application, areas: list[ResidentialArea]) -> str:
    """Return the first of two households, which signed within the first quarter."""
    campaign = commune.commitments.yearly()
    home = commune.commitments.entries(areas[0].id, campaign.id)[0]
    commune.commitments.record(home.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    return home.household_id


@pytest.fixture
def page(office: Desk, signed_home: str, in_sight: InSight) -> ReportsPage:
    return shown(office, in_sight)


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to every question; return what was asked."""
    asked: list[str] = []

    def confirm(_parent: object, _title: str, text: str, *_more: object, **_named: object) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(dialogs, "confirm", confirm)
    return asked


def shown(office: Desk, in_sight: InSight) -> ReportsPage:
    page = ReportsPage(office)
    office.announced.connect(page.changed)
    in_sight(page)
    page.freshen()
    office.lane.wait_idle()
    return page


def rest(page: ReportsPage) -> None:
    page.desk.lane.wait_idle()
    page.desk.lane.wait_idle()


def begin(page: ReportsPage, period: str = QUARTER) -> None:
    page.write(period)
    rest(page)


def on_paper(page: ReportsPage) -> PaperDesk:
    """Return the paper of the report that is shown, laid over the page."""
    page.print_it()
    rest(page)
    return next(one for one in page.findChildren(PaperDesk) if one.isVisible())


def type_in(page: ReportsPage, section: str, text: str) -> None:
    box = page.body.sections[section].form.boxes["text"]
    box.set_typed(text)
    box.edited.emit()


def press(inside: QWidget, word: str) -> None:
    found = [one for one in inside.findChildren(QPushButton) if one.text() == word and one.isVisible()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def states(page: ReportsPage) -> dict[str, str]:
    rows = (page._model.row_at(place) for place in range(page._model.rowCount()))
    return {row.period: row.state for row in rows if row is not None}


def remarks(page: ReportsPage) -> list[str]:
    """Return what the details tell to look at."""
    return [line.text() for line in page.side.findChildren(VerdictLine) if line is not page.side.verdict]


def text_of(path: Path) -> str:
    pages = (one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(path.read_bytes()))
    return " ".join(" ".join(pages).split())


@pytest.mark.usefixtures("signed_home")
def test_from_start_to_the_signed_pdf_in_at_most_eight_actions(
    office: Desk,
    in_sight: InSight,
    agreed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    out = tmp_path / "bao-cao.pdf"
    chosen: list[str] = []

    def choose(_parent: object, _title: str, name: str, _kinds: object) -> Path:
        chosen.append(name)
        return out

    monkeypatch.setattr(dialogs, "save_file", choose)
    page = shown(office, in_sight)  # the page is opened: one action
    actions = 1
    steps: list[Callable[[], None]] = [
        lambda: page.obey(Command.NEW),
        lambda: press(page, "Ký chốt"),
        lambda: page.obey(Command.PRINT),
        lambda: page.obey(Command.SAVE),
    ]
    for step in steps:
        step()
        rest(page)
        actions += 1
    actions += len(agreed) + len(chosen)
    assert (len(agreed), chosen) == (1, ["bao-cao-2026-q1.pdf"])
    assert actions <= 8
    written = text_of(out)
    assert "quý I năm 2026" in written
    assert "DỰ THẢO" not in written.upper()
    assert office.services.periodic_reports.editions(QUARTER)[0].state is ReportState.SIGNED


def test_the_list_says_what_is_overdue_and_begins_with_it(page: ReportsPage) -> None:
    assert list(states(page))[:3] == ["2026-Q1", "2026-Q2", "2026-H1"]
    row = page.table.current_row()
    assert row is not None
    assert (row.period, row.overdue) == (QUARTER, True)
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    rest(page)
    assert page._view is not None
    assert page._view.report.id == "", "looking at it keeps nothing"
    assert set(states(page).values()) == {"none"}
    page.obey(Command.LEAVE)
    assert page.table.isVisible()


def test_a_typed_paragraph_is_kept_beside_the_written_one(page: ReportsPage, commune: Application) -> None:
    begin(page)
    section = page.body.sections[SECTION]
    written = section.text
    assert not section._beside.isVisible()
    type_in(page, SECTION, "Các hộ đã ký đủ.")
    assert section._beside.isVisible()
    assert section._generated.text() == written
    page.side.closing.boxes["remarks"].set_typed("Tốt.\nCòn một hộ.")
    page.side.closing.boxes["remarks"].edited.emit()
    page.obey(Command.SAVE)
    rest(page)
    (kept,) = commune.periodic_reports.editions(QUARTER)
    assert kept.texts[SECTION].text == "Các hộ đã ký đủ."
    assert kept.remarks == ("Tốt.", "Còn một hộ.")
    assert not section.form.edited
    section.take_generated()
    section.form.boxes["text"].edited.emit()
    page.obey(Command.SAVE)
    rest(page)
    assert commune.periodic_reports.editions(QUARTER)[0].texts == {}


def test_typed_text_outlives_the_page(page: ReportsPage) -> None:
    begin(page)
    type_in(page, SECTION, "Chưa xong")
    page.back()
    page.open("2026-Q2")
    rest(page)
    page.open(QUARTER)
    rest(page)
    assert page.body.sections[SECTION].text == "Chưa xong"
    assert page.body.sections[SECTION].form.edited


def test_a_change_elsewhere_counts_a_draft_anew_and_leaves_what_is_typed(
    page: ReportsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    begin(page)
    type_in(page, "mo-hinh", "Đang gõ dở")
    campaign = commune.commitments.yearly()
    other = commune.commitments.entries(areas[0].id, campaign.id)[1]
    page.desk.run(
        lambda _progress: commune.commitments.record(
            other.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 2)
        )
    )
    rest(page)
    assert page._view is not None
    assert page._view.content.figures["households_signed"].now == 2
    assert page.body.sections["mo-hinh"].text == "Đang gõ dở"


def test_signing_keeps_what_is_typed_first_and_freezes_it(
    page: ReportsPage, commune: Application, agreed: list[str]
) -> None:
    begin(page)
    type_in(page, SECTION, "Câu cuối cùng.")
    page.sign()
    rest(page)
    (kept,) = commune.periodic_reports.editions(QUARTER)
    assert kept.content is not None
    assert next(one for one in kept.content.sections if one.id == SECTION).wording == "Câu cuối cùng."
    assert "quý I năm 2026" in agreed[0]
    assert page.body.sections[SECTION].form.isHidden(), "nothing is typed in a signed report"
    assert states(page)[QUARTER] == "signed"
    assert page.side.correct.isVisible()


def test_what_is_odd_is_asked_about_before_signing(page: ReportsPage, agreed: list[str]) -> None:
    begin(page, "2026")
    page.sign()
    rest(page)
    assert remarks(page) == []
    assert "14/12/2026" in agreed[0], "the year is not over"


@pytest.mark.usefixtures("agreed")
def test_a_correction_asks_for_a_reason_and_the_old_edition_stays(
    page: ReportsPage, commune: Application
) -> None:
    begin(page)
    page.sign()
    rest(page)
    first = commune.periodic_reports.editions(QUARTER)[0]
    page.side.correct.click()
    page.side.correction.give()
    assert len(commune.periodic_reports.editions(QUARTER)) == 1, "without a reason nothing is begun"
    page.side.correction.box.set_typed("Sót một hộ")
    page.side.correction.give()
    rest(page)
    assert states(page)[QUARTER] == "correcting"
    assert page._view is not None
    assert (page._view.report.edition, page._view.report.reason) == (2, "Sót một hộ")
    page.side.edition_asked.emit(first.id)
    rest(page)
    assert page._view.report.id == first.id
    assert page.body.sections[SECTION].form.isHidden()


def test_a_draft_is_discarded_with_a_reason(page: ReportsPage, commune: Application) -> None:
    begin(page)
    page.side.discard.click()
    page.side.discarding.box.set_typed("Chọn nhầm kỳ")
    page.side.discarding.give()
    rest(page)
    assert commune.periodic_reports.editions(QUARTER) == []
    assert page.table.isVisible()


def test_a_report_without_anything_is_refused_in_a_sentence(
    office: Desk, areas: list[ResidentialArea], in_sight: InSight, agreed: list[str]
) -> None:
    page = shown(office, in_sight)
    begin(page)
    assert any("15/12/2025" in said for said in remarks(page))
    page.sign()
    rest(page)
    assert "15/12/2025" in page.banner.text()


def test_the_workbook_is_saved_from_the_paper_and_says_where_it_lies(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    out = tmp_path / "bao-cao.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_asked: out)
    begin(page)
    paper = on_paper(page)
    press(paper, "Lưu Excel")
    rest(page)
    assert len(openpyxl.load_workbook(out).sheetnames) == 6
    assert str(out) in paper.banner.text()
    (way,) = [one for one in paper.findChildren(QPushButton) if one.text() == "Mở thư mục"]
    assert way.isVisible()


def test_why_a_workbook_was_not_saved_is_said_on_the_paper(
    page: ReportsPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "khoa").write_bytes(b"")
    monkeypatch.setattr(dialogs, "save_file", lambda *_asked: tmp_path / "khoa" / "bao-cao.xlsx")
    begin(page)
    paper = on_paper(page)
    press(paper, "Lưu Excel")
    rest(page)
    assert "bao-cao.xlsx" in paper.banner.text()
    assert paper.saved is None


def test_letters_that_the_face_lacks_are_told_beside_the_paper(
    page: ReportsPage, commune: Application
) -> None:
    begin(page)
    (draft,) = commune.periodic_reports.editions(QUARTER)
    commune.periodic_reports.put_closing(draft.id, number="", remarks=["Chữ 漢"], tasks=[])
    assert "漢" in on_paper(page).banner.text()


def test_a_figure_leads_to_its_rows_by_name(page: ReportsPage, signed_home: str) -> None:
    went: list[tuple[str, dict[str, Any]]] = []
    page.desk.gone_to.connect(lambda key, what: went.append((key, what)))
    begin(page)
    links = page.body.sections[SECTION].findChildren(QPushButton)
    next(one for one in links if one.accessibleName().startswith("Số hộ đã ký cam kết")).click()
    rest(page)
    model = page.behind.table.model()
    assert model.rowCount() == 2
    rows = [page.behind._model.row_at(place) for place in range(2)]
    assert [row.id for row in rows if row is not None and row.counted] == [signed_home]
    page.behind.table.opened.emit(rows[0])
    assert went[0][0] == "households"


def test_a_period_nobody_has_written_of_is_shown_on_paper_too(
    page: ReportsPage, commune: Application
) -> None:
    page.obey(Command.PRINT)
    assert "Enter" in page.banner.text()
    page.open(QUARTER)
    rest(page)
    page.obey(Command.PRINT)
    rest(page)
    (paper,) = [one for one in page.findChildren(PaperDesk) if one.isVisible()]
    assert paper.view.pages > 1
    assert commune.periodic_reports.editions(QUARTER) == [], "looking begins no report"


def test_namesakes_behind_a_figure_stand_with_their_areas(
    page: ReportsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    for area in areas[:2]:
        commune.households.save(Household(id="", unit_code="", area_id=area.id, head="Nguyễn Văn Bình"))
    begin(page)
    page.see_behind("households_signed")
    rest(page)
    model = page.behind._model
    names = {row.name for place in range(model.rowCount()) if (row := model.row_at(place)) is not None}
    assert {f"Nguyễn Văn Bình ({area.name})" for area in areas[:2]} <= names
    assert all("(" not in name for name in names if "Bình" not in name)


def test_annexes_stand_beside_the_wording(page: ReportsPage) -> None:
    begin(page)
    page.body.chips.asked.emit("areas")
    assert page.body.tables["areas"].isVisible()
    assert page.body.tables["areas"].model().rowCount() == 3


def test_another_year_shows_its_own_periods(page: ReportsPage) -> None:
    begin(page)
    page.desk.set_year(2025)
    page.year_changed(2025)
    rest(page)
    assert page.table.isVisible()
    assert all(period.startswith("2025") for period in states(page))
    page.desk.set_year(2028)
    page.year_changed(2028)
    rest(page)
    assert states(page) == {}


@pytest.mark.parametrize(("width", "height"), [(1158, 690), (620, 330)])
def test_it_fits_a_low_window(
    office: Desk, signed_home: str, in_sight: InSight, width: int, height: int
) -> None:
    page = ReportsPage(office)
    in_sight(page, width, height)
    page.freshen()
    rest(page)
    begin(page)
    assert (page.width(), page.height()) == (width, height)
    assert page.body.isVisible()


@pytest.mark.usefixtures("agreed")
def test_the_parts_of_a_signed_report_follow_each_other_without_gaps(
    page: ReportsPage, rested: Callable[[], None]
) -> None:
    begin(page)
    page.sign()
    rest(page)
    page.hide_details()
    rested()
    views = list(page.body.sections.values())
    taller = [view.height() - view.heightForWidth(view.width()) for view in views]
    assert taller == [0] * len(views)


@pytest.mark.usefixtures("agreed")
def test_what_changed_after_the_signature_is_marked_and_the_number_added(
    page: ReportsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    begin(page)
    page.sign()
    rest(page)
    campaign = commune.commitments.yearly()
    other = commune.commitments.entries(areas[0].id, campaign.id)[1]
    commune.commitments.record(other.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 2))
    page.side.numbered.emit("15/BC-CAX")
    rest(page)
    (kept,) = commune.periodic_reports.editions(QUARTER)
    assert (kept.number, kept.state) == ("15/BC-CAX", ReportState.SIGNED)
    said = [one.text() for one in page.side.findChildren(QLabel)]
    assert any("số liệu hiện nay khác bản đã ký" in text.lower() for text in said)
    assert "Số hộ đã ký cam kết: 1 → 2" in said
    page.back()
    rest(page)
    (row,) = [row for row in map(page._model.row_at, range(8)) if row is not None and row.period == QUARTER]
    assert row.differing == 3, "the count, the share and the line of the area"


@pytest.mark.usefixtures("agreed")
def test_what_is_asked_goes_before_the_next_signed_report_that_is_compared(
    page: ReportsPage, commune: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    for period in (QUARTER, "2026-H1"):
        begin(page, period)
        page.sign()
        rest(page)
    reports = commune.periodic_reports
    done: list[str] = []
    real = reports.differences

    def compare(period: str) -> tuple[Difference, ...]:
        done.append(period)
        return real(period)

    monkeypatch.setattr(reports, "differences", compare)
    page.back()
    page.desk.run(lambda _progress: done.append("asked"))
    rest(page)
    assert done == [QUARTER, "asked", "2026-H1"]


@pytest.mark.usefixtures("agreed")
def test_a_draft_is_shown_before_the_signed_reports_beside_it_are_compared(
    page: ReportsPage, commune: Application, areas: list[ResidentialArea]
) -> None:
    begin(page)
    page.sign()
    rest(page)
    campaign = commune.commitments.yearly()
    other = commune.commitments.entries(areas[0].id, campaign.id)[1]
    commune.commitments.record(other.household_id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 2))
    seen: list[tuple[str, int]] = []
    page.desk.lane.settled.connect(lambda _job: seen.append((page._period, len(remarks(page)))))
    page.write("2026-H1")
    rest(page)
    drafted = [count for period, count in seen if period == "2026-H1"]
    assert drafted[-1] == drafted[-2] + 1, "the remark on the quarter follows"
    assert "quý I năm 2026" in remarks(page)[-1]
