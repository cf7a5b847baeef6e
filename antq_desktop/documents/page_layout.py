"""Turns the blocks of a form into strips, with the measures of Nghị định 30/2020/NĐ-CP."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from antq_desktop.documents.fonts import BOLD, ITALIC
from antq_desktop.documents.form_blocks import (
    Block,
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
from antq_desktop.documents.page_ends import lay_letterhead, lay_signatures
from antq_desktop.documents.page_rulers import lay_rulers
from antq_desktop.documents.page_tables import lay_groups, lay_table
from antq_desktop.documents.pen import MM, Pen
from antq_desktop.documents.qr import qr_runs
from antq_desktop.documents.records import Run, Scope
from antq_desktop.documents.strips import Look, Setting, Strip, gap, side_by_side, stack, text_strips
from antq_desktop.documents.text_layout import break_lines, fit_size


def lay_block(block: Block, setting: Setting) -> list[Strip]:
    """Return the strips of ``block`` for the record in ``setting``; none when its condition does not hold."""
    if not is_shown(block, setting.scope):
        return []
    strips = _LAYERS[type(block)](block, setting)
    return [replace(strips[0], above=block.above * setting.scale), *strips[1:]] if strips else []


def is_shown(block: Block, scope: Scope) -> bool:
    """Tell whether the conditions of ``block`` hold for a record."""
    return (not block.when or scope.has(block.when)) and not (block.unless and scope.has(block.unless))


def _lay_line(block: TextLine, setting: Setting) -> list[Strip]:
    runs = setting.scope.fill(block.text, BOLD * block.bold | ITALIC * block.italic)
    size = setting.letters(block.size)
    if block.lines:
        size = fit_size(runs, setting.face, (size, block.least_size), setting.area.width, block.lines)
    look = Look(size, block.align, rule=block.rule, colour=block.colour, keep=block.keep)
    return text_strips(setting, runs, look)


def _lay_paragraph(block: Paragraph, setting: Setting) -> list[Strip]:
    style = BOLD * block.bold | ITALIC * block.italic
    scopes = setting.scope.rows(block.each) if block.each else [setting.scope]
    look = Look(setting.letters(block.size), block.align, block.indent * MM, block.above * setting.scale)
    look = replace(look, keep=block.keep)
    return [strip for scope in scopes for strip in text_strips(setting, scope.fill(block.text, style), look)]


def _lay_list(block: NumberedList, setting: Setting) -> list[Strip]:
    filled = [setting.scope.fill(item) for item in block.items]
    if block.each and block.text is not None:
        filled += [scope.fill(block.text) for scope in setting.scope.rows(block.each)]
    size, above = setting.letters(block.size), block.above * setting.scale
    look = Look(size, "justify", block.indent * MM, above)
    return [
        strip
        for number, runs in enumerate(filled)
        for strip in text_strips(setting, [(0, marker_of(block.marker, number)), *runs], look)
    ]


def marker_of(marker: str, number: int) -> str:
    """Return what stands before item ``number`` (from 0) of a list."""
    if marker == "1.":
        return f"{number + 1}. "
    return f"{'abcdđeghiklmnopqrstuvxy'[number % 23]}) " if marker == "a)" else f"{marker} "


def _lay_fields(block: FieldLines, setting: Setting) -> list[Strip]:
    strips = []
    for cells in block.lines:
        areas = setting.area.columns([cell.share for cell in cells], gap=2 * MM)
        columns = []
        for cell, area in zip(cells, areas, strict=True):
            runs = [*setting.scope.fill(cell.label), (0, " ")]
            runs += setting.scope.fill(cell.text, BOLD * cell.bold)
            columns.append(_dotted(setting.within(area), runs, setting.letters(block.size)))
        strips.append(replace(side_by_side(columns), above=block.above * setting.scale))
    return strips


def _dotted(setting: Setting, runs: list[Run], size: float) -> list[Strip]:
    area = setting.area
    strips = text_strips(setting, runs, Look(size)) or [gap(size * setting.leading)]
    lines = break_lines(runs, setting.face, size, area.width)
    start = area.left + (lines[-1].width + 0.25 * size if lines else 0.0)
    words, end = strips[-1], area.left + area.width

    def draw(pen: Pen, top: float) -> None:
        words.draw(pen, top)
        pen.dots(start, top - words.height + 0.22 * size, end - start)

    return [*strips[:-1], replace(words, draw=draw)]


def _lay_qr(block: QrCode, setting: Setting) -> list[Strip]:
    content = setting.scope.text(block.content)
    if not content:
        return []
    area, size, code = setting.area, block.size * MM, qr_runs(content)
    x = area.left + {"center": (area.width - size) / 2, "right": area.width - size}.get(block.align, 0.0)
    strips = [Strip(size, lambda pen, top: pen.qr(x, top, size, code))]
    for caption in block.caption:
        runs = setting.scope.fill(caption)
        strips += text_strips(setting, runs, Look(setting.letters(block.caption_size), block.align))
    return [stack(strips)]


def _lay_space(block: Space, setting: Setting) -> list[Strip]:
    return [gap(block.height * MM * setting.scale)]


def _lay_break(block: PageBreak, _setting: Setting) -> list[Strip]:
    return [replace(gap(0.0), opens="annex" if block.annex else "page", keep=True)]


#: A frame is part of the ground of each page (see ``pdf``), not of the text that flows.
_LAYERS: dict[type[Block], Callable[[Any, Setting], list[Strip]]] = {
    Letterhead: lay_letterhead,
    TextLine: _lay_line,
    Title: _lay_line,
    Subtitle: _lay_line,
    Paragraph: _lay_paragraph,
    NumberedList: _lay_list,
    FieldLines: _lay_fields,
    Table: lay_table,
    Signatures: lay_signatures,
    Groups: lay_groups,
    QrCode: _lay_qr,
    Frame: lambda _block, _setting: [],
    Space: _lay_space,
    PageBreak: _lay_break,
    Rulers: lay_rulers,
}
