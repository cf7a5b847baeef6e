"""The catalogues in use: those that the program ships, and those that the upper level signed and sent in their place."""

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from antq_desktop.domain import (
    activities,
    awards,
    commitments,
    community_models,
    criteria,
    member_ratings,
    outreach,
)
from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.awards import AwardCatalogue
from antq_desktop.domain.catalogue_statuses import status_counts
from antq_desktop.domain.catalogues import CatalogueHead, version_key
from antq_desktop.domain.commitments import CampaignCatalogue
from antq_desktop.domain.community_models import ModelCatalogue, RatingCatalogue
from antq_desktop.domain.criteria import Catalogue, Status, UnitKind
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.grading import GradingCatalogue, parse_grading
from antq_desktop.domain.indicators import IndicatorCatalogue, parse_indicators
from antq_desktop.domain.member_ratings import TeamRatingCatalogue
from antq_desktop.domain.model_lifecycle import LifecycleCatalogue, parse_lifecycle
from antq_desktop.domain.model_means import OwnModelKind, extended
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.outreach import OutreachCatalogue
from antq_desktop.domain.report_layout import ReportLayout, parse_layout
from antq_desktop.domain.targets import TargetCatalogue, parse_targets
from antq_desktop.domain.unit_scope import ScopeCatalogue, parse_scope
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import ProcessCatalogue, parse_process
from antq_desktop.runtime.catalogue_files import from_bytes, read
from antq_desktop.runtime.resources import RESOURCES
from antq_desktop.storage import attachments
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

C = TypeVar("C", bound=CatalogueHead)
_FOLDER = RESOURCES / "catalogues"
_SCOPE, _PROCESS, _GRADING = "tt124-2021-pham-vi", "tt124-quy-trinh", "qd510-2022"


class CriteriaNotHere(NotFound):
    code = "criteria-not-here"
    sentence = N_(
        "The criteria «{catalogue}», version {version}, with which this was assessed, are not on this machine. "
        "Ask whoever issued them to send them again."
    )


class ShippedCatalogues:
    """Words as data, as the program brings them. Each raises FaultyCatalogueFile when its file was changed by hand."""

    def __init__(self) -> None:
        #: By name or SHA-256: what a file says never changes, so each is read once.
        self._known: dict[str, CatalogueHead] = {}

    @property
    def models(self) -> ModelCatalogue:
        return self._in_use("model-kinds", community_models.parse_models)

    @property
    def activities(self) -> ActivityCatalogue:
        return self._in_use("activity-kinds", activities.parse_activities)

    @property
    def campaigns(self) -> CampaignCatalogue:
        return self._in_use("commitment-campaigns", commitments.parse_campaigns)

    @property
    def ratings(self) -> RatingCatalogue:
        return self._in_use("rating-scales", community_models.parse_ratings)

    @property
    def outreach(self) -> OutreachCatalogue:
        return self._in_use("outreach-kinds", outreach.parse_outreach)

    @property
    def team_ratings(self) -> TeamRatingCatalogue:
        return self._in_use("team-ratings", member_ratings.parse_team_ratings)

    @property
    def awards(self) -> AwardCatalogue:
        return self._in_use("award-kinds", awards.parse_awards)

    @property
    def scope(self) -> ScopeCatalogue:
        """Whom the circular takes in, when, and who recognises (TT 124/2021/TT-BCA, Điều 1, 8, 10)."""
        return self._in_use("scope", parse_scope, _SCOPE)

    @property
    def process(self) -> ProcessCatalogue:
        """The steps of the year."""
        return self._in_use("process", parse_process, _PROCESS)

    @property
    def grading(self) -> GradingCatalogue:
        """The yearly grading of the movement (QĐ 510/QĐ-BCA-V05), apart from the circular's met or not met."""
        return self._in_use("grading", parse_grading, _GRADING)

    @property
    def indicators(self) -> IndicatorCatalogue:
        """The figures of dashboard, targets, reports and assessments."""
        return self._in_use("indicators", parse_indicators)

    @property
    def lifecycle(self) -> LifecycleCatalogue:
        """The steps in the life of a model."""
        return self._in_use("model-lifecycle", parse_lifecycle)

    @property
    def report_layout(self) -> ReportLayout:
        """The sections and sentences of periodic reports."""
        return self._shipped("periodic-report", parse_layout)

    @property
    def usual_targets(self) -> TargetCatalogue:
        return self._shipped("usual-targets", parse_targets)

    def _in_use(self, kind: str, parse: Callable[[Mapping[str, Any], str], C], shipped: str = "") -> C:
        """Return the catalogue of a kind; ``shipped`` is the name of its file where that is another one."""
        return self._shipped(shipped or kind, parse)

    def _shipped(self, name: str, parse: Callable[[Mapping[str, Any], str], C]) -> C:
        if name not in self._known:
            self._known[name] = read(_FOLDER / f"{name}.toml", parse)
        return self._known[name]  # type: ignore[return-value] # what a name or hash stands for is always of one kind


class Catalogues(ShippedCatalogues):
    """The catalogues of one workspace. One that the upper level issued stands before the shipped one of its kind."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store

    @property
    def models(self) -> ModelCatalogue:
        """The kinds of models, those that the commune added behind the others."""
        with self._store.reading() as work:
            own = work.all(OwnModelKind)
        return extended(super().models, own)

    def criteria_for(self, unit_kind: UnitKind, year: int) -> Catalogue:
        """Return the newest issued criteria for a kind of unit in force when the assessed period ends, else the shipped ones."""
        scope = self.scope.units[unit_kind]
        last = scope.period.of(year).last
        issued = [
            catalogue
            for catalogue in self._issued("criteria", criteria.parse)
            if unit_kind in catalogue.unit_kinds and catalogue.in_force(last)
        ]
        return issued[-1] if issued else self._shipped(scope.criteria, criteria.parse)

    def of(self, catalogue_id: str, version: str, sha256: str) -> Catalogue:
        """Return the very criteria that a record was made with, found by their hash. Raises CriteriaNotHere."""
        if (_FOLDER / f"{catalogue_id}.toml") in _shipped_files():
            shipped = self._shipped(catalogue_id, criteria.parse)
            if shipped.sha256 == sha256:
                return shipped
        with self._store.reading() as work:
            try:
                return self._kept(work, sha256, f"{catalogue_id} {version}", criteria.parse)
            except NotFound as missing:
                raise CriteriaNotHere(catalogue=catalogue_id, version=version, what=sha256) from missing

    def keep(self, work: Writing, catalogue: Catalogue) -> None:
        """Keep the file of ``catalogue`` inside the workspace, so that a later program can still read what it decided."""
        path = _FOLDER / f"{catalogue.id}.toml"
        if (
            path in _shipped_files()
            and self._shipped(catalogue.id, criteria.parse).sha256 == catalogue.sha256
        ):
            attachments.keep(work, path, "application/toml")

    def book(self) -> list[Catalogue]:
        """Return every catalogue of criteria that a new assessment of this year would take, in the order of the kinds."""
        year = self._store.clock().astimezone().year
        found = {
            catalogue.sha256: catalogue
            for catalogue in (self.criteria_for(kind, year) for kind in self.scope.units)
        }
        return list(found.values())

    def versions(self) -> set[tuple[str, str]]:
        """Return id and version of every catalogue of criteria that is here: the shipped ones and all that were issued."""
        shipped = [self._shipped(unit.criteria, criteria.parse) for unit in self.scope.units.values()]
        return {(each.id, each.version) for each in (*shipped, *self._issued("criteria", criteria.parse))}

    def issued(self) -> list[IssuedCatalogue]:
        """Return the record of every catalogue of any kind that was issued, also of those that are not in use."""
        with self._store.reading() as work:
            return work.all(IssuedCatalogue)

    def statuses(self) -> dict[str, dict[Status, int]]:
        """Return, for each catalogue in use, how many of its statements stand on each kind of ground."""
        return status_counts((*self.book(), self.scope, self.process, self.grading))

    def _in_use(self, kind: str, parse: Callable[[Mapping[str, Any], str], C], shipped: str = "") -> C:
        today = self._store.clock().astimezone().date()
        issued = [catalogue for catalogue in self._issued(kind, parse) if catalogue.in_force(today)]
        return issued[-1] if issued else super()._in_use(kind, parse, shipped)

    def _issued(self, kind: str, parse: Callable[[Mapping[str, Any], str], C]) -> list[C]:
        """Return the issued catalogues of a kind, the newest last."""
        with self._store.reading() as work:
            found = [
                (record, self._kept(work, record.id, record.title, parse))
                for record in work.all(IssuedCatalogue, kind=kind)
            ]
        found.sort(
            key=lambda pair: (
                pair[1].in_force_from,
                version_key(pair[1].version),
                pair[0].taken_on,
                pair[0].id,
            )
        )
        return [catalogue for _, catalogue in found]

    def _kept(self, work: Reading, sha256: str, name: str, parse: Callable[[Mapping[str, Any], str], C]) -> C:
        if sha256 not in self._known:
            content = b"".join(attachments.content(work, sha256))
            self._known[sha256] = from_bytes(name, content, parse)
        return self._known[sha256]  # type: ignore[return-value] # as above


def _shipped_files() -> set[Path]:
    return set(_FOLDER.glob("*.toml"))


def is_other_shipped(head: CatalogueHead) -> bool:
    """Whether the program ships a catalogue of any kind with this id and version that says something else."""
    path = _FOLDER / f"{head.id}.toml"
    if path not in _shipped_files():
        return False
    content = path.read_bytes()
    same_version: bool = tomllib.loads(content.decode())["version"] == head.version
    return same_version and hashlib.sha256(content).hexdigest() != head.sha256
