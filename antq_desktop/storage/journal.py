"""Who did what, when, and what changed: append-only lines, each bound to the one before it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.events import GENESIS
from antq_desktop.storage.postgres import alone_with
from antq_desktop.storage.tables import journal

_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Deed:
    """One line to write. ``changes`` maps a field to [before, after]; ``action`` is a code such as "saved"."""

    action: str
    entity: str = ""
    entity_id: str = ""
    changes: dict[str, Any] = field(default_factory=dict)
    note: str = ""


def append(connection: sa.Connection, at: str, user: str, deeds: Sequence[Deed]) -> None:
    """Write one line a deed, in order."""
    alone_with(connection, journal.name)
    last = sa.select(journal.c.hash).order_by(journal.c.id.desc()).limit(1)
    previous = connection.execute(last).scalar_one_or_none() or GENESIS
    rows = []
    for deed in deeds:
        row = {
            "at": at,
            "user": user,
            "action": deed.action,
            "entity": deed.entity,
            "entity_id": deed.entity_id,
            "changes": deed.changes,
            "note": deed.note,
        }
        previous = _hash(previous, row)
        rows.append({**row, "hash": previous})
    if rows:
        connection.execute(sa.insert(journal), rows)


def first_broken(connection: sa.Connection) -> int | None:
    """Return the id of the first line that somebody changed by hand, or None when all hold."""
    previous = GENESIS
    for row in connection.execute(
        sa.select(journal).order_by(journal.c.id).execution_options(yield_per=1000)
    ):
        content = {name: value for name, value in row._mapping.items() if name not in ("id", "hash")}  # noqa: SLF001 - SQLAlchemy's public name for it
        if _hash(previous, content) != row.hash:
            return int(row.id)
        previous = row.hash
    return None


def _hash(previous: bytes, row: dict[str, Any]) -> bytes:
    return hashlib.sha256(b"antq/journal/1\n" + previous + _canonical(row).encode()).digest()
