"""The life of a model as data: its steps from survey to removal, what each asks for, and which may be taken when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelState
from antq_desktop.domain.findings import Finding, errors
from antq_desktop.domain.wording import N_

#: Whether a step has a document with a number: no step without it, usually one, or none.
Paper = Literal["needed", "usual", "none"]
#: What a step writes into the model's own record.
Fills = Literal["", "decision", "regulations", "launch", "closing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelStep:
    """One step in the life of a model, taken on the day ``on``; ``step`` is an id of the catalogue of the lifecycle.

    ``number`` is that of the document, ``by`` the body (not the person) that took it. ``place`` counts the steps of a model
    in the order in which they were recorded; ``state_before`` is what the step found, so that it can be taken back.
    """

    id: str
    unit_code: str
    model_id: str
    step: str
    on: date
    number: str = ""
    by: str = ""
    reason: str = ""
    place: int
    state_before: ModelState
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """A step that can be taken from the states ``states`` and leads to ``leads_to`` (None: the state stays)."""

    id: str
    name: str
    states: tuple[ModelState, ...]
    leads_to: ModelState | None
    paper: Paper
    needs_reason: bool
    fills: Fills
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleCatalogue(CatalogueHead):
    """The steps by id, in the order in which they are offered."""

    steps: Mapping[str, LifeStep]


@dataclass(frozen=True, slots=True)
class StepChoice:
    """A step as it is offered; ``why_not`` says why it cannot be taken now, None when it can."""

    step: LifeStep
    why_not: Finding | None


def parse_lifecycle(plain: Mapping[str, Any], sha256: str) -> LifecycleCatalogue:
    """Return the catalogue of the lifecycle. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "model-lifecycle", sha256)
    steps = read_entries(table, "steps", _step)
    table.finish()
    return LifecycleCatalogue(**head, steps=steps)


def in_order(taken: Iterable[ModelStep]) -> list[ModelStep]:
    """Return the steps of one model as they happened; those of one day as they were recorded."""
    return sorted(taken, key=lambda record: (record.on, record.place))


def state_on(
    model: CommunityModel, taken: Iterable[ModelStep], catalogue: LifecycleCatalogue, day: date
) -> ModelState:
    """Return where the model stood on ``day``: as it stands now, unless a later step or its own days say otherwise."""
    later = [record for record in in_order(taken) if record.on > day and _changes(record, catalogue)]
    state = later[0].state_before if later else model.state
    if not later and model.closed_on is not None and day < model.closed_on:
        state = ModelState.WORKING
    if state in (ModelState.WORKING, ModelState.PAUSED) and model.launched_on and day < model.launched_on:
        return ModelState.PROPOSED
    return state


def choices(model: CommunityModel, catalogue: LifecycleCatalogue) -> tuple[StepChoice, ...]:
    """Return every step with whether it can be taken as the model stands now."""
    return tuple(StepChoice(step, _not_from(step, model.state)) for step in catalogue.steps.values())


def check_step(
    record: ModelStep,
    model: CommunityModel,
    taken: Sequence[ModelStep],
    catalogue: LifecycleCatalogue,
    today: date,
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a step that is to be recorded after the steps ``taken``."""
    step = catalogue.steps.get(record.step)
    if step is None:
        message = N_("«{word}» is no step in the life of a model.")
        return (Finding("step", "life-step-unknown", message, {"word": record.step}),)
    findings = []
    if record.on > today:
        findings.append(Finding("on", "day-in-future", N_("This day lies in the future.")))
    elif not (
        step.fills == "launch" and model.launched_on == record.on
    ):  # what is known already is recorded late
        findings += _order_remarks(record, step, model, taken, catalogue)
    if step.needs_reason and not record.reason.strip():
        findings.append(Finding("reason", "life-step-why", N_("This step needs a reason. Type why.")))
    if step.paper != "none" and not record.number.strip():
        message = N_("The number of the document is missing.")
        severity: Literal["error", "warning"] = "error" if step.paper == "needed" else "warning"
        findings.append(Finding("number", "number-missing", message, {}, severity))
    if not errors(findings):
        findings += _founding_remarks(record, step, model, taken, catalogue)
    return tuple(findings)


def after(model: CommunityModel, record: ModelStep, catalogue: LifecycleCatalogue) -> CommunityModel:
    """Return the model as the step leaves it."""
    step = catalogue.steps[record.step]
    if step.leads_to is not None and model.state in step.states:
        model = replace(model, state=step.leads_to)
    match step.fills:
        case "decision" if not model.decision_number and model.decision_date is None:
            # A later decision renews the board; the model keeps the one that founded it.
            return replace(model, decision_number=record.number, decision_date=record.on)
        case "regulations":
            return replace(model, has_regulations=True)
        case "launch":
            return replace(model, launched_on=record.on)
        case "closing":
            return replace(model, closed_on=record.on, closed_reason=record.reason)
        case _:
            return model


def before(model: CommunityModel, record: ModelStep, catalogue: LifecycleCatalogue) -> CommunityModel:
    """Return the model as it was before its newest step; what that step filled is emptied where it still stands there."""
    step = catalogue.steps.get(record.step)
    if step is not None and step.leads_to is not None:
        model = replace(model, state=record.state_before)
    match step.fills if step is not None else "":
        case "decision" if (model.decision_number, model.decision_date) == (record.number, record.on):
            return replace(model, decision_number="", decision_date=None)
        case "launch" if record.state_before is ModelState.PROPOSED:
            return replace(model, launched_on=None)
        case "regulations":
            return replace(model, has_regulations=False)
        case "closing":
            return replace(model, closed_on=None, closed_reason="")
        case _:
            return model


def _changes(record: ModelStep, catalogue: LifecycleCatalogue) -> bool:
    """Whether a recorded step changed the state of its model."""
    step = catalogue.steps.get(record.step)
    return step is not None and step.leads_to is not None


def _not_from(step: LifeStep, state: ModelState) -> Finding | None:
    if state in step.states:
        return None
    message = N_("«{step}» cannot follow while the model is {state}.")
    return Finding("step", "life-step-not-now", message, {"step": step.name, "state": STATE_NAMES[state]})


def _order_remarks(
    record: ModelStep,
    step: LifeStep,
    model: CommunityModel,
    taken: Sequence[ModelStep],
    catalogue: LifecycleCatalogue,
) -> list[Finding]:
    later = [known.on for known in taken if known.on > record.on and _changes(known, catalogue)]
    if step.leads_to is not None and later:
        message = N_(
            "A step was recorded for {day} already, and this one would change the state before it. "
            "Take the later one back first."
        )
        return [Finding("on", "life-step-too-early", message, {"day": f"{max(later):%d/%m/%Y}"})]
    wrong = _not_from(step, state_on(model, taken, catalogue, record.on))
    return [wrong] if wrong is not None else []


def _founding_remarks(
    record: ModelStep,
    step: LifeStep,
    model: CommunityModel,
    taken: Sequence[ModelStep],
    catalogue: LifecycleCatalogue,
) -> list[Finding]:
    """Return warnings where the steps that found a model do not stand in their usual order: no law sets one."""
    renewed = step.fills == "decision" and model.decision_date is not None and model.decision_date < record.on
    if not _founds(step) or renewed:
        return []
    days = {known.step: known.on for known in in_order(taken)}
    days |= {
        one.id: day
        for one in catalogue.steps.values()
        if (day := {"launch": model.launched_on, "decision": model.decision_date}.get(one.fills))
    }
    known_already = model.launched_on == record.on
    if (
        step.fills == "launch"
        and not known_already
        and not any(one.fills == "decision" and one.id in days for one in catalogue.steps.values())
    ):
        message = N_("No decision on this model is recorded before its launch: look again.")
        return [Finding("on", "launch-without-decision", message, {}, "warning")]
    order = [one for one in catalogue.steps.values() if _founds(one)]
    place = order.index(step)
    for number, other in enumerate(order):
        day = days.get(other.id)
        if day is None or number == place or (day <= record.on if number < place else day >= record.on):
            continue
        first, second = (other, step) if number < place else (step, other)
        on = {step.id: record.on, other.id: day}
        message = N_(
            "«{first}» usually comes before «{second}», but here they are on {first_day} and {second_day}: look again."
        )
        facts = {
            "first": first.name,
            "second": second.name,
            "first_day": f"{on[first.id]:%d/%m/%Y}",
            "second_day": f"{on[second.id]:%d/%m/%Y}",
        }
        return [Finding("on", "unusual-order", message, facts, "warning")]
    return []


def _founds(step: LifeStep) -> bool:
    """Whether a step belongs to the founding of a model: only a proposed one takes it, or it is the decision."""
    return step.states == (ModelState.PROPOSED,) or step.fills == "decision"


def _step(row: Table, step_id: str, name: str) -> LifeStep:
    states = row.texts("states")
    if not states or not set(states) <= {str(state) for state in ModelState}:
        raise row.fault(N_("this word is not known here"), "states")
    leads_to = row.choice("leads_to", ("", *(str(state) for state in ModelState)), "")
    return LifeStep(
        id=step_id,
        name=name,
        states=tuple(ModelState(state) for state in states),
        leads_to=ModelState(leads_to) if leads_to else None,
        paper=cast("Paper", row.choice("paper", get_args(Paper), "none")),
        needs_reason=row.flag("needs_reason"),
        fills=cast("Fills", row.choice("fills", get_args(Fills), "")),
        note=row.text("note", ""),
    )
