"""Catalogues of criteria: what the law's known text may ask, and a place for each slip."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.criteria import ROOT, parse
from antq_desktop.domain.rule_trees import AllOf, NoneOf, SomeOf
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, ShareAtLeast, Within


def item(item_id: str, answer: str, rule: dict[str, Any], **more: object) -> dict[str, Any]:
    return {
        "id": item_id,
        "legal_basis": "Điều 4",
        "status": "seen",
        "wording": "Câu hỏi",
        "answer": answer,
        "rule": rule,
        **more,
    }


PLAIN: dict[str, Any] = {
    "schema": 1,
    "kind": "criteria",
    "id": "x",
    "version": "3",
    "title": "t",
    "source": "s",
    "in_force_from": date(2022, 2, 10),
    "unit_kinds": ["residential_area"],
    "clauses": [
        {
            "id": "k1",
            "legal_basis": "khoản 1",
            "title": "Một",
            "items": [
                item("yes", "yes_no", {"expected": "yes"}),
                item("no", "yes_no", {"expected": "no"}, evidence="Số vụ", note="n"),
                item("many", "count", {"at_least": 1}, filled_by="models_working"),
                item("few", "count", {"at_most": 0}),
            ],
        },
        {
            "id": "k2",
            "legal_basis": "khoản 2",
            "title": "Hai",
            "items": [
                item("share", "share", {"at_least_percent": 70}, filled_by="share_signed"),
                item("day", "date", {"first": "01-01", "last": "03-31"}, status="inferred"),
                item("paper", "document", {}),
                item("text", "yes_no", {"expected": "yes"}, status="unknown"),
            ],
        },
    ],
}


def changed(path: str, value: object) -> dict[str, Any]:
    plain = deepcopy(PLAIN)
    *steps, last = path.split(".")
    inner: Any = plain
    for step in steps:
        inner = inner[int(step) if step.isdecimal() else step]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return plain


def test_a_catalogue_is_read_with_its_rules() -> None:
    catalogue = parse(PLAIN, "ab")
    assert (catalogue.id, catalogue.version, catalogue.sha256, catalogue.unit_kinds) == (
        "x",
        "3",
        "ab",
        ("residential_area",),
    )
    assert [clause.id for clause in catalogue.clauses] == ["k1", "k2"]
    assert {one.id: one.rule for one in catalogue.items} == {
        "yes": Expected(yes=True),
        "no": Expected(yes=False),
        "many": AtLeast(1),
        "few": AtMost(0),
        "share": ShareAtLeast(70),
        "day": Within((1, 1), (3, 31)),
        "paper": Present(),
        "text": Expected(yes=True),
    }
    share = catalogue.item("share")
    assert share is not None
    assert (share.clause, share.filled_by, share.compared) == ("k2", "share_signed", True)
    assert catalogue.item("nothing") is None


def test_what_was_not_compared_with_the_official_text_is_marked() -> None:
    catalogue = parse(PLAIN, "ab")
    assert [one.id for one in catalogue.items if not one.compared] == ["day", "text"]
    assert catalogue.grounds == ("seen",) * 5 + ("inferred", "seen", "unknown")


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        ("unit_kinds", [], "unit_kinds"),
        ("unit_kinds", ["village"], "unit_kinds"),
        ("clauses", [], "clauses"),
        ("clauses.0.items", None, "clauses[0].items"),
        ("clauses.0.colour", "red", "clauses[0].colour"),
        ("clauses.1.id", "k1", "clauses[1].id"),
        ("clauses.1.items.0.id", "yes", "clauses[1].items[0].id"),
        ("clauses.1.items.0.id", "k1", "clauses[1].items[0].id"),
        ("clauses.0.items.0.answer", "mood", "clauses[0].items[0].answer"),
        ("clauses.0.items.0.status", "sure", "clauses[0].items[0].status"),
        ("clauses.0.items.0.wording", " ", "clauses[0].items[0].wording"),
        ("clauses.0.items.0.legal_basis", None, "clauses[0].items[0].legal_basis"),
        ("clauses.0.items.0.points", 10, "clauses[0].items[0].points"),
        ("clauses.0.items.0.rule", {"expected": "maybe"}, "clauses[0].items[0].rule.expected"),
        ("clauses.0.items.0.rule", {"at_least": 1}, "clauses[0].items[0].rule.expected"),
        ("clauses.0.items.2.rule", {"at_least": -1}, "clauses[0].items[2].rule.at_least"),
        ("clauses.0.items.2.rule", {"at_least": 1, "at_most": 2}, "clauses[0].items[2].rule.at_least"),
        ("clauses.1.items.0.rule", {"at_least_percent": 101}, "clauses[1].items[0].rule.at_least_percent"),
        ("clauses.1.items.0.rule", {"at_least_percent": 69.5}, "clauses[1].items[0].rule.at_least_percent"),
        ("clauses.1.items.1.rule", {"first": "13-01", "last": "03-31"}, "clauses[1].items[1].rule.first"),
        ("clauses.1.items.1.rule", {"first": "01-01", "last": "02-30"}, "clauses[1].items[1].rule.last"),
        ("clauses.1.items.1.rule", {"first": "03-31", "last": "01-01"}, "clauses[1].items[1].rule.last"),
        ("clauses.1.items.2.rule", {"present": True}, "clauses[1].items[2].rule.present"),
        ("clauses.1.items.0.filled_by", "no_such_figure", "clauses[1].items[0].filled_by"),
        ("clauses.1.items.0.filled_by", "models_working", "clauses[1].items[0].filled_by"),
        ("clauses.0.items.2.filled_by", "activities", "clauses[0].items[2].filled_by"),
        ("clauses.0.items.0.filled_by", "models_working", "clauses[0].items[0].filled_by"),
        ("clauses.1.items.1.filled_by", "staff_told", "clauses[1].items[1].filled_by"),
        ("clauses.1.items.0.filled_by", "occurrences", "clauses[1].items[0].filled_by"),
        ("clauses.1.items.0.rule", {"at_least_part": 2, "of_whole": 0}, "clauses[1].items[0].rule.of_whole"),
        (
            "clauses.1.items.0.rule",
            {"at_least_part": 4, "of_whole": 3},
            "clauses[1].items[0].rule.at_least_part",
        ),
        ("clauses.1.items.0.rule", {"at_least_part": 2}, "clauses[1].items[0].rule.of_whole"),
        (
            "clauses.1.items.0.rule",
            {"at_least_percent": 70, "of_whole": 3},
            "clauses[1].items[0].rule.of_whole",
        ),
        ("clauses.1.items.3.counted", "yes", "clauses[1].items[3].counted"),
        ("clauses.0.origin", "village", "clauses[0].origin"),
    ],
)
def test_each_slip_is_named_by_its_place(path: str, value: object, place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse(changed(path, value), "ab")
    assert caught.value.facts["place"] == place


def grouped(
    *, groups: list[dict[str, Any]] | None = None, holds: object = None, clause: object = None
) -> dict[str, Any]:
    """Return PLAIN with a group of «few» and «no», which clause k1 names beside its other items."""
    plain = deepcopy(PLAIN)
    one = {"id": "g", "legal_basis": "b", "title": "Nhóm", "holds": {"none_of": ["no", "few"]}}
    plain["groups"] = [one] if groups is None else groups
    plain["clauses"][0]["holds"] = clause or {"all_of": ["yes", "many", "g"]}
    if holds is not None:
        plain["holds"] = holds
    return plain


def test_clauses_hold_by_all_their_items_where_nothing_else_is_said() -> None:
    catalogue = parse(PLAIN, "ab")
    assert catalogue.trees == {
        "k1": AllOf(("yes", "no", "many", "few")),
        "k2": AllOf(("share", "day", "paper", "text")),
        ROOT: AllOf(("k1", "k2")),
    }
    assert {clause.origin for clause in catalogue.clauses} == {"circular"}


def test_groups_join_items_groups_and_clauses() -> None:
    some = {
        "id": "h",
        "legal_basis": "b",
        "title": "Một trong",
        "holds": {"at_least": 1, "of": ["g", "many"]},
    }
    plain = grouped(holds={"at_least": 2, "of": ["k1", "h"]}, clause={"all_of": ["yes", "many", "g", "k2"]})
    plain["groups"].append(some)
    plain["clauses"][1]["origin"] = "province"
    plain["clauses"][1]["items"].pop()
    catalogue = parse(plain, "ab")
    assert catalogue.trees == {
        "g": NoneOf(("no", "few")),
        "h": SomeOf(1, ("g", "many")),
        "k1": AllOf(("yes", "many", "g", "k2")),
        "k2": AllOf(("share", "day", "paper")),
        ROOT: SomeOf(2, ("k1", "h")),
    }
    assert [clause.origin for clause in catalogue.clauses] == ["circular", "province"]


def test_a_share_may_be_any_fraction() -> None:
    catalogue = parse(changed("clauses.1.items.0.rule", {"at_least_part": 2, "of_whole": 3}), "ab")
    share = catalogue.item("share")
    assert share is not None
    assert share.rule == ShareAtLeast(2, 3)


def test_occurrences_are_counted_where_they_fill_or_the_file_says_so() -> None:
    plain = changed("clauses.0.items.3.filled_by", "occurrences")
    plain["clauses"][1]["items"][3]["counted"] = True
    assert [one.id for one in parse(plain, "ab").items if one.counted] == ["few", "text"]


GROUP = {"id": "h", "legal_basis": "b", "title": "t"}


@pytest.mark.parametrize(
    ("plain", "place", "why"),
    [
        (grouped(groups=[{**GROUP, "id": "g", "holds": {"all_of": ["h"]}}, {**GROUP, "holds": {"all_of": ["g"]}}], clause={"all_of": ["yes", "no", "many", "few", "g"]}), "groups[0].holds", "circle"),
        (grouped(clause={"all_of": ["yes", "many", "g", "k1"]}), "clauses[0].holds", "circle"),
        (grouped(clause={"all_of": ["yes", "many", "g", "nobody"]}), "clauses[0].holds", "not there"),
        (grouped(holds={"all_of": ["k1", "k2", "k9"]}), "holds", "not there"),
        (grouped(groups=[{**GROUP, "id": "g", "holds": {"none_of": ["yes"]}}]), "groups[0].holds", "did not happen"),
        (grouped(groups=[{**GROUP, "id": "g", "holds": {"none_of": ["many"]}}]), "groups[0].holds", "did not happen"),
        (grouped(groups=[{**GROUP, "id": "g", "holds": {"none_of": ["k2"]}}]), "groups[0].holds", "did not happen"),
        (grouped(groups=[{**GROUP, "id": "g", "holds": {"at_least": 3, "of": ["no", "few"]}}]), "groups[0].holds.at_least", "number"),
        (grouped(groups=[{**GROUP, "id": "g", "holds": {"at_least": 1, "of": ["few", "text", "no"]}}]), "groups[0].holds", "not seen"),
        (grouped(holds={"at_least": 1, "of": ["k1", "k2"]}), "holds", "not seen"),
        (grouped(clause={"all_of": ["yes", "many"]}), "groups[0].id", "decide nothing"),
        (grouped(clause={"all_of": ["yes", "g"]}), "clauses[0].items[2].id", "decide nothing"),
        (grouped(holds={"all_of": ["k1"]}), "clauses[1].id", "decide nothing"),
        (grouped(groups=[]), "groups", "list of tables"),
        (grouped(groups=[{**GROUP, "id": "k2", "holds": {"all_of": ["no"]}}]), "groups[0].id", "twice"),
        (grouped(groups=[{**GROUP, "id": "g"}]), "groups[0].holds", "missing"),
        (grouped(groups=[{**GROUP, "id": "g", "colour": 1, "holds": {"none_of": ["no"]}}]), "groups[0].colour", "not known"),
    ],
)  # fmt: skip
def test_each_slip_in_a_rule_is_named_by_its_place(plain: dict[str, Any], place: str, why: str) -> None:
    with pytest.raises(MalformedCatalogue, match=why) as caught:
        parse(plain, "ab")
    assert caught.value.facts["place"] == place


@given(st.lists(st.lists(st.integers(0, 5), max_size=2, unique=True), min_size=6, max_size=6))
def test_any_circle_is_refused_and_nothing_else_is(links: list[list[int]]) -> None:
    """Groups g0 to g5 name each other at random, every one also an item; the clause names all."""
    plain = deepcopy(PLAIN)
    names = [f"g{n}" for n in range(6)]
    plain["groups"] = [
        {
            "id": name,
            "legal_basis": "b",
            "title": "t",
            "holds": {"all_of": ["yes", *(f"g{to}" for to in targets)]},
        }
        for name, targets in zip(names, links, strict=True)
    ]
    plain["clauses"][0]["holds"] = {"all_of": ["yes", "no", "many", "few", *names]}
    if reaches_itself(links):
        with pytest.raises(MalformedCatalogue, match="circle"):
            parse(plain, "ab")
    else:
        parse(plain, "ab")


def reaches_itself(links: list[list[int]]) -> bool:
    """Say by brute force whether a walk over ``links`` can come back to where it began."""
    reach = {(start, to) for start, targets in enumerate(links) for to in targets}
    for _ in links:
        reach |= {(start, to) for start, middle in reach for other, to in reach if middle == other}
    return any(start == to for start, to in reach)


@pytest.mark.parametrize("status", ["press", "unknown"])
@pytest.mark.parametrize(
    "path", ["clauses.0.items.1", "clauses.0.items.2", "clauses.1.items.0", "clauses.1.items.1"]
)
def test_law_that_was_not_seen_gets_no_rule_of_its_own(status: str, path: str) -> None:
    with pytest.raises(MalformedCatalogue, match="official text"):
        parse(changed(f"{path}.status", status), "ab")
