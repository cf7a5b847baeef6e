"""Draws letters, rules and boxes on a page of the PDF; the only module beside ``pdf`` that touches the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antq_desktop.documents.fonts import Serif
from antq_desktop.documents.qr import QUIET_ZONE, QrRuns
from antq_desktop.documents.templates import EMPTY_BOX, MISSING_GLYPH, TICKED_BOX
from antq_desktop.documents.text_layout import BOX_WIDTH, BOXES, Line

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
BLACK = "#000000"


class Pen:
    """Lengths are points from the lower left corner of the paper; ``y`` of a text is its base line."""

    def __init__(self, canvas: Canvas, face: Serif) -> None:
        self.canvas = canvas
        self.face = face

    def write(
        self, x: float, y: float, line: Line, size: float, *, stretch: float = 0.0, colour: str = BLACK
    ) -> None:
        """Write ``line``; each of its spaces is made ``stretch`` points wider."""
        if colour != BLACK:
            self.canvas.setFillColor(colour)
        drawn = [
            (style, text) for style, text in line.runs if not text.isascii() and any(b in text for b in BOXES)
        ]
        if drawn:
            self._write_with_boxes(x, y, line, size, stretch)
        else:
            self._write_letters(x, y, line.runs, size, stretch)
        if colour != BLACK:
            self.canvas.setFillColor(BLACK)

    def _write_letters(
        self, x: float, y: float, runs: tuple[tuple[int, str], ...], size: float, stretch: float
    ) -> None:
        text = self.canvas.beginText(x, y)
        if stretch:
            text.setWordSpace(stretch)
        for style, letters in runs:
            text.setFont(self.face.names[style], size)
            text.textOut(letters)
        if stretch:
            text.setWordSpace(0)
        self.canvas.drawText(text)

    def _write_with_boxes(self, x: float, y: float, line: Line, size: float, stretch: float) -> None:
        for style, text in line.runs:
            letters = ""
            for sign in (*text, ""):
                if sign and sign not in BOXES:
                    letters += sign
                    continue
                if letters:
                    self._write_letters(x, y, ((style, letters),), size, stretch)
                    x += self.face.width(style, letters) * size + letters.count(" ") * stretch
                    letters = ""
                if sign:
                    self._box(x, y, sign, size)
                    x += BOX_WIDTH * size

    def _box(self, x: float, y: float, sign: str, size: float) -> None:
        """Draw what no serif face has: a box to tick, or the mark of a letter that is missing, as wide as BOX_WIDTH."""
        side = 0.72 * size
        left, low = x + (BOX_WIDTH * size - side) / 2, y - 0.06 * size
        self.canvas.setLineWidth(0.055 * size)
        self.canvas.rect(left, low, side, side)
        if sign == TICKED_BOX:
            self.canvas.setLineWidth(0.1 * size)
            path = self.canvas.beginPath()
            path.moveTo(left + 0.18 * side, low + 0.52 * side)
            path.lineTo(left + 0.42 * side, low + 0.22 * side)
            path.lineTo(left + 0.86 * side, low + 0.84 * side)
            self.canvas.drawPath(path)
        elif sign == MISSING_GLYPH:
            mark = Line(((1, "?"),), 0.0, 0, is_last=True)
            width = self.face.width(1, "?") * 0.62 * size
            self.write(left + (side - width) / 2, low + 0.16 * size, mark, 0.62 * size)
        else:
            assert sign == EMPTY_BOX  # noqa: S101 - BOXES has three signs

    def rule(self, x: float, y: float, length: float, weight: float = 0.6) -> None:
        """Draw a level line from ``x`` to the right."""
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, y, x + length, y)

    def upright(self, x: float, low: float, height: float, weight: float = 0.6) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.line(x, low, x, low + height)

    def dots(self, x: float, y: float, length: float) -> None:
        """Draw a dotted line to write on; dots of neighbouring lines stand below one another."""
        if length < 3:
            return
        step = 2.6
        start = -(-x // step) * step
        self.canvas.saveState()
        self.canvas.setLineCap(1)
        self.canvas.setLineWidth(0.75)
        self.canvas.setDash([0, step])
        self.canvas.line(start, y, x + length, y)
        self.canvas.restoreState()

    def frame(self, x: float, low: float, width: float, height: float, weight: float = 0.6) -> None:
        self.canvas.setLineWidth(weight)
        self.canvas.rect(x, low, width, height)

    def qr(self, x: float, top: float, size: float, code: QrRuns) -> None:
        """Draw ``code`` with its quiet zone in a white square of ``size`` points."""
        from reportlab.pdfgen.pathobject import PDFPathObject

        module = size / (code.modules + 2 * QUIET_ZONE)
        self.canvas.saveState()
        self.canvas.setFillColor("#FFFFFF")
        self.canvas.rect(x, top - size, size, size, stroke=0, fill=1)
        self.canvas.setFillColor(BLACK)
        self.canvas.translate(x + QUIET_ZONE * module, top - QUIET_ZONE * module)
        self.canvas.scale(module, -module)
        # Whole numbers need no rounding: the path's own ``rect`` would weigh their decimals for 8 ms a code.
        runs = [f"{column} {row} {length} 1 re" for column, row, length in code.runs]
        self.canvas.drawPath(PDFPathObject(code=["n", *runs]), stroke=0, fill=1)
        self.canvas.restoreState()
