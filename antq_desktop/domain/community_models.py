"""The self-managed security models of a commune, with sites, groups and members counted apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from enum import StrEnum
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Entry, Table, plain_entry, read_entries, read_head
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.territory import Moves
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_

RatingCall = Literal["", "replicate", "remove"]
#: A day before this year is taken for a slip of the key.
_EARLIEST = 1945


class ModelState(StrEnum):
    """Where a model stands in its life."""

    PROPOSED = "proposed"
    WORKING = "working"
    PAUSED = "paused"
    CLOSED = "closed"


#: What each state is called, as message ids.
STATE_NAMES = {
    ModelState.PROPOSED: N_("proposed"),
    ModelState.WORKING: N_("at work"),
    ModelState.PAUSED: N_("paused"),
    ModelState.CLOSED: N_("closed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommunityModel:
    """One model of one area, or of the whole commune (``area_id`` None).

    ``kind``, ``field``, ``block`` and ``level`` are ids of the catalogue of model kinds; ``budget_vnd`` is in đồng.
    ``typed_…`` keep what was typed until the sites and groups were recorded one by one, None where that never happened.
    ``past_areas``: as domain.territory.Moves.
    """

    id: str
    unit_code: str
    area_id: str | None = None
    past_areas: Moves = None
    kind: str
    name: str
    field: str = ""
    block: str = ""
    level: str = ""
    decision_number: str = ""
    decision_date: date | None = None
    launched_on: date | None = None
    lead_unit: str = ""
    partner_units: str = ""
    leader: str = ""
    leader_post: str = ""
    sites: int = 0
    groups: int = 0
    members: int = 0
    typed_sites: int | None = None
    typed_groups: int | None = None
    typed_members: int | None = None
    budget_vnd: int | None = None
    budget_source: str = ""
    equipment: str = ""
    has_regulations: bool = False
    state: ModelState = ModelState.PROPOSED
    origin_id: str | None = None
    closed_on: date | None = None
    closed_reason: str = ""
    version: dict[str, int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRating:
    """How a model was rated for one year; ``rating`` is an id of a rating scale, ``rated_on`` None where nobody wrote the day."""

    id: str
    unit_code: str
    model_id: str
    year: int
    rating: str
    rated_on: date | None = None
    version: dict[str, int] = default(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelKind:
    """A kind of model with the field and the block it usually belongs to (ids of the same catalogue)."""

    id: str
    name: str
    field: str
    block: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCatalogue(CatalogueHead):
    """Kinds, fields (lĩnh vực), blocks (khối), levels (cấp) and equipment of models, by id, in the order they are offered."""

    kinds: Mapping[str, ModelKind]
    fields: Mapping[str, Entry]
    blocks: Mapping[str, Entry]
    levels: Mapping[str, Entry]
    equipment: Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class RatingWord:
    """One rating of a scale; ``calls_for`` says what the best and the worst are a reason for, empty for all others."""

    id: str
    name: str
    calls_for: RatingCall


@dataclass(frozen=True, slots=True)
class RatingScale:
    """One province's way of rating models, best first."""

    id: str
    name: str
    ratings: Mapping[str, RatingWord]


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingCatalogue(CatalogueHead):
    """The scales seen so far, by id; there is no national one."""

    scales: Mapping[str, RatingScale]


def check_model(model: CommunityModel, catalogue: ModelCatalogue, today: date) -> tuple[Finding, ...]:
    """Return what is wrong or odd about one model by itself."""
    return (
        *_check_words(model, catalogue),
        *_check_counts(model),
        *_check_days(model, today),
    )


def same_life(one: CommunityModel, other: CommunityModel) -> bool:
    """Whether two versions of a model agree in all that the warnings of ``check_model`` look at."""
    return (one.state, one.decision_number, one.decision_date, one.launched_on, one.closed_on) == (
        other.state,
        other.decision_number,
        other.decision_date,
        other.launched_on,
        other.closed_on,
    )


def same_name(model: CommunityModel, others: Iterable[CommunityModel]) -> Iterator[Finding]:
    """Yield a warning when another model of the same area, not closed, has the same name: lists could not tell them apart."""
    if model.state is ModelState.CLOSED:
        return
    for other in others:
        alike = other.area_id == model.area_id and fold(other.name) == fold(model.name)
        if alike and other.id != model.id and other.state is not ModelState.CLOSED:
            message = N_(
                "Another model of this area is called «{name}» too: lists cannot tell them apart. Give one another name."
            )
            yield Finding("name", "same-name", message, {"name": other.name}, "warning")
            return


def check_rated_year(model: CommunityModel, year: int, today: date) -> tuple[Finding, ...]:
    """Return what is wrong or odd when ``model`` is rated for a year that is to come, or in which it did not work."""
    if year > today.year:
        message = N_("The year {year} has not come yet: nothing can be rated for it.")
        return (Finding("year", "rated-before-the-year-came", message, {"year": year}),)
    began = model.launched_on or model.decision_date
    if model.state is ModelState.PROPOSED or (began and began.year > year):
        message = N_("The model had not begun in {year}: such a rating is not counted.")
        return (Finding("year", "rated-before-it-began", message, {"year": year}, "warning"),)
    if model.closed_on and model.closed_on.year < year:
        message = N_("The model was closed before {year}: look again.")
        return (Finding("year", "rated-after-closing", message, {"year": year}, "warning"),)
    return ()


def parse_models(plain: Mapping[str, Any], sha256: str) -> ModelCatalogue:
    """Return the catalogue of model kinds. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "model-kinds", sha256)
    fields = read_entries(table, "fields", plain_entry)
    blocks = read_entries(table, "blocks", plain_entry)

    def kind(row: Table, kind_id: str, name: str) -> ModelKind:
        return ModelKind(
            kind_id, name, row.choice("field", tuple(fields)), row.choice("block", tuple(blocks))
        )

    kinds = read_entries(table, "kinds", kind)
    levels = read_entries(table, "levels", plain_entry)
    equipment = read_entries(table, "equipment", plain_entry) if table.has("equipment") else {}
    table.finish()
    return ModelCatalogue(
        **head, kinds=kinds, fields=fields, blocks=blocks, levels=levels, equipment=equipment
    )


def parse_ratings(plain: Mapping[str, Any], sha256: str) -> RatingCatalogue:
    """Return the catalogue of rating scales. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "rating-scales", sha256)
    scales = read_entries(
        table,
        "scales",
        lambda row, scale_id, name: RatingScale(scale_id, name, read_entries(row, "ratings", _rating)),
    )
    table.finish()
    return RatingCatalogue(**head, scales=scales)


def _rating(row: Table, rating_id: str, name: str) -> RatingWord:
    call = row.choice("calls_for", get_args(RatingCall), "")
    return RatingWord(rating_id, name, cast("RatingCall", call))


def _check_words(model: CommunityModel, catalogue: ModelCatalogue) -> list[Finding]:
    findings = []
    if not model.name.strip():
        findings.append(Finding("name", "model-name-missing", N_("The model has no name.")))
    known: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("kind", model.kind, catalogue.kinds),
        ("field", model.field, catalogue.fields),
        ("block", model.block, catalogue.blocks),
        ("level", model.level, catalogue.levels),
    )
    for name, word, words in known:
        if (word or name == "kind") and word not in words:
            message = N_("«{word}» does not stand in the catalogue of model kinds.")
            findings.append(Finding(name, "model-word-unknown", message, {"word": word}))
    return findings


def _check_counts(model: CommunityModel) -> list[Finding]:
    counts = (
        ("sites", model.sites),
        ("groups", model.groups),
        ("members", model.members),
        ("budget_vnd", model.budget_vnd or 0),
    )
    return [
        Finding(
            name, "negative-count", N_("A count cannot be below 0, but here it is {count}."), {"count": count}
        )
        for name, count in counts
        if count < 0
    ]


def _check_days(model: CommunityModel, today: date) -> list[Finding]:
    findings = []
    if model.state is ModelState.WORKING and not (model.decision_number and model.decision_date):
        message = N_("A model at work usually has a decision with number and date.")
        findings.append(Finding("decision_number", "model-without-decision", message, {}, "warning"))
    if model.decision_date and model.launched_on and model.launched_on < model.decision_date:
        message = N_("The model was launched before its decision.")
        findings.append(Finding("launched_on", "launched-before-decision", message, {}, "warning"))
    if (model.state is ModelState.CLOSED) != (model.closed_on is not None):
        message = N_("A closed model has a day of closing, any other has none.")
        findings.append(Finding("closed_on", "closed-when", message))
    if model.state is ModelState.CLOSED and not model.closed_reason.strip():
        findings.append(Finding("closed_reason", "closed-why", N_("Say why the model was closed.")))
    if model.closed_on and model.launched_on and model.closed_on < model.launched_on:
        findings.append(
            Finding("closed_on", "closed-before-launch", N_("The model was closed before it was launched."))
        )
    if model.state is ModelState.WORKING and model.launched_on and model.launched_on > today:
        message = N_("A model that is launched later is proposed, not at work: correct the day or the state.")
        findings.append(Finding("launched_on", "works-before-launch", message))
    for name, day in (
        ("decision_date", model.decision_date),
        ("launched_on", model.launched_on),
        ("closed_on", model.closed_on),
    ):
        if day and day.year < _EARLIEST:
            message = N_("The day {day} lies very long ago: look again.")
            findings.append(Finding(name, "day-long-ago", message, {"day": written(day)}, "warning"))
        if name != "launched_on" and day and day > today:
            findings.append(Finding(name, "day-in-future", N_("This day lies in the future.")))
    return findings
