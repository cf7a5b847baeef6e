"""QR codes: read back by another library, whole runs, a quiet zone."""

from collections.abc import Callable

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.documents.qr import QUIET_ZONE, QrRuns, QrTooLong, qr_runs
from tests.documents.conftest import Paper, sample


def picture(code: QrRuns, scale: int = 4) -> memoryview:
    side = (code.modules + 2 * QUIET_ZONE) * scale
    rows = [bytearray(b"\xff" * side) for _ in range(side)]
    for column, row, length in code.runs:
        start, width = (column + QUIET_ZONE) * scale, length * scale
        for line in range((row + QUIET_ZONE) * scale, (row + QUIET_ZONE + 1) * scale):
            rows[line][start : start + width] = b"\x00" * width
    return memoryview(b"".join(rows)).cast("B", (side, side))


@settings(max_examples=150)
@given(st.text("abcXYZ0189-_.|/ đĐộữẶ", min_size=1, max_size=300).map(str.strip).filter(bool))
def test_what_goes_in_comes_out(content: str) -> None:
    found = zxingcpp.read_barcodes(picture(qr_runs(content)))
    assert [code.text for code in found] == [content]


def test_short_vietnamese_is_not_taken_for_japanese() -> None:
    assert [code.text for code in zxingcpp.read_barcodes(picture(qr_runs("ộ0")))] == ["ộ0"]


def test_runs_are_as_long_as_they_can_be() -> None:
    runs = qr_runs("ANTQ" * 30).runs
    ends = {(column + length, row) for column, row, length in runs}
    assert not ends & {(column, row) for column, row, _ in runs}


def test_too_long_a_text_is_refused() -> None:
    with pytest.raises(QrTooLong, match="3000 signs"):
        qr_runs("x" * 3000)


def test_a_record_whose_code_is_too_long_is_left_out_and_told(printed: Callable[..., Paper]) -> None:
    good = sample("certificate")
    rendered = printed("certificate", good, {**good, "qr": "x" * 3000}, good).rendered
    assert [type(result.failure) for result in rendered.results] == [type(None), QrTooLong, type(None)]
    assert rendered.pages == 2
