"""Trust moves only upward and only by whom it was given."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.exchange import envelope, keys, trust
from antq_desktop.exchange.container import NewerVersion
from antq_desktop.exchange.manifest import Sender
from antq_desktop.exchange.trust import (
    Device,
    DeviceKey,
    KeyRevoked,
    ReceivingUnit,
    Trust,
    TrustOlder,
    TrustRefused,
    Unit,
    UnknownSender,
)

ROOT, NEXT_ROOT, OTHER = (bytes([n]) * 32 for n in (1, 2, 3))
LAPTOP, NEW_KEY, SERVER = (keys.generate() for _ in range(3))


def text(own: keys.DeviceKeys) -> str:
    return keys.to_text(own.sign_public)


def root_text(seed: bytes) -> str:
    return keys.to_text(keys.public_of(seed))


def document(version: int = 1, root: bytes = ROOT, key: DeviceKey | None = None) -> Trust:
    return Trust(
        version=version,
        issued_at=datetime(2026, 11, 21, tzinfo=UTC),
        receiving=ReceivingUnit("R0000001", "Phòng PA08", (root_text(root),), (SERVER.seal_public,), ()),
        units=(
            Unit(
                "R0000001", "Phòng PA08", (Device("server", (DeviceKey(text(SERVER), SERVER.seal_public),)),)
            ),
            Unit(
                "04978",
                "Xã Kim Bôi",
                (Device("laptop-1", (key or DeviceKey(text(LAPTOP), LAPTOP.seal_public),)),),
            ),
        ),
        merged={"04900": "04950", "04950": "04978"},
    )


def sender(unit: str = "04978", own: keys.DeviceKeys = LAPTOP, device: str = "laptop-1") -> Sender:
    return Sender(unit, device, own.key_id)


def test_document_reads_back_and_gives_its_keys() -> None:
    made = trust.open_trust(trust.sign(document(), [ROOT]), [keys.public_of(ROOT)])
    assert made == document()
    assert made.sign_key_of(sender(), 10) == LAPTOP.sign_public
    assert made.seal_keys_of("04978") == (LAPTOP.seal_public,)


def test_unknown_senders() -> None:
    made = document()
    for unknown in (sender("00001"), sender(own=NEW_KEY), sender(device="laptop-2"), sender("R0000001")):
        with pytest.raises(UnknownSender):
            made.sign_key_of(unknown, 1)


def test_merged_commune_keeps_its_key_under_either_code() -> None:
    made = document()
    assert made.current_code("04900") == "04978"
    # A merger lets nobody speak under another code than the one that it was enrolled under.
    with pytest.raises(UnknownSender):
        made.sign_key_of(sender("04900"), 1)
    circle = replace(made, merged={"1": "2", "2": "1"})
    assert circle.current_code("1") == "2"


def test_revoked_key_is_good_before_and_bad_from_its_number_on() -> None:
    made = document(key=DeviceKey(text(LAPTOP), LAPTOP.seal_public, "revoked", 50))
    assert made.sign_key_of(sender(), 49) == LAPTOP.sign_public
    for seq_to in (50, 51, None):
        with pytest.raises(KeyRevoked):
            made.sign_key_of(sender(), seq_to)
    with pytest.raises(KeyRevoked):
        made.sign_key_of(sender(), 7, begins_epoch=True)
    assert document().sign_key_of(sender(), 7, begins_epoch=True) == LAPTOP.sign_public
    assert made.seal_keys_of("04978") == ()
    with pytest.raises(KeyRevoked):
        document(key=DeviceKey(text(LAPTOP), LAPTOP.seal_public, "revoked")).sign_key_of(sender(), 1)


def test_two_keys_overlap_while_one_replaces_the_other() -> None:
    both = (
        DeviceKey(text(LAPTOP), LAPTOP.seal_public, "revoked", 50),
        DeviceKey(text(NEW_KEY), NEW_KEY.seal_public),
    )
    made = replace(document(), units=(Unit("04978", "Xã Kim Bôi", (Device("laptop-1", both),)),))
    assert made.sign_key_of(sender(), 49) == LAPTOP.sign_public
    assert made.sign_key_of(sender(own=NEW_KEY), 60) == NEW_KEY.sign_public


def test_version_goes_only_upward() -> None:
    roots = [keys.public_of(ROOT)]
    current = document(5)
    assert trust.open_trust(trust.sign(document(6), [ROOT]), roots, current).version == 6
    assert trust.open_trust(trust.sign(document(5), [ROOT]), roots, current) == current
    with pytest.raises(TrustOlder):
        trust.open_trust(trust.sign(document(4), [ROOT]), roots, current)
    with pytest.raises(TrustOlder):
        trust.open_trust(trust.sign(replace(document(5), merged={}), [ROOT]), roots, current)


def test_new_root_needs_the_old_one_too() -> None:
    old = [keys.public_of(ROOT)]
    new = document(2, NEXT_ROOT)
    assert trust.open_trust(trust.sign(new, [ROOT, NEXT_ROOT]), old, document()).version == 2
    for seeds in ([ROOT], [NEXT_ROOT], [OTHER], [OTHER, NEXT_ROOT]):
        with pytest.raises(TrustRefused):
            trust.open_trust(trust.sign(new, seeds), old, document())
    with pytest.raises(envelope.EnvelopeDamaged):
        trust.open_trust(trust.sign(new, [ROOT, NEXT_ROOT, OTHER]), old, document())


def test_another_receiving_unit_cannot_step_in() -> None:
    moved = replace(document(2), receiving=replace(document().receiving, unit_code="R0000002"))
    with pytest.raises(TrustRefused):
        trust.open_trust(trust.sign(moved, [ROOT]), [keys.public_of(ROOT)], document())


def test_weak_keys_and_broken_documents_are_refused() -> None:
    roots = [keys.public_of(ROOT)]
    weak = document(key=DeviceKey(keys.to_text(bytes(32)), LAPTOP.seal_public))
    with pytest.raises(keys.WeakKey):
        trust.open_trust(trust.sign(weak, [ROOT]), roots)
    fields = json.loads(strict_json.dumps({"a": 1}))
    for payload in (strict_json.dumps(fields), b"[]", b"{", b" {}"):
        with pytest.raises(TrustRefused):
            trust.open_trust(envelope.seal(trust.PAYLOAD_TYPE, payload, [ROOT]), roots)
    with pytest.raises(NewerVersion):
        trust.open_trust(envelope.seal(trust.PAYLOAD_TYPE[:-1] + "2", b"{}", [ROOT]), roots)


def test_manifest_signed_by_the_root_is_no_trust_document() -> None:
    with pytest.raises(envelope.EnvelopeDamaged):
        trust.open_trust(
            envelope.seal("application/vnd.antq.manifest+json;v=1", b"{}", [ROOT]), [keys.public_of(ROOT)]
        )


def test_every_changed_byte_is_refused() -> None:
    signed = trust.sign(document(), [ROOT])
    for at in range(len(signed)):
        changed = bytearray(signed)
        changed[at] ^= 1 << at % 8
        with pytest.raises(Refused):
            trust.open_trust(bytes(changed), [keys.public_of(ROOT)])


@given(st.binary(max_size=200))
def test_any_signed_payload_is_refused_and_never_a_bug(payload: bytes) -> None:
    with pytest.raises(Refused):
        trust.open_trust(envelope.seal(trust.PAYLOAD_TYPE, payload, [ROOT]), [keys.public_of(ROOT)])
