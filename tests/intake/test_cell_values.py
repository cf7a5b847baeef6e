"""Numbers, phones and counts as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.intake import cell_values
from antq_desktop.intake.cell_values import Unfit


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (38302825790, "038302825790"),
        (38302825790.0, "038302825790"),
        (1056575999, "001056575999"),
        ("001056575999", "001056575999"),
        ("038 302 825 790", "038302825790"),
        ("038.302.825.790", "038302825790"),
        ("'038302825790", "038302825790"),
        ("０３８３０２８２５７９０", "038302825790"),
        ("CCCD: 038302825790", "038302825790"),
        ("113123456 / 038302825790", "038302825790"),
        ("113123456", "113123456"),
        ("017080000001 017180000002", "017080000001"),
        (113123456, "113123456"),
        (None, None),
        ("", None),
        ("chưa có", None),
        ("0", None),
    ],
)
def test_citizen_id_reads(typed: str | float | None, expected: str | None) -> None:
    assert cell_values.citizen_id(typed) == expected


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("12345", "citizen-id-length"),
        ("0383028257901", "citizen-id-length"),
        (12345678, "citizen-id-length"),
        ("abc", "citizen-id-length"),
        ("3.83028E+10", "citizen-id-rounded"),
        ("3,83E10", "citizen-id-rounded"),
        ("#REF!", "formula-error"),
    ],
)
def test_citizen_id_refuses(typed: str | int, code: str) -> None:
    with pytest.raises(Unfit) as raised:
        cell_values.citizen_id(typed)
    assert raised.value.doubt.code == code


@pytest.mark.parametrize(
    ("typed", "expected", "code"),
    [
        ("0819067481", "0819067481", None),
        (819067481, "0819067481", None),
        ("819067481", "0819067481", None),
        ("+84 819 067 481", "0819067481", None),
        ("84819067481", "0819067481", None),
        ("0819.067.481", "0819067481", None),
        ("02183 871 234", "02183871234", None),
        ("0819067481/0912345678", "0819067481", "phone-several"),
        ("0819 - 067 - 481", "0819067481", None),
        ("12345", "12345", "phone-doubtful"),
        ("gọi con trai", None, "phone-doubtful"),
        ("không", None, None),
        (None, None, None),
    ],
)
def test_phone_reads(typed: str | int | None, expected: str | None, code: str | None) -> None:
    number, doubt = cell_values.phone(typed)
    assert (number, doubt.code if doubt else None) == (expected, code)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [(4, 4), ("04", 4), ("4 khẩu", 4), ("4 người", 4), (4.0, 4), ("4 (2 nữ)", 4), ("", None), ("-", None)],
)
def test_members_reads(typed: str | float, expected: int | None) -> None:
    assert cell_values.members(typed) == expected


@pytest.mark.parametrize("typed", ["-2", -2, 0, "0", 1980, 4.5, "bốn", "#N/A"])
def test_members_refuses(typed: str | float) -> None:
    with pytest.raises(Unfit):
        cell_values.members(typed)


@given(st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_anything_reads_or_is_unfit(typed: str | float) -> None:
    for read in (cell_values.citizen_id, cell_values.phone, cell_values.members):
        try:
            read(typed)
        except Unfit as unfit:
            unfit.doubt.sentence.format(**unfit.doubt.facts)
