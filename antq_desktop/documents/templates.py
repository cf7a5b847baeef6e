"""Reads the small language in which forms write their wording: literal text, ``{fields}`` and ``<b> <i>``.

``{name}`` is a field as its kind is shown; ``{date.day}``, ``.month`` and ``.year`` are the parts of a date as
Nghị định 30/2020 writes them (05, 02, 2026); ``{name:caps}`` is in capitals; ``{flag:box}`` draws a box that is
ticked when the flag is true, ``{flag:unbox}`` one that is ticked when it is false.
"""

import re
from dataclasses import dataclass

from antq_desktop.documents.fonts import BOLD, ITALIC

#: Signs drawn by hand, kept in text as private characters: the serif faces have no boxes to tick.
EMPTY_BOX, TICKED_BOX, MISSING_GLYPH = "\ue000", "\ue001", "\ue002"

_TAG = re.compile(r"<(/?)([bi])>")
_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)(?:\.(day|month|year))?(?::(caps|box|unbox))?\}")
_STYLE = {"b": BOLD, "i": ITALIC}


class TemplateFault(ValueError):
    """A text of a form cannot be read; ``args[0]`` is the piece that is wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Literal ``text`` when ``field`` is empty, else a field with its part of a date and its manner."""

    style: int
    text: str = ""
    field: str = ""
    part: str = ""
    manner: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """One text of a form, read once and filled for each record."""

    pieces: tuple[Piece, ...]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(piece.field for piece in self.pieces if piece.field)


def read_template(text: str) -> Template:
    """Return ``text`` as a template. Raises TemplateFault for a stray brace or an unbalanced tag."""
    pieces: list[Piece] = []
    style = place = 0
    for tag in _TAG.finditer(text):
        pieces += _pieces(text[place : tag.start()], style)
        place = tag.end()
        bit = _STYLE[tag[2]]
        if bool(style & bit) == (tag[1] == ""):
            raise TemplateFault(tag[0])
        style ^= bit
    if style:
        raise TemplateFault(text)
    return Template((*pieces, *_pieces(text[place:], style)))


def _pieces(text: str, style: int) -> list[Piece]:
    pieces: list[Piece] = []
    place = 0
    for found in _FIELD.finditer(text):
        pieces += _literal(text[place : found.start()], style)
        pieces.append(Piece(style, field=found[1], part=found[2] or "", manner=found[3] or ""))
        place = found.end()
    return pieces + _literal(text[place:], style)


def _literal(text: str, style: int) -> list[Piece]:
    if "{" in text or "}" in text:
        raise TemplateFault(text.strip())
    return [Piece(style, text=text)] if text else []
