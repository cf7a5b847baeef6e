"""An invented commune: the same for the same seed, whole, and such as the program itself would have taken in."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.activities import ModelActivity, check_activity
from antq_desktop.domain.assessment import SelfAssessment, check_answers, refilled
from antq_desktop.domain.awards import Award, check_award
from antq_desktop.domain.community_models import CommunityModel, ModelRating, check_model
from antq_desktop.domain.errors import Cancelled
from antq_desktop.domain.festival import FestivalDay, check_festival
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.households import Household, check_household
from antq_desktop.domain.model_parts import ModelPart, counted
from antq_desktop.domain.outreach import OutreachCampaign, check_outreach
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Certificate
from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, check_team
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.generating.generated_commune import TooLarge, WorkspaceNotEmpty
from antq_desktop.services.reporting.figures import figures
from antq_desktop.storage.records import KINDS, to_body
from antq_desktop.storage.unit_of_work import Reading

TODAY = date(2026, 11, 20)
#: What is not invented: it is there before, or is a file of the program.
OWN = {"settings", "attachments"}
Records = dict[str, list[dict[str, Any]]]


@pytest.fixture
def empty(made: Any, tmp_path: Path) -> Iterator[Callable[..., Application]]:
    """Return what opens another empty workspace on a day."""
    opened: list[Application] = []

    def another(day: date = TODAY) -> Application:
        folder = Path(shutil.copytree(made.folder, tmp_path / f"commune-{len(opened)}"))
        noon = datetime(day.year, day.month, day.day, 5, tzinfo=UTC)
        opened.append(open_workspace(folder, "cây đa bến nước 04978", lambda: noon))
        return opened[-1]

    yield another
    for one in opened:
        one.close()


def records(application: Application) -> Records:
    with application.period_figures._store.reading() as work:
        return {
            kind.entity: [to_body(record) for record in work.all(kind.record)]
            for kind in KINDS
            if kind.entity not in OWN
        }


def test_the_same_seed_gives_the_same_records_and_another_seed_others(
    empty: Callable[..., Application],
) -> None:
    one, same, other = (empty() for _ in range(3))
    for application, seed in ((one, 5), (same, 5), (other, 6)):
        application.generated_commune.make(households=320, years=2, seed=seed)
    first = records(one)
    assert first == records(same)
    assert {row["id"] for row in first["households"]}.isdisjoint(
        row["id"] for row in records(other)["households"]
    )
    told = {entity for entity, rows in first.items() if rows}
    assert told >= {
        "residential_areas", "households", "campaigns", "commitments", "community_models", "model_steps", "model_activities",
        "listed_units", "year_steps", "self_assessments", "recognitions", "certificates", "festival_days", "outreach_campaigns",
        "security_teams", "team_members", "team_trainings", "steering_committees", "coordination_programmes", "awards",
    }  # fmt: skip


def test_an_earlier_day_tells_the_same_commune_up_to_it(empty: Callable[..., Application]) -> None:
    late, early = empty(), empty(date(2026, 3, 14))
    for application in (late, early):
        application.generated_commune.make(households=320, years=2, seed=5)
    then, now = records(early), records(late)
    assert [row["id"] for row in then["households"]] == [row["id"] for row in now["households"]]
    known = {row["id"]: row for row in now["model_activities"]}
    assert all(known[row["id"]] == row for row in then["model_activities"])
    days = (
        "on",
        "signed_on",
        "moved_on",
        "decision_date",
        "assessed_on",
        "issued_on",
        "launched_on",
        "closed_on",
    )
    told = [row[day] for rows in then.values() for row in rows for day in days if row.get(day)]
    assert max(told) <= "2026-03-14"


def test_what_is_invented_would_be_taken_in(empty: Callable[..., Application]) -> None:
    application = empty()
    made = application.generated_commune.make(households=900, years=2, seed=3)
    assert made.records["households"] == 900
    assert (made.years, made.until) == ((2025, 2026), TODAY)
    with application.period_figures._store.reading() as work:
        faults = [finding for finding in _findings(application, work) if finding.severity == "error"]
        assert faults == []
        for model in work.all(CommunityModel):
            assert counted(model, work.all(ModelPart, model_id=model.id)) == model
    logs = application.journal.check()
    assert logs.holds


def test_the_assessments_stand_on_the_figures_of_the_workspace(empty: Callable[..., Application]) -> None:
    """Somebody who opens an assessment must not be told that its figures have moved."""
    application = empty()
    application.generated_commune.make(households=700, years=2, seed=4)
    assessments = application.assessments
    with application.period_figures._store.reading() as work:
        kept = work.all(SelfAssessment)
        assert {one.result for one in kept} == {"met", "not_met"}
        for one in kept:
            catalogue = assessments._catalogue_of(one)
            known = figures(work, assessments._scope(one), application.catalogues)
            assert refilled(catalogue, one.answers, known) == one.answers, one.unit_kind
            assert check_answers(catalogue, one.answers) == ()


def test_certificates_go_on_where_the_invented_ones_end(empty: Callable[..., Application]) -> None:
    application = empty()
    application.generated_commune.make(households=500, years=1, seed=2)
    with application.period_figures._store.writing("An") as work:
        numbers = sorted(one.number for one in work.all(Certificate))
        assert numbers == list(range(1, len(numbers) + 1))
        assert work.next_number("recognition", 2026) == len(numbers) + 1


def test_shares_are_believable(empty: Callable[..., Application]) -> None:
    application = empty()
    application.generated_commune.make(households=3000, years=1, seed=1)
    amounts = application.period_figures.amounts("2026")

    def reaches(indicator_id: str, percent: int) -> bool:
        share = amounts[indicator_id]
        assert isinstance(share, Ratio)
        return share.at_least(percent)

    assert reaches("share_signed", 97)
    assert reaches("share_units_recognised", 70)
    assert not reaches("share_recognised", 100)


def test_models_are_believable(empty: Callable[..., Application]) -> None:
    """Nobody would show a model with more groups or sites than its members could fill, or one that was never rated."""
    application = empty()
    application.generated_commune.make(households=9000, years=1, seed=1)
    with application.period_figures._store.reading() as work:
        models, rated = work.all(CommunityModel), {row.model_id: row.year for row in work.all(ModelRating)}
    assert len({model.groups for model in models}) > 3
    for model in models:
        assert 3 * model.groups <= model.members
        assert 3 * model.sites <= model.members
    began = [
        model for model in models if model.launched_on and model.launched_on < date(TODAY.year - 1, 12, 5)
    ]
    assert len(began) > 10
    assert [model.name for model in began if rated.get(model.id) != TODAY.year - 1] == []


def test_only_an_empty_workspace_is_filled(application: Application) -> None:
    application.territory.add("Xóm Bãi Chạo", "xóm", date(2020, 1, 1))
    with pytest.raises(WorkspaceNotEmpty):
        application.generated_commune.make(households=10, years=1, seed=1)


@pytest.mark.parametrize(("households", "years"), [(0, 1), (200_001, 1), (10, 0), (10, 11)])
def test_sizes_that_make_no_sense_are_refused(application: Application, households: int, years: int) -> None:
    with pytest.raises(TooLarge):
        application.generated_commune.make(households, years, seed=1)
    assert application.territory.areas() == []


def test_the_smallest_commune_is_one_too(empty: Callable[..., Application]) -> None:
    application = empty()
    assert application.generated_commune.make(households=1, years=1, seed=1).records["households"] == 1


def test_it_says_how_far_it_is_and_stops_when_asked(empty: Callable[..., Application]) -> None:
    seen: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _what: seen.append((done, total)))
    empty().generated_commune.make(households=400, years=1, seed=1, progress=progress)
    assert seen == sorted(seen)
    assert seen[-1] == (400, 400)
    progress.cancel()
    with pytest.raises(Cancelled):
        empty().generated_commune.make(households=400, years=1, seed=1, progress=progress)


def _findings(application: Application, work: Reading) -> Iterator[Finding]:
    """Yield what the rules of each record say of what was invented."""
    catalogues = application.catalogues
    models = {model.id: model for model in work.all(CommunityModel)}
    areas = {row.id: row.name for row in application.territory.areas()}
    awards, teams = work.all(Award), work.all(SecurityTeam)
    for home in work.all(Household):
        yield from check_household(home, TODAY)
    for model in models.values():
        yield from check_model(model, catalogues.models, TODAY)
    for activity in work.all(ModelActivity):
        yield from check_activity(activity, models[activity.model_id], catalogues.activities, TODAY)
    for festival in work.all(FestivalDay):
        yield from check_festival(festival, catalogues.activities, areas, TODAY)
    for campaign in work.all(OutreachCampaign):
        yield from check_outreach(campaign, catalogues.outreach, TODAY)
    for team in teams:
        yield from check_team(team, teams, work.all(TeamMember, team_id=team.id), TODAY)
    for award in awards:
        yield from check_award(award, catalogues.awards, awards, TODAY)
