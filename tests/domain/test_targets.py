"""Aims as people type them, and exact comparison at the edge."""

import pytest

from antq_desktop.domain.measures import NOTHING
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.targets import Target, WrongAim, aim_text, read_aim


def target(at_least: int, measured: str = "percent") -> Target:
    return Target(
        id="t",
        unit_code="04978",
        year=2026,
        period="2026",
        level="commune",
        indicator="share_signed",
        measured=measured,  # type: ignore[arg-type]
        at_least=at_least,
    )


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12", ("count", 12)),
        ("1.200", ("count", 1200)),
        ("90 %", ("percent", 90_00)),
        (" 90% ", ("percent", 90_00)),
        ("97,5 %", ("percent", 97_50)),
        ("97,05 %", ("percent", 97_05)),
        ("120 %", ("percent", 120_00)),
    ],
)
def test_an_aim_is_read_as_typed(typed: str, read: tuple[str, int]) -> None:
    assert read_aim(typed) == read


@pytest.mark.parametrize("typed", ["", "%", "-5", "12,5", "97,555 %", "chín mươi", "1.20", "90 % hộ"])
def test_what_is_no_aim_is_refused(typed: str) -> None:
    with pytest.raises(WrongAim):
        read_aim(typed)


@pytest.mark.parametrize("text", ["90 %", "97,5 %", "97,05 %", "100 %", "1.200", "7"])
def test_an_aim_is_written_as_it_was_typed(text: str) -> None:
    measured, at_least = read_aim(text)
    assert aim_text(target(at_least, measured)) == text


def test_a_share_is_compared_exactly() -> None:
    assert target(97_50).reached(Ratio(39, 40))
    assert not target(97_51).reached(Ratio(39, 40))
    assert not target(70_00).reached(Ratio(6999, 10_000))
    assert not target(1).reached(Ratio(0, 0))


def test_a_number_is_compared_as_it_is_and_a_count_by_kind_never_reaches() -> None:
    assert target(3, "count").reached(3)
    assert not target(3, "count").reached(2)
    tally = NOTHING["activities"]
    assert not isinstance(tally, int)
    assert not target(0, "count").reached(tally)
