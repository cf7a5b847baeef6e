"""Whatever a stick does to a file of any kind, it is refused; what an enrolled laptop can sign costs little to refuse."""

import base64
import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
import zstandard

from antq_desktop.exchange import keys, opening, seal
from antq_desktop.exchange.plain_stream import MAX_SEAL_HEADER, PayloadRefused
from tests.exchange.both_sides import BothSides
from tests.exchange.conftest import Bench
from tests.exchange.damaging import armoured, with_passphrase

KINDS = ("bundle", "ack-with-trust", "catalogue", "trust", "first-trust", "enrol")
SKIPPABLE = b"\x50\x2a\x4d\x18\x04\0\0\0skip"
#: Above what the program has at its start, in MiB: the window, a few pieces in a queue, one line and what it becomes.
CAP_OF_A_BUNDLE = 128
CAP_OF_A_DOCUMENT = 256


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> BothSides:
    folder = tmp_path_factory.mktemp("sides")
    return BothSides(Bench(folder, keys.generate(), keys.generate(), keys.generate().seal_identity))


@pytest.mark.parametrize("kind", KINDS)
def test_every_flipped_byte_is_refused(sides: BothSides, kind: str) -> None:
    good, path = sides.files[kind], sides.bench.folder / "flipped.antq"
    content = good.path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1 << at % 8]) + content[at + 1 :])
        assert not sides.we_accept(path, good.reader), at


@pytest.mark.parametrize("kind", KINDS)
def test_every_bit_of_every_ninth_byte_is_refused(sides: BothSides, kind: str) -> None:
    good, path = sides.files[kind], sides.bench.folder / "flipped.antq"
    content = good.path.read_bytes()
    for at in range(0, len(content), 9):
        for bit in range(8):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :])
            assert not sides.we_accept(path, good.reader), (at, bit)


@pytest.mark.parametrize("kind", KINDS)
def test_every_length_is_refused(sides: BothSides, kind: str) -> None:
    good, path = sides.files[kind], sides.bench.folder / "cut.antq"
    content = good.path.read_bytes()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert not sides.we_accept(path, good.reader), length
    path.write_bytes(content + b"\0")
    assert not sides.we_accept(path, good.reader)


def test_no_label_takes_the_sealed_part_of_another(sides: BothSides) -> None:
    path = sides.bench.folder / "swapped.antq"
    parts = {}
    for name, good in sides.files.items():
        at, content = opening.look(good.path).payload_offset, good.path.read_bytes()
        parts[name] = content[:at], content[at:]
    for name, good in sides.files.items():
        for other in parts:
            path.write_bytes(parts[name][0] + parts[other][1])
            assert sides.we_accept(path, good.reader) is (name == other), (name, other)


def _with_checksum(plain: bytes) -> bytes:
    packer = zstandard.ZstdCompressor(write_checksum=True).compressobj()
    return packer.compress(plain) + packer.flush()


def _inside(bench: Bench) -> bytes:
    lines = bench.lines(3)
    return bench.inside(bench.draft(lines), lines)


@pytest.mark.parametrize(
    "pack",
    [
        lambda plain: b"".join(zstandard.compress(plain[at : at + 40]) for at in range(0, len(plain), 40)),
        lambda plain: SKIPPABLE * 5_000 + zstandard.compress(plain) + SKIPPABLE,
        lambda plain: zstandard.compress(b"") + zstandard.compress(plain) + zstandard.compress(b""),
        _with_checksum,
    ],
    ids=["many frames", "skippable frames", "empty frames", "checksum"],
)
def test_other_frames_of_the_same_text_are_no_harm(bench: Bench, pack: Callable[[bytes], bytes]) -> None:
    assert len(bench.open(bench.forge(bench.lines(3), frames=pack(_inside(bench))))) == 3


@pytest.mark.parametrize(
    "pack",
    [
        lambda plain: plain,
        lambda plain: zstandard.compress(plain)[:-4],
        lambda plain: _with_checksum(plain)[:-1],
        lambda plain: _with_checksum(plain)[:-4],
        lambda plain: zstandard.compress(plain) + zstandard.compress(b"")[:-1],
        lambda plain: zstandard.compress(plain + b"\n") + SKIPPABLE[:-4],
        lambda plain: zstandard.compress(plain) + SKIPPABLE[:-1],
        lambda plain: zstandard.compress(plain) + zstandard.compress(b"x"),
        lambda plain: zstandard.compress(plain) + b"x",
        lambda plain: zstandard.compress(plain) + zstandard.compress(bytes(2**28)),
        lambda plain: zstandard.compress(plain[:-1]) + SKIPPABLE,
        lambda plain: b"\x28\xb5\x2f\xfd\xa0\xff\xff\xff\xff" + zstandard.compress(plain)[9:],
    ],
    ids=[
        "no frame",
        "cut",
        "cut checksum",
        "no checksum",
        "cut last",
        "more before a cut",
        "cut skippable",
        "more",
        "noise behind",
        "bomb behind",
        "less",
        "claims 4 GiB",
    ],
)
def test_frames_of_another_text_are_refused(bench: Bench, pack: Callable[[bytes], bytes]) -> None:
    plain = _inside(bench)
    with pytest.raises(PayloadRefused):
        bench.open(bench.forge(bench.lines(3), plain, frames=pack(plain)))


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        (b'"members":4', b'"members":' + b"9" * 100_000),
        (b'"members":4', b'"members":-123456789012345678'),
        (b'"members":4', b'"members":1e999'),
        (b'"members":4', b'"members":NaN'),
        (b'"members":4', b'"members":4,"members":4'),
        (b'"members":4', b'"members":' + b"[" * 31 + b"]" * 31),
        (b'"members":4', b'"members":[' + b"0," * 250_000 + b"0]"),
        (b'"members":4', b'"members":"' + b'\\"' * 100_000),
        (b'"members":4', b'"members":"\\ud83d"'),
        (b'"members":4', b'"members":"\\ude00\\ud83d"'),
        (b'"members":4', b'"members":"\xed\xa0\x80"'),
        (b'"members":4', b'"members":"\x00"'),
        (b'"version":{"laptop-1":1}', b'"version":{"laptop-1":9007199254740992}'),
        (b'"base_version":{}', b'"base_version":{"laptop-1":-1}'),
        (b'"epoch":1', b'"epoch":true'),
        (b'"seq":1', b'"seq":1.0'),
        (b'"body":{', b'"body":[],"x":{'),
    ],
    ids=lambda part: part[:30].decode("latin-1"),
)
def test_hostile_json_of_an_event_is_refused(bench: Bench, part: bytes, instead: bytes) -> None:
    ((entity, line),) = bench.lines(1)
    assert part in line
    changed = [(entity, line.replace(part, instead))]
    began = time.process_time()
    with pytest.raises(PayloadRefused):
        bench.open(bench.forge(changed, payload={"max_line": 2**20}))
    assert time.process_time() - began < 5


def _stanzas(count: int) -> bytes:
    line = base64.b64encode(bytes(range(32))).rstrip(b"=") + b"\n"
    return b"age-encryption.org/v1\n" + (b"-> X25519 " + line + line) * count + b"--- " + line + bytes(48)


@pytest.mark.parametrize(
    "seal_up",
    [
        lambda _frames, _known: with_passphrase(),
        lambda frames, known: armoured(pyrage.encrypt(frames, known)),
        lambda frames, known: pyrage.encrypt(frames, known[:1] * 800),
        lambda _frames, _known: _stanzas(40_000),
        lambda _frames, _known: b"age-encryption.org/v1\n-> X25519 " + b"A" * 3_000_000,
        lambda _frames, _known: b"age-encryption.org/v2\n" + _stanzas(1)[22:],
        lambda frames, _known: frames,
    ],
    ids=["passphrase", "letters", "800 recipients", "40,000 recipients", "endless", "version", "bare"],
)
def test_another_seal_is_refused_at_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, seal_up: Callable[[bytes, Any], bytes]
) -> None:
    # The age library takes time that grows with the square of the header: 4 MB of it would take minutes.
    with monkeypatch.context() as patched:

        def sealed(frames: bytes, known: Any) -> bytes:
            patched.undo()
            return seal_up(frames, known)

        patched.setattr(pyrage, "encrypt", sealed)
        path = bench.forge(bench.lines(3))
    began = time.process_time()
    with pytest.raises(PayloadRefused) as caught:
        bench.open(path)
    assert caught.value.facts == {"where": "seal"}
    assert time.process_time() - began < 2


def test_a_header_of_600_recipients_is_still_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = pyrage.encrypt
    with monkeypatch.context() as patched:
        patched.setattr(pyrage, "encrypt", lambda frames, known: shipped(frames, known * 200))
        path = bench.forge(bench.lines(3))
    at = opening.look(path).payload_offset
    assert path.read_bytes()[at:].index(b"\n--- ") < MAX_SEAL_HEADER
    assert len(bench.open(path)) == 3


needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="the peak is read from /proc")

_PEAK = """
import sys
from contextlib import closing
from pathlib import Path
from antq_desktop.domain.errors import Refused
from antq_desktop.exchange import acknowledgement, opening
from antq_desktop.exchange.manifest import BundleManifest
from antq_desktop.runtime.progress import Progress
path, identity = Path(sys.argv[1]), sys.argv[2]
def peak():
    # Not getrusage: that counts what the program that started this one once had.
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
start = peak()
code = "accepted"
try:
    file = opening.look(path)
    if isinstance(file.claims, BundleManifest):
        with closing(opening.entries(file, file.claims, identity, Progress())) as entries:
            for entry in entries:
                for chunk in getattr(entry, "chunks", ()):
                    pass
    else:
        acknowledgement.decode(opening.document(file, file.claims, identity))
except Refused as refused:
    code = refused.code
print(code, (peak() - start) // 1024)
"""


def _peak(path: Path, identity: str) -> tuple[str, int]:
    """Open a file in a program of its own; return its code and the memory that it took in MiB."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, path, identity], capture_output=True, text=True, check=True
    )
    code, size = done.stdout.split()
    return code, int(size)


def _frames_of(*pieces: bytes) -> bytes:
    packer = zstandard.ZstdCompressor(level=1).compressobj()
    return b"".join(packer.compress(piece) for piece in pieces) + packer.flush()


def _hostile_bundles(bench: Bench) -> dict[str, Path]:
    lines = bench.lines(3)
    plain = bench.inside(bench.draft(lines), lines)
    gib = [bytes(2**20)] * 1024
    wide = zstandard.ZstdCompressionParameters.from_level(1, window_log=27, write_content_size=0)
    named = b'{"blob":"' + b"0" * 64 + b'","size":1073741824}\n'
    (entity, line), *_more = lines
    rich = line.replace(b'"members":4', b'"members":[' + b'{"":0},' * 120_000 + b"0]")
    deep = line.replace(b'"members":4', b'"members":' + b'{"a":' * 200_000)
    most, huge = {"max_line": 2**20}, {"plain_size": 2**26, "max_line": 2**20}
    paper = seal.Attachment(hashlib.sha256(bytes(2**26)).digest(), 2**26, lambda: (bytes(2**26),))
    vast = zstandard.ZstdCompressor(compression_params=wide).compress(plain + bytes(2**27))
    return {
        "output": bench.forge(lines, plain, frames=_frames_of(plain, *gib)),
        "one endless line": bench.forge(lines, frames=_frames_of(*[b"a" * 2**20] * 1024), payload=huge),
        "window": bench.forge(lines, frames=vast, payload=huge),
        "piece of a gibibyte": bench.forge(lines, frames=_frames_of(plain, named, *gib), payload=huge),
        "rich line": bench.forge([(entity, rich)], payload=most),
        "deep line": bench.forge([(entity, deep)], payload=most),
        "envelope of brackets": _written(bench, b"[" * 2**18),
        "envelope of parts": _written(bench, b"[" + b"{}," * 87_000 + b"{}]"),
        "papers": bench.bundle(3, [paper]).path,
    }


def _written(bench: Bench, envelope: bytes) -> Path:
    path = bench.target()
    path.write_bytes(b"ANTQSB\0\1" + len(envelope).to_bytes(4, "big") + envelope)
    return path


@needs_linux
def test_memory_stays_under_the_stated_cap(bench: Bench) -> None:
    seen = {}
    for name, path in _hostile_bundles(bench).items():
        code, seen[name] = _peak(path, bench.receiving.seal_identity)
        assert (code == "accepted") is (name in {"papers", "rich line"}), (name, code)
    assert max(seen.values()) < CAP_OF_A_BUNDLE, seen


@needs_linux
def test_memory_of_a_document_stays_under_the_stated_cap(sides: BothSides) -> None:
    seen = {}
    for name, content in {
        "parts": b"[" + b'{"":0},' * 124_000 + b"0]",
        "too many parts": b"[" + b"{}," * 5_000_000 + b"{}]",
        "one text": b'"' + b"a" * (2**24 - 2000) + b'"',
        "escaped": b'"' + b"\\u00e9" * (2_700_000) + b'"',
    }.items():
        path = sides.sealed_document("ack", content, sides.bench.receiving.sign_seed)
        code, seen[name] = _peak(path, sides.secrets["04978"])
        assert code == "acknowledgement-refused"
    assert max(seen.values()) < CAP_OF_A_DOCUMENT, seen
