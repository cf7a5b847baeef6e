"""What is said about a unit, a step or an occurrence before it is kept."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain import criteria, unit_scope, yearly_process
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periods import Period
from antq_desktop.domain.units import Unit
from antq_desktop.domain.yearly_checks import check_occurrence, check_step, check_unit, step_window
from antq_desktop.domain.yearly_steps import Occurrence, YearStep

HEAD: dict[str, Any] = {
    "schema": 1,
    "id": "x",
    "version": "1",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 2, 10),
}
ROW: dict[str, Any] = {"name": "n", "legal_basis": "b", "status": "seen"}
PERIOD = {"first": "11-16", "first_year": -1, "last": "11-15", "last_year": 0, "legal_basis": "b", "status": "seen"}  # fmt: skip
SCOPE = unit_scope.parse_scope(
    {
        **HEAD,
        "kind": "scope",
        "units": [
            {
                **ROW,
                "id": kind,
                "criteria": "c",
                "period": PERIOD,
                "recognition": {"setting": "s", "legal_basis": "b", "status": "seen"},
                "categories": [{**ROW, "id": "vua"}],
            }
            for kind in ("residential_area", "commune", "agency", "enterprise", "school")
        ],
    },
    "ab",
)
PROCESS = yearly_process.parse_process(
    {
        **HEAD,
        "kind": "process",
        "steps": [
            {**ROW, "id": "resolution", "unit_kinds": ["enterprise"], "asks": ["number"]},
            {**ROW, "id": "staff_told", "unit_kinds": ["enterprise"], "asks": ["count"]},
            {**ROW, "id": "appraised", "unit_kinds": ["enterprise"], "asks": ["outcome"]},
            {**ROW, "id": "decision", "unit_kinds": ["enterprise"], "evidence": "decision"},
            {**ROW, "id": "plan", "unit_kinds": ["commune"]},
        ],
    },
    "ab",
)
ASKS = {"legal_basis": "b", "wording": "w"}
CRITERIA = criteria.parse(
    {
        **HEAD,
        "kind": "criteria",
        "unit_kinds": ["enterprise"],
        "clauses": [
            {
                "id": "k",
                "legal_basis": "b",
                "title": "t",
                "items": [
                    {**ASKS, "id": "theft", "status": "seen", "answer": "count", "rule": {"at_most": 0}, "filled_by": "occurrences"},
                    {**ASKS, "id": "unseen", "status": "unknown", "answer": "yes_no", "rule": {"expected": "yes"}, "counted": True},
                    {**ASKS, "id": "law", "status": "seen", "answer": "yes_no", "rule": {"expected": "yes"}},
                ],
            }
        ],
    },
    "ab",
)  # fmt: skip
TODAY = date(2026, 6, 1)
UNIT = Unit(
    id="u", unit_code="04978", kind="enterprise", name="Công ty A", category="vua", valid_from=date(2024, 1, 1)
)  # fmt: skip
STEP = YearStep(
    id="s", unit_code="04978", unit_kind="enterprise", unit_id="u", year=2026,
    step="resolution", on=date(2026, 2, 1), number="12/NQ",
)  # fmt: skip
HAPPENED = Occurrence(
    id="o", unit_code="04978", unit_kind="enterprise", unit_id="u",
    item="theft", on=date(2026, 5, 1), count=1, number="3/BC",
)  # fmt: skip
DAYS = Period(date(2025, 11, 16), date(2026, 11, 15))


def said(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    for finding in findings:
        assert finding.message.format(**finding.facts)
    return [(finding.field, finding.code, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    ("changes", "remarks"),
    [
        ({}, []),
        ({"name": "  "}, [("name", "unit-name-missing", "error")]),
        ({"category": "to"}, [("category", "unit-category-unknown", "error")]),
        ({"category": ""}, [("category", "unit-category-unknown", "error")]),
        ({"valid_to": date(2023, 12, 31)}, [("valid_to", "unit-ends-before-it-begins", "error")]),
        ({"valid_to": date(2024, 1, 1)}, []),
    ],
)
def test_a_unit(changes: dict[str, Any], remarks: list[tuple[str, str, str]]) -> None:
    assert said(check_unit(replace(UNIT, **changes), SCOPE, [])) == remarks


@pytest.mark.parametrize(
    ("changes", "is_taken"),
    [
        ({"name": "CÔNG  TY a"}, True),
        ({"name": "Công ty B"}, False),
        ({"kind": "agency"}, False),
        ({"id": "u"}, False),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2023, 12, 31)}, False),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2024, 1, 1)}, True),
        ({"valid_from": date(2030, 1, 1)}, True),
    ],
)
def test_a_name_is_borne_once_at_a_time(changes: dict[str, Any], *, is_taken: bool) -> None:
    other = replace(UNIT, **{"id": "other", **changes})
    expected = [("name", "unit-name-taken", "error")] if is_taken else []
    assert said(check_unit(UNIT, SCOPE, [other])) == expected


def test_the_window_of_a_year_reaches_from_its_first_period_to_the_next_spring() -> None:
    assert step_window(2026) == Period(date(2025, 11, 1), date(2027, 3, 31))


@pytest.mark.parametrize(
    ("changes", "remarks"),
    [
        ({}, []),
        ({"number": " "}, [("number", "number-missing", "warning")]),
        ({"on": date(2026, 6, 1)}, []),
        ({"on": date(2026, 6, 2)}, [("on", "day-in-future", "error")]),
        ({"on": date(2025, 11, 1)}, []),
        ({"on": date(2025, 10, 31)}, [("on", "day-outside-year", "error")]),
        ({"on": date(2026, 2, 1), "year": 2024}, [("on", "day-outside-year", "error")]),
        ({"step": "decision"}, [("step", "step-not-recorded", "error")]),
        ({"step": "plan"}, [("step", "step-not-recorded", "error")]),
        ({"step": "holiday"}, [("step", "step-not-recorded", "error")]),
        ({"part": 1, "whole": 2}, [("part", "step-counts-nothing", "error")]),
        ({"outcome": "agreed"}, [("outcome", "step-decides-nothing", "error")]),
        ({"step": "appraised"}, [("outcome", "outcome-missing", "warning")]),
        ({"step": "appraised", "outcome": "not_agreed"}, []),
        ({"step": "staff_told"}, [("part", "count-missing", "error")]),
        ({"step": "staff_told", "part": 3}, [("whole", "count-missing", "error")]),
        ({"step": "staff_told", "part": 40, "whole": 40}, []),
        ({"step": "staff_told", "part": 41, "whole": 40}, [("part", "part-above-whole", "error")]),
        ({"step": "staff_told", "part": 0, "whole": 0}, [("whole", "nothing-to-count", "error")]),
        ({"step": "staff_told", "part": -1, "whole": 40}, [("part", "negative-count", "error")]),
        ({"step": "staff_told", "part": 1, "whole": -2}, [("whole", "negative-count", "error")]),
    ],
)
def test_a_step(changes: dict[str, Any], remarks: list[tuple[str, str, str]]) -> None:
    assert said(check_step(replace(STEP, **changes), PROCESS, TODAY)) == remarks


@pytest.mark.parametrize(
    ("changes", "remarks"),
    [
        ({}, []),
        ({"item": "unseen"}, []),
        ({"item": "law"}, [("item", "item-not-counted", "error")]),
        ({"item": "nobody"}, [("item", "item-not-counted", "error")]),
        ({"count": 0}, [("count", "count-too-low", "error")]),
        ({"count": -3}, [("count", "count-too-low", "error")]),
        ({"number": ""}, [("number", "number-missing", "warning")]),
        ({"on": date(2026, 6, 2)}, [("on", "day-in-future", "error")]),
        ({"on": date(2025, 11, 15)}, [("on", "day-outside-year", "error")]),
        ({"on": date(2025, 11, 16)}, []),
    ],
)
def test_an_occurrence(changes: dict[str, Any], remarks: list[tuple[str, str, str]]) -> None:
    assert said(check_occurrence(replace(HAPPENED, **changes), CRITERIA, DAYS, TODAY)) == remarks
