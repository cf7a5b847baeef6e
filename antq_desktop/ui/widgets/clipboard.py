"""Puts rows on the clipboard so that a spreadsheet pastes them cell by cell and keeps leading zeros."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def put(rows: Sequence[Sequence[str]]) -> None:
    """Offer ``rows`` as tab-separated text, and as a table whose cells are text to Excel and LibreOffice."""
    data = QMimeData()
    data.setText(separated(rows))
    data.setHtml(_table(rows))
    QGuiApplication.clipboard().setMimeData(data)


def separated(rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as a spreadsheet reads them from plain text; cells with breaks or tabs are quoted."""
    return "\n".join("\t".join(_quoted(cell) for cell in row) for row in rows)


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n"'):
        doubled = cell.replace('"', '""')
        return f'"{doubled}"'
    return cell


def _table(rows: Sequence[Sequence[str]]) -> str:
    text = "mso-number-format:'\\@'"
    lines = ("".join(f'<td style="{text}">{escape(cell)}</td>' for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"
