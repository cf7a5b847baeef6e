"""Whatever is wrong inside or around a file, it is refused and nothing of it is believed."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.domain.events import GENESIS, chain_hash, decode, encode
from antq_desktop.exchange import container, envelope, keys, manifest, opening, seal, state
from antq_desktop.exchange.container import FileCut, NotABundle
from antq_desktop.exchange.manifest import BundleManifest
from antq_desktop.exchange.plain_stream import PayloadRefused
from antq_desktop.runtime.progress import Progress

if TYPE_CHECKING:
    from tests.exchange.conftest import Bench


def scan(content: bytes) -> seal.Attachment:
    return seal.Attachment(hashlib.sha256(content).digest(), len(content), lambda: (content[:7], content[7:]))


def test_what_was_sealed_comes_out_as_the_same_bytes(bench: "Bench") -> None:
    lines = bench.lines(700)
    papers = [b"\xff\xd8" + bytes(range(256)) * 5000, b"", b'{"blob":"not a line"}\n' * 9]
    sealed = bench.seal(bench.draft(lines), lines, map(scan, papers))
    events = bench.open(sealed.path)
    assert [entry.line for entry in events if isinstance(entry, opening.SealedEvent)] == [
        line for _, line in lines
    ]
    assert [entry[1] for entry in events if isinstance(entry, tuple)] == papers
    assert isinstance(events[699], opening.SealedEvent)
    assert events[699].hash == sealed.manifest.head_event_hash
    assert sealed.manifest.counts == {"households": 350, "commitments": 350}
    assert sealed.sha256 == hashlib.sha256(sealed.path.read_bytes()).digest()
    assert sealed.size == sealed.path.stat().st_size
    assert [path.name for path in bench.folder.iterdir()] == [sealed.path.name]


def test_every_recipient_opens_it_and_nobody_else(bench: "Bench") -> None:
    sealed = bench.bundle()
    file = opening.look(sealed.path)
    for identity in (bench.receiving.seal_identity, bench.recovery, bench.commune.seal_identity):
        opening.check_recipient(sealed.manifest, "R0000001", identity)
        assert len(list(opening.entries(file, sealed.manifest, identity, Progress()))) == 6
    stranger = keys.generate().seal_identity
    with pytest.raises(opening.WrongRecipient):
        opening.check_recipient(sealed.manifest, "R0000001", stranger)
    with pytest.raises(opening.WrongRecipient):
        opening.check_recipient(sealed.manifest, "R0000002", bench.receiving.seal_identity)
    with pytest.raises(PayloadRefused):
        list(opening.entries(file, sealed.manifest, stranger, Progress()))


def test_bit_change_anywhere_is_refused(bench: "Bench") -> None:
    content = bench.bundle(2).path.read_bytes()
    altered = bench.target()
    for at in range(len(content)):
        changed = bytearray(content)
        changed[at] ^= 1 << at % 8
        altered.write_bytes(changed)
        with pytest.raises(KnownFailure) as caught:
            bench.open(altered)
        assert caught.value.exit_code == 3


def test_truncation_at_every_length_is_refused(bench: "Bench") -> None:
    content = bench.bundle(2).path.read_bytes()
    cut = bench.target()
    for length in range(len(content)):
        cut.write_bytes(content[:length])
        with pytest.raises(FileCut if length else NotABundle):
            bench.open(cut)


def test_bytes_after_the_end_are_refused(bench: "Bench") -> None:
    path = bench.bundle(2).path
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(opening.PayloadDamaged):
        bench.open(path)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_damage_of_a_big_bundle_is_refused(bench: "Bench", data: st.DataObject) -> None:
    kept = bench.folder / "big"
    if not kept.exists():
        kept.write_bytes(bench.bundle(400, [scan(bytes(300_000))]).path.read_bytes())
    content = bytearray(kept.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    piece = data.draw(st.binary(min_size=1, max_size=40))
    if content[at : at + len(piece)] == piece:
        return
    content[at : at + len(piece)] = piece
    damaged = bench.folder / "damaged"
    damaged.write_bytes(content)
    with pytest.raises(KnownFailure):
        bench.open(damaged)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=st.sampled_from([b"", b"ANTQSB", b"ANTQSB\0\1", b"ANTQSB\0\1\0\0\0\x08"]),
    rest=st.binary(max_size=300),
)
def test_random_bytes_are_refused(tmp_path: Path, head: bytes, rest: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(head + rest)
    with pytest.raises(KnownFailure):
        opening.look(path)


def test_ciphertext_signed_again_by_another_unit_is_refused(bench: "Bench") -> None:
    sealed = bench.bundle()
    file = opening.look(sealed.path)
    ciphertext = sealed.path.read_bytes()[file.payload_offset :]
    thief = keys.generate()
    stolen = replace(sealed.manifest, sender=manifest.Sender("00001", "thief", thief.key_id))
    path = bench.write(manifest.encode(stolen), ciphertext, [thief.sign_seed])
    again = opening.look(path)
    proven = opening.prove(again, lambda _sender: thief.sign_public)
    assert isinstance(proven, BundleManifest)
    with pytest.raises(PayloadRefused) as caught:
        list(opening.entries(again, proven, bench.receiving.seal_identity, Progress()))
    assert caught.value.facts == {"where": "header"}


def test_signature_of_another_key_is_refused(bench: "Bench") -> None:
    file = opening.look(bench.bundle().path)
    stranger = keys.generate().sign_public
    with pytest.raises(envelope.WrongSignature):
        opening.prove(file, lambda _sender: stranger)


def test_payloads_swapped_between_labels_are_refused(bench: "Bench") -> None:
    one, two = bench.bundle(3).path, bench.bundle(3).path
    first, second = opening.look(one), opening.look(two)
    swapped = bench.target()
    swapped.write_bytes(one.read_bytes()[: first.payload_offset] + two.read_bytes()[second.payload_offset :])
    with pytest.raises((opening.PayloadDamaged, FileCut)):
        bench.open(swapped)


@pytest.mark.parametrize("field", ["epoch", "seq_from", "seq_to", "bundle_id", "kind"])
def test_header_inside_must_repeat_the_label(bench: "Bench", field: str) -> None:
    lines = bench.lines(3)
    header = manifest.header_of(bench.draft(lines))
    header[field] = "snapshot" if field == "kind" else 9
    plain = strict_json.dumps(header) + b'\n{"state":null}\n' + b"".join(line + b"\n" for _, line in lines)
    with pytest.raises(PayloadRefused) as caught:
        bench.open(bench.forge(lines, plain))
    assert caught.value.facts == {"where": "header"}


def test_state_of_the_sender_comes_first(bench: "Bench") -> None:
    lines = bench.lines(2)
    told = {"households": state.state_of([("a", '{"laptop-1":1}')])}
    sealed = seal.seal_bundle(
        bench.draft(lines),
        lines,
        [],
        state=told,
        seed=bench.commune.sign_seed,
        recipients=bench.recipients,
        target=bench.target(),
        progress=Progress(),
    )
    file = opening.look(sealed.path)
    entries = list(opening.entries(file, sealed.manifest, bench.receiving.seal_identity, Progress()))
    assert entries[0] == opening.SealedState(told)
    assert state.state_of([("a", '{"laptop-1":2}')]) != told["households"]


@pytest.mark.parametrize("line", [b"{}", b'{"state":1}', b'{"state":{"households":{"rows":1}}}', b"[]", b"x"])
def test_broken_state_is_refused(bench: "Bench", line: bytes) -> None:
    lines = bench.lines(2)
    plain = bench.inside(bench.draft(lines), lines).replace(b'{"state":null}', line)
    with pytest.raises(PayloadRefused) as caught:
        bench.open(bench.forge(lines, plain))
    assert caught.value.facts == {"where": "state"}


def test_window_of_a_bomb_is_refused(bench: "Bench") -> None:
    lines = bench.lines(3)
    plain = bench.inside(bench.draft(lines), lines) + b'{"blob":'
    wide = zstandard.ZstdCompressionParameters.from_level(3, window_log=24)
    frames = zstandard.ZstdCompressor(compression_params=wide).compressobj()
    bomb = frames.compress(plain + bytes(40_000_000)) + frames.flush()
    with pytest.raises(PayloadRefused) as caught:
        bench.open(bench.forge(lines, plain + bytes(40_000_000), frames=bomb))
    assert caught.value.facts == {"where": "seal"}


def test_output_of_a_bomb_stops_at_the_declared_size(bench: "Bench") -> None:
    lines = bench.lines(3)
    plain = bench.inside(bench.draft(lines), lines)
    bomb = zstandard.compress(plain + bytes(200 * 1024 * 1024))
    assert len(bomb) < 20_000
    with pytest.raises(PayloadRefused) as caught:
        bench.open(bench.forge(lines, plain, frames=bomb))
    assert caught.value.facts == {"where": "end"}


def test_more_promised_than_inside_is_refused(bench: "Bench") -> None:
    lines = bench.lines(3)
    size = len(bench.inside(bench.draft(lines), lines))
    for more in (1, 500_000):
        with pytest.raises(PayloadRefused):
            bench.open(bench.forge(lines, payload={"plain_size": size + more}))


def test_line_over_the_declared_length_is_refused(bench: "Bench") -> None:
    lines = bench.lines(3)
    with pytest.raises(PayloadRefused) as caught:
        bench.open(bench.forge(lines, payload={"max_line": 200}))
    assert caught.value.facts == {"where": "line"}
    endless = bench.lines(1, body={"head": "a" * 3_000_000})
    with pytest.raises(PayloadRefused) as caught:
        bench.open(bench.forge(endless))
    assert caught.value.facts == {"where": "line"}


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"[" * 100_000,
        b"nothing",
        b"",
        b"\xff\xfe",
        b'{"epoch":1}',
        b"\xef\xbb\xbf{}",
    ],
    ids=["deep", "very-deep", "word", "empty", "not-utf8", "few-fields", "bom"],
)
def test_line_that_is_no_event_is_refused(bench: "Bench", line: bytes) -> None:
    lines = [("households", line)]
    with pytest.raises(PayloadRefused):
        bench.open(bench.forge(lines, payload={"max_line": 200_000}))


def test_event_line_with_a_doubled_key_or_nan_is_refused(bench: "Bench") -> None:
    (_, line) = bench.lines(1)[0]
    doubled = line.replace(b'{"epoch":1', b'{"epoch":1,"epoch":1')
    for bad in (
        doubled,
        line.replace(b'"members":4', b'"members":NaN'),
        line.replace(b'"members":4', b'"members":1e999'),
    ):
        assert bad != line
        with pytest.raises(PayloadRefused):
            bench.open(bench.forge([("households", bad)]))


def test_event_of_another_place_is_refused(bench: "Bench") -> None:
    for wrong in (bench.lines(3, first=2), bench.lines(3, epoch=2)):
        with pytest.raises(PayloadRefused) as caught:
            bench.open(bench.forge(wrong))
        assert caught.value.facts == {"where": "seq"}


def test_counts_and_head_must_agree_with_the_events(bench: "Bench") -> None:
    lines = bench.lines(4)
    for wrong in ({"counts": {"households": 4}}, {"head_event_hash": bytes(32)}):
        with pytest.raises(PayloadRefused) as caught:
            bench.open(bench.forge(lines, **wrong))
        assert caught.value.facts == {"where": "head"}


def test_attachment_with_other_bytes_is_refused(bench: "Bench") -> None:
    lines = bench.lines(2)
    plain = bench.inside(bench.draft(lines), lines)
    for named in (
        {"blob": hashlib.sha256(b"one").hexdigest(), "size": 3},
        {"blob": hashlib.sha256(b"two").hexdigest(), "size": 2},
        {"blob": hashlib.sha256(b"two").hexdigest(), "size": 30},
        {"blob": hashlib.sha256(b"two").hexdigest(), "size": -3},
        {"blob": hashlib.sha256(b"two").hexdigest(), "size": 3, "name": "../../evil"},
        {"blob": "../../evil", "size": 3},
    ):
        with pytest.raises(PayloadRefused):
            bench.open(bench.forge(lines, plain + strict_json.dumps(named) + b"\ntwo"))


def test_attachment_that_the_caller_passes_over_is_still_checked(bench: "Bench") -> None:
    lines = bench.lines(1)
    named = strict_json.dumps({"blob": hashlib.sha256(b"one").hexdigest(), "size": 3})
    file = opening.look(bench.forge(lines, bench.inside(bench.draft(lines), lines) + named + b"\ntwo"))
    assert isinstance(file.claims, BundleManifest)
    with pytest.raises(PayloadRefused):
        list(opening.entries(file, file.claims, bench.receiving.seal_identity, Progress()))


def test_leaving_early_leaves_no_thread(bench: "Bench") -> None:
    path = bench.bundle(3000, [scan(bytes(5_000_000))]).path
    file = opening.look(path)
    assert isinstance(file.claims, BundleManifest)
    entries = opening.entries(file, file.claims, bench.receiving.seal_identity, Progress())
    next(entries)
    entries.close()  # the fixture looks for a thread that is left


def test_cancel_while_opening(bench: "Bench") -> None:
    file = opening.look(bench.bundle(3).path)
    assert isinstance(file.claims, BundleManifest)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        list(opening.entries(file, file.claims, bench.receiving.seal_identity, progress))


def test_cancel_among_the_attachments(bench: "Bench") -> None:
    file = opening.look(bench.bundle(1, [scan(b"one"), scan(b"two")]).path)
    assert isinstance(file.claims, BundleManifest)
    progress = Progress()
    entries = opening.entries(file, file.claims, bench.receiving.seal_identity, progress)
    assert [type(next(entries)) for _ in range(3)] == [
        opening.SealedState,
        opening.SealedEvent,
        opening.SealedBlob,
    ]
    progress.cancel()
    with pytest.raises(Cancelled):
        next(entries)


def test_one_kind_is_not_taken_for_another(bench: "Bench") -> None:
    sealed = bench.bundle()
    with pytest.raises(opening.WrongKind):
        opening.expect(sealed.manifest, "ack", "trust")


def test_hostile_file_name_says_nothing(bench: "Bench") -> None:
    sealed = bench.bundle()
    odd = bench.folder / "; rm -rf \u202egnp.antq.exe"
    shutil.copy(sealed.path, odd)
    assert len(bench.open(odd)) == 5


def test_document_comes_out_and_must_be_the_only_piece(bench: "Bench") -> None:
    draft = manifest.DocumentDraft(
        kind="ack",
        bundle_id=bench.draft([]).bundle_id,
        sender=manifest.Sender("R0000001", "server", bench.receiving.key_id),
        recipient=manifest.Recipient("04978", (keys.key_id(bench.commune.seal_public),)),
        schema_version=1,
        catalogue_versions={},
        created_at=bench.draft([]).created_at,
        trust_version=1,
    )
    sealed = seal.seal_document(
        draft,
        "nội dung".encode(),
        seed=bench.receiving.sign_seed,
        recipients=[bench.commune.seal_public],
        target=bench.target(),
    )
    file = opening.look(sealed.path)
    proven = opening.prove(file, lambda _sender: bench.receiving.sign_public)
    assert isinstance(proven, manifest.DocumentManifest)
    assert opening.document(file, proven, bench.commune.seal_identity) == "nội dung".encode()
    with pytest.raises(container.FileTooLarge):
        opening.document(
            file,
            replace(proven, payload=replace(proven.payload, plain_size=opening.MAX_DOCUMENT + 1)),
            bench.commune.seal_identity,
        )


def test_first_event_after_nothing(bench: "Bench") -> None:
    (_, line) = bench.lines(1)[0]
    assert bench.draft([]).prev_event_hash == GENESIS
    assert bench.open(bench.forge([("households", line)]))[0] == opening.SealedEvent(
        decode(line), line, chain_hash(GENESIS, line)
    )
    assert encode(decode(line)) == line
