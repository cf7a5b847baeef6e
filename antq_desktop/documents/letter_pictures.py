"""Makes the pictures of a Word file: codes as PNG whose modules are whole pixels, so that they stay sharp."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

from antq_desktop.documents.letter_xml import NOT_IN_XML
from antq_desktop.documents.preview import PageImage
from antq_desktop.documents.qr import QUIET_ZONE, QrRuns

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.parts.document import DocumentPart

#: Pixels a module: enough for 600 dots per inch at the sizes of our papers.
_PIXELS = 8
EMU = 12_700
_INLINE = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:drawing>'
    '<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>'
    '<wp:docPr id="{number}" name="QR {number}"/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="QR {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


class Pictures:
    """Keeps the pictures of one file and numbers them."""

    def __init__(self, part: DocumentPart) -> None:
        self._part = part
        self._count = 0

    def inline(self, png: bytes, side: float, about: str) -> Element:
        """Take ``png`` into the file; return a run that shows it ``side`` points wide and high, told as ``about``."""
        from docx.oxml.ns import qn
        from docx.oxml.parser import parse_xml

        self._count += 1
        relation, _image = self._part.get_or_add_image(io.BytesIO(png))
        run: Element = parse_xml(
            _INLINE.format(side=round(side * EMU), number=self._count, relation=relation)
        )
        next(run.iter(qn("wp:docPr"))).set("descr", NOT_IN_XML.sub("\ufffd", about))
        return run


def qr_png(code: QrRuns) -> bytes:
    """Return ``code`` with its quiet zone as a PNG of one bit a pixel."""
    side = code.modules + 2 * QUIET_ZONE
    rows = [bytearray(b"\x01" * side) for _ in range(side)]
    for column, line, length in code.runs:
        start = column + QUIET_ZONE
        rows[line + QUIET_ZONE][start : start + length] = bytes(length)
    return _png(side * _PIXELS, side * _PIXELS, (1, 0), b"".join(_packed(row) * _PIXELS for row in rows))


def coloured_png(page: PageImage) -> bytes:
    """Return a drawn page as a PNG of three bytes a pixel; its white lets through what lies below."""
    rows = []
    for top in range(0, page.height * page.stride, page.stride):
        given = page.pixels[top : top + 4 * page.width]
        row = bytearray(3 * page.width)
        row[0::3], row[1::3], row[2::3] = given[2::4], given[1::4], given[0::4]
        rows.append(b"\x00" + row)
    return _png(page.width, page.height, (8, 2), b"".join(rows), (b"tRNS", b"\x00\xff" * 3))


def _png(width: int, height: int, kind: tuple[int, int], pixels: bytes, *more: tuple[bytes, bytes]) -> bytes:
    """Return a PNG; ``kind``: bits a sample, and 0 for grey or 2 for colours. A 0 stands before each row of pixels."""
    header = struct.pack(">IIBBBBB", width, height, *kind, 0, 0, 0)
    parts = ((b"IHDR", header), *more, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _packed(modules: bytearray) -> bytes:
    """Return a row of pixels: a byte a module, as a module is 8 pixels wide; the 0 before it means unfiltered."""
    return b"\x00" + bytes(0xFF if module else 0x00 for module in modules)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
