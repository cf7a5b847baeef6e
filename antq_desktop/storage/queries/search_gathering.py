"""Gathers the words of every record anew after an update that brings new ones, some at a time: nobody waits for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.searched import SEARCHED
from antq_desktop.storage.postgres import is_server
from antq_desktop.storage.queries.search import SearchNotOffered
from antq_desktop.storage.records import Record, kind_of, to_record
from antq_desktop.storage.unit_of_work import Reading, Store, Writing

#: Raised by hand when the words of a kind become others; kinds that come or go are noticed by themselves.
_FORM = 1
_NAME = "search"
#: So many records are one step: less than half a second on a slow laptop.
_STEP = 4_000


@dataclass(frozen=True, slots=True)
class Gathered:
    """Of how many of how many records the words are gathered; ``place`` says where to go on, None that all are."""

    done: int
    total: int
    place: tuple[int, str, str] | None


def gathered(work: Reading) -> Gathered | None:
    """Return how far the words of this version of the program are gathered; None before the first step.

    On a server there are none to gather.
    """
    kept: Any = work.local(_NAME, None)
    if kept == _form() or is_server(work.connection):
        return Gathered(0, 0, None)
    if not isinstance(kept, dict) or kept["form"] != _form():
        return None
    kind, unit_code, key = kept["place"]
    return Gathered(kept["done"], kept["total"], (kind, unit_code, key))


def forget(work: Writing) -> None:
    """Let the words of every record be gathered anew. Raises SearchNotOffered."""
    if is_server(work.connection):
        raise SearchNotOffered
    work.keep_local(_NAME, None)


def gather_some(work: Writing) -> Gathered:
    """Gather the words of the next records; in the first step, what was gathered before is dropped.

    What is saved between two steps is found at once and gathered once.
    """
    before = gathered(work)
    if before is None:
        work.search.clear()
        before = Gathered(0, sum(_count(work, searched.record) for searched in SEARCHED), (0, "", ""))
    if before.place is None:
        return before
    kind, *after = before.place
    left = _STEP
    while left and kind < len(SEARCHED):
        rows = _behind(work, SEARCHED[kind].record, after, left)
        work.search.put(rows)
        kind, after = (kind, [rows[-1].unit_code, rows[-1].id]) if len(rows) == left else (kind + 1, ["", ""])
        left -= len(rows)
    work.search.write()
    done = before.done + _STEP - left
    if kind == len(SEARCHED):
        work.search.join()
        work.keep_local(_NAME, _form())
        return Gathered(done, done, None)
    now = Gathered(done, max(done, before.total), (kind, after[0], after[1]))
    work.keep_local(_NAME, {"form": _form(), "done": done, "total": now.total, "place": now.place})
    return now


def bring_up_to_date(store: Store) -> None:
    """Take the first step of gathering where one is due; in a small workspace it is the only one."""
    with store.reading() as work:
        if gathered(work) is not None:
            return
    with store.writing("") as work:
        gather_some(work)
        work.commit()


def _behind(work: Reading, record: type[Any], after: Sequence[str], count: int) -> list[Record]:
    """Return the next ``count`` records of a kind in the order of unit and id."""
    kind = kind_of(record)
    key = sa.tuple_(kind.table.c.unit_code, kind.table.c.id)
    query = sa.select(kind.table).where(key > sa.tuple_(*after)).order_by(*key.clauses).limit(count)
    return [to_record(kind, dict(row)) for row in work.connection.execute(query).mappings()]


def _count(work: Reading, record: type[Any]) -> int:
    count: int = work.connection.execute(
        sa.select(sa.func.count()).select_from(kind_of(record).table)
    ).scalar_one()
    return count


def _form() -> list[object]:
    return [_FORM, *(kind_of(searched.record).entity for searched in SEARCHED)]
