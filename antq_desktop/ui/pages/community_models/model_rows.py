"""The list of models as a table shows it: where each stands and why, and the views that answer which to do what with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from antq_desktop.domain.community_models import STATE_NAMES, ModelKind, ModelState
from antq_desktop.domain.model_standing import VERDICT_NAMES, Verdict
from antq_desktop.domain.text import fold, sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.model_lives import ModelStanding
from antq_desktop.services.results import remark
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column
from antq_desktop.ui.theme import State

_NEVER = date.min
_RATED = "rated:"
#: Stands for no rating at all; no scale has one of this name.
UNRATED = "-"
_ADVICE_FIRST: tuple[Verdict, ...] = ("remove", "replicate", "on_paper", "works")


@dataclass(frozen=True, slots=True)
class ModelLine:
    """One model with the name of its area (None: the whole commune) and its rating of the working year."""

    standing: ModelStanding
    area_name: str | None
    rating: str = ""

    @property
    def id(self) -> str:
        return self.standing.model.id

    @property
    def name(self) -> str:
        return self.standing.model.name


@dataclass(frozen=True, slots=True)
class ModelLines:
    """The models of a commune, some hundreds at most, narrowed and sorted in memory."""

    lines: tuple[ModelLine, ...] = ()

    def count(self, asked: Asked) -> int:
        return len(self._fitting(asked))

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[ModelLine]:
        key = _SORTS.get(asked.sort, _SORTS["name"])
        found = sorted(
            self._fitting(asked), key=lambda line: (key(line), line.name), reverse=asked.descending
        )
        return found[offset : offset + limit]

    def _fitting(self, asked: Asked) -> list[ModelLine]:
        words = fold(asked.text).split()
        return [line for line in self.lines if _fits(line, asked.filters) and _says(line, words)]


def rated_view(rating: str) -> str:
    """Return the name of the view that shows the models with one rating of the working year; UNRATED: those without."""
    return f"{_RATED}{rating}"


def is_in(line: ModelLine, view: str) -> bool:
    """Whether a model stands in a view: one of its verdicts, or its rating of the working year."""
    if not view.startswith(_RATED):
        return view in line.standing.verdicts
    rating = view.removeprefix(_RATED)
    if rating == UNRATED:
        return not line.rating and line.standing.model.state is ModelState.WORKING
    return line.rating == rating


def count_in(lines: Sequence[ModelLine], view: str) -> int:
    return sum(is_in(line, view) for line in lines)


def verdict_words(line: ModelLine) -> str:
    """Return what to do with a model first, then where it stands; of one that is not at work its state and day."""
    found = line.standing.verdicts
    words = [_(VERDICT_NAMES[verdict]) for verdict in sorted(found, key=_ADVICE_FIRST.index)]
    return ", ".join(words) or _resting_word(line)


def reasons(line: ModelLine) -> str:
    """Return why the model stands where it stands, each reason once."""
    verdicts = line.standing.verdicts
    if not verdicts:
        return line.standing.model.closed_reason
    ordered = sorted(verdicts, key=_ADVICE_FIRST.index)
    return " ".join(dict.fromkeys(remark(verdicts[verdict]) for verdict in ordered))


def verdict_state(line: ModelLine) -> State:
    verdicts = line.standing.verdicts
    if "remove" in verdicts:
        return State.BAD
    if "on_paper" in verdicts:
        return State.LOOK
    return State.GOOD if "works" in verdicts else State.NONE


def columns(kinds: Mapping[str, ModelKind]) -> list[Column]:
    def kind(line: ModelLine) -> str:
        known = kinds.get(line.standing.model.kind)
        return known.name if known else line.standing.model.kind

    def number(name: str) -> Callable[[ModelLine], str]:
        return lambda line: written.number(getattr(line.standing.model, name))

    def last(line: ModelLine) -> str:
        return written.day(line.standing.last_activity_on)

    return [
        Column("name", _("Name"), lambda line: line.name, 220),
        Column("kind", _("Kind"), kind, 180, offered=True, sortable=False),
        Column("area_name", _("Residential area"), _area, 140, spare=True),
        Column("state", _("State"), _state_word, 128, offered=True),
        Column("verdict", _("What to do with it"), verdict_words, 290, state=verdict_state, sortable=False),
        Column("why", _("Why"), reasons, 200, wide=True, sortable=False, spare=True),
        Column("sites", _("Sites"), number("sites"), 64, "right", offered=True),
        Column("groups", _("Groups"), number("groups"), 64, "right", offered=True),
        Column("members", _("Members"), number("members"), 96, "right", offered=True),
        Column(
            "activities",
            _("Activities"),
            lambda line: written.number(line.standing.activities),
            96,
            "right",
            offered=True,
        ),
        Column("last_activity_on", _("Last one"), last, 104, offered=True),
    ]


def _area(line: ModelLine) -> str:
    return line.area_name or _("the whole commune")


def _resting_word(line: ModelLine) -> str:
    """Return the state of a model without a verdict, with the day of its launch to come or of its closing."""
    model = line.standing.model
    if model.state is ModelState.CLOSED and model.closed_on:
        return _("closed on {day}", day=written.day(model.closed_on))
    if model.state is ModelState.PROPOSED and model.launched_on:
        return _("to be launched on {day}", day=written.day(model.launched_on))
    return _state_word(line)


def _state_word(line: ModelLine) -> str:
    return _(STATE_NAMES[ModelState(line.standing.model.state)])


def _fits(line: ModelLine, filters: Mapping[str, Any]) -> bool:
    model = line.standing.model
    return (
        filters.get("area_id") in (None, model.area_id)
        and filters.get("state") in (None, str(model.state))
        and (filters.get("view") is None or is_in(line, filters["view"]))
    )


def _says(line: ModelLine, words: Sequence[str]) -> bool:
    said = fold(line.name)
    return all(word in said for word in words)


_SORTS: dict[str, Callable[[ModelLine], Any]] = {
    "name": lambda line: sort_key(line.name),
    "area_name": lambda line: sort_key(line.area_name or ""),
    "state": lambda line: str(line.standing.model.state),
    "sites": lambda line: line.standing.model.sites,
    "groups": lambda line: line.standing.model.groups,
    "members": lambda line: line.standing.model.members,
    "activities": lambda line: line.standing.activities,
    "last_activity_on": lambda line: line.standing.last_activity_on or _NEVER,
}
