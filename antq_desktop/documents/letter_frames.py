"""Puts the frame of a form round each page of a Word file: a plain one as its page border, the woven one as a picture.

Word has no border like ours, so the drawing of the PDF is taken as a picture that lies behind the text in the head.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from antq_desktop.documents.fonts import serif
from antq_desktop.documents.form_blocks import Frame
from antq_desktop.documents.frames import draw_ornate
from antq_desktop.documents.letter_pictures import EMU, coloured_png
from antq_desktop.documents.letter_xml import el
from antq_desktop.documents.pdf_archive import About
from antq_desktop.documents.pdf_document import PdfDocument
from antq_desktop.documents.pen import MM
from antq_desktop.documents.preview import previewing_content

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement as Element
    from docx.parts.story import StoryPart

#: Fine enough for the lines of the frame on paper, and half a megabyte.
_DOTS_PER_INCH = 200
#: The file counts the way from the edge of the paper to a page border in whole points, 31 at most.
_FARTHEST_BORDER = 31
_BEHIND = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:drawing>'
    '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="1"'
    ' locked="1" layoutInCell="0" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionV>'
    '<wp:extent cx="{width}" cy="{height}"/><wp:wrapNone/><wp:docPr id="{number}" name="Frame {number}" descr=""/>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Frame {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
    "</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>"
)


def border(frame: Frame) -> Element:
    """Return a double line round the page."""
    line: dict[str, str | float] = {
        "val": "double",
        "sz": 6,
        "space": min(_FARTHEST_BORDER, round(frame.inset * MM)),
        "color": "000000",
    }
    edges = ("w:top", "w:left", "w:bottom", "w:right")
    return el("w:pgBorders", *(el(edge, **line) for edge in edges), offsetFrom="page")


def ornate(frame: Frame, paper: tuple[float, float], part: StoryPart, number: int) -> Element:
    """Take the woven frame of a ``paper`` (millimetres) into ``part``; return the run that lays it behind the page."""
    from docx.oxml.parser import parse_xml

    relation, _image = part.get_or_add_image(io.BytesIO(_picture(frame.inset, *paper)))
    width, height = (round(side * MM * EMU) for side in paper)
    run: Element = parse_xml(
        _BEHIND.format(width=width, height=height, relation=relation, number=1_000_000 + number)
    )
    return run


@lru_cache(maxsize=2)
def _picture(inset: float, width: float, height: float) -> bytes:
    stream = io.BytesIO()
    document = PdfDocument(stream, serif(), About("", "", None), width * MM, height * MM)
    document.draw_ground(lambda pen: draw_ornate(pen.ink, width * MM, height * MM, inset * MM))
    document.start_page()
    document.end_page()
    document.finish()
    with previewing_content(stream.getvalue(), "") as shown:
        return coloured_png(shown.image(0, _DOTS_PER_INCH))
