"""An envelope has one spelling, and only its signer made it."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.errors import Refused
from antq_desktop.exchange import envelope, keys
from antq_desktop.exchange.container import NewerVersion
from antq_desktop.exchange.envelope import EnvelopeDamaged, WrongSignature

TYPE = "application/vnd.example+json;v=1"
ONE, TWO = bytes(32), bytes(31) + b"\1"


def test_bytes_that_are_signed_are_those_of_the_standard() -> None:
    # The example of the DSSE specification.
    assert (
        envelope.pre_authentication("http://example.com/HelloWorld", b"hello world")
        == b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_signed_and_verified() -> None:
    held = envelope.decode(envelope.seal(TYPE, b"{}", [ONE]), TYPE)
    assert held.payload == b"{}"
    envelope.verify(held, keys.public_of(ONE))
    with pytest.raises(WrongSignature):
        envelope.verify(held, keys.public_of(TWO))


def test_type_is_signed_too() -> None:
    held = envelope.decode(envelope.seal(TYPE, b"{}", [ONE]), TYPE)
    other = envelope.Envelope("application/other;v=1", held.payload, held.signatures)
    assert not envelope.is_signed_by(other, keys.public_of(ONE))


def test_two_signatures_only_where_they_are_allowed() -> None:
    signed = envelope.seal(TYPE, b"{}", [ONE, TWO])
    assert all(
        envelope.is_signed_by(envelope.decode(signed, TYPE, 2), keys.public_of(seed)) for seed in (ONE, TWO)
    )
    with pytest.raises(EnvelopeDamaged):
        envelope.decode(signed, TYPE)
    with pytest.raises(EnvelopeDamaged):
        envelope.decode(envelope.seal(TYPE, b"{}", []), TYPE)


def test_another_type_is_refused_and_a_higher_version_is_named() -> None:
    with pytest.raises(NewerVersion):
        envelope.decode(envelope.seal(TYPE[:-1] + "2", b"{}", [ONE]), TYPE)
    for other in (TYPE[:-1] + "0", TYPE[:-1] + "x", "application/vnd.other+json;v=2"):
        with pytest.raises(EnvelopeDamaged):
            envelope.decode(envelope.seal(other, b"{}", [ONE]), TYPE)


def _variants() -> list[bytes]:
    good = envelope.seal(TYPE, b"payload", [ONE])
    fields = json.loads(good)
    payload = fields["payload"]
    urlsafe = base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode()
    signature = fields["signatures"][0]
    return [
        b" " + good,
        good + b"\n",
        json.dumps(fields).encode(),
        json.dumps(fields | {"extra": 1}, separators=(",", ":")).encode(),
        good.replace(b'{"payload":', b'{"payload":"","payload":'),
        good.replace(payload.encode(), payload.rstrip("=").encode()),
        good.replace(payload.encode(), payload.encode()[:4] + b"\\n" + payload.encode()[4:]),
        good.replace(payload.encode(), urlsafe.encode()),
        json.dumps(
            fields | {"signatures": [signature | {"keyid": "A" * 32}]}, separators=(",", ":")
        ).encode(),
        json.dumps(fields | {"signatures": [signature | {"sig": 5}]}, separators=(",", ":")).encode(),
        json.dumps(fields | {"signatures": None}, separators=(",", ":")).encode(),
        json.dumps(fields | {"signatures": ["a"]}, separators=(",", ":")).encode(),
        b"[]",
        b"null",
        b"[" * 200_000,
        b'{"payload":"\\ud800","payloadType":"","signatures":[]}',
    ]


@pytest.mark.parametrize("data", _variants())
def test_other_spellings_are_refused(data: bytes) -> None:
    with pytest.raises(EnvelopeDamaged):
        envelope.decode(data, TYPE)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)


@given(
    st.fixed_dictionaries({"payload": json_values, "payloadType": json_values, "signatures": json_values})
    | json_values
)
def test_any_json_is_refused_and_never_a_bug(value: object) -> None:
    with pytest.raises(Refused):
        envelope.decode(json.dumps(value, separators=(",", ":"), sort_keys=True).encode(), TYPE)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_and_never_a_bug(data: bytes) -> None:
    with pytest.raises(Refused):
        envelope.decode(data, TYPE)
