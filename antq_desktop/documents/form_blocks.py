"""Names the blocks that a form can be made of; these classes are the form language and its documentation.

Lengths are millimetres, sizes of letters points. A default stands where Nghị định 30/2020/NĐ-CP, Phụ lục I, gives
a measure. ``kind`` in a form file is the key of ``KINDS``; every other key is an attribute below.
"""

from dataclasses import dataclass
from typing import Literal

from antq_desktop.documents.templates import Template

Align = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A fixed place on the first page: left and top edge of the block from the paper's corner, and its width."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What all blocks share. ``when``/``unless`` name a field that must hold something/nothing for the block.

    ``preprinted`` blocks stand on a bought blank already: printing over one keeps their place and leaves them out.
    """

    when: str = ""
    unless: str = ""
    preprinted: bool = False
    at: Spot | None = None
    above: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Letterhead(Block):
    """Agency at the left with its rule, Quốc hiệu and Tiêu ngữ at the right; without agency they are centred."""

    state: Template
    motto: Template
    parent: Template | None = None
    agency: Template | None = None
    number: Template | None = None
    place_date: Template | None = None
    left_width: float = 68.0
    state_size: float = 12.5
    motto_size: float = 13.5
    agency_size: float = 12.5
    number_size: float = 13.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine(Block):
    """A line of its own; ``rule`` is the length of a rule below as a share of the line. It wraps where it must.

    With ``lines`` it is made smaller, down to ``least_size``, until it needs no more lines than that.
    """

    text: Template
    size: float = 0.0
    bold: bool = False
    italic: bool = False
    align: Align = "center"
    rule: float = 0.0
    lines: int = 0
    least_size: float = 9.0
    colour: str = "#000000"
    keep: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(TextLine):
    """Tên loại văn bản."""

    size: float = 14.0
    bold: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtitle(TextLine):
    """Trích yếu, with its rule of a third to a half of the line."""

    size: float = 14.0
    bold: bool = True
    rule: float = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """Running text; with ``each`` once for every row of that field."""

    text: Template
    each: str = ""
    size: float = 0.0
    indent: float = 10.0
    align: Align = "justify"
    bold: bool = False
    italic: bool = False
    above: float = 6.0
    keep: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberedList(Block):
    """Paragraphs with a marker: ``"1."`` counts, ``"a)"`` letters, any other is repeated as it stands."""

    items: tuple[Template, ...] = ()
    each: str = ""
    text: Template | None = None
    marker: str = "1."
    size: float = 0.0
    indent: float = 10.0
    above: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One label with its value on a line of fields; ``share`` is its part of the line."""

    label: Template
    text: Template
    share: float = 1.0
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLines(Block):
    """Lines of label and value with dots to the end of the place, for pen and for print."""

    lines: tuple[tuple[Cell, ...], ...]
    size: float = 0.0
    above: float = 4.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; width 0 shares what is left. ``plain`` keeps it regular in rows that are bold."""

    head: Template
    text: Template
    width: float = 0.0
    align: Align = "left"
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table over the rows of a field; its head is repeated on each page. ``bold_when`` names a flag of a row."""

    rows: str
    columns: tuple[Column, ...]
    foot: tuple[Template, ...] = ()
    bold_when: str = ""
    size: float = 12.0
    above: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One column of signatures, or of recipients (Nơi nhận) when ``recipients`` has lines."""

    share: float = 1.0
    date: Template | None = None
    role: tuple[Template, ...] = ()
    hint: Template | None = None
    name: Template | None = None
    heading: Template | None = None
    recipients: tuple[Template, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatures(Block):
    """Columns of signatures, never parted by a page; ``room`` is left free for pen and seal."""

    columns: tuple[Signer, ...]
    room: float = 24.0
    size: float = 13.0
    above: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups(Block):
    """A long code for reading aloud: its groups, parted by spaces or hyphens, in a framed grid."""

    text: Template
    columns: int = 4
    size: float = 16.0
    above: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode(Block):
    """A QR code of ``size`` millimetres with a caption below; nothing where the field is empty."""

    content: Template
    size: float = 30.0
    align: Align = "left"
    caption: tuple[Template, ...] = ()
    caption_size: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(Block):
    """A drawn frame round each page, ``inset`` from the paper's edge."""

    style: Literal["line", "ornate"] = "line"
    inset: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Space(Block):
    """Free height."""

    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Block):
    """What follows begins on a new page; the pages of an ``annex`` are counted from 1 again, the first unnumbered."""

    annex: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross:
    """The middle of a cross, from the upper left corner of its block, with the letter that names it."""

    x: float
    y: float
    name: Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulers(Block):
    """Crosses with millimetre scales that show how far a printer is off; ``reach`` is the length of an arm.

    It needs a fixed place. Nothing of it is drawn in a Word file, which knows no such places.
    """

    crosses: tuple[Cross, ...]
    reach: float = 10.0


KINDS: dict[str, type[Block]] = {
    "letterhead": Letterhead,
    "line": TextLine,
    "title": Title,
    "subtitle": Subtitle,
    "paragraph": Paragraph,
    "list": NumberedList,
    "fields": FieldLines,
    "table": Table,
    "signatures": Signatures,
    "groups": Groups,
    "qr": QrCode,
    "frame": Frame,
    "space": Space,
    "page_break": PageBreak,
    "rulers": Rulers,
}
