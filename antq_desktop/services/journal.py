"""Shows who did what, and checks that nobody changed the journal or the outbox by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from antq_desktop.runtime.language import _
from antq_desktop.services.settings import KNOWN, setting
from antq_desktop.storage import journal as lines
from antq_desktop.storage import outbox
from antq_desktop.storage.queries import journal as queries
from antq_desktop.storage.queries.journal import JournalFilter, JournalRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import BY_ENTITY
from antq_desktop.storage.unit_of_work import Reading, Store

#: A record: its entity and its id.
Key = tuple[str, str]

_NAMED_BY = {
    "households": "head",
    "residential_areas": "name",
    "campaigns": "name",
    "community_models": "name",
    "model_activities": "title",
    "recognitions": "unit_name",
    "attachments": "name",
    "import_runs": "file_name",
    "listed_units": "name",
    "official_wordings": "item",
    "issued_catalogues": "title",
    "own_forms": "id",
    "festival_days": "place",
    "outreach_campaigns": "title",
    "security_teams": "name",
    "team_members": "name",
    "team_trainings": "title",
    "steering_committees": "name",
    "coordination_programmes": "partner",
    "awards": "recipient",
    "model_parts": "name",
    "own_model_kinds": "name",
    "periodic_reports": "period",
    "targets": "period",
    "activity_files": "name",
    "conflict_decisions": "reason",
}
_BELONGS_TO = {
    "commitments": ("household_id", "households"),
    "model_ratings": ("model_id", "community_models"),
    "model_steps": ("model_id", "community_models"),
    "model_budgets": ("model_id", "community_models"),
    "model_equipment": ("model_id", "community_models"),
    "certificates": ("recognition_id", "recognitions"),
    "successions": ("successor_id", "residential_areas"),
    "member_ratings": ("member_id", "team_members"),
}
#: What belongs to a unit of any kind.
_OF_UNITS = frozenset({"self_assessments", "year_steps", "occurrences"})


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """The first line that does not hold, or None: a journal id, and (epoch, sequence number) of an event."""

    journal: int | None
    outbox: tuple[int, int] | None

    @property
    def holds(self) -> bool:
        return self.journal is None and self.outbox is None


class Journal:
    """Reads the journal of the open workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, which: JournalFilter) -> int:
        with self._store.reading() as work:
            return queries.count(work, which)

    def page(self, which: JournalFilter, window: Window) -> list[JournalRow]:
        with self._store.reading() as work:
            return queries.page(work, which, window)

    def names(self, wanted: Iterable[Key]) -> dict[Key, str]:
        """Return what people call each record (entity, id) now; one that is gone or has no name is left out.

        The entity "units" stands for a unit of whatever kind.
        """
        found: dict[Key, str] = {}
        with self._store.reading() as work:
            for key in dict.fromkeys(wanted):
                name = name_of(work, *key)
                if name:
                    found[key] = name
        return found

    def check(self) -> ChainCheck:
        """Walk both chains from their beginning."""
        with self._store.reading() as work:
            return ChainCheck(lines.first_broken(work.connection), outbox.first_broken(work.connection))


def name_of(work: Reading, entity: str, record_id: str) -> str:
    """Return what people call a record of the unit of ``work``; nothing for one that is gone or has no name."""
    if entity == "settings":
        return _(KNOWN[record_id].title) if record_id in KNOWN else record_id
    if entity == "units":
        return _unit_name(work, record_id)
    kind = BY_ENTITY.get(entity)
    record = work.find(kind.record, record_id) if kind else None
    if record is None:
        return ""
    if entity in _OF_UNITS:
        return _unit_name(work, record.unit_id)
    if entity in _BELONGS_TO:
        field, owner = _BELONGS_TO[entity]
        return name_of(work, owner, getattr(record, field))
    return str(getattr(record, _NAMED_BY[entity]))


def name_in(work: Reading, entity: str, body: Mapping[str, object]) -> str:
    """Return what people call a record of which only the text is there."""
    if entity in _BELONGS_TO:
        field, owner = _BELONGS_TO[entity]
        return name_of(work, owner, str(body.get(field, "")))
    if entity in _OF_UNITS:
        return _unit_name(work, str(body.get("unit_id", "")))
    return str(body.get(_NAMED_BY.get(entity, ""), ""))


def _unit_name(work: Reading, unit_id: str) -> str:
    """Return the name of a unit of whatever kind; the commune bears its own code as its id."""
    if unit_id == work.unit_code:
        return str(setting(work, "commune")["name"])
    return name_of(work, "residential_areas", unit_id) or name_of(work, "listed_units", unit_id)
