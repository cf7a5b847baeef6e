"""Lists of activities as models keep them: titles, merged cells, old encodings, several ways to count, faults by line."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import pytest

from antq_desktop.domain.activities import parse_activities
from antq_desktop.intake.activity_sheet import ActivitySheet, NoActivities, read_activities
from antq_desktop.intake.activity_words import ActivityWords
from antq_desktop.intake.workbook_parts import EmptyWorkbook
from antq_desktop.runtime.catalogue_files import read_shipped

WriteXlsx: TypeAlias = Callable[..., Path]
KINDS = read_shipped("activity-kinds", parse_activities)
MARCH_5 = datetime(2026, 3, 5)  # noqa: DTZ001 - a day of a paper has no time zone
HEADER = ("Mô hình", "Loại hoạt động", "Ngày", "Số buổi", "Lượt người")


def read(path: Path) -> ActivitySheet:
    return read_activities(path, KINDS)


def told(sheet: ActivitySheet) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.field, finding.code) for finding in (*sheet.faults, *sheet.warnings)]


def test_a_list_with_titles_two_header_rows_totals_and_signatures(xlsx: WriteXlsx) -> None:
    path = xlsx(
        [
            ["CÔNG AN XÃ KIM BÔI", None, None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            ["KẾT QUẢ HOẠT ĐỘNG MÔ HÌNH THÁNG 3 NĂM 2026"],
            [],
            ["STT", "Ngày, tháng", "Tên mô hình", "Loại hoạt động", "Kết quả", None, None, "Địa điểm", "Nội dung", "Ghi chú"],
            [None, None, None, None, "Số buổi", "Số ca", "Số người tham gia", None, None, None],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
            [1, MARCH_5, "Tổ liên gia", "Sinh hoạt", 1, None, "35 người", "Nhà văn hóa", "Họp tổ", None],
            [2, "06/03/2026", None, "TUẦN TRA ĐÊM", None, 2, 10, None, None, "Trời mưa"],
            [3, "-nt-", "Camera an ninh", "tuyen truyen", "1", "x", "1.200", "-nt-", None, None],
            ["Tổng cộng", None, None, None, 2, 2, 1245],
            [None, None, None, "Kim Bôi, ngày 31 tháng 3 năm 2026"],
            ["NGƯỜI LẬP", None, None, None, None, "TRƯỞNG CÔNG AN XÃ"],
            [None, None, None, None, None, "Hà Quang Vinh", "x"],
        ],
        merges=("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:G4", "H4:H5", "I4:I5", "J4:J5", "C7:C8"),
    )  # fmt: skip
    sheet = read(path)
    assert told(sheet) == []
    first, second, third = sheet.rows
    assert (first.line, first.model, first.kind, first.on) == (
        7,
        "Tổ liên gia",
        "sinh-hoat",
        date(2026, 3, 5),
    )
    assert (first.quantities, first.place, first.title) == (
        {"buoi": 1, "luot-nguoi": 35},
        "Nhà văn hóa",
        "Họp tổ",
    )
    assert (second.model, second.kind, second.quantities) == (
        "Tổ liên gia",
        "tuan-tra",
        {"ca": 2, "luot-nguoi": 10},
    )
    assert second.note == "Trời mưa"
    assert (third.on, third.kind, third.place) == (date(2026, 3, 6), "tuyen-truyen", "")
    assert third.quantities == {"buoi": 1, "luot-nguoi": 1200}


def test_every_faulty_line_is_named_by_its_number(xlsx: WriteXlsx) -> None:
    sheet = read(
        xlsx(
            [
                HEADER,
                ["A", "Sinh hoạt", "32/03/2026", 1, 2],
                ["A", "Nhảy múa", "01/03/2026", 1, 2],
                ["A", None, "01/03/2026", 1, 2],
                ["A", "Sinh hoạt", None, 1, 2],
                ["A", "Sinh hoạt", "01/03/2026", -1, "2,5"],
                ["A", "Sinh hoạt", "01/03/2026", "#N/A", MARCH_5],
                ["A", "Hòa giải", "01/03/2026", 1, None],
                ["A", "Sinh hoạt", "01/03/2026", "vài", None],
                ["A", "Sinh hoạt", "hôm qua", 1, None],
                ["A", "Tuyên truyền, hòa giải", "01/03/2026", 1, None],
                ["", "Sinh hoạt", "01/03/2026", 0, None],
            ]
        )
    )
    assert told(sheet) == [
        (2, "on", "no-such-day"),
        (3, "kind", "kind-unknown"),
        (4, "kind", "kind-missing"),
        (5, "on", "day-missing"),
        (6, "quantities", "negative-count"),
        (6, "quantities", "not-whole"),
        (7, "quantities", "formula-error"),
        (7, "quantities", "no-number"),
        (8, "quantities", "unit-not-of-kind"),
        (9, "quantities", "no-number"),
        (10, "on", "no-such-day"),
        (11, "kind", "kind-doubtful"),
    ]
    (row,) = sheet.rows
    assert (row.line, row.model, row.quantities) == (12, "", {}), "whoever takes it in says the model"
    assert all(fault.why for fault in sheet.faults)


def test_a_formula_without_its_result_is_a_fault_of_its_line(xlsx: WriteXlsx) -> None:
    path = xlsx(
        [
            HEADER,
            ["A", "Sinh hoạt", "01/03/2026", 1, "=15+20"],
            ["A", "Sinh hoạt", "=TODAY()", "hai", 2],
            ["=A2", "=B2", "=C2", "=D2", "=E2"],
            ["A", "-nt-", "02/03/2026", 1, 3],
            ["A", "Sinh hoạt", "02/03/2026", 1, 30],
        ]
    )
    sheet = read(path)
    assert told(sheet) == [
        (2, "quantities", "formula-uncounted"),
        (3, "on", "formula-uncounted"),
        (4, "quantities", "formula-uncounted"),
        (4, "model", "formula-uncounted"),
        (4, "kind", "formula-uncounted"),
        (4, "on", "formula-uncounted"),
        (5, "kind", "kind-missing"),
    ]
    assert "E2" in sheet.faults[0].why
    assert [row.line for row in sheet.rows] == [6]
    corrected = read_activities(path, KINDS, None, {(2, "quantities"): "1 buổi, 35 lượt người"})
    assert corrected.rows[0].quantities == {"buoi": 1, "luot-nguoi": 35}


def test_a_formula_with_its_result_is_read_as_that(xlsx: WriteXlsx, tmp_path: Path) -> None:
    header = [*HEADER, "Nội dung"]
    rows = [header, ["A", "Sinh hoạt", "01/03/2026", 1, "=15+20", '=IF(A2="A","","x")']]
    written, path = xlsx(rows), tmp_path / "co-ket-qua.xlsx"
    with zipfile.ZipFile(written) as bare, zipfile.ZipFile(path, "w") as counted:
        for name in bare.namelist():
            content = bare.read(name).decode()
            if name.endswith("sheet1.xml"):
                assert content.count("<v />") + content.count("<v></v>") == 2
                content = content.replace("<v />", "<v></v>").replace("<v></v>", "<v>35</v>", 1)
                content = content.replace('r="F2"', 'r="F2" t="str"')
            counted.writestr(name, content)
    sheet = read(path)
    assert (told(sheet), sheet.rows[0].quantities, sheet.rows[0].title) == (
        [],
        {"buoi": 1, "luot-nguoi": 35},
        "",
    )


def test_amounts_in_one_column_with_their_units(xlsx: WriteXlsx) -> None:
    header = ["Ngày", "Hoạt động", "Mô hình", "Số lượng", "Đơn vị tính", "Thời tiết"]
    sheet = read(
        xlsx(
            [
                header,
                ["1/3/2026", "Tuần tra", "A", 3, "ca", None],
                ["1/3/2026", "Tuần tra", "A", "2 ca, 14 lượt người", None, None],
                ["1/3/2026", "Giao nộp", "A", "1 khẩu; 20 viên + 3 kg", None, None],
                ["1/3/2026", "Hòa giải", "A", 2, None, "mưa"],
                ["1/3/2026", "Tuần tra", "A", 2, "con", None],
                ["1/3/2026", "Tuần tra", "A", "2 ca, 3 ca", None, None],
                ["1/3/2026", "Giao nộp", "A", "-2 khẩu", None, None],
            ]
        )
    )
    assert [row.quantities for row in sheet.rows] == [
        {"ca": 3},
        {"ca": 2, "luot-nguoi": 14},
        {"khau": 1, "vien": 20, "kg": 3},
        {"vu": 2},
    ]
    assert told(sheet) == [
        (6, "quantities", "unit-unknown"),
        (7, "quantities", "count-twice"),
        (8, "quantities", "negative-count"),
        (1, "row", "column-not-read"),
    ]


def test_lines_that_name_a_model_hold_for_the_rows_beneath(xlsx: WriteXlsx) -> None:
    sheet = read(
        xlsx(
            [
                ["Ngày", "Loại hoạt động", "Buổi"],
                ["1. Mô hình: Tổ liên gia số 1", None, None],
                ["1/3/2026", "Họp", 1],
                ["Mô hình Camera an ninh", None, None],
                ["2/3/2026", "Họp", 1],
                ["Ngày", "Loại hoạt động", "Buổi"],
                ["3/3/2026", "Họp", 2],
            ]
        )
    )
    assert [(row.line, row.model) for row in sheet.rows] == [
        (3, "Tổ liên gia số 1"),
        (5, "Camera an ninh"),
        (7, "Camera an ninh"),
    ]


def test_several_sheets_keep_one_number_a_row_and_hidden_ones_are_left(xlsx: WriteXlsx) -> None:
    rows = [HEADER, ["A", "Họp", "1/3/2026", 1, 9]]
    sheet = read(
        xlsx({"Tháng 3": rows, "Cũ": rows, "Ghi chú": [["không có bảng"]], "Tháng 4": rows}, hidden=("Cũ",))
    )
    assert [row.line for row in sheet.rows] == [2, 4]
    assert [sheet.place(row.line) for row in sheet.rows] == [("Tháng 3", 2), ("Tháng 4", 2)]


def test_days_with_the_month_first_are_read_so_and_said(xlsx: WriteXlsx) -> None:
    days = ["03/20/2026", "03/05/2026", "03/25/2026"]
    sheet = read(xlsx([HEADER, *(["A", "Họp", day, 1, 9] for day in days)]))
    assert [row.on.day for row in sheet.rows] == [20, 5, 25]
    assert told(sheet) == [(1, "on", "month-first")]


@pytest.mark.parametrize(("font", "encode"), [(".VnTime", "to_tcvn3"), ("VNI-Times", "to_vni")])
def test_old_encodings_are_read(xlsx: WriteXlsx, samples: ModuleType, font: str, encode: str) -> None:
    to_old = getattr(samples, encode)
    rows = [HEADER, ["Tổ liên gia tự quản", "Tuyên truyền", "05/03/2026", 1, 30]]
    old = [[to_old(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    (row,) = read(xlsx(old, font=font)).rows
    assert (row.model, row.kind, row.quantities) == ("Tổ liên gia tự quản", "tuyen-truyen", {"buoi": 1, "luot-nguoi": 30})  # fmt: skip


def test_delimited_text_is_a_list_too(tmp_path: Path) -> None:
    path = tmp_path / "tuan.csv"
    path.write_text("Mô hình;Loại;Ngày;Số ca\nTổ 1;tuan-tra;2026-03-05;2\n", encoding="utf-8")
    (row,) = read(path).rows
    assert (row.line, row.kind, row.on, row.quantities) == (2, "tuan-tra", date(2026, 3, 5), {"ca": 2})


@pytest.mark.parametrize(
    "rows",
    [
        [["Họ và tên", "Ngày sinh"], ["Bùi Văn An", "1/3/1980"]],
        [["Ngày", "Mô hình"], ["1/3/2026", "A"]],
        [HEADER],
        [HEADER, ["Tổng cộng", None, None, 3, 4]],
    ],
)
def test_a_file_without_activities_is_refused(xlsx: WriteXlsx, rows: list[list[Any]]) -> None:
    with pytest.raises(NoActivities, match=r"danh-sach\.xlsx"):
        read(xlsx(rows))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "trong.xlsx"
    path.write_bytes(b"")
    with pytest.raises(EmptyWorkbook):
        read(path)


def test_every_kind_and_unit_is_known_by_its_own_name() -> None:
    words = ActivityWords(KINDS)
    for kind in KINDS.kinds.values():
        assert words.kinds(kind.name) == (kind.id,)
        assert words.kinds(kind.id) == (kind.id,)
    for unit in KINDS.units.values():
        assert unit.id in words.units(unit.name)
        heading = words.heading(unit.name)
        assert heading is not None
        assert (heading.field, unit.id in heading.units) == ("units", True)


def test_corrections_stand_in_place_of_what_a_line_says(xlsx: WriteXlsx) -> None:
    path = xlsx(
        [
            HEADER,
            ["Tổ liên gia", "Sinh hoạt", "03/27/2026", 2, 40],
            ["Tổ liên gia", "Sinh hoạt", "03/28/2026", 1, 20],
            ["-nt-", "lạ", "chưa rõ", "nhiều", None],
            ["-nt-", "-nt-", "-nt-", 3, None],
        ]
    )
    faulty = [(line, field) for line, field, code in told(read(path)) if code != "month-first"]
    assert faulty == [(4, "on"), (4, "kind"), (5, "on"), (5, "kind")]
    corrections = {
        (4, "on"): "05/04/2026",
        (4, "kind"): "tuần tra",
        (4, "model"): "Camera",
        (4, "quantities"): "4 ca, 12 lượt người",
        (5, "quantities"): "5",
        (9, "on"): "1/1/2026",
    }
    sheet = read_activities(path, KINDS, None, corrections)
    assert sheet.faults == ()
    assert [(row.model, row.kind, row.on, row.quantities) for row in sheet.rows[1:]] == [
        ("Tổ liên gia", "sinh-hoat", date(2026, 3, 28), {"buoi": 1, "luot-nguoi": 20}),
        ("Camera", "tuan-tra", date(2026, 4, 5), {"ca": 4, "luot-nguoi": 12}),
        ("Camera", "tuan-tra", date(2026, 4, 5), {"ca": 5}),
    ], "a person types the day first; what stands below takes it over"


def test_a_part_of_a_kilogram_is_read_as_grams(xlsx: WriteXlsx) -> None:
    header = ["Ngày", "Hoạt động", "Mô hình", "Số lượng", "Đơn vị tính"]
    lines = [
        (1.5, "kg"),
        ("0,125", "kg"),
        ("2,0", "kg"),
        ("1.250", "kg"),
        ("1 khẩu; 1,25 kg", None),
        (1.5, "khẩu"),
    ]
    sheet = read(xlsx([header, *(["1/3/2026", "Giao nộp", "A", *line] for line in lines)]))
    assert [row.quantities for row in sheet.rows] == [
        {"kg": 1, "gam": 500},
        {"gam": 125},
        {"kg": 2},
        {"kg": 1250},
        {"khau": 1, "kg": 1, "gam": 250},
    ]
    assert told(sheet) == [(7, "quantities", "not-whole")]


def test_a_day_without_its_year_is_named_as_such(xlsx: WriteXlsx) -> None:
    sheet = read(
        xlsx([["Ngày", "Hoạt động", "Mô hình"], ["7/5", "Tuần tra", "A"], ["31/2/2026", "Tuần tra", "A"]])
    )
    assert told(sheet) == [(2, "on", "year-missing"), (3, "on", "no-such-day")]
