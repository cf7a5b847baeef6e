"""What is wrong or odd about an activity in this workspace: by itself, beside others of its model, and in a signed period."""

from collections.abc import Iterator
from datetime import date

from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity, check_activity, recorded_twice
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.findings import Finding
from antq_desktop.services.reporting.report_agreement import signed_day
from antq_desktop.storage.queries import model_lives as queries
from antq_desktop.storage.queries.signed_periods import signed_periods
from antq_desktop.storage.unit_of_work import Reading


def remarks_on(
    work: Reading, activity: ModelActivity, model: CommunityModel, catalogue: ActivityCatalogue, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about an activity of ``model`` that somebody types or repeats."""
    return tuple(_remarks(work, activity, model, catalogue, today))


def _remarks(
    work: Reading, activity: ModelActivity, model: CommunityModel, catalogue: ActivityCatalogue, today: date
) -> Iterator[Finding]:
    yield from check_activity(activity, model, catalogue, today)
    yield from recorded_twice(activity, queries.between(work, activity.on, activity.on))
    yield from signed_day(activity.on, signed_periods(work))
