"""Codes on a rendered page, as a printer puts them on paper, read back by three libraries that share no code."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from antq_desktop.documents.pdf import render_form
from antq_desktop.documents.preview import previewing
from antq_desktop.documents.qr import qr_runs
from antq_desktop.documents.qr_reading import codes_in
from tests.documents.conftest import Paper, sample

Print = Callable[..., Paper]
#: As long as the signed summary of a certificate, in the signs that it uses.
SUMMARY = "ANTQ1:" + "".join("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"[n * n % 45] for n in range(288))
ASCII = "ANTQ1.GCN.04978.2026.7.20261118.QmFpIENoYW8geG9tIGtoYW8gc2F0IG1hdSB0aHU"
DOTS_PER_INCH = 300


def by_zxing(picture: Any) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def by_opencv(picture: Any) -> list[str]:
    cv2 = pytest.importorskip("cv2")
    return [cv2.QRCodeDetector().detectAndDecode(picture)[0]]


def by_zbar(picture: Any) -> list[str]:
    try:
        from pyzbar import pyzbar
    except ImportError:
        pytest.skip("the library zbar is not on this machine")
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data.decode() for code in found]


READERS = (by_zxing, by_opencv, by_zbar)


@pytest.fixture
def page(printed: Print) -> Callable[[str], Any]:
    """Print a certificate with a text in its code and give the page in shades of grey."""
    numpy = pytest.importorskip("numpy")

    def draw(text: str) -> Any:
        with previewing(printed("certificate", sample("certificate", qr=text)).path) as preview:
            image = preview.image(0, DOTS_PER_INCH)
        rows = numpy.frombuffer(image.pixels, numpy.uint8).reshape(image.height, image.stride // 4, 4)
        return numpy.ascontiguousarray(rows[:, : image.width, :3].mean(axis=2).astype(numpy.uint8))

    return draw


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", [SUMMARY, ASCII])
def test_each_reader_reads_the_code_on_the_page(
    page: Callable[[str], Any], reader: Callable[[Any], list[str]], text: str
) -> None:
    assert reader(page(text)) == [text]


def test_vietnamese_in_a_code_is_read_back(page: Callable[[str], Any]) -> None:
    assert by_zxing(page("Giấy công nhận số 07, Xóm Bãi Chạo")) == ["Giấy công nhận số 07, Xóm Bãi Chạo"]


@pytest.fixture
def damaged(page: Callable[[str], Any]) -> Any:
    """The page with a black blot on the code: a fifth of its width and height."""
    picture = page(SUMMARY)
    found = zxingcpp.read_barcodes(picture)[0].position
    left, top = found.top_left.x, found.top_left.y
    side = found.bottom_right.x - left
    start, reach = 0.55, 0.2
    rows = slice(int(top + start * side), int(top + (start + reach) * side))
    columns = slice(int(left + start * side), int(left + (start + reach) * side))
    picture[rows, columns] = 0
    return picture


def test_a_blot_on_the_code_does_no_harm(damaged: Any) -> None:
    assert by_zxing(damaged) == [SUMMARY]


def test_capitals_and_digits_are_packed_densely() -> None:
    # 294 signs of the dense alphabet at level M need version 10; as bytes they would need version 13.
    assert qr_runs(SUMMARY).modules == 57
    assert qr_runs(SUMMARY.lower()).modules == 69


def test_the_code_in_the_test_is_as_long_as_a_real_one() -> None:
    from antq_desktop.exchange.summary import sign_summary

    facts: dict[str, str | int] = {"k": "residential_area", "n": 7, "y": 2026, "a": "Khu dân cư Xóm Bãi Chạo"}
    assert (
        abs(len(sign_summary(bytes(32), {**facts, "d": "412/QĐ-UBND", "o": "2026-11-18"})) - len(SUMMARY))
        < 30
    )


def test_codes_are_read_from_a_file_too(printed: Print) -> None:
    from antq_desktop.documents.qr_reading import codes_in

    path: Path = printed("certificate", sample("certificate", qr=SUMMARY)).path
    assert codes_in(path) == [SUMMARY]


def test_a_code_with_spaces_in_a_row_is_read_back_sign_for_sign(tmp_path: Path) -> None:
    text = "ANTQ1:28N  CXY0H4I.YF   2A1RNX-00HD+:O119G/"
    render_form("certificate", [{**sample("certificate"), "qr": text}], tmp_path / "a.pdf")
    assert codes_in(tmp_path / "a.pdf") == [text]
