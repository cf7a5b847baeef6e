"""The journal as a list to read, newest first."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.tables import journal
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which lines: by a record, by an action, or by a part of the officer's name or the note."""

    entity: str = ""
    entity_id: str = ""
    action: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One line; ``at`` is an ISO time in UTC, ``changes`` maps a field to [before, after]."""

    id: int
    at: str
    user: str
    action: str
    entity: str
    entity_id: str
    changes: dict[str, Any]
    note: str


def count(work: Reading, which: JournalFilter) -> int:
    return int(
        work.connection.execute(
            sa.select(sa.func.count()).select_from(journal).where(*_where(which))
        ).scalar_one()
    )


def last_lines(work: Reading, entity: str, ids: Sequence[str], action: str = "") -> dict[str, int]:
    """Return the number of the last line on each record of ``ids``; a greater one was written later."""
    lines = (
        sa.select(journal.c.entity_id, sa.func.max(journal.c.id))
        .where(*_where(JournalFilter(entity=entity, action=action)), journal.c.entity_id.in_(ids))
        .group_by(journal.c.entity_id)
    )
    return {key: int(line) for key, line in work.connection.execute(lines)}


def records_naming(work: Reading, entity: str, value: str) -> list[str]:
    """Return the ids of the records of which a line keeps ``value`` in a field, also of those that are gone."""
    told = sa.cast(journal.c.changes, sa.Text).contains(json.dumps(value), autoescape=True)
    query = sa.select(journal.c.entity_id).where(journal.c.entity == entity, told).distinct()
    return list(work.connection.execute(query.order_by(journal.c.entity_id)).scalars())


def page(work: Reading, which: JournalFilter, window: Window) -> list[JournalRow]:
    """Return the rows of ``window``, newest first; ``descending`` False with the sort "at" gives the oldest first."""
    oldest_first = window.sort == "at" and not window.descending
    order = journal.c.id if oldest_first else journal.c.id.desc()
    columns = [journal.c[name] for name in JournalRow.__slots__]
    query = (
        sa.select(*columns).where(*_where(which)).order_by(order).offset(window.offset).limit(window.limit)
    )
    return [JournalRow(*row) for row in work.connection.execute(query)]


def _where(which: JournalFilter) -> list[sa.ColumnElement[bool]]:
    wanted = [("entity", which.entity), ("entity_id", which.entity_id), ("action", which.action)]
    where: list[sa.ColumnElement[bool]] = [journal.c[name] == value for name, value in wanted if value]
    if which.text:
        where.append(
            sa.or_(
                journal.c.note.icontains(which.text, autoescape=True),
                journal.c.user.icontains(which.text, autoescape=True),
            )
        )
    return where
