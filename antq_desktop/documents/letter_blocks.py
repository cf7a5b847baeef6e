"""Writes each kind of block that a form can be made of into a Word file, beside ``page_layout`` that draws it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from antq_desktop.documents.fonts import BOLD, ITALIC
from antq_desktop.documents.form_blocks import (
    Block,
    Cell,
    FieldLines,
    Frame,
    Groups,
    Letterhead,
    NumberedList,
    PageBreak,
    Paragraph,
    QrCode,
    Rulers,
    Signatures,
    Space,
    Subtitle,
    Table,
    TextLine,
    Title,
)
from antq_desktop.documents.letter_ends import write_letterhead, write_signatures
from antq_desktop.documents.letter_grids import beside, grid, widths
from antq_desktop.documents.letter_pictures import qr_png
from antq_desktop.documents.letter_places import placed
from antq_desktop.documents.letter_tables import write_groups, write_table
from antq_desktop.documents.letter_text import Sheet, paragraphs, tidy
from antq_desktop.documents.letter_xml import Shape, Tab, Tabulator, paragraph, spacer
from antq_desktop.documents.page_layout import is_shown, marker_of
from antq_desktop.documents.pen import MM
from antq_desktop.documents.qr import qr_runs
from antq_desktop.documents.records import Run
from antq_desktop.documents.strips import Area, Look
from antq_desktop.documents.text_layout import break_lines, fit_size

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

#: What a line of fields must have left for its dots, in points; with less the tab would jump to the next line.
_LEAST_DOTS = 6.0
#: Blocks that end up as a table; all others are paragraphs and bring their free height themselves.
_TABLES = (Letterhead, Table, Signatures, Groups)


def write_block(block: Block, sheet: Sheet, *, opens: bool, kept: bool = False) -> list[Element]:
    """Return the elements of ``block``; none when its condition does not hold.

    A block that ``opens`` a page has nothing free above it; a ``kept`` one stays on a page with the one before.
    """
    setting = sheet.setting
    if not is_shown(block, setting.scope):
        return []
    if block.at is not None:
        # What has a place of its own keeps its size too, as on our page.
        inner = Sheet(replace(setting, area=Area(0.0, block.at.width * MM), scale=1.0), sheet.picture)
        written = WRITERS[type(block)](block, inner)
        return placed(written, block.at)
    written = WRITERS[type(block)](block, sheet)
    above = 0.0 if opens else block.above * setting.scale
    if written and isinstance(block, _TABLES):
        # A table has no free height of its own, and two that touch would become one.
        return written if opens else [spacer(above, keep=kept), *written]
    if written:
        _set_above(written[0], above)
    return written


def _set_above(element: Element, above: float) -> None:
    from docx.oxml.ns import qn

    spacing = next(element.iter(qn("w:spacing")), None)
    if spacing is not None:
        spacing.set(qn("w:before"), str(round(above * 20)))


def _write_line(block: TextLine, sheet: Sheet) -> list[Element]:
    setting = sheet.setting
    runs = setting.scope.fill(block.text, BOLD * block.bold | ITALIC * block.italic)
    size = setting.letters(block.size)
    if block.lines:
        size = fit_size(runs, setting.face, (size, block.least_size), setting.area.width, block.lines)
    look = Look(size, block.align, rule=block.rule, colour=block.colour, keep=block.keep)
    return paragraphs(setting, runs, look, is_title=isinstance(block, Title))


def _write_paragraph(block: Paragraph, sheet: Sheet) -> list[Element]:
    setting = sheet.setting
    style = BOLD * block.bold | ITALIC * block.italic
    scopes = setting.scope.rows(block.each) if block.each else [setting.scope]
    look = Look(
        setting.letters(block.size),
        block.align,
        block.indent * MM,
        block.above * setting.scale,
        keep=block.keep,
    )
    return [
        written for scope in scopes for written in paragraphs(setting, scope.fill(block.text, style), look)
    ]


def _write_list(block: NumberedList, sheet: Sheet) -> list[Element]:
    """Write the markers out: Word has no count with đ, and a number that is text is read alike everywhere."""
    setting = sheet.setting
    filled = [setting.scope.fill(item) for item in block.items]
    if block.each and block.text is not None:
        filled += [scope.fill(block.text) for scope in setting.scope.rows(block.each)]
    size, above = setting.letters(block.size), block.above * setting.scale
    look = Look(size, "justify", block.indent * MM, above)
    return [
        written
        for number, runs in enumerate(filled)
        for written in paragraphs(setting, [(0, marker_of(block.marker, number)), *runs], look)
    ]


def _write_fields(block: FieldLines, sheet: Sheet) -> list[Element]:
    setting = sheet.setting
    size, above = setting.letters(block.size), block.above * setting.scale
    written: list[Element] = []
    for cells in block.lines:
        areas = setting.area.columns([part.share for part in cells], gap=2 * MM)
        areas = [Area(area.left - areas[0].left, area.width) for area in areas]
        texts = [_labelled(part, sheet) for part in cells]
        fits = all(
            len(break_lines(runs, setting.face, size, area.width)) < 2
            for runs, area in zip(texts, areas, strict=True)
        )
        if fits or len(cells) == 1:
            written.append(_dotted(areas, texts, sheet, size, above))
            continue
        contents = [
            [_dotted([Area(0.0, area.width)], [runs], sheet, size, above)]
            for area, runs in zip(areas, texts, strict=True)
        ]
        # Two tables that touch would become one.
        written += [spacer(1.0), grid(widths(areas), [beside(areas, contents)]), spacer(1.0)]
    return written


def _labelled(part: Cell, sheet: Sheet) -> list[Run]:
    scope = sheet.setting.scope
    return tidy([*scope.fill(part.label), (0, " "), *scope.fill(part.text, BOLD * part.bold)])


def _dotted(areas: list[Area], texts: list[list[Run]], sheet: Sheet, size: float, above: float) -> Element:
    """Return a line of fields: a tab stop where each begins, and one with dots where each ends."""
    setting = sheet.setting
    tabs: list[Tab] = []
    runs: list[Run | Tabulator] = []
    for area, text in zip(areas, texts, strict=True):
        if area.left:
            tabs.append((area.left, "left", "none"))
            runs.append(Tabulator())
        runs += text
        lines = break_lines(text, setting.face, size, area.width)
        if not lines or lines[-1].width + _LEAST_DOTS < area.width:
            tabs.append((area.left + area.width, "right", "dot"))
            runs.append(Tabulator())
    return paragraph(Shape(above=above, leading=setting.leading, tabs=tabs), runs, size)


def _write_qr(block: QrCode, sheet: Sheet) -> list[Element]:
    setting = sheet.setting
    content = setting.scope.text(block.content)
    if not content:
        return []
    captions = [setting.scope.fill(caption) for caption in block.caption]
    about = " ".join(text for runs in captions for _, text in runs)
    picture = sheet.picture(qr_png(qr_runs(content)), block.size * MM, about)
    shape = Shape(align=block.align, keep=bool(captions))
    written = [paragraph(shape, (), 1.0, "#000000", picture)]
    look = Look(setting.letters(block.caption_size), block.align)
    return written + [element for runs in captions for element in paragraphs(setting, runs, look)]


def _write_space(block: Space, sheet: Sheet) -> list[Element]:
    return [spacer(block.height * MM * sheet.setting.scale)]


def _write_nothing(_block: Block, _sheet: Sheet) -> list[Element]:
    return []


#: No text that flows: a frame is part of every page (``letter_pages``), a page break parts them (``letter_out``), and
#: rulers measure a printer at places that only the PDF holds to.
WRITERS: dict[type[Block], Callable[[Any, Sheet], list[Element]]] = {
    Letterhead: write_letterhead,
    TextLine: _write_line,
    Title: _write_line,
    Subtitle: _write_line,
    Paragraph: _write_paragraph,
    NumberedList: _write_list,
    FieldLines: _write_fields,
    Table: write_table,
    Signatures: write_signatures,
    Groups: write_groups,
    QrCode: _write_qr,
    Frame: _write_nothing,
    Space: _write_space,
    PageBreak: _write_nothing,
    Rulers: _write_nothing,
}
