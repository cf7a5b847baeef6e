"""Gathers on the lane what the overview shows, all but its months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from antq_desktop.domain.community_models import ModelState
from antq_desktop.domain.indicators import Amount, count_of
from antq_desktop.domain.ratios import Ratio
from antq_desktop.services.accounts import StatusInfo
from antq_desktop.services.commitments import YEARLY
from antq_desktop.services.reporting.report_rows import ReportRow
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.commitments import AreaStatus
from antq_desktop.storage.queries.community_models import ModelFilter
from antq_desktop.storage.queries.window import Window

if TYPE_CHECKING:
    from antq_desktop.services.application import Application

#: The shares that tell how far the year is, in the order in which the year takes them.
SHARES = (
    "share_signed",
    "share_units_registered",
    "share_with_model",
    "share_with_festival",
    "share_with_team",
    "share_recognised",
    "share_units_recognised",
)
RATED = "models_by_rating"
_MOST_MODELS = 5_000


@dataclass(frozen=True, slots=True)
class Progress:
    """One share of the year: the id of its indicator, its name, and how far it is."""

    indicator: str
    name: str
    share: Ratio


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the commune stands in ``year``: its indicators by id, and lines for the charts.

    ``areas`` is None as long as the year has no campaign. ``unrated`` counts models at work that nobody rated for the year.
    ``disagreeing`` counts by the codes of signed periods the figures that the records contradict now; it is filled in
    later, one period after the other, since each is counted anew.
    """

    year: int
    now: datetime
    amounts: Mapping[str, Amount]
    areas: Sequence[AreaStatus] | None
    models: int
    rating_names: Mapping[str, str]
    progress: Sequence[Progress]
    unrated: int
    assessments: Sequence[AssessmentRow]
    board: Sequence[BoardRow]
    reports: Sequence[ReportRow]
    status: StatusInfo
    conflicts: int = 0
    disagreeing: Mapping[str, int] = field(default_factory=dict)

    @property
    def households(self) -> int:
        return count_of(self.amounts, "households_living")

    @property
    def area_count(self) -> int:
        return count_of(self.amounts, "areas")

    @property
    def signed(self) -> int:
        return count_of(self.amounts, "households_signed")

    @property
    def working(self) -> int:
        return count_of(self.amounts, "models_working")

    @property
    def recognised(self) -> int:
        return count_of(self.amounts, "areas_recognised")

    @property
    def ratings(self) -> Mapping[str, int]:
        """How many models have each rating of the year, by the key of the rating."""
        found = self.amounts.get(RATED)
        return found if isinstance(found, Mapping) else {}

    @property
    def overdue(self) -> list[BoardRow]:
        """Units with steps of the year that are overdue, those with most of them first."""
        behind = [row for row in self.board if row.overdue and row.ended_on is None]
        return sorted(behind, key=lambda row: -row.overdue)

    @property
    def overdue_reports(self) -> list[ReportRow]:
        return [row for row in self.reports if row.overdue]

    @property
    def unsigned_areas(self) -> list[AreaStatus]:
        """Areas where a household living there has not signed, most papers missing first."""
        open_ = [area for area in self.areas or () if area.signed < area.living]
        return sorted(open_, key=lambda area: area.signed - area.living)

    @property
    def assessed(self) -> int:
        return count_of(self.amounts, "areas_assessed")

    @property
    def not_assessed(self) -> list[AssessmentRow]:
        """Areas that exist now and whose self-assessment of the year is not finished."""
        return [
            row
            for row in self.assessments
            if row.unit_kind == "residential_area" and row.state != "final" and row.ended_on is None
        ]


def gather(application: "Application", year: int) -> Facts:
    """Read all of it; nothing is written."""
    campaigns = application.commitments.campaigns(year)
    yearly = next((one for one in campaigns if one.kind == YEARLY), None)
    indicators = application.catalogues.indicators.indicators
    figures = application.period_figures
    amounts = figures.amounts(str(year))
    rated = figures.rated_models(year)
    working = application.community_models.page(
        ModelFilter(state=ModelState.WORKING.value), Window(limit=_MOST_MODELS)
    )
    return Facts(
        year=year,
        now=application.session.now(),
        amounts=amounts,
        areas=application.commitments.status(yearly.id) if yearly else None,
        models=application.community_models.count(ModelFilter()),
        rating_names=figures.key_names().get(RATED, {}),
        progress=[
            Progress(key, indicators[key].name, share)
            for key in SHARES
            if isinstance(share := amounts.get(key), Ratio) and share.whole
        ],
        unrated=sum(model.id not in rated for model in working),
        assessments=application.assessments.rows(year),
        board=application.year_board.rows(year),
        reports=application.periodic_reports.rows(year),
        status=application.accounts.status(),
        conflicts=application.conflicts.count(),
    )
