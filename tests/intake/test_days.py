"""Days as people type them, and what is no day."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.intake import days
from antq_desktop.intake.cell_values import Unfit


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14.1.2002", "2002-01-14"),
        ("13/02/1955", "1955-02-13"),
        ("13-02-1955", "1955-02-13"),
        ("1955-02-13", "1955-02-13"),
        ("1955/2/13", "1955-02-13"),
        ("1955-02-13 00:00:00", "1955-02-13"),
        ("1955-02-13T00:00:00", "1955-02-13"),
        ("13/2/55", "1955-02-13"),
        ("13/2/08", "2008-02-13"),
        ("13 / 02 / 1955", "1955-02-13"),
        ("ngày 13 tháng 2 năm 1955", "1955-02-13"),
        ("13 thg 2 1955", "1955-02-13"),
        ("12-Oct-1949", "1949-10-12"),
        ("'13/02/1955", "1955-02-13"),
        ("13021955", "1955-02-13"),
        (3021955, "1955-02-03"),
        ("19550213", "1955-02-13"),
        ("130255", "1955-02-13"),
        (20518, "1956-03-04"),
        (20518.5, "1956-03-04"),
        ("20518", "1956-03-04"),
        (datetime(1955, 2, 13), "1955-02-13"),  # noqa: DTZ001 - as a workbook gives it
        (datetime(1905, 6, 2), "1980"),  # noqa: DTZ001 - 1980 typed into a cell that shows days
        (1944, "1944"),
        (1944.0, "1944"),
        ("1944", "1944"),
        ("SN 1944", "1944"),
        ("sinh năm 1944", "1944"),
        ("00/00/1944", "1944"),
        ("__/__/1944", "1944"),
        ("xx/xx/1944", "1944"),
        ("05/1944", "1944"),
        ("1944 (82 tuổi)", "1944"),
        ("/5/1944", "1944"),
        (None, None),
        ("-", None),
        ("không", None),
    ],
)
def test_birth_reads(typed: str | float | datetime | None, expected: str | None) -> None:
    born, _doubt = days.birth(typed)
    assert (str(born) if born else None) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "31/02/1980",
        "01/13/1980",
        "32/1/1980",
        "1/1/980",
        "1/1/1880",
        "abc",
        "5/5",
        "44",
        12,
        "#N/A",
        "1/2/3/1980",
        "-2",
    ],
)
def test_birth_refuses(typed: str | int) -> None:
    with pytest.raises(Unfit):
        days.birth(typed)


def test_a_month_without_its_day_keeps_the_year_and_says_so() -> None:
    born, doubt = days.birth("05/1944")
    assert str(born) == "1944"
    assert doubt is not None
    assert doubt.code == "birth-year-only"


def test_the_citizen_id_tells_the_century() -> None:
    assert str(days.birth("1/2/08", "017008000001")[0]) == "1908-02-01"
    assert str(days.birth("1/2/08", "017208000001")[0]) == "2008-02-01"


@pytest.mark.parametrize(
    ("typed", "day", "code"),
    [
        ("06/02/26", date(2026, 2, 6), None),
        (46102, date(2026, 3, 21), None),
        ("x", None, "signed-no-day"),
        ("Đã ký", None, "signed-no-day"),
        ("2026", None, "signed-no-day"),
        ("chưa ký", None, None),
        ("vắng", None, None),
        ("-", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_signed_reads(typed: str | int | None, day: date | None, code: str | None) -> None:
    read, doubt = days.signed(typed)
    assert (read, doubt.code if doubt else None) == (day, code)


def test_signed_refuses_a_day_that_never_was() -> None:
    with pytest.raises(Unfit):
        days.signed("31/02/2026")


def test_american_columns_are_told_by_the_whole_column() -> None:
    assert days.is_month_first(["3/20/2026", "3/25/2026", "1/2/2026"])
    assert not days.is_month_first(["20/3/2026", "3/25/2026", "3/26/2026"])
    assert not days.is_month_first(["1/13/1980", "1/2/1980"])


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d%m%Y"]),
)
def test_every_day_comes_back(day: date, style: str) -> None:
    assert str(days.birth(day.strftime(style))[0]) == day.isoformat()


@given(st.text() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_anything_is_a_day_or_unfit(typed: str | float) -> None:
    for read in (days.birth, days.signed):
        try:
            read(typed)
        except Unfit as unfit:
            unfit.doubt.sentence.format(**unfit.doubt.facts)
