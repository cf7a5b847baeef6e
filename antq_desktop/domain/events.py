"""The log of a commune as one hash-chained line an event: written once, then stored, sent and checked as those bytes.

A line is compact JSON in UTF-8. Its hash covers a tag, the hash before it and the exact bytes of the line, so no line
can be changed, dropped or moved unseen. ``salt`` (16 random bytes) keeps a finder from testing guesses against a hash.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

GENESIS = bytes(32)
_TAG = b"antq/event/1\n"
_KIND_OF = {
    "epoch": int,
    "seq": int,
    "entity": str,
    "id": str,
    "version": dict,
    "base_version": dict,
    "op": str,
    "at": str,
    "user": str,
    "salt": str,
    "body": dict,
}
_FIELDS = _KIND_OF.keys()
_KINDS = tuple(_KIND_OF.values())
_values = itemgetter(*_KIND_OF)
OPERATIONS = ("put", "delete")
#: The longest line that is sealed and read, in bytes.
MAX_LINE = 1024 * 1024
#: Counts stay below, so that every reader of JSON sees the same number.
MAX_COUNT = 2**53
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode

#: A version is a vector: device id → how often that device has written the record.
Version = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Event:
    """One change of one record. ``body`` is the whole record after a put, ``{"reason": …}`` after a delete."""

    epoch: int
    seq: int
    entity: str
    id: str
    version: dict[str, int]
    base_version: dict[str, int]
    op: str
    at: str
    user: str
    salt: str
    body: dict[str, Any]


class MalformedEvent(ValueError):
    """A line is no event; the argument says why. The reader of the line turns it into its own failure."""


def encode(event: Event) -> bytes:
    """Return the line of ``event``, without a line end. Raises ValueError for half signs and what is no number."""
    return _compact(
        {
            "epoch": event.epoch,
            "seq": event.seq,
            "entity": event.entity,
            "id": event.id,
            "version": event.version,
            "base_version": event.base_version,
            "op": event.op,
            "at": event.at,
            "user": event.user,
            "salt": event.salt,
            "body": event.body,
        }
    ).encode()


def decode(line: bytes) -> Event:
    """Return the event of ``line``. Raises MalformedEvent."""
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise MalformedEvent("not JSON") from error
    return from_fields(fields)


def from_fields(fields: object) -> Event:
    """Return the event whose line was read as the JSON value ``fields``. Raises MalformedEvent."""
    if not isinstance(fields, dict) or fields.keys() != _FIELDS:
        raise MalformedEvent("not the fields of an event")
    values = _values(fields)
    event = Event(*values)
    if not (
        tuple(map(type, values)) == _KINDS
        and "\0" not in event.entity + event.id  # it parts an id from what follows in the digest of a table
        and event.epoch > 0
        and event.seq > 0
        and _is_version(event.version)
        and all(event.version.values())  # counted at least once
        and _is_version(event.base_version)
        and event.op in OPERATIONS
    ):
        raise MalformedEvent("a field of an event has the wrong kind")
    return event


def chain_hash(previous: bytes, line: bytes) -> bytes:
    """Return the 32-byte hash of ``line`` behind the hash ``previous``."""
    return hashlib.sha256(_TAG + previous + line).digest()


def head_of(previous: bytes, lines: Iterable[bytes]) -> bytes:
    """Return the hash of the last of ``lines`` when the chain goes on from ``previous``."""
    for line in lines:
        previous = chain_hash(previous, line)
    return previous


def descends(version: Version, base: Version) -> bool:
    """Whether ``version`` has seen everything that ``base`` has: then it may replace it, else both are kept."""
    return all(version.get(device, 0) >= count for device, count in base.items())


def next_version(version: Version, device_id: str) -> dict[str, int]:
    """Return the version after one more write by ``device_id``."""
    return {**version, device_id: version.get(device_id, 0) + 1}


def _is_version(value: dict[Any, Any]) -> bool:
    for device, count in value.items():
        if type(device) is not str or type(count) is not int or not 0 <= count < MAX_COUNT:
            return False
    return True
