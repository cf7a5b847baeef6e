"""Files open by what they are, and what cannot be opened says so in one sentence."""

import io
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from antq_desktop.domain.errors import Exit, KnownFailure
from antq_desktop.intake.sheet_text import SheetText
from antq_desktop.intake.workbook_parts import (
    DamagedWorkbook,
    EmptyWorkbook,
    FileUnreadable,
    NoWorkbook,
    PasswordProtected,
    TooLarge,
)
from antq_desktop.intake.workbooks import open_workbook
from antq_desktop.runtime.progress import Progress

_BOF = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)


def _ole(stream: bytes, name: str) -> bytes:
    """An OLE file with one stream; the writer of xlwt, its directory entry renamed."""
    out = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(out, stream)
    old = "Workbook\0".encode("utf-16-le")
    new = (name + "\0").encode("utf-16-le")
    content = out.getvalue()
    at = content.index(old)
    entry = new + bytes(64 - len(new)) + struct.pack("<H", len(new))
    return content[:at] + entry + content[at + 66 :]


def _xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Một")
    sheet.write(0, 0, "Họ tên", xlwt.easyxf("font: name .VnTimeH"))
    sheet.write(1, 0, 38302825790.0)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Họ tên", "CCCD"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _zip(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def _written(tmp_path: Path, content: bytes, name: str = "f.xls") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("make", "kind"),
    [(_xls, "xls"), (_xlsx, "xlsx"), ("Họ tên;CCCD\nA;1\n".encode, "csv")],
)
def test_opens_by_content_not_by_ending(tmp_path: Path, make: Callable[[], bytes], kind: str) -> None:
    workbook = open_workbook(_written(tmp_path, make(), "sai-duoi.dat"))
    assert workbook.kind == kind
    assert workbook.sheets[0].rows[0][0].value == "Họ tên"
    assert len(workbook.sha256) == 64


def test_keeps_fonts_and_whole_numbers(tmp_path: Path) -> None:
    rows = open_workbook(_written(tmp_path, _xls())).sheets[0].rows
    assert rows[0][0].font == ".VnTimeH"
    assert rows[1][0].value == 38302825790
    assert isinstance(rows[1][0].value, int)


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"", EmptyWorkbook),
        (b" \r\n ", EmptyWorkbook),
        (b"%PDF-1.7 ...", NoWorkbook),
        (b"\x89PNG\r\n\x1a\n....", NoWorkbook),
        (b"just a line of words\nand another\n", NoWorkbook),
        (b"<html><table><tr><td>A</td></tr></table></html>", NoWorkbook),
        (bytes(range(256)) * 20, NoWorkbook),
        (_zip({"word/document.xml": b"<x/>"}), NoWorkbook),
        (_zip({"mimetype": b"x", "content.xml": b"<x/>"}), NoWorkbook),
        (_zip({"xl/workbook.bin": b"x"}), NoWorkbook),
        (_zip({"xl/workbook.xml": b"<x/>"}), DamagedWorkbook),
        (_xlsx()[:900], DamagedWorkbook),
        (b"PK\x03\x04 nothing else", DamagedWorkbook),
        (_xls()[:1_400], DamagedWorkbook),
        (_ole(bytes(8_000), "EncryptedPackage"), PasswordProtected),
        (
            _ole(_BOF + struct.pack("<HHHHH", 0x2F, 6, 0, 0x1234, 0x5678) + bytes(5_000), "Workbook"),
            PasswordProtected,
        ),
        (_ole(bytes(8_000), "WordDocument"), NoWorkbook),
        (_zip({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(130 * 1024 * 1024)}), TooLarge),
    ],
)
def test_what_is_no_list_says_so(tmp_path: Path, content: bytes, failure: type[KnownFailure]) -> None:
    with pytest.raises(failure) as raised:
        open_workbook(_written(tmp_path, content))
    assert "f.xls" in str(raised.value)


def test_a_zip_with_a_password_says_so(tmp_path: Path) -> None:
    content = bytearray(_xlsx())
    central = content.index(b"PK\x01\x02")
    content[central + 8] |= 1
    with pytest.raises(PasswordProtected):
        open_workbook(_written(tmp_path, bytes(content)))


def test_a_missing_file_is_the_machines_failure(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable) as raised:
        open_workbook(tmp_path / "khong-co.xlsx")
    assert raised.value.exit_code == Exit.MACHINE_FAILED
    with pytest.raises(FileUnreadable):
        open_workbook(tmp_path)


def test_a_file_beyond_the_cap_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "lon.csv"
    with path.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
        stream.write(b"a;b\n")
    with pytest.raises(TooLarge):
        open_workbook(path)


def test_an_empty_sheet_is_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    path = tmp_path / "trong.xlsx"
    book.save(path)
    with pytest.raises(EmptyWorkbook):
        open_workbook(path)


def test_a_stray_far_cell_costs_nothing(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "x"
    book.worksheets[0]["XFD90000"] = "y"
    path = tmp_path / "xa.xlsx"
    book.save(path)
    rows = open_workbook(path).sheets[0].rows
    assert len(rows) == 90_000
    assert rows[1] == ()


def test_too_many_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1048576"] = "x"
    path = tmp_path / "nhieu.xlsx"
    book.save(path)
    with pytest.raises(TooLarge):
        open_workbook(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_in_every_encoding_and_cut(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["Họ và tên,Năm sinh,Thôn", "Nguyễn Thị Phượng,1980,Bản Lác", "Đỗ Ẩn,1981,Đồng Hoà"]
    text = "\r\n".join(line.replace(",", delimiter) for line in lines)
    sheet = open_workbook(_written(tmp_path, text.encode(encoding), "a.csv")).sheets[0]
    assert [[cell.value for cell in row] for row in sheet.rows] == [line.split(",") for line in lines]


def test_csv_in_windows_1258(tmp_path: Path) -> None:
    text = "Ho\u0323 tên,Thôn\nNguyê\u0303n Va\u0306n Tuâ\u0301n,Đô\u0300ng Hoa\u0300\n"
    content = text.replace("a\u0306", "ă").encode("cp1258")
    sheet = SheetText(open_workbook(_written(tmp_path, content, "a.csv")).sheets[0])
    assert [sheet.text(1, 0), sheet.text(1, 1)] == ["Nguyễn Văn Tuấn", "Đồng Hoà"]


@pytest.mark.parametrize("way", ["to_tcvn3", "to_vni"])
def test_csv_in_old_encodings(tmp_path: Path, samples: ModuleType, way: str) -> None:
    text = "Họ và tên;Thôn xóm\nNguyễn Thị Phượng;Bản Lác\nĐỗ Văn Đạt;Thôn Đồng Hoà\n"
    content = getattr(samples, way)(text).encode("latin-1")
    sheet = SheetText(open_workbook(_written(tmp_path, content, "a.csv")).sheets[0])
    assert [[sheet.text(row, column) for column in (0, 1)] for row in (0, 1, 2)] == [
        line.split(";") for line in text.strip().split("\n")
    ]


def test_one_cell_with_two_fonts(tmp_path: Path, samples: ModuleType) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = CellRichText(
        TextBlock(InlineFont(rFont=".VnTimeH"), samples.to_tcvn3("hộ")),
        TextBlock(InlineFont(rFont="Arial"), " Nguyễn"),
    )
    path = tmp_path / "hai-font.xlsx"
    book.save(path)
    assert SheetText(open_workbook(path).sheets[0]).text(0, 0) == "HỘ Nguyễn"


def test_one_xls_cell_with_two_fonts(tmp_path: Path, samples: ModuleType) -> None:
    book = xlwt.Workbook()
    capitals, plain = xlwt.easyfont("name .VnTimeH"), xlwt.easyfont("name Arial")
    book.add_sheet("A").write_rich_text(0, 0, [(samples.to_tcvn3("hộ"), capitals), (" Nguyễn", plain)])
    path = tmp_path / "hai-font.xls"
    book.save(str(path))
    assert SheetText(open_workbook(path).sheets[0]).text(0, 0) == "HỘ Nguyễn"


def test_opening_can_be_stopped(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(KnownFailure, match="Stopped"):
        open_workbook(_written(tmp_path, _xlsx()), progress)


_RELAXED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def _opens_or_says_why(path: Path) -> None:
    with suppress(KnownFailure):
        open_workbook(path)


@_RELAXED
@given(content=st.binary(max_size=3_000))
def test_any_bytes_open_or_say_why(tmp_path: Path, content: bytes) -> None:
    _opens_or_says_why(_written(tmp_path, content))


@_RELAXED
@given(data=st.data(), xls=st.booleans())
def test_damaged_workbooks_open_or_say_why(tmp_path: Path, data: st.DataObject, xls: bool) -> None:
    content = bytearray(_XLS if xls else _XLSX)
    for _ in range(data.draw(st.integers(1, 12))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(content) // 2, len(content)))
    _opens_or_says_why(_written(tmp_path, bytes(content[:cut])))


_XLS, _XLSX = _xls(), _xlsx()
_PARTS = {}
with zipfile.ZipFile(io.BytesIO(_XLSX)) as _archive:
    _PARTS = {name: _archive.read(name) for name in _archive.namelist()}


@_RELAXED
@given(data=st.data())
def test_damaged_xml_inside_opens_or_says_why(tmp_path: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(_PARTS)))
    part = bytearray(_PARTS[name])
    at = data.draw(st.integers(0, len(part) - 1))
    part[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    _opens_or_says_why(_written(tmp_path, _zip({**_PARTS, name: bytes(part)})))
