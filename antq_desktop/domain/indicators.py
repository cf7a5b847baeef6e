"""One definition for each figure, so that dashboard, report and self-assessment can never disagree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_

Amount = int | Ratio | Mapping[str, int]
#: What an indicator gives: it can fill an item of the criteria whose answer is of the same kind (``by_item``: a count).
IndicatorKind = Literal["count", "share", "date", "by_item", "by_kind", "by_unit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Plain counts of rows over one scope (one area or a whole commune) and one period; storage fills them.

    ``households_signed`` counts only households that live there and signed the yearly pledge; ``models_*`` count working
    models only; ``activities`` is by kind, ``quantities`` by unit of the catalogue of activity kinds.

    ``units*`` count the units below the commune that TT 124/2021/TT-BCA takes in and the commune manages, all four kinds
    together: registered ones took the step ``registration`` of the year, recognised ones have a standing decision.
    ``resolution_day``, ``plan_day``, ``registration_day`` are the days of these steps of the one unit assessed;
    ``staff_told`` is what its step of that name counted. ``occurrences`` is by the id of the criterion and names only
    criteria for which something was recorded: silence is no statement that nothing happened.
    """

    households_living: int = 0
    households_signed: int = 0
    areas: int = 0
    areas_registered: int = 0
    areas_assessed: int = 0
    areas_met: int = 0
    areas_recognised: int = 0
    models_working: int = 0
    model_sites: int = 0
    model_groups: int = 0
    model_members: int = 0
    activities: Mapping[str, int] = field(default_factory=dict)
    quantities: Mapping[str, int] = field(default_factory=dict)
    units: int = 0
    units_registered: int = 0
    units_recognised: int = 0
    resolution_day: date | None = None
    plan_day: date | None = None
    registration_day: date | None = None
    staff_told: Ratio | None = None
    occurrences: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure with its name, unit and the sentence that says how it is counted (all message ids)."""

    id: str
    name: str
    unit: str
    explanation: str
    amount: Callable[[Figures], Amount]
    kind: IndicatorKind = "count"


_HOUSEHOLDS, _AREAS, _MODELS, _UNITS = N_("households"), N_("areas"), N_("models"), N_("units")

INDICATORS: dict[str, Indicator] = {
    indicator.id: indicator
    for indicator in (
        Indicator(
            "households_living",
            N_("Households living here"),
            _HOUSEHOLDS,
            N_("All households of the list except those that moved away."),
            lambda f: f.households_living,
        ),
        Indicator(
            "households_signed",
            N_("Households that signed"),
            _HOUSEHOLDS,
            N_(
                "Households living here whose paper of the yearly campaign is signed; a paper without a signature does not count."
            ),
            lambda f: f.households_signed,
        ),
        Indicator(
            "share_signed",
            N_("Share of households that signed"),
            N_("per cent"),
            N_("Households that signed, of all households living here; compared exactly, never rounded up."),
            lambda f: Ratio(f.households_signed, f.households_living),
            "share",
        ),
        Indicator(
            "areas",
            N_("Residential areas"),
            _AREAS,
            N_("Residential areas that exist at the end of the period."),
            lambda f: f.areas,
        ),
        Indicator(
            "areas_registered",
            N_("Areas registered"),
            _AREAS,
            N_("Residential areas whose assessment states a day of registration."),
            lambda f: f.areas_registered,
        ),
        Indicator(
            "areas_assessed",
            N_("Areas assessed"),
            _AREAS,
            N_("Residential areas with a finished self-assessment of the year."),
            lambda f: f.areas_assessed,
        ),
        Indicator(
            "areas_met",
            N_("Areas that meet the criteria"),
            _AREAS,
            N_(
                "Residential areas whose finished self-assessment of the year says that all criteria are met."
            ),
            lambda f: f.areas_met,
        ),
        Indicator(
            "areas_recognised",
            N_("Areas recognised"),
            _AREAS,
            N_("Residential areas recognised for the year by a decision."),
            lambda f: f.areas_recognised,
        ),
        Indicator(
            "share_recognised",
            N_("Share of areas recognised"),
            N_("per cent"),
            N_("Areas recognised, of all residential areas; compared exactly, never rounded up."),
            lambda f: Ratio(f.areas_recognised, f.areas),
            "share",
        ),
        Indicator(
            "models_working",
            N_("Models at work"),
            _MODELS,
            N_("Self-managed models whose state is working; proposed, paused and closed ones do not count."),
            lambda f: f.models_working,
        ),
        Indicator(
            "model_sites",
            N_("Sites of models"),
            N_("sites"),
            N_("Places that working models were spread to; counted apart from models and groups."),
            lambda f: f.model_sites,
        ),
        Indicator(
            "model_groups",
            N_("Groups of models"),
            N_("groups"),
            N_("Groups of working models; counted apart from models and sites."),
            lambda f: f.model_groups,
        ),
        Indicator(
            "model_members",
            N_("Members of models"),
            N_("people"),
            N_("Members of working models, as each model states them."),
            lambda f: f.model_members,
        ),
        Indicator(
            "activities",
            N_("Activities by kind"),
            N_("activities"),
            N_("Activities dated within the period, by kind."),
            lambda f: f.activities,
            "by_kind",
        ),
        Indicator(
            "quantities",
            N_("Quantities by unit"),
            "",
            N_("Sums over the activities dated within the period, each unit apart."),
            lambda f: f.quantities,
            "by_unit",
        ),
        Indicator(
            "units",
            N_("Units of the commune"),
            _UNITS,
            N_(
                "Residential areas, agencies, enterprises and schools that are assessed and that the commune manages, at the end of the period."
            ),
            lambda f: f.units,
        ),
        Indicator(
            "units_registered",
            N_("Units registered"),
            _UNITS,
            N_("Units of the commune with a day of registration in the year."),
            lambda f: f.units_registered,
        ),
        Indicator(
            "units_recognised",
            N_("Units recognised"),
            _UNITS,
            N_("Units of the commune recognised for the year by a decision that stands."),
            lambda f: f.units_recognised,
        ),
        Indicator(
            "share_units_registered",
            N_("Share of units registered"),
            N_("per cent"),
            N_("Units registered, of all units of the commune; compared exactly, never rounded up."),
            lambda f: Ratio(f.units_registered, f.units),
            "share",
        ),
        Indicator(
            "share_units_recognised",
            N_("Share of units recognised"),
            N_("per cent"),
            N_("Units recognised, of all units of the commune; compared exactly, never rounded up."),
            lambda f: Ratio(f.units_recognised, f.units),
            "share",
        ),
    )
}


def amount(indicator_id: str, figures: Figures) -> Amount:
    """Return the figure: a whole number, a share, or whole numbers by kind or unit."""
    return INDICATORS[indicator_id].amount(figures)
