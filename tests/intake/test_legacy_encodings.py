"""Old encodings come out as Unicode, by font and by content, in both cases."""

import shutil
import subprocess
import unicodedata
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.intake.legacy_encodings import (
    TCVN3,
    TCVN3_TONED_CAPITALS,
    VNI,
    decode,
    decode_tcvn3,
    decode_vni,
    encoding_of_cell,
    encoding_of_font,
    encoding_of_texts,
    with_capitals,
)

_SMALL = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđbcghklmnpqrstvx"
_VIETNAMESE = st.text(_SMALL + _SMALL.upper() + " 0123456789,./-", max_size=60).map(
    lambda text: unicodedata.normalize("NFC", text)
)


@pytest.mark.parametrize(
    ("raw", "font", "expected"),
    [
        ("danh s¸ch hé gia ®×nh", ".VnTimeH", "DANH SÁCH HỘ GIA ĐÌNH"),
        ("§Æng C«ng Kiªn", ".VnTime", "Đặng Công Kiên"),
        ("Huúnh H÷u Thuû", ".VnArial", "Huỳnh Hữu Thuỷ"),
        ("Xãm M\xadêng", ".VnTime", "Xóm Mường"),
        ("NGUYÔN V¡N ¸NH", ".VnTime", "NGUYỄN VĂN ÁNH"),
        ("Tæ 5", ".VnTime", "Tổ 5"),
    ],
)
def test_tcvn3_reads(raw: str, font: str, expected: str) -> None:
    assert decode_tcvn3(raw, font) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Nguyeãn Baù Öng", "Nguyễn Bá Ưng"),
        ("Xa Myõ YÛ", "Xa Mỹ Ỷ"),
        ("AÁp, khu phoá", "Ấp, khu phố"),
        ("Huyønh Troïng Aån", "Huỳnh Trọng Ẩn"),
        ("Thoân Ñoàng Hoaø", "Thôn Đồng Hoà"),
        ("Bî, thò, nghæ, nghó, Ngoâ Thuyù", "Bỵ, thị, nghỉ, nghĩ, Ngô Thuý"),
        ("Möôøng, höôu, quyeån", "Mường, hươu, quyển"),
    ],
)
def test_vni_reads(raw: str, expected: str) -> None:
    assert decode_vni(raw) == expected


def test_tables_hold_every_vietnamese_letter() -> None:
    marked = {letter for letter in _SMALL if not letter.isascii()}
    assert marked <= set(TCVN3.values())
    assert {m for letter in marked for m in (letter, letter.upper())} <= set(VNI.values()) | set("íìÍÌ")


@pytest.mark.skipif(shutil.which("iconv") is None, reason="needs iconv")
def test_tcvn3_table_agrees_with_iconv() -> None:
    listed = subprocess.run(["iconv", "-l"], capture_output=True, check=True, text=True).stdout
    if "TCVN5712-1" not in listed:
        pytest.skip("this iconv does not know TCVN5712-1")
    table = {**TCVN3, **TCVN3_TONED_CAPITALS}
    raw = "\n".join(table).encode("latin-1")
    read = subprocess.run(
        ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=raw, capture_output=True, check=True
    )
    assert [unicodedata.normalize("NFC", line) for line in read.stdout.decode().split("\n")] == list(
        table.values()
    )


@given(text=_VIETNAMESE)
def test_vni_round_trip(samples: ModuleType, text: str) -> None:
    assert decode_vni(samples.to_vni(text)) == text


@given(text=_VIETNAMESE)
def test_tcvn3_round_trip_small(samples: ModuleType, text: str) -> None:
    assert decode_tcvn3(samples.to_tcvn3(text.lower()), ".VnTime") == text.lower()


@given(text=_VIETNAMESE)
def test_tcvn3_round_trip_capital_font(samples: ModuleType, text: str) -> None:
    assert decode_tcvn3(samples.to_tcvn3(text.upper()), ".VnTimeH") == text.upper()


@given(st.text(), st.sampled_from([".VnTime", ".VnTimeH", "VNI-Times", "Arial", ""]))
def test_any_text_is_read_without_a_crash(text: str, font: str) -> None:
    for encoding in ("unicode", "tcvn3", "vni"):
        decode(text, encoding, font)
    assert encoding_of_cell(text, font, "unicode") in ("unicode", "tcvn3", "vni")


def test_fonts_name_their_encoding() -> None:
    names = [".VnTime", ".VnArialH", "VNI-Times", "vni-helve", "Times New Roman", ""]
    assert [encoding_of_font(name) for name in names] == [
        "tcvn3",
        "tcvn3",
        "vni",
        "vni",
        "unicode",
        "unicode",
    ]


def test_content_names_its_encoding_without_fonts(samples: ModuleType) -> None:
    texts = ["Nguyễn Thị Phượng", "Danh sách hộ gia đình", "Thôn Đồng Hoà", "Lê Văn Tuấn"]
    assert encoding_of_texts([samples.to_tcvn3(t) for t in texts]) == "tcvn3"
    assert encoding_of_texts([samples.to_vni(t) for t in texts]) == "vni"
    assert encoding_of_texts(texts) == "unicode"
    assert encoding_of_texts(["Hà", "Thành", "Lò Văn Sóng"]) == "unicode"
    assert encoding_of_texts(["no marks", "at all"]) == "unicode"


def test_unicode_under_an_old_font_stays_as_it_is(samples: ModuleType) -> None:
    assert encoding_of_cell("Nguyễn Thị Hà", ".VnTime", "unicode") == "unicode"
    assert encoding_of_cell("Thành", ".VnTime", "unicode") == "unicode"
    assert encoding_of_cell(samples.to_tcvn3("Thành"), ".VnTime", "unicode") == "tcvn3"


def test_a_name_gets_the_capital_its_font_lacks() -> None:
    assert with_capitals("Hoàng Bích ánh") == "Hoàng Bích Ánh"
    assert with_capitals("ấp 3") == "Ấp 3"
    assert with_capitals("Tổ 2 ấp 3") == "Tổ 2 ấp 3"
