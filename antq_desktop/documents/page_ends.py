"""Lays out the head and the foot of an official paper: agency and Quốc hiệu above, signatures and Nơi nhận below."""

from dataclasses import replace

from antq_desktop.documents.fonts import BOLD, ITALIC
from antq_desktop.documents.form_blocks import Letterhead, Signatures, Signer
from antq_desktop.documents.pen import MM
from antq_desktop.documents.strips import Area, Look, Setting, Strip, gap, side_by_side, stack, text_strips
from antq_desktop.documents.templates import Template

SIZE_OF_RECIPIENTS = 11.0
SIZE_OF_RECIPIENTS_HEADING = 12.0
#: The rule below the agency is a third to a half of its line (Nghị định 30/2020/NĐ-CP, Phụ lục I).
RULE_OF_AGENCY = 0.42


def lay_letterhead(block: Letterhead, setting: Setting) -> list[Strip]:
    """Return the letterhead as one strip; number and date stand on one height."""
    area, left_width = setting.area, block.left_width * MM
    if block.agency is None:
        left, right = setting, setting
    else:
        left = setting.within(Area(area.left, left_width - 3 * MM))
        right = setting.within(Area(area.left + left_width, area.width - left_width))
    agency = _centred(left, block.parent, block.agency_size, 0)
    agency += _centred(left, block.agency, block.agency_size, BOLD, rule=RULE_OF_AGENCY)
    state = _centred(right, block.state, block.state_size, BOLD)
    state += _centred(right, block.motto, block.motto_size, BOLD, rule=1.0)
    below = side_by_side(
        [
            _centred(left, block.number, block.number_size, 0),
            _centred(right, block.place_date, block.number_size, ITALIC),
        ]
    )
    return [stack([side_by_side([agency, state]), gap(4.0 if below.height else 0.0), below])]


def _centred(
    setting: Setting, text: Template | None, size: float, style: int, rule: float = 0.0
) -> list[Strip]:
    if text is None:
        return []
    look = Look(setting.letters(size), "center", rule=rule)
    return text_strips(setting, setting.scope.fill(text, style), look)


def lay_signatures(block: Signatures, setting: Setting) -> list[Strip]:
    """Return all columns as one strip: dates, offices and names each stand on one height."""
    areas = setting.area.columns([column.share for column in block.columns], gap=3 * MM)
    signers = [(column, setting.within(area)) for column, area in zip(block.columns, areas, strict=True)]
    dates = side_by_side([_centred(within, signer.date, block.size, ITALIC) for signer, within in signers])
    offices = side_by_side([_office(block, signer, within) for signer, within in signers])
    names = side_by_side([_centred(within, signer.name, block.size, BOLD) for signer, within in signers])
    signed = [dates, offices, gap(block.room * MM * setting.scale), names]
    recipients = [[gap(dates.height), *_recipients(signer, within)] for signer, within in signers]
    return [replace(side_by_side([signed, *recipients]), with_former=True)]


def _office(block: Signatures, signer: Signer, setting: Setting) -> list[Strip]:
    strips = [strip for role in signer.role for strip in _centred(setting, role, block.size, BOLD)]
    return strips + _centred(setting, signer.hint, block.size - 1, ITALIC)


def _recipients(signer: Signer, setting: Setting) -> list[Strip]:
    strips: list[Strip] = []
    if signer.heading is not None:
        look = Look(SIZE_OF_RECIPIENTS_HEADING * setting.scale)
        strips += text_strips(setting, setting.scope.fill(signer.heading, BOLD | ITALIC), look)
    for line in signer.recipients:
        strips += text_strips(setting, setting.scope.fill(line), Look(SIZE_OF_RECIPIENTS * setting.scale))
    return strips
