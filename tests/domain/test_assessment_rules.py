"""Results through groups and clauses: what is needed, what is spared, and that worse never helps."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.assessment import (
    Answer,
    NotFinished,
    Outcome,
    SelfAssessment,
    check_answers,
    evaluate,
    filled,
    finished,
    refilled,
    worked_out,
)
from antq_desktop.domain.criteria import parse
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import Value
from antq_desktop.domain.unit_facts import Figures


def item(item_id: str, answer: str, rule: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "id": item_id,
        "legal_basis": "b",
        "status": "seen",
        "wording": "w",
        "answer": answer,
        "rule": rule,
        **more,
    }


def part(part_id: str, holds: dict[str, Any] | None = None, **more: object) -> dict[str, Any]:
    plain = {"id": part_id, "legal_basis": "b", "title": "t", **more}
    return plain if holds is None else {**plain, "holds": holds}


#: A resolution in the first quarter or no party at all; nothing of two kinds; two of three of the province.
CATALOGUE = parse(
    {
        "schema": 1,
        "kind": "criteria",
        "id": "x",
        "version": "1",
        "title": "t",
        "source": "s",
        "in_force_from": date(2022, 2, 10),
        "unit_kinds": ["agency"],
        "clauses": [
            part(
                "k1",
                {"all_of": ["party", "told"]},
                items=[
                    item("day", "date", {"first": "01-01", "last": "03-31"}, filled_by="resolution_day"),
                    item("no-party", "yes_no", {"expected": "yes"}),
                    item("told", "share", {"at_least_percent": 100}, filled_by="staff_told"),
                ],
            ),
            part(
                "k2",
                {"all_of": ["nothing", "units"]},
                items=[
                    item("theft", "count", {"at_most": 0}, filled_by="occurrences"),
                    item("riot", "yes_no", {"expected": "no"}),
                    item("units", "share", {"at_least_percent": 70}, filled_by="share_units_recognised"),
                ],
            ),
            part(
                "tinh",
                {"at_least": 2, "of": ["p1", "p2", "p3"]},
                origin="province",
                items=[
                    item("p1", "count", {"at_least": 2}),
                    item("p2", "document", {}),
                    item("p3", "share", {"at_least_part": 2, "of_whole": 3}),
                ],
            ),
        ],
        "groups": [
            part("party", {"at_least": 1, "of": ["day", "no-party"]}),
            part("nothing", {"none_of": ["theft", "riot"]}),
        ],
    },
    "ab" * 32,
)
GOOD: dict[str, Value] = {
    "day": date(2026, 2, 1),
    "no-party": None,
    "told": Ratio(40, 40),
    "theft": 0,
    "riot": False,
    "units": Ratio(7, 10),
    "p1": 2,
    "p2": "12/BC",
    "p3": None,
}
DRAFT = SelfAssessment(
    id="s",
    unit_code="04978",
    unit_kind="agency",
    unit_id="a",
    year=2026,
    catalogue_id="x",
    catalogue_version="1",
    catalogue_sha256="ab" * 32,
)


def outcome(**changes: Value) -> Outcome:
    return evaluate(CATALOGUE, {key: Answer(value) for key, value in {**GOOD, **changes}.items()}, 2026)


def verdicts(one: Outcome, *items: str) -> list[str]:
    return [reason.verdict for reason in one.reasons if reason.item in items]


def test_what_another_item_stands_in_for_is_not_asked() -> None:
    good = outcome()
    assert (good.result, good.unanswered) == ("met", ())
    assert verdicts(good, "no-party", "p3") == ["not_needed", "not_needed"]
    assert [clause.verdict for clause in good.clauses] == ["met", "met", "met"]


def test_an_item_that_fails_beside_one_that_holds_is_no_reason_to_fail() -> None:
    changes: dict[str, Value] = {"day": date(2026, 4, 1), "no-party": True, "p3": Ratio(1, 3)}
    late = outcome(**changes)
    assert late.result == "met"
    reasons = {reason.item: reason for reason in late.reasons}
    assert reasons["day"].verdict == reasons["p3"].verdict == "not_needed"
    assert "01/04/2026" in reasons["day"].message.format(**reasons["day"].facts)


@pytest.mark.parametrize(
    ("changes", "result", "unanswered"),
    [
        ({"day": None}, None, ("day", "no-party")),
        ({"day": None, "no-party": True}, "met", ()),
        ({"day": date(2026, 4, 1)}, None, ("no-party",)),
        ({"day": date(2026, 4, 1), "no-party": False}, "not_met", ()),
        ({"day": None, "no-party": False}, None, ("day",)),
        ({"theft": 1}, "not_met", ()),
        ({"theft": None}, None, ("theft",)),
        ({"theft": 1, "riot": None}, None, ("riot",)),
        ({"told": Ratio(39, 40)}, "not_met", ()),
        ({"p2": "  "}, None, ("p2", "p3")),
        ({"p2": None, "p3": Ratio(2, 3)}, "met", ()),
        ({"p2": None, "p3": Ratio(666_666, 1_000_000)}, None, ("p2",)),
        ({"p1": 1, "p2": None}, None, ("p2", "p3")),
        ({"p1": 1, "p3": Ratio(1, 3)}, "not_met", ()),
    ],
)
def test_the_rules_of_groups_decide(
    changes: dict[str, Value], result: str | None, unanswered: tuple[str, ...]
) -> None:
    one = outcome(**changes)
    assert (one.result, one.unanswered) == (result, unanswered)


def test_the_reason_of_a_failed_group_names_its_items() -> None:
    changes: dict[str, Value] = {"day": date(2026, 4, 1), "no-party": False}
    failed = outcome(**changes)
    assert [reason.item for reason in failed.reasons if reason.verdict == "not_met"] == ["day", "no-party"]


#: Answers to each item from the worst to the best; None, nothing answered, is no worse than anything.
LADDERS: dict[str, list[Value]] = {
    "day": [date(2026, 12, 1), date(2026, 4, 1), date(2026, 3, 31)],
    "no-party": [False, True],
    "told": [Ratio(0, 0), Ratio(39, 40), Ratio(40, 40)],
    "theft": [9, 1, 0],
    "riot": [True, False],
    "units": [Ratio(0, 0), Ratio(6999, 10_000), Ratio(7, 10), Ratio(9, 9)],
    "p1": [0, 1, 2, 5],
    "p2": ["12/BC"],
    "p3": [Ratio(0, 0), Ratio(1, 3), Ratio(2, 3)],
}
rungs = st.fixed_dictionaries(
    {key: st.none() | st.integers(0, len(ladder) - 1) for key, ladder in LADDERS.items()}
)
ladder_items = st.sampled_from(list(LADDERS))


def result(stand: dict[str, int | None]) -> str | None:
    return outcome(**{key: None if at is None else LADDERS[key][at] for key, at in stand.items()}).result


@given(rungs, ladder_items, st.data())
def test_a_worse_answer_never_turns_not_met_into_met(
    stand: dict[str, int | None], key: str, data: st.DataObject
) -> None:
    at = stand[key]
    worse = None if at is None else data.draw(st.integers(0, at))
    assert (result(stand), result({**stand, key: worse})) != ("not_met", "met")


@given(rungs, ladder_items)
def test_an_answer_taken_back_never_turns_not_met_into_met(stand: dict[str, int | None], key: str) -> None:
    assert (result(stand), result({**stand, key: None})) != ("not_met", "met")


@given(rungs, ladder_items, st.data())
def test_met_stays_met_with_whatever_was_not_asked(
    stand: dict[str, int | None], key: str, data: st.DataObject
) -> None:
    if stand[key] is None and result(stand) == "met":
        assert result({**stand, key: data.draw(st.integers(0, len(LADDERS[key]) - 1))}) == "met"


@given(st.integers(1, 10**15))
def test_seventy_per_cent_is_compared_exactly(tenth: int) -> None:
    whole = tenth * 10
    enough = tenth * 7
    assert outcome(units=Ratio(enough, whole)).result == "met"
    assert outcome(units=Ratio(enough - 1, whole)).result == "not_met"


def test_no_unit_at_all_is_not_all_of_them() -> None:
    assert outcome(units=Ratio(0, 0)).result == "not_met"


def test_the_database_answers_with_days_shares_and_counts() -> None:
    known = Figures(
        resolution_day=date(2026, 2, 1),
        staff_told=Ratio(38, 40),
        occurrences={"theft": 2},
        amounts={"share_units_recognised": Ratio(7, 10)},
    )
    assert {key: answer.value for key, answer in filled(CATALOGUE, known).items()} == {
        "day": date(2026, 2, 1),
        "told": Ratio(38, 40),
        "theft": 2,
        "units": Ratio(7, 10),
    }


def test_where_nothing_is_recorded_the_officer_answers() -> None:
    fresh = filled(CATALOGUE, Figures(amounts={"share_units_recognised": Ratio(0, 0)}))
    assert set(fresh) == {"units"}
    answers = {key: Answer(value) for key, value in GOOD.items()}
    draft = worked_out(DRAFT, CATALOGUE, {**answers, **fresh, "theft": Answer(None)})
    with pytest.raises(NotFinished, match="theft"):
        finished(draft, CATALOGUE, date(2026, 11, 20))
    nothing_happened = {**answers, "theft": Answer(0)}
    assert check_answers(CATALOGUE, nothing_happened) == ()
    assert (
        finished(worked_out(DRAFT, CATALOGUE, nothing_happened), CATALOGUE, date(2026, 11, 20)).result
        == "met"
    )


def test_an_occurrence_recorded_later_stands_beside_the_officers_nothing() -> None:
    kept = {"theft": Answer(0)}
    again = refilled(CATALOGUE, kept, Figures(occurrences={"theft": 1}))
    assert again["theft"] == Answer(0, "officer", 1)
    assert [finding.code for finding in check_answers(CATALOGUE, again)] == ["reason-missing"]


def test_a_figure_that_is_gone_takes_its_answer_along() -> None:
    before = filled(CATALOGUE, Figures(resolution_day=date(2026, 2, 1), occurrences={"theft": 1}))
    noted = {
        **before,
        "theft": Answer(1, "database", 1, evidence="BC 3"),
        "told": Answer(Ratio(1, 2), "officer", Ratio(1, 3), "đếm lại"),
    }
    again = refilled(CATALOGUE, noted, Figures())
    assert "day" not in again
    assert again["theft"] == Answer(None, "database", None, evidence="BC 3")
    assert again["told"] == Answer(Ratio(1, 2), "officer", None, "đếm lại")
    assert refilled(CATALOGUE, again, Figures()) == again
