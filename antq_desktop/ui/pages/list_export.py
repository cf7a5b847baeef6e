"""Writes the list of a page into a spreadsheet of the office, with its letterhead and a line in the journal."""

from collections.abc import Iterator
from pathlib import Path

from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.table import Export


def to_workbook(desk: Desk, title: str) -> Export:
    """Return the export of a table: the columns shown, under ``title``."""

    def export(path: Path, heads: list[str], rows: Iterator[list[str]], progress: Progress) -> Path:
        written: Path = desk.services.printing.list_workbook(path, title, heads, rows, progress)
        return written

    return export
