"""What ships: every catalogue is sound, says what is known of the law and no more, and they all fit each other."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.activities import parse_activities
from antq_desktop.domain.assessment import Answer, evaluate, filled
from antq_desktop.domain.awards import parse_awards
from antq_desktop.domain.catalogue_statuses import status_counts
from antq_desktop.domain.catalogues import CatalogueHead
from antq_desktop.domain.commitments import parse_campaigns
from antq_desktop.domain.community_models import parse_models, parse_ratings
from antq_desktop.domain.criteria import Catalogue, Item, UnitKind, parse
from antq_desktop.domain.grading import grade, parse_grading
from antq_desktop.domain.indicators import Sum, parse_indicators
from antq_desktop.domain.indicators import evaluate as worked_out
from antq_desktop.domain.measures import NOTHING
from antq_desktop.domain.member_ratings import parse_team_ratings
from antq_desktop.domain.model_lifecycle import parse_lifecycle
from antq_desktop.domain.outreach import parse_outreach
from antq_desktop.domain.periods import assessment_period
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_layout import parse_layout
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, ShareAtLeast, Value, Within
from antq_desktop.domain.targets import parse_targets
from antq_desktop.domain.unit_facts import Figures
from antq_desktop.domain.unit_scope import parse_scope
from antq_desktop.domain.yearly_process import parse_process
from antq_desktop.runtime.catalogue_files import read, read_shipped
from antq_desktop.runtime.resources import RESOURCES

SHIPPED = RESOURCES / "catalogues"
PARSERS: dict[str, Callable[[Mapping[str, Any], str], CatalogueHead]] = {
    "tt124-2021-dieu4": parse,
    "tt124-2021-dieu5": parse,
    "tt124-2021-dieu6": parse,
    "tt124-2021-dieu7": parse,
    "tt124-2021-pham-vi": parse_scope,
    "tt124-quy-trinh": parse_process,
    "qd510-2022": parse_grading,
    "model-kinds": parse_models,
    "activity-kinds": parse_activities,
    "commitment-campaigns": parse_campaigns,
    "rating-scales": parse_ratings,
    "model-lifecycle": parse_lifecycle,
    "outreach-kinds": parse_outreach,
    "team-ratings": parse_team_ratings,
    "award-kinds": parse_awards,
    "indicators": parse_indicators,
    "periodic-report": parse_layout,
    "usual-targets": parse_targets,
}
CRITERIA = {name: read_shipped(name, parse) for name, parser in PARSERS.items() if parser is parse}
SCOPE = read_shipped("tt124-2021-pham-vi", parse_scope)
PROCESS = read_shipped("tt124-quy-trinh", parse_process)
INDICATORS = read_shipped("indicators", parse_indicators)
KINDS: tuple[UnitKind, ...] = get_args(UnitKind)
STEPS = {
    "resolution", "plan", "registration", "households_registered", "staff_told", "occurrences", "self_assessment", "meeting",
    "result_report", "nomination_list", "submission_letter", "dossier", "submitted", "appraised", "decision", "certificate",
    "grading", "withdrawn",
}  # fmt: skip


def figures(**counted: int) -> Figures:
    """Return the figures of a workspace in which so much was counted and nothing else."""
    return Figures(amounts=worked_out(INDICATORS, {**NOTHING, **counted}))


def test_every_shipped_file_is_read_here() -> None:
    assert {path.stem for path in SHIPPED.glob("*.toml")} == set(PARSERS)


@pytest.mark.parametrize("name", list(PARSERS))
def test_a_shipped_catalogue_is_sound_and_carries_the_hash_of_its_bytes(name: str) -> None:
    catalogue = read_shipped(name, PARSERS[name])
    assert catalogue.id == name
    assert catalogue.version
    assert catalogue.sha256 == hashlib.sha256((SHIPPED / f"{name}.toml").read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "items", "counts"),
    [
        ("tt124-2021-dieu4", [3, 1, 8, 1, 1], {"seen": 10, "press": 0, "inferred": 0, "unknown": 4}),
        ("tt124-2021-dieu5", [4, 10, 2, 2], {"seen": 15, "press": 0, "inferred": 0, "unknown": 3}),
        ("tt124-2021-dieu6", [7, 2, 3], {"seen": 8, "press": 0, "inferred": 0, "unknown": 4}),
        ("tt124-2021-dieu7", [1, 1, 1, 1, 1, 1], {"seen": 0, "press": 5, "inferred": 0, "unknown": 1}),
    ],
)
def test_criteria_say_what_is_known_and_no_more(name: str, items: list[int], counts: dict[str, int]) -> None:
    catalogue = CRITERIA[name]
    assert catalogue.in_force_from == date(2022, 2, 10)
    assert [len(clause.items) for clause in catalogue.clauses] == items
    assert status_counts([catalogue]) == {name: counts}
    assert all("văn bản gốc" in item.wording for item in catalogue.items if not item.compared)
    assert all(item.legal_basis.startswith("Điều") for item in catalogue.items)
    assert {clause.origin for clause in catalogue.clauses} == {"circular"}


def test_the_only_thresholds_are_those_that_anybody_has_seen() -> None:
    thresholds = {
        (name[-5:], item.id, item.rule)
        for name, catalogue in CRITERIA.items()
        for item in catalogue.items
        if isinstance(item.rule, ShareAtLeast | AtLeast | Within)
        or (isinstance(item.rule, AtMost) and item.filled_by is None)
    }
    quarter = Within((1, 1), (3, 31))
    assert thresholds == {
        ("dieu4", "k1-nghi-quyet", quarter),
        ("dieu4", "k1-dang-ky", quarter),
        ("dieu4", "k1-ho-dang-ky", ShareAtLeast(100)),
        ("dieu5", "k1-nghi-quyet", quarter),
        ("dieu5", "k1-ke-hoach", quarter),
        ("dieu5", "k1-dang-ky", quarter),
        ("dieu5", "k1-mo-hinh", AtLeast(1)),
        ("dieu5", "k3-ky-luat", AtMost(0)),
        ("dieu5", "k4-dang-ky", ShareAtLeast(100)),
        ("dieu5", "k4-cong-nhan", ShareAtLeast(70)),
        ("dieu6", "k1-nghi-quyet", quarter),
        ("dieu6", "k1-ke-hoach", quarter),
        ("dieu6", "k1-dang-ky", quarter),
        ("dieu6", "k1-pho-bien", ShareAtLeast(100)),
        ("dieu6", "k1-mo-hinh", AtLeast(1)),
    }


@pytest.mark.parametrize("name", ["tt124-2021-dieu4", "tt124-2021-dieu5"])
def test_what_must_not_happen_is_counted(name: str) -> None:
    counted = [item for item in CRITERIA[name].items if item.filled_by == "occurrences"]
    assert [item.id for item in counted] == [f"k3-{n}" for n in range(1, 7)]
    assert {item.rule for item in counted} == {AtMost(0)}
    assert {item.evidence for item in counted} == {"Số vụ, ngày, số văn bản; không ghi tên người"}


def test_an_occurrence_bears_the_same_id_at_the_area_and_at_the_commune() -> None:
    area, commune = CRITERIA["tt124-2021-dieu4"], CRITERIA["tt124-2021-dieu5"]
    assert {item.id for item in area.items if item.counted} == {
        item.id for item in commune.items if item.counted
    }


#: Answers to an item from the worst to the best.
def ladder(item: Item) -> list[Value]:
    match item.answer:
        case "yes_no":
            assert isinstance(item.rule, Expected)
            return [not item.rule.yes, item.rule.yes]
        case "count":
            return [2, 1, 0] if isinstance(item.rule, AtMost) else [0, 1, 2]
        case "share":
            return [Ratio(0, 0), Ratio(6999, 10_000), Ratio(7, 10), Ratio(10, 10)]
        case "date":
            return [date(2026, 12, 1), date(2026, 4, 1), date(2026, 3, 31)]
        case "document":
            return ["12/QC"]


def best(catalogue: Catalogue) -> dict[str, Answer]:
    return {item.id: Answer(ladder(item)[-1]) for item in catalogue.items}


@pytest.mark.parametrize("name", list(CRITERIA))
def test_a_unit_that_does_all_is_met_and_one_failure_is_enough(name: str) -> None:
    catalogue = CRITERIA[name]
    good = best(catalogue)
    assert evaluate(catalogue, good, 2026).result == "met"
    # Either of these two stands in for the other.
    spared = {"k1-khong-co-to-chuc-dang", "k1-nghi-quyet"} if name == "tt124-2021-dieu6" else set()
    for item in catalogue.items:
        if item.id not in spared and item.answer != "document":
            failed = evaluate(catalogue, {**good, item.id: Answer(ladder(item)[0])}, 2026)
            assert failed.result == "not_met", item.id
            assert [reason.item for reason in failed.reasons if reason.verdict == "not_met"] == [item.id]


@given(st.sampled_from(list(CRITERIA)), st.data())
def test_a_worse_answer_never_turns_not_met_into_met(name: str, data: st.DataObject) -> None:
    catalogue = CRITERIA[name]
    rungs = {
        item.id: data.draw(st.integers(max(0, len(ladder(item)) - 2), len(ladder(item)) - 1))
        for item in catalogue.items
    }
    turned = data.draw(st.sampled_from(catalogue.items))
    worse = {**rungs, turned.id: data.draw(st.integers(0, rungs[turned.id]))}

    def result(stand: dict[str, int]) -> str | None:
        answers = {item.id: Answer(ladder(item)[stand[item.id]]) for item in catalogue.items}
        return evaluate(catalogue, answers, 2026).result

    assert (result(rungs), result(worse)) != ("not_met", "met")


def test_an_agency_without_a_party_organisation_needs_no_resolution() -> None:
    catalogue = CRITERIA["tt124-2021-dieu6"]
    answers = best(catalogue)
    del answers["k1-nghi-quyet"]
    assert evaluate(catalogue, answers, 2026).result == "met"
    answers["k1-khong-co-to-chuc-dang"] = Answer(False)
    outcome = evaluate(catalogue, answers, 2026)
    assert (outcome.result, outcome.unanswered) == (None, ("k1-nghi-quyet",))


def test_the_commune_follows_from_its_units() -> None:
    catalogue = CRITERIA["tt124-2021-dieu5"]
    for registered, recognised, result in (
        (10_000, 7_000, "met"),
        (10_000, 6_999, "not_met"),
        (9_999, 9_999, "not_met"),
    ):
        known = filled(
            catalogue, figures(units=10_000, units_registered=registered, units_recognised=recognised)
        )
        known.pop("k1-mo-hinh")
        assert evaluate(catalogue, {**best(catalogue), **known}, 2026).result == result
    nobody = {key: answer for key, answer in filled(catalogue, figures()).items() if key.startswith("k4")}
    assert evaluate(catalogue, {**best(catalogue), **nobody}, 2026).result == "not_met"


def test_an_area_is_met_only_with_every_household() -> None:
    catalogue = CRITERIA["tt124-2021-dieu4"]
    for signed, result in ((120, "met"), (119, "not_met")):
        known = filled(catalogue, figures(households_living=120, households_signed=signed))
        assert known == {"k1-ho-dang-ky": Answer(Ratio(signed, 120), "database", Ratio(signed, 120))}
        assert evaluate(catalogue, {**best(catalogue), **known}, 2026).result == result
    assert evaluate(catalogue, {**best(catalogue), **filled(catalogue, figures())}, 2026).result == "not_met"


def test_the_first_version_of_article_4_and_its_answers_stay_readable(repository: Path) -> None:
    """An old catalogue lies in the workspace; what was answered under it must be worked out the same for good."""
    old = read(repository / "tests" / "services" / "catalogues" / "tt124-2021-dieu4-version-1.toml", parse)
    assert (old.version, CRITERIA["tt124-2021-dieu4"].version) == ("1", "2")
    answers = best(old)
    assert answers["k3-1"] == Answer(False)
    assert evaluate(old, answers, 2026).result == "met"
    assert evaluate(old, {**answers, "k3-1": Answer(True)}, 2026).result == "not_met"


@pytest.mark.parametrize("kind", KINDS)
def test_scope_and_criteria_and_periods_agree(kind: UnitKind) -> None:
    unit = SCOPE.units[kind]
    assert kind in CRITERIA[unit.criteria].unit_kinds
    for year in (2022, 2026, 2028):
        assert unit.period.of(year) == assessment_period(kind, year)


def test_each_kind_has_the_criteria_of_one_catalogue() -> None:
    kinds = [kind for catalogue in CRITERIA.values() for kind in catalogue.unit_kinds]
    assert sorted(kinds) == sorted(KINDS)


def test_what_article_1_leaves_out_is_left_out() -> None:
    excluded = {
        (kind, category.id)
        for kind, unit in SCOPE.units.items()
        for category in unit.categories.values()
        if category.excluded
    }
    assert excluded == {
        ("agency", "luc-luong-vu-trang"),
        ("enterprise", "nho"),
        ("enterprise", "sieu-nho"),
        ("school", "tieu-hoc"),
        ("school", "mau-giao"),
        ("school", "nha-tre"),
        ("school", "mam-non"),
    }
    for kind in ("agency", "enterprise", "school"):
        assert any(not category.excluded for category in SCOPE.units[kind].categories.values())


def test_the_steps_are_those_that_the_program_knows() -> None:
    assert {step.id for step in PROCESS.steps} == STEPS
    for step in PROCESS.steps:
        assert step.evidence in ("recorded", step.id)


@pytest.mark.parametrize("kind", KINDS)
def test_a_day_that_fills_a_criterion_is_a_step_of_that_kind(kind: UnitKind) -> None:
    wanted = {"resolution_day": "resolution", "plan_day": "plan", "registration_day": "registration", "staff_told": "staff_told"}  # fmt: skip
    for item in CRITERIA[SCOPE.units[kind].criteria].items:
        if item.filled_by in wanted:
            step = PROCESS.step(kind, wanted[item.filled_by])
            assert step is not None
            assert step.evidence == "recorded"
            assert ("count" in step.asks) == (item.answer == "share")
            assert step.deadline is not None
            assert step.deadline.of(2026) == date(2026, 3, 31)


def test_the_dates_of_the_other_decree_stand_only_on_its_own_step() -> None:
    other = {step.id for step in PROCESS.steps if "510" in step.legal_basis}
    assert other == {"grading"}
    deadlines = {(step.id, step.deadline.of(2026)) for step in PROCESS.steps if step.deadline}
    assert {day for step_id, day in deadlines if step_id != "grading"} == {date(2026, 3, 31)}
    # «Before 20/11» and «before 30/11»: the last day that is still in time.
    assert {day for step_id, day in deadlines if step_id == "grading"} == {
        date(2026, 11, 19),
        date(2026, 11, 29),
    }


def test_the_printed_form_of_a_step_is_there(repository: Path) -> None:
    forms = {path.parent.name for path in (repository / "forms").glob("*/form.toml")}
    assert {step.form for step in PROCESS.steps if step.form} <= forms


def test_nothing_is_graded_before_the_points_are_known() -> None:
    grading = read_shipped("qd510-2022", parse_grading)
    assert not grading.complete
    assert grade(grading, {"nhom-con-lai": 50}, "met") is None
    assert [band.name for band in grading.bands] == ["Xuất sắc", "Khá", "Trung bình", "Yếu"]


def test_about_forty_kinds_of_models_and_the_units_of_reports_are_there() -> None:
    models, activities = (
        read_shipped("model-kinds", parse_models),
        read_shipped("activity-kinds", parse_activities),
    )
    assert len(models.kinds) >= 40
    assert {"Tiếng kẻng an ninh", "Nhà trọ tự quản", "Câu lạc bộ 19/8"} <= {
        kind.name for kind in models.kinds.values()
    }
    named = {unit.name for unit in activities.units.values()}
    assert {"buổi", "ca", "lượt người", "tờ rơi", "vụ", "khẩu súng", "viên đạn", "kg pháo"} <= named
    used = {unit for kind in activities.kinds.values() for unit in kind.units}
    assert used == set(activities.units)


def test_a_model_can_go_through_its_whole_life() -> None:
    steps = read_shipped("model-lifecycle", parse_lifecycle).steps
    assert list(steps) == [
        "khao-sat", "ke-hoach", "quyet-dinh", "quy-che", "ra-mat", "so-ket", "tong-ket", "nhan-rong", "cung-co",
        "tam-dung", "thanh-loai",
    ]  # fmt: skip
    leads = {name: step.leads_to for name, step in steps.items() if step.leads_to is not None}
    assert leads == {"ra-mat": "working", "cung-co": "working", "tam-dung": "paused", "thanh-loai": "closed"}
    assert {name for name, step in steps.items() if step.needs_reason} == {
        "cung-co",
        "tam-dung",
        "thanh-loai",
    }
    assert all("closed" not in step.states for step in steps.values())


def test_only_the_best_and_the_worst_rating_call_for_something() -> None:
    scales = read_shipped("rating-scales", parse_ratings).scales
    calls = {name: [word.calls_for for word in scale.ratings.values()] for name, scale in scales.items()}
    assert calls == {
        "tot-trung-binh-yeu": ["replicate", "", "remove", ""],
        "hieu-qua": ["replicate", "remove", ""],
    }


def test_the_yearly_pledge_stands_first() -> None:
    kinds = list(read_shipped("commitment-campaigns", parse_campaigns).kinds.values())
    assert [kind.yearly for kind in kinds] == [True, False, False, False, False, False]
    assert all(kind.pledges for kind in kinds)


def test_every_measure_is_read_by_an_indicator_that_moves_with_it() -> None:
    """A measure that no indicator reads would be counted for nothing."""
    whole = {**NOTHING, "households_living": 9, "areas": 9, "units": 9}
    before = worked_out(INDICATORS, whole)
    for measure, nothing in NOTHING.items():
        keys = _keys_of(measure)
        moved = worked_out(INDICATORS, {**whole, measure: 3 if nothing == 0 else dict.fromkeys(keys, 3)})
        assert any(moved[key] != before[key] for key in moved), measure


def test_an_entry_that_an_indicator_takes_is_one_that_can_be_entered() -> None:
    activities = read_shipped("activity-kinds", parse_activities)
    entered = {
        "quantities": set(activities.units),
        "quantities_by_kind": {
            f"{kind.id}/{unit}" for kind in activities.kinds.values() for unit in kind.units
        },
    }
    terms = [term for one in INDICATORS.indicators.values() for term in one.formula.terms if term.key]
    assert terms
    assert all(term.key in entered[term.measure] for term in terms)


def test_an_indicator_says_how_it_is_counted_in_whole_sentences() -> None:
    for one in INDICATORS.indicators.values():
        assert one.explanation.endswith("."), one.id
        assert one.unit, one.id
        assert one.name[:1].isupper(), one.id


def _keys_of(measure: str) -> list[str]:
    """Return the entries of a tally that are asked for one by one, and another."""
    formulas = [one.formula for one in INDICATORS.indicators.values()]
    named = [term.key for formula in formulas if isinstance(formula, Sum) for term in formula.terms]
    return ["x", *(key for key in named if key and measure.startswith("quantities"))]
