"""What the records of one unit say of it, and which figure or fact answers which criterion by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.indicators import INDICATORS, Figures, IndicatorKind, amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_


@dataclass(frozen=True, slots=True)
class UnitFact:
    """One thing that is recorded of a unit: no figure of a report, it only fills a criterion. None: nothing is recorded.

    ``value`` takes the figures and the id of the criterion.
    """

    id: str
    name: str
    explanation: str
    kind: IndicatorKind
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


def kind_of(indicator_id: str) -> IndicatorKind | None:
    """Return what the figure or unit fact of this name gives; None where there is none of this name."""
    known = INDICATORS.get(indicator_id) or UNIT_FACTS.get(indicator_id)
    return known.kind if known is not None else None


def value_for(item_id: str, indicator_id: str, figures: Figures) -> int | Ratio | date | None:
    """Return what the database answers to the criterion ``item_id``; None where it has nothing to say.

    ``indicator_id`` is one whose kind is a count, a share, a date or by item.
    """
    if indicator_id in UNIT_FACTS:
        return UNIT_FACTS[indicator_id].value(figures, item_id)
    value = amount(indicator_id, figures)
    return value if isinstance(value, int | Ratio) else None
