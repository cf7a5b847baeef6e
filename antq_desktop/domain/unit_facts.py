"""What the records of one unit say of it, and which figure or fact answers which criterion by itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from antq_desktop.domain.indicators import RELIED_ON, Amount, IndicatorKind
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_

#: What a figure or fact gives: it can fill an item of the criteria whose answer is of the same kind (``by_item``: a count).
FactKind = IndicatorKind | Literal["date", "by_item"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the database knows when a unit is assessed: the indicators over its period, and what is recorded of the unit itself.

    ``resolution_day``, ``plan_day``, ``registration_day`` are the days of these steps; ``staff_told`` is what its step of that
    name counted. ``occurrences`` is by the id of the criterion and names only criteria for which something was recorded:
    silence is no statement that nothing happened.
    """

    amounts: Mapping[str, Amount] = field(default_factory=dict)
    resolution_day: date | None = None
    plan_day: date | None = None
    registration_day: date | None = None
    staff_told: Ratio | None = None
    occurrences: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One thing that is recorded of a unit: no figure of a report, it only fills a criterion. None: nothing is recorded.

    ``value`` takes the figures and the id of the criterion.
    """

    id: str
    name: str
    explanation: str
    kind: FactKind
    value: Callable[[Figures, str], int | Ratio | date | None]


UNIT_FACTS: dict[str, UnitFact] = {
    fact.id: fact
    for fact in (
        UnitFact(
            "resolution_day",
            N_("Day of the resolution"),
            N_("The day of the resolution, as the board of the year has it."),
            "date",
            lambda f, _item: f.resolution_day,
        ),
        UnitFact(
            "plan_day",
            N_("Day of the plan"),
            N_("The day of the plan, as the board of the year has it."),
            "date",
            lambda f, _item: f.plan_day,
        ),
        UnitFact(
            "registration_day",
            N_("Day of registration"),
            N_("The day of registration, as the board of the year has it."),
            "date",
            lambda f, _item: f.registration_day,
        ),
        UnitFact(
            "staff_told",
            N_("Staff told of the rules"),
            N_("Staff told of the rules, of all staff, as the board of the year has it."),
            "share",
            lambda f, _item: f.staff_told,
        ),
        UnitFact(
            "occurrences",
            N_("Occurrences recorded"),
            N_(
                "Occurrences recorded against this criterion in the assessed period; where none is recorded, the officer answers."
            ),
            "by_item",
            lambda f, item: f.occurrences.get(item),
        ),
    )
}


def kind_of(name: str) -> FactKind | None:
    """Return what the figure or unit fact of this name gives; None where criteria cannot ask for it."""
    fact = UNIT_FACTS.get(name)
    return fact.kind if fact is not None else RELIED_ON.get(name)


def value_for(item_id: str, name: str, figures: Figures) -> int | Ratio | date | None:
    """Return what the database answers to the criterion ``item_id``; None where it has nothing to say.

    ``name`` is that of a figure or fact whose kind is a count, a share, a date or by item.
    """
    if name in UNIT_FACTS:
        return UNIT_FACTS[name].value(figures, item_id)
    value = figures.amounts.get(name)
    return value if isinstance(value, int | Ratio) else None
