"""One function verifies, as others expect it to; weak keys never come in."""

import json
from functools import partial
from pathlib import Path

import pytest
import verify_bundle
from nacl.bindings import crypto_core_ed25519_is_valid_point
from securesystemslib.dsse import Envelope
from securesystemslib.signer import Signature

from antq_desktop.exchange import keys
from antq_desktop.exchange.keys import WeakKey

#: The eight points of small order, canonical and not, as every list of them gives them.
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


def test_keys_sign_and_verify_and_hide_their_secrets() -> None:
    own = keys.generate()
    signature = keys.sign(own.sign_seed, b"message")
    assert keys.verify(own.sign_public, b"message", signature)
    assert not keys.verify(own.sign_public, b"Message", signature)
    assert own.seal_identity not in repr(own)
    assert repr(own.sign_seed) not in repr(own)
    assert keys.from_text(keys.to_text(own.sign_public)) == own.sign_public
    assert keys.check_seal_public(own.seal_public) == own.seal_public


@pytest.mark.parametrize("size", [0, 1, 31, 33, 64])
def test_odd_lengths_are_no_signature(size: int) -> None:
    own = keys.generate()
    assert not keys.verify(bytes(size), b"", bytes(64))
    assert not keys.verify(own.sign_public, b"", bytes(size + 1 if size == 64 else size))


@pytest.mark.parametrize("point", SMALL_ORDER)
def test_small_order_and_non_canonical_keys_are_refused(point: str) -> None:
    with pytest.raises(WeakKey):
        keys.from_text(keys.to_text(bytes.fromhex(point)))


def test_key_outside_the_main_group_is_refused() -> None:
    # A good key plus a point of order two: on the curve, canonical, not small, and still not of prime order.
    mixed = [bytes([n]) + bytes(31) for n in range(2, 60)]
    assert all(not crypto_core_ed25519_is_valid_point(point) for point in mixed[:1])
    for point in mixed:
        if not crypto_core_ed25519_is_valid_point(point):
            with pytest.raises(WeakKey):
                keys.from_text(keys.to_text(point))


@pytest.mark.parametrize("text", ["", "AAAA", "not base64!", "A" * 43, "é" * 44])
def test_text_that_is_no_key(text: str) -> None:
    with pytest.raises(WeakKey):
        keys.from_text(text)


def test_recipient_has_one_spelling() -> None:
    good = keys.generate().seal_public
    for bad in ("", "age1", good.upper(), good + " ", good[:-1], "ssh-ed25519 AAAA", "é"):
        with pytest.raises(WeakKey):
            keys.check_seal_public(bad)


@pytest.mark.shared
def test_all_151_wycheproof_signatures_are_judged_right(shared_folder: Path) -> None:
    vectors = json.loads((shared_folder / "data/vectors/wycheproof-ed25519.json").read_text())
    judged = [
        keys.verify(
            bytes.fromhex(group["publicKey"]["pk"]), bytes.fromhex(test["msg"]), bytes.fromhex(test["sig"])
        )
        == (test["result"] == "valid")
        for group in vectors["testGroups"]
        for test in group["tests"]
    ]
    assert len(judged) == 151
    assert all(judged)


@pytest.mark.shared
def test_914_edge_cases_are_answered_as_pinned(shared_folder: Path) -> None:
    vectors = json.loads((shared_folder / "data/vectors/cctv-ed25519.json").read_text())
    accepted = [
        vector["number"]
        for vector in vectors
        if keys.verify(bytes.fromhex(vector["key"]), vector["msg"].encode(), bytes.fromhex(vector["sig"]))
    ]
    assert len(vectors) == 914
    assert accepted == json.loads((Path(__file__).parent / "cctv_accepted.json").read_text())
    assert len(accepted) == 43
    small = [v for v in vectors if "low_order_A" in (v["flags"] or ())]
    for vector in small:
        with pytest.raises(WeakKey):
            keys.from_text(keys.to_text(bytes.fromhex(vector["key"])))


@pytest.mark.shared
def test_the_verifier_of_other_libraries_judges_the_vectors_as_we_do(shared_folder: Path) -> None:
    folder = shared_folder / "data/vectors"
    vectors = [
        (vector["key"], vector["msg"].encode(), vector["sig"])
        for vector in json.loads((folder / "cctv-ed25519.json").read_text())
    ] + [
        (group["publicKey"]["pk"], bytes.fromhex(test["msg"]), test["sig"])
        for group in json.loads((folder / "wycheproof-ed25519.json").read_text())["testGroups"]
        for test in group["tests"]
    ]
    judged = 0
    for key, message, signature in vectors:
        public = bytes.fromhex(key)
        name = keys.key_id(public)
        held = Envelope(message, "", {name: Signature(name, signature)})
        held.pae = partial(bytes, message)  # a vector signed its message as it is
        ours = keys.verify(public, message, bytes.fromhex(signature)) and is_a_key(public)
        assert verify_bundle.is_signed_by(held, keys.to_text(public)) is ours, (key, signature)
        judged += 1
    assert judged == 914 + 151


def is_a_key(public: bytes) -> bool:
    try:
        keys.from_text(keys.to_text(public))
    except WeakKey:
        return False
    return True
