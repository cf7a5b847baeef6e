"""Gathers what the overview shows, in one go on the lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from antq_desktop.domain.community_models import STATE_NAMES, ModelState
from antq_desktop.domain.indicators import Amount, count_of
from antq_desktop.services.accounts import StatusInfo
from antq_desktop.services.commitments import YEARLY
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.commitments import AreaStatus
from antq_desktop.storage.queries.community_models import ModelFilter

if TYPE_CHECKING:
    from antq_desktop.services.application import Application


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the commune stands in ``year``: its indicators by id, and lines for the charts.

    ``areas`` is None as long as the year has no campaign.
    """

    year: int
    now: datetime
    amounts: Mapping[str, Amount]
    areas: Sequence[AreaStatus] | None
    models: Mapping[ModelState, int]
    assessments: Sequence[AssessmentRow]
    status: StatusInfo

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
    models = application.community_models
    return Facts(
        year=year,
        now=application.session.now(),
        amounts=application.reports.amounts(str(year)),
        areas=application.commitments.status(yearly.id) if yearly else None,
        models={state: models.count(ModelFilter(state=state)) for state in STATE_NAMES},
        assessments=application.assessments.rows(year),
        status=application.accounts.status(),
    )
