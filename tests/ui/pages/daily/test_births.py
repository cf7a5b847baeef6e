"""A birth is read as a day or a year alone, and said so when it is neither."""

import pytest

from antq_desktop.ui.pages import births


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        ("1980", "1980"),
        ("5/3/1980", "1980-03-05"),
        ("05031980", "1980-03-05"),
        ("5.3.80", "1980-03-05"),
        ("29/02/2000", "2000-02-29"),
    ],
)
def test_birth_is_read_as_people_type_it(typed: str, kept: str | None) -> None:
    assert births.read(typed) == kept
    assert births.fault(typed) == ""


@pytest.mark.parametrize("typed", ["5/3", "0503", "31/02/1980", "khoảng 1980", "198"])
def test_what_is_no_birth_is_said(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        births.read(typed)
    assert typed in births.fault(typed)


def test_birth_is_shown_the_vietnamese_way() -> None:
    assert births.shown("1980-03-05") == "05/03/1980"
    assert births.shown("1980") == "1980"
    assert births.shown(None) == ""
