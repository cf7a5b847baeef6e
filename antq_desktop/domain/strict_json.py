"""Reads JSON that a stranger wrote so that every reader sees the same: nothing doubled, endless, too deep or too big."""

import json
import re
from json.scanner import make_scanner
from typing import Any

MAX_DEPTH = 32
#: Longest number that is read; every count of the format is far smaller and fits a 64-bit column.
_MAX_DIGITS = 18
#: Commas and opening brackets outside strings: what bounds the memory that a text of 16 MiB can ask for.
MAX_PARTS = 250_000
#: A string, also one without an end: else every sign of it that escapes a quote would begin another search to the end.
_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)


class UnsafeJSON(ValueError):
    """The bytes are no JSON that all readers understand alike. The reader of the file turns it into its own failure."""


def loads(data: bytes, max_depth: int = MAX_DEPTH) -> Any:  # noqa: ANN401 - JSON is any of seven kinds
    """Return the value of ``data`` (UTF-8). Raises UnsafeJSON.

    Refused: doubled keys, NaN and infinities, numbers over 18 signs, half surrogates, depth over ``max_depth``,
    more than MAX_PARTS parts.
    """
    try:
        text = data.decode("utf-8")
        _check_brackets(text, max_depth)
        value = _value(text)
        if "\\u" in text:
            dumps(value)
    except UnsafeJSON:
        raise
    except (ValueError, RecursionError) as error:  # UnicodeError is a ValueError
        raise UnsafeJSON("not JSON") from error
    return value


def dumps(value: object) -> bytes:
    """Return the one canonical encoding of ``value``: sorted keys, no spaces, UTF-8. Raises ValueError."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def parts(data: bytes) -> int:
    """Return how many of the MAX_PARTS parts the JSON ``data`` has: its commas and opening brackets outside strings."""
    return _count_parts(_STRING.sub("", data.decode()))


def _count_parts(bare: str) -> int:
    return bare.count("{") + bare.count("[") + bare.count(",")


def _value(text: str) -> Any:  # noqa: ANN401 - JSON is any of seven kinds
    try:
        value, end = _SCAN(text, 0)
    except StopIteration:
        end = -1
    # White space before and behind a value is for the slower way, and so are faults of the text.
    return value if end == len(text) else _DECODER.decode(text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise UnsafeJSON("a key stands twice")
    return fields


def _refuse_constant(name: str) -> Any:  # noqa: ANN401 - the shape json.loads asks for
    raise UnsafeJSON(f"{name} is no number")


def _whole_number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise UnsafeJSON("a number is too long")
    return int(digits)


def _finite(digits: str) -> float:
    value = float(digits)
    if value - value != 0:
        raise UnsafeJSON("a number is too large")
    return value


def _check_brackets(text: str, allowed: int) -> None:
    """Refuse too many parts and brackets deeper within each other than ``allowed``; those inside strings do not count."""
    brackets = text.count("{") + text.count("[")
    if brackets <= allowed and brackets + text.count(",") <= MAX_PARTS:
        return
    bare = _STRING.sub("", text)
    if _count_parts(bare) > MAX_PARTS:
        raise UnsafeJSON("too many parts")
    depth = 0
    for sign in _BRACKET.findall(bare):
        depth += 1 if sign in "[{" else -1
        if depth > allowed:
            raise UnsafeJSON("too deep")


_BRACKET = re.compile(r"[\[\]{}]")
# Made once: making a decoder costs as much as reading a line.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_constant=_refuse_constant,
    parse_int=_whole_number,
    parse_float=_finite,
)
_SCAN = make_scanner(_DECODER)  # type: ignore[arg-type] # what it reads from is a decoder
