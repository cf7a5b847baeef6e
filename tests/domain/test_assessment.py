"""Self-assessments: from answers to met or not met, and back to the figures they came from."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.assessment import (
    AlreadyFinal,
    Answer,
    AnswerDoesNotFit,
    NotFinished,
    OtherCatalogue,
    SelfAssessment,
    UnknownItem,
    against,
    check_answers,
    evaluate,
    filled,
    finished,
    moved,
    refilled,
    value_of,
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


CATALOGUE = parse(
    {
        "schema": 1,
        "kind": "criteria",
        "id": "x",
        "version": "1",
        "title": "t",
        "source": "s",
        "in_force_from": date(2022, 2, 10),
        "unit_kinds": ["residential_area"],
        "clauses": [
            {
                "id": "k1",
                "legal_basis": "b",
                "title": "t",
                "items": [
                    item("day", "date", {"first": "01-01", "last": "03-31"}),
                    item("share", "share", {"at_least_percent": 70}, filled_by="share_signed"),
                    item("models", "count", {"at_least": 1}, filled_by="models_working"),
                ],
            },
            {
                "id": "k2",
                "legal_basis": "b",
                "title": "t",
                "items": [
                    item("cases", "count", {"at_most": 0}),
                    item("law", "yes_no", {"expected": "yes"}, counted=True),
                    item("riot", "yes_no", {"expected": "no"}),
                    item("paper", "document", {}),
                ],
            },
        ],
    },
    "ab" * 32,
)
GOOD: dict[str, Value] = {
    "day": date(2026, 1, 15),
    "share": Ratio(7, 10),
    "models": 1,
    "cases": 0,
    "law": True,
    "riot": False,
    "paper": "12/NQ",
}
DRAFT = SelfAssessment(
    id="s",
    unit_code="04978",
    unit_kind="residential_area",
    unit_id="a",
    year=2026,
    catalogue_id="x",
    catalogue_version="1",
    catalogue_sha256="ab" * 32,
)


def answers(**changes: Value) -> dict[str, Answer]:
    return {item_id: Answer(value) for item_id, value in {**GOOD, **changes}.items()}


def test_all_good_answers_meet() -> None:
    outcome = evaluate(CATALOGUE, answers(), 2026)
    assert outcome.result == "met"
    assert [clause.verdict for clause in outcome.clauses] == ["met", "met"]
    assert outcome.unanswered == ()
    assert [reason.item for reason in outcome.reasons] == list(GOOD)


@pytest.mark.parametrize(
    ("changes", "bad"),
    [
        ({"day": date(2026, 4, 1)}, "day"),
        ({"day": date(2025, 1, 15)}, "day"),
        ({"share": Ratio(6999, 10_000)}, "share"),
        ({"share": Ratio(0, 0)}, "share"),
        ({"models": 0}, "models"),
        ({"cases": 1}, "cases"),
        ({"law": False}, "law"),
        ({"riot": True}, "riot"),
    ],
)
def test_one_item_is_enough_to_fail_and_says_why(changes: dict[str, Value], bad: str) -> None:
    outcome = evaluate(CATALOGUE, answers(**changes), 2026)
    assert outcome.result == "not_met"
    (reason,) = [reason for reason in outcome.reasons if reason.verdict == "not_met"]
    assert reason.item == bad
    assert reason.message.format(**reason.facts)
    assert sorted(clause.verdict for clause in outcome.clauses) == ["met", "not_met"]


@pytest.mark.parametrize("missing", list(GOOD))
def test_nothing_is_decided_while_an_item_is_open(missing: str) -> None:
    for left in (None, Answer(None)):
        some = answers(law=False) if missing != "law" else answers(riot=True)
        some.pop(missing)
        if left is not None:
            some[missing] = left
        outcome = evaluate(CATALOGUE, some, 2026)
        assert outcome.result is None
        assert outcome.unanswered == (missing,)


def test_a_blank_document_is_no_answer() -> None:
    assert evaluate(CATALOGUE, answers(paper="  "), 2026).unanswered == ("paper",)


@pytest.mark.parametrize(
    ("item_id", "value"),
    [("day", True), ("share", 1), ("models", True), ("models", -1), ("law", 1), ("law", "yes"), ("paper", 3)],
)
def test_an_answer_of_another_kind_is_refused(item_id: str, value: Value) -> None:
    with pytest.raises(AnswerDoesNotFit):
        evaluate(CATALOGUE, answers(**{item_id: value}), 2026)
    assert [finding.field for finding in check_answers(CATALOGUE, answers(**{item_id: value}))] == [item_id]


def test_an_answer_to_nothing_is_refused() -> None:
    with pytest.raises(UnknownItem, match="colour"):
        evaluate(CATALOGUE, {**answers(), "colour": Answer(True)}, 2026)


#: Answers from worst to best, item by item.
LADDERS: dict[str, list[Value]] = {
    "day": [date(2026, 12, 31), date(2026, 4, 1), date(2026, 3, 31), date(2026, 1, 15)],
    "share": [Ratio(0, 0), Ratio(0, 10), Ratio(6999, 10_000), Ratio(7, 10), Ratio(9, 9)],
    "models": [0, 1, 5],
    "cases": [9, 1, 0],
    "law": [False, True],
    "riot": [True, False],
    "paper": ["1", "2"],
}
rungs = st.fixed_dictionaries(
    {item_id: st.integers(0, len(ladder) - 1) for item_id, ladder in LADDERS.items()}
)


@given(rungs, st.sampled_from(list(LADDERS)), st.data())
def test_a_worse_answer_never_turns_not_met_into_met(
    stand: dict[str, int], item_id: str, data: st.DataObject
) -> None:
    worse = {**stand, item_id: data.draw(st.integers(0, stand[item_id]))}

    def result(rung: dict[str, int]) -> str | None:
        return evaluate(
            CATALOGUE, answers(**{key: LADDERS[key][at] for key, at in rung.items()}), 2026
        ).result

    assert (result(stand), result(worse)) != ("not_met", "met")


@given(rungs)
def test_met_means_that_every_item_is(stand: dict[str, int]) -> None:
    outcome = evaluate(CATALOGUE, answers(**{key: LADDERS[key][at] for key, at in stand.items()}), 2026)
    assert (outcome.result == "met") == all(reason.verdict == "met" for reason in outcome.reasons)
    assert (outcome.result == "met") == all(clause.verdict == "met" for clause in outcome.clauses)


FIGURES = Figures(amounts={"share_signed": Ratio(9, 10), "models_working": 2})


def test_what_the_database_knows_is_filled_in() -> None:
    assert filled(CATALOGUE, FIGURES) == {
        "share": Answer(Ratio(9, 10), "database", Ratio(9, 10)),
        "models": Answer(2, "database", 2),
    }
    assert filled(CATALOGUE, Figures(amounts={"share_signed": Ratio(0, 0)}))["share"].value == Ratio(0, 0)


def test_new_figures_replace_old_ones_but_never_an_officers_answer() -> None:
    kept = {
        "law": Answer(True, evidence="BC 3"),
        "share": Answer(Ratio(8, 8), "officer", Ratio(7, 8), "hai hộ vừa ký"),
        "models": Answer(1, "database", 1, evidence="Sổ theo dõi"),
    }
    again = refilled(CATALOGUE, kept, FIGURES)
    assert again["law"] == kept["law"]
    assert again["share"] == replace(kept["share"], filled=Ratio(9, 10))
    assert again["models"] == Answer(2, "database", 2, evidence="Sổ theo dõi")


def test_a_figure_changed_by_hand_needs_a_reason() -> None:
    by_hand = Answer(3, "officer", filled=2)
    assert [finding.code for finding in check_answers(CATALOGUE, {"models": by_hand})] == ["reason-missing"]
    assert [f.code for f in check_answers(CATALOGUE, {"models": replace(by_hand, reason=" ")})] == [
        "reason-missing"
    ]
    assert check_answers(CATALOGUE, {"models": replace(by_hand, reason="mới ra mắt")}) == ()
    assert check_answers(CATALOGUE, {"models": Answer(2, "officer", filled=2)}) == ()


def test_an_assessment_keeps_what_it_came_to() -> None:
    final = finished(worked_out(DRAFT, CATALOGUE, answers()), CATALOGUE, date(2026, 10, 31))
    assert (final.state, final.result, final.assessed_on) == ("final", "met", date(2026, 10, 31))
    assert final.reasons == evaluate(CATALOGUE, answers(), 2026).reasons
    failed = finished(worked_out(DRAFT, CATALOGUE, answers(law=False)), CATALOGUE, date(2026, 10, 31))
    assert (failed.state, failed.result) == ("final", "not_met")


def test_a_final_assessment_is_never_worked_out_again() -> None:
    final = finished(worked_out(DRAFT, CATALOGUE, answers()), CATALOGUE, date(2026, 10, 31))
    with pytest.raises(AlreadyFinal):
        worked_out(final, CATALOGUE, answers())
    with pytest.raises(AlreadyFinal):
        finished(final, CATALOGUE, date(2026, 11, 1))


def test_an_assessment_belongs_to_one_catalogue_byte_for_byte() -> None:
    with pytest.raises(OtherCatalogue):
        worked_out(DRAFT, replace(CATALOGUE, sha256="cd" * 32), answers())


def test_an_open_assessment_cannot_be_finished() -> None:
    with pytest.raises(NotFinished, match="day"):
        finished(DRAFT, CATALOGUE, date(2026, 10, 31))
    changed = {**answers(), "models": Answer(3, "officer", filled=2)}
    with pytest.raises(NotFinished, match="models"):
        finished(worked_out(DRAFT, CATALOGUE, changed), CATALOGUE, date(2026, 10, 31))


@pytest.mark.parametrize(
    ("item_id", "raw", "value"),
    [
        ("law", True, True),
        ("models", 3, 3),
        ("share", "38/40", Ratio(38, 40)),
        ("share", " 0 / 0 ", Ratio(0, 0)),
        ("day", date(2026, 1, 2), date(2026, 1, 2)),
        ("paper", "12/NQ", "12/NQ"),
    ],
)
def test_answers_are_read_from_a_file(item_id: str, raw: object, value: Value) -> None:
    one = CATALOGUE.item(item_id)
    assert one is not None
    assert value_of(one, raw) == value


@pytest.mark.parametrize(
    ("item_id", "raw"),
    [
        ("law", "có"),
        ("models", True),
        ("models", 1.5),
        ("share", "41/40"),
        ("share", "70%"),
        ("share", 0.7),
        ("day", "2026-01-02"),
        ("paper", 12),
        ("law", None),
        ("law", []),
    ],
)
def test_what_is_no_answer_is_refused(item_id: str, raw: object) -> None:
    one = CATALOGUE.item(item_id)
    assert one is not None
    with pytest.raises(AnswerDoesNotFit, match=item_id):
        value_of(one, raw)


HAPPENED = Figures(occurrences={"law": 2})


def test_what_happened_against_an_item_of_the_officer_answers_nothing_but_stands_beside_it() -> None:
    answers = filled(CATALOGUE, HAPPENED)
    law = CATALOGUE.item("law")
    assert law is not None
    assert (answers["law"].value, against(law, answers["law"])) == (None, 2)
    reasons = {reason.item: reason.verdict for reason in evaluate(CATALOGUE, answers, 2026).reasons}
    assert reasons["law"] == "unanswered"
    assert check_answers(CATALOGUE, answers) == ()


@pytest.mark.parametrize("count", [1, 2])
def test_an_item_that_holds_in_spite_of_what_happened_needs_a_reason(count: int) -> None:
    holds, fails = Answer(value=True, filled=count), Answer(value=False, filled=count)
    (finding,) = check_answers(CATALOGUE, {"law": holds})
    assert (finding.field, finding.code, finding.facts) == ("law", "reason-missing", {"count": count})
    assert check_answers(CATALOGUE, {"law": replace(holds, reason="Đã xử lý xong")}) == ()
    assert check_answers(CATALOGUE, {"law": fails}) == ()


def test_what_happens_later_moves_an_answer_and_keeps_its_reason() -> None:
    answers = {"law": Answer(value=True, filled=1, reason="Đã xử lý xong", evidence="12/BB")}
    assert moved(CATALOGUE, answers, HAPPENED) == ("law",)
    again = refilled(CATALOGUE, answers, HAPPENED)
    assert again["law"] == replace(answers["law"], filled=2)
    assert moved(CATALOGUE, again, HAPPENED) == ()
    # Once it is taken away, nothing stands beside the answer any more.
    assert refilled(CATALOGUE, again, Figures())["law"].filled is None
    assert "law" not in refilled(CATALOGUE, filled(CATALOGUE, HAPPENED), Figures())


def test_the_records_of_a_unit_alone_tell_nothing_of_amounts() -> None:
    answers = filled(CATALOGUE, Figures(amounts={"share_signed": Ratio(7, 8)}))
    assert moved(CATALOGUE, answers, HAPPENED, recorded=True) == ("law",)
    assert moved(CATALOGUE, answers, HAPPENED) == ("share", "law")
