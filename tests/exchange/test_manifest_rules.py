"""A label that breaks any rule is refused."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.exchange import keys, manifest
from antq_desktop.exchange.manifest import ChainPoint, DocumentManifest
from antq_desktop.exchange.manifest_rules import EmptyBundle, ManifestRefused, parse

if TYPE_CHECKING:
    from tests.exchange.conftest import Bench

Fields = dict[str, Any]


def test_bundle_reads_back(bench: "Bench") -> None:
    made = bench.bundle(
        parent=None, last_ack_seen=manifest.AckSeen(3, bytes(32)), prev_bundle_sha256=bytes(32)
    )
    assert parse(manifest.encode(made.manifest)) == made.manifest


def test_label_holds_no_personal_data_and_no_hash_of_plaintext(bench: "Bench") -> None:
    label = manifest.encode(bench.bundle().manifest).decode()
    assert "Bưởi" not in label
    assert "Ước" not in label
    assert json.loads(label)["payload"].keys() == {"sha256", "size", "plain_size", "max_line"}


def change(**fields: object) -> Callable[[Fields], Fields]:
    return lambda label: {**label, **fields}


def inside(name: str, **fields: object) -> Callable[[Fields], Fields]:
    return lambda label: {**label, name: {**label[name], **fields}}


BAD = {
    "unknown field": change(note="x"),
    "promises more than its size allows": lambda label: inside(
        "payload", plain_size=64 * 2**20 + 256 * label["payload"]["size"] + 1
    )(label),
    "unknown field inside": inside("payload", plain_sha256="0" * 64),
    "no kind": lambda label: {k: v for k, v in label.items() if k != "kind"},
    "missing": lambda label: {k: v for k, v in label.items() if k != "epoch"},
    "kind": change(kind="backup"),
    "kind of another kind": change(kind="ack"),
    "kind no text": change(kind=["bundle"]),
    "epoch zero": change(epoch=0),
    "epoch a bool": change(epoch=True),
    "epoch a float": change(epoch=1.0),
    "epoch a text": change(epoch="1"),
    "seq negative": change(seq_from=-1),
    "count": change(count=4),
    "too many": change(count=6_000_000, seq_to=6_000_000, counts={"households": 6_000_000}),
    "counts": change(counts={"households": 3}),
    "counts name": change(counts={"../x": 5}),
    "hash capitals": change(head_event_hash="AB" * 32),
    "hash short": change(head_event_hash="ab" * 31),
    "first without genesis": change(prev_event_hash="ab" * 32),
    "parent not before": change(parent={"epoch": 1, "seq": 0, "hash": "0" * 64}),
    "reason": change(reason="because"),
    "time": change(created_at="2026-11-21T08:30:00+00:00"),
    "time spelled otherwise": change(created_at="2026-11-21T8:30:00Z"),
    "time of nothing": change(created_at=None),
    "unit": inside("sender", unit_code="../04978"),
    "unit long": inside("sender", unit_code="1" * 65),
    "key id": inside("sender", key_id="x"),
    "key ids": inside("recipient", key_ids="x"),
    "line cap": inside("payload", max_line=2**20 + 1),
    "size": inside("payload", size=0),
    "id": change(bundle_id="1"),
    "id spelled otherwise": change(bundle_id="01934B6E-6A00-7000-8000-0123456789AB"),
    "catalogues": change(catalogue_versions={"a": 1}),
    "catalogues list": change(catalogue_versions=[]),
    "ack": change(last_ack_seen={"sequence": 0, "sha256": "0" * 64}),
    "snapshot from the middle": change(kind="snapshot", seq_from=2, seq_to=6),
}


@pytest.mark.parametrize("spoil", BAD.values(), ids=BAD.keys())
def test_broken_labels_are_refused(bench: "Bench", spoil: Callable[[Fields], Fields]) -> None:
    label = json.loads(manifest.encode(bench.bundle().manifest))
    assert parse(strict_json.dumps(label))
    with pytest.raises(ManifestRefused):
        parse(strict_json.dumps(spoil(label)))


def test_other_spellings_are_refused(bench: "Bench") -> None:
    good = manifest.encode(bench.bundle().manifest)
    for bad in (
        good + b" ",
        good.replace(b",", b", ", 1),
        json.dumps(json.loads(good), indent=1).encode(),
        b"",
        b"7",
    ):
        with pytest.raises(ManifestRefused):
            parse(bad)


def test_hostile_field_names_are_not_repeated_at_length(bench: "Bench") -> None:
    label = json.loads(manifest.encode(bench.bundle().manifest))
    with pytest.raises(ManifestRefused) as caught:
        parse(strict_json.dumps({**label, "{evil}" * 5000: 1}))
    assert len(str(caught.value)) < 300


def test_empty_bundle_has_its_own_words(bench: "Bench") -> None:
    label = json.loads(manifest.encode(bench.bundle().manifest))
    with pytest.raises(EmptyBundle):
        parse(strict_json.dumps({**label, "count": 0, "counts": {}, "seq_to": 0}))


def test_parent_must_join(bench: "Bench") -> None:
    made = replace(
        bench.bundle().manifest,
        epoch=2,
        seq_from=11,
        seq_to=15,
        prev_event_hash=b"p" * 32,
        parent=ChainPoint(1, 10, b"p" * 32),
    )
    assert parse(manifest.encode(made)) == made
    for parent in (ChainPoint(2, 10, b"p" * 32), ChainPoint(1, 9, b"p" * 32), ChainPoint(1, 10, b"q" * 32)):
        with pytest.raises(ManifestRefused):
            parse(manifest.encode(replace(made, parent=parent)))


def test_only_a_trust_file_answers_a_request(bench: "Bench") -> None:
    payload = manifest.Payload(bytes(32), 1, 1, 1)
    made = DocumentManifest(
        kind="trust",
        bundle_id=bench.draft([]).bundle_id,
        sender=bench.draft([]).sender,
        recipient=bench.draft([]).recipient,
        schema_version=1,
        catalogue_versions={},
        created_at=bench.draft([]).created_at,
        trust_version=1,
        answer=manifest.Answer(bytes(32), keys.to_text(bench.receiving.sign_public), "00" * 32),
        payload=payload,
    )
    assert parse(manifest.encode(made)) == made
    with pytest.raises(ManifestRefused):
        parse(manifest.encode(replace(made, kind="ack")))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(data=st.data(), kind=st.sampled_from(["bundle", "ack", "trust", "catalogue", "snapshot", "enrol"]))
def test_any_value_in_any_field_is_refused_or_read(data: st.DataObject, kind: str) -> None:
    from antq_desktop.exchange import manifest_rules

    label: Fields = {name: data.draw(json_values) for name in manifest_rules._SHAPES[kind][1]}
    with pytest.raises(Refused):
        parse(strict_json.dumps({**label, "kind": kind}))
