"""Agencies, enterprises, schools and the commune itself are assessed as residential areas are, each by its own article."""

from collections.abc import Callable
from datetime import date

import pytest

from antq_desktop.domain.assessment import NotFinished, SelfAssessment
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.unit_scope import UnitExcluded, UnitNotManaged
from antq_desktop.domain.units import Unit
from antq_desktop.domain.yearly_steps import Occurrence, YearStep
from antq_desktop.runtime.language import sentence
from antq_desktop.services.application import Application
from antq_desktop.services.results import Invalid
from antq_desktop.services.yearly.assessments import FiguresMoved, Given, UnitNotAssessed

Answers = Callable[..., dict[str, Given]]
ListUnit = Callable[..., Unit]
Assess = Callable[..., SelfAssessment]
DAY = date(2026, 11, 17)
ARTICLES = {"agency": "tt124-2021-dieu6", "enterprise": "tt124-2021-dieu6", "school": "tt124-2021-dieu7"}


@pytest.fixture
def agency(list_unit: ListUnit) -> Unit:
    return list_unit("agency", "Bưu điện Kim Bôi", "co-quan", has_party=True)


def take_step(
    application: Application, unit: tuple[str, str], step: str, on: date, *, part: int | None = None
) -> None:
    with application.assessments._store.writing("An") as work:
        work.save(
            YearStep(
                id=application.session.new_id(),
                unit_code=work.unit_code,
                unit_kind=unit[0],
                unit_id=unit[1],
                year=2026,
                step=step,
                on=on,
                part=part,
                whole=None if part is None else 40,
            )
        )
        work.commit()


def happen(application: Application, unit: tuple[str, str], item: str, on: date, count: int) -> None:
    with application.assessments._store.writing("An") as work:
        work.save(
            Occurrence(
                id=application.session.new_id(),
                unit_code=work.unit_code,
                unit_kind=unit[0],
                unit_id=unit[1],
                item=item,
                on=on,
                count=count,
                number="12/BB-CAX",
            )
        )
        work.commit()


@pytest.fixture
def assess(application: Application, good_answers: Answers) -> Assess:
    """Return what assesses a unit so that it is met; figures of the database stay as they are."""

    def assessed(unit_id: str, kind: UnitKind) -> SelfAssessment:
        draft = application.assessments.start(unit_id, unit_kind=kind).record
        given = good_answers(application.assessments.catalogue(draft.id), leave=draft.answers)
        application.assessments.answer_all(draft.id, given)
        return application.assessments.finalise(draft.id, DAY).record

    return assessed


def test_rows_hold_every_unit_of_the_year_by_kind(
    application: Application, area: ResidentialArea, list_unit: ListUnit
) -> None:
    list_unit("school", "THPT Kim Bôi", "trung-hoc-pho-thong")
    list_unit("school", "Tiểu học Kim Bôi", "tieu-hoc")
    list_unit("enterprise", "May Sơn Thủy", "lon", managed=False)
    list_unit("enterprise", "Xi măng Kim Bôi", "vua")
    list_unit("agency", "Kho bạc cũ", "co-quan", valid_to=date(2025, 11, 15))
    list_unit("agency", "Bưu điện Kim Bôi", "co-quan")
    rows = application.assessments.rows()
    assert [(row.unit_kind, row.unit_name) for row in rows] == [
        ("residential_area", "Xóm Bãi Chạo"),
        ("agency", "Bưu điện Kim Bôi"),
        ("enterprise", "Xi măng Kim Bôi"),
        ("school", "THPT Kim Bôi"),
        ("commune", "Xã Kim Bôi"),
    ]


@pytest.mark.parametrize(
    ("kind", "category"), [("agency", "co-quan"), ("enterprise", "lon"), ("school", "lien-cap")]
)
def test_a_listed_unit_is_assessed_by_the_article_of_its_kind(
    application: Application, list_unit: ListUnit, assess: Assess, kind: UnitKind, category: str
) -> None:
    unit = list_unit(kind, "Đơn vị thử", category)
    final = assess(unit.id, kind)
    assert (final.unit_kind, final.unit_id, final.catalogue_id) == (kind, unit.id, ARTICLES[kind])
    assert (final.state, final.result, final.assessed_on) == ("final", "met", DAY)
    (row,) = [row for row in application.assessments.rows() if row.unit_id == unit.id]
    assert (row.id, row.result) == (final.id, "met")


@pytest.mark.parametrize(
    ("kind", "category", "why"),
    [
        ("agency", "luc-luong-vu-trang", "lực lượng vũ trang"),
        ("enterprise", "sieu-nho", "siêu nhỏ"),
        ("school", "tieu-hoc", "tiểu học"),
    ],
)
def test_a_unit_that_article_1_leaves_out_is_refused_with_the_reason(
    application: Application, list_unit: ListUnit, kind: UnitKind, category: str, why: str
) -> None:
    unit = list_unit(kind, "Đơn vị thử", category)
    with pytest.raises(UnitExcluded) as refused:
        application.assessments.start(unit.id, unit_kind=kind)
    said = sentence(refused.value)
    assert "Đơn vị thử" in said
    assert why in said
    assert "Điều 1 khoản 2" in said


def test_a_unit_that_the_commune_does_not_manage_is_refused(
    application: Application, list_unit: ListUnit
) -> None:
    unit = list_unit("enterprise", "May Sơn Thủy", "lon", managed=False)
    with pytest.raises(UnitNotManaged) as refused:
        application.assessments.start(unit.id, unit_kind="enterprise")
    assert "Điều 10 khoản 1" in sentence(refused.value)


def test_a_unit_is_assessed_as_what_it_is_and_when_it_existed(
    application: Application, agency: Unit, list_unit: ListUnit
) -> None:
    for kind, key in (("school", agency.id), ("commune", "99999"), ("residential_area", agency.id)):
        with pytest.raises(NotFound):
            application.assessments.start(key, unit_kind=kind)  # type: ignore[arg-type] # kinds as a script types them
    young = list_unit("agency", "Trạm Y tế", "co-quan", valid_from=date(2025, 11, 16))
    with pytest.raises(UnitNotAssessed) as refused:
        application.assessments.start(young.id, 2025, "agency")
    assert (refused.value.facts["first"], refused.value.facts["last"]) == ("16/11/2024", "15/11/2025")
    assert application.assessments.start(young.id, 2026, "agency").record.year == 2026


def test_what_the_board_of_the_year_knows_is_filled_in(application: Application, agency: Unit) -> None:
    key = ("agency", agency.id)
    take_step(application, key, "resolution", date(2026, 1, 20))
    take_step(application, key, "registration", date(2026, 2, 5))
    take_step(application, key, "staff_told", date(2026, 3, 2), part=38)
    draft = application.assessments.start(agency.id, unit_kind="agency").record
    filled = {item: answer.value for item, answer in draft.answers.items()}
    assert filled == {
        "k1-nghi-quyet": date(2026, 1, 20),
        "k1-dang-ky": date(2026, 2, 5),
        "k1-pho-bien": Ratio(38, 40),
    }
    assert {answer.source for answer in draft.answers.values()} == {"database"}
    (behind,) = application.assessments.behind(draft.id, "k1-dang-ky")
    assert (behind.entity, behind.on) == ("year_steps", date(2026, 2, 5))

    # Silence is no statement: what nobody recorded stays open, and the officer may answer it himself.
    assert "k1-ke-hoach" in application.assessments.outcome(draft.id).unanswered
    answered = application.assessments.answer(draft.id, "k1-ke-hoach", date(2026, 2, 1)).record
    assert answered.answers["k1-ke-hoach"].source == "officer"

    changed = application.assessments.answer(draft.id, "k1-pho-bien", "40/40", "Hai người mới về").record
    answer = changed.answers["k1-pho-bien"]
    assert (answer.value, answer.filled, answer.reason) == (Ratio(40, 40), Ratio(38, 40), "Hai người mới về")


def test_no_resolution_is_needed_where_there_is_no_party_organisation(
    application: Application, agency: Unit, good_answers: Answers
) -> None:
    draft = application.assessments.start(agency.id, unit_kind="agency").record
    given = good_answers(application.assessments.catalogue(draft.id), leave=["k1-nghi-quyet"])
    application.assessments.answer_all(draft.id, given)
    outcome = application.assessments.outcome(draft.id)
    assert (outcome.result, outcome.unanswered) == ("met", ())
    application.assessments.answer(draft.id, "k1-khong-co-to-chuc-dang", value=None)
    with pytest.raises(NotFinished):
        application.assessments.finalise(draft.id, DAY)


def test_what_happened_is_counted_and_moves_a_draft(
    application: Application, area: ResidentialArea, good_answers: Answers
) -> None:
    key = ("residential_area", area.id)
    draft = application.assessments.start(area.id).record
    given = good_answers(application.assessments.catalogue())
    assert application.assessments.answer_all(draft.id, given).record.result == "met"

    happen(application, key, "k3-6", date(2026, 5, 4), 2)
    happen(application, key, "k3-6", date(2025, 10, 31), 5)  # before the period
    with pytest.raises(FiguresMoved):
        application.assessments.finalise(draft.id, DAY)
    answer = application.assessments.refresh(draft.id).record.answers["k3-6"]
    assert (answer.value, answer.filled) == (0, 2)
    assert [row.on for row in application.assessments.behind(draft.id, "k3-6")] == [date(2026, 5, 4)]
    assert application.assessments.answer(draft.id, "k3-6", value=None).record.result == "not_met"


@pytest.mark.parametrize(
    ("kind", "category"), [("agency", "co-quan"), ("enterprise", "vua"), ("school", "trung-hoc-co-so")]
)
def test_the_day_of_an_assessment_is_held_against_the_period_of_its_kind(
    application: Application, list_unit: ListUnit, good_answers: Answers, kind: UnitKind, category: str
) -> None:
    unit = list_unit(kind, "Đơn vị thử", category)
    draft = application.assessments.start(unit.id, unit_kind=kind).record
    application.assessments.answer_all(draft.id, good_answers(application.assessments.catalogue(draft.id)))
    with pytest.raises(Invalid) as refused:
        application.assessments.finalise(draft.id, date(2025, 11, 15))
    (finding,) = refused.value.findings
    assert (finding.code, finding.facts["day"]) == ("before-period", "16/11/2025")
    early = application.assessments.finalise(draft.id, date(2026, 11, 14))
    assert [finding.facts["day"] for finding in early.warnings] == ["15/11/2026"]


def test_the_commune_follows_from_its_units(
    application: Application, area: ResidentialArea, list_unit: ListUnit, assess: Assess
) -> None:
    school = list_unit("school", "THCS Kim Bôi", "trung-hoc-co-so")
    list_unit("school", "Tiểu học Kim Bôi", "tieu-hoc")  # left out, so no part of the whole
    take_step(application, ("school", school.id), "registration", date(2026, 2, 5))
    take_step(application, ("residential_area", area.id), "registration", date(2026, 2, 6))
    kind = next(iter(application.catalogues.models.kinds))
    application.community_models.save(
        CommunityModel(id="", unit_code="", kind=kind, name="Tổ liên gia", state=ModelState.WORKING)
    )
    draft = application.assessments.start("04978", unit_kind="commune").record
    values = {item: answer.value for item, answer in draft.answers.items()}
    assert values == {
        "k1-mo-hinh": 1,
        "k4-dang-ky": Ratio(2, 2),
        "k4-cong-nhan": Ratio(0, 2),
    }
    rows = application.assessments.behind(draft.id, "k4-cong-nhan")
    assert [(row.entity, row.name, row.counted) for row in rows] == [
        ("residential_areas", "Xóm Bãi Chạo", False),
        ("listed_units", "THCS Kim Bôi", False),
    ]

    application.recognitions.recognise(assess(school.id, "school").id, "412/QĐ-UBND", date(2026, 11, 18))
    refreshed = application.assessments.refresh(draft.id).record
    assert refreshed.answers["k4-cong-nhan"].value == Ratio(1, 2)
    rows = application.assessments.behind(draft.id, "k4-cong-nhan")
    assert [(row.name, row.counted) for row in rows if row.counted] == [("THCS Kim Bôi", True)]
    # One of two is 50 %, and 70 % are needed.
    verdicts = {reason.item: reason.verdict for reason in application.assessments.outcome(draft.id).reasons}
    assert (verdicts["k4-dang-ky"], verdicts["k4-cong-nhan"]) == ("met", "not_met")
