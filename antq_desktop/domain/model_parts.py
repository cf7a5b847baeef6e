"""The sites (điểm) and groups (tổ) of a model, each with its place, its leader and its life; members are counted in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.wording import N_

PartKind = Literal["site", "group"]
#: What each kind of part is called, as message ids.
PART_NAMES: dict[PartKind, str] = {"site": N_("site"), "group": N_("group")}
_COUNTS = ("sites", "groups", "members")
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelPart:
    """One site or group of a model. ``members`` None: not said. ``valid_to`` is its last day, None while it goes on."""

    id: str
    unit_code: str
    model_id: str
    kind: PartKind
    name: str
    area_id: str | None = None
    leader: str = ""
    leader_post: str = ""
    members: int | None = None
    valid_from: date
    valid_to: date | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counts:
    """Sites, groups and members of a model; ``from_parts`` names those that follow from its parts, the others were typed."""

    sites: int
    groups: int
    members: int
    from_parts: frozenset[str]


def counts(model: CommunityModel, parts: Iterable[ModelPart]) -> Counts:
    """Return the counts that are shown: those of the parts that go on, wherever there are parts of that kind at all.

    Members are those of the groups, or of the sites where there are no groups (who is in a group of a site is counted
    once). They follow from the parts only when each of these says how many it has.
    """
    kept = list(parts)
    shown = {"sites": model.sites, "groups": model.groups, "members": model.members}
    told: set[str] = set()
    going_on: dict[PartKind, list[ModelPart]] = {
        kind: [part for part in kept if part.kind == kind and part.valid_to is None] for kind in PART_NAMES
    }
    names: dict[PartKind, str] = {"site": "sites", "group": "groups"}
    for kind, name in names.items():
        if any(part.kind == kind for part in kept):
            shown[name] = len(going_on[kind])
            told.add(name)
    members = [part.members for part in going_on["group"] or going_on["site"]]
    if kept and None not in members:
        shown["members"] = sum(number or 0 for number in members)
        told.add("members")
    return Counts(shown["sites"], shown["groups"], shown["members"], frozenset(told))


def counted(model: CommunityModel, parts: Iterable[ModelPart]) -> CommunityModel:
    """Return the model with the counts that follow from its parts; what was typed before there were any is kept beside."""
    kept = list(parts)
    found = counts(model, kept)
    if kept and model.typed_members is None:
        model = replace(
            model, typed_sites=model.sites, typed_groups=model.groups, typed_members=model.members
        )
    return replace(model, sites=found.sites, groups=found.groups, members=found.members)


def replaced(before: CommunityModel, after: CommunityModel) -> tuple[Finding, ...]:
    """Return a warning when the first part of its kind takes the place of larger typed counts."""
    shrunk = [name for name in _COUNTS if getattr(after, name) < getattr(before, name)]
    if not shrunk:
        return ()
    message = N_(
        "From now on the sites and groups are counted one by one: {sites} sites, {groups} groups, {members} members. Before, "
        "{old_sites}, {old_groups} and {old_members} were typed: record those that are missing."
    )
    facts = {name: getattr(after, name) for name in _COUNTS}
    facts |= {f"old_{name}": getattr(before, name) for name in _COUNTS}
    return (Finding("name", "typed-counts-replaced", message, facts, "warning"),)


def overruled(typed: CommunityModel, kept: CommunityModel) -> tuple[Finding, ...]:
    """Return a warning for each typed count that gave way to that of the parts."""
    message = N_(
        "The parts of the model count {count}; that number is kept. Change the sites or groups instead."
    )
    return tuple(
        Finding(name, "counted-from-parts", message, {"count": getattr(kept, name)}, "warning")
        for name in _COUNTS
        if getattr(typed, name) != getattr(kept, name)
    )


def check_part(
    part: ModelPart, model: CommunityModel, others: Iterable[ModelPart], today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a part of ``model`` beside its ``others``."""
    findings = []
    name = part.name.casefold()
    if not name:
        findings.append(Finding("name", "part-name-missing", N_("The site or group has no name.")))
    elif part.valid_to is None and any(
        (other.kind, other.name.casefold(), other.area_id) == (part.kind, name, part.area_id)
        and other.id != part.id
        and other.valid_to is None
        for other in others
    ):
        message = N_("The model has «{name}» already; capitals make no difference here.")
        findings.append(Finding("name", "part-name-taken", message, {"name": part.name}))
    if part.members is not None and part.members < 0:
        message = N_("A count cannot be below 0, but here it is {count}.")
        findings.append(Finding("members", "negative-count", message, {"count": part.members}))
    return (*findings, *_day_remarks(part, model, today))


def check_closing(model: CommunityModel, parts: Sequence[ModelPart]) -> tuple[Finding, ...]:
    """Return why a model that is closed, or about to be, cannot be: parts that go on. A typed count of groups only warns."""
    if model.state is not ModelState.CLOSED:
        return ()
    last = model.closed_on or date.max
    active = [part for part in parts if part.valid_to is None or part.valid_to > last]
    if active:
        names = ", ".join(part.name for part in active[:_MOST_NAMED])
        message = N_(
            "{count} sites or groups still go on ({names}). Say of each on which day it ended, then close the model."
        )
        facts = {"count": len(active), "names": names + (", …" if len(active) > _MOST_NAMED else "")}
        return (Finding("state", "closed-with-groups", message, facts),)
    if model.groups and not parts:
        message = N_("The register still counts {count} groups: see that none of them goes on.")
        return (Finding("groups", "closed-with-count", message, {"count": model.groups}, "warning"),)
    return ()


def _day_remarks(part: ModelPart, model: CommunityModel, today: date) -> list[Finding]:
    findings = []
    for name, day in (("valid_from", part.valid_from), ("valid_to", part.valid_to)):
        if day is not None and day > today:
            findings.append(Finding(name, "day-in-future", N_("This day lies in the future.")))
    if part.valid_to is not None and part.valid_to < part.valid_from:
        findings.append(Finding("valid_to", "part-ends-early", N_("It ends before it begins.")))
    if part.valid_to is None and model.state is ModelState.CLOSED:
        message = N_("The model is closed: no site or group of it can go on.")
        findings.append(Finding("valid_to", "part-of-closed-model", message))
    began = model.launched_on or model.decision_date
    if began and part.valid_from < began:
        message = N_("The model began only on {day}: look again.")
        facts = {"day": f"{began:%d/%m/%Y}"}
        findings.append(Finding("valid_from", "before-launch", message, facts, "warning"))
    return findings
