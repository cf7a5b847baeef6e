"""What the states of steps, how sure a statement is, and outcomes are called on the pages of the year."""

from datetime import date

from antq_desktop.domain.criteria import Status
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import ProcessStep, StepState
from antq_desktop.domain.yearly_process import State as Standing
from antq_desktop.domain.yearly_steps import StepOutcome
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.year_standing import state_name
from antq_desktop.ui import format as written
from antq_desktop.ui.theme import State

#: How a state is drawn: the icon and its colour, always beside its word.
SIGNS: dict[Standing, tuple[str, str]] = {
    "done": ("state-good", "good"),
    "due": ("state-look", "look"),
    "overdue": ("state-bad", "bad"),
    "open": ("history", "muted"),
    "not_needed": ("minus", "muted"),
}
STATES: dict[Standing, State] = {
    "done": State.GOOD,
    "due": State.LOOK,
    "overdue": State.BAD,
    "open": State.NONE,
    "not_needed": State.NONE,
}
_CERTAINTY: dict[Status, str] = {
    "seen": N_("text seen"),
    "press": N_("from the press"),
    "inferred": N_("inferred"),
    "unknown": N_("text not compared"),
}
OUTCOMES: dict[StepOutcome, str] = {
    "agreed": N_("Agreed"),
    "not_agreed": N_("Not agreed"),
}


def capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def certainty(status: Status) -> str:
    """Return how sure a statement is."""
    return _(_CERTAINTY[status])


def standing(state: StepState) -> str:
    """Return the state of a step as a word."""
    return capital(state_name(state))


def facts(state: StepState) -> str:
    """Return day, document number, body, count and outcome of a step, as far as they are known."""
    parts = [
        written.day(state.on),
        _("no. {number}", number=state.number) if state.number else "",
        state.by,
        state.detail,
        _(OUTCOMES[state.outcome]) if state.outcome == "agreed" else "",
    ]
    return " · ".join(part for part in parts if part)


def deadline(state: StepState, year: int) -> str:
    """Return until when a step is to be taken and what that rests on; without a deadline, what the step rests on."""
    step = state.step
    if state.deadline is None:
        return rests_on(step)
    day = written.day(state.deadline)
    if step.deadline is None or step.deadline.of(year) != state.deadline:
        return _("By {day}, set by the office", day=day)
    return _(
        "By {day} · {basis} · {certainty}",
        day=day,
        basis=step.deadline.legal_basis,
        certainty=certainty(step.deadline.status),
    )


def rests_on(step: ProcessStep) -> str:
    """Return what a step rests on and how sure that is."""
    return _("{basis} · {certainty}", basis=step.legal_basis, certainty=certainty(step.status))


def until(name: str, ended_on: date | None) -> str:
    """Return the name of a unit, with the day it ended when it is gone."""
    return name if ended_on is None else _("{name} (until {day})", name=name, day=written.day(ended_on))
