"""Everything that the page of criteria shows, read in one go."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from antq_desktop.domain.catalogue_statuses import status_counts
from antq_desktop.domain.catalogues import CatalogueHead
from antq_desktop.domain.criteria import Catalogue, Item, Status
from antq_desktop.domain.grading import GradingCatalogue
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.unit_scope import ScopeCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import ProcessCatalogue
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.official_texts import WordingRow
from antq_desktop.ui.pages.criteria.rule_words import tree_words

CatalogueKind = Literal["criteria", "scope", "process", "grading"]
InUse = Catalogue | ScopeCatalogue | ProcessCatalogue | GradingCatalogue

KIND_NAMES: dict[str, str] = {
    "criteria": N_("Criteria of units"),
    "scope": N_("Who is assessed"),
    "process": N_("Steps of the year"),
    "grading": N_("Grading of the movement"),
    "indicators": N_("Figures"),
    "model-lifecycle": N_("Life of models"),
    "model-kinds": N_("Kinds of models"),
    "activity-kinds": N_("Kinds of activities"),
    "commitment-campaigns": N_("Kinds of pledges"),
    "rating-scales": N_("Rating scales of models"),
    "team-ratings": N_("Ratings of team members"),
    "outreach-kinds": N_("Subjects of outreach"),
    "award-kinds": N_("Kinds of awards"),
    "form": N_("Form of a paper"),
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One criterion of a catalogue in use; ``joined`` says which groups take it in and how they hold."""

    row: WordingRow
    item: Item
    clause_title: str
    joined: tuple[str, ...]

    @property
    def id(self) -> str:
        return key_of(self.row.catalogue_id, self.row.item)


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One catalogue in use; ``issued`` is None for one that comes with the program.

    ``typed`` counts its official texts, ``open`` its statements that nobody has compared yet.
    """

    kind: CatalogueKind
    catalogue: InUse
    issued: IssuedCatalogue | None
    counts: Mapping[Status, int]
    typed: int
    open: int

    @property
    def id(self) -> str:
        return self.head.id

    @property
    def head(self) -> CatalogueHead:
        return self.catalogue


@dataclass(frozen=True, slots=True)
class Read:
    items: list[ItemLine]
    catalogues: list[CatalogueLine]


def key_of(catalogue_id: str, item: str) -> str:
    return f"{catalogue_id}/{item}"


def gather(services: Application) -> Read:
    """Read all catalogues in use and the official texts that were typed in."""
    catalogues, rows = services.catalogues, services.official_texts.rows()
    book = {catalogue.id: catalogue for catalogue in catalogues.book()}
    issued = {record.id: record for record in catalogues.issued()}
    found: list[tuple[CatalogueKind, InUse]] = [
        *(("criteria", catalogue) for catalogue in book.values()),
        ("scope", catalogues.scope),
        ("process", catalogues.process),
        ("grading", catalogues.grading),
    ]
    counts = status_counts(catalogue for _kind, catalogue in found)
    lines = []
    for kind, catalogue in found:
        own, count = [row for row in rows if row.catalogue_id == catalogue.id], counts[catalogue.id]
        typed = sum(row.official is not None for row in own)
        is_open = sum(row.open for row in own) if kind == "criteria" else sum(count.values()) - count["seen"]
        lines.append(CatalogueLine(kind, catalogue, issued.get(catalogue.sha256), count, typed, is_open))
    return Read([_line(book[row.catalogue_id], row) for row in rows], lines)


def kind_word(kind: str) -> str:
    return _(KIND_NAMES[kind])


def unseen(catalogue: InUse) -> list[tuple[str, str, Status]]:
    """Return what a catalogue says on weaker ground than seen text: name, legal basis, status; its items stand elsewhere."""
    match catalogue:
        case ScopeCatalogue():
            found = [
                statement
                for unit in catalogue.units.values()
                for statement in (
                    (unit.name, unit.legal_basis, unit.status),
                    (_("{unit}: the period", unit=unit.name), unit.period.legal_basis, unit.period.status),
                    (
                        _("{unit}: who recognises", unit=unit.name),
                        unit.recogniser_basis,
                        unit.recogniser_status,
                    ),
                    *(
                        (category.name, category.legal_basis, category.status)
                        for category in unit.categories.values()
                    ),
                )
            ]
        case ProcessCatalogue():
            found = [(step.name, step.legal_basis, step.status) for step in catalogue.steps] + [
                (_("{step}: the deadline", step=step.name), step.deadline.legal_basis, step.deadline.status)
                for step in catalogue.steps
                if step.deadline is not None
            ]
        case GradingCatalogue():
            found = [(group.name, group.legal_basis, group.status) for group in catalogue.groups.values()]
        case Catalogue():
            found = []
    return [statement for statement in dict.fromkeys(found) if statement[2] != "seen"]


def _line(catalogue: Catalogue, row: WordingRow) -> ItemLine:
    clause = next(clause for clause in catalogue.clauses if clause.id == row.clause)
    item = next(item for item in clause.items if item.id == row.item)
    joined = tuple(
        f"{group.title}. {tree_words(group.holds)}"
        for group in catalogue.groups
        if row.item in group.holds.of
    )
    return ItemLine(row, item, f"{clause.legal_basis}. {clause.title}", joined)
