"""Targets of a year: progress, who is missing by name, and a forecast that says how it is made."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.periods import Period, UnknownPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.targets import Target
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.reporting.target_progress import forecast
from antq_desktop.services.results import Invalid, ReasonMissing

Settle = Callable[..., list[Household]]
QUARTER = Period(date(2025, 12, 15), date(2026, 3, 14))


def aim(indicator: str, at_least: int, **fields: Any) -> Target:
    plain: dict[str, Any] = {
        "id": "",
        "unit_code": "",
        "year": 0,
        "period": "2026-Q1",
        "level": "commune",
        "indicator": indicator,
        "measured": "percent",
        "at_least": at_least,
    }
    return Target(**plain | fields)


@pytest.fixture
def homes(application: Application, area: ResidentialArea, settle: Settle) -> list[Household]:
    """Return three households, two of them signed in time, in an area; one that did not in another."""
    found = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò")
    campaign = application.commitments.yearly().id
    for home, day in zip(found, (date(2026, 1, 5), date(2026, 3, 14), date(2026, 3, 15)), strict=True):
        application.commitments.record(home.id, campaign, CommitmentState.SIGNED, day)
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    return [*found, *settle(other.id, "Hà Văn Dũng")]


def test_progress_is_that_of_the_last_day_and_names_who_is_missing(
    application: Application, homes: list[Household]
) -> None:
    application.targets.save(aim("share_signed", 90_00, set_by="Kế hoạch 12/KH-CAX"))
    (row,) = application.targets.rows()
    assert (row.name, row.aim, row.amount, row.reached) == ("Tỷ lệ hộ đã ký cam kết", "90 %", "50 %", False)
    assert (row.part, row.whole, row.period_name, row.level_name) == (2, 4, "quý I năm 2026", "toàn địa bàn")
    assert [(one.entity, one.name) for one in row.missing] == [
        ("households", "Đinh Công Cò"),
        ("households", "Hà Văn Dũng"),
    ]
    assert {one.id for one in row.missing} == {homes[2].id, homes[3].id}
    assert row.forecast == "Kỳ đã kết thúc ngày 14/03/2026."
    assert application.targets.get(row.id).year == 2026


@pytest.mark.usefixtures("homes")
def test_each_area_can_have_to_reach_it_by_itself(application: Application) -> None:
    application.territory.add("Khu Bo", "khu", date(2020, 1, 1))  # nobody lives there: nothing to reach
    application.targets.save(aim("share_signed", 60_00, level="area"))
    (row,) = application.targets.rows()
    assert (row.part, row.whole, row.reached) == (1, 2, False)
    assert [(one.entity, one.name) for one in row.missing] == [("residential_areas", "Xóm Mớ Đá (0 %)")]
    assert row.amount == "1/2 khu dân cư đạt", "a share of areas is no share of households"


@pytest.mark.usefixtures("homes")
def test_a_number_is_reached_or_not_and_names_nobody(application: Application) -> None:
    for at_least in (2, 3):
        application.targets.save(
            aim(
                "households_signed", at_least, measured="count", period="2026-Q1" if at_least == 2 else "2026"
            )
        )
    first, second = application.targets.rows()
    assert [(row.amount, row.aim, row.reached) for row in (first, second)] == [
        ("2", "2", True),
        ("3", "3", True),
    ]
    assert first.missing == second.missing == ()


def test_nothing_of_nothing_is_not_reached(application: Application) -> None:
    application.targets.save(aim("share_signed", 100_00))
    application.targets.save(aim("share_signed", 100_00, level="area"))
    assert [(row.amount, row.reached) for row in application.targets.rows()] == [("—", False)] * 2


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (aim("share_signed", 100_01), "target-above-whole"),
        (aim("share_signed", 90, measured="count"), "target-not-percent"),
        (aim("households_signed", 90_00), "target-not-count"),
        (aim("share_signed", 0), "target-of-nothing"),
        (aim("activities", 3, measured="count"), "target-of-kinds"),
        (aim("khong-co", 90_00), "indicator-unknown"),
    ],
)
def test_a_target_that_cannot_be_is_refused(application: Application, target: Target, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        application.targets.save(target)
    assert [finding.code for finding in refused.value.findings] == [code]
    assert application.targets.rows() == []


def test_a_target_above_100_percent_says_why(application: Application) -> None:
    with pytest.raises(Invalid) as refused:
        application.targets.save(aim("share_signed", 120_00))
    assert "nhiều nhất là 100 %" in str(refused.value.facts["why"])


def test_one_figure_has_one_target_a_period(application: Application) -> None:
    kept = application.targets.save(aim("share_recognised", 70_00)).record
    with pytest.raises(Invalid) as refused:
        application.targets.save(aim("share_recognised", 90_00))
    assert refused.value.findings[0].code == "target-twice"
    application.targets.save(aim("share_recognised", 90_00, period="2026"))
    with pytest.raises(ReasonMissing):
        application.targets.delete(kept.id, "")
    application.targets.delete(kept.id, "Đổi kế hoạch")
    assert [row.aim for row in application.targets.rows()] == ["90 %"]
    with pytest.raises(UnknownPeriod):
        application.targets.save(aim("share_recognised", 90_00, period="sang năm"))


def test_the_usual_targets_come_once(application: Application) -> None:
    application.targets.save(aim("share_signed", 95_00))
    added = application.targets.add_usual().record
    usual = application.catalogues.usual_targets.targets
    assert len(added) == len(usual) - 1, "the one that was set by hand stays"
    assert application.targets.add_usual().record == ()
    rows = {row.indicator: row.aim for row in application.targets.rows()}
    assert rows["share_signed"] == "95 %"
    assert rows["share_recognised"] == "70 %"
    assert application.targets.rows(2025) == []


def test_the_forecast_goes_on_as_since_the_period_began() -> None:
    # 45 days of 90: what was gained comes once more.
    said = forecast(Ratio(0, 200), Ratio(60, 200), QUARTER, date(2026, 1, 28))
    assert "từ 0 lên 60 trong 45 ngày" in said
    assert "đến 14/03/2026 đạt 60 %" in said
    assert "không đoán trước được" in said
    assert "đạt 100 %" in forecast(Ratio(0, 200), Ratio(150, 200), QUARTER, date(2026, 1, 28))
    assert "đạt 14." in forecast(4, 9, QUARTER, date(2026, 1, 28))
    assert "đạt 0." in forecast(9, 4, QUARTER, date(2026, 1, 28))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 12, 14), "Kỳ bắt đầu từ 15/12/2025, chưa dự báo."),
        (date(2025, 12, 27), "Kỳ mới qua 13 ngày, còn ít để dự báo."),
        (date(2026, 3, 15), "Kỳ đã kết thúc ngày 14/03/2026."),
    ],
)
def test_no_forecast_where_it_would_mislead(today: date, said: str) -> None:
    assert forecast(0, 5, QUARTER, today) == said


@pytest.mark.usefixtures("homes")
def test_what_was_there_before_the_period_is_no_progress(application: Application, clock: Any) -> None:
    clock.at = datetime(2026, 5, 1, 5, 0, tzinfo=UTC)
    application.targets.save(aim("households_signed", 9, measured="count", period="2026-Q2"))
    (row,) = application.targets.rows()
    # Two had signed when the quarter began on 15/03, one signed on that day; 48 of 92 days have passed.
    assert "từ 2 lên 3 trong 48 ngày" in row.forecast
    assert "đạt 3." in row.forecast


@pytest.mark.usefixtures("homes")
def test_households_that_are_missing_are_told_apart_by_their_area(
    application: Application, area: ResidentialArea
) -> None:
    application.targets.save(aim("share_signed", 100_00))
    (row,) = application.targets.rows()
    assert {one.area for one in row.missing} == {area.name, "Xóm Mớ Đá"}
