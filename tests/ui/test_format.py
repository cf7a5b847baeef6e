"""Numbers, days and times as an office writes them; days as people type them."""

from datetime import UTC, date, datetime

import pytest

from antq_desktop.ui import format as written


def test_numbers_shares_days_and_times() -> None:
    assert written.number(1234567) == "1.234.567"
    assert written.percent(1, 8) == "12,5\u00a0%"
    assert written.percent(3, 3) == "100\u00a0%"
    assert written.day(date(2026, 3, 5)) == "05/03/2026"
    noon = datetime(2026, 3, 5, 12, 4, tzinfo=UTC)
    assert written.moment(noon) == noon.astimezone().strftime("%H:%M %d/%m/%Y")
    assert (written.number(None), written.percent(0, 0), written.day(None), written.moment(None)) == (
        "",
        "",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5/3", date(2026, 3, 5)),
        ("05032026", date(2026, 3, 5)),
        ("5.3.26", date(2026, 3, 5)),
        (" 5-3-2025 ", date(2025, 3, 5)),
        ("0503", date(2026, 3, 5)),
        ("050385", date(1985, 3, 5)),
        ("31/12/36", date(2036, 12, 31)),
        ("31/12/37", date(1937, 12, 31)),
        ("", None),
    ],
)
def test_days_are_read_the_short_way(typed: str, meant: date | None) -> None:
    assert written.read_day(typed, 2026) == meant


@pytest.mark.parametrize("typed", ["31/2", "5/13", "5", "050", "hôm qua", "5/3/226", "05032026x"])
def test_what_is_no_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="day|month|not"):
        written.read_day(typed, 2026)


def test_a_share_is_cut_and_never_rounded_up() -> None:
    shares = [(8997, 10_000), (99_999, 100_000), (2, 3), (57, 100), (29, 100), (1213, 1492), (5, 4)]
    assert [written.percent(part, whole) for part, whole in shares] == [
        "89,97\u00a0%",
        "99,99\u00a0%",
        "66,66\u00a0%",
        "57\u00a0%",
        "29\u00a0%",
        "81,3\u00a0%",
        "100\u00a0%",
    ]


def test_a_number_below_0_is_told_from_no_number() -> None:
    assert [written.below_zero(typed) for typed in ("-3", "− 1.200", "3", "-", "-0", "-x", "-1,5")] == [
        True, True, False, False, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("6000000", 6_000_000),
        ("6.000.000", 6_000_000),
        (" 1 234 ", 1_234),
        ("0", 0),
        ("1.5", None),
        ("12.34", None),
        ("1.2345", None),
        ("1,5", None),
        ("ba", None),
        ("", None),
    ],
)
def test_a_point_stands_between_thousands_and_nowhere_else(typed: str, meant: int | None) -> None:
    assert written.read_number(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1,5", 1500),
        ("1.234,25", 1_234_250),
        ("0,001", 1),
        ("1,2345", None),
        ("1.5", None),
        ("15", None),
        ("1,5 kg", None),
    ],
)
def test_a_comma_leads_to_thousandths(typed: str, meant: int | None) -> None:
    assert written.read_thousandths(typed) == meant
