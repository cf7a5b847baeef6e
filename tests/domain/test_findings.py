"""Findings part into what stops and what only asks."""

from antq_desktop.domain.findings import Finding, errors, warnings


def test_errors_and_warnings_part() -> None:
    wrong, odd = Finding("head", "a", "A"), Finding("phone", "b", "B", {}, "warning")
    assert errors([odd, wrong]) == (wrong,)
    assert warnings([odd, wrong]) == (odd,)
