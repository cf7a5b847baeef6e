"""The remarks that many records share: a name is missing, a count is below 0, a day cannot be."""

from collections.abc import Iterator
from datetime import date

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.wording import N_


def negative_counts(**counts: int) -> Iterator[Finding]:
    """Yield an error for each of the named ``counts`` that is below 0."""
    for name, count in counts.items():
        if count < 0:
            message = N_("A count cannot be below 0, but here it is {count}.")
            yield Finding(name, "negative-count", message, {"count": count})


def future_days(today: date, **days: date | None) -> Iterator[Finding]:
    """Yield an error for each of the named ``days`` that lies behind ``today``."""
    for name, day in days.items():
        if day is not None and day > today:
            yield Finding(name, "day-in-future", N_("This day lies in the future."))


def rating_day(year: int, day: date | None, today: date) -> Iterator[Finding]:
    """Yield what is wrong with the day on which something was rated for ``year``; unknown is nothing wrong."""
    yield from future_days(today, rated_on=day)
    if day is not None and day.year < year:
        message = N_("The day {day} lies before the rated year {year}: look again.")
        yield Finding(
            "rated_on", "rated-before-the-year", message, {"day": written(day), "year": year}, "warning"
        )


def wrong_order(name: str, first: date | None, last: date | None) -> Iterator[Finding]:
    """Yield an error on the field ``name`` when something ends before it begins."""
    if first is not None and last is not None and last < first:
        message = N_("The end {last} lies before the beginning {first}.")
        yield Finding(
            name, "ends-before-it-begins", message, {"first": written(first), "last": written(last)}
        )


def missing_decision(number: str, day: date | None) -> Iterator[Finding]:
    """Yield a warning when a decision lacks its number or its day."""
    if not number.strip() or day is None:
        message = N_("The decision has no number or no day: look again.")
        yield Finding("decision_number", "decision-incomplete", message, {}, "warning")


def written(day: date) -> str:
    """Return a day as findings say it."""
    return f"{day:%d/%m/%Y}"
