"""The annexes of the year's report and the figures of the dashboard say the same, and every sum equals its lines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.households import Household
from antq_desktop.domain.indicators import count_of
from antq_desktop.domain.periods import UnknownPeriod
from antq_desktop.domain.report_content import AreaFigures, ReportContent
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import Given

Settle = Callable[..., list[Household]]


def model(application: Application, name: str, area_id: str | None, **facts: object) -> CommunityModel:
    kind = next(iter(application.catalogues.models.kinds))
    plain = CommunityModel(
        id="",
        unit_code="",
        kind=kind,
        name=name,
        area_id=area_id,
        state=ModelState.WORKING,
        launched_on=date(2024, 5, 1),
    )
    return application.community_models.save(replace(plain, **facts)).record  # type: ignore[arg-type]


def content(application: Application, period: str = "2026") -> ReportContent:
    return application.periodic_reports.view_of(period).content


def hold(application: Application, of: CommunityModel, kind: str, on: date, **quantities: int) -> None:
    application.community_models.save_activity(
        ModelActivity(
            id="",
            unit_code="",
            model_id=of.id,
            kind=kind,
            on=on,
            quantities={unit.replace("_", "-"): count for unit, count in quantities.items()},
        )
    )


@pytest.fixture
def answered(
    application: Application, good_answers: Callable[..., dict[str, Given]]
) -> Callable[[str], SelfAssessment]:
    """Return what drafts the assessment of an area; all is answered well but the households, which are counted."""

    def made(area_id: str) -> SelfAssessment:
        draft = application.assessments.start(area_id).record
        catalogue = application.assessments.catalogue(draft.id)
        counted = [item.id for item in catalogue.items if item.filled_by == "share_signed"]
        return application.assessments.answer_all(draft.id, good_answers(catalogue, counted)).record

    return made


@pytest.fixture
def year(
    application: Application,
    area: ResidentialArea,
    settle: Settle,
    answered: Callable[[str], SelfAssessment],
) -> ReportContent:
    """Return what the year's report of a small commune says in which everything happened at least once."""
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    application.territory.add("Khu Bo", "khu", date(2026, 2, 1))
    first = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò", members=3)
    second = settle(other.id, "Hà Văn Dũng", "Lê Thị Em", members=None)
    campaign = application.commitments.yearly()
    for home in first:
        application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    application.commitments.record(second[0].id, campaign.id, CommitmentState.ABSENT)
    application.commitments.record(second[1].id, campaign.id, CommitmentState.REFUSED)

    group = model(application, "Tổ liên gia", area.id, sites=2, groups=3, members=40)
    camera = model(application, "Camera an ninh", None, sites=5, members=7)
    old = model(application, "Tổ tuần tra", area.id, sites=9, groups=9, members=9)
    meeting, patrol = list(application.catalogues.activities.kinds.values())[:2]
    units = {meeting.units[0]: 2, meeting.units[1]: 60}
    for day in (date(2025, 12, 14), date(2025, 12, 15), date(2026, 11, 1)):
        hold(application, group, meeting.id, day, **{unit.replace("-", "_"): n for unit, n in units.items()})
    hold(application, camera, patrol.id, date(2026, 4, 1), **{patrol.units[0].replace("-", "_"): 4})
    hold(application, old, meeting.id, date(2026, 1, 5), **{meeting.units[0].replace("-", "_"): 1})
    application.community_models.save(
        replace(old, state=ModelState.CLOSED, closed_on=date(2026, 6, 1), closed_reason="Sáp nhập")
    )
    model(application, "Dòng họ tự quản", other.id, state=ModelState.PROPOSED, sites=100)

    draft = answered(area.id)
    application.assessments.finalise(draft.id, date(2026, 11, 5))
    decision = application.recognitions.recognise(draft.id, "412/QĐ-UBND", date(2026, 11, 18)).record
    application.recognitions.issue(decision.id, date(2026, 11, 19))
    return content(application)


def test_an_empty_commune_has_no_lines(application: Application) -> None:
    empty = content(application)
    assert (empty.areas, empty.models, empty.kinds, empty.units) == ((), (), (), ())
    assert empty.sender.agency_in_text == "Công an xã Kim Bôi"


def test_each_area_has_its_line(year: ReportContent) -> None:
    first, second, third, commune = year.areas
    assert [line.name for line in (first, second, third)] == ["Khu Bo", "Xóm Bãi Chạo", "Xóm Mớ Đá"]
    assert (first.households, first.signed, first.result) == (0, 0, "Chưa đánh giá")
    assert second == AreaFigures(
        name="Xóm Bãi Chạo",
        households=3,
        people=9,
        signed=3,
        absent=0,
        refused=0,
        models=1,
        activities=3,
        result="Đạt",
        decision="412/QĐ-UBND ngày 18/11/2026",
    )
    assert (third.households, third.people, third.signed, third.absent, third.refused) == (2, 0, 0, 1, 1)
    assert (third.models, third.activities, third.result, third.decision) == (0, 0, "Chưa đánh giá", "—")
    assert (commune.name, commune.households) == (
        "Toàn địa bàn (mô hình không thuộc riêng khu dân cư nào)",
        None,
    )
    assert (commune.models, commune.activities) == (1, 1)


def test_an_assessment_that_is_not_finished_has_no_result_yet(
    application: Application, area: ResidentialArea, answered: Callable[[str], SelfAssessment]
) -> None:
    assert answered(area.id).result == "not_met"
    (line,) = content(application).areas
    assert (line.name, line.result) == (area.name, "Chưa đánh giá")


def test_the_lines_add_up_to_the_figures_of_the_dashboard(
    application: Application, year: ReportContent
) -> None:
    figures = application.period_figures.amounts()
    assert sum(line.households or 0 for line in year.areas) == figures["households_living"] == 5
    assert sum(line.signed or 0 for line in year.areas) == figures["households_signed"] == 3
    assert sum(line.models for line in year.areas) == figures["models_working"] == 2
    assert sum(line.activities for line in year.areas) == figures["activity_count"] == 4
    assert sum(line.activities for line in year.models) == figures["activity_count"]
    assert sum(line.sites or 0 for line in year.models) == figures["model_sites"] == 7
    assert sum(line.activities for line in year.kinds) == figures["activity_count"]
    assert [figures[name] for name in ("areas", "areas_registered", "areas_met", "areas_recognised")] == [
        3,
        1,
        1,
        1,
    ]


def test_models_that_no_longer_work_show_their_activities_only(year: ReportContent) -> None:
    assert [(line.name, line.sites, line.groups, line.activities) for line in year.models] == [
        ("Camera an ninh", 5, 0, 1),
        ("Tổ liên gia", 2, 3, 2),
        ("Tổ tuần tra (đã kết thúc)", None, None, 1),
    ]


def test_activities_count_from_the_first_to_the_last_day_of_the_period(
    application: Application, year: ReportContent
) -> None:
    report = application.periodic_reports.view_of("2026").report
    assert (report.first, report.last) == (date(2025, 12, 15), date(2026, 12, 14))
    meeting, patrol = year.kinds
    assert (meeting.activities, list(meeting.quantities.values())) == (3, [5, 120])
    assert (patrol.activities, list(patrol.quantities.values())) == (1, [4])
    # The day before belongs to the year before, and a quarter takes only its own.
    assert count_of(application.period_figures.amounts("2025"), "activity_count") == 1
    assert count_of(application.period_figures.amounts("2026-Q1"), "activity_count") == 2
    application.settings.put_all({"report.cut_off_day": 1, "report.cut_off_months_before": 0})
    assert count_of(application.period_figures.amounts("2025"), "activity_count") == 2
    with pytest.raises(UnknownPeriod):
        application.period_figures.amounts("năm nay")


def test_a_report_is_the_same_after_what_changes_nothing(
    application: Application, year: ReportContent
) -> None:
    home = application.households.find("anh")[0]
    assert not application.households.save(application.households.get(home.id)).changes
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    assert content(application) == year


@pytest.mark.usefixtures("year")
def test_households_of_a_merged_area_are_in_the_sum_of_an_older_year(
    application: Application, area: ResidentialArea
) -> None:
    other = next(row for row in application.territory.areas() if row.name == "Xóm Mớ Đá")
    application.territory.merge([area.id, other.id], "Xóm Bãi Đá", "xóm", date(2026, 11, 20))
    older = content(application, "2025")
    assert sum(line.households or 0 for line in older.areas) == older.figures["households_living"].now == 5


def test_units_of_every_kind_stand_in_the_report(
    application: Application, year: ReportContent, good_answers: Callable[..., dict[str, Given]]
) -> None:
    school = application.units.add("school", "THCS Kim Bôi", "trung-hoc-co-so").record
    application.units.add("enterprise", "Tạp hóa Bình", "sieu-nho")
    gone = application.units.add("agency", "Trạm cũ", "co-quan").record
    application.units.close(gone.id, date(2026, 3, 1), "Sáp nhập")
    key = UnitKey("school", school.id)
    application.year_board.record(key, 2026, "registration", date(2026, 2, 3))
    draft = application.assessments.start(school.id, 2026, "school").record
    application.assessments.answer_all(draft.id, good_answers(application.assessments.catalogue(draft.id)))
    application.assessments.finalise(draft.id, date(2026, 11, 16))
    now = content(application)
    assert [(line.name, line.result, line.decision) for line in now.units] == [
        ("Khu Bo", "Chưa đánh giá", "—"),
        ("Xóm Bãi Chạo", "Đạt", "412/QĐ-UBND ngày 18/11/2026"),
        ("Xóm Mớ Đá", "Chưa đánh giá", "—"),
        ("THCS Kim Bôi", "Đạt", "—"),
    ]
    assert now.units[:-1] == year.units
    registered = [said.figures["units_registered"].now for said in (year, now)]
    assert registered == [1, 2]
    assert now.figures["units_recognised"].now == 1
