"""Builds the tables of a Word file: ruled ones, and those without rules that set texts side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from antq_desktop.documents.form_blocks import Align, Spot
from antq_desktop.documents.letter_xml import Shape, el, paragraph, spacer, twips
from antq_desktop.documents.pen import MM
from antq_desktop.documents.strips import Area, Setting

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

Sides = tuple[float, float, float, float]
"""Free room within a cell at the top, left, bottom and right, in points."""
_NONE: Sides = (0.0, 0.0, 0.0, 0.0)


def grid(widths: Sequence[float], rows: Sequence[Element], spot: Spot | None = None) -> Element:
    """Return a table with columns of ``widths`` points; with ``spot`` it stands at that place of the page."""
    about = el("w:tblPr")
    if spot is not None:
        place = {"tblpX": max(1, twips(spot.x * MM)), "tblpY": max(1, twips(spot.y * MM))}
        around = dict.fromkeys(("leftFromText", "rightFromText", "topFromText", "bottomFromText"), 0)
        about.append(el("w:tblpPr", **around, vertAnchor="page", horzAnchor="page", **place))
        about.append(el("w:tblOverlap", val="never"))
    about.append(el("w:tblW", w=twips(sum(widths)), type="dxa"))
    about.append(el("w:tblInd", w=0, type="dxa"))
    about.append(el("w:tblLayout", type="fixed"))
    about.append(_margins("w:tblCellMar", _NONE))
    columns = el("w:tblGrid", *(el("w:gridCol", w=twips(width)) for width in widths))
    return el("w:tbl", about, columns, *rows)


def row(
    cells: Sequence[Element], *, whole: bool = True, is_head: bool = False, height: float = 0.0
) -> Element:
    """Return a row; a ``whole`` one is not parted by a page, a head comes again on each. ``height`` is exact."""
    about = el("w:trPr")
    if whole:
        about.append(el("w:cantSplit"))
    if height:
        about.append(el("w:trHeight", val=twips(height), hRule="exact"))
    if is_head:
        about.append(el("w:tblHeader"))
    return el("w:tr", about, *cells)


def cell(
    width: float,
    content: Sequence[Element],
    *,
    sides: Sides = _NONE,
    ruled: bool = False,
    centred: bool = False,
    merge: Literal["", "restart", "continue"] = "",
) -> Element:
    """Return a cell; ``merge`` starts or goes on with one that runs down over several rows."""
    from docx.oxml.ns import qn

    about = el("w:tcPr", el("w:tcW", w=twips(width), type="dxa"))
    if merge:
        about.append(el("w:vMerge", val=merge))
    if ruled:
        edges = ("w:top", "w:left", "w:bottom", "w:right")
        about.append(
            el("w:tcBorders", *(el(edge, val="single", sz=5, space=0, color="000000") for edge in edges))
        )
    if any(sides):
        about.append(_margins("w:tcMar", sides))
    about.append(el("w:vAlign", val="center" if centred else "top"))
    inner = [*content]
    if not inner or inner[-1].tag != qn("w:p"):
        # A cell must end with a paragraph.
        inner.append(spacer(1.0))
    return el("w:tc", about, *inner)


def empty(setting: Setting, size: float, align: Align = "center", *, keep: bool = False) -> Element:
    """Return an empty paragraph of full height, where an officer may type."""
    return paragraph(Shape(align=align, leading=setting.leading, keep=keep), (), size)


def beside(areas: Sequence[Area], contents: Sequence[Sequence[Element]], *, height: float = 0.0) -> Element:
    """Return a row of unruled cells over ``areas``; what is free between two areas belongs to the left one."""
    cells = [
        cell(width, content, sides=(0.0, 0.0, 0.0, width - area.width))
        for width, area, content in zip(widths(areas), areas, contents, strict=True)
    ]
    return row(cells, height=height)


def widths(areas: Sequence[Area]) -> list[float]:
    """Return the widths of columns that begin where ``areas`` begin."""
    ends = [*(area.left for area in areas[1:]), areas[-1].left + areas[-1].width]
    return [end - area.left for end, area in zip(ends, areas, strict=True)]


def _margins(tag: str, sides: Sides) -> Element:
    edges = zip(("w:top", "w:left", "w:bottom", "w:right"), sides, strict=True)
    return el(tag, *(el(edge, w=twips(free), type="dxa") for edge, free in edges))
