"""Puts blocks with a place of their own there in a Word file: paragraphs as a text frame, tables as floating ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antq_desktop.documents.form_blocks import Spot
from antq_desktop.documents.letter_grids import cell, grid, row
from antq_desktop.documents.letter_xml import el, spacer, twips
from antq_desktop.documents.pen import MM

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element


def placed(written: Sequence[Element], spot: Spot) -> list[Element]:
    """Return ``written`` so that it stands at ``spot`` of the page and not in the text that flows."""
    from docx.oxml.ns import qn

    if not written:
        return []
    # LibreOffice puts a paragraph with a rule back into the text, but not one within a table.
    if all(element.tag == qn("w:p") and element.find(f".//{qn('w:pBdr')}") is None for element in written):
        for element in written:
            _frame(element, spot)
        # Two frames that touch would become one.
        return [*written, spacer(1.0)]
    width = spot.width * MM
    whole = written if written[0].tag == qn("w:tbl") else [grid([width], [row([cell(width, written)])])]
    return [grid([width], [row([cell(width, whole)])], spot), spacer(1.0)]


def _frame(paragraph: Element, spot: Spot) -> None:
    """Make ``paragraph`` part of a text frame; neighbours with the same place are in the same frame."""
    from docx.oxml.ns import qn

    standing = paragraph[0]
    first = {qn("w:keepNext"), qn("w:pageBreakBefore")}
    after = sum(child.tag in first for child in standing)
    place = {"w": twips(spot.width * MM), "x": max(1, twips(spot.x * MM)), "y": max(1, twips(spot.y * MM))}
    standing.insert(
        after, el("w:framePr", **place, hAnchor="page", vAnchor="page", wrap="around", hRule="auto")
    )
