"""Gathers what the overview shows, in one go on the lane."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from antq_desktop.domain.community_models import STATE_NAMES, ModelState
from antq_desktop.services.accounts import StatusInfo
from antq_desktop.services.commitments import YEARLY
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.commitments import AreaStatus
from antq_desktop.storage.queries.community_models import ModelFilter
from antq_desktop.storage.queries.households import HouseholdFilter

if TYPE_CHECKING:
    from antq_desktop.services.application import Application


@dataclass(frozen=True, slots=True)
class Facts:
    """Where the commune stands in ``year``; ``areas`` is None as long as the year has no campaign."""

    year: int
    now: datetime
    households: int
    area_count: int
    areas: Sequence[AreaStatus] | None
    models: Mapping[ModelState, int]
    assessments: Sequence[AssessmentRow]
    status: StatusInfo

    @property
    def signed(self) -> int:
        return sum(area.signed for area in self.areas or ())

    @property
    def living(self) -> int:
        """Households that could sign."""
        return sum(area.living for area in self.areas) if self.areas is not None else self.households

    @property
    def unsigned_areas(self) -> list[AreaStatus]:
        """Areas where a household living there has not signed, most papers missing first."""
        open_ = [area for area in self.areas or () if area.signed < area.living]
        return sorted(open_, key=lambda area: area.signed - area.living)

    @property
    def assessed(self) -> int:
        return sum(row.state == "final" for row in self.assessments)

    @property
    def not_assessed(self) -> list[AssessmentRow]:
        """Areas that exist now and whose self-assessment of the year is not finished."""
        return [row for row in self.assessments if row.state != "final" and row.ended_on is None]


def gather(application: "Application", year: int) -> Facts:
    """Read all of it; nothing is written."""
    campaigns = application.commitments.campaigns(year)
    yearly = next((one for one in campaigns if one.kind == YEARLY), None)
    models = application.community_models
    return Facts(
        year=year,
        now=application.session.now(),
        households=application.households.count(HouseholdFilter(residence="living")),
        area_count=len(application.territory.areas(application.session.today())),
        areas=application.commitments.status(yearly.id) if yearly else None,
        models={state: models.count(ModelFilter(state=state)) for state in STATE_NAMES},
        assessments=application.assessments.rows(year),
        status=application.accounts.status(),
    )
