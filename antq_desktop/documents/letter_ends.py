"""Writes the head and the foot of an official paper into a Word file, as tables without rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from antq_desktop.documents.fonts import BOLD, ITALIC
from antq_desktop.documents.form_blocks import Letterhead, Signatures, Signer
from antq_desktop.documents.letter_grids import beside, cell, empty, grid, row, widths
from antq_desktop.documents.letter_text import Sheet, paragraphs
from antq_desktop.documents.page_ends import RULE_OF_AGENCY, SIZE_OF_RECIPIENTS, SIZE_OF_RECIPIENTS_HEADING
from antq_desktop.documents.pen import MM
from antq_desktop.documents.strips import Area, Look
from antq_desktop.documents.templates import Template

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

#: Free height between the rules of the letterhead and the line of number and date, in points.
_ABOVE_NUMBER = 4.0


def write_letterhead(block: Letterhead, sheet: Sheet) -> list[Element]:
    """Return two columns, agency and Quốc hiệu, or Quốc hiệu alone where no agency stands."""
    state = [
        *_centred(sheet, block.state, block.state_size, BOLD),
        *_centred(sheet, block.motto, block.motto_size, BOLD, rule=1.0),
    ]
    if block.agency is None:
        number = _centred(sheet, block.number, block.number_size, 0, above=_ABOVE_NUMBER)
        return [*state, *number, *_centred(sheet, block.place_date, block.number_size, ITALIC)]
    area, left_width = sheet.setting.area, block.left_width * MM
    areas = [Area(0.0, left_width - 3 * MM), Area(left_width, area.width - left_width)]
    left, right = (sheet.within(place) for place in areas)
    agency = [
        *_centred(left, block.parent, block.agency_size, 0),
        *_centred(left, block.agency, block.agency_size, BOLD, rule=RULE_OF_AGENCY),
    ]
    state = [
        *_centred(right, block.state, block.state_size, BOLD),
        *_centred(right, block.motto, block.motto_size, BOLD, rule=1.0),
    ]
    rows = [beside(areas, [agency, state])]
    below = [
        _centred(left, block.number, block.number_size, 0, above=_ABOVE_NUMBER),
        _centred(right, block.place_date, block.number_size, ITALIC, above=_ABOVE_NUMBER),
    ]
    if any(below):
        rows.append(beside(areas, below))
    return [grid(widths(areas), rows)]


def write_signatures(block: Signatures, sheet: Sheet) -> list[Element]:
    """Return dates, offices, room for the pen and names in rows of one table that stays on one page."""
    setting = sheet.setting
    areas = setting.area.columns([column.share for column in block.columns], gap=3 * MM)
    signers = [(column, sheet.within(area)) for column, area in zip(block.columns, areas, strict=True)]
    dates = [_centred(within, signer.date, block.size, ITALIC, keep=True) for signer, within in signers]
    offices = [_office(block, signer, within) for signer, within in signers]
    room = [[empty(setting, block.size, keep=True)] for _ in signers]
    names = [
        _centred(within, signer.name, block.size, BOLD) or [empty(setting, block.size)]
        for signer, within in signers
    ]
    rows = [beside(areas, dates)] if any(dates) else []
    free = block.room * MM * setting.scale
    if any(signer.heading or signer.recipients for signer, _ in signers):
        recipients = [_recipients(signer, within) for signer, within in signers]
        rows.append(_row(areas, offices, recipients, starts=True))
        rows.append(_row(areas, room, recipients, height=free))
        rows.append(_row(areas, names, recipients))
    else:
        rows += [beside(areas, offices), beside(areas, room, height=free), beside(areas, names)]
    return [grid(widths(areas), rows)]


def _row(
    areas: Sequence[Area],
    signed: Sequence[Sequence[Element]],
    recipients: Sequence[Sequence[Element]],
    *,
    starts: bool = False,
    height: float = 0.0,
) -> Element:
    """Return one of the rows beside which the recipients run down in a merged cell."""
    cells = []
    for width, area, content, listed in zip(widths(areas), areas, signed, recipients, strict=True):
        sides = (0.0, 0.0, 0.0, width - area.width)
        if not listed:
            cells.append(cell(width, content, sides=sides))
        elif starts:
            cells.append(cell(width, listed, sides=sides, merge="restart"))
        else:
            cells.append(cell(width, (), sides=sides, merge="continue"))
    return row(cells, height=height)


def _office(block: Signatures, signer: Signer, sheet: Sheet) -> list[Element]:
    written = [
        paragraph for role in signer.role for paragraph in _centred(sheet, role, block.size, BOLD, keep=True)
    ]
    return written + _centred(sheet, signer.hint, block.size - 1, ITALIC, keep=True)


def _recipients(signer: Signer, sheet: Sheet) -> list[Element]:
    setting = sheet.setting
    lines = [(line, SIZE_OF_RECIPIENTS, 0) for line in signer.recipients]
    if signer.heading is not None:
        lines.insert(0, (signer.heading, SIZE_OF_RECIPIENTS_HEADING, BOLD | ITALIC))
    return [
        written
        for line, size, style in lines
        for written in paragraphs(
            setting, setting.scope.fill(line, style), Look(size * setting.scale, keep=True)
        )
    ]


def _centred(
    sheet: Sheet,
    text: Template | None,
    size: float,
    style: int,
    *,
    rule: float = 0.0,
    above: float = 0.0,
    keep: bool = False,
) -> list[Element]:
    if text is None:
        return []
    setting = sheet.setting
    look = Look(setting.letters(size), "center", above=above, rule=rule, keep=keep)
    return paragraphs(setting, setting.scope.fill(text, style), look)
