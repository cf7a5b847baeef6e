"""How much was done, as people type it in a cell."""

from typing import Any

import pytest

from antq_desktop.intake.activity_counts import count, thousandths, with_units
from antq_desktop.intake.cell_values import Unfit


@pytest.mark.parametrize(
    ("value", "wanted"),
    [(None, None), ("-", None), ("không", None), (12, 12), (12.0, 12), ("12", 12), ("12,0", 12), ("1 200", 1200), ("1,200 người", 1200), ("35 lượt", 35)],
)  # fmt: skip
def test_numbers_as_people_type_them(value: Any, wanted: int | None) -> None:
    assert count(value) == wanted


@pytest.mark.parametrize("value", [-1, "-1", "−3", 2.5, "2,5", "2-3", "hai", "1234567890", "#REF!", "3/4"])
def test_what_is_no_whole_number_is_unfit(value: Any) -> None:
    with pytest.raises(Unfit):
        count(value)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [("1,5", 1500), (1.25, 1250), ("0,005 kg", 5), ("1.200", None), (2.0, None), ("-1,5", None), ("hai", None), (None, None)],
)  # fmt: skip
def test_thousandths_of_what_is_not_whole(value: Any, wanted: int | None) -> None:
    assert thousandths(value) == wanted


def test_numbers_with_their_units_in_one_cell() -> None:
    assert with_units("2 buổi, 35 lượt người") == [("buổi", "2"), ("lượt người", "35")]
    assert with_units("35") == []
