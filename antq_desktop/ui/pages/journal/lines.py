"""The journal as rows of a table: each line with the name of the record it is about."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from antq_desktop.runtime.language import _
from antq_desktop.services import record_words as words
from antq_desktop.storage.queries.journal import JournalFilter, JournalRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column

if TYPE_CHECKING:
    from antq_desktop.services.journal import Journal

_LINKS = {
    "households": ("households", "household_id"),
    "residential_areas": ("households", "area_id"),
    "community_models": ("models", "model_id"),
    "model_activities": ("activities", "activity_id"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``names`` holds every record that its changes speak of."""

    row: JournalRow
    subject: str
    names: words.Names = field(default_factory=dict)

    @property
    def id(self) -> int:
        return self.row.id


class JournalSource:
    """Reads lines on the lane, newest first unless asked otherwise."""

    def __init__(self, journal: "Journal") -> None:
        self._journal = journal

    def count(self, asked: Asked) -> int:
        return self._journal.count(_filter(asked))

    def fetch(self, asked: Asked, offset: int, limit: int) -> Sequence[Line]:
        window = Window(sort=asked.sort, descending=asked.descending, offset=offset, limit=limit)
        rows = self._journal.page(_filter(asked), window)
        keys = {(row.entity, row.entity_id) for row in rows}
        names = self._journal.names([*keys, *(key for row in rows for key in words.referred(row.changes))])
        return [Line(row, names.get((row.entity, row.entity_id), ""), names) for row in rows]


def columns() -> list[Column]:
    return [
        Column("at", _("Time"), lambda line: moment(line.row.at), width=140),
        Column("user", _("Who"), lambda line: line.row.user, width=130, sortable=False),
        Column(
            "action", _("Did what"), lambda line: words.action(line.row.action), width=190, sortable=False
        ),
        Column(
            "entity",
            _("Kind of record"),
            lambda line: words.entity(line.row.entity),
            width=170,
            sortable=False,
        ),
        Column("subject", _("Record"), lambda line: line.subject, width=200, wide=True, sortable=False),
        Column("note", _("Note"), lambda line: line.row.note, width=160, sortable=False),
    ]


def moment(at: str) -> str:
    return written.moment(datetime.fromisoformat(at))


def _filter(asked: Asked) -> JournalFilter:
    return JournalFilter(
        entity=asked.filters.get("entity", ""),
        entity_id=asked.filters.get("entity_id", ""),
        action=asked.filters.get("action", ""),
        text=asked.text,
    )


def link(entity_code: str, record_id: str) -> tuple[str, dict[str, str]] | None:
    """Return the page that shows such a record and what to ask it, if there is one."""
    known = _LINKS.get(entity_code)
    return (known[0], {known[1]: record_id}) if known else None
