"""Outreach campaigns: what they count, when they may count it, which years they touch."""

from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.findings import errors
from antq_desktop.domain.outreach import OutreachCampaign, check_outreach, parse_outreach
from antq_desktop.runtime.catalogue_files import read_shipped

CATALOGUE = read_shipped("outreach-kinds", parse_outreach)
TODAY = date(2026, 11, 20)
ROUND = OutreachCampaign(
    id="o1",
    unit_code="04978",
    title="Tháng cao điểm phòng cháy",
    kind="pccc",
    starts_on=date(2026, 4, 1),
    ends_on=date(2026, 4, 30),
    sessions=3,
    attendance=240,
)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"title": ""}, ["title-missing"]),
        ({"kind": "bay"}, ["outreach-kind-unknown"]),
        ({"ends_on": date(2026, 3, 31)}, ["ends-before-it-begins"]),
        ({"ends_on": date(2026, 4, 1)}, []),
        ({"leaflets": -5}, ["negative-count"]),
        ({"sessions": 0, "attendance": 0}, ["nothing-counted"]),
        ({"sessions": 0, "attendance": 0, "ends_on": None}, []),
    ],
)
def test_remarks(fields: dict[str, object], found: list[str]) -> None:
    remarks = check_outreach(replace(ROUND, **fields), CATALOGUE, TODAY)  # type: ignore[arg-type]
    assert [finding.code for finding in remarks] == found


def test_a_campaign_may_be_planned_but_not_counted_ahead() -> None:
    ahead = replace(ROUND, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    (fault,) = errors(check_outreach(ahead, CATALOGUE, TODAY))
    assert fault.code == "counted-before-it-begins"
    assert check_outreach(replace(ahead, sessions=0, attendance=0), CATALOGUE, TODAY) == ()


def test_a_campaign_over_new_year_touches_both_years() -> None:
    tet = replace(ROUND, starts_on=date(2025, 12, 15), ends_on=date(2026, 2, 20))
    assert [year for year in range(2024, 2029) if tet.touches(year)] == [2025, 2026]
    assert [year for year in range(2024, 2029) if replace(tet, ends_on=None).touches(year)] == [
        2025, 2026, 2027, 2028,
    ]  # fmt: skip
