"""Changes bytes as a hostile sender would: not only noise, but values, fields, lines and spellings of the format."""

import json
import re
from random import Random
from typing import Any

_VALUES: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 2, 31, 2**31, 2**53 - 1, 2**53, 10**17, 10**18, -(10**17), 1.0, 1e308, 0.1, "", " ", "\0",
    "0" * 64, "f" * 64, "F" * 64, "0" * 32, "04978", "../x", "a" * 64, "a" * 65, "a" * 501, "é", "e\u0301", "\u2028", "\U0001f600",
    "2026-02-30T00:00:00Z", "0001-01-01T00:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T08:30:60Z", "2026-11-21t08:30:00z",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "7P///////////////////////////////////////38=", "age1", [], {}, [[]], [None], {"": 0}, {"laptop-1": 0}, {"laptop-1": -1},
    "bundle", "snapshot", "ack", "trust", "catalogue", "enrol", "put", "delete", "active", "revoked", "held",
    "01934b6e-6a00-7000-8000-0123456789AB", "01934b6e6a0070008000-0123456789ab",
)  # fmt: skip
_BYTES = (b"\0", b"\n", b"\r", b'"', b"\\", b"{", b"}", b"[", b",", b" ", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\\ud800", b"\\u0041",
          b"\\n", b"NaN", b"1e999", b"-0", b"00", b"1.0", b"\xef\xbb\xbf", b"999999999999999999", b'{"a":' * 40, b"[" * 40,
          b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18\x00\x00\x00\x00", b"\x28\xb5\x2f\xfd\x00\x58\x01\x00\x00")  # fmt: skip


def mutate(random: Random, data: bytes, others: list[bytes]) -> bytes:
    """Return ``data`` changed in one to three ways; ``others`` lend pieces."""
    for _change in range(random.choice((1, 1, 1, 2, 3))):
        way = random.choice((_line, _line, _line, _bytes, _splice, _cut))
        data = way(random, data, others)
    return data


def _line(random: Random, data: bytes, others: list[bytes]) -> bytes:
    """Change the JSON of one line (most files have only one), or the order of lines."""
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    if len(lines) > 1 and random.random() < 0.2:
        other = random.randrange(len(lines))
        lines[at], lines[other] = random.choice(
            ((lines[other], lines[at]), (lines[at], lines[at]), (b"", lines[at]))
        )
        return b"\n".join(lines)
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _bytes(random, data, others)
    lines[at] = _spell(random, change_value(random, value))
    return b"\n".join(lines)


def change_value(random: Random, value: Any) -> Any:  # noqa: PLR0911 - one return a way to change
    """Return a JSON value with one of its parts changed."""
    if isinstance(value, dict) and value and random.random() < 0.9:
        name = random.choice(sorted(value))
        way = random.randrange(12)
        if way == 0:
            return {key: held for key, held in value.items() if key != name}
        if way == 1:
            return {
                **value,
                random.choice(("x", "", "a" * 70, "é", name + " ", *value)): random.choice(_VALUES),
            }
        if way == 2:
            return {**value, name: value[random.choice(sorted(value))]}
        return {**value, name: change_value(random, value[name])}
    if isinstance(value, list) and value and random.random() < 0.9:
        at = random.randrange(len(value))
        way = random.randrange(6)
        if way == 0:
            return value[:at] + value[at + 1 :]
        if way == 1:
            return [*value, value[at]]
        return [*value[:at], change_value(random, value[at]), *value[at + 1 :]]
    if type(value) is int and random.random() < 0.5:
        return value + random.choice((-1, 1, 2, 10**6))
    if isinstance(value, str) and value and random.random() < 0.6:
        at = random.randrange(len(value))
        return (
            value[:at]
            + random.choice(("", "0", "A", "z", "-", ".", " ", "\n", "=", "ư", "\x7f"))
            + value[at + 1 :]
        )
    return random.choice(_VALUES)


def _spell(random: Random, value: Any) -> bytes:
    """Spell a value as the format does, seldom otherwise."""
    way = random.randrange(20)
    text = json.dumps(
        value,
        ensure_ascii=way == 0,
        sort_keys=way != 1,
        separators=(", ", ": ") if way == 2 else (",", ":"),
    )
    if way == 3:
        text = re.sub(r"(?<=:)([0-9]+)", r"\1.0", text, count=1)
    if way == 4 and text.startswith("{") and len(text) > 2:
        text = text[:-1] + "," + text[1:]  # every key twice
    return text.encode("utf-8", "surrogatepass")


def _bytes(random: Random, data: bytes, _others: list[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    way = random.randrange(4)
    if way == 0 and at < len(data):
        return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]
    if way == 1:
        return data[:at] + random.randbytes(random.randrange(1, 5)) + data[at:]
    return data[:at] + random.choice(_BYTES) + data[at + random.choice((0, 0, 1, 4)) :]


def _splice(random: Random, data: bytes, others: list[bytes]) -> bytes:
    other = random.choice(others)
    at, there = random.randrange(len(data) + 1), random.randrange(len(other) + 1)
    size = random.choice((1, 4, 16, 64, len(other)))
    return data[:at] + other[there : there + size] + data[at + random.choice((0, size)) :]


def _cut(random: Random, data: bytes, _others: list[bytes]) -> bytes:
    at = random.randrange(len(data) + 1)
    return random.choice((data[:at], data[at:], data[:at] + data[at + random.randrange(1, 9) :]))
