"""What is wrong with a listed unit, a step of the year or an occurrence before it is kept."""

from collections.abc import Iterable, Iterator
from datetime import date

from antq_desktop.domain.criteria import Catalogue
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import clean
from antq_desktop.domain.unit_scope import ScopeCatalogue
from antq_desktop.domain.units import Unit
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import ProcessCatalogue, ProcessStep
from antq_desktop.domain.yearly_steps import Occurrence, YearStep

_FUTURE = N_("This day lies in the future.")


def step_window(year: int) -> Period:
    """Return the days on which a step of the assessed ``year`` can have been taken.

    From the first day that any assessment of the year looks at (TT 124/2021/TT-BCA, Điều 8 khoản 2) to the end of the
    quarter after it, since decisions and certificates come after the period.
    """
    return Period(date(year - 1, 11, 1), date(year + 1, 3, 31))


def check_unit(unit: Unit, scope: ScopeCatalogue, others: Iterable[Unit]) -> tuple[Finding, ...]:
    """Return what is wrong about a listed unit beside the ``others`` of the commune."""
    return tuple(_unit_remarks(unit, scope, others))


def check_step(record: YearStep, process: ProcessCatalogue, today: date) -> tuple[Finding, ...]:
    """Return what is wrong about a recorded step of a unit's year."""
    step = next((s for s in process.steps if s.id == record.step and record.unit_kind in s.unit_kinds), None)
    if step is None or step.evidence != "recorded":
        message = N_("This step is not recorded by hand for such a unit.")
        return (Finding("step", "step-not-recorded", message, {"step": record.step}),)
    window = step_window(record.year)
    return (
        *_day_remarks(record.on, window, today),
        *_count_remarks(record, step),
        *_paper_remarks(record, step),
    )


def check_occurrence(
    occurrence: Occurrence, catalogue: Catalogue, period: Period, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong about something that happened within the assessed ``period``, under the criteria ``catalogue``."""
    findings = list(_day_remarks(occurrence.on, period, today))
    item = catalogue.item(occurrence.item)
    if item is None or not item.counted:
        message = N_("This criterion does not count occurrences. Choose another one.")
        findings.append(Finding("item", "item-not-counted", message, {"item": occurrence.item}))
    if occurrence.count < 1:
        message = N_("At least one must have happened, not {count}.")
        findings.append(Finding("count", "count-too-low", message, {"count": occurrence.count}))
    if not occurrence.number.strip():
        findings.append(_number_missing())
    return tuple(findings)


def _unit_remarks(unit: Unit, scope: ScopeCatalogue, others: Iterable[Unit]) -> Iterator[Finding]:
    name = clean(unit.name).casefold()
    if not name:
        yield Finding("name", "unit-name-missing", N_("The unit has no name. Type its name."))
    elif any(
        other.id != unit.id and clean(other.name).casefold() == name and _meet(unit, other)
        for other in others
    ):
        message = N_("The commune already lists «{name}» at that time; capitals make no difference here.")
        yield Finding("name", "unit-name-taken", message, {"name": unit.name})
    if unit.category not in scope.units[unit.kind].categories:
        message = N_("«{word}» is no category of such units. Choose one of the list.")
        yield Finding("category", "unit-category-unknown", message, {"word": unit.category})
    if unit.valid_to is not None and unit.valid_to < unit.valid_from:
        message = N_("The unit ends before it begins.")
        yield Finding("valid_to", "unit-ends-before-it-begins", message)


def _meet(one: Unit, other: Unit) -> bool:
    """Whether both are alive on some day."""
    first = max(one.valid_from, other.valid_from)
    return one.kind == other.kind and all(u.valid_to is None or first <= u.valid_to for u in (one, other))


def _day_remarks(on: date, days: Period, today: date) -> Iterator[Finding]:
    if on > today:
        yield Finding("on", "day-in-future", _FUTURE)
    elif not days.holds(on):
        message = N_("The day lies outside the year: {first} to {last} is possible.")
        facts = {"first": f"{days.first:%d/%m/%Y}", "last": f"{days.last:%d/%m/%Y}"}
        yield Finding("on", "day-outside-year", message, facts)


def _count_remarks(record: YearStep, step: ProcessStep) -> Iterator[Finding]:
    part, whole = record.part, record.whole
    if "count" not in step.asks:
        if part is not None or whole is not None:
            yield Finding("part", "step-counts-nothing", N_("This step counts nothing."))
        return
    if part is None or whole is None:
        yield Finding(
            "part" if part is None else "whole", "count-missing", N_("Type how many, and of how many.")
        )
        return
    for name, count in (("part", part), ("whole", whole)):
        if count < 0:
            message = N_("A count cannot be below 0, but here it is {count}.")
            yield Finding(name, "negative-count", message, {"count": count})
    if whole == 0:
        yield Finding("whole", "nothing-to-count", N_("The whole is 0: there is nothing to take a part of."))
    elif part > whole >= 0:
        message = N_("The part {part} is larger than the whole {whole}.")
        yield Finding("part", "part-above-whole", message, {"part": part, "whole": whole})


def _paper_remarks(record: YearStep, step: ProcessStep) -> Iterator[Finding]:
    if "number" in step.asks and not record.number.strip():
        yield _number_missing()
    if "outcome" in step.asks and not record.outcome:
        message = N_("It is not said what this step came to.")
        yield Finding("outcome", "outcome-missing", message, {}, "warning")
    if "outcome" not in step.asks and record.outcome:
        yield Finding("outcome", "step-decides-nothing", N_("This step decides nothing."))


def _number_missing() -> Finding:
    return Finding("number", "number-missing", N_("The number of the document is missing."), {}, "warning")
