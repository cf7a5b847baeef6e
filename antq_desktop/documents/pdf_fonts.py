"""Embeds of a face only the letters that a document uses, each with its Unicode, so that text can be found and copied.

A face is split into subsets of one byte a letter: only then do readers widen the spaces of justified lines.
"""

from dataclasses import dataclass, field
from typing import Any

from antq_desktop.documents.fonts import Serif
from antq_desktop.documents.pdf_file import PdfFile, hidden

_SPACE = 32
#: A space at which no line ends; in the file it is a space like any other.
_UNBROKEN = "\u00a0"
#: Codes for letters beyond ASCII; control codes are left alone.
_FREE = range(128, 256)
_SYMBOLIC, _NONSYMBOLIC = 4, 32
#: No table of a character map may be longer (Adobe Technical Note 5411).
_LONGEST_TABLE = 100
_TO_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
%b
endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


@dataclass(slots=True, eq=False)
class _Subset:
    """Letters of one style: ``codes`` gives each its byte, the space always 32; ``others`` of them are not ASCII."""

    style: int
    name: str
    number: int
    others: int = 0
    codes: dict[str, int] = field(default_factory=lambda: {" ": _SPACE})


class LettersInUse:
    """The letters of a face that one document uses so far."""

    def __init__(self, file: PdfFile, face: Serif) -> None:
        self._file, self._face = file, face
        self._subsets: list[_Subset] = []
        self._places: dict[tuple[int, str], tuple[_Subset, int]] = {}
        self._known: dict[tuple[int, str], tuple[tuple[str, str], ...]] = {}

    def coded(self, style: int, text: str) -> tuple[tuple[str, str], ...]:
        """Return ``text`` as (name of a font resource, string of its codes); nearly always a single part."""
        known = self._known.get((style, text))
        if known is None:
            if len(self._known) > 10_000:
                self._known.clear()
            known = self._known[style, text] = tuple(self._code(style, text))
        return known

    def _code(self, style: int, text: str) -> list[tuple[str, str]]:
        parts: list[tuple[_Subset, bytearray]] = []
        for sign in text.replace(_UNBROKEN, " "):
            subset, code = self._place(style, sign if sign in self._face.letters else "?")
            # The space has the same code in every subset.
            if parts and (parts[-1][0] is subset or code == _SPACE):
                parts[-1][1].append(code)
            else:
                parts.append((subset, bytearray((code,))))
        return [(subset.name, hidden(bytes(codes)).decode("latin-1")) for subset, codes in parts]

    def _place(self, style: int, sign: str) -> tuple[_Subset, int]:
        """Return subset and code of ``sign``: ASCII keeps its code in the first subset, others take the next free one."""
        place = self._places.get((style, sign))
        if place is None:
            mine = [subset for subset in self._subsets if subset.style == style] or [self._open(style)]
            if sign.isascii():
                place = mine[0], ord(sign)
            else:
                newest = mine[-1] if mine[-1].others < len(_FREE) else self._open(style)
                place = newest, _FREE[newest.others]
                newest.others += 1
            place[0].codes[sign] = place[1]
            self._places[style, sign] = place
        return place

    def _open(self, style: int) -> _Subset:
        subset = _Subset(style, f"F{len(self._subsets)}", self._file.reserve())
        self._subsets.append(subset)
        return subset

    def embed(self) -> bytes:
        """Write all fonts; return the dictionary of font resources."""
        from reportlab.pdfbase.pdfmetrics import getFont

        for order, subset in enumerate(self._subsets):
            font: Any = getFont(self._face.names[subset.style])
            self._embed(subset, order, font.face)
        entries = (f"/{subset.name} {subset.number} 0 R" for subset in self._subsets)
        return f"<<{''.join(entries)}>>".encode("ascii")

    def _embed(self, subset: _Subset, order: int, face: Any) -> None:  # noqa: ANN401 - a TTFontFace, which bears no types
        codes = sorted((code, ord(sign)) for sign, code in subset.codes.items())
        last = codes[-1][0]
        letters = [0] * (last + 1)
        for code, letter in codes:
            letters[code] = letter
        program = face.makeSubset(letters)
        widths = [face.getCharWidth(letter) if letter else 0 for letter in letters[_SPACE:]]
        file = self._file
        embedded = file.put_stream(program, b"/Length1 %d" % len(program))
        unicode = file.put_stream(_TO_UNICODE % b"\n".join(_tables(codes)))
        tag = "".join(chr(ord("A") + order // 26**place % 26) for place in range(6))
        base = f"{tag}+{self._face.names[subset.style]}"
        box = " ".join(f"{edge:.0f}" for edge in face.bbox)
        flags = face.flags & ~_NONSYMBOLIC | _SYMBOLIC
        descriptor = file.put(
            f"<</Type/FontDescriptor/FontName/{base}/Flags {flags}/FontBBox[{box}]"
            f"/ItalicAngle {face.italicAngle:.2f}/Ascent {face.ascent:.0f}/Descent {face.descent:.0f}"
            f"/CapHeight {face.capHeight:.0f}/StemV {face.stemV:.0f}/FontFile2 {embedded} 0 R>>".encode(
                "ascii"
            )
        )
        file.put(
            f"<</Type/Font/Subtype/TrueType/BaseFont/{base}/FirstChar {_SPACE}/LastChar {last}"
            f"/Widths[{' '.join(f'{width:g}' for width in widths)}]"
            f"/FontDescriptor {descriptor} 0 R/ToUnicode {unicode} 0 R>>".encode("ascii"),
            subset.number,
        )


def _tables(codes: list[tuple[int, int]]) -> list[bytes]:
    tables = []
    for first in range(0, len(codes), _LONGEST_TABLE):
        part = codes[first : first + _LONGEST_TABLE]
        rows = "\n".join(f"<{code:02X}> <{chr(letter).encode('utf-16-be').hex()}>" for code, letter in part)
        tables.append(f"{len(part)} beginbfchar\n{rows}\nendbfchar".encode("ascii"))
    return tables
