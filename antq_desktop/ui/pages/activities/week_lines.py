"""What one line of a week's entry means: a model, the day, and the counts that the chosen kind is counted in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.activities import Activities, SavedLines
from antq_desktop.services.movement.community_models import CommunityModels
from antq_desktop.services.results import Written
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow, ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui.models.entry_lines import EntryColumn, Line

_MOST_MODELS, _MOST_ACTIVITIES = 1_000, 5_000
_UNIT = "unit."
_NEW = "new"


@dataclass(frozen=True, slots=True)
class Week:
    """From a Monday to its Sunday."""

    first: date

    @classmethod
    def of(cls, day: date) -> "Week":
        return cls(day - timedelta(days=day.weekday()))

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    def moved(self, weeks: int) -> "Week":
        return Week(self.first + timedelta(weeks=weeks))


@dataclass(frozen=True, slots=True)
class WeekRead:
    """The models at work, and what they did in the week."""

    models: list[ModelRow]
    done: list[ActivityRow]


def read(models: CommunityModels, week: Week, kind: str) -> WeekRead:
    """Return the models at work by name, and what was recorded of ``kind`` in the week."""
    which = ActivityFilter(None, week.first, week.last)
    done = models.page_activities(which, Window(limit=_MOST_ACTIVITIES))
    return WeekRead(
        models.page(ModelFilter(state="working"), Window(limit=_MOST_MODELS)),
        [row for row in done if row.kind == kind],
    )


def columns(catalogue: ActivityCatalogue, kind: str) -> list[EntryColumn]:
    """Return the columns of a kind: its units decide them."""
    of_kind = catalogue.kinds[kind].units
    counts = [
        EntryColumn(
            f"{_UNIT}{unit}",
            catalogue.units[unit].name.capitalize(),
            kind="number",
            width=120,
            thousandths=f"{_UNIT}{rest}" if (rest := catalogue.units[unit].thousandths) in of_kind else "",
        )
        for unit in of_kind
    ]
    return [
        EntryColumn("model", _("Model"), width=260),
        *counts,
        EntryColumn("on", _("Day"), kind="date", width=112),
        EntryColumn("title", _("In short"), kind="text", width=180),
    ]


def lines(found: WeekRead, week: Week, kind: str, more: Mapping[str, int]) -> list[Line]:
    """Return a line for each activity that is kept, and an empty one for each model (``more``: further ones by model)."""
    made = []
    for model in found.models:
        kept = [row for row in found.done if row.model_id == model.id]
        made += [Line(row.id, _shown(row)) for row in kept]
        empty = range(more.get(model.id, 0) + (0 if kept else 1))
        made += [Line(_key(model.id, week, kind, place), {"model": model.name}) for place in empty]
    return made


def model_of(key: str, found: WeekRead) -> str:
    """Return the id of the model of a line."""
    if key.startswith(f"{_NEW} "):
        return key.split(" ")[1]
    return next((row.model_id for row in found.done if row.id == key), "")


def record(
    key: str, values: Mapping[str, Any], kind: str, usual_day: date | None, known: Mapping[str, str]
) -> ModelActivity:
    """Return the activity that a line means. ``known`` are the ids that new lines got when they were first saved."""
    is_new = key.startswith(f"{_NEW} ")
    counts = {name.removeprefix(_UNIT): n for name, n in values.items() if name.startswith(_UNIT) and n}
    on = values.get("on") or usual_day
    assert isinstance(on, date)  # noqa: S101 - the line was checked before
    return ModelActivity(
        id=known.get(key, "") if is_new else key,
        unit_code="",
        model_id=key.split(" ")[1] if is_new else "",
        kind=kind,
        on=on,
        title=str(values.get("title") or ""),
        quantities=counts,
    )


def keep(models: CommunityModels, typed: ModelActivity) -> Written[ModelActivity]:
    """Keep a line; of one that was kept before only what the line shows is changed."""
    return models.save_activity(_over(models, typed))


def keep_all(models: CommunityModels, activities: Activities, lines: Sequence[ModelActivity]) -> SavedLines:
    """Keep lines as one action; of those that were kept before only what a line shows is changed."""
    return activities.save_lines([_over(models, line) for line in lines])


def _over(models: CommunityModels, typed: ModelActivity) -> ModelActivity:
    if not typed.id:
        return typed
    before = models.activity(typed.id)
    return replace(before, on=typed.on, title=typed.title, quantities=typed.quantities)


def _shown(row: ActivityRow) -> dict[str, Any]:
    counts = {f"{_UNIT}{unit}": count for unit, count in row.quantities.items()}
    return {"model": row.model_name, "on": row.on, "title": row.title, **counts}


def _key(model_id: str, week: Week, kind: str, place: int) -> str:
    """Return the key of an empty line; it names week and kind, so that a draft never lands elsewhere."""
    return f"{_NEW} {model_id} {week.first.isoformat()} {kind} {place}"


def fault(values: Mapping[str, Any], usual_day: date | None, week: Week) -> str:
    """Return the sentence that keeps a line from being saved, or nothing."""
    on = values.get("on") or usual_day
    if on is None:
        return _("On which day was it? Type it once, as 5/3; the next lines take it over.")
    if not week.first <= on <= week.last:
        return _("This day lies outside the week that is shown. Choose the other week above.")
    return ""
