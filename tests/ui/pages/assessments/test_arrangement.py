"""Items stand within the groups that join them, each once, and every group says how it stands."""

from datetime import date

import pytest

from antq_desktop.domain import criteria
from antq_desktop.domain.assessment import Answer, evaluate
from antq_desktop.domain.criteria import Catalogue, Item
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.ui.pages.assessments.arrangement import Joined, Part, arranged, standing, verdicts
from antq_desktop.ui.theme import State

SHIPPED = ("tt124-2021-dieu4", "tt124-2021-dieu5", "tt124-2021-dieu6", "tt124-2021-dieu7")


def catalogue(item_ids: str, groups: list[dict[str, object]], **top: object) -> Catalogue:
    """Return a catalogue of two clauses, ``a…`` and ``b…``, whose items ask for yes."""
    clauses = [
        {
            "id": clause,
            "legal_basis": "Điều 4",
            "title": clause,
            "items": [
                {
                    "id": item,
                    "legal_basis": "Điều 4",
                    "status": "seen",
                    "wording": f"Mục {item}",
                    "answer": "yes_no",
                    "rule": {"expected": "yes"},
                }
                for item in item_ids.split()
                if item.startswith(clause[-1])
            ],
            **({"holds": top.pop(clause)} if clause in top else {}),
        }
        for clause in ("ka", "kb")
    ]
    plain = {
        "schema": 1,
        "kind": "criteria",
        "id": "thu",
        "version": "1",
        "title": "Thử",
        "source": "Thử",
        "in_force_from": date(2022, 2, 10),
        "unit_kinds": ["school"],
        "clauses": clauses,
        **(
            {"groups": [{"legal_basis": "Điều 4", "title": str(g["id"]), **g} for g in groups]}
            if groups
            else {}
        ),
        **top,
    }
    return criteria.parse(plain, "0" * 64)


def flat(parts: tuple[Part, ...]) -> list[object]:
    """Return ids, a group as the pair of its id and its parts."""
    return [(p.group.id, flat(p.parts)) if isinstance(p, Joined) else p.id for p in parts]


@pytest.mark.parametrize("name", SHIPPED)
def test_every_item_of_a_shipped_catalogue_is_shown_once(name: str) -> None:
    shipped = read_shipped(name, criteria.parse)
    shown: list[Item] = []
    for clause in shipped.clauses:
        for part in arranged(shipped, clause):
            shown += part.items if isinstance(part, Joined) else [part]
    assert sorted(item.id for item in shown) == sorted(item.id for item in shipped.items)


def test_groups_stand_within_groups() -> None:
    made = catalogue(
        "a1 a2 a3 b1",
        [
            {"id": "g", "holds": {"at_least": 1, "of": ["inner", "a3"]}},
            {"id": "inner", "holds": {"all_of": ["a1", "a2"]}},
        ],
        ka={"all_of": ["g"]},
    )
    assert flat(arranged(made, made.clauses[0])) == [("g", [("inner", ["a1", "a2"]), "a3"])]


def test_what_belongs_to_another_clause_is_named_and_asked_there() -> None:
    made = catalogue(
        "a1 a2 b1", [{"id": "g", "holds": {"at_least": 1, "of": ["a1", "b1"]}}], ka={"all_of": ["g", "a2"]}
    )
    first, second = (arranged(made, clause) for clause in made.clauses)
    assert flat(first) == [("g", ["a1"]), "a2"]
    assert isinstance(first[0], Joined)
    assert first[0].elsewhere == ("Mục b1",)
    assert flat(second) == ["b1"]


def test_an_item_that_only_a_rule_above_the_clauses_takes_is_still_asked() -> None:
    made = catalogue(
        "a1 a2 b1",
        [{"id": "g", "holds": {"at_least": 1, "of": ["a2", "kb"]}}],
        ka={"all_of": ["a1"]},
        holds={"all_of": ["ka", "g"]},
    )
    assert flat(arranged(made, made.clauses[0])) == ["a1", "a2"]


def test_a_group_is_met_by_one_of_its_items_though_another_fails() -> None:
    shipped = read_shipped("tt124-2021-dieu6", criteria.parse)
    group = "k1-to-chuc-dang"
    outcome = evaluate(shipped, {"k1-khong-co-to-chuc-dang": Answer(value=True)}, 2026)
    assert verdicts(shipped, outcome)[group] == "met"
    outcome = evaluate(shipped, {"k1-khong-co-to-chuc-dang": Answer(value=False)}, 2026)
    assert verdicts(shipped, outcome)[group] == "unanswered"
    assert verdicts(shipped, outcome)["k1"] == next(c.verdict for c in outcome.clauses if c.clause == "k1")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, (State.NONE, "Chưa đủ")),
        ({"a1": True}, (State.GOOD, "")),
        ({"a1": False}, (State.NONE, "Chưa đủ")),
        ({"a1": False, "a2": False}, (State.BAD, "")),
    ],
)
def test_a_clause_says_how_its_own_rule_stands(answers: dict[str, bool], said: tuple[State, str]) -> None:
    made = catalogue("a1 a2 b1", [], ka={"at_least": 1, "of": ["a1", "a2"]})
    outcome = evaluate(made, {key: Answer(value=value) for key, value in answers.items()}, 2026)
    reasons = {reason.item: reason for reason in outcome.reasons}
    state, word = standing(verdicts(made, outcome)["ka"], reasons, made.clauses[0].items)
    assert (state, bool(word)) == (said[0], bool(said[1]))


def test_a_clause_that_another_one_stands_in_for_is_not_needed() -> None:
    made = catalogue("a1 b1", [], holds={"at_least": 1, "of": ["ka", "kb"]})
    outcome = evaluate(made, {"a1": Answer(value=True)}, 2026)
    reasons = {reason.item: reason for reason in outcome.reasons}
    assert outcome.result == "met"
    assert standing(verdicts(made, outcome)["kb"], reasons, made.clauses[1].items) == (
        State.NONE,
        "Không cần",
    )
