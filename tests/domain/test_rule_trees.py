"""Rule trees: three values, no circles, and a part that stands worse never lets the whole stand better."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.catalogues import MalformedCatalogue, Table
from antq_desktop.domain.rule_trees import (
    AllOf,
    NoneOf,
    SomeOf,
    Tree,
    Verdict,
    first_cycle,
    in_order,
    needed,
    reached,
    read_tree,
)

WORST_FIRST: tuple[Verdict, ...] = ("not_met", "unanswered", "met")
LEAVES = "abcdef"


def named(*verdicts: Verdict) -> dict[str, Verdict]:
    return dict(zip(LEAVES, verdicts, strict=False))


@pytest.mark.parametrize(
    ("plain", "tree"),
    [
        ({"all_of": ["a", "b"]}, AllOf(("a", "b"))),
        ({"none_of": ["a"]}, NoneOf(("a",))),
        ({"at_least": 1, "of": ["a", "b"]}, SomeOf(1, ("a", "b"))),
        ({"at_least": 2, "of": ["a", "b"]}, SomeOf(2, ("a", "b"))),
    ],
)
def test_a_tree_is_read(plain: dict[str, Any], tree: Tree) -> None:
    assert read_tree(Table(plain)) == tree


@pytest.mark.parametrize(
    ("plain", "place"),
    [
        ({}, "holds.all_of"),
        ({"all_of": []}, "holds.all_of"),
        ({"all_of": ["a", "a"]}, "holds.all_of"),
        ({"all_of": "a"}, "holds.all_of"),
        ({"none_of": []}, "holds.none_of"),
        ({"at_least": 3, "of": ["a", "b"]}, "holds.at_least"),
        ({"at_least": 0, "of": ["a", "b"]}, "holds.at_least"),
        ({"at_least": 1.5, "of": ["a", "b"]}, "holds.at_least"),
        ({"at_least": 1}, "holds.of"),
        ({"all_of": ["a"], "none_of": ["b"]}, "holds.all_of"),
        ({"any_of": ["a"]}, "holds.all_of"),
        ({"all_of": ["a"], "of": ["b"]}, "holds.of"),
    ],
)
def test_a_faulty_tree_is_named_by_its_place(plain: dict[str, Any], place: str) -> None:
    with pytest.raises(MalformedCatalogue) as caught:
        read_tree(Table(plain, "holds"))
    assert caught.value.facts["place"] == place


@pytest.mark.parametrize("tree", [AllOf(("a", "b")), NoneOf(("a", "b")), SomeOf(2, ("a", "b"))])
def test_all_parts_are_asked_for(tree: Tree) -> None:
    assert tree.verdict(named("met", "met")) == "met"
    assert tree.verdict(named("met", "unanswered")) == "unanswered"
    assert tree.verdict(named("not_met", "unanswered")) == "not_met"


def test_at_least_waits_until_it_is_certain() -> None:
    tree = SomeOf(2, ("a", "b", "c"))
    assert tree.verdict(named("met", "met", "unanswered")) == "met"
    assert tree.verdict(named("met", "unanswered", "unanswered")) == "unanswered"
    assert tree.verdict(named("met", "not_met", "unanswered")) == "unanswered"
    assert tree.verdict(named("not_met", "not_met", "unanswered")) == "not_met"


@given(st.integers(1, 4), st.lists(st.sampled_from(WORST_FIRST), min_size=4, max_size=4))
def test_the_verdict_is_what_every_possible_answer_would_give(count: int, verdicts: list[Verdict]) -> None:
    """Unanswered parts decide nothing exactly while they could still turn the whole."""
    tree = SomeOf(count, tuple("abcd"))
    either: tuple[Verdict, ...] = ("met", "not_met")
    choices = [(v,) if v != "unanswered" else either for v in verdicts]
    possible = {tree.verdict(named(*answers)) for answers in product(*choices)}
    expected = possible.pop() if len(possible) == 1 else "unanswered"
    assert tree.verdict(named(*verdicts)) == expected


@st.composite
def forests(draw: st.DrawFn) -> dict[str, Tree]:
    """Trees t0, t1, … over the leaves and earlier trees; the last is the root. No circle can be among them."""
    trees: dict[str, Tree] = {}
    for index in range(draw(st.integers(1, 5))):
        parts = draw(st.lists(st.sampled_from([*LEAVES, *trees]), min_size=1, max_size=4, unique=True))
        kind = draw(st.sampled_from([AllOf, NoneOf, SomeOf]))
        of = tuple(parts)
        trees[f"t{index}"] = SomeOf(draw(st.integers(1, len(of))), of) if kind is SomeOf else kind(of)
    return trees


def stand(trees: Mapping[str, Tree], leaves: Mapping[str, Verdict]) -> dict[str, Verdict]:
    verdicts = dict(leaves)
    for part in in_order(trees, list(trees)[-1]):
        verdicts[part] = trees[part].verdict(verdicts)
    return verdicts


leaf_verdicts = st.fixed_dictionaries({leaf: st.sampled_from(WORST_FIRST) for leaf in LEAVES})


@given(forests(), leaf_verdicts, st.sampled_from(LEAVES), st.data())
def test_a_part_that_stands_worse_never_lets_the_whole_stand_better(
    trees: dict[str, Tree], leaves: dict[str, Verdict], leaf: str, data: st.DataObject
) -> None:
    worse = data.draw(st.sampled_from(WORST_FIRST[: WORST_FIRST.index(leaves[leaf]) + 1]))
    root = list(trees)[-1]
    before = WORST_FIRST.index(stand(trees, leaves)[root])
    after = WORST_FIRST.index(stand(trees, {**leaves, leaf: worse})[root])
    assert after <= before


@given(forests(), leaf_verdicts, st.data())
def test_what_is_not_needed_changes_nothing(
    trees: dict[str, Tree], leaves: dict[str, Verdict], data: st.DataObject
) -> None:
    root = list(trees)[-1]
    verdicts = stand(trees, leaves)
    wanted = needed(trees, root, verdicts)
    spared = [leaf for leaf in LEAVES if verdicts[leaf] == "unanswered" and leaf not in wanted]
    other: dict[str, Verdict] = {leaf: data.draw(st.sampled_from(WORST_FIRST)) for leaf in spared}
    assert stand(trees, {**leaves, **other})[root] == verdicts[root]
    if verdicts[root] == "unanswered":
        assert any(verdicts[leaf] == "unanswered" for leaf in wanted & set(LEAVES))


@given(forests())
def test_trees_come_after_their_parts_and_once(trees: dict[str, Tree]) -> None:
    root = list(trees)[-1]
    order = list(in_order(trees, root))
    assert first_cycle(trees) == ()
    assert order[-1] == root
    assert len(order) == len(set(order))
    assert set(order) == {part for part in reached(trees, root) if part in trees}
    for at, part in enumerate(order):
        assert {inner for inner in trees[part].of if inner in trees} <= set(order[:at])


@pytest.mark.parametrize(
    ("trees", "cycle"),
    [
        ({"x": AllOf(("x",))}, ("x", "x")),
        ({"x": AllOf(("a", "y")), "y": SomeOf(1, ("b", "x"))}, ("x", "y", "x")),
        ({"w": AllOf(("x",)), "x": AllOf(("y",)), "y": AllOf(("z",)), "z": AllOf(("x",))}, ("x", "y", "z", "x")),
        ({"x": AllOf(("y", "z")), "y": AllOf(("z",)), "z": AllOf(("a",))}, ()),
    ],
)  # fmt: skip
def test_a_circle_is_found(trees: dict[str, Tree], cycle: tuple[str, ...]) -> None:
    assert first_cycle(trees) == cycle


def test_a_very_deep_catalogue_is_walked_too() -> None:
    deep: dict[str, Tree] = {f"t{n}": AllOf((f"t{n + 1}",)) for n in range(50_000)}
    assert first_cycle(deep) == ()
    assert len(list(in_order(deep, "t0"))) == 50_000
    assert len(first_cycle({**deep, "t50000": AllOf(("t0",))})) == 50_002
