"""The way of a unit through the assessed year, as data: its steps, what proves each, by when, and where it stands today."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Table, month_day, read_head
from antq_desktop.domain.criteria import Status, UnitKind
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_steps import StepOutcome, YearStep

#: What shows that a step was taken: a record typed in, or what the workspace knows already.
Evidence = Literal[
    "recorded", "households_registered", "occurrences", "self_assessment", "dossier", "decision", "certificate", "withdrawn"
]  # fmt: skip
#: When a step is asked for: always, only of a unit with a party organisation, all year beside the others, or never (it is
#: shown when it happened).
Need = Literal["always", "with_party", "all_year", "if_happened"]
#: What is asked beside the day when a step is recorded.
Detail = Literal["number", "by", "count", "outcome"]
State = Literal["done", "due", "overdue", "open", "not_needed"]
DOSSIER = "dossier"
#: A step is due when its deadline lies so near.
NOTICE = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of a step: (month, day) in the assessed year plus ``year`` (-1, 0 or 1)."""

    month_day: tuple[int, int]
    year: int
    legal_basis: str
    status: Status

    def of(self, assessed_year: int) -> date:
        return _day(assessed_year + self.year, self.month_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessStep:
    """One step for the kinds of units it is for. ``form`` is the name of a printed form; ``part_of`` is "dossier" for papers."""

    id: str
    unit_kinds: tuple[UnitKind, ...]
    name: str
    legal_basis: str
    status: Status
    evidence: Evidence
    need: Need
    asks: tuple[Detail, ...]
    deadline: Deadline | None
    part_of: str
    form: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessCatalogue(CatalogueHead):
    """The steps of the year in their order; one id may stand there once for each kind of unit."""

    steps: tuple[ProcessStep, ...]

    def of(self, kind: UnitKind) -> tuple[ProcessStep, ...]:
        """Return the steps of a unit of this kind, in order."""
        return tuple(step for step in self.steps if kind in step.unit_kinds)

    def step(self, kind: UnitKind, step_id: str) -> ProcessStep | None:
        return next((step for step in self.of(kind) if step.id == step_id), None)

    @property
    def grounds(self) -> tuple[Status, ...]:
        """How sure each step and each deadline is."""
        return tuple(
            status
            for step in self.steps
            for status in (step.status, *([step.deadline.status] if step.deadline else []))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """What the workspace knows of a step that nobody records; ``detail`` is shown as it stands, such as ``38/40``."""

    done: bool
    on: date | None = None
    number: str = ""
    by: str = ""
    detail: str = ""
    outcome: StepOutcome = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepState:
    """Where one step of one unit stands today. ``on`` may be known of a step that is not done yet (38 of 40 told)."""

    step: ProcessStep
    state: State
    on: date | None
    deadline: date | None
    number: str
    by: str
    source: Literal["recorded", "derived"]
    detail: str
    outcome: StepOutcome

    @property
    def late(self) -> bool:
        """Whether it was taken after its deadline."""
        return (
            self.state == "done"
            and self.on is not None
            and self.deadline is not None
            and self.on > self.deadline
        )


class WrongDeadline(BadInput):
    code = "wrong-deadline"
    sentence = N_(
        "«{value}» is no deadline for «{name}». Write a unit kind, a point and a step, and a month and day like 03-31."
    )


def parse_process(plain: Mapping[str, Any], sha256: str) -> ProcessCatalogue:
    """Return the catalogue of the yearly process in ``plain`` (a read TOML document). Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "process", sha256)
    known: set[tuple[str, str]] = set()
    steps = tuple(_step(row, known) for row in table.tables("steps"))
    table.finish()
    return ProcessCatalogue(**head, steps=steps)


def check_deadlines(process: ProcessCatalogue, deadlines: Mapping[str, object]) -> None:
    """Check the deadlines that an office sets itself: ``<unit kind>.<step>`` to ``MM-DD``. Raises WrongDeadline."""
    for name, text in deadlines.items():
        kind, _, step_id = name.partition(".")
        if kind not in get_args(UnitKind) or process.step(cast("UnitKind", kind), step_id) is None:
            raise WrongDeadline(name=name, value=text)
        try:
            month_day(text if isinstance(text, str) else "")
        except ValueError as error:
            raise WrongDeadline(name=name, value=text) from error


def standing(
    process: ProcessCatalogue,
    kind: UnitKind,
    year: int,
    taken: Iterable[YearStep],
    derived: Mapping[str, Derived],
    *,
    today: date,
    has_party: bool = True,
    deadlines: Mapping[str, str] | None = None,
) -> tuple[StepState, ...]:
    """Return where each step of a unit's assessed ``year`` stands ``today``, in the order of the process.

    ``taken`` are the steps recorded of this unit and year; ``derived`` tells by the name of the evidence what the workspace
    knows (nothing said: not done). The dossier follows from its papers and need not be told. ``deadlines`` are those that the
    office set (see check_deadlines); they stand before the shipped ones.
    """
    recorded = {step.step: step for step in taken}
    own = deadlines or {}

    def state(step: ProcessStep, facts: Mapping[str, Derived]) -> StepState:
        proof = (
            _recorded(step, recorded.get(step.id))
            if step.evidence == "recorded"
            else facts.get(step.evidence)
        )
        deadline = _deadline(step, year, own.get(f"{kind}.{step.id}"))
        return _state(step, proof or Derived(done=False), deadline, today, has_party=has_party)

    steps = process.of(kind)
    papers = [state(step, derived) for step in steps if step.part_of == DOSSIER]
    facts = {**derived, DOSSIER: _dossier(papers)}
    return tuple(state(step, facts) for step in steps)


def next_step(states: Iterable[StepState]) -> StepState | None:
    """Return the first step that is still to be taken; what runs all year or only may happen never stands in the way."""
    waiting = (
        s for s in states if s.step.need in ("always", "with_party") and s.state not in ("done", "not_needed")
    )
    return next(waiting, None)


def _recorded(step: ProcessStep, record: YearStep | None) -> Derived | None:
    """Return what a record says; a step that counts is done only when nobody is missing, one that decides when it agreed."""
    if record is None:
        return None
    done = "count" not in step.asks or bool(record.whole and record.part == record.whole)
    done = done and record.outcome != "not_agreed"
    detail = f"{record.part}/{record.whole}" if record.whole is not None and record.part is not None else ""
    return Derived(
        done=done,
        on=record.on,
        number=record.number,
        by=record.by,
        detail=detail,
        outcome=record.outcome,
    )


def _deadline(step: ProcessStep, year: int, own: str | None) -> date | None:
    if own is not None:
        return _day(year + (step.deadline.year if step.deadline else 0), month_day(own))
    return step.deadline.of(year) if step.deadline else None


def _state(
    step: ProcessStep, proof: Derived, deadline: date | None, today: date, *, has_party: bool
) -> StepState:
    state: State = "open"
    if proof.done:
        state = "done"
    elif step.need == "if_happened" or (step.need == "with_party" and not has_party):
        state = "not_needed"
    elif deadline is not None and deadline < today:
        state = "overdue"
    elif deadline is not None and deadline - today <= NOTICE:
        state = "due"
    return StepState(
        step=step,
        state=state,
        on=proof.on,
        deadline=deadline,
        number=proof.number,
        by=proof.by,
        source="recorded" if step.evidence == "recorded" else "derived",
        detail=proof.detail,
        outcome=proof.outcome,
    )


def _dossier(papers: list[StepState]) -> Derived:
    """Return the dossier as its papers make it: whole when each is there, on the day of the last one."""
    wanted = [paper for paper in papers if paper.state != "not_needed"]
    there = [paper for paper in wanted if paper.state == "done"]
    days = [paper.on for paper in there if paper.on is not None]
    done = bool(wanted) and len(there) == len(wanted)
    return Derived(done=done, on=max(days) if done and days else None, detail=f"{len(there)}/{len(wanted)}")


def _step(row: Table, known: set[tuple[str, str]]) -> ProcessStep:
    step_id, kinds = row.text("id"), row.texts("unit_kinds")
    if not kinds or not set(kinds) <= set(get_args(UnitKind)):
        raise row.fault(N_("this word is not known here"), "unit_kinds")
    if any((step_id, kind) in known for kind in kinds):
        raise row.fault(N_("this id is there twice"), "id")
    known.update((step_id, kind) for kind in kinds)
    asks = row.texts("asks")
    if not set(asks) <= set(get_args(Detail)):
        raise row.fault(N_("this word is not known here"), "asks")
    step = ProcessStep(
        id=step_id,
        unit_kinds=cast("tuple[UnitKind, ...]", kinds),
        name=row.text("name"),
        legal_basis=row.text("legal_basis"),
        status=cast("Status", row.choice("status", get_args(Status))),
        evidence=cast("Evidence", row.choice("evidence", get_args(Evidence), "recorded")),
        need=cast("Need", row.choice("need", get_args(Need), "always")),
        asks=cast("tuple[Detail, ...]", asks),
        deadline=_read_deadline(row.table("deadline")) if row.has("deadline") else None,
        part_of=row.choice("part_of", ("", DOSSIER), ""),
        form=row.text("form", "") or None,
        note=row.text("note", ""),
    )
    if step.evidence != "recorded" and asks:
        raise row.fault(N_("a step that follows from other records asks for nothing"), "asks")
    if step.evidence == DOSSIER and step.part_of:
        raise row.fault(N_("the dossier cannot be a part of itself"), "part_of")
    row.finish()
    return step


def _read_deadline(row: Table) -> Deadline:
    deadline = Deadline(
        month_day=row.month_day("day"),
        year=row.count("year", highest=1, lowest=-1) if row.has("year") else 0,
        legal_basis=row.text("legal_basis"),
        status=cast("Status", row.choice("status", get_args(Status))),
    )
    row.finish()
    return deadline


def _day(year: int, month_and_day: tuple[int, int]) -> date:
    """Return that day of the year; 28 February where the year has no 29."""
    month, day = month_and_day
    return date(year, month, min(day, monthrange(year, month)[1]))
