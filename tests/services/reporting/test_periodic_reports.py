"""Reports of periods: figures beside other periods, drafts, signing off, corrections, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.domain.households import Household
from antq_desktop.domain.measures import Measures
from antq_desktop.domain.periodic_reports import (
    AlreadySignedOff,
    CorrectionBegun,
    DaysSignedOff,
    NothingInPeriod,
    NotSignedOff,
    PeriodicReport,
    PeriodNotBegun,
    ReportState,
    SignedTooEarly,
    UnknownSection,
)
from antq_desktop.domain.periods import Period, UnknownPeriod
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import ReportContent
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.reporting import report_agreement, report_gathering
from antq_desktop.services.reporting.periodic_paper import FigureRow, figure_rows
from antq_desktop.services.reporting.periodic_reports import ReportView
from antq_desktop.services.reporting.report_gathering import counted_again
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.results import remark as said
from antq_desktop.storage.queries.measures import measures
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.unit_of_work import Reading

Settle = Callable[..., list[Household]]


@pytest.fixture
def group(application: Application, area: ResidentialArea) -> CommunityModel:
    return application.community_models.save(
        CommunityModel(
            id="",
            unit_code="",
            kind=next(iter(application.catalogues.models.kinds)),
            name="Tổ liên gia",
            area_id=area.id,
            state=ModelState.WORKING,
            launched_on=date(2024, 5, 1),
            sites=2,
            groups=3,
            members=40,
        )
    ).record


@pytest.fixture
def hold(application: Application, group: CommunityModel) -> Callable[..., None]:
    """Return what records patrols of the model: ``hold(date(2026, 1, 5), …)``."""

    def held(*days: date) -> None:
        for day in days:
            application.community_models.save_activity(
                ModelActivity(
                    id="", unit_code="", model_id=group.id, kind="tuan-tra", on=day, quantities={"ca": 2}
                )
            )

    return held


@pytest.fixture
def signed_homes(application: Application, area: ResidentialArea, settle: Settle) -> list[Household]:
    """Return three households of which two signed in February 2026."""
    homes = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò")
    campaign = application.commitments.yearly().id
    for home in homes[:2]:
        application.commitments.record(home.id, campaign, CommitmentState.SIGNED, date(2026, 2, 1))
    return homes


@pytest.fixture
def year(hold: Callable[..., None], signed_homes: list[Household]) -> None:
    """Make a year in which patrols were held in four quarters."""
    hold(date(2025, 2, 1), date(2025, 10, 1), date(2025, 11, 3))
    hold(date(2025, 12, 15), date(2026, 1, 5), date(2026, 3, 14))
    hold(date(2026, 3, 15), date(2026, 7, 20))


def line(view: ReportView, indicator: str) -> FigureRow:
    return next(row for row in figure_rows(view.content) if row.indicator == indicator)


def wording(view: ReportView, section: str) -> str:
    return next(one.wording for one in view.content.sections if one.id == section)


def codes(view: ReportView) -> list[str]:
    return [warning.code for warning in view.warnings]


@pytest.mark.usefixtures("year")
def test_a_quarter_stands_beside_the_one_before_and_the_same_one_last_year(application: Application) -> None:
    view = application.periodic_reports.view_of("2026-Q1")
    assert (view.name, view.report.first, view.report.last) == (
        "quý I năm 2026",
        date(2025, 12, 15),
        date(2026, 3, 14),
    )
    patrols = line(view, "activity_count")
    assert (patrols.now, patrols.before, patrols.before_change) == ("3", "2", "+1")
    assert (patrols.last_year, patrols.last_year_change) == ("1", "+2")
    assert [(other.code, other.source) for other in (view.content.before, view.content.last_year)] == [
        ("2025-Q4", "counted"),
        ("2025-Q1", "counted"),
    ]
    share = line(view, "share_signed")
    assert (share.now, share.before, share.before_change) == ("66,66 %", "0 %", "+66,66")
    assert (
        "Các mô hình tổ chức 3 hoạt động, tăng 1 so với quý IV năm 2025, tăng 2 so với quý I năm 2025; "
        "trong đó 0 buổi sinh hoạt, 6 ca tuần tra"
    ) in wording(view, "hoat-dong")
    assert wording(view, "ngay-hoi") == "Trong kỳ không phát sinh."
    assert codes(view) == []


@pytest.mark.usefixtures("year")
def test_a_year_and_nine_months_stand_beside_one_other_period(application: Application) -> None:
    year, nine = (application.periodic_reports.view_of(code).content for code in ("2026", "2026-9M"))
    assert (year.before.code, year.last_year.code) == ("2025", "2025")
    assert (nine.before.code, nine.last_year.code) == ("", "2025-9M")
    text = next(one.wording for one in year.sections if one.id == "hoat-dong")
    assert text.count("so với năm 2025") == 1


def test_nothing_to_compare_with_is_said_in_words(
    application: Application, hold: Callable[..., None]
) -> None:
    hold(date(2026, 1, 5))
    view = application.periodic_reports.view_of("2026-Q1")
    assert (view.content.before.source, view.content.last_year.source) == ("none", "none")
    patrols = line(view, "activity_count")
    assert (patrols.before, patrols.before_change, patrols.last_year) == (
        "không có số liệu",
        "",
        "không có số liệu",
    )
    assert "so với" not in wording(view, "hoat-dong")
    assert line(view, "share_signed").now == "—"


@pytest.mark.usefixtures("year")
def test_the_lines_of_the_annexes_add_up_to_the_figures(application: Application) -> None:
    content = application.periodic_reports.view_of("2026").content
    figures = content.figures
    assert sum(line.households or 0 for line in content.areas) == figures["households_living"].now == 3
    assert sum(line.signed or 0 for line in content.areas) == figures["households_signed"].now == 2
    activities = figures["activity_count"].now
    assert sum(line.activities for line in content.areas) == activities == 5
    assert sum(line.activities for line in content.models) == activities
    assert sum(line.activities for line in content.kinds) == activities
    assert sum(line.models for line in content.areas) == figures["models_working"].now == 1


@pytest.mark.usefixtures("year")
def test_a_signed_report_is_frozen(application: Application, hold: Callable[..., None]) -> None:
    reports = application.periodic_reports
    draft = reports.start("2026-Q1").record
    assert reports.start("2026-q1").record == draft, "a draft that was begun is given back"
    before = reports.view(draft.id)
    signed = reports.sign_off(draft.id).record
    assert (signed.state, signed.signed_by, signed.signed_on) == (
        ReportState.SIGNED,
        "Bùi Văn An",
        date(2026, 11, 20),
    )
    hold(date(2026, 1, 6))
    application.settings.put("signer", "Người khác")
    after = reports.view(signed.id)
    assert after.content == before.content
    assert after.content.catalogue_sha256 == application.catalogues.indicators.sha256
    assert application.period_figures.amounts("2026-Q1")["activity_count"] == 4
    with pytest.raises(AlreadySignedOff, match="20/11/2026"):
        reports.put_text(signed.id, "hoat-dong", "Khác")
    with pytest.raises(AlreadySignedOff):
        reports.put_closing(signed.id, number="", remarks=(), tasks=())
    with pytest.raises(AlreadySignedOff):
        reports.sign_off(signed.id)
    with pytest.raises(AlreadySignedOff):
        reports.discard(signed.id, "Nhầm")
    with pytest.raises(AlreadySignedOff):
        reports.start("2026-Q1")


@pytest.mark.usefixtures("year")
def test_a_correction_is_a_new_edition_with_a_reason(
    application: Application, hold: Callable[..., None]
) -> None:
    reports = application.periodic_reports
    first = reports.sign_off(reports.start("2026-Q1").record.id, date(2026, 3, 16)).record
    hold(date(2026, 1, 6))
    with pytest.raises(ReasonMissing):
        reports.correct(first.id, "  ")
    second = reports.correct(first.id, "Ghi thiếu một buổi tuần tra").record
    assert (second.edition, second.state, second.content, second.signed_on) == (
        2,
        ReportState.DRAFT,
        None,
        None,
    )
    with pytest.raises(CorrectionBegun):
        reports.correct(first.id, "Lần nữa")
    with pytest.raises(NotSignedOff):
        reports.correct(second.id, "Lần nữa")
    assert reports.start("2026-Q1").record == second, "the correction is what is being written"
    row = reports.rows()[0]
    assert (row.state, row.report_id, row.edition, row.signed_on) == (
        "correcting",
        second.id,
        1,
        date(2026, 3, 16),
    )
    with pytest.raises(SignedTooEarly, match="16/03/2026"):
        reports.sign_off(second.id, date(2026, 3, 15))
    reports.sign_off(second.id)
    assert line(reports.view_of("2026-Q1"), "activity_count").now == "4"
    assert reports.view(second.id).content.replaces == date(2026, 3, 16)
    assert line(reports.view(first.id), "activity_count").now == "3", "the first edition is kept as it was"
    assert [edition.edition for edition in reports.editions("2026-Q1")] == [1, 2]


@pytest.mark.usefixtures("year")
def test_a_later_period_is_compared_with_what_was_signed(
    application: Application, hold: Callable[..., None]
) -> None:
    reports = application.periodic_reports
    reports.sign_off(reports.start("2026-Q1").record.id)
    hold(date(2026, 1, 6))  # entered too late for the report that went out
    view = reports.view_of("2026-Q2")
    assert view.content.before.source == "signed"
    assert (line(view, "activity_count").before, line(view, "activity_count").before_change) == ("3", "-2")


@pytest.mark.usefixtures("year")
def test_a_typed_paragraph_stands_in_place_of_the_written_one(
    application: Application, hold: Callable[..., None]
) -> None:
    reports = application.periodic_reports
    draft = reports.start("2026-Q1").record
    written = wording(reports.view(draft.id), "hoat-dong")
    reports.put_text(draft.id, "hoat-dong", "  Tuần tra đều các đêm.  ")
    view = reports.view(draft.id)
    section = next(one for one in view.content.sections if one.id == "hoat-dong")
    assert (section.wording, section.generated) == ("Tuần tra đều các đêm.", written)
    assert codes(view) == []
    hold(date(2026, 1, 6))
    assert codes(reports.view(draft.id)) == ["text-older-than-figures"]
    reports.put_text(draft.id, "hoat-dong", "")
    assert "4 hoạt động" in wording(reports.view(draft.id), "hoat-dong")
    with pytest.raises(UnknownSection) as caught:
        reports.put_text(draft.id, "khong-co", "…")
    assert "hoat-dong" in str(caught.value.facts["known"])


@pytest.mark.usefixtures("year")
def test_the_closing_is_kept_as_typed(application: Application) -> None:
    reports = application.periodic_reports
    draft = reports.start("2026-Q1").record
    kept = reports.put_closing(
        draft.id, number="24/BC-CAX", remarks=["Tốt ", "", "Còn hộ vắng"], tasks=["Ký bù"]
    ).record
    assert (kept.number, kept.remarks, kept.tasks) == ("24/BC-CAX", ("Tốt", "Còn hộ vắng"), ("Ký bù",))
    assert reports.get(draft.id) == kept


def test_a_period_without_anything_is_not_signed(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    settle(area.id, "Bùi Văn Ánh")
    draft = application.periodic_reports.start("2026-Q1").record
    assert codes(application.periodic_reports.view(draft.id)) == ["nothing-in-period"]
    with pytest.raises(NothingInPeriod, match="15/12/2025"):
        application.periodic_reports.sign_off(draft.id)
    assert application.periodic_reports.get(draft.id) == draft


def test_a_period_that_has_not_begun_or_is_none_is_refused(application: Application) -> None:
    with pytest.raises(PeriodNotBegun, match="15/12/2026"):
        application.periodic_reports.start("2027-Q1")
    with pytest.raises(UnknownPeriod):
        application.periodic_reports.view_of("2026-Q5")


@pytest.mark.usefixtures("year")
def test_a_report_is_not_signed_before_its_period_is_over(application: Application) -> None:
    draft = application.periodic_reports.start("2026-Q1").record
    with pytest.raises(SignedTooEarly, match="14/03/2026"):
        application.periodic_reports.sign_off(draft.id, date(2026, 3, 13))
    assert application.periodic_reports.sign_off(draft.id, date(2026, 3, 14)).record.signed_on == date(
        2026, 3, 14
    )


@pytest.mark.usefixtures("year")
def test_a_period_that_is_not_over_is_only_a_warning(application: Application) -> None:
    draft = application.periodic_reports.start("2026").record
    assert codes(application.periodic_reports.view(draft.id)) == ["period-not-over"]
    with pytest.raises(Invalid):
        application.periodic_reports.sign_off(draft.id, date(2026, 11, 21))
    assert [warning.code for warning in application.periodic_reports.sign_off(draft.id).warnings] == [
        "period-not-over"
    ]


@pytest.mark.usefixtures("year")
def test_days_that_were_signed_are_not_reported_twice(application: Application) -> None:
    reports = application.periodic_reports
    reports.sign_off(reports.start("2026-Q1").record.id)
    # A half year takes its quarters in: that is what it is for, and both agree.
    assert codes(reports.view_of("2026-H1")) == []
    begun = reports.start("2026-Q2").record
    application.settings.put_all({"report.cut_off_day": 1, "report.cut_off_months_before": 1})
    assert reports.view(begun.id).report.first == date(2026, 3, 1), "a draft follows the settings"
    assert "days-signed-off" in codes(reports.view(begun.id))
    with pytest.raises(DaysSignedOff, match=r"01/03/2026.*14/03/2026"):
        reports.sign_off(begun.id)
    reports.discard(begun.id, "Đổi ngày chốt")
    with pytest.raises(DaysSignedOff):
        reports.start("2026-Q2")
    correction = reports.correct(reports.editions("2026-Q1")[0].id, "Sai số").record
    assert (correction.first, correction.last) == (date(2025, 12, 15), date(2026, 3, 14)), "its days stay"


@pytest.mark.usefixtures("year")
def test_days_between_two_reports_are_not_left_out_in_silence(application: Application) -> None:
    reports = application.periodic_reports
    reports.sign_off(reports.start("2026-Q1").record.id)
    assert "days-in-no-report" not in codes(reports.view_of("2026-Q2"))
    application.settings.put_all({"report.cut_off_day": 1, "report.cut_off_months_before": 0})
    (remark,) = reports.start("2026-Q2").warnings
    assert (remark.code, remark.facts["first"], remark.facts["last"]) == (
        "days-in-no-report",
        "15/03/2026",
        "31/03/2026",
    )
    assert "days-in-no-report" in codes(reports.view_of("2026-Q2"))


@pytest.mark.usefixtures("year")
def test_the_list_tells_what_is_overdue(application: Application) -> None:
    reports = application.periodic_reports
    reports.sign_off(reports.start("2026-Q1").record.id)
    reports.start("2026-Q2")
    rows = {row.period: row for row in reports.rows()}
    assert list(rows) == ["2026-Q1", "2026-Q2", "2026-H1", "2026-Q3", "2026-9M", "2026-Q4", "2026-H2", "2026"]
    assert [(row.state, row.overdue) for row in rows.values()] == [
        ("signed", False),
        ("draft", True),
        ("none", True),
        ("none", True),
        ("none", True),
        ("none", False),
        ("none", False),
        ("none", False),
    ]
    assert [row.period for row in reports.rows(2027)] == []


@pytest.mark.usefixtures("year")
def test_every_figure_of_the_report_is_the_one_of_the_dashboard(application: Application) -> None:
    for code in ("2026", "2026-Q1", "2025-9M"):
        amounts = application.period_figures.amounts(code)
        figures = application.periodic_reports.view_of(code).content.figures
        assert {key: figure.now for key, figure in figures.items()} == {key: amounts[key] for key in figures}
    assert figures["share_signed"].now == Ratio(0, 3)


@pytest.mark.usefixtures("year")
def test_a_draft_that_is_discarded_leaves_a_reason(application: Application) -> None:
    draft = application.periodic_reports.start("2026-Q1").record
    with pytest.raises(ReasonMissing):
        application.periodic_reports.discard(draft.id, "")
    application.periodic_reports.discard(draft.id, "Chọn nhầm kỳ")
    assert application.periodic_reports.editions("2026-Q1") == []
    assert replace(application.periodic_reports.start("2026-Q1").record, id="", version={}) == replace(
        draft, id="", version={}
    )


@pytest.mark.usefixtures("year")
def test_a_signed_report_that_the_records_left_behind_is_marked(
    application: Application, hold: Callable[..., None]
) -> None:
    reports = application.periodic_reports
    signed = reports.sign_off(reports.start("2026-Q1").record.id).record
    assert reports.disagreeing() == {}
    assert reports.view(signed.id).differences == ()
    hold(date(2026, 2, 20))
    view = reports.view(signed.id)
    found = {one.name: (one.signed, one.now) for one in view.differences}
    figure = view.content.figures["activity_count"]
    assert isinstance(figure.now, int)
    assert found[figure.name] == (str(figure.now), str(figure.now + 1))
    assert reports.disagreeing() == {"2026-Q1": view.differences}
    # The half year is counted from the records: it names the quarter that says otherwise, and where.
    (remark,) = reports.view_of("2026-H1").warnings
    assert remark.code == "signed-disagrees"
    assert remark.facts["count"] == len(view.differences)
    assert "…." not in said(remark)
    assert said(remark).endswith("). Lập bản đính chính, hoặc giải thích ở phần nhận xét.")
    corrected = reports.sign_off(reports.correct(signed.id, "Bổ sung hoạt động").record.id).record
    assert reports.disagreeing() == {}
    assert reports.view(corrected.id).differences == ()
    assert reports.view(signed.id).differences == (), "the edition that was replaced is past"


@pytest.mark.usefixtures("year")
def test_signed_reports_are_compared_one_by_one_with_the_same_end(
    application: Application, hold: Callable[..., None]
) -> None:
    reports = application.periodic_reports
    for code in ("2026-Q1", "2026-Q2"):
        reports.sign_off(reports.start(code).record.id)
    hold(date(2026, 2, 20))
    assert reports.disagreeing() == {"2026-Q1": reports.differences("2026-Q1")}
    assert reports.differences("2026-Q2") == reports.differences("2026-Q3") == ()
    half = reports.view_of("2026-H1", compared=False)
    assert (half.beside, codes(half)) == (("2026-Q1", "2026-Q2"), [])
    first = reports.compare(half)
    assert (first.beside, codes(first)) == (("2026-Q2",), ["signed-disagrees"])
    assert reports.compare(first) == reports.view_of("2026-H1")
    signed = reports.view_of("2026-Q1", compared=False)
    assert (signed.beside, signed.differences) == (("2026-Q1",), ())
    assert reports.compare(signed) == reports.view_of("2026-Q1")


@pytest.mark.usefixtures("year")
def test_a_signed_report_is_compared_once_until_something_is_written_or_the_day_ends(
    application: Application, hold: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []

    def counting(work: Reading, report: PeriodicReport, *more: Any) -> ReportContent:
        counted.append(report.period)
        return counted_again(work, report, *more)

    monkeypatch.setattr(report_agreement, "counted_again", counting)
    reports = application.periodic_reports
    signed = reports.sign_off(reports.start("2026-Q1").record.id).record
    reports.disagreeing()
    reports.view(signed.id)
    reports.view_of("2026-H1")
    assert counted == ["2026-Q1"]
    hold(date(2026, 2, 20))
    assert "2026-Q1" in reports.disagreeing()
    assert len(counted) == 2
    monkeypatch.setattr(type(application.session), "today", lambda _session: date(2026, 12, 31))
    reports.disagreeing()
    assert len(counted) == 3


@pytest.mark.usefixtures("year")
def test_the_days_of_a_draft_are_counted_once_when_it_is_opened(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    days: list[Period] = []

    def counting(work: Reading, scope: Scope) -> Measures:
        days.append(scope.days)
        return measures(work, scope)

    monkeypatch.setattr(report_gathering, "measures", counting)
    view = application.periodic_reports.view_of("2026-Q2")
    assert days.count(view.report.days) == 1
    assert len(days) == len(set(days)) == 3, "its own, those before and those of last year"


@pytest.mark.usefixtures("year")
def test_what_stands_only_in_a_line_or_a_sentence_of_a_signed_report_is_marked_too(
    application: Application, group: CommunityModel, area: ResidentialArea
) -> None:
    found = application.community_models.save_activity(
        ModelActivity(
            id="",
            unit_code="",
            model_id=group.id,
            kind="giao-nop-vu-khi-phao",
            on=date(2026, 2, 3),
            quantities={"kg": 1},
        )
    ).record
    held = application.festival.save(
        FestivalDay(
            id="",
            unit_code="",
            year=2026,
            place="Nhà văn hóa",
            on=date(2026, 2, 8),
            area_ids=(area.id,),
            handed_in={"kg": 4, "gam": 2, "vien": 1},
        )
    ).record
    reports = application.periodic_reports
    signed = reports.sign_off(reports.start("2026-Q1").record.id).record
    assert "Giao nộp tại Ngày hội: 1 viên đạn, 4,002 kg pháo." in wording(reports.view(signed.id), "ngay-hoi")
    application.community_models.save_activity(replace(found, quantities={"kg": 900}))
    kind = application.catalogues.activities.kinds["giao-nop-vu-khi-phao"].name
    assert [one.words for one in reports.view(signed.id).differences] == [f"{kind}, kg pháo: 1 → 900"]
    application.festival.save(replace(held, handed_in={"kg": 5}))
    (_, sentence) = reports.view(signed.id).differences
    assert (sentence.signed, sentence.now) == ("1 viên đạn, 4,002", "5")


@pytest.mark.usefixtures("year")
def test_a_model_or_an_area_that_is_called_otherwise_now_leaves_a_signed_report_as_it_is(
    application: Application, group: CommunityModel, area: ResidentialArea
) -> None:
    reports = application.periodic_reports
    reports.sign_off(reports.start("2026-Q1").record.id)
    application.community_models.save(replace(group, name="Tổ liên gia tự quản"))
    application.territory.rename(area.id, "Thôn Khác", date(2026, 11, 1))
    assert reports.disagreeing() == {}


@pytest.mark.usefixtures("year")
def test_an_activity_in_a_signed_period_is_remarked_on(
    application: Application, group: CommunityModel
) -> None:
    reports = application.periodic_reports

    def codes_on(day: date) -> list[str]:
        activity = ModelActivity(
            id="", unit_code="", model_id=group.id, kind="tuan-tra", on=day, quantities={"ca": 7}
        )
        one = application.community_models.save_activity(activity).warnings
        (line,) = application.activities.save_lines([replace(activity, quantities={"ca": 8})]).lines
        assert [finding.code for finding in line.warnings] == [finding.code for finding in one]
        return [finding.code for finding in one]

    assert codes_on(date(2026, 2, 2)) == []
    reports.sign_off(reports.start("2026-Q1").record.id)
    assert codes_on(date(2026, 2, 3)) == ["day-signed-off"]
    assert codes_on(date(2026, 3, 14)) == ["day-signed-off"]
    assert codes_on(date(2026, 3, 15)) == []


@pytest.mark.usefixtures("year")
def test_the_number_of_the_paper_may_come_after_the_signature(application: Application) -> None:
    reports = application.periodic_reports
    signed = reports.sign_off(reports.start("2026-Q1").record.id).record
    numbered = reports.put_number(signed.id, " 12/BC-CAX ").record
    assert numbered == replace(signed, number="12/BC-CAX", version=numbered.version), "nothing else moves"
    assert [one.id for one in reports.editions("2026-Q1")] == [signed.id]
    assert reports.view(signed.id).report.number == "12/BC-CAX"
