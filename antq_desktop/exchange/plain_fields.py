"""Reads the fields of a JSON object by their declared kinds, all of them and no other, and writes them back.

A record of the format is a frozen dataclass; a table of readers beside it says what each field may hold.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

MAX_COUNT = 2**53 - 1
_HASH = re.compile(r"[0-9a-f]{64}")
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_MAX_TEXT = 500
_MAX_ENTRIES = 20_000
#: How much of a stranger's field names is repeated in a message.
_MAX_NAMES = 60

Read = Callable[[Any], Any]
Readers = Mapping[str, Read]


class WrongField(ValueError):
    """A field is missing, unknown or of the wrong kind; the argument names it."""


def read(readers: Readers, value: object) -> dict[str, Any]:
    """Return the fields of the object ``value``, each through its reader. Raises WrongField."""
    if not isinstance(value, dict):
        raise WrongField("no object")
    if value.keys() != readers.keys():
        raise WrongField(" ".join(sorted(value.keys() ^ readers.keys()))[:_MAX_NAMES])
    out = {}
    for name, reader in readers.items():
        try:
            out[name] = reader(value[name])
        except WrongField as error:
            raise WrongField(f"{name}: {error}") from error
    return out


def write(value: Any) -> Any:  # noqa: ANN401 - any value of the format
    """Return ``value`` (a dataclass of the format or one of its values) as plain JSON values."""
    if is_dataclass(value):
        return {field.name: write(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, datetime):
        # Not strftime: it writes years before 1000 differently on each system.
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
    if isinstance(value, Mapping):
        return {key: write(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [write(entry) for entry in value]
    return value


def record(kind: Callable[..., Any], readers: Readers) -> Read:
    """Return a reader of an object that becomes ``kind``."""
    return lambda value: kind(**read(readers, value))


def maybe(reader: Read) -> Read:
    """Return a reader that also takes null."""
    return lambda value: None if value is None else reader(value)


def many(reader: Read) -> Read:
    """Return a reader of a list, as a tuple."""

    def read_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) > _MAX_ENTRIES:
            raise WrongField("no list")
        return tuple(reader(entry) for entry in value)

    return read_all


def mapping(key: Read, entry: Read) -> Read:
    """Return a reader of an object with free keys."""

    def read_all(value: object) -> dict[Any, Any]:
        if not isinstance(value, dict) or len(value) > _MAX_ENTRIES:
            raise WrongField("no mapping")
        return {key(name): entry(held) for name, held in value.items()}

    return read_all


def one_of(*allowed: str) -> Read:
    """Return a reader of one of a few words."""

    def read_word(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise WrongField("not one of the known words")
        return value

    return read_word


def count(value: object) -> int:
    """Read a whole number from 0."""
    if type(value) is not int or not 0 <= value <= MAX_COUNT:
        raise WrongField("no count")
    return value


def positive(value: object) -> int:
    """Read a whole number from 1."""
    if count(value) == 0:
        raise WrongField("no count from 1")
    return count(value)


def text(value: object) -> str:
    """Read a text of at most 500 signs."""
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise WrongField("no text")
    return value


def token(value: object) -> str:
    """Read a code or an id: 1 to 64 letters, digits, dots, dashes and underscores."""
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise WrongField("no id")
    return value


def digest(value: object) -> bytes:
    """Read 32 bytes written as 64 small hex digits."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise WrongField("no hash")
    return bytes.fromhex(value)


def moment(value: object) -> datetime:
    """Read a UTC time to the second, ``2026-03-04T05:06:07Z``."""
    try:
        read_time = datetime.strptime(value, _TIME).replace(tzinfo=UTC)  # type: ignore[arg-type] # checked here
    except (TypeError, ValueError) as error:
        raise WrongField("no time") from error
    if write(read_time) != value:
        raise WrongField("no time")
    return read_time
