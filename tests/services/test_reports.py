"""The yearly report and the dashboard say the same, and every sum equals its lines."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from antq_desktop.documents.form_files import load_form
from antq_desktop.documents.records import read_record
from antq_desktop.documents.spreadsheet_out import write_workbook
from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.households import Household
from antq_desktop.domain.indicators import count_of, parse_indicators
from antq_desktop.domain.periods import UnknownPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.services.application import Application
from antq_desktop.services.assessments import Given
from antq_desktop.services.report_workbook import sheets
from antq_desktop.services.reports import form_record, share_text
from antq_desktop.services.yearly_report import YearlyReport

INDICATORS = read_shipped("indicators", parse_indicators)
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
) -> YearlyReport:
    """Return the report of a small commune in which everything happened at least once."""
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
    return application.reports.yearly()


def test_an_empty_commune_has_a_report_of_zeros(application: Application) -> None:
    report = application.reports.yearly()
    assert report.areas == ()
    assert share_text(report.share_signed) == "—"
    assert report.amounts["share_signed"] == Ratio(0, 0)
    assert (report.heading.agency_in_text, report.made_on) == ("Công an xã Kim Bôi", date(2026, 11, 20))


def test_each_area_has_its_line(year: YearlyReport) -> None:
    first, second, third = year.areas
    assert [line.name for line in year.areas] == ["Khu Bo", "Xóm Bãi Chạo", "Xóm Mớ Đá"]
    assert (first.households, first.result, first.share) == (0, None, Ratio(0, 0))
    assert (second.households, second.people, second.signed, second.models, second.activities) == (
        3,
        9,
        3,
        1,
        3,
    )
    assert (second.result, second.decision_number, second.certificate) == ("met", "412/QĐ-UBND", 1)
    assert (third.households, third.people, third.signed, third.absent, third.refused) == (2, 0, 0, 1, 1)
    assert (third.models, third.activities, third.result, third.certificate) == (0, 0, None, None)


def test_an_assessment_that_is_not_finished_has_no_result_yet(
    application: Application, area: ResidentialArea, answered: Callable[[str], SelfAssessment]
) -> None:
    assert answered(area.id).result == "not_met"
    report = application.reports.yearly()
    assert (report.areas[0].result, report.amounts["areas_assessed"]) == (None, 0)


def test_the_lines_add_up_to_the_figures_of_the_dashboard(
    application: Application, year: YearlyReport
) -> None:
    figures = application.reports.amounts()
    assert year.amounts == figures
    assert sum(line.households for line in year.areas) == figures["households_living"] == 5
    assert sum(line.signed for line in year.areas) == figures["households_signed"] == 3
    assert sum(line.models for line in year.areas) + year.commune_models == figures["models_working"] == 2
    assert sum(line.activities for line in year.areas) + year.commune_activities == year.activities == 4
    assert sum(line.activities for line in year.models) == year.activities
    assert sum(line.sites or 0 for line in year.models) == figures["model_sites"] == 7
    assert sum(line.activities for line in year.kinds) == year.activities
    assert (
        figures["areas"],
        figures["areas_registered"],
        figures["areas_met"],
        figures["areas_recognised"],
    ) == (
        3,
        1,
        1,
        1,
    )


def test_models_that_no_longer_work_show_their_activities_only(year: YearlyReport) -> None:
    assert [(line.name, line.sites, line.groups, line.activities) for line in year.models] == [
        ("Camera an ninh", 5, 0, 1),
        ("Tổ liên gia", 2, 3, 2),
        ("Tổ tuần tra", None, None, 1),
    ]
    assert dict(year.models_by_state) == {"proposed": 1, "working": 2, "paused": 0, "closed": 1}


def test_activities_count_from_the_first_to_the_last_day_of_the_period(
    application: Application, year: YearlyReport
) -> None:
    assert (year.period.days.first, year.period.days.last) == (date(2025, 12, 15), date(2026, 12, 14))
    meeting, patrol = year.kinds
    assert (meeting.activities, [count for _unit, count in meeting.quantities]) == (3, [5, 120])
    assert (patrol.activities, [count for _unit, count in patrol.quantities]) == (1, [4])
    # The day before belongs to the year before, and a quarter takes only its own.
    assert count_of(application.reports.amounts("2025"), "activity_count") == 1
    assert count_of(application.reports.amounts("2026-Q1"), "activity_count") == 2
    application.settings.put_all({"report.cut_off_day": 1, "report.cut_off_months_before": 0})
    assert count_of(application.reports.amounts("2025"), "activity_count") == 2
    with pytest.raises(UnknownPeriod):
        application.reports.amounts("năm nay")


def test_a_report_is_the_same_after_what_changes_nothing(
    application: Application, year: YearlyReport
) -> None:
    home = application.households.find("anh")[0]
    assert not application.households.save(application.households.get(home.id)).changes
    campaign = application.commitments.yearly()
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))
    assert application.reports.yearly() == year


def test_households_of_a_merged_area_are_in_the_sum_of_an_older_year(
    application: Application, year: YearlyReport, area: ResidentialArea
) -> None:
    other = next(row for row in application.territory.areas() if row.name == "Xóm Mớ Đá")
    application.territory.merge([area.id, other.id], "Xóm Bãi Đá", "xóm", date(2026, 11, 20))
    report = application.reports.yearly(2025)
    assert sum(line.households for line in report.areas) == report.amounts["households_living"] == 5


def test_the_form_takes_the_report_as_it_is(year: YearlyReport) -> None:
    record = form_record(year, INDICATORS)
    scope = read_record(load_form("yearly-report"), record, frozenset())
    assert (record["signed_share"], record["model_count"], record["activity_count"]) == ("60 %", 2, 4)
    assert [row["decision"] for row in record["units"]] == ["—", "412/QĐ-UBND ngày 18/11/2026", "—"]  # type: ignore[attr-defined]
    assert [row["result"] for row in record["units"]] == ["Chưa đánh giá", "Đạt", "Chưa đánh giá"]  # type: ignore[attr-defined]
    assert [row["name"] for row in record["models"]][2] == "Tổ tuần tra (đã kết thúc)"  # type: ignore[attr-defined]
    assert len(scope.rows("areas")) == 3


def test_the_workbook_holds_the_same_counts(year: YearlyReport, tmp_path: Path) -> None:
    write_workbook(sheets(year), tmp_path / "report.xlsx")
    book = load_workbook(tmp_path / "report.xlsx")
    assert book.sheetnames == ["Khu dân cư", "Mô hình tự quản", "Hoạt động của mô hình"]
    cells = list(book["Khu dân cư"].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(cells) if row[0] == "TT")
    assert cells[head + 2][:10] == (2, "Xóm Bãi Chạo", 3, 9, 3, 1, 0, 0, 1, 3)
    assert cells[head + 2][10:] == ("Đạt", "412/QĐ-UBND ngày 18/11/2026", "01/GCN")
    assert cells[head + 4][8:10] == (1, 1), "models of the whole commune have a line of their own"
    quantities = [
        row[1:4]
        for row in book["Hoạt động của mô hình"].iter_rows(values_only=True)
        if isinstance(row[3], int)
    ]
    assert [count for _kind, _unit, count in quantities] == [5, 120, 4]


def test_a_share_is_never_rounded_up_to_all(year: YearlyReport, tmp_path: Path) -> None:
    almost = replace(year, areas=(replace(year.areas[1], households=20_000, signed=19_999),))
    write_workbook(sheets(almost), tmp_path / "report.xlsx")
    cells = list(load_workbook(tmp_path / "report.xlsx")["Khu dân cư"].iter_rows(values_only=True))
    assert next(row[5] for row in cells if row[0] == 1) == 0.9999
    assert form_record(almost, INDICATORS)["areas"][0]["share"] == "99,99 %"  # type: ignore[index]


def test_units_of_every_kind_stand_in_the_report(
    application: Application, year: YearlyReport, good_answers: Callable[..., dict[str, Given]]
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
    before = [line.name for line in year.units]
    report = application.reports.yearly()
    assert [line.name for line in report.units] == [*before, "THCS Kim Bôi"]
    assert (report.units[-1].kind, report.units[-1].result, report.units[-1].decision_number) == (
        "school",
        "met",
        None,
    )
    printed = form_record(report, INDICATORS)
    assert printed["unit_count"] == count_of(year.amounts, "units_registered") + 1
    assert printed["recognised_count"] == sum(line.decision_number is not None for line in report.units) == 1
    assert printed["units"][-1] == {"name": "THCS Kim Bôi", "result": "Đạt", "decision": "—"}  # type: ignore[index] # rows
