"""Damage to good files, from noise on the stick to what an enrolled laptop with a grudge can sign."""

import hashlib
import json
from base64 import b64decode, b64encode
from random import Random
from typing import Any, Protocol

import pyrage
import zstandard

from antq_desktop.domain import strict_json
from antq_desktop.domain.events import chain_hash
from antq_desktop.exchange import container, envelope, keys, manifest, opening, trust
from tests.exchange.both_sides import GoodFile
from tests.fuzz.mutating import change_value, mutate


class Sides(Protocol):
    """Where good files come from: ``plain`` gives what is inside one, ``root`` signs trust documents."""

    root: bytes
    files: dict[str, GoodFile]

    def plain(self, good: GoodFile) -> bytes: ...


_ORDER = 2**252 + 27742317777372353535851937790883648493


def damaged(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Return the bytes of ``good`` after one kind of damage."""
    way = random.choice(
        (noise, noise, swapped, relabelled, relabelled, resealed, resealed, rewritten, respelled)
    )
    return way(sides, random, good)


def noise(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Flip, cut, add or exchange bytes, as a bad stick does."""
    data = good.path.read_bytes()
    at, size = random.randrange(len(data)), random.choice((1, 4, 512))
    return random.choice(
        (
            data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :],
            data[:at],
            data[:at] + data[at + size :],
            data[:at] + random.randbytes(size) + data[at:],
            data[:at] + bytes(size) + data[at + size :],
            data + random.randbytes(size),
            mutate(random, data, [data]),
        )
    )


def swapped(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Put the sealed part of another file behind the label."""
    other = random.choice([each.path for each in sides.files.values() if each.recipients])
    there = opening.look(other).payload_offset
    return good.path.read_bytes()[: opening.look(good.path).payload_offset] + other.read_bytes()[there:]


def relabelled(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Change the label and sign it again, seldom with a key of nobody."""
    label = good.label
    for _change in range(random.choice((1, 1, 2))):
        label = change_value(random, label)
    return _signed(random, good, label, _ciphertext(good))


def resealed(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Change what is inside and seal it again under a label that fits as far as its signer can make it fit."""
    if not good.recipients:
        return relabelled(sides, random, good)
    plain = sides.plain(good)
    if random.random() < 0.8:
        plain = mutate(random, plain, [plain])
    return _resealed(random, good, plain)


def rewritten(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Change the document inside, with its right hash and the right signatures."""
    if not good.recipients or "count" in good.label:
        return resealed(sides, random, good)
    header, blob, content = sides.plain(good).split(b"\n", 2)
    if good.label["kind"] == "trust":
        fields = change_value(random, json.loads(envelope.decode(content, trust.PAYLOAD_TYPE, 2).payload))
        seeds = random.choice(([sides.root], [sides.root], [bytes(32)], [sides.root, sides.root]))
        content = envelope.seal(trust.PAYLOAD_TYPE, _spelled(fields), seeds)
    else:
        content = _spelled(change_value(random, json.loads(content)))
    blob = strict_json.dumps({"blob": hashlib.sha256(content).hexdigest(), "size": len(content)})
    return _resealed(random, good, b"\n".join((header, blob, content)))


def respelled(sides: Sides, random: Random, good: GoodFile) -> bytes:
    """Spell the envelope otherwise, or bend its signature."""
    data = good.path.read_bytes()
    at = opening.look(good.path).payload_offset
    fields = json.loads(data[12:at])
    (signature,) = fields["signatures"]
    raw = b64decode(signature["sig"])
    seeds = random.choice(([bytes(32)], [good.seed, bytes(32)], [good.seed, good.seed]))
    made = random.choice(
        (
            json.dumps(fields).encode(),
            _spelled(fields | {"payloadType": fields["payloadType"][:-1] + random.choice("012")}),
            _spelled(fields | {"signatures": [signature | {"sig": _text(_more(raw))}]}),
            _spelled(fields | {"signatures": [signature | {"sig": _text(neutral(good.seed, data[12:at]))}]}),
            envelope.seal(manifest.PAYLOAD_TYPE, b64decode(fields["payload"]), seeds),
            _spelled(change_value(random, fields)),
            mutate(random, data[12:at], [data]),
        )
    )
    return container.head_of(made) + data[at:]


def neutral(seed: bytes, signed: bytes) -> bytes:
    """Return a signature by the holder of ``seed`` whose R is the neutral point: OpenSSL takes it, libsodium does not."""
    held = json.loads(signed)
    message = envelope.pre_authentication(held["payloadType"], b64decode(held["payload"]))
    half = bytearray(hashlib.sha512(seed).digest()[:32])
    half[0] &= 248
    half[31] = half[31] & 127 | 64
    point = bytes([1]) + bytes(31)
    challenge = hashlib.sha512(point + keys.public_of(seed) + message).digest()
    number = int.from_bytes(challenge, "little") * int.from_bytes(half, "little") % _ORDER
    return point + number.to_bytes(32, "little")


def _more(raw: bytes) -> bytes:
    """Return the same signature with a number that is too large by the order of the group."""
    return raw[:32] + (int.from_bytes(raw[32:], "little") + _ORDER).to_bytes(32, "little")


def _resealed(random: Random, good: GoodFile, plain: bytes) -> bytes:
    label = good.label
    fits = random.random() < 0.9
    if "count" in label and fits:
        head, lines = bytes.fromhex(label["prev_event_hash"]), plain.split(b"\n")
        for line in lines[2 : 2 + label["count"]]:
            head = chain_hash(head, line)
        label["head_event_hash"] = head.hex()
    if fits:
        label["payload"] |= {"plain_size": max(1, len(plain)), "max_line": 4096}
    sealed = _sealed(random, good, _frames(random, plain))
    label["payload"] |= {"sha256": hashlib.sha256(sealed).hexdigest(), "size": len(sealed)}
    return _signed(random, good, label, sealed)


def _frames(random: Random, plain: bytes) -> bytes:
    whole, skipped = zstandard.compress(plain), b"\x50\x2a\x4d\x18\x04\0\0\0skip"
    way, half = random.randrange(20), random.randrange(len(plain) + 1)
    if way == 0:
        return zstandard.compress(plain[:half]) + zstandard.compress(plain[half:])
    if way == 1:
        wide = zstandard.ZstdCompressionParameters.from_level(1, window_log=24, write_content_size=0)
        return zstandard.ZstdCompressor(compression_params=wide).compress(plain + bytes(2**24))
    others = (skipped + whole, whole + skipped, whole + zstandard.compress(b""), whole + zstandard.compress(b"more"),
              whole + b"more", whole[:-1], whole[: len(whole) // 2], plain)  # fmt: skip
    return (whole, whole, *others, *(whole,) * 10)[way]


def _sealed(random: Random, good: GoodFile, frames: bytes) -> bytes:
    known = [pyrage.x25519.Recipient.from_str(each) for each in good.recipients]
    way = random.randrange(40)
    if way == 0:
        return with_passphrase()
    if way == 1:
        return bytes(pyrage.encrypt(frames, known * 300))
    sealed: bytes = pyrage.encrypt(frames, known[:1] if way == 2 else known)
    return armoured(sealed) if way == 3 else sealed


def with_passphrase() -> bytes:
    """Return an age file for a passphrase, as its header tells; a real one takes a second to make."""
    salt, body = (_text(bytes(size)).rstrip("=") for size in (16, 32))
    return f"age-encryption.org/v1\n-> scrypt {salt} 10\n{body}\n--- {body}\n".encode() + bytes(48)


def armoured(sealed: bytes) -> bytes:
    """Return an age file in letters, which every age program opens and this format does not have."""
    text = b64encode(sealed).decode()
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    return "\n".join(
        ("-----BEGIN AGE ENCRYPTED FILE-----", *lines, "-----END AGE ENCRYPTED FILE-----", "")
    ).encode()


def _signed(random: Random, good: GoodFile, label: Any, ciphertext: bytes) -> bytes:
    seed = bytes(32) if random.random() < 0.05 else good.seed
    return container.head_of(envelope.seal(manifest.PAYLOAD_TYPE, _spelled(label), [seed])) + ciphertext


def _ciphertext(good: GoodFile) -> bytes:
    return good.path.read_bytes()[opening.look(good.path).payload_offset :]


def _spelled(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()
