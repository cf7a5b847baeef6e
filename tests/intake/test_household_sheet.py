"""Lists as villages write them come in as households, line by line, with their faults named."""

import json
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.intake.household_sheet import (
    HouseholdSheet,
    NoSuchSheet,
    NoTable,
    TableChoice,
    as_json,
    read_households,
)
from antq_desktop.runtime.language import choose
from antq_desktop.runtime.progress import Progress

#: Writes an .xlsx of rows and gives its path (see conftest).
WriteXlsx: TypeAlias = Callable[..., Path]
_SHARED = Path(__file__).parents[3] / "shared" / "data" / "spreadsheets"
_SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
_NAMES = ["Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Cường", "Bùi Thị Dung", "Đinh Công Ất", "Hà Văn Giang"]
_IDS = ["017080000001", "017180000002", "017085000003", "017190000004", "017075000005", "017075000006"]


def _heads(sheet: HouseholdSheet) -> list[str]:
    return [row.head for row in sheet.rows]


def _codes(sheet: HouseholdSheet) -> list[tuple[int, str, str]]:
    return [(finding.line, finding.field, finding.code) for finding in (*sheet.faults, *sheet.warnings)]


def _text(tmp_path: Path, text: str, encoding: str = "utf-8", name: str = "ds.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_formula_without_its_result_is_a_fault_of_its_line(xlsx: WriteXlsx) -> None:
    """A household would else come in without its number, its people or its birth, and nobody would notice."""
    header = ["STT", "Họ và tên", "Số định danh", "Ngày sinh", "Khu dân cư", "Số khẩu", "Điện thoại"]
    path = xlsx(
        [
            header,
            [1, _NAMES[0], _IDS[0], "01/02/1980", "Xóm Bãi", "=2+2", None],
            [2, _NAMES[1], "=C2", "01/02/1980", "Xóm Bãi", 3, None],
            ["=A3+1", _NAMES[2], _IDS[2], "01/02/1985", "Xóm Bãi", 4, None],
            [4, "=B2", _IDS[3], "=D2", "=E2", 5, None],
        ]
    )
    sheet = read_households(path)
    assert sorted((fault.line, fault.field, fault.code) for fault in sheet.faults) == [
        (2, "members", "formula-uncounted"),
        (3, "citizen_id", "formula-uncounted"),
        (5, "birth", "formula-uncounted"),
        (5, "hamlet", "formula-uncounted"),
        (5, "head", "formula-uncounted"),
    ]
    assert "F2" in sheet.faults[0].why
    assert _heads(sheet) == [_NAMES[2]]
    corrected = read_households(path, corrections={(2, "members"): "4"})
    assert next((row.head, row.members) for row in corrected.rows) == (_NAMES[0], 4)


@pytest.mark.shared
@pytest.mark.skipif(not _SHARED.is_dir(), reason="the communes' spreadsheets are not beside the project")
@pytest.mark.parametrize(
    ("name", "encoding", "first"),
    [
        ("ho-dan-unicode.xlsx", "unicode", 5),
        ("ho-dan-tcvn3.xls", "tcvn3", 5),
        ("ho-dan-vni.xls", "vni", 5),
        ("ho-dan-nfd.csv", "unicode", 2),
    ],
)
def test_the_communes_files_come_in_as_their_truth_says(name: str, encoding: str, first: int) -> None:
    truth = json.loads((_SHARED / "truth.json").read_text(encoding="utf-8"))
    found = as_json(read_households(_SHARED / name))
    assert found["encoding"] == encoding
    assert [{key: row[key] for key in row if key != "line"} for row in found["rows"]] == truth[name]
    faults = [(fault["line"], fault["field"]) for fault in truth.get(f"{name}:faults", [])]
    assert [(fault["line"], fault["field"]) for fault in found["faults"]] == faults
    whole = range(first, first + len(truth[name]) + len(faults))
    assert [row["line"] for row in found["rows"]] == [line for line in whole if line not in dict(faults)]


def test_the_samples_are_what_their_generator_makes(tmp_path: Path, samples: ModuleType) -> None:
    samples.make(tmp_path)
    truth = json.loads((_SAMPLES / "truth.json").read_text(encoding="utf-8"))
    assert json.loads((tmp_path / "truth.json").read_text(encoding="utf-8")) == truth
    assert sum(len(said["rows"]) for said in truth.values()) >= 400
    assert len({row["hamlet"] for said in truth.values() for row in said["rows"]}) >= 4
    for name, said in truth.items():
        for folder in (tmp_path, _SAMPLES):
            found = as_json(read_households(folder / name))
            assert found["encoding"] == said["encoding"]
            assert found["rows"] == said["rows"]
            assert [{"line": f["line"], "field": f["field"]} for f in found["faults"]] == said["faults"]


def test_two_header_rows_titles_totals_and_signatures(xlsx: WriteXlsx) -> None:
    path = xlsx(
        [
            ["UBND XÃ KIM BÔI"],
            ["DANH SÁCH HỘ GIA ĐÌNH THÔN BẢN LÁC NĂM 2026"],
            [],
            ["STT", "Họ và tên", "Năm sinh", None, "Số CCCD", "Số khẩu", None, "Ghi chú"],
            [None, None, "Nam", "Nữ", None, "Tổng số", "Nữ", None],
            ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)"],
            [1, _NAMES[0], 1980, None, _IDS[0], 4, 2, None],
            [2, _NAMES[1], None, 1980, _IDS[1], 3, 1, "hộ nghèo"],
            ["Cộng trang", None, 1, 1, None, 7, 3, None],
            ["STT", "Họ và tên", "Năm sinh", None, "Số CCCD", "Số khẩu", None, "Ghi chú"],
            [3, _NAMES[2], None, 1985, _IDS[2], 3, 1, None],
            [4, None, None, None, None, None, None, None],
            ["Tổng cộng", None, 2, 1, None, 10, 4, None],
            [],
            ["Người lập biểu", None, None, None, "Kim Bôi, ngày 12 tháng 3 năm 2026"],
            [None, None, None, None, "TRƯỞNG THÔN"],
            [None, "Nguyễn Văn Lập", None, None, "Bùi Văn Trưởng"],
        ],
        merges=["A2:H2", "C4:D4", "F4:G4", "A4:A5", "B4:B5", "E4:E5", "H4:H5"],
    )
    sheet = read_households(path)
    assert [(row.line, row.head, row.birth, row.members, row.hamlet) for row in sheet.rows] == [
        (7, "Nguyễn Văn An", "1980", 4, "Thôn Bản Lác"),
        (8, "Trần Thị Bình", "1980", 3, "Thôn Bản Lác"),
        (11, "Lê Văn Cường", "1985", 3, "Thôn Bản Lác"),
    ]
    assert _codes(sheet) == [(11, "citizen_id", "citizen-id-sex")]
    assert sheet.chosen.header_line == 4
    assert sheet.preview[0][1] == "Nguyễn Văn An"


def test_lines_between_the_rows_name_the_area(xlsx: WriteXlsx) -> None:
    sheet = read_households(
        xlsx(
            [
                ["STT", "Họ tên chủ hộ", "Ngày sinh", None, None, "CMND", "CCCD", "Điện thoại"],
                [None, None, "Ngày", "Tháng", "Năm"],
                ["I", "Thôn Bản Lác (2 hộ)"],
                [1, _NAMES[0], 5, 3, 1980, "113123456", _IDS[0], 912345678],
                [2, _NAMES[1], None, None, 1980, "113123457", None, "0912.345.679"],
                ["II", "XÓM MƯỜNG", None, None, None, 35],
                [3, _NAMES[2], 1, 13, 1985, None, _IDS[2], None],
                [4, _NAMES[3], "02", "9", 1990, None, _IDS[3], "0912345671/0987654321"],
            ]
        )
    )
    assert [(row.birth, row.citizen_id, row.hamlet, row.phone) for row in sheet.rows] == [
        ("1980-03-05", _IDS[0], "Thôn Bản Lác", "0912345678"),
        ("1980", "113123457", "Thôn Bản Lác", "0912345679"),
        ("1990-09-02", _IDS[3], "Xóm Mường", "0912345671"),
    ]
    assert _codes(sheet) == [(7, "birth", "no-such-day"), (8, "phone", "phone-several")]


def test_a_list_without_headers(xlsx: WriteXlsx) -> None:
    rows = [
        [i + 1, n, "12/03/1980", int(c), "Thôn Đồng Hoà", 3 + i % 2]
        for i, (n, c) in enumerate(zip(_NAMES, _IDS, strict=True))
    ]
    sheet = read_households(xlsx(rows))
    assert sheet.chosen.header_line == 0
    assert [(r.line, r.birth, r.citizen_id, r.hamlet, r.members) for r in sheet.rows][1] == (
        2,
        "1980-03-12",
        _IDS[1],
        "Thôn Đồng Hoà",
        4,
    )


def test_odd_headers_are_known_by_what_stands_below(xlsx: WriteXlsx) -> None:
    rows = [
        ["Số", "Công dân", "Mã", "Nơi", "SL", "Họ tên"],
        *(
            [i + 1, c, f"0912{i:06}", "Xóm Mường", 3, n]
            for i, (n, c) in enumerate(zip(_NAMES, _IDS, strict=True))
        ),
    ]
    sheet = read_households(xlsx(rows))
    assert sheet.chosen.columns == {"head": 5, "citizen_id": 1, "phone": 2, "hamlet": 3, "members": 4}


def test_a_summary_below_is_no_household(xlsx: WriteXlsx) -> None:
    sheet = read_households(
        xlsx(
            [
                ["Họ tên", "Năm sinh", "CCCD", "Thôn"],
                [_NAMES[0], 1980, _IDS[0], "Lác"],
                [],
                ["Thôn", "Số hộ", "Số khẩu"],
                ["Lác", 2, 8],
                ["Tổng", 5, 17],
            ]
        )
    )
    assert _heads(sheet) == _NAMES[:1]
    assert _codes(sheet) == []


def test_two_different_lists_on_a_sheet_are_offered_and_the_larger_is_read(xlsx: WriteXlsx) -> None:
    path = xlsx(
        [
            ["STT", "Họ tên", "Chức vụ", "Điện thoại"],
            [1, "Hà Văn Giang", "Trưởng thôn", "0912345678"],
            [],
            ["STT", "Chủ hộ", "CCCD", "Thôn"],
            *([i + 1, n, c, "Lác"] for i, (n, c) in enumerate(zip(_NAMES[:4], _IDS, strict=False))),
        ]
    )
    sheet = read_households(path)
    assert _heads(sheet) == _NAMES[:4]
    assert [table.header_line for table in sheet.tables] == [1, 4]
    assert [code for _line, _field, code in _codes(sheet)] == ["table-not-read"]
    other = read_households(path, choice=TableChoice(sheet="Sheet1", header_line=1, hamlet="Bản Lác"))
    assert [(row.head, row.hamlet, row.phone) for row in other.rows] == [
        ("Hà Văn Giang", "Bản Lác", "0912345678")
    ]


def test_tables_side_by_side(xlsx: WriteXlsx) -> None:
    rows = [
        ["STT", "Họ và tên", "CCCD", "STT", "Họ và tên", "CCCD"],
        [1, _NAMES[0], _IDS[0], 3, _NAMES[2], _IDS[2]],
        [2, _NAMES[1], _IDS[1], 4, _NAMES[3], _IDS[3]],
    ]
    sheet = read_households(xlsx(rows))
    assert _heads(sheet) == _NAMES[:4]
    assert [sheet.place(row.line) for row in sheet.rows] == [
        ("Sheet1", 2),
        ("Sheet1", 3),
        ("Sheet1", 2),
        ("Sheet1", 3),
    ]


def test_one_sheet_a_hamlet_is_one_list(xlsx: WriteXlsx) -> None:
    header = ["STT", "Họ tên", "CCCD"]
    sheets = {
        "Thôn Bản Lác": [header, [1, _NAMES[0], _IDS[0]], [2, _NAMES[1], _IDS[1]]],
        "Xóm Mường": [header, [1, _NAMES[2], _IDS[2]], [2, _NAMES[1], _IDS[1]], [3, _NAMES[3], "12345"]],
        "Tổng hợp": [["Thôn", "Số hộ"], ["Lác", 2]],
        "Cũ": [header, [1, _NAMES[4], _IDS[4]]],
    }
    path = xlsx(sheets, hidden=["Cũ"])
    sheet = read_households(path)
    assert [(row.head, row.hamlet) for row in sheet.rows] == [
        (_NAMES[0], "Thôn Bản Lác"),
        (_NAMES[1], "Thôn Bản Lác"),
        (_NAMES[2], "Xóm Mường"),
    ]
    said = as_json(sheet)
    assert [(fault["sheet"], fault["line"], fault["field"]) for fault in said["faults"]] == [
        ("Xóm Mường", 3, "row"),
        ("Xóm Mường", 4, "citizen_id"),
    ]
    line = next(fault.line for fault in sheet.faults if fault.field == "citizen_id")
    mended = read_households(path, corrections={(line, "citizen_id"): _IDS[3]})
    assert (mended.rows[-1].head, mended.rows[-1].citizen_id) == (_NAMES[3], _IDS[3])
    alone = read_households(path, choice=TableChoice(sheet="Cũ"))
    assert _heads(alone) == [_NAMES[4]]
    with pytest.raises(NoSuchSheet):
        read_households(path, choice=TableChoice(sheet="không có"))


def test_an_older_copy_of_the_list_is_only_offered(xlsx: WriteXlsx) -> None:
    rows = [["Họ tên", "CCCD", "Thôn"], *([n, c, "Lác"] for n, c in zip(_NAMES, _IDS, strict=True))]
    sheet = read_households(xlsx({"2026": rows, "2025": rows[:-1]}))
    assert _heads(sheet) == _NAMES
    assert [finding.code for finding in (*sheet.faults, *sheet.warnings)] == ["table-not-read"]


def test_a_list_of_all_people_gives_households_with_their_members(xlsx: WriteXlsx) -> None:
    sheet = read_households(
        xlsx(
            [
                ["TT", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Số ĐDCN", "Nơi thường trú"],
                [1, _NAMES[0], "Chủ hộ", "01.02.1980", _IDS[0], "Số 5, thôn Bản Lác, xã Kim Bôi"],
                [2, _NAMES[1], "Vợ", "02.03.1980", _IDS[1], "nt"],
                [3, "Nguyễn Văn Con", "Con", "02.03.2010", None, "nt"],
                [4, _NAMES[2], "Chủ hộ", "03-04-1985", _IDS[2], "Xóm Mường, xã Kim Bôi"],
            ]
        )
    )
    assert [(row.line, row.head, row.members, row.hamlet) for row in sheet.rows] == [
        (2, _NAMES[0], 3, "Thôn Bản Lác"),
        (5, _NAMES[2], 1, "Xóm Mường"),
    ]
    assert sheet.faults == ()


def test_merged_cells_down_the_rows(xlsx: WriteXlsx) -> None:
    sheet = read_households(
        xlsx(
            [
                ["STT", "Chủ hộ", "Thành viên", "Ngày sinh", "Số định danh", "Địa bàn"],
                [1, _NAMES[0], _NAMES[0], "1/2/1980", _IDS[0], "Bản Lác"],
                [None, None, _NAMES[1], "1/2/1980", _IDS[1], None],
                [2, _NAMES[2], _NAMES[2], "3/4/1985", _IDS[2], None],
            ],
            merges=["B2:B3", "F2:F4"],
        )
    )
    assert [(row.head, row.hamlet) for row in sheet.rows] == [(_NAMES[0], "Bản Lác"), (_NAMES[2], "Bản Lác")]
    assert sheet.faults == ()


def test_an_area_written_once_holds_for_the_rows_beneath(xlsx: WriteXlsx) -> None:
    rows: list[list[object]] = [["Thôn", "Họ tên", "CCCD"]]
    rows += [
        ["Lác" if i == 0 else "Mường" if i == 3 else None, n, c]
        for i, (n, c) in enumerate(zip(_NAMES, _IDS, strict=True))
    ]
    assert [row.hamlet for row in read_households(xlsx(rows)).rows] == ["Lác"] * 3 + ["Mường"] * 3
    rows[2][0], rows[3][0] = "Lác", "Lác"
    assert _codes(read_households(xlsx(rows))) == [
        (6, "hamlet", "hamlet-missing"),
        (7, "hamlet", "hamlet-missing"),
    ]


def test_a_bare_number_gets_the_kind_of_its_header(xlsx: WriteXlsx) -> None:
    sheet = read_households(
        xlsx([["Họ tên", "CCCD", "Tổ dân phố"], [_NAMES[0], _IDS[0], 5], [_NAMES[1], _IDS[1], "số 6"]])
    )
    assert [row.hamlet for row in sheet.rows] == ["Tổ dân phố 5", "Tổ dân phố số 6"]


def test_names_in_two_columns_and_american_days(tmp_path: Path) -> None:
    text = "STT\tHọ đệm\tTên\tNgày sinh\tSố CCCD\tẤp\tNgày ký\n1\tNguyễn Văn\tAn\t3/15/1980\t017080000001\tẤp 3\t3/20/2026\n2\tTrần Thị\tBình\t5/16/1980\t017180000002\tẤp 4\t3/25/2026\n"
    sheet = read_households(_text(tmp_path, text, "utf-16"))
    assert [(row.head, row.birth, row.signed) for row in sheet.rows] == [
        ("Nguyễn Văn An", "1980-03-15", "2026-03-20"),
        ("Trần Thị Bình", "1980-05-16", "2026-03-25"),
    ]
    assert {code for _line, _field, code in _codes(sheet)} == {"month-first"}


def test_excel_accidents_in_a_csv(tmp_path: Path) -> None:
    text = 'sep=;\nHọ tên;"Ngày\nsinh";CCCD;Địa bàn\nNguyễn Văn An;"12/03/1980";3.83028E+10;Lác\nTrần Bình;#N/A;;Lác\nLê Ba;xx/xx/1950;0;#REF!\nLê Tư;1950;;Lác\n'
    sheet = read_households(_text(tmp_path, text))
    assert _heads(sheet) == ["Lê Tư"]
    assert _codes(sheet)[:3] == [
        (3, "citizen_id", "citizen-id-rounded"),
        (4, "birth", "formula-error"),
        (5, "hamlet", "formula-error"),
    ]


def test_prepared_rows_marks_and_blank_rows(xlsx: WriteXlsx) -> None:
    rows: list[list[object]] = [[]] * 14
    rows += [
        ["STT", "Họ và tên chủ hộ", "Số CCCD", "Tổ", "Ký cam kết"],
        [1, _NAMES[0], int(_IDS[0]), 5, "x"],
        *([[]] * 30),
    ]
    rows += [[2, _NAMES[1], int(_IDS[1]), 6, "chưa"], [3], [4]]
    sheet = read_households(xlsx(rows))
    assert [(row.line, row.citizen_id, row.hamlet, row.signed) for row in sheet.rows] == [
        (16, _IDS[0], "Tổ 5", None),
        (47, _IDS[1], "Tổ 6", None),
    ]
    assert _codes(sheet) == [(16, "signed", "signed-no-day")]


def test_groups_above_the_headers_and_years_shown_as_days(xlsx: WriteXlsx) -> None:
    sheet = read_households(
        xlsx(
            [
                ["DANH SÁCH"],
                ["STT", "Thông tin chủ hộ", None, None, "Cam kết", None],
                [None, "Họ tên", "Ngày sinh", "Số định danh", "Ngày ký", "Người ký"],
                ["A", "B", 1, 2, 3, 4],
                [1, _NAMES[0], datetime(1980, 1, 2), _IDS[0], datetime(2026, 3, 1), _NAMES[0]],  # noqa: DTZ001 - a cell's day
                [2, _NAMES[1], datetime(1905, 6, 2), _IDS[1], None, None],  # noqa: DTZ001 - 1980 typed as a day
            ],
            merges=["A2:A3", "B2:D2", "E2:F2"],
        )
    )
    assert [(row.birth, row.signed) for row in sheet.rows] == [("1980-01-02", "2026-03-01"), ("1980", None)]


def test_one_sheet_mixes_fonts(tmp_path: Path, samples: ModuleType) -> None:
    old, new, vni = (
        xlwt.easyxf(f"font: name {name}") for name in (".VnTime", "Times New Roman", "VNI-Times")
    )
    book = xlwt.Workbook()
    page = book.add_sheet("DS")
    rows = [
        ["Họ và tên", "CCCD", "Thôn"],
        ["Hoàng Bích Ánh", _IDS[0], "Ấp 3"],
        ["Nguyễn Thị Phượng", _IDS[1], "Ấp 4"],
        ["Đỗ Ẩn", _IDS[2], "Ấp 5"],
        ["Vũ Ỷ", _IDS[3], "Ấp 6"],
    ]
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            if row == 2:
                page.write(row, column, text, new)
            elif row == 3:
                page.write(row, column, samples.to_vni(text), vni)
            else:
                page.write(row, column, samples.to_tcvn3(text), old)
    path = tmp_path / "tron.xls"
    book.save(str(path))
    sheet = read_households(path)
    assert _heads(sheet) == ["Hoàng Bích Ánh", "Nguyễn Thị Phượng", "Đỗ Ẩn", "Vũ Ỷ"]
    assert [row.hamlet for row in sheet.rows] == ["Ấp 3", "Ấp 4", "Ấp 5", "Ấp 6"]
    assert sheet.encoding == "tcvn3"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_old_text_whose_font_was_changed_or_never_known(
    xlsx: WriteXlsx, tmp_path: Path, samples: ModuleType, encoding: str
) -> None:
    old = getattr(samples, f"to_{encoding}")
    rows = [
        ["Họ và tên", "Số định danh", "Thôn"],
        *([n, c, "Đồng Hoà"] for n, c in zip(_NAMES, _IDS, strict=True)),
    ]
    changed = read_households(xlsx([[old(text) for text in row] for row in rows], font="Times New Roman"))
    text = "\n".join(",".join(old(cell) for cell in row) for row in rows)
    plain = read_households(_text(tmp_path, text, "latin-1"))
    for sheet in (changed, plain):
        assert sheet.encoding == encoding
        assert _heads(sheet) == _NAMES
        assert {row.hamlet for row in sheet.rows} == {"Đồng Hoà"}


def test_the_choice_overrides_everything(xlsx: WriteXlsx) -> None:
    rows = [["a", "b", "c"], *([c, "x", n] for n, c in zip(_NAMES, _IDS, strict=True))]
    choice = TableChoice(
        sheet="Sheet1",
        header_line=1,
        columns={"head": 2, "citizen_id": 0},
        hamlet="Thôn Lác",
        encoding="unicode",
    )
    sheet = read_households(xlsx(rows), choice=choice)
    first = sheet.rows[0]
    assert (first.head, first.citizen_id, first.hamlet) == (
        _NAMES[0],
        _IDS[0],
        "Thôn Lác",
    )
    assert sheet.chosen.columns == {"head": 2, "citizen_id": 0}


def test_corrections_mend_faults(tmp_path: Path) -> None:
    path = _text(tmp_path, "Họ tên;Ngày sinh;CCCD;Thôn\n;31/02/1980;12;Lác\n")
    assert {(fault.line, fault.field) for fault in read_households(path).faults} == {
        (2, "head"),
        (2, "birth"),
        (2, "citizen_id"),
    }
    fixed = {(2, "head"): "nguyễn văn an", (2, "birth"): "28/02/1980", (2, "citizen_id"): _IDS[0]}
    sheet = read_households(path, corrections=fixed)
    assert sheet.faults == ()
    assert (sheet.rows[0].head, sheet.rows[0].birth) == ("Nguyễn Văn An", "1980-02-28")


def test_formulas_give_what_excel_last_computed(xlsx: WriteXlsx, tmp_path: Path) -> None:
    path = xlsx(
        [["STT", "Họ tên", "CCCD", "Thôn"], ["=ROW()-1", '=CONCATENATE("Nguyễn Văn ","An")', _IDS[0], "Lác"]]
    )
    computed = tmp_path / "cong-thuc.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(computed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("sheet1.xml"):
                content = content.replace(b"<v></v>", b"<v />").replace(b"<v/>", b"<v />")
                content = content.replace(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>')
                head, _, tail = content.partition(b'<c r="B2"')
                content = head + b'<c r="B2"' + tail.replace(b"<v />", "<v>Nguyễn Văn An</v>".encode(), 1)
            target.writestr(name, content)
    assert _heads(read_households(computed)) == ["Nguyễn Văn An"]


def test_a_title_and_headers_printed_again_for_each_area(xlsx: WriteXlsx) -> None:
    header = ["STT", "Họ tên", "CCCD"]
    rows = [
        ["Thôn: Bản Lác"],
        header,
        [1, _NAMES[0], _IDS[0]],
        ["Tổng: 1 hộ"],
        [],
        ["Thôn: Xóm Mường"],
        header,
    ]
    sheet = read_households(
        xlsx([*rows, [1, _NAMES[2], _IDS[2]], ["Tổng: 1 hộ"], [], ["Trưởng thôn"], ["Hà Văn Giang"]])
    )
    assert [(row.line, row.hamlet) for row in sheet.rows] == [(3, "Bản Lác"), (8, "Xóm Mường")]
    assert _codes(sheet) == []


def test_the_spouse_beside_the_head_is_not_read(xlsx: WriteXlsx) -> None:
    header = ["STT", "Họ tên chủ hộ", "Số CCCD chủ hộ", "Họ tên vợ/chồng", "Số CCCD vợ/chồng", "Thôn"]
    sheet = read_households(xlsx([header, [1, _NAMES[0], _IDS[0], _NAMES[1], _IDS[1], "Lác"]]))
    assert [(row.head, row.citizen_id) for row in sheet.rows] == [(_NAMES[0], _IDS[0])]


def test_names_alone_end_at_the_signatures(xlsx: WriteXlsx) -> None:
    rows = [
        ["STT", "Họ và tên", "Thôn"],
        [1, _NAMES[0], "Lác"],
        [2, _NAMES[1], "Lác"],
        [],
        [None, "Người lập", "Trưởng thôn"],
    ]
    sheet = read_households(xlsx([*rows, [], [None, "Nguyễn Văn Lập", "Bùi Văn Trưởng"]]))
    assert _heads(sheet) == _NAMES[:2]
    assert _codes(sheet) == [(1, "citizen_id", "citizen-ids-nowhere")]


def test_a_table_that_begins_far_right_without_tone_marks(xlsx: WriteXlsx) -> None:
    pad: list[object] = [None] * 4
    rows = [
        [*pad, "STT", "Ho va ten", "Nam sinh", "So CCCD", "Thon"],
        [*pad, 1, "Nguyen Van An", 1980, _IDS[0], "Ban Lac"],
    ]
    sheet = read_households(xlsx([*rows, [*pad, "Tong cong: 1 ho"]]))
    assert [(row.head, row.birth, row.hamlet) for row in sheet.rows] == [("Nguyen Van An", "1980", "Ban Lac")]


_CELLS = st.sampled_from(
    [
        "STT",
        "Họ tên",
        "CCCD",
        "Ngày sinh",
        "Nam",
        "Nữ",
        "Thôn",
        "Thôn: Lác",
        "Tổng cộng",
        "1",
        "",
        "31/02/1980",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.lists(_CELLS | st.sampled_from(_NAMES + _IDS) | st.text(max_size=8), max_size=7), max_size=12
    )
)
def test_any_rows_are_read_or_refused_with_a_sentence(tmp_path: Path, rows: list[list[str]]) -> None:
    text = "\n".join(";".join(cell.replace(";", ",") for cell in row) for row in rows)
    path = tmp_path / "ds.csv"
    path.write_bytes(text.encode(errors="replace"))
    with suppress(KnownFailure):
        assert as_json(read_households(path))["rows"] is not None


def test_a_file_without_households_says_so(xlsx: WriteXlsx) -> None:
    with pytest.raises(NoTable):
        read_households(xlsx([["Thu chi quý I"], ["Tiền điện", 200], ["Tiền nước", 100]]))
    with pytest.raises(NoTable):
        read_households(xlsx([["STT", "Họ và tên", "CCCD"], [1], [2]]))


def test_reading_can_be_stopped(xlsx: WriteXlsx) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_households(xlsx([["Họ tên", "CCCD"], [_NAMES[0], _IDS[0]]]), progress=progress)


def test_sentences_speak_the_chosen_language(tmp_path: Path) -> None:
    path = _text(tmp_path, "Họ tên;Ngày sinh;CCCD;Thôn\nLê Ba;31/02/1980;;Lác\nLê Tư;1980;;Lác\n")
    said = as_json(read_households(path))
    assert said["faults"][0]["why"] == "Không có ngày «31/02/1980»."
    choose("en")
    try:
        assert as_json(read_households(path))["faults"][0]["why"] == "There is no day «31/02/1980»."
    finally:
        choose("vi")


def _many(count: int) -> list[list[Any]]:
    header: list[Any] = [
        "STT",
        "Họ và tên chủ hộ",
        "Ngày sinh",
        "Số CCCD",
        "Thôn",
        "Số khẩu",
        "Điện thoại",
        "Ngày ký",
    ]
    return [
        header,
        *(
            [
                i,
                f"Nguyễn Văn {_NAMES[i % 6].split()[-1]}",
                f"{i % 28 + 1:02}/03/1980",
                f"017080{i:06}",
                f"Thôn {i % 12}",
                i % 9 + 1,
                f"09{i:08}",
                "05/02/2026",
            ]
            for i in range(1, count + 1)
        ),
    ]


def test_nine_thousand_rows_in_reasonable_time(xlsx: WriteXlsx) -> None:
    path = xlsx(_many(9_000))
    begun = time.perf_counter()
    sheet = read_households(path)
    assert len(sheet.rows) == 9_000
    assert time.perf_counter() - begun < 30


def test_bytes_of_a_list_cut_anywhere_never_crash(xlsx: WriteXlsx, tmp_path: Path) -> None:
    whole = xlsx(_many(40)).read_bytes()
    for size in range(0, len(whole), 97):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:size])
        with pytest.raises(Exception, match="«cut.xlsx»") as raised:
            read_households(path)
        assert hasattr(raised.value, "code")
