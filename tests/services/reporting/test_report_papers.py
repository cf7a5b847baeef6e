"""A report of a period as PDF, Word file and workbook: the same figures to the digit, formulas that come to them, the draft mark."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from antq_desktop.documents.output import PaperNotWritten
from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.papers.press import UnknownPaperKind
from antq_desktop.services.reporting.periodic_paper import figure_rows
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.storage.queries.community_models import ActivityFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
_SHARE = re.compile(r'=IF\((\w+)=0,"",ROUNDDOWN\((\w+)/(\w+),4\)\)')
_MINUS = re.compile(r"=ROUND\((\w+)-(\w+),4\)")
_SUM = re.compile(r"=SUM\(([A-Z]+)(\d+):[A-Z]+(\d+)\)")


def written(commune: Application, view: ReportView, out: Path) -> Path:
    commune.printing.periodic_report(view, out)
    return out


@pytest.fixture
def commune(application: Application, area: ResidentialArea, settle: Settle) -> Application:
    """Return a commune with 1.103 patrols' worth of people, two areas and two years."""
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    homes = settle(area.id, *(f"Bùi Văn {number:02}" for number in range(7)))
    settle(other.id, "Hà Văn Dũng", "Lê Thị Em")
    campaign = application.commitments.yearly().id
    for home in homes[:5]:
        application.commitments.record(home.id, campaign, CommitmentState.SIGNED, date(2026, 2, 1))
    application.commitments.record(homes[6].id, campaign, CommitmentState.REFUSED)
    for name, area_id, members in (("Tổ liên gia", area.id, 1040), ("Camera an ninh", None, 63)):
        model = application.community_models.save(
            CommunityModel(
                id="",
                unit_code="",
                kind=next(iter(application.catalogues.models.kinds)),
                name=name,
                area_id=area_id,
                state=ModelState.WORKING,
                launched_on=date(2024, 5, 1),
                sites=2,
                groups=3,
                members=members,
            )
        ).record
        for day in (date(2025, 2, 1), date(2025, 10, 1), date(2026, 1, 5), date(2026, 3, 14)):
            application.community_models.save_activity(
                ModelActivity(
                    id="",
                    unit_code="",
                    model_id=model.id,
                    kind="tuan-tra",
                    on=day,
                    quantities={"ca": day.month, "luot-nguoi": 1200},
                )
            )
    return application


def tables_of_word(path: Path) -> list[list[list[str]]]:
    return [
        [[cell.text.strip() for cell in row.cells] for row in table.rows]
        for table in docx.Document(str(path)).tables
    ]


def text_of_pdf(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    pages = (page.get_textpage().get_text_bounded() for page in document)
    return " ".join(" ".join(pages).split())


@dataclass(frozen=True)
class Worked:
    """A sheet whose formulas are worked out here, independently of any spreadsheet."""

    page: Worksheet

    def value(self, place: str) -> float | str | None:
        plain: float | str | None = self.page[place].value
        if not isinstance(plain, str) or not plain.startswith("="):
            return plain
        if share := _SHARE.fullmatch(plain):
            assert share[1] == share[3]
            part, whole = int(self.value(share[2]) or 0), int(self.value(share[3]) or 0)
            return "" if whole == 0 else part * 10_000 // whole / 10_000
        if minus := _MINUS.fullmatch(plain):
            left, right = self.value(minus[1]), self.value(minus[2])
            return round(float(left or 0) - float(right or 0), 4)
        total = _SUM.fullmatch(plain)
        assert total is not None, plain
        found = (self.value(f"{total[1]}{row}") for row in range(int(total[2]), int(total[3]) + 1))
        return sum(float(number) for number in found if isinstance(number, int | float))

    def text(self, place: str) -> str:
        """Return a cell as an office's spreadsheet shows it, by its own number format."""
        value = self.value(place)
        if value in (None, ""):
            return ""
        shown = self.page[place].number_format
        if isinstance(value, str):
            return value
        if "%" in shown:
            hundredths = round(abs(value) * 10_000)
            text = f"{hundredths // 100},{hundredths % 100:02d}".rstrip("0").rstrip(",")
            return f"{_sign(value)}{text}" if "+" in shown else f"{text} %"
        whole = f"{abs(round(value)):,}".replace(",", ".")
        return f"{_sign(value)}{whole}" if "+" in shown else whole

    def rows(self) -> list[list[str]]:
        return [[self.text(cell.coordinate) for cell in row] for row in self.page.iter_rows()]


def _sign(value: float) -> str:
    return "+" if value > 0 else "-" if value < 0 else ""


def below(rows: Sequence[Sequence[str]], head: str) -> list[list[str]]:
    """Return the rows of a table below the one that begins with ``head`` in its second column."""
    start = next(place for place, row in enumerate(rows) if row[1] == head)
    return [list(row) for row in rows[start + 1 :]]


@pytest.mark.parametrize("period", ["2026-Q1", "2026-9M", "2026"])
def test_the_three_files_say_the_same_to_the_digit(commune: Application, tmp_path: Path, period: str) -> None:
    view = commune.periodic_reports.view_of(period)
    pdf, word, book = (
        written(commune, view, tmp_path / f"report{kind}") for kind in (".pdf", ".docx", ".xlsx")
    )
    figures = [row for row in figure_rows(view.content) if row.indicator]
    two = period == "2026-Q1"
    expected = [
        [row.now, *((row.before, row.before_change) if two else ()), row.last_year, row.last_year_change]
        for row in figures
    ]
    assert any("1.103" in row for row in expected)
    assert any("55,55 %" in row for row in expected)
    assert "Trị giá quà tại Ngày hội (đồng)" in [row.title for row in figures]

    tables = tables_of_word(word)
    in_word = next(table for table in tables if table[0][1] == "Chỉ tiêu")
    assert [row[2:] for row in in_word if row[0].isdigit()] == expected

    sheets = openpyxl.load_workbook(book)
    in_book = [row for row in below(Worked(sheets["Số liệu"]).rows(), "Chỉ tiêu thống kê") if row[0]]
    # Nothing of nothing is a dash on paper and an empty cell in a workbook, which goes on counting with it.
    assert [[cell or "—" for cell in row[3:]] for row in in_book] == [
        [cell or "—" for cell in row] for row in expected
    ]

    text = text_of_pdf(pdf)
    for row, texts in zip(figures, expected, strict=True):
        assert " ".join([row.title, *(cell for cell in texts if cell)]) in text

    in_word = next(table for table in tables if table[0][1] == "Khu dân cư")
    in_book = below(Worked(sheets["Khu dân cư"]).rows(), "Khu dân cư")
    assert [row[1:10] for row in in_book] == [row[1:] for row in in_word[1:]]
    foot = in_word[-1]  # what stands at the foot of the printed tables is what the SUMs come to
    assert foot[1:6] == ["Cộng", "9", "36", "5", "55,55 %"]
    assert " ".join(foot[1:]) in text

    in_word = next(table for table in tables if table[0][1] == "Tên mô hình")
    in_book = below(Worked(sheets["Mô hình tự quản"]).rows(), "Tên mô hình")
    assert [row[1:6] for row in in_book] == [row[1:] for row in in_word[1:]]
    assert in_word[-1][4] == "1.103"

    wordings = [row[1] for row in below(Worked(sheets["Nội dung"]).rows(), "Nội dung")]
    paragraphs = " ".join(paragraph.text for paragraph in docx.Document(str(word)).paragraphs)
    assert len(wordings) == len(view.content.sections)
    for wording in wordings:
        assert wording in paragraphs
        assert wording in text


@pytest.mark.parametrize(
    ("period", "heads", "missing"),
    [
        ("2026-Q1", ["Quý IV năm 2025"], "quý I năm 2025"),
        ("2026-H1", ["6 tháng cuối năm 2025"], "6 tháng đầu năm 2025"),
        ("2026", [], "năm 2025"),
    ],
)
def test_a_period_of_which_nothing_is_known_has_no_column(
    commune: Application, tmp_path: Path, period: str, heads: list[str], missing: str
) -> None:
    """The three files leave the same column out, say why in the same words, and show the same figures in the others."""
    for activity in commune.community_models.page_activities(ActivityFilter(), Window(sort="on")):
        if activity.on.year == 2025 and (not heads or activity.on.month < 6):
            commune.community_models.delete_activity(activity.id, "ghi nhầm")
    view = commune.periodic_reports.view_of(period)
    pdf, word, book = (
        written(commune, view, tmp_path / f"report{kind}") for kind in (".pdf", ".docx", ".xlsx")
    )
    said = f"Không có số liệu của {missing} nên không có cột so sánh."
    in_word = next(table for table in tables_of_word(word) if table[0][1] == "Chỉ tiêu")
    assert in_word[0][2:] == ["Kỳ này", *(each for head in heads for each in (head, "Tăng, giảm"))]
    rows = Worked(openpyxl.load_workbook(book)["Số liệu"]).rows()
    in_book = [row for row in below(rows, "Chỉ tiêu thống kê") if row[0]]
    assert [row[2:] for row in in_word if row[0].isdigit()] == [
        [cell or ("—" if place == 0 else "") for place, cell in enumerate(row[3:])] for row in in_book
    ]
    assert said in [row[0] for row in rows]
    assert said in [paragraph.text for paragraph in docx.Document(str(word)).paragraphs]
    text = text_of_pdf(pdf)
    assert said in text
    assert "không có số liệu" not in text


def test_totals_shares_and_changes_of_the_workbook_are_formulas(commune: Application, tmp_path: Path) -> None:
    view = commune.periodic_reports.view_of("2026-Q1")
    book = openpyxl.load_workbook(written(commune, view, tmp_path / "report.xlsx"))
    rows = {row[1].value: row for row in book["Số liệu"].iter_rows() if row[0].value is not None}
    share, part, whole = (
        rows[name] for name in ("Tỷ lệ hộ đã ký cam kết", "Số hộ đã ký cam kết", "Số hộ đang cư trú")
    )
    assert share[3].value == (
        f'=IF({whole[3].coordinate}=0,"",ROUNDDOWN({part[3].coordinate}/{whole[3].coordinate},4))'
    )
    assert part[5].value == f"=ROUND({part[3].coordinate}-{part[4].coordinate},4)"
    total = [cell.value for cell in list(book["Khu dân cư"].iter_rows())[-1]]
    assert [bool(isinstance(value, str) and value.startswith("=")) for value in total] == [
        *(False, False, True, True, True, True),
        *(True, True, True, True, False, False),
    ]


def test_a_share_is_never_rounded_up_to_all(commune: Application, tmp_path: Path) -> None:
    view = commune.periodic_reports.view_of("2026")
    almost = replace(view.content.areas[0], name="Xóm Gần Đủ", households=20_000, signed=19_999)
    view = replace(view, content=replace(view.content, areas=(almost,)))
    pdf, book = (written(commune, view, tmp_path / f"report{kind}") for kind in (".pdf", ".xlsx"))
    assert f"1 Xóm Gần Đủ 20.000 {almost.people} 19.999 99,99 %" in text_of_pdf(pdf)
    rows = openpyxl.load_workbook(book)["Khu dân cư"].iter_rows(values_only=True)
    assert next(row[5] for row in rows if row[1] == "Xóm Gần Đủ") == 0.9999


def test_a_draft_carries_the_mark_and_a_signed_report_does_not(commune: Application, tmp_path: Path) -> None:
    def marks(view: ReportView, name: str) -> list[bool]:
        pdf, word, book = (
            written(commune, view, tmp_path / f"{name}{kind}") for kind in (".pdf", ".docx", ".xlsx")
        )
        headers = docx.Document(str(word)).sections[0]
        drawn = "".join(part._element.xml for part in (headers.header, headers.first_page_header))
        titles = [row[0].value for row in openpyxl.load_workbook(book)["Số liệu"].iter_rows()]
        return ["BẢN NHÁP" in text_of_pdf(pdf), "BẢN NHÁP" in drawn, "BẢN NHÁP" in titles]

    reports = commune.periodic_reports
    draft = reports.start("2026-Q1").record
    assert marks(reports.view(draft.id), "draft") == [True] * 3
    reports.sign_off(draft.id, date(2026, 3, 16))
    signed = reports.view(draft.id)
    assert marks(signed, "signed") == [False] * 3
    assert "ngày 16 tháng 3 năm 2026" in text_of_pdf(tmp_path / "signed.pdf")


def test_a_signed_report_prints_the_same_bytes_whatever_changed_since(
    commune: Application, tmp_path: Path
) -> None:
    reports = commune.periodic_reports
    signed = reports.sign_off(reports.start("2026-Q1").record.id).record
    first = written(commune, reports.view(signed.id), tmp_path / "first.pdf").read_bytes()
    commune.territory.rename(commune.territory.areas()[0].id, "Xóm Mới", date(2026, 1, 1))
    commune.settings.put("place", "Nơi khác")
    again = written(commune, reports.view(signed.id), tmp_path / "again.pdf").read_bytes()
    assert again == first


def test_a_correction_says_what_it_replaces_and_why(commune: Application, tmp_path: Path) -> None:
    reports = commune.periodic_reports
    first = reports.sign_off(reports.start("2026-Q1").record.id, date(2026, 3, 16)).record
    second = reports.correct(first.id, "ghi thiếu 2 hộ").record
    reports.sign_off(second.id)
    said = "Đính chính lần 1, thay báo cáo ngày 16/03/2026. Lý do: ghi thiếu 2 hộ"
    view = reports.view_of("2026-Q1")
    assert said in text_of_pdf(written(commune, view, tmp_path / "second.pdf"))
    book = openpyxl.load_workbook(written(commune, view, tmp_path / "second.xlsx"))
    assert said in [row[0].value for row in book["Nội dung"].iter_rows()]
    old = written(commune, reports.view(first.id), tmp_path / "first.pdf")
    assert "Đính chính lần" not in text_of_pdf(old)


def test_each_print_stands_in_the_journal(commune: Application, tmp_path: Path) -> None:
    reports = commune.periodic_reports
    draft = reports.start("2026-Q1").record
    for kind in (".pdf", ".docx", ".xlsx"):
        commune.printing.periodic_report(reports.view(draft.id), tmp_path / f"r{kind}")
    with pytest.raises(UnknownPaperKind):
        commune.printing.periodic_report(reports.view(draft.id), tmp_path / "r.odt")
    lines = commune.journal.page(JournalFilter(action="printed"), Window(sort="at"))
    assert [(line.entity, line.entity_id, line.changes["form"]) for line in lines] == [
        ("periodic_reports", draft.id, "periodic-report")
    ] * 3


@pytest.mark.parametrize("kind", [".pdf", ".docx", ".xlsx"])
def test_a_report_that_cannot_be_written_is_noted(commune: Application, tmp_path: Path, kind: str) -> None:
    (tmp_path / "khoa").write_bytes(b"")
    draft = commune.periodic_reports.start("2026").record
    with pytest.raises(PaperNotWritten):
        commune.printing.periodic_report(
            commune.periodic_reports.view(draft.id), tmp_path / "khoa" / f"r{kind}"
        )
    (line,) = commune.journal.page(JournalFilter(action="print_failed"), Window(sort="at"))
    assert (line.entity_id, line.note, line.changes["file"]) == (draft.id, "paper-not-written", f"r{kind}")
    assert commune.journal.page(JournalFilter(action="printed"), Window(sort="at")) == []


@pytest.mark.parametrize("kind", [".pdf", ".docx"])
def test_letters_that_the_face_lacks_are_told_by_the_name_of_the_report(
    commune: Application, tmp_path: Path, kind: str
) -> None:
    reports = commune.periodic_reports
    draft = reports.start("2026-Q1").record
    assert (
        commune.printing.periodic_report(reports.view(draft.id), tmp_path / f"r{kind}").missing_glyphs == ()
    )
    reports.put_closing(draft.id, number="", remarks=["Chữ 漢 của dòng họ"], tasks=[])
    done = commune.printing.periodic_report(reports.view(draft.id), tmp_path / f"r{kind}")
    (result,) = done.results
    # Word itself looks for a face that has the letter.
    lacking = ("漢",) if kind == ".pdf" else ()
    assert (result.missing_glyphs, result.name) == (lacking, reports.view(draft.id).name)
