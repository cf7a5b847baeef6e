"""Verifies a file of docs/bundle-format.md without the program that made it, on other libraries: written from that page.

Needs securesystemslib with cryptography, zstandard and the program age. Numbers in comments are sections of the page.
Exit codes: 0 all that was asked for holds, 2 wrong use, 3 refused, 4 the machine failed.
"""

import argparse
import hashlib
import io
import json
import subprocess
import sys
from base64 import b64decode
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from secrets import token_bytes
from typing import Any

import bundle_fields as shapes
import zstandard
from bundle_fields import Refused, canonical, key_id, read_canonical, read_json, refuse
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import SSlibKey

MIB, END = 2**20, token_bytes(8)


class Followed:
    """Compressed bytes, then a frame of our own: it comes out whole only behind frames that ended (4)."""

    def __init__(self, stream: Any) -> None:
        self.parts = stream, io.BytesIO(zstandard.compress(END))

    def read(self, size: int) -> bytes:
        return self.parts[0].read(size) or self.parts[1].read(size)


def open_envelope(data: bytes, name: str, most: int) -> Envelope:  # 2
    found = read_canonical(data, shapes.ENVELOPE)
    names = {each["keyid"] for each in found["signatures"]}
    if found["payloadType"] != f"application/vnd.antq.{name}+json;v=1":
        refuse("type of the envelope")
    if not 1 <= len(names) == len(found["signatures"]) <= most:
        refuse("number of signatures")
    return Envelope.from_dict(found)


def is_signed_by(held: Envelope, text: str) -> bool:  # 2
    key = b64decode(text) if shapes.is_sign_key(text) else b""
    signed = held.signatures.get(key_id(key))
    # OpenSSL takes a neutral R; no other R of small order fits a key of the prime-order group.
    if signed is None or len(signed.signature) != 128 or signed.signature.startswith(shapes.NEUTRAL.hex()):
        return False
    with suppress(VerificationError):
        return bool(held.verify([SSlibKey(key_id(key), "ed25519", "ed25519", {"public": key.hex()})], 1))
    return False


def open_trust(signed: bytes, roots: list[str]) -> Any:  # 6
    held = open_envelope(signed, "trust", 2)
    found = read_canonical(held.payload, shapes.TRUST)
    own = found["receiving"]["roots"]
    if not all(any(is_signed_by(held, root) for root in some) for some in (roots or own, own)):
        refuse("trust document: not signed by a root")
    return found


def key_of(label: Any, trust: Any) -> str:  # 5, 6
    sender, end, above = label["sender"], label.get("seq_to"), trust["receiving"]["unit_code"]
    if end is None and sender["unit_code"] != above:
        refuse("sender is not the receiving unit")
    # What is handed back is the log of a laptop, signed by the receiving unit.
    code, device = (
        (above, None) if label["kind"] == "snapshot" else (sender["unit_code"], sender["device_id"])
    )
    units = [unit for unit in trust["units"] if unit["unit_code"] == code]
    devices = [each for unit in units for each in unit["devices"] if device in {None, each["device_id"]}]
    for key in (key for device in devices for key in device["keys"]):
        if key_id(b64decode(key["sign"])) == sender["key_id"]:
            is_past = (
                device
                and None not in {end, key["revoked_from"]}
                and end < key["revoked_from"]
                and not label["parent"]
            )
            return str(key["sign"]) if key["status"] == "active" or is_past else refuse("key revoked")
    return refuse("sender unknown")


def check_range(label: Any) -> None:  # 3
    first, count = label["seq_from"], label["count"]
    if count != label["seq_to"] - first + 1 or count != sum(label["counts"].values()):
        refuse("count")
    nothing = {"epoch": 0, "seq": 0, "hash": "0" * 64} if label["epoch"] == first == 1 else None
    before: Any = label["parent"] or nothing
    if before is None:
        if first == 1 or label["kind"] == "snapshot":
            refuse("no parent")
    elif not (before["epoch"] < label["epoch"] and before["seq"] + 1 == first):
        refuse("parent")
    elif before["hash"] != label["prev_event_hash"] or (before["seq"] == 0 and int(before["hash"], 16)):
        refuse("hash before the first event")


def read_plain(plain: Any, label: Any) -> list[bytes]:  # 4
    """Return the pieces of a document; those of a bundle are only checked."""
    left, most = label["payload"]["plain_size"], label["payload"]["max_line"]
    pieces = []

    def line() -> bytes:
        nonlocal left
        found = plain.readline(most + 1)
        left -= len(found)
        return bytes(found[:-1]) if found.endswith(b"\n") and left >= 0 else refuse("line")

    repeated = ("kind", "bundle_id", "sender", "recipient", "epoch", "seq_from", "seq_to")
    if line() != canonical({name: label[name] for name in repeated if name in label}):
        refuse("header")
    if "count" in label:
        read_json(line(), shapes.STATE, 3)
        chain, counts = bytes.fromhex(label["prev_event_hash"]), dict.fromkeys(label["counts"], 0)
        for seq in range(label["seq_from"], label["seq_to"] + 1):
            raw = line()
            event = read_json(raw, shapes.EVENT)
            if (event["epoch"], event["seq"]) != (label["epoch"], seq):
                refuse(f"event {seq}")
            chain = hashlib.sha256(b"antq/event/1\n" + chain + raw).digest()
            counts[event["entity"]] = counts.get(event["entity"], 0) + 1
        if chain.hex() != label["head_event_hash"] or counts != label["counts"]:
            refuse("chain")
        print(f"chain: whole from event {label['seq_from']} to {label['seq_to']}; counts: {counts}")
    while left:
        named = read_json(line(), shapes.BLOB, 1)
        left, digest, kept = left - named["size"], hashlib.sha256(), b""
        for at in range(0, named["size"] if left >= 0 else refuse("blob"), MIB):
            some = plain.read(min(MIB, named["size"] - at)) or refuse("blob")
            digest.update(some)
            kept += b"" if "count" in label else some
        if digest.hexdigest() != named["blob"]:
            refuse("blob")
        pieces.append(kept)
    return pieces if plain.read(9) == END else refuse("bytes after the end")


def read_payload(path: Path, at: int, label: Any, identity: str) -> list[bytes]:  # 4
    with path.open("rb", buffering=0) as file:
        file.seek(at)
        head = file.read(2**16)
        file.seek(at)
        if not head.startswith(b"age-encryption.org/v1\n") or b"\n--- " not in head:
            refuse("header of age")
        command = ["age", "--decrypt", "--identity", identity]
        with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as age:
            unpacker = zstandard.ZstdDecompressor(max_window_size=8 * MIB)
            opened: Any = Followed(age.stdout)
            try:
                plain = unpacker.stream_reader(opened, read_across_frames=True, closefd=False)
                pieces = read_plain(io.BufferedReader(plain, MIB // 4), label)
                return pieces if age.wait() == 0 else refuse("age")
            except zstandard.ZstdError as error:
                raise Refused("zstd") from error
            finally:
                age.kill()


@lru_cache
def key_ids_of(identity: str) -> set[str]:
    shown = subprocess.run(["age-keygen", "-y", identity], capture_output=True, check=False).stdout
    return {key_id(line) for line in shown.split()}


def check_recipient(recipient: Any, args: argparse.Namespace) -> None:  # 5
    if args.unit not in {None, recipient["unit_code"]} or not key_ids_of(args.identity) & {
        *recipient["key_ids"]
    }:
        refuse("recipient")


def check_document(label: Any, pieces: list[bytes], trust: Any, key: str) -> None:  # 4, 6, 7, 9
    if len(pieces) != 1 or label["payload"]["plain_size"] > 16 * MIB:
        refuse("not one document")
    if label["kind"] == "trust":
        open_trust(pieces[0], [key])
        return
    found = read_canonical(pieces[0], shapes.DOCUMENTS[label["kind"]])
    if label["kind"] == "ack" and found["trust"] is not None:
        inner = open_trust(found["trust"].encode(), trust["receiving"]["roots"])
        if inner["receiving"]["unit_code"] != trust["receiving"]["unit_code"]:
            refuse("trust document of another unit")


def verify(args: argparse.Namespace) -> None:  # 5
    with args.file.open("rb") as file:
        magic, length = file.read(8), int.from_bytes(file.read(4), "big")
        size = file.seek(0, 2) - 12 - length
        if magic != b"ANTQSB\0\1" or length > 2**18 or not 0 <= size < 2**32 - 12 - length:
            refuse("container")
        file.seek(12)
        held = open_envelope(file.read(length), "manifest", 1)
        label = read_canonical(held.payload, shapes.is_label)
        print(json.dumps(label, indent=1))
        payload = label.get("payload", {"size": 0, "sha256": hashlib.sha256().hexdigest()})
        is_vast = payload.get("plain_size", 0) > 64 * MIB + 256 * payload["size"]
        found = size, hashlib.file_digest(file, "sha256").hexdigest()
        if is_vast or found != (payload["size"], payload["sha256"]):
            refuse("payload")
    kind, trust = label["kind"], open_trust(args.trust.read_bytes(), args.root) if args.trust else None
    if "count" in label:
        check_range(label)
    if kind == "enrol":
        key = label["keys"]["sign"]
        sender = {name: label["sender"][name] for name in ("unit_code", "device_id")}
        if (
            args.check_number
            and shapes.mac(args.check_number, "enrol", sender | label["keys"]) != label["check"]
        ):
            refuse("check number")
    elif kind == "trust":
        known = args.root or (trust["receiving"]["roots"] if trust else [])
        key = next((root for root in known if key_id(b64decode(root)) == label["sender"]["key_id"]), "")
    else:
        key = key_of(label, trust) if trust else refuse("nobody is believed: give --trust")
    if key_id(b64decode(key)) != label["sender"]["key_id"] or not is_signed_by(held, key):
        refuse("signature")
    print("signature: right")
    if args.identity and kind != "enrol":
        check_recipient(label["recipient"], args)
        pieces = read_payload(args.file, 12 + length, label, args.identity)
        if "count" not in label:
            check_document(label, pieces, trust, key)
            print(pieces[0].decode())
    print("verdict: accepted")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--trust", type=Path, help="the signed trust document to believe")
    parser.add_argument(
        "--root", action="append", help="a root that must have signed it; else its own are believed"
    )
    parser.add_argument(
        "--identity", help="file with the age identity that opens the payload; else it stays closed"
    )
    parser.add_argument("--unit", help="code of the unit that the file must be for")
    parser.add_argument("--check-number", help="of the sheet of an enrolment request")
    try:
        verify(parser.parse_args(arguments))
    except Refused as refused:
        print(f"verdict: refused ({refused})")
        return 3
    except OSError as error:
        print(error, file=sys.stderr)
        return 4
    return 0


if __name__ == "__main__":
    sys.exit(main())
