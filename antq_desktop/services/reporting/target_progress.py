"""Works out how far a target is reached, who keeps it from being reached, and where it leads if it goes on like this."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from antq_desktop.domain.indicators import Amount, Indicator, IndicatorCatalogue, Share
from antq_desktop.domain.measures import Measures
from antq_desktop.domain.periods import Period, ReportingPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.targets import Target
from antq_desktop.domain.territory import ResidentialArea, Succession, name_on
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.report_words import amount_text, count_text
from antq_desktop.storage.queries.areas_of_households import areas_of
from antq_desktop.storage.queries.behind import behind
from antq_desktop.storage.queries.counting import count, count_by_area
from antq_desktop.storage.queries.measures import FINDERS
from antq_desktop.storage.queries.scope import RESIDENTIAL_AREA, Coverage, Scope, report_scope
from antq_desktop.storage.unit_of_work import Reading

#: Fewer days of a period than this tell nothing about where it leads.
_LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Missing:
    """One household, area or unit that keeps a target from being reached; ``entity`` is the table of its record.

    ``area`` names the residential area of a household, because many heads bear one name.
    """

    entity: str
    id: str
    name: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a target is reached: a number, or a share (at the level of areas: of the areas that reach it).

    ``forecast`` is a sentence that says how it is made, or why there is none.
    """

    amount: int | Ratio
    reached: bool
    missing: tuple[Missing, ...]
    forecast: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One target with all that it is worked out from."""

    target: Target
    indicator: Indicator
    catalogue: IndicatorCatalogue
    covered: Coverage
    period: ReportingPeriod


def standing(work: Reading, asked: Asked, today: date) -> Standing:
    """Return how far a target is reached at the end of its period, or now when that is still to come."""
    days = asked.period.days
    now = report_scope(asked.covered, days)
    # Nothing has happened yet on these days, while all that was there before them is there.
    start = report_scope(asked.covered, Period(days.first, days.first - timedelta(days=1)))
    if asked.target.level == "area":
        amount, missing = _by_area(work, asked, now)
        begun: int | Ratio = _by_area(work, asked, start)[0]
        reached = amount.whole > 0 and not missing
        if isinstance(begun, Ratio):
            begun = begun.part
        said = forecast(begun, amount.part, days, today, most=amount.whole)
        return Standing(amount, reached, missing, said)
    whole = _number(work, now, asked.indicator)
    reached = asked.target.reached(whole)
    lacking = () if reached else _lacking(work, now, asked)
    return Standing(
        whole, reached, lacking, forecast(_number(work, start, asked.indicator), whole, days, today)
    )


def forecast(start: int | Ratio, now: int | Ratio, days: Period, today: date, most: int | None = None) -> str:
    """Return where a figure comes to if it goes on as since the period began, in a sentence that says so.

    ``most``: a number cannot come to more, as no more areas than there are can reach a target.
    """
    if today < days.first:
        return _("The period begins on {day}: there is no forecast yet.", day=written(days.first))
    if today > days.last:
        return _("The period ended on {day}.", day=written(days.last))
    passed = (today - days.first).days + 1
    if passed < _LEAST_DAYS:
        return _("Only {days} days of the period have passed: too few for a forecast.", days=passed)
    left = (days.last - today).days
    first, last = (one.part if isinstance(one, Ratio) else one for one in (start, now))
    end = max(0, last + (last - first) * left // passed)
    end = end if most is None else min(end, most)
    comes_to = (
        amount_text(Ratio(min(end, now.whole), now.whole)) if isinstance(now, Ratio) else count_text(end)
    )
    return _(
        "If it goes on as since {first} (from {start} to {now} in {days} days), it comes to {end} by {last}. "
        "Work done all at once cannot be foreseen.",
        first=written(days.first),
        start=count_text(first),
        now=count_text(last),
        days=passed,
        end=comes_to,
        last=written(days.last),
    )


def _number(work: Reading, scope: Scope, indicator: Indicator) -> int | Ratio:
    """Return one indicator over ``scope``, counting only what it is made of; one that has many numbers was refused as a target."""
    return _amount(
        indicator, {name: count(work, FINDERS[name](work, scope)) for name in _measures(indicator)}
    )


def _numbers(work: Reading, scope: Scope, indicator: Indicator) -> Callable[[str], int | Ratio]:
    """Return what gives the indicator of one area by its id, of the whole commune's ``scope``.

    One question counts for all areas what lies in one; only what belongs to several is asked for each.
    """
    rows = {name: FINDERS[name](work, scope) for name in _measures(indicator)}
    known = {
        name: count_by_area(work, each, each.area) for name, each in rows.items() if each.area is not None
    }

    def of(area_id: str) -> int | Ratio:
        here = replace(scope, unit=UnitKey(RESIDENTIAL_AREA, area_id))
        counted = {
            name: known[name].get(area_id, 0) if name in known else count(work, FINDERS[name](work, here))
            for name in rows
        }
        return _amount(indicator, counted)

    return of


def _measures(indicator: Indicator) -> frozenset[str]:
    formula = indicator.formula
    terms = (formula.part, formula.whole) if isinstance(formula, Share) else formula.terms
    return frozenset(term.measure for term in terms)


def _amount(indicator: Indicator, counted: Measures) -> int | Ratio:
    amount: Amount = indicator.formula.of(counted)
    return amount if isinstance(amount, int | Ratio) else sum(amount.values())


def _lacking(work: Reading, scope: Scope, asked: Asked) -> tuple[Missing, ...]:
    """Return by name what is not in the part of a share; of a plain number nobody can be named."""
    if not isinstance(asked.indicator.formula, Share):
        return ()
    rows = [row for row in behind(work, scope, asked.catalogue, asked.indicator.id) if not row.counted]
    homes = [row.id for row in rows if row.entity == "households"]
    areas = areas_of(work, homes, scope.days.last) if homes else {}
    return tuple(Missing(row.entity, row.id, row.name, areas.get(row.id, "")) for row in rows)


def _by_area(work: Reading, asked: Asked, scope: Scope) -> tuple[Ratio, tuple[Missing, ...]]:
    """Return how many of the areas reach the target, and which do not; an area of which nothing is counted is left out."""
    successions, last = work.all(Succession), scope.days.last
    number = _numbers(work, scope, asked.indicator)
    reached, missing = 0, []
    for area in work.all(ResidentialArea):
        if not area.alive_on(last):
            continue
        amount = number(area.id)
        if isinstance(amount, Ratio) and not amount.whole:
            continue
        if asked.target.reached(amount):
            reached += 1
        else:
            name = f"{name_on(area, successions, last)} ({amount_text(amount)})"
            missing.append(Missing("residential_areas", area.id, name))
    missing.sort(key=lambda one: sort_key(one.name))
    return Ratio(reached, reached + len(missing)), tuple(missing)
