"""What the models did: one activity with its counts, never a name of whoever was helped, warned or reported."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_

#: More than this in one activity is taken for a slip of the key.
_UNUSUAL = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelActivity:
    """One activity of one model. ``quantities`` maps unit ids of the catalogue of activity kinds to whole numbers."""

    id: str
    unit_code: str
    model_id: str
    kind: str
    on: date
    title: str = ""
    place: str = ""
    quantities: dict[str, int] = field(default_factory=dict)
    note: str = ""
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ActivityUnit:
    """What activities are counted in; ``also`` are other words for it, which may mean several units.

    ``part_of`` is the id of the unit that this one counts a part of, or empty. Counts are whole numbers: ``thousandths`` is
    the id of the unit for what is less than 1 of this one, as grams of a kilogram, or empty.
    """

    id: str
    name: str
    also: tuple[str, ...] = ()
    part_of: str = ""
    thousandths: str = ""


@dataclass(frozen=True, slots=True)
class ActivityKind:
    """A kind of activity, other words for it, and the units it is counted in, the first one foremost."""

    id: str
    name: str
    units: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityCatalogue(CatalogueHead):
    """Kinds of activities and the units they are counted in, by id, in the order they are offered."""

    kinds: Mapping[str, ActivityKind]
    units: Mapping[str, ActivityUnit]


def check_activity(
    activity: ModelActivity, model: CommunityModel, catalogue: ActivityCatalogue, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about an activity of ``model``."""
    return (*_check_day(activity, model, today), *_check_quantities(activity, catalogue))


def recorded_twice(activity: ModelActivity, others: Iterable[ModelActivity]) -> Iterator[Finding]:
    """Yield a warning when one of ``others`` tells of the same deed of the same model on the same day, with no other count.

    One of them may say less: a list that is read again with a column more tells of the same deed.
    """
    if any(other.id != activity.id and same_deed(activity, other) for other in others):
        message = N_("The same activity of this model is recorded for {day} already: it would count twice.")
        yield Finding("on", "recorded-twice", message, {"day": written(activity.on)}, "warning")


def same_deed(one: ModelActivity, other: ModelActivity) -> bool:
    """Whether two activities tell of one deed of one model on one day, and all that either counts, or one of them more."""
    if _deed(one) != _deed(other):
        return False
    fewer, more = sorted((_counted(one), _counted(other)), key=len)
    return fewer <= more


def parse_activities(plain: Mapping[str, Any], sha256: str) -> ActivityCatalogue:
    """Return the catalogue of activity kinds. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "activity-kinds", sha256)

    def unit(row: Table, unit_id: str, name: str) -> ActivityUnit:
        return ActivityUnit(
            unit_id, name, row.texts("also"), row.text("part_of", ""), row.text("thousandths", "")
        )

    units = read_entries(table, "units", unit)
    named = {name for unit in units.values() for name in (unit.part_of, unit.thousandths) if name}
    if named - units.keys():
        raise table.fault(N_("this word is not known here"), "units")

    def kind(row: Table, kind_id: str, name: str) -> ActivityKind:
        counted = row.texts("units")
        if not counted or not set(counted) <= units.keys():
            raise row.fault(N_("this word is not known here"), "units")
        return ActivityKind(kind_id, name, counted, row.texts("also"))

    kinds = read_entries(table, "kinds", kind)
    table.finish()
    return ActivityCatalogue(**head, kinds=kinds, units=units)


def _deed(activity: ModelActivity) -> tuple[object, ...]:
    return (activity.model_id, activity.kind, activity.on, fold(activity.title), fold(activity.place))


def _counted(activity: ModelActivity) -> set[tuple[str, int]]:
    return {(unit, count) for unit, count in activity.quantities.items() if count}


def _check_day(activity: ModelActivity, model: CommunityModel, today: date) -> list[Finding]:
    if activity.on > today:
        return [Finding("on", "day-in-future", N_("This day lies in the future."))]
    if model.closed_on and activity.on > model.closed_on:
        return [
            Finding(
                "on",
                "after-closing",
                N_("The model was closed on {day} already."),
                {"day": f"{model.closed_on:%d/%m/%Y}"},
            )
        ]
    began = model.launched_on or model.decision_date
    if began and activity.on < began:
        message = N_("The model began only on {day}: look again.")
        return [Finding("on", "before-launch", message, {"day": f"{began:%d/%m/%Y}"}, "warning")]
    if model.state is ModelState.PROPOSED:
        message = N_("The model is only proposed: record its launch, or look again.")
        return [Finding("model_id", "model-proposed", message, {}, "warning")]
    return []


def _check_quantities(activity: ModelActivity, catalogue: ActivityCatalogue) -> list[Finding]:
    kind = catalogue.kinds.get(activity.kind)
    if kind is None:
        message = N_("«{word}» does not stand in the catalogue of activity kinds.")
        return [Finding("kind", "activity-kind-unknown", message, {"word": activity.kind})]
    findings = []
    for unit, count in activity.quantities.items():
        if unit not in kind.units:
            message = N_("This kind of activity is not counted in «{unit}».")
            name = catalogue.units[unit].name if unit in catalogue.units else unit
            findings.append(Finding(f"quantities.{unit}", "unit-not-of-kind", message, {"unit": name}))
        elif count < 0:
            message = N_("A count cannot be below 0, but here it is {count}.")
            findings.append(Finding(f"quantities.{unit}", "negative-count", message, {"count": count}))
        else:
            findings += _odd_count(activity, catalogue, unit, count)
    if not any(activity.quantities.values()):
        message = N_("Nothing was counted in this activity: look again.")
        findings.append(Finding("quantities", "nothing-counted", message, {}, "warning"))
    return findings


def _odd_count(
    activity: ModelActivity, catalogue: ActivityCatalogue, unit: str, count: int
) -> Iterator[Finding]:
    whole = catalogue.units[unit].part_of
    if whole and count > activity.quantities.get(whole, 0):
        message = N_("«{part}» is {count}, more than «{whole}»: look again.")
        facts = {"part": catalogue.units[unit].name, "whole": catalogue.units[whole].name, "count": count}
        yield Finding(f"quantities.{unit}", "part-above-whole", message, facts, "warning")
    if count > _UNUSUAL:
        message = N_("{count} in one activity is very much: look again.")
        yield Finding(f"quantities.{unit}", "unusual-count", message, {"count": count}, "warning")
