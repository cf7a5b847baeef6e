"""The log of a commune: no line can be changed, dropped or moved unseen."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from antq_desktop.domain.events import (
    GENESIS,
    Event,
    MalformedEvent,
    chain_hash,
    decode,
    descends,
    encode,
    head_of,
    next_version,
)

names = st.text(min_size=1, max_size=8)
#: No database keeps a text with NUL in a key.
keys = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=8)
vectors = st.dictionaries(st.sampled_from("abcd"), st.integers(1, 9), max_size=4)
bodies = st.dictionaries(
    names,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)
events = st.builds(
    Event,
    epoch=st.integers(1, 9),
    seq=st.integers(1, 10**9),
    entity=keys,
    id=keys,
    version=vectors,
    base_version=vectors,
    op=st.sampled_from(["put", "delete"]),
    at=names,
    user=names,
    salt=names,
    body=bodies,
)

PLAIN: dict[str, Any] = {
    "epoch": 1,
    "seq": 1,
    "entity": "households",
    "id": "ab",
    "version": {"d": 1},
    "base_version": {},
    "op": "put",
    "at": "2026-03-01T00:00:00Z",
    "user": "Đặng Công Kiên",
    "salt": "00",
    "body": {"head": "Hoà"},
}


@given(events)
def test_a_line_reads_back_as_the_event_it_was(event: Event) -> None:
    line = encode(event)
    assert decode(line) == event
    assert encode(decode(line)) == line
    assert b"\n" not in line


def test_a_line_is_compact_utf8_with_its_keys_in_order() -> None:
    line = encode(Event(**PLAIN))
    assert line.decode().startswith('{"epoch":1,"seq":1,"entity":"households"')
    assert "Hoà" in line.decode()
    assert list(json.loads(line)) == list(PLAIN)


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": 0},
        {"seq": -1},
        {"seq": True},
        {"seq": 1.0},
        {"seq": "1"},
        {"entity": 1},
        {"version": {"d": 0}},
        {"version": {"d": True}},
        {"version": []},
        {"base_version": {"d": "1"}},
        {"op": "patch"},
        {"op": ["put"]},
        {"at": None},
        {"user": 3},
        {"salt": None},
        {"body": []},
        {"more": 1},
    ],
)
def test_what_is_no_event_is_refused(change: dict[str, Any]) -> None:
    fields = {**PLAIN, **change}
    with pytest.raises(MalformedEvent):
        decode(json.dumps(fields).encode())


@pytest.mark.parametrize("name", list(PLAIN))
def test_a_missing_field_is_refused(name: str) -> None:
    with pytest.raises(MalformedEvent):
        decode(json.dumps({key: value for key, value in PLAIN.items() if key != name}).encode())


@pytest.mark.parametrize("line", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_json_object_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedEvent):
        decode(line)


lines = st.lists(st.binary(min_size=1, max_size=20), min_size=1, max_size=8, unique=True)


@given(lines, st.data())
def test_a_changed_line_changes_the_head(chain: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    other = data.draw(st.binary(max_size=20))
    assume(other != chain[at])
    assert head_of(GENESIS, [*chain[:at], other, *chain[at + 1 :]]) != head_of(GENESIS, chain)


@given(lines, st.data())
def test_a_dropped_or_repeated_line_changes_the_head(chain: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain) - 1))
    head = head_of(GENESIS, chain)
    assert head_of(GENESIS, [*chain[:at], *chain[at + 1 :]]) != head
    assert head_of(GENESIS, [*chain[: at + 1], *chain[at:]]) != head


@given(lines, st.randoms())
def test_another_order_changes_the_head(chain: list[bytes], random: Any) -> None:
    other = [*chain]
    random.shuffle(other)
    assume(other != chain)
    assert head_of(GENESIS, other) != head_of(GENESIS, chain)


@given(lines, st.data())
def test_a_chain_goes_on_from_any_of_its_heads(chain: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(chain)))
    assert head_of(head_of(GENESIS, chain[:at]), chain[at:]) == head_of(GENESIS, chain)


def test_the_chain_begins_as_the_format_says() -> None:
    """Worked out apart, with sha256sum: the tag, 32 zero bytes, the line."""
    assert (
        chain_hash(GENESIS, b"{}").hex() == "51a6ed6cf37d89d36f957c160a96ebc369c4e2c5921c21ff2de3e98ca775bef5"
    )
    assert head_of(GENESIS, []) == bytes(32)


@given(vectors, st.sampled_from("abcd"))
def test_a_next_version_descends_and_never_the_other_way(version: dict[str, int], device: str) -> None:
    after = next_version(version, device)
    assert descends(after, version)
    assert not descends(version, after)
    assert after[device] == version.get(device, 0) + 1


@given(vectors)
def test_two_devices_that_write_apart_are_both_kept(version: dict[str, int]) -> None:
    here, there = next_version(version, "a"), next_version(version, "b")
    assert not descends(here, there)
    assert not descends(there, here)


@given(vectors, vectors, vectors)
def test_descent_is_an_order(a: dict[str, int], b: dict[str, int], c: dict[str, int]) -> None:
    assert descends(a, a)
    if descends(a, b) and descends(b, c):
        assert descends(a, c)
    if descends(a, b) and descends(b, a):
        assert a == b
