"""Which report holds, which days are taken, what a change is, and sentences of the layout."""

import re
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.measures import NOTHING
from antq_desktop.domain.periodic_reports import (
    PeriodicReport,
    ReportState,
    also_covered,
    in_the_way,
    newest,
    nothing_happened,
)
from antq_desktop.domain.periods import CutOff, Period, codes_of, reporting_period
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import Amount, change
from antq_desktop.domain.report_layout import parse_layout


def signed(code: str, edition: int = 1, cut_off: CutOff | None = None, **fields: Any) -> PeriodicReport:
    period = reporting_period(code, cut_off or CutOff(15, 1))
    return PeriodicReport(
        id=f"{code}/{edition}",
        unit_code="04978",
        period=period.code,
        year=period.year,
        first=period.days.first,
        last=period.days.last,
        edition=edition,
        **{"state": ReportState.SIGNED, **fields},
    )


def test_the_last_signed_edition_holds() -> None:
    reports = [signed("2026-Q1", 2), signed("2026-Q1"), signed("2026-Q1", 3, state=ReportState.DRAFT)]
    found = newest(reports, "2026-Q1")
    assert found is not None
    assert found.edition == 2
    assert newest(reports, "2026") is None


def test_quarters_of_one_cut_off_lie_beside_each_other() -> None:
    assert in_the_way(reporting_period("2026-Q2"), [signed("2026-Q1"), signed("2026-Q3")]) is None


def test_changed_cut_offs_make_quarters_overlap() -> None:
    moved = reporting_period("2026-Q2", CutOff(14, 1))
    found = in_the_way(moved, [signed("2026-Q1")])
    assert found is not None
    assert found.period == "2026-Q1"
    assert in_the_way(moved, [signed("2026-Q1", state=ReportState.DRAFT)]) is None
    assert in_the_way(moved, [signed("2026-Q2")]) is None, "the same period is corrected, not overlapped"


def test_longer_periods_take_shorter_ones_in() -> None:
    reports = [signed(code) for code in ("2026-Q1", "2026-H1", "2026-Q4", "2025")]
    assert also_covered(reporting_period("2026-9M"), reports) == ["2026-H1", "2026-Q1"]
    assert in_the_way(reporting_period("2026-9M"), reports) is None


@pytest.mark.parametrize(
    ("code", "before", "last_year"),
    [
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026-Q3", "2026-Q2", "2025-Q3"),
        ("2026-H1", "2025-H2", "2025-H1"),
        ("2026-H2", "2026-H1", "2025-H2"),
        ("2026-9M", "", "2025-9M"),
        ("2026", "2025", "2025"),
    ],
)
def test_the_periods_that_one_stands_beside(code: str, before: str, last_year: str) -> None:
    period = reporting_period(code)
    assert (period.code_before, period.code_last_year) == (before, last_year)
    if before:
        assert (period.days.first - reporting_period(before).days.last).days == 1


def test_the_codes_of_a_year_stand_in_the_order_in_which_they_end() -> None:
    lasts = [reporting_period(code).days.last for code in codes_of(2026)]
    assert lasts == sorted(lasts)
    assert len(lasts) == 8


def test_one_shared_day_is_an_overlap() -> None:
    first = Period(date(2026, 1, 1), date(2026, 1, 10))
    assert first.overlaps(Period(date(2026, 1, 10), date(2026, 1, 20)))
    assert not first.overlaps(Period(date(2026, 1, 11), date(2026, 1, 20)))


@pytest.mark.parametrize(
    ("now", "other", "changed"),
    [
        (5, 3, 2),
        (3, 5, -2),
        (5, None, None),
        (Ratio(2, 3), Ratio(1, 3), 6666 - 3333),
        (Ratio(1, 3), Ratio(0, 0), None),
        (Ratio(0, 0), Ratio(1, 3), None),
        (Ratio(1, 2), 4, None),
    ],
)
def test_a_change_is_that_of_the_printed_figures(
    now: Amount, other: Amount | None, changed: int | None
) -> None:
    assert change(now, other) == changed


def test_a_period_of_which_only_the_register_tells_is_empty() -> None:
    assert nothing_happened(NOTHING)
    assert nothing_happened({**NOTHING, "households_living": 900, "models_working": 4})
    assert not nothing_happened({**NOTHING, "activities": {"tuan-tra": 1}})
    assert not nothing_happened({**NOTHING, "festival_sites": 1})


LAYOUT: dict[str, Any] = {
    "schema": 1,
    "kind": "report-layout",
    "id": "x",
    "version": "1",
    "title": "…",
    "source": "…",
    "in_force_from": date(2026, 1, 1),
}


def layout(*sections: dict[str, Any]) -> dict[str, Any]:
    return {**LAYOUT, "sections": list(sections)}


def section(section_id: str, text: str, *indicators: str, **sentence: str) -> dict[str, Any]:
    return {
        "id": section_id,
        "name": "…",
        "indicators": list(indicators),
        "sentences": [{"text": text, **sentence}],
    }


def test_a_layout_knows_every_figure_it_needs() -> None:
    read = parse_layout(layout(section("a", "{patrols} ca{patrols.before}.", "tips", when="meetings")), "00")
    assert read.indicators == {"patrols", "tips", "meetings"}


@pytest.mark.parametrize(
    ("sections", "why"),
    [
        ([section("a", "{patrols ca", "tips")], "sections[0].sentences[0].text"),
        ([section("a", "{patrols.sau}", "tips")], "sections[0].sentences[0].text"),
        ([section("a", "…", "tips"), section("b", "…", "tips")], "sections"),
    ],
)
def test_a_faulty_layout_is_refused(sections: list[dict[str, Any]], why: str) -> None:
    with pytest.raises(MalformedCatalogue, match=re.escape(why)):
        parse_layout(layout(*sections), "00")
