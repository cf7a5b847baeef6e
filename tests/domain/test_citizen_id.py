"""The number of a citizen warns about a slip and never blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.citizen_id import Parts, Sex, check, parts


def test_parts_of_both_centuries() -> None:
    assert parts("087056714691") == Parts("087", 1956, "male")
    assert parts("038302825790") == Parts("038", 2002, "female")
    assert parts("113123456") is None


@pytest.mark.parametrize(
    ("number", "birth", "sex", "codes"),
    [
        ("087056714691", "1956-03-04", "male", []),
        ("087056714691", "1956", None, []),
        ("087056714691", None, None, []),
        ("087056714691", "1965", None, ["citizen-id-birth"]),
        ("087056714691", "2056", None, ["citizen-id-birth"]),
        ("003056714691", "1956", None, ["citizen-id-province"]),
        ("087056714691", "1956", "female", ["citizen-id-sex"]),
        ("113123456", "1956", "female", []),
    ],
)
def test_check_warns(number: str, birth: str | None, sex: Sex | None, codes: list[str]) -> None:
    assert [doubt.code for doubt in check(number, birth, sex)] == codes


@given(st.text(), st.none() | st.integers(1900, 2099).map(str))
def test_check_never_fails(number: str, birth: str | None) -> None:
    for doubt in check(number, birth):
        assert doubt.sentence.format(**doubt.facts)
