"""How a receiver finds out that it holds the same records as the commune: rows and a digest for each table.

It travels inside the encryption, in bundles that reach the head of the log, when the sender chose to compute it.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from antq_desktop.domain import strict_json
from antq_desktop.exchange import plain_fields

_TAG = b"antq/state/1\n"
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class TableState:
    """How many records a table holds, and the digest of their ids and versions."""

    rows: int
    digest: bytes


State = Mapping[str, TableState] | None


def state_of(records: Iterable[tuple[str, str]]) -> TableState:
    """Return the state of a table: (id, version vector as canonical JSON) of every record, in binary order of ids."""
    digest, rows = hashlib.sha256(_TAG), 0
    unread = iter(records)
    while many := list(islice(unread, _AT_ONCE)):
        digest.update("".join([f"{key}\0{version}\n" for key, version in many]).encode())
        rows += len(many)
    return TableState(rows, digest.digest())


def encode(state: State) -> bytes:
    """Return the line that carries ``state``."""
    return strict_json.dumps({"state": plain_fields.write(state)})


def decode(line: bytes) -> State:
    """Return the state in ``line``. Raises UnsafeJSON, WrongField."""
    made: State = plain_fields.read(_LINE, strict_json.loads(line, max_depth=3))["state"]
    return made


_TABLE = plain_fields.record(TableState, {"rows": plain_fields.count, "digest": plain_fields.digest})
_LINE = {"state": plain_fields.maybe(plain_fields.mapping(plain_fields.token, _TABLE))}
