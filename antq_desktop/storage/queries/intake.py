"""What the import of a spreadsheet reads in bulk, and the result of each of its rows as it is kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.import_runs import ImportRun
from antq_desktop.storage.records import kind_of, to_record
from antq_desktop.storage.register_tables import import_runs
from antq_desktop.storage.tables import import_rows
from antq_desktop.storage.unit_of_work import Reading, Writing


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What became of one row; ``row`` is what the sheet said, ``why`` a message id with its facts, or empty."""

    line: int
    result: str
    household_id: str | None
    row: dict[str, Any]
    why: dict[str, Any]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One row of an imported file as it is kept about a person, whatever became of it."""

    file_name: str
    at: str
    line: int
    result: str
    row: dict[str, Any]


def keep_rows(work: Writing, run_id: str, rows: Iterable[ImportRow]) -> None:
    """Keep the results of a run."""
    kept = [
        {
            "run_id": run_id,
            "line": row.line,
            "result": row.result,
            "household_id": row.household_id,
            "row": row.row,
            "why": row.why,
        }
        for row in rows
    ]
    if kept:
        work.connection.execute(sa.insert(import_rows), kept)


def rows_of(work: Reading, run_id: str) -> list[ImportRow]:
    """Return the results of a run, by line."""
    columns = [import_rows.c[name] for name in ImportRow.__slots__]
    query = sa.select(*columns).where(import_rows.c.run_id == run_id).order_by(import_rows.c.line)
    return [ImportRow(*row) for row in work.connection.execute(query)]


def rows_about(work: Reading, citizen_id: str, household_ids: Sequence[str]) -> list[HeldRow]:
    """Return the rows of all imports that bear the number or became one of the households, the oldest import first."""
    kept, run = import_rows.c, import_runs.c
    query = (
        sa.select(run.file_name, run.at, kept.line, kept.result, kept.row)
        .join_from(import_rows, import_runs, run.id == kept.run_id)
        .where(
            run.unit_code == work.unit_code,
            sa.or_(
                sa.func.json_extract(kept.row, "$.citizen_id") == citizen_id,
                kept.household_id.in_(household_ids),
            ),
        )
        .order_by(run.at, run.id, kept.line)
    )
    return [HeldRow(*row) for row in work.connection.execute(query)]


def runs(work: Reading) -> list[ImportRun]:
    """Return all runs, newest first."""
    query = (
        sa.select(import_runs)
        .where(import_runs.c.unit_code == work.unit_code)
        .order_by(import_runs.c.at.desc())
    )
    return [to_record(kind_of(ImportRun), dict(row)) for row in work.connection.execute(query).mappings()]
