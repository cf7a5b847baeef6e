"""Tells of which kind each record is that a tally counts, by the same rows that the figure is counted from."""

import sqlalchemy as sa

from antq_desktop.storage.queries.counting import Finder
from antq_desktop.storage.queries.scope import Scope
from antq_desktop.storage.unit_of_work import Reading


def kinds(work: Reading, scope: Scope, find: Finder) -> dict[str, str]:
    """Return the kind of each record that ``find`` counts over ``scope``, by the id of the record."""
    rows = find(work, scope)
    assert rows.kind is not None  # noqa: S101 - only tallies part their records into kinds
    query = sa.select(rows.id, rows.kind).select_from(rows.source).where(*rows.where, rows.counted)
    return {key: kind for key, kind in work.connection.execute(query)}  # noqa: C416 - rows are no pairs to a type checker
