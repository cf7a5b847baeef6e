"""Catalogues of criteria: what the law's known text may ask, and a place for each slip."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.catalogues import MalformedCatalogue
from antq_desktop.domain.criteria import parse, statuses
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
    assert statuses(catalogue) == {"seen": 6, "press": 0, "inferred": 1, "unknown": 1}


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
    ],
)
def test_each_slip_is_named_by_its_place(path: str, value: object, place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        parse(changed(path, value), "ab")
    assert caught.value.facts["place"] == place


@pytest.mark.parametrize("status", ["press", "unknown"])
@pytest.mark.parametrize(
    "path", ["clauses.0.items.1", "clauses.0.items.2", "clauses.1.items.0", "clauses.1.items.1"]
)
def test_law_that_was_not_seen_gets_no_rule_of_its_own(status: str, path: str) -> None:
    with pytest.raises(MalformedCatalogue, match="official text"):
        parse(changed(f"{path}.status", status), "ab")
