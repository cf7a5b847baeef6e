"""Workbooks: numbers and dates are real, sums are formulas, data never is."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from antq_desktop.documents.output import PaperNotWritten
from antq_desktop.documents.spreadsheet_out import (
    Column,
    Entry,
    Minus,
    PartOf,
    Sheet,
    Shown,
    Table,
    write_workbook,
)

COLUMNS = (
    Column("TT", "number", 6),
    Column("Khu dân cư", width=30),
    Column("Số hộ", "number", sums=True),
    Column("Đã ký", "number", sums=True),
    Column("Tỷ lệ", "share"),
    Column("Ngày chốt", "date"),
)
ROWS = (
    (1, "Xóm Bãi Chạo", 1210, 1180, Decimal("0.9752"), date(2026, 3, 31)),
    (2, "Xóm Mớ Đá", 96, 94, Decimal("0.9792"), date(2026, 3, 31)),
)


def written(tmp_path: Path, rows: Sequence[Sequence[Entry]] = ROWS, name: str = "Năm 2026") -> Worksheet:
    table = Table("I. Cam kết của hộ gia đình", COLUMNS, rows, total="Cộng", ratios=[(4, 3, 2)])
    sheet = Sheet(
        name,
        agency=("CÔNG AN TỈNH PHÚ THỌ", "CÔNG AN XÃ KIM BÔI"),
        state=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        title=("BÁO CÁO", "Kết quả năm 2026"),
        tables=(table, table),
    )
    target = tmp_path / "report.xlsx"
    write_workbook([sheet], target)
    return openpyxl.load_workbook(target).worksheets[0]


def test_the_head_stands_as_on_paper(tmp_path: Path) -> None:
    page = written(tmp_path)
    assert [page["A1"].value, page["D1"].value] == [
        "CÔNG AN TỈNH PHÚ THỌ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]
    assert [page["A2"].font.bold, page["A1"].font.bold] == [True, False]
    assert page["A4"].value == "BÁO CÁO"
    assert {"A1:C1", "D1:F1", "A4:F4"} <= {str(place) for place in page.merged_cells.ranges}
    assert page["A1"].font.name == "Times New Roman"


def test_numbers_and_dates_are_real(tmp_path: Path) -> None:
    page = written(tmp_path)
    assert [cell.value for cell in page[8]] == [column.head for column in COLUMNS]
    assert page["C9"].value == 1210
    assert page["C9"].number_format == "#,##0"
    assert page["E9"].value == pytest.approx(0.9752)
    assert page["E9"].number_format == "0.00%"
    assert page["F9"].is_date
    assert page["F9"].value.date() == date(2026, 3, 31)
    assert page["F9"].number_format == "dd/mm/yyyy"
    assert page.column_dimensions["B"].width == 30


def test_totals_are_formulas_over_the_rows_of_their_own_table(tmp_path: Path) -> None:
    page = written(tmp_path)
    assert [page["B11"].value, page["C11"].value, page["D11"].value] == [
        "Cộng",
        "=SUM(C9:C10)",
        "=SUM(D9:D10)",
    ]
    assert page["E11"].value == '=IF(C11=0,"",ROUNDDOWN(D11/C11,4))'
    assert page["A13"].value == "I. Cam kết của hộ gia đình"
    assert page["C17"].value == "=SUM(C15:C16)"


def test_a_cell_can_be_a_formula_over_its_own_table(tmp_path: Path) -> None:
    rows: list[Sequence[Entry]] = [
        (1, "Đã ký", 5, 4, None, None),
        (2, "Số hộ", 9, 9, None, None),
        (3, "Tỷ lệ", Shown(PartOf(0, 1), "share"), 7, Shown(Minus(2, 3), "change"), None),
    ]
    page = written(tmp_path, rows=rows)
    assert page["C11"].value == '=IF(C10=0,"",ROUNDDOWN(C9/C10,4))'
    assert page["E11"].value == "=ROUND(C11-D11,4)"
    assert (page["C11"].number_format, page["E11"].number_format) == ("0.00%", "+#,##0;-#,##0;0")
    # The same table once more, below: its formulas look at its own rows.
    assert page["C18"].value == '=IF(C17=0,"",ROUNDDOWN(C16/C17,4))'


@pytest.mark.parametrize("evil", ['=HYPERLINK("http://x")', "+1+2", "-2+3", "@SUM(A1)", "=1\t"])
def test_text_from_data_is_never_a_formula(tmp_path: Path, evil: str) -> None:
    page = written(tmp_path, rows=[(1, evil, 1, 1, Decimal(1), date(2026, 1, 1))])
    assert page["B9"].data_type == "s"
    assert page["B9"].value == evil.strip()
    assert page["B9"].quotePrefix


def test_control_signs_and_parted_letters_are_cleaned(tmp_path: Path) -> None:
    page = written(tmp_path, rows=[(1, "Bo\u0302i\x07", 1, 1, None, None)])
    assert page["B9"].value == "Bôi\ufffd"
    assert page["E9"].value is None


def test_a_table_without_rows_has_no_total(tmp_path: Path) -> None:
    page = written(tmp_path, rows=[])
    assert [page["A8"].value, page["A9"].value, page["B9"].value] == ["TT", None, None]


def test_a_sheet_name_is_made_to_fit(tmp_path: Path) -> None:
    assert written(tmp_path, name="Báo cáo [2026]/xã: " + "dài " * 10).title.startswith("Báo cáo  2026  xã")


def test_a_row_of_another_length_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zip"):
        written(tmp_path, rows=[(1, "a")])


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "report.xlsx").mkdir()
    with pytest.raises(PaperNotWritten):
        written(tmp_path)


def test_a_row_is_high_enough_for_what_wraps_also_where_cells_are_merged(tmp_path: Path) -> None:
    reason = "Đính chính lần 1. Lý do: " + "ghi thiếu hai hộ của Xóm Bãi Chạo; " * 4
    columns = (
        Column("TT", "number", 6),
        Column("Nội dung", width=40),
        Column("Kỳ trước của năm ngoái", width=12),
    )
    rows = ((1, "Một dòng", 2), (2, "Nhiều dòng " * 20, 3))
    sheet = Sheet("Nội dung", ("XÃ",), ("CỘNG HÒA",), ("BÁO CÁO", reason), (Table("", columns, rows),))
    target = tmp_path / "report.xlsx"
    write_workbook([sheet], target)
    page = openpyxl.load_workbook(target).worksheets[0]
    heights = {row: page.row_dimensions[row].height for row in range(1, 9)}
    assert page["A4"].value.startswith("Đính chính")
    assert [heights[row] for row in (1, 3, 7)] == [None, None, None], (
        "one line is left to the program that opens it"
    )
    assert (heights[4], heights[6], heights[8]) == (3 * 15.75, 2 * 15.75, 5 * 15.75)
    assert page.print_title_rows == "$6:$6"
