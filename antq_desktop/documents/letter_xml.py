"""Builds the elements of a Word file in the order its schema (ISO/IEC 29500) wants, so that Word opens it unmended.

Lengths come in points; the file counts letters in half points and everything else in twentieths (twips).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, cast

from antq_desktop.documents.fonts import BOLD, ITALIC
from antq_desktop.documents.form_blocks import Align
from antq_desktop.documents.pen import BLACK
from antq_desktop.documents.records import Run
from antq_desktop.documents.templates import EMPTY_BOX, MISSING_GLYPH, TICKED_BOX

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

FACE = "Times New Roman"
#: Times New Roman has no boxes to tick; this face has, and every Windows since 7 has this face.
FACE_OF_BOXES = "Segoe UI Symbol"
#: Its lines are taller than those of the text, so its signs are set smaller.
_SIZE_OF_BOXES = 0.85
_BOXES = {EMPTY_BOX: "☐", TICKED_BOX: "☑", MISSING_GLYPH: "\ufffd"}
_BOX = re.compile(f"([{EMPTY_BOX}{TICKED_BOX}])")
#: What no XML file may hold.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Height of a single line of Times New Roman, which Word calls 1.0, at size 1.
_SINGLE = 1.149

Tab = tuple[float, Literal["left", "right"], Literal["none", "dot"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a paragraph stands. ``leading`` counts sizes of letters; ``exact`` is a height of lines that overrules it."""

    align: Align = "left"
    above: float = 0.0
    indent: float = 0.0
    sides: float = 0.0
    leading: float = _SINGLE
    exact: float = 0.0
    keep: bool = False
    opens_page: bool = False
    rule: bool = False
    tabs: Sequence[Tab] = ()
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Tabulator:
    """A jump to the next tab stop between runs."""


def el(tag: str, *children: Element, **attributes: str | float) -> Element:
    """Return the element ``tag`` (like "w:p") with attributes of the same namespace."""
    from docx.oxml.parser import OxmlElement

    named = {_full_name(f"w:{name}"): str(value) for name, value in attributes.items()}
    element = cast("Element", OxmlElement(tag, attrs=named))
    element.extend(children)
    return element


@lru_cache(maxsize=256)
def _full_name(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def serialised(element: Element) -> bytes:
    """Return ``element`` as it stands in a file."""
    from lxml import etree

    return bytes(etree.tostring(element, encoding="UTF-8"))


def twips(points: float) -> int:
    return round(points * 20)


def paragraph(
    shape: Shape, runs: Iterable[Run | Tabulator], size: float, colour: str = BLACK, *more: Element
) -> Element:
    """Return a paragraph of ``runs`` in one size; a newline in a text becomes a line break."""
    inner: list[Element] = []
    for run in runs:
        if isinstance(run, Tabulator):
            inner.append(el("w:r", _letters(0, size, colour), el("w:tab")))
        else:
            inner += _written(run[0], run[1], size, colour)
    return el("w:p", _standing(shape, _letters(0, size, colour)), *inner, *more)


def spacer(height: float, *, keep: bool = False) -> Element:
    """Return an empty paragraph of ``height`` points, at least 1: the file has no other free height."""
    return paragraph(Shape(exact=max(1.0, height), keep=keep), (), 1.0)


def keeps(element: Element) -> bool:
    """Tell whether ``element`` is a paragraph that stays on one page with what follows."""
    return element.find(f"{_full_name('w:pPr')}/{_full_name('w:keepNext')}") is not None


def keep(element: Element) -> None:
    """Make ``element`` stay on one page with what follows: a paragraph whole, of a table its last row."""
    last = element if element.tag == _full_name("w:p") else element[-1]
    for standing in last.iter(_full_name("w:pPr")):
        if standing.find(_full_name("w:keepNext")) is None:
            standing.insert(0, el("w:keepNext"))


def page_break() -> Element:
    """Return an empty paragraph with which a new page begins."""
    return paragraph(Shape(exact=1.0, opens_page=True), (), 1.0)


def section_end(section: Element) -> Element:
    """Return the empty paragraph that ends ``section``: all sections but the last hang on one."""
    end = spacer(1.0)
    end[0].append(section)
    return end


def rule(sides: float, *, keep: bool) -> Element:
    """Return a level line as the upper edge of an empty paragraph, ``sides`` points in from both ends of its place."""
    return paragraph(Shape(above=2.5, exact=3.5, sides=sides, keep=keep, rule=True), (), 1.0)


def _standing(shape: Shape, mark: Element) -> Element:
    standing = el("w:pPr")
    if shape.keep:
        standing.append(el("w:keepNext"))
    if shape.opens_page:
        standing.append(el("w:pageBreakBefore"))
    if shape.rule:
        standing.append(el("w:pBdr", el("w:top", val="single", sz=5, space=0, color="000000")))
    if shape.tabs:
        stops = [el("w:tab", val=kind, leader=leader, pos=twips(place)) for place, kind, leader in shape.tabs]
        standing.append(el("w:tabs", *stops))
    if shape.exact:
        line, how = twips(shape.exact), "exact"
    else:
        line, how = round(240 * shape.leading / _SINGLE), "auto"
    standing.append(el("w:spacing", before=twips(shape.above), after=0, line=line, lineRule=how))
    if shape.indent or shape.sides:
        side = twips(shape.sides)
        standing.append(el("w:ind", left=side, right=side, firstLine=twips(shape.indent)))
    standing.append(el("w:jc", val="both" if shape.align == "justify" else shape.align))
    if shape.is_title:
        standing.append(el("w:outlineLvl", val=0))
    standing.append(mark)
    return standing


def _written(style: int, text: str, size: float, colour: str) -> list[Element]:
    runs: list[Element] = []
    for part in _BOX.split(text):
        if part in _BOXES:
            letters = _letters(0, size * _SIZE_OF_BOXES, colour, FACE_OF_BOXES)
            runs.append(el("w:r", letters, _text(_BOXES[part])))
        elif part:
            lines = NOT_IN_XML.sub("\ufffd", part.replace(MISSING_GLYPH, "\ufffd")).split("\n")
            inner = [piece for line in lines for piece in (el("w:br"), _text(line))][1:]
            runs.append(el("w:r", _letters(style, size, colour), *inner))
    return runs


def _text(text: str) -> Element:
    element = el("w:t")
    element.text = text
    element.set(_full_name("xml:space"), "preserve")
    return element


def _letters(style: int, size: float, colour: str, face: str = "") -> Element:
    letters = el("w:rPr")
    if face:
        letters.append(el("w:rFonts", ascii=face, hAnsi=face, eastAsia=face, cs=face))
    if style & BOLD:
        letters.extend((el("w:b"), el("w:bCs")))
    if style & ITALIC:
        letters.extend((el("w:i"), el("w:iCs")))
    if colour != BLACK:
        letters.append(el("w:color", val=colour.lstrip("#")))
    # Half points: rounded down, so that a line that fits our page does not grow in Word.
    half_points = max(2, int(size * 2 + 0.01))
    letters.extend((el("w:sz", val=half_points), el("w:szCs", val=half_points)))
    return letters
