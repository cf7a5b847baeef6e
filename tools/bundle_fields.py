"""What each field of docs/bundle-format.md may hold, for verify_bundle.py; numbers in comments are sections of the page."""

import hashlib
import json
import re
from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any, NoReturn

from securesystemslib._vendor.ed25519 import ed25519  # the arithmetic of the curve

MIB = 2**20
NEUTRAL = bytes([1]) + bytes(31)


class Refused(Exception):
    """The file is not what it must be."""


def refuse(why: str) -> NoReturn:
    raise Refused(why)


def read_json(data: bytes, shape: Any, depth: int = 32) -> Any:  # 4
    def number(signs: str) -> int:
        return int(signs) if len(signs) <= 18 else refuse("JSON: number")

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        return dict(pairs) if len(dict(pairs)) == len(pairs) else refuse("JSON: a key stands twice")

    try:
        level, bare = 0, re.sub(r'"(?:[^"\\]|\\.)*+"?', "", data.decode(), flags=re.DOTALL)
        if bare.count(",") + bare.count("[") + bare.count("{") > 250_000:
            refuse("JSON: parts")
        for sign in bare:
            level += (sign in "[{") - (sign in "]}")
            if level > depth:
                refuse("JSON: depth")
        value = json.loads(data.decode(), object_pairs_hook=unique, parse_int=number, parse_constant=refuse)
        canonical(value)  # finds half surrogates and infinities
    except (ValueError, RecursionError) as error:
        raise Refused("JSON") from error
    return value if fits(shape, value) else refuse("fields")


def read_canonical(data: bytes, shape: Any) -> Any:
    value = read_json(data, shape)
    return value if canonical(value) == data else refuse("spelling")


def canonical(value: Any) -> bytes:
    made = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return made.encode()


def fits(shape: Any, value: Any) -> bool:
    """Whether a value is {these very fields}, [a list], (a mapping), like a pattern, in a range, or answers a question."""
    if isinstance(shape, dict):
        same = isinstance(value, dict) and value.keys() == shape.keys()
        return same and all(fits(each, value[name]) for name, each in shape.items())
    if isinstance(shape, list):
        return isinstance(value, list) and len(value) <= 20_000 and all(fits(shape[0], v) for v in value)
    if isinstance(shape, tuple):
        few = isinstance(value, dict) and len(value) <= 20_000
        return few and all(fits(shape[0], name) and fits(shape[1], v) for name, v in value.items())
    if isinstance(shape, str):
        return isinstance(value, str) and re.fullmatch(shape, value) is not None
    return type(value) is int and value in shape if isinstance(shape, range) else bool(shape(value))


def maybe(shape: Any) -> Any:
    return lambda value: value is None or fits(shape, value)


def is_time(value: Any) -> bool:
    with suppress(ValueError):
        plain = fits("[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z", value)
        return plain and bool(datetime.fromisoformat(value))
    return False


def is_base64(value: Any) -> bool:
    with suppress(ValueError):
        return isinstance(value, str) and b64encode(b64decode(value, validate=True)).decode() == value
    return False


def is_sign_key(value: Any) -> bool:  # 2
    return is_base64(value) and len(value) == 44 and is_prime_point(b64decode(value))


@lru_cache
def is_prime_point(key: bytes) -> bool:  # 2: a canonical point of the prime-order group
    with suppress(ValueError):
        point = ed25519.decodepoint(key)
        last = ed25519.encodepoint(ed25519.scalarmult(point, ed25519.l))
        return bool(key != NEUTRAL and ed25519.encodepoint(point) == key and last == NEUTRAL)
    return False


def is_recipient(value: Any) -> bool:  # 2: bech32 of 32 bytes
    if not fits("age1[02-9ac-hj-np-z]{58}", value):
        return False
    check, data = 1, ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(sign) for sign in value[4:]]
    for five in [3, 3, 3, 0, 1, 7, 5, *data]:
        top, check = check >> 25, (check % 2**25) << 5 ^ five
        for bit, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= part * (top >> bit & 1)
    return check == 1 and data[51] % 16 == 0


def key_id(key: bytes) -> str:
    return hashlib.sha256(b"antq/key/1\n" + key).hexdigest()[:32]


# fmt: off
TOKEN, HEX, KEY_ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", "[0-9a-f]{64}", "[0-9a-f]{32}"
TEXT, ANY, COUNT, POSITIVE = "(?s).{0,500}", "(?s).*", range(2**53), range(1, 2**53)
ENVELOPE = {"payload": is_base64, "payloadType": ANY, "signatures": [{"keyid": KEY_ID, "sig": is_base64}]}  # 2
COMMON = {"kind": ANY, "bundle_id": "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "created_at": is_time,  # 3
          "sender": {"unit_code": TOKEN, "device_id": TOKEN, "key_id": KEY_ID}, "schema_version": POSITIVE}
SEALED = COMMON | {"recipient": {"unit_code": TOKEN, "key_ids": [KEY_ID]}, "catalogue_versions": (TOKEN, TOKEN),
                   "trust_version": COUNT, "payload": {"sha256": HEX, "size": POSITIVE,
                   "plain_size": range(1, 2**34 + 1), "max_line": range(1, MIB + 1)}}
BUNDLE = SEALED | {"epoch": POSITIVE, "parent": maybe({"epoch": POSITIVE, "seq": COUNT, "hash": HEX}),
                   "seq_from": POSITIVE, "seq_to": POSITIVE, "count": range(1, 5_000_001), "counts": (TOKEN, POSITIVE),
                   "prev_event_hash": HEX, "head_event_hash": HEX, "prev_bundle_sha256": maybe(HEX),
                   "reason": "changes|resend|restore|rebuild",
                   "last_ack_seen": maybe({"sequence": POSITIVE, "sha256": HEX})}
ANSWER = {"request_sha256": HEX, "root": TEXT, "check": HEX}
DOCUMENT, FIRST_TRUST = SEALED | {"answer": lambda value: value is None}, SEALED | {"answer": maybe(ANSWER)}
ENROL = COMMON | {"keys": {"sign": is_sign_key, "seal": is_recipient}, "check": HEX}
KINDS = {"bundle": BUNDLE, "snapshot": BUNDLE, "ack": DOCUMENT, "trust": FIRST_TRUST, "catalogue": DOCUMENT, "enrol": ENROL}
EVENT = {**dict.fromkeys(("entity", "id", "at", "user", "salt"), ANY), "epoch": POSITIVE, "seq": POSITIVE,  # 4
         "version": (ANY, POSITIVE), "base_version": (ANY, COUNT), "op": "put|delete", "body": (ANY, lambda _: True)}
STATE = {"state": maybe((TOKEN, {"rows": COUNT, "digest": HEX}))}
KEY = {"sign": is_sign_key, "seal": is_recipient, "status": "active|revoked", "revoked_from": maybe(COUNT)}
UNIT = {"unit_code": TOKEN, "name": TEXT, "devices": [{"device_id": TOKEN, "keys": [KEY]}]}
TRUST = {"version": POSITIVE, "issued_at": is_time, "units": [UNIT], "merged": (TOKEN, TOKEN), "receiving": {  # 6
         "unit_code": TOKEN, "name": TEXT, "roots": [is_sign_key], "seal": [is_recipient], "recovery": [is_recipient]}}
PLACE = {"device_id": TOKEN, "epoch": POSITIVE}
ACK = {"unit_code": TOKEN, "sequence": POSITIVE, "prev_sha256": maybe(HEX), "set_aside_total": COUNT,  # 7
       "chains": [PLACE | {"last_seq": COUNT, "head_hash": HEX}], "trust": maybe(ANY),
       "bundles": [{"bundle_id": TOKEN, "sha256": HEX, "verdict": "taken|known|held|refused", "code": TOKEN}],
       "set_aside": [PLACE | {"seq": POSITIVE, "entity": TOKEN, "id": TEXT, "code": TOKEN, "reason": TEXT}],
       "conflicts": [{"entity": TOKEN, "id": TEXT, "versions": [(TOKEN, POSITIVE)]}]}
CATALOGUE = {"sequence": POSITIVE, "catalogues": lambda found: found != [] and fits([{"kind": TOKEN, "text": ANY}], found)}  # 9
DOCUMENTS = {"ack": ACK, "catalogue": CATALOGUE}
BLOB = {"blob": HEX, "size": COUNT}  # 4
# fmt: on


def is_label(value: Any) -> bool:  # 3
    return isinstance(value, dict) and fits(KINDS.get(str(value.get("kind")), ANY), value)


def mac(number: str, purpose: str, facts: Any) -> str:  # 8
    key = hashlib.blake2b(number.encode(), digest_size=32, person=b"antq/check/1").digest()
    message = f"antq/{purpose}/1\n".encode() + canonical(facts)
    return hashlib.blake2b(message, digest_size=32, key=key).hexdigest()
