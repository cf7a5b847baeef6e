"""An acknowledgement says what it says and nothing else."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain import strict_json
from antq_desktop.exchange import acknowledgement
from antq_desktop.exchange.acknowledgement import (
    Acknowledgement,
    AcknowledgementRefused,
    BundleSeen,
    ChainTaken,
    Conflict,
    SetAside,
)
from antq_desktop.exchange.opening import MAX_DOCUMENT

ACK = Acknowledgement(
    unit_code="04978",
    sequence=3,
    prev_sha256=b"p" * 32,
    chains=(ChainTaken("laptop-1", 1, 120, b"h" * 32), ChainTaken("laptop-2", 1, 0, bytes(32))),
    bundles=(BundleSeen("01934b6e-6a00-7000-8000-0123456789ab", b"s" * 32, "taken", "all-new"),),
    set_aside=(SetAside("laptop-1", 1, 7, "households", "id-7", "wrong-shape", "Thiếu họ tên chủ hộ."),),
    set_aside_total=1,
    conflicts=(Conflict("commitments", "id-9", ({"laptop-1": 2}, {"laptop-2": 1})),),
    trust='{"payload":"x"}' * 100,
)


def test_content_reads_back() -> None:
    assert acknowledgement.decode(acknowledgement.encode(ACK)) == ACK


@pytest.mark.parametrize(
    "changes",
    [
        {"sequence": 0},
        {"sequence": None},
        {"extra": 1},
        {"chains": {}},
        {"chains": [{"device_id": "a", "epoch": 1, "last_seq": 1}]},
        {"bundles": [{"bundle_id": "a", "sha256": "0" * 64, "verdict": "perhaps", "code": "x"}]},
        {"set_aside_total": -1},
        {"conflicts": [{"entity": "a", "id": "b", "versions": [{"x": 0}]}]},
        {"trust": 5},
        {"unit_code": "../x"},
        {"set_aside": [[]] * 20_001},
    ],
)
def test_broken_content_is_refused(changes: dict[str, object]) -> None:
    fields = json.loads(acknowledgement.encode(ACK))
    with pytest.raises(AcknowledgementRefused):
        acknowledgement.decode(strict_json.dumps({**fields, **changes}))


def test_other_spelling_is_refused() -> None:
    with pytest.raises(AcknowledgementRefused):
        acknowledgement.decode(acknowledgement.encode(ACK) + b"\n")


@given(st.binary(max_size=100))
def test_any_bytes_are_refused_and_never_a_bug(content: bytes) -> None:
    with pytest.raises(AcknowledgementRefused):
        acknowledgement.decode(content)


@pytest.mark.parametrize(
    ("devices", "name"),
    [(64, "id"), (1, "\x01" * 400), (64, ",[" * 200), (1, "id")],
    ids=["many versions", "six bytes a sign", "both", "small"],
)
def test_what_is_said_stays_within_what_is_read(devices: int, name: str) -> None:
    version = {f"laptop-{n}": n + 1 for n in range(devices)}
    told = [
        (
            SetAside("laptop-1", 1, n, "households", name, "concurrent", name),
            Conflict("households", name, (version, version)),
        )
        for n in range(1, 10_002)
    ]
    events, conflicts = acknowledgement.first_of(told)
    assert 0 < len(events) == len(conflicts) <= acknowledgement.MAX_SET_ASIDE
    assert events == tuple(event for event, _ in told[: len(events)])
    said = replace(ACK, set_aside=events, conflicts=conflicts, set_aside_total=len(told))
    content = acknowledgement.encode(said)
    assert acknowledgement.decode(content) == said
    assert len(content) <= MAX_DOCUMENT


def test_an_event_without_a_conflict_takes_its_place_alone() -> None:
    event = SetAside("laptop-1", 1, 7, "households", "id-7", "wrong-shape", "")
    conflict = Conflict("households", "id-8", ({"laptop-1": 1}, {"laptop-2": 1}))
    assert acknowledgement.first_of([(event, None), (event, conflict)]) == ((event, event), (conflict,))
    assert acknowledgement.first_of([]) == ((), ())
