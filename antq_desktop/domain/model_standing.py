"""Answers four questions about each model on a day: does it work, is it only on paper, is it to replicate, is it to remove."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from antq_desktop.domain.community_models import ModelState, RatingScale
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.wording import N_

Verdict = Literal["works", "on_paper", "replicate", "remove"]
#: What each verdict is called, as message ids, in the order of the questions.
VERDICT_NAMES: dict[Verdict, str] = {
    "works": N_("works"),
    "on_paper": N_("only on paper"),
    "replicate": N_("to replicate"),
    "remove": N_("to remove"),
}
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRules:
    """Settings: months without activity that make a model one on paper, years that make it one to remove; the scales."""

    idle_months: int
    idle_years: int
    scales: Mapping[str, RatingScale]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeFacts:
    """What is known of a model on the day asked about; ``ratings`` is by year."""

    state: ModelState
    began_on: date | None
    last_activity_on: date | None
    ratings: Mapping[int, str]


def verdicts(facts: LifeFacts, rules: StandingRules, as_of: date) -> dict[Verdict, Finding]:
    """Return the verdicts that hold, each with its reason as a finding; none for a model not begun yet or closed.

    A paused model neither works nor stands on paper; it may still be one to remove. A rating speaks for its own year and
    the next one; an older one says nothing.
    """
    if facts.state not in (ModelState.WORKING, ModelState.PAUSED):
        return {}
    found: dict[Verdict, Finding] = {}
    if facts.state is ModelState.WORKING:
        found.update(_activity(facts, rules, as_of))
    rated = _rated(facts, rules, as_of)
    if rated is not None and not (rated[0] == "replicate" and "works" not in found):
        found[rated[0]] = rated[1]
    if "remove" not in found and (silent := _silent(facts, rules, as_of)) is not None:
        found["remove"] = silent
    return {name: found[name] for name in VERDICT_NAMES if name in found}


def months_before(day: date, months: int) -> date:
    """Return the day ``months`` earlier, or the last one of that month where it is shorter."""
    month = day.year * _MONTHS + day.month - 1 - months
    year, month = month // _MONTHS, month % _MONTHS + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError  # every month has 28 days


def _activity(facts: LifeFacts, rules: StandingRules, as_of: date) -> dict[Verdict, Finding]:
    since = months_before(as_of, rules.idle_months)
    if facts.last_activity_on is not None and facts.last_activity_on >= since:
        message = N_("Its last activity was on {day}.")
        return {"works": _said("active", message, day=f"{facts.last_activity_on:%d/%m/%Y}")}
    if facts.began_on is not None and facts.began_on >= since:
        message = N_("It began only on {day}; it still has time for its first activity.")
        return {"works": _said("new", message, day=f"{facts.began_on:%d/%m/%Y}")}
    if facts.last_activity_on is None:
        message = N_("No activity was ever recorded, and {months} months have passed.")
        return {"on_paper": _said("never-active", message, months=rules.idle_months)}
    message = N_("No activity for {months} months or more; the last one was on {day}.")
    day = f"{facts.last_activity_on:%d/%m/%Y}"
    return {"on_paper": _said("idle", message, months=rules.idle_months, day=day)}


def _rated(facts: LifeFacts, rules: StandingRules, as_of: date) -> tuple[Verdict, Finding] | None:
    years = [year for year in facts.ratings if as_of.year - 1 <= year <= as_of.year]
    if not years:
        return None
    year = max(years)
    for scale in rules.scales.values():
        word = scale.ratings.get(facts.ratings[year])
        if word is not None and word.calls_for:
            message = N_("It was rated «{rating}» for {year}.")
            return word.calls_for, _said("rated", message, rating=word.name, year=year)
    return None


def _silent(facts: LifeFacts, rules: StandingRules, as_of: date) -> Finding | None:
    last = facts.last_activity_on or facts.began_on
    if last is None or last >= months_before(as_of, rules.idle_years * _MONTHS):
        return None
    message = N_("Nothing was recorded for {years} years or more.")
    return _said("silent", message, years=rules.idle_years)


def _said(code: str, message: str, **facts: object) -> Finding:
    return Finding("", code, message, facts, "warning")
