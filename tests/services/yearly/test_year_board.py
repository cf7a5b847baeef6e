"""The year as a board: what is done, due or overdue, what follows from other records, what can be recorded and what not."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import event

from antq_desktop.domain.assessment import Answer
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.rules import AtMost, Expected, Present, ShareAtLeast, Within
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_scope import UnitExcluded, UnitNotManaged
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.domain.yearly_process import StepState, WrongDeadline
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.settings import SettingDoesNotFit
from antq_desktop.services.yearly.assessments import MOVED, Given, UnitNotAssessed
from antq_desktop.services.yearly.year_standing import BoardRow, state_name

Settle = Callable[..., list[Household]]
FEBRUARY = date(2026, 2, 3)


@pytest.fixture
def agency(application: Application) -> Unit:
    return application.units.add(
        "agency", "Đảng ủy xã", "co-quan", has_party=True, valid_from=date(2020, 1, 1)
    ).record


def key_of(area: ResidentialArea) -> UnitKey:
    return UnitKey("residential_area", area.id)


def step(application: Application, key: UnitKey, step_id: str, year: int = 2026) -> StepState:
    row = application.year_board.row(key, year)
    return next(state for state in row.steps if state.step.id == step_id)


def states(row: BoardRow) -> dict[str, str]:
    return {state.step.id: state.state for state in row.steps}


def sign(application: Application, home: Household, on: date) -> None:
    campaign = application.commitments.yearly(2026)
    application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, signed_on=on)


def assess(application: Application, key: UnitKey, *, met: bool = True) -> str:
    """Finish the assessment of a unit of 2026, with every item as it must be, or all of them not."""
    kept = application.assessments.start(key.id, 2026, key.kind).record
    given = {}
    for item in application.assessments.catalogue(kept.id).items:
        match item.rule:
            case Expected(yes):
                given[item.id] = Given(yes is met)
            case AtMost():
                given[item.id] = Given(0 if met else 1, reason="Theo sổ")
            case ShareAtLeast():
                given[item.id] = Given("2/2" if met else "0/2", reason="Theo sổ")
            case Within():
                given[item.id] = Given(date(2026, 3, 1) if met else date(2026, 6, 1), reason="Theo sổ")
            case Present():
                given[item.id] = Given("12/BC")
            case _:
                given[item.id] = Given(1 if met else 0, reason="Theo sổ")
    application.assessments.answer_all(kept.id, given)
    application.assessments.finalise(kept.id, date(2026, 11, 16))
    return kept.id


def test_the_board_of_an_empty_year_has_the_commune_alone(application: Application) -> None:
    (row,) = application.year_board.rows(2030)
    assert (row.key, row.name, row.excluded_why, row.overdue) == (
        UnitKey("commune", "04978"),
        "Xã Kim Bôi",
        None,
        0,
    )
    assert row.next is not None
    assert row.next.step.id == "resolution"
    assert {state.state for state in row.steps} == {"open"}


def test_a_unit_goes_through_its_year(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    """From the resolution to the certificate and its withdrawal: each step is done on its day, and the next one is named."""
    board, key = application.year_board, key_of(area)
    first, second = settle(area.id, "Bùi Thị Hoa", "Hà Văn Bé")

    def following() -> str | None:
        after = board.row(key, 2026).next
        return after.step.id if after else None

    assert following() == "resolution"
    board.record(key, 2026, "resolution", date(2026, 1, 12), number=" 03-NQ/CB ")
    board.record(key, 2026, "registration", FEBRUARY)
    done = step(application, key, "resolution")
    assert (done.state, done.on, done.number, done.source) == (
        "done",
        date(2026, 1, 12),
        "03-NQ/CB",
        "recorded",
    )

    assert following() == "households_registered"
    sign(application, first, date(2026, 3, 1))
    partly = step(application, key, "households_registered")
    assert (partly.state, partly.detail, partly.on) == ("overdue", "1/2", date(2026, 3, 1))
    sign(application, second, date(2026, 3, 14))
    through = step(application, key, "households_registered")
    assert (through.state, through.detail, through.on, through.source) == (
        "done",
        "2/2",
        date(2026, 3, 14),
        "derived",
    )

    assert following() == "self_assessment"
    assessment = assess(application, key)
    assert step(application, key, "self_assessment").on == date(2026, 11, 16)
    board.record(key, 2026, "meeting", date(2026, 11, 17), by="Ban công tác Mặt trận", outcome="agreed")
    for paper in ("result_report", "nomination_list"):
        board.record(key, 2026, paper, date(2026, 11, 17), number="9/BC")
    dossier = board.dossier(key, 2026)
    assert (dossier.complete, dossier.missing) == (False, ("Tờ trình đề nghị công nhận",))
    board.record(key, 2026, "submission_letter", date(2026, 11, 18), number="10/TTr")
    assert board.dossier(key, 2026).complete
    assert step(application, key, "dossier").on == date(2026, 11, 18)

    for paper in ("submitted", "appraised"):
        board.record(key, 2026, paper, date(2026, 11, 18), number="11", by="Công an xã")
    assert following() == "decision"
    decision = application.recognitions.recognise(assessment, "412/QĐ-UBND", date(2026, 11, 19)).record
    told = step(application, key, "decision")
    assert (told.number, told.on, told.by) == ("412/QĐ-UBND", date(2026, 11, 19), decision.decided_by)
    assert following() == "certificate"
    certificate = application.recognitions.issue(decision.id, date(2026, 11, 19)).record
    assert step(application, key, "certificate").number == "01/GCN"
    assert following() is None
    assert step(application, key, "withdrawn").state == "not_needed"
    application.recognitions.withdraw(certificate.id, date(2026, 11, 20), "In sai tên")
    gone = step(application, key, "withdrawn")
    assert (gone.state, gone.on, gone.detail) == ("done", date(2026, 11, 20), "In sai tên")


def test_recording_a_step_again_corrects_it(application: Application, agency: Unit) -> None:
    board, key = application.year_board, UnitKey("agency", agency.id)
    first = board.record(key, 2026, "staff_told", FEBRUARY, part=38, whole=40).record
    assert step(application, key, "staff_told").state == "overdue"
    again = board.record(key, 2026, "staff_told", date(2026, 3, 2), part=40, whole=40).record
    assert again.id == first.id
    assert step(application, key, "staff_told").state == "done"
    assert step(application, key, "staff_told", 2025).on is None
    assert board.taken(key, 2026) == {"staff_told": again}
    assert board.taken(key, 2025) == {}


def test_a_step_can_be_taken_back_with_a_reason_and_taken_again(
    application: Application, agency: Unit
) -> None:
    board, key = application.year_board, UnitKey("agency", agency.id)
    board.record(key, 2026, "registration", FEBRUARY)
    with pytest.raises(ReasonMissing):
        board.take_back(key, 2026, "registration", "")
    assert board.take_back(key, 2026, "registration", "Ghi nhầm đơn vị").touches("year_steps")
    assert step(application, key, "registration").state == "overdue"
    with pytest.raises(NotFound):
        board.take_back(key, 2026, "registration", "Lần nữa")
    board.record(key, 2026, "registration", FEBRUARY)
    assert step(application, key, "registration").state == "done"


@pytest.mark.parametrize(
    ("step_id", "on", "more", "code"),
    [
        ("registration", date(2026, 11, 21), {}, "day-in-future"),
        ("registration", date(2025, 10, 31), {}, "day-outside-year"),
        ("decision", FEBRUARY, {}, "step-not-recorded"),
        ("households_registered", FEBRUARY, {}, "step-not-recorded"),
        ("no-such-step", FEBRUARY, {}, "step-not-recorded"),
        ("staff_told", FEBRUARY, {}, "count-missing"),
        ("staff_told", FEBRUARY, {"part": 0, "whole": 0}, "nothing-to-count"),
        ("staff_told", FEBRUARY, {"part": 3, "whole": 2}, "part-above-whole"),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    application: Application, agency: Unit, *, step_id: str, on: date, more: dict[str, int], code: str
) -> None:
    key = UnitKey("agency", agency.id)
    before = states(application.year_board.row(key, 2026))
    with pytest.raises(Invalid) as wrong:
        application.year_board.record(key, 2026, step_id, on, **more)  # type: ignore[arg-type] # part and whole
    assert wrong.value.findings[0].code == code
    assert states(application.year_board.row(key, 2026)) == before


def test_a_unit_that_is_not_assessed_cannot_be_registered_and_says_why(application: Application) -> None:
    small = application.units.add("enterprise", "Tạp hóa Bình", "sieu-nho").record
    other = application.units.add("school", "THPT Kim Bôi", "trung-hoc-pho-thong", managed=False).record
    board = application.year_board
    with pytest.raises(UnitExcluded, match="Điều 1 khoản 2"):
        board.record(UnitKey("enterprise", small.id), 2026, "registration", FEBRUARY)
    with pytest.raises(UnitNotManaged):
        board.record(UnitKey("school", other.id), 2026, "registration", FEBRUARY)
    last = board.rows(2026)[-2:]
    assert [(row.name, row.steps, row.next, row.overdue) for row in last] == [
        ("Tạp hóa Bình", (), None, 0),
        ("THPT Kim Bôi", (), None, 0),
    ]
    assert "Điều 1 khoản 2" in str(last[0].excluded_why)
    assert board.dossier(UnitKey("enterprise", small.id), 2026).complete is False


def test_a_unit_that_is_not_there_in_the_year_takes_no_step(application: Application, agency: Unit) -> None:
    application.units.close(agency.id, date(2025, 6, 30), "Giải thể")
    with pytest.raises(UnitNotAssessed):
        application.year_board.record(UnitKey("agency", agency.id), 2026, "registration", FEBRUARY)
    for nobody in (UnitKey("agency", "x"), UnitKey("school", agency.id), UnitKey("commune", "99999")):
        with pytest.raises(NotFound):
            application.year_board.record(nobody, 2026, "registration", FEBRUARY)


def test_nothing_more_is_asked_of_a_unit_that_ended(application: Application, agency: Unit) -> None:
    key = UnitKey("agency", agency.id)
    application.year_board.record(key, 2026, "registration", FEBRUARY)
    assert application.year_board.row(key, 2026).overdue > 0
    application.units.close(agency.id, date(2026, 6, 30), "Giải thể")
    row = application.year_board.row(key, 2026)
    assert (row.ended_on, row.overdue, row.next) == (date(2026, 6, 30), 0, None)
    assert states(row)["registration"] == "done"
    assert set(states(row).values()) == {"done", "not_needed"}


def test_a_merged_area_is_not_late_for_what_came_before_it(
    application: Application, area: ResidentialArea
) -> None:
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    application.year_board.record(key_of(area), 2026, "registration", FEBRUARY)
    application.territory.merge([area.id, other.id], "Xóm Bãi Đá", "xóm", date(2026, 6, 1))
    rows = {row.name: row for row in application.year_board.rows(2026)}
    old, new = rows["Xóm Bãi Chạo"], rows["Xóm Bãi Đá"]
    assert (old.ended_on, old.overdue, old.next) == (date(2026, 5, 31), 0, None)
    assert states(old)["registration"] == "done"
    assert (states(new)["registration"], states(new)["resolution"]) == ("open", "open")
    assert states(new)["grading"] == "overdue"  # the deadline of November came after it began
    assert "Xóm Bãi Đá" not in {row.name for row in application.year_board.rows(2025)}


def test_a_unit_without_a_party_organisation_needs_no_resolution(
    application: Application, agency: Unit
) -> None:
    key = UnitKey("agency", agency.id)
    assert states(application.year_board.row(key, 2026))["resolution"] == "overdue"
    application.units.change(agency.id, has_party=False)
    assert states(application.year_board.row(key, 2026))["resolution"] == "not_needed"


def test_a_unit_that_does_not_meet_the_criteria_is_not_put_forward(
    application: Application, area: ResidentialArea
) -> None:
    assess(application, key_of(area), met=False)
    row = application.year_board.row(key_of(area), 2026)
    found = states(row)
    assert {found[name] for name in ("nomination_list", "dossier", "decision", "certificate")} == {
        "not_needed"
    }
    assert found["meeting"] == found["result_report"] == "open"
    told = next(state for state in row.steps if state.step.id == "self_assessment")
    assert (told.state, told.detail) == ("done", "Chưa đạt")


def test_what_happened_is_counted_on_the_board_and_fills_the_criterion(
    application: Application, area: ResidentialArea
) -> None:
    board, key = application.year_board, key_of(area)
    kept = board.record_occurrence(key, "k3-1", date(2026, 5, 4), 2, " 12/BB-CAX ").record
    later = board.record_occurrence(key, "k3-1", date(2026, 9, 1), 1, "15/BB").record
    assert [(o.count, o.number) for o in board.occurrences(key, 2026)] == [(2, "12/BB-CAX"), (1, "15/BB")]
    told = step(application, key, "occurrences")
    assert (told.state, told.detail, told.on) == ("open", "có 3 vụ", date(2026, 9, 1))

    assessment = application.assessments.start(area.id, 2026).record
    assert assessment.answers["k3-1"] == Answer(3, "database", 3)
    assert (
        "k3-2" not in assessment.answers or assessment.answers["k3-2"].value is None
    )  # silence is no statement
    shown = application.assessments.behind(assessment.id, "k3-1")
    assert [(row.name, row.on) for row in shown] == [
        ("12/BB-CAX", date(2026, 5, 4)),
        ("15/BB", date(2026, 9, 1)),
    ]

    changed = board.change_occurrence(kept.id, count=1).record
    assert (changed.count, changed.number, changed.item) == (1, "12/BB-CAX", "k3-1")
    board.remove_occurrence(later.id, "Ghi hai lần")
    assert step(application, key, "occurrences").detail == "có 1 vụ"
    commune = application.assessments.start("04978", 2026, "commune").record
    assert commune.answers["k3-1"].filled == 1  # what happens in an area happens in the commune


@pytest.mark.parametrize(
    ("item", "on", "count", "code"),
    [
        ("k1-dang-ky", date(2026, 5, 4), 1, "item-not-counted"),
        ("x", date(2026, 5, 4), 1, "item-not-counted"),
        ("k3-1", date(2026, 5, 4), 0, "count-too-low"),
        ("k3-1", date(2026, 11, 1), 1, "day-outside-year"),
        ("k3-1", date(2026, 12, 1), 1, "day-in-future"),
    ],
)
def test_an_occurrence_that_cannot_be_is_refused(
    application: Application, area: ResidentialArea, *, item: str, on: date, count: int, code: str
) -> None:
    with pytest.raises(Invalid) as wrong:
        application.year_board.record_occurrence(key_of(area), item, on, count, "1/BB")
    assert code in {finding.code for finding in wrong.value.findings}
    assert application.year_board.occurrences(key_of(area), 2026) == []


def test_an_occurrence_can_only_be_moved_within_its_year(
    application: Application, area: ResidentialArea
) -> None:
    kept = application.year_board.record_occurrence(key_of(area), "k3-1", date(2025, 12, 5), 1, "1/BB").record
    moved = application.year_board.change_occurrence(kept.id, on=date(2026, 10, 31)).record
    assert moved.on == date(2026, 10, 31)
    with pytest.raises(Invalid):
        application.year_board.change_occurrence(kept.id, on=date(2025, 10, 31))


def test_the_office_sets_deadlines_of_its_own(
    application: Application, area: ResidentialArea, clock: Callable[[], datetime]
) -> None:
    key = key_of(area)
    assert step(application, key, "submitted").deadline is None
    application.year_board.set_deadlines(
        {"residential_area.submitted": "11-19", "residential_area.meeting": "11-30"}
    )
    late = step(application, key, "submitted")
    assert (late.state, late.deadline) == ("overdue", date(2026, 11, 19))
    assert step(application, key, "meeting").state == "due"
    assert step(application, UnitKey("commune", "04978"), "submitted").deadline is None
    for wrong in ({"residential_area.nothing": "11-19"}, {"residential_area.meeting": "30/11"}):
        with pytest.raises(WrongDeadline):
            application.year_board.set_deadlines(wrong)
    with pytest.raises(SettingDoesNotFit):
        application.settings.put("deadlines", {"residential_area.meeting": "13-45"})
    application.year_board.set_deadlines({})
    assert step(application, key, "submitted").deadline is None


def test_a_household_paper_signed_late_is_done_and_late(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    (home,) = settle(area.id, "Bùi Thị Hoa")
    sign(application, home, date(2026, 5, 5))
    told = step(application, key_of(area), "households_registered")
    assert (told.state, told.late) == ("done", True)


def test_the_board_asks_the_database_as_often_for_three_hundred_units_as_for_one(
    application: Application, area: ResidentialArea
) -> None:
    engine = application.year_board._store.engine
    asked: list[str] = []

    def count(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    application.year_board.rows(2026)
    few = len(asked)
    for number in range(300):
        key = application.units.add("agency", f"Cơ quan {number}", "co-quan", has_party=True).record.id
        if number % 3 == 0:
            application.year_board.record(UnitKey("agency", key), 2026, "registration", FEBRUARY)
    asked.clear()
    rows = application.year_board.rows(2026)
    assert len(rows) == 302
    assert len(asked) <= few
    event.remove(engine, "before_cursor_execute", count)


def test_what_is_recorded_after_finishing_makes_the_assessment_the_next_step_again(
    application: Application, area: ResidentialArea
) -> None:
    key, board = key_of(area), application.year_board
    assess(application, key)
    before = step(application, key, "self_assessment")
    assert (before.state, before.detail) == ("done", "Đạt")
    assert step(application, key, "occurrences").state == "open"  # nothing recorded is nothing done

    kept = board.record_occurrence(key, "k3-7", date(2026, 5, 4), 2, "12/BB-CAX").record
    told = step(application, key, "self_assessment")
    assert (told.state, told.detail) == ("due", f"Đạt · {_(MOVED)}")
    assert step(application, key, "occurrences").detail == "có 2 vụ"

    board.remove_occurrence(kept.id, "Ghi nhầm")
    assert step(application, key, "self_assessment").state == "done"


def test_finished_assessments_are_looked_at_without_a_query_for_each(
    application: Application, area: ResidentialArea
) -> None:
    engine = application.year_board._store.engine
    asked: list[str] = []

    def count(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def assess_one(unit: ResidentialArea) -> int:
        assess(application, key_of(unit))
        application.year_board.record_occurrence(key_of(unit), "k3-7", date(2026, 5, 4), 1, "12/BB")
        event.listen(engine, "before_cursor_execute", count)
        asked.clear()
        application.year_board.rows(2026)
        event.remove(engine, "before_cursor_execute", count)
        return len(asked)

    few = assess_one(area)
    assert assess_one(application.territory.add("Xóm Ao", "xóm", date(2020, 1, 1)).record) == few


@pytest.mark.parametrize(
    ("name", "word"), [("meeting", "không thống nhất"), ("appraised", "chưa đủ điều kiện")]
)
def test_a_step_that_did_not_agree_is_not_done_and_is_next(
    application: Application, area: ResidentialArea, name: str, word: str
) -> None:
    key, board = key_of(area), application.year_board
    assess(application, key)
    board.record(key, 2026, name, date(2026, 11, 10), outcome="not_agreed")
    told = step(application, key, name)
    assert (told.state != "done", told.on, state_name(told)) == (True, date(2026, 11, 10), word)
    board.record(key, 2026, name, date(2026, 11, 12), outcome="agreed")
    assert step(application, key, name).state == "done"
