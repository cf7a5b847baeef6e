"""Which events of a record stand for it: the same ones in any order, and equals count as one."""

from collections.abc import Sequence
from itertools import permutations
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.events import Event, descends
from antq_desktop.domain.record_history import heads, merged


def event(version: dict[str, int], says: str, base: dict[str, int] | None = None, op: str = "put") -> Event:
    """Return an event that ``says`` something; its base is the version before its own laptop's last step."""
    return Event(1, 1, "settings", "k", version, base or {}, op, "", "", "", {"value": says})


def told(events: Sequence[Event]) -> list[tuple[str, dict[str, int]]]:
    return [(head.event.body["value"], head.version) for head in heads(events)]


def test_the_last_of_a_line_stands() -> None:
    line = [event({"a": 1}, "x"), event({"a": 2}, "y", {"a": 1}), event({"a": 3}, "x", {"a": 2})]
    for order in permutations(line):
        assert told(order) == [("x", {"a": 3})]


def test_changes_that_did_not_know_of_each_other_both_stand() -> None:
    events = [event({"a": 1}, "x"), event({"a": 2}, "y", {"a": 1}), event({"a": 1, "b": 1}, "z", {"a": 1})]
    for order in permutations(events):
        assert sorted(told(order)) == [("y", {"a": 2}), ("z", {"a": 1, "b": 1})]


def test_a_decision_that_knew_both_stands_alone() -> None:
    both = [event({"a": 1}, "x"), event({"b": 1}, "y")]
    decision = event({"a": 2, "b": 1}, "x", {"a": 1, "b": 1})
    for order in permutations([*both, decision]):
        assert told(order) == [("x", {"a": 2, "b": 1})]


def test_the_same_change_made_twice_is_one_and_either_may_go_on() -> None:
    same = [event({"a": 1}, "x"), event({"b": 1}, "x")]
    assert told(same) == [("x", {"a": 1, "b": 1})]
    later = event({"b": 2}, "y", {"b": 1})
    for order in permutations([*same, later]):
        assert told(order) == [("y", {"a": 1, "b": 2})]
    further = event({"a": 2}, "y", {"a": 1})
    for order in permutations([*same, later, further]):
        assert told(order) == [("y", {"a": 2, "b": 2})]


def test_the_same_words_after_another_change_are_not_the_same_change() -> None:
    events = [
        event({"a": 1}, "x"),
        event({"a": 2}, "y", {"a": 1}),
        event({"b": 1}, "y"),
        event({"b": 2}, "x", {"b": 1}),
    ]
    for order in permutations(events):
        assert sorted(told(order)) == [("x", {"b": 2}), ("y", {"a": 2})]


def test_the_same_words_from_states_nobody_knows_here_are_not_the_same_change() -> None:
    events = [event({"a": 3}, "x", {"a": 2}), event({"b": 3}, "x", {"b": 2})]
    assert len(heads(events)) == 2


def test_two_deletions_agree_whatever_their_reasons() -> None:
    first = event({"a": 1}, "x")
    gone = [
        event({"a": 2}, "moved", {"a": 1}, "delete"),
        event({"a": 1, "b": 1}, "doubled", {"a": 1}, "delete"),
    ]
    (head,) = heads([first, *gone])
    assert (head.event.op, head.version) == ("delete", {"a": 2, "b": 1})


def test_files_are_named_by_their_content() -> None:
    scans = [
        Event(1, 1, "attachments", "sha", {device: 1}, {}, "put", "", "", "", {"added_at": device})
        for device in "ab"
    ]
    for order in permutations(scans):
        (head,) = heads(order)
        assert head.version == {"a": 1, "b": 1}
        assert head.event.body == {"added_at": "b"}


@pytest.mark.parametrize("version", [{}, {"a": 1}])
def test_nothing_and_one(version: dict[str, int]) -> None:
    assert heads([]) == []
    assert told([event(version, "x")]) == [("x", version)]


VECTORS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), max_size=3)


@given(
    st.lists(
        st.tuples(VECTORS, VECTORS, st.sampled_from("xy"), st.sampled_from(["put", "delete"])), max_size=7
    )
)
def test_whatever_a_laptop_may_claim_there_is_an_answer_and_no_order_changes_it(
    claims: list[tuple[dict[str, int], dict[str, int], str, str]],
) -> None:
    events = [event(version, says, base, op) for version, base, says, op in claims]
    found = heads(events)
    assert bool(found) == bool(events)
    assert merged(head.version for head in found) == merged(each.version for each in events)
    assert all(any(descends(head.version, each.version) for head in found) for each in events)

    def seen(order: Sequence[Event]) -> list[str]:
        return sorted(str(sorted(head.version.items())) for head in heads(order))

    assert seen(events[::-1]) == seen(events)


def line_of(device: str, count: int, others: dict[str, int]) -> list[Event]:
    """Return the events of a laptop that changed the record ``count`` times."""
    return [
        event({**others, device: n + 1}, f"{device}{n}", {**others, device: n} if n else others)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("events", "found"),
    [
        (line_of("a", 1_600, {}), 1),
        (line_of("a", 400, {}) + line_of("b", 400, {}), 2),
        (line_of("a", 400, {f"x{n}": 1 for n in range(60)}), 1),
    ],
    ids=["line", "two lines", "wide vectors"],
)
def test_a_record_that_was_changed_often_is_settled_in_a_moment(events: list[Event], found: int) -> None:
    begun = process_time()
    assert len(heads(events)) == found
    assert process_time() - begun < 2  # each pair compared, it took minutes
