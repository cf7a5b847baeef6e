"""What an assessment fills in, keeps and refuses."""

from collections.abc import Callable
from datetime import date

import pytest

from antq_desktop.domain.assessment import (
    AlreadyFinal,
    AnswerDoesNotFit,
    NotFinished,
    SelfAssessment,
    UnknownItem,
)
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.households import Household
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import Expected
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid, ReasonMissing
from antq_desktop.services.yearly.assessments import (
    AssessmentRecognised,
    FiguresMoved,
    Given,
    UnitNotAssessed,
)
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
Answers = Callable[..., dict[str, Given]]
HOUSEHOLDS = "k1-ho-dang-ky"
DAY = date(2026, 11, 5)


def areas_of(application: Application, year: int) -> list[AssessmentRow]:
    return [row for row in application.assessments.rows(year) if row.unit_kind == "residential_area"]


def sign(application: Application, *homes: Household) -> None:
    campaign = application.commitments.yearly()
    for home in homes:
        application.commitments.record(home.id, campaign.id, CommitmentState.SIGNED, date(2026, 3, 1))


@pytest.fixture
def homes(application: Application, area: ResidentialArea, settle: Settle) -> list[Household]:
    """Return three households of which two have signed."""
    found = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé", "Đinh Công Cò")
    sign(application, *found[:2])
    return found


@pytest.fixture
def met(
    application: Application, area: ResidentialArea, homes: list[Household], good_answers: Answers
) -> SelfAssessment:
    """Return a draft in which everything is answered well."""
    sign(application, homes[2])
    draft = application.assessments.start(area.id).record
    given = good_answers(application.assessments.catalogue(), leave=draft.answers)
    return application.assessments.answer_all(draft.id, given).record


def test_start_fills_the_share_of_households_that_signed(
    application: Application, area: ResidentialArea, homes: list[Household]
) -> None:
    draft = application.assessments.start(area.id).record

    answer = draft.answers[HOUSEHOLDS]
    assert (answer.value, answer.filled, answer.source) == (Ratio(2, 3), Ratio(2, 3), "database")
    assert (draft.year, draft.state, draft.result) == (2026, "draft", None)
    # One item below its mark is enough for the clause, however many are still open.
    clause = application.assessments.outcome(draft.id).clauses[0]
    assert (clause.clause, clause.verdict) == ("k1", "not_met")


def test_households_of_other_areas_and_those_that_moved_away_do_not_count(
    application: Application, area: ResidentialArea, homes: list[Household], settle: Settle
) -> None:
    other = application.territory.add("Xóm Mớ Đá", "xóm", date(2020, 1, 1)).record
    settle(other.id, "Hà Văn Dũng")
    (gone,) = settle(area.id, "Lê Thị Em")
    application.households.move_away_many([gone.id], date(2026, 5, 1))
    campaign = application.commitments.yearly()
    application.commitments.record(
        homes[2].id, campaign.id, CommitmentState.MOVED_AWAY, state_on=date(2026, 5, 1)
    )

    assert application.assessments.start(area.id).record.answers[HOUSEHOLDS].value == Ratio(2, 2)


def test_nothing_of_nothing_is_not_every_household(application: Application, area: ResidentialArea) -> None:
    draft = application.assessments.start(area.id).record
    reasons = {reason.item: reason.verdict for reason in application.assessments.outcome(draft.id).reasons}
    assert draft.answers[HOUSEHOLDS].value == Ratio(0, 0)
    assert reasons[HOUSEHOLDS] == "not_met"


def test_starting_twice_is_starting_once(application: Application, area: ResidentialArea) -> None:
    first = application.assessments.start(area.id)
    again = application.assessments.start(area.id)
    assert again.record == first.record
    assert first.changes.touches("self_assessments")
    assert not again.changes


def test_two_laptops_give_the_assessment_of_an_area_one_id(
    application: Application, area: ResidentialArea
) -> None:
    one = application.assessments.start(area.id, 2026).record
    other = application.assessments.start(area.id, 2025).record
    assert one.id != other.id
    store = application.assessments._store
    with store.writing("x") as work:
        work.delete(one, "the other laptop has never seen it")
        work.commit()
    assert application.assessments.start(area.id, 2026).record.id == one.id


def test_an_area_is_assessed_only_for_years_in_which_it_existed(application: Application) -> None:
    young = application.territory.add("Khu Bo", "khu", date(2025, 11, 1)).record
    assert application.assessments.start(young.id, 2026).record.year == 2026
    with pytest.raises(UnitNotAssessed) as refused:
        application.assessments.start(young.id, 2025)
    assert refused.value.facts["last"] == "31/10/2025"
    with pytest.raises(NotFound):
        application.assessments.start("no such area", 2026)


def test_rows_show_every_area_of_the_year_whether_assessed_or_not(application: Application) -> None:
    territory = application.territory
    kept = territory.add("Xóm Ráy", "xóm", date(2020, 1, 1)).record
    ends = [territory.add(name, "xóm", date(2020, 1, 1)).record for name in ("Xóm Ao", "Xóm Vẹ")]
    territory.merge([area.id for area in ends], "Xóm Ao Vẹ", "xóm", date(2026, 6, 1))
    territory.rename(kept.id, "Xóm Rây", date(2026, 11, 10))
    application.assessments.start(kept.id)

    rows = areas_of(application, 2026)
    assert [(row.unit_name, row.ended_on, row.state) for row in rows] == [
        ("Xóm Ao", date(2026, 5, 31), None),
        ("Xóm Ao Vẹ", None, None),
        # The name of the day on which the period ended, 31/10, not that of today.
        ("Xóm Ráy", None, "draft"),
        ("Xóm Vẹ", date(2026, 5, 31), None),
    ]
    names_after = [row.unit_name for row in areas_of(application, 2027)]
    assert names_after == ["Xóm Ao Vẹ", "Xóm Rây"]
    assert [row.ended_on for row in areas_of(application, 2025)] == [None, None, None]


def test_a_changed_figure_keeps_both_values_and_needs_a_reason(
    application: Application, area: ResidentialArea, homes: list[Household]
) -> None:
    draft = application.assessments.start(area.id).record
    with pytest.raises(Invalid) as refused:
        application.assessments.answer(draft.id, HOUSEHOLDS, "3/3", reason="  ")
    assert [finding.code for finding in refused.value.findings] == ["reason-missing"]
    assert application.assessments.get(draft.id) == draft

    changed = application.assessments.answer(
        draft.id, HOUSEHOLDS, "3/3", reason="Hộ thứ ba ký bổ sung ngày 30/3", evidence="  Danh sách  ký "
    ).record
    answer = changed.answers[HOUSEHOLDS]
    assert (answer.value, answer.filled, answer.source) == (Ratio(3, 3), Ratio(2, 3), "officer")
    assert (answer.reason, answer.evidence) == ("Hộ thứ ba ký bổ sung ngày 30/3", "Danh sách ký")

    back = application.assessments.answer(draft.id, HOUSEHOLDS, None).record.answers[HOUSEHOLDS]
    assert (back.value, back.source, back.reason) == (Ratio(2, 3), "database", None)


def test_refresh_brings_new_figures_and_leaves_what_was_changed_by_hand(
    application: Application, area: ResidentialArea, homes: list[Household], settle: Settle
) -> None:
    draft = application.assessments.start(area.id).record
    settle(area.id, "Hà Văn Dũng")
    assert application.assessments.refresh(draft.id).record.answers[HOUSEHOLDS].value == Ratio(2, 4)
    assert not application.assessments.refresh(draft.id).changes

    application.assessments.answer(draft.id, HOUSEHOLDS, "4/4", reason="Theo sổ giấy")
    settle(area.id, "Lê Thị Em")
    answer = application.assessments.refresh(draft.id).record.answers[HOUSEHOLDS]
    assert (answer.value, answer.filled, answer.reason) == (Ratio(4, 4), Ratio(2, 5), "Theo sổ giấy")


def test_answers_are_all_kept_or_none(application: Application, area: ResidentialArea) -> None:
    draft = application.assessments.start(area.id).record
    with pytest.raises(AnswerDoesNotFit):
        application.assessments.answer_all(
            draft.id, {"k2-chap-hanh": Given(value=True), "k3-1": Given("không")}
        )
    with pytest.raises(UnknownItem):
        application.assessments.answer(draft.id, "k9", value=True)
    assert application.assessments.get(draft.id).answers == draft.answers

    application.assessments.answer(draft.id, "k2-chap-hanh", value=True)
    assert "k2-chap-hanh" not in application.assessments.answer(draft.id, "k2-chap-hanh", None).record.answers


def test_a_met_assessment_is_finished_and_stays(application: Application, met: SelfAssessment) -> None:
    final = application.assessments.finalise(met.id, DAY)
    assert (final.record.state, final.record.result, final.record.assessed_on) == ("final", "met", DAY)
    assert final.warnings == ()
    assert application.assessments.get(met.id) == final.record
    with pytest.raises(AlreadyFinal):
        application.assessments.answer(met.id, "k3-1", value=0)
    with pytest.raises(AlreadyFinal):
        application.assessments.refresh(met.id)
    with pytest.raises(AlreadyFinal):
        application.assessments.finalise(met.id, DAY)


def test_one_event_of_clause_3_is_enough_to_fail(application: Application, met: SelfAssessment) -> None:
    application.assessments.answer(met.id, "k3-6", value=1)
    final = application.assessments.finalise(met.id, DAY).record
    assert final.result == "not_met"
    assert [reason.item for reason in final.reasons if reason.verdict == "not_met"] == ["k3-6"]


def test_an_open_item_keeps_an_assessment_from_being_finished(
    application: Application, met: SelfAssessment
) -> None:
    application.assessments.answer(met.id, "k4-van-ban-goc", None)
    with pytest.raises(NotFinished) as refused:
        application.assessments.finalise(met.id, DAY)
    assert refused.value.facts["item"] == "k4-van-ban-goc"


def test_a_figure_that_moved_is_looked_at_before_finishing(
    application: Application, met: SelfAssessment, settle: Settle
) -> None:
    settle(met.unit_id, "Hà Văn Dũng")
    with pytest.raises(FiguresMoved):
        application.assessments.finalise(met.id, DAY)
    application.assessments.refresh(met.id)
    assert application.assessments.finalise(met.id, DAY).record.result == "not_met"


@pytest.mark.parametrize(
    ("day", "code"), [(date(2026, 11, 21), "day-in-future"), (date(2025, 10, 31), "before-period")]
)
def test_the_day_of_an_assessment_lies_between_its_period_and_today(
    application: Application, met: SelfAssessment, day: date, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        application.assessments.finalise(met.id, day)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_finishing_before_the_period_is_over_is_remarked(
    application: Application, met: SelfAssessment
) -> None:
    written = application.assessments.finalise(met.id, date(2026, 10, 30))
    assert [finding.code for finding in written.warnings] == ["period-not-over"]
    assert written.record.state == "final"


def test_an_assessment_is_not_finished_before_the_day_of_an_answer(
    application: Application, met: SelfAssessment
) -> None:
    item = "k1-dang-ky"
    application.assessments.answer(met.id, item, date(2026, 3, 14), "Theo sổ")
    with pytest.raises(Invalid) as refused:
        application.assessments.finalise(met.id, date(2026, 3, 13))
    (finding,) = refused.value.findings
    assert (finding.field, finding.code, finding.facts["day"]) == (
        "assessed_on",
        "before-answer",
        "14/03/2026",
    )
    assert application.assessments.finalise(met.id, date(2026, 3, 14)).record.state == "final"


def test_reopening_needs_a_reason_and_ends_with_recognition(
    application: Application, met: SelfAssessment
) -> None:
    final = application.assessments.finalise(met.id, DAY).record
    with pytest.raises(ReasonMissing):
        application.assessments.reopen(met.id, " ")
    draft = application.assessments.reopen(met.id, "Ghi nhầm ngày nghị quyết").record
    assert (draft.state, draft.assessed_on, draft.answers) == ("draft", None, final.answers)
    (line,) = application.journal.page(JournalFilter(entity_id=met.id, action="reopened"), Window())
    assert line.note == "Ghi nhầm ngày nghị quyết"

    application.assessments.finalise(met.id, DAY)
    application.recognitions.recognise(met.id, "412/QĐ-UBND", date(2026, 11, 18))
    with pytest.raises(AssessmentRecognised) as refused:
        application.assessments.reopen(met.id, "Ghi nhầm")
    assert refused.value.facts["number"] == "412/QĐ-UBND"


def test_behind_a_share_stand_the_households_and_who_has_not_signed(
    application: Application, area: ResidentialArea, homes: list[Household]
) -> None:
    draft = application.assessments.start(area.id).record
    rows = application.assessments.behind(draft.id, HOUSEHOLDS)
    assert [(row.name, row.state, row.on, row.counted) for row in rows] == [
        ("Bùi Văn Ánh", "signed", date(2026, 3, 1), True),
        ("Quách Thị Bé", "signed", date(2026, 3, 1), True),
        ("Đinh Công Cò", "not_issued", None, False),
    ]
    figure = draft.answers[HOUSEHOLDS].value
    assert figure == Ratio(sum(row.counted for row in rows), len(rows))
    assert application.assessments.behind(draft.id, "k2-chap-hanh") == []
    with pytest.raises(UnknownItem):
        application.assessments.behind(draft.id, "k9")


def test_unseen_items_are_marked_by_their_catalogue(application: Application) -> None:
    unseen = [item.id for item in application.assessments.catalogue().items if not item.compared]
    assert unseen == ["k3-7", "k3-con-lai", "k4-van-ban-goc", "k5-van-ban-goc"]


def test_an_officer_says_why_an_item_holds_in_spite_of_what_was_recorded(
    application: Application, met: SelfAssessment
) -> None:
    assessments, key = application.assessments, UnitKey("residential_area", met.unit_id)
    application.year_board.record_occurrence(key, "k3-7", date(2026, 5, 4), 2, "12/BB-CAX")
    with pytest.raises(FiguresMoved):
        assessments.finalise(met.id, DAY)
    assert assessments.refresh(met.id).record.answers["k3-7"].filled == 2
    with pytest.raises(NotFinished) as refused:
        assessments.finalise(met.id, DAY)
    assert refused.value.facts["item"] == "k3-7"
    with pytest.raises(Invalid) as invalid:
        assessments.answer(met.id, "k3-7", value=met.answers["k3-7"].value)
    assert [(found.field, found.code) for found in invalid.value.findings] == [("k3-7", "reason-missing")]

    why = "Đã xử lý, không thuộc phạm vi"
    assessments.answer(met.id, "k3-7", value=met.answers["k3-7"].value, reason=why)
    final = assessments.finalise(met.id, DAY).record
    assert (final.result, final.answers["k3-7"].reason) == ("met", why)
    assert assessments.moved(met.id) == ()


def test_an_answer_taken_back_leaves_what_was_recorded_beside_it(
    application: Application, area: ResidentialArea
) -> None:
    draft = application.assessments.start(area.id).record
    key = UnitKey("residential_area", area.id)
    application.year_board.record_occurrence(key, "k3-7", date(2026, 5, 4), 1, "12/BB-CAX")
    # It is asked for at once, not only when the figures are filled in anew.
    holds = application.assessments.catalogue().item("k3-7")
    assert holds is not None
    assert holds.rule == Expected(yes=True)
    with pytest.raises(Invalid):
        application.assessments.answer(draft.id, "k3-7", value=True)
    application.assessments.answer(draft.id, "k3-7", value=False)
    back = application.assessments.answer(draft.id, "k3-7", None).record.answers["k3-7"]
    assert (back.value, back.filled, back.source) == (None, 1, "database")


def test_what_is_recorded_after_finishing_shows_that_the_result_no_longer_agrees(
    application: Application, met: SelfAssessment
) -> None:
    assert application.assessments.moved(met.id) == ()
    application.assessments.finalise(met.id, DAY)
    assert application.assessments.moved(met.id) == ()
    key = UnitKey("residential_area", met.unit_id)
    application.year_board.record_occurrence(key, "k3-7", date(2026, 5, 4), 1, "12/BB-CAX")
    application.year_board.record_occurrence(key, "k3-1", date(2026, 5, 4), 1, "13/BB-CAX")
    assert application.assessments.moved(met.id) == ("k3-1", "k3-7")
