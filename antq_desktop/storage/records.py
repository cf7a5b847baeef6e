"""Maps each kind of record to its table, so that saving, sending and receiving one is written once for all."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.activity_files import ActivityFile
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.attachments import Attachment
from antq_desktop.domain.awards import Award
from antq_desktop.domain.commitments import Campaign, Commitment
from antq_desktop.domain.community_models import CommunityModel, ModelRating
from antq_desktop.domain.conflicts import ConflictDecision
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.households import Household
from antq_desktop.domain.import_runs import ImportRun
from antq_desktop.domain.member_ratings import MemberRating
from antq_desktop.domain.model_lifecycle import ModelStep
from antq_desktop.domain.model_means import ModelBudget, ModelEquipment, OwnModelKind
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.official_texts import IssuedCatalogue, OfficialWording, OwnForm
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.domain.periodic_reports import PeriodicReport
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, TeamTraining
from antq_desktop.domain.settings import Setting
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.domain.targets import Target
from antq_desktop.domain.territory import ResidentialArea, Succession
from antq_desktop.domain.text import fold, name_key, sort_key
from antq_desktop.domain.units import Unit
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.storage import (
    chain_tables,
    model_tables,
    register_tables,
    report_tables,
    rest_of_year_tables,
    yearly_tables,
)
from antq_desktop.storage.codec import hints_of, plain_kinds, readers_of, record_from, to_plain


class Record(Protocol):
    """What every record has; ``version`` is empty until it was first saved."""

    @property
    def id(self) -> str: ...
    @property
    def unit_code(self) -> str: ...
    @property
    def version(self) -> dict[str, int]: ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record: its class, its table, and the columns that are computed from a record and never sent.

    ``entity`` is its name in events: the table's. ``added`` names fields that came in later and were unknown before: events of
    an older program do not hold them.
    """

    record: type[Any]
    table: sa.Table
    derive: Callable[[Any], dict[str, str]]
    added: tuple[str, ...] = ()
    entity: str = field(init=False)

    def __post_init__(self) -> None:
        # A plain text: SQLAlchemy's own kind of text makes the driver ask each time what it is.
        object.__setattr__(self, "entity", str(self.table.name))


def _nothing(_record: object) -> dict[str, str]:
    return {}


def _household_words(household: Household) -> dict[str, str]:
    words = (household.head, household.citizen_id, household.phone, household.address)
    return {"head_key": name_key(household.head), "folded": fold(" ".join(word for word in words if word))}


def _model_words(model: CommunityModel) -> dict[str, str]:
    return {"name_key": sort_key(model.name), "folded": fold(f"{model.name} {model.leader}")}


KINDS = (
    Kind(Setting, register_tables.settings, _nothing),
    Kind(ResidentialArea, register_tables.residential_areas, lambda area: {"name_key": sort_key(area.name)}),
    Kind(Succession, register_tables.successions, _nothing),
    Kind(Household, register_tables.households, _household_words, added=("past_areas",)),
    Kind(Campaign, register_tables.campaigns, _nothing),
    Kind(Commitment, register_tables.commitments, _nothing, added=("state_on",)),
    Kind(
        CommunityModel,
        register_tables.community_models,
        _model_words,
        added=("past_areas", "typed_sites", "typed_groups", "typed_members"),
    ),
    Kind(ModelRating, register_tables.model_ratings, _nothing, added=("rated_on",)),
    Kind(ModelActivity, register_tables.model_activities, _nothing),
    Kind(SelfAssessment, register_tables.self_assessments, _nothing),
    Kind(Recognition, register_tables.recognitions, _nothing),
    Kind(Certificate, register_tables.certificates, _nothing),
    Kind(Unit, yearly_tables.listed_units, lambda unit: {"name_key": sort_key(unit.name)}),
    Kind(YearStep, yearly_tables.year_steps, _nothing),
    Kind(Occurrence, yearly_tables.occurrences, _nothing),
    Kind(OfficialWording, yearly_tables.official_wordings, _nothing),
    Kind(IssuedCatalogue, yearly_tables.issued_catalogues, _nothing),
    Kind(OwnForm, yearly_tables.own_forms, _nothing),
    Kind(FestivalDay, rest_of_year_tables.festival_days, _nothing, added=("more_papers",)),
    Kind(OutreachCampaign, rest_of_year_tables.outreach_campaigns, _nothing),
    Kind(SecurityTeam, rest_of_year_tables.security_teams, _nothing, added=("past_areas",)),
    Kind(TeamMember, rest_of_year_tables.team_members, _nothing),
    Kind(TeamTraining, rest_of_year_tables.team_trainings, _nothing),
    Kind(MemberRating, rest_of_year_tables.member_ratings, _nothing, added=("rated_on",)),
    Kind(SteeringCommittee, rest_of_year_tables.steering_committees, _nothing),
    Kind(CoordinationProgramme, rest_of_year_tables.coordination_programmes, _nothing),
    Kind(Award, rest_of_year_tables.awards, _nothing),
    Kind(Attachment, register_tables.attachments, _nothing, added=("original_sha256",)),
    Kind(ImportRun, register_tables.import_runs, _nothing),
    Kind(ModelStep, model_tables.model_steps, _nothing),
    Kind(ModelPart, model_tables.model_parts, lambda part: {"name_key": sort_key(part.name)}),
    Kind(ModelBudget, model_tables.model_budgets, _nothing),
    Kind(ModelEquipment, model_tables.model_equipment, _nothing),
    Kind(OwnModelKind, model_tables.own_model_kinds, _nothing),
    Kind(ActivityFile, model_tables.activity_files, _nothing),
    Kind(Target, report_tables.targets, _nothing),
    Kind(PeriodicReport, report_tables.periodic_reports, _nothing),
    Kind(ConflictDecision, chain_tables.conflict_decisions, _nothing),
)
_BY_RECORD = {kind.record: kind for kind in KINDS}
BY_ENTITY = {kind.entity: kind for kind in KINDS}


def kind_of(record: type[Any]) -> Kind:
    """Return how records of the class ``record`` are kept."""
    return _BY_RECORD[record]


def version_text(version: Mapping[str, int]) -> str:
    """Return a version vector as its one text (canonical JSON), so that equal vectors are equal in a column."""
    return "{" + ",".join([f"{_quoted(device)}:{count}" for device, count in sorted(version.items())]) + "}"


@lru_cache(maxsize=1_024)
def _quoted(device: str) -> str:
    return json.dumps(device)


def to_body(record: Record) -> dict[str, Any]:
    """Return the record as an event carries it: all its fields but the version, which the event states itself."""
    body: dict[str, Any] = to_plain(record)
    del body["version"]
    return body


def from_body(kind: Kind, body: Mapping[str, Any], version: Mapping[str, int]) -> Any:  # noqa: ANN401 - any record
    """Return the record of an event's body. Raises codec.WrongShape."""
    known = {"version": dict(version)}
    if not all(name in body for name in kind.added):
        body = {**dict.fromkeys(kind.added), **body}
    return record_from(kind.record, body, known=known)


def to_row(kind: Kind, record: Record) -> dict[str, Any]:
    """Return the columns of ``record``."""
    names, values = _fields(kind)
    row = dict(zip(names, values(record), strict=True))
    for name, hint in _converted(kind):
        value = row[name]
        if value is None or type(value) is str:
            continue
        if not isinstance(value, date) or _is_json(kind, name):
            row[name] = to_plain(value, hint)
    row["version"] = version_text(record.version)
    row.update(kind.derive(record))
    return row


@cache
def _fields(kind: Kind) -> tuple[tuple[str, ...], Callable[[Record], tuple[Any, ...]]]:
    """Return the names of the fields of a record, and what takes their values from it."""
    names = tuple(hints_of(kind.record))
    return names, attrgetter(*names)


@cache
def _converted(kind: Kind) -> tuple[tuple[str, Any], ...]:
    """Return the fields whose values do not stand in a column as they are."""
    hints = hints_of(kind.record).items()
    return tuple((name, hint) for name, hint in hints if name != "version" and not plain_kinds(hint))


def to_record(kind: Kind, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - any record
    """Return the record that stands in the columns of ``row``."""
    fields = {
        name: value if (value := row[name]) is None or isinstance(value, date) else read(value, name)
        for name, read in readers_of(kind.record).items()
        if name != "version"
    }
    return kind.record(**fields, version=json.loads(row["version"]))


def _is_json(kind: Kind, name: str) -> bool:
    return isinstance(kind.table.c[name].type, sa.JSON)
