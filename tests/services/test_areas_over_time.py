"""Areas merge and split, and every earlier period still counts as it stood on its days."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.households import Household
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.security_teams import SecurityTeam
from antq_desktop.domain.targets import Target
from antq_desktop.services import record_words as words
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.commitments import status
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
BEGIN = date(2020, 1, 1)
CHANGED = date(2026, 10, 1)
#: Quarters end on the 14th (State cut-off): these before the change, the year after it.
EARLIER = ("2026-Q1", "2026-Q3")
BY_AREA = ("share_signed", "models_working", "activity_count", "team_members", "festival_sites", "units")


@dataclass(frozen=True)
class Lived:
    """A commune of three areas, their ids by name, with the households of each."""

    areas: dict[str, str]
    homes: dict[str, list[Household]]


@pytest.fixture
def lived(application: Application, settle: Settle) -> Lived:
    names = ("Thôn Đông", "Thôn Tây", "Thôn Nam")
    areas = {name: application.territory.add(name, "thôn", BEGIN).record.id for name in names}
    homes = {
        "Thôn Đông": settle(areas["Thôn Đông"], "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò"),
        "Thôn Tây": settle(areas["Thôn Tây"], "Hà Văn Dũng", "Lê Thị Em"),
        "Thôn Nam": settle(areas["Thôn Nam"], "Ngô Văn Giáp"),
    }
    campaign = application.commitments.yearly()
    for home in (*homes["Thôn Đông"][:2], *homes["Thôn Nam"]):
        application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    application.commitments.record(
        homes["Thôn Tây"][0].id, campaign.id, CommitmentState.ABSENT, state_on=date(2026, 3, 2)
    )
    kinds = list(application.catalogues.models.kinds)
    for name in names:
        model = application.community_models.save(
            CommunityModel(
                id="", unit_code="", area_id=areas[name], kind=kinds[0], name=f"Tổ liên gia {name}",
                state=ModelState.WORKING, decision_number="1", decision_date=BEGIN, launched_on=BEGIN,
            )
        ).record  # fmt: skip
        application.model_lives.save_part(
            ModelPart(id="", unit_code="", model_id=model.id, kind="group", name="Tổ 1", area_id=areas[name], members=5, valid_from=BEGIN)
        )  # fmt: skip
    for name in ("Thôn Đông", "Thôn Nam"):
        application.security_teams.save(
            SecurityTeam(id="", unit_code="", area_id=areas[name], name=f"Tổ bảo vệ {name}", valid_from=BEGIN)
        )
    application.festival.save(
        FestivalDay(id="", unit_code="", year=2026, place="Sân đình", area_ids=(areas["Thôn Đông"],), on=date(2026, 8, 10))
    )  # fmt: skip
    for period in EARLIER:
        application.targets.save(
            Target(
                id="", unit_code="", year=0, period=period, level="commune", indicator="share_signed", at_least=9000,
                measured="percent",
            )
        )  # fmt: skip
        for indicator in BY_AREA:
            application.targets.save(
                Target(
                    id="", unit_code="", year=0, period=period, level="area", indicator=indicator, at_least=2,
                    measured="percent" if indicator.startswith("share") else "count",
                )
            )  # fmt: skip
    return Lived(areas, homes)


def told(application: Application) -> list[object]:
    """Return all that is said of the earlier periods: figures, sentences, annexes, targets."""
    contents = [application.periodic_reports.view_of(period).content for period in EARLIER]
    return [
        contents,
        [application.period_figures.amounts(period) for period in EARLIER],
        application.targets.rows(2026),
    ]


def merge(application: Application, lived: Lived) -> str:
    two = [lived.areas["Thôn Đông"], lived.areas["Thôn Tây"]]
    return application.territory.merge(two, "Thôn Đông Tây", "thôn", CHANGED, "NQ 15").record.id


def split(application: Application, lived: Lived) -> None:
    second = [home.id for home in lived.homes["Thôn Đông"][1:]]
    application.territory.split(lived.areas["Thôn Đông"], [("Thôn Một", []), ("Thôn Hai", second)], CHANGED)


def lines(application: Application, period: str) -> dict[str, int | None]:
    return {line.name: line.households for line in application.periodic_reports.view_of(period).content.areas}


@pytest.mark.parametrize("change", [merge, split])
def test_earlier_periods_are_told_as_before_the_change(
    application: Application, lived: Lived, change: Callable[[Application, Lived], object]
) -> None:
    before = told(application)
    change(application, lived)
    assert told(application) == before
    quarter = application.period_figures.amounts("2026-Q3")
    assert {str(quarter[name]) for name in ("areas", "areas_with_model", "areas_with_team", "units")} == {
        "3",
        "2",
    }
    assert lines(application, "2026-Q3") == {"Thôn Đông": 3, "Thôn Nam": 1, "Thôn Tây": 2}


def test_what_is_later_is_told_of_the_new_areas(application: Application, lived: Lived) -> None:
    merge(application, lived)
    year = application.period_figures.amounts("2026")
    assert [year[name] for name in ("areas", "areas_with_model", "areas_with_team", "units")] == [2, 2, 2, 2]
    assert lines(application, "2026") == {"Thôn Đông Tây": 5, "Thôn Nam": 1}


def test_a_signed_report_stays_in_agreement(application: Application, lived: Lived) -> None:
    reports = application.periodic_reports
    for period in ("2026-Q1", "2026-Q2", "2026-Q3"):
        reports.sign_off(reports.start(period).record.id)
    merge(application, lived)
    assert {period: found for period, found in reports.disagreeing(2026).items() if found} == {}


def test_two_changes_in_a_row_are_both_remembered(application: Application, lived: Lived) -> None:
    before = [lines(application, period) for period in EARLIER]
    merged = application.territory.merge(
        [lived.areas["Thôn Đông"], lived.areas["Thôn Tây"]], "Thôn Giữa", "thôn", date(2026, 4, 1)
    ).record
    application.territory.merge([merged.id, lived.areas["Thôn Nam"]], "Thôn Cả", "thôn", CHANGED)
    assert lines(application, "2026-Q1") == before[0]
    assert lines(application, "2026-Q3") == {"Thôn Giữa": 5, "Thôn Nam": 1}
    assert lines(application, "2026") == {"Thôn Cả": 6}


def test_a_household_put_into_the_other_part_later_keeps_its_past(
    application: Application, lived: Lived
) -> None:
    before = told(application)
    split(application, lived)
    other = {row.name: row.id for row in application.territory.areas(CHANGED)}["Thôn Hai"]
    home = application.households.get(lived.homes["Thôn Đông"][0].id)
    application.households.save(replace(home, area_id=other))
    assert told(application) == before
    assert lines(application, "2026")["Thôn Hai"] == 3


def test_a_household_that_was_in_a_wrong_area_was_never_there(application: Application, lived: Lived) -> None:
    merge(application, lived)
    home = application.households.get(lived.homes["Thôn Đông"][0].id)
    application.households.save(replace(home, area_id=lived.areas["Thôn Nam"]))
    assert lines(application, "2026-Q3") == {"Thôn Đông": 2, "Thôn Nam": 2, "Thôn Tây": 2}


def test_a_day_before_the_change_and_the_day_itself(application: Application, lived: Lived) -> None:
    merge(application, lived)
    campaign = application.commitments.yearly()
    with application.commitments._store.reading() as work:
        eve, day = (
            {row.area_name: row.living for row in status(work, campaign.id, on)}
            for on in (date(2026, 9, 30), CHANGED)
        )
    assert eve == {"Thôn Đông": 3, "Thôn Nam": 1, "Thôn Tây": 2}
    assert day == {"Thôn Đông Tây": 5, "Thôn Nam": 1}


def test_the_journal_names_the_areas_before(application: Application, lived: Lived) -> None:
    merge(application, lived)
    home = lived.homes["Thôn Tây"][0]
    (line,) = application.journal.page(JournalFilter(entity_id=home.id, action="merged"), Window())
    names = application.journal.names(words.referred(line.changes))
    assert list(words.readable(line.entity, line.changes, names)) == [
        ("Khu dân cư", "Thôn Tây", "Thôn Đông Tây"),
        ("Khu dân cư trước đây", "", "Thôn Tây: 30/09/2026"),
    ]
