"""The list of models as a table shows it: its columns, and where its rows come from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from antq_desktop.domain.community_models import STATE_NAMES, ModelKind, ModelState
from antq_desktop.runtime.language import _
from antq_desktop.services.community_models import CommunityModels
from antq_desktop.storage.queries.community_models import ModelFilter, ModelRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column
from antq_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Windows of the list of models."""

    models: CommunityModels

    def count(self, asked: Asked) -> int:
        return self.models.count(_which(asked))

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[ModelRow]:
        return self.models.page(_which(asked), Window(asked.sort, asked.descending, offset, limit))


def columns(kinds: Mapping[str, ModelKind]) -> list[Column]:
    def kind(row: ModelRow) -> str:
        return kinds[row.kind].name if row.kind in kinds else row.kind

    return [
        Column("name", _("Name"), lambda row: row.name, 200, wide=True),
        Column("kind", _("Kind"), kind, 180, offered=True),
        Column("area_name", _("Residential area"), _area, 140),
        Column("state", _("State"), lambda row: _(STATE_NAMES[ModelState(row.state)]), 152, state=_state),
        Column("sites", _("Sites"), lambda row: written.number(row.sites), 64, "right", offered=True),
        Column("groups", _("Groups"), lambda row: written.number(row.groups), 64, "right", offered=True),
        Column("members", _("Members"), lambda row: written.number(row.members), 96, "right"),
        Column("activities", _("Activities"), lambda row: written.number(row.activities), 96, "right"),
        Column("last_activity_on", _("Last one"), lambda row: written.day(row.last_activity_on), 112),
    ]


def _which(asked: Asked) -> ModelFilter:
    return ModelFilter(asked.filters.get("area_id"), asked.filters.get("state"), asked.text)


def _area(row: ModelRow) -> str:
    return row.area_name or _("the whole commune")


def _state(row: ModelRow) -> State:
    if row.state == ModelState.WORKING:
        return State.GOOD
    return State.LOOK if row.state in (ModelState.PAUSED, ModelState.PROPOSED) else State.NONE
