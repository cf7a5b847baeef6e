"""Opens the files that communes really have (xls, xlsx, csv) into plain cells with their fonts, judged by content.

A file's ending is not believed: a csv named .xls is read as csv. Nothing is converted here but bytes to cells.
"""

import hashlib
from pathlib import Path

from antq_desktop.domain.attachments import LARGEST
from antq_desktop.intake.workbook_parts import MOST_ROWS, EmptyWorkbook, FileUnreadable, TooLarge, Workbook
from antq_desktop.runtime.progress import Progress

#: The file is kept with what came of it, like any other.
LARGEST_FILE = LARGEST
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


def open_workbook(path: Path, progress: Progress | None = None) -> Workbook:
    """Open ``path``. Raises FileUnreadable, NoWorkbook, DamagedWorkbook, PasswordProtected, EmptyWorkbook, TooLarge."""
    content = _content(path)
    progress = progress or Progress()
    progress.report(0)
    if content.startswith(_ZIP):
        from antq_desktop.intake.xlsx_files import read_xlsx

        kind, sheets = "xlsx", read_xlsx(content, path, progress)
    elif content.startswith(_OLE):
        from antq_desktop.intake.xls_files import read_xls

        kind, sheets = "xls", read_xls(content, path, progress)
    else:
        from antq_desktop.intake.csv_files import read_csv

        kind, sheets = "csv", read_csv(content, path)
    filled = tuple(sheet for sheet in sheets if any(sheet.rows))
    if not filled:
        raise EmptyWorkbook(file=path.name)
    if any(len(sheet.rows) > MOST_ROWS for sheet in filled):
        raise TooLarge(file=path.name)
    return Workbook(path, hashlib.sha256(content).hexdigest(), kind, filled)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        raise FileUnreadable(file=path.name) from error
    if not content.strip():
        raise EmptyWorkbook(file=path.name)
    if len(content) > LARGEST_FILE:
        raise TooLarge(file=path.name)
    return content
