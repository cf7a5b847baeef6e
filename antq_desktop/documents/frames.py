"""Draws the ground of a paper: the ornate frame of a certificate, the plain frame of a slip, the mark of a draft."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from antq_desktop.documents.fonts import BOLD, Serif
from antq_desktop.documents.pen import MM

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_RED, _GOLD, _PALE, _GREY = "#A3161A", "#C08A1E", "#E7CF97", "#E4E4E4"
_SHADE = "#F9F2E1"
_BAND = 6.5 * MM
#: Handles of a cubic curve that follows half a sine wave closely.
_HANDLE = 0.3642


def draw_plain(canvas: Canvas, width: float, height: float, inset: float) -> None:
    """Draw a double line round the page."""
    for step, weight in ((0.0, 1.2), (1.2 * MM, 0.4)):
        canvas.setLineWidth(weight)
        edge = inset + step
        canvas.rect(edge, edge, width - 2 * edge, height - 2 * edge)


def draw_ornate(canvas: Canvas, width: float, height: float, inset: float) -> None:
    """Draw a woven band between red lines with a bronze-drum star in each corner and a pale drum in the middle."""
    canvas.saveState()
    _drum(canvas, width / 2, height / 2, 0.31 * height)
    canvas.setStrokeColor(_RED)
    for step, weight in ((-1.2 * MM, 0.5), (0.0, 1.5), (_BAND, 1.0), (_BAND + 1.1 * MM, 0.4)):
        canvas.setLineWidth(weight)
        edge = inset + step
        canvas.rect(edge, edge, width - 2 * edge, height - 2 * edge)
    middle = inset + _BAND / 2
    reach = _BAND * 0.9
    for turned, length, across in ((False, width, height), (True, height, width)):
        for side in (middle, across - middle):
            canvas.saveState()
            if turned:
                canvas.transform(0, 1, 1, 0, 0, 0)
            canvas.translate(inset + reach, side)
            _weave(canvas, length - 2 * (inset + reach))
            canvas.restoreState()
    for x in (middle, width - middle):
        for y in (middle, height - middle):
            _corner(canvas, x, y)
    canvas.restoreState()


def _drum(canvas: Canvas, x: float, y: float, reach: float) -> None:
    """Draw the face of a bronze drum, pale enough to write over."""
    canvas.setStrokeColor(_SHADE)
    canvas.setFillColor(_SHADE)
    for radius, weight in (
        (1.0, 2.4),
        (0.96, 0.6),
        (0.80, 0.6),
        (0.77, 1.6),
        (0.58, 0.6),
        (0.55, 1.6),
        (0.36, 1.0),
    ):
        canvas.setLineWidth(weight)
        canvas.circle(x, y, radius * reach)
    canvas.setLineWidth(1.0)
    for ray in range(84):
        angle = ray * pi / 42
        canvas.line(
            x + 0.82 * reach * cos(angle),
            y + 0.82 * reach * sin(angle),
            x + 0.94 * reach * cos(angle),
            y + 0.94 * reach * sin(angle),
        )
    for bead in range(42):
        angle = bead * pi / 21
        canvas.circle(x + 0.675 * reach * cos(angle), y + 0.675 * reach * sin(angle), 0.055 * reach)
        canvas.circle(
            x + 0.455 * reach * cos(angle), y + 0.455 * reach * sin(angle), 0.018 * reach, stroke=0, fill=1
        )
    _star(canvas, x, y, 0.33 * reach)


def _star(canvas: Canvas, x: float, y: float, reach: float) -> None:
    star = canvas.beginPath()
    for point in range(28):
        radius = reach if point % 2 == 0 else 0.4 * reach
        angle = pi / 2 + point * pi / 14
        (star.lineTo if point else star.moveTo)(x + radius * cos(angle), y + radius * sin(angle))
    star.close()
    canvas.drawPath(star, stroke=0, fill=1)


def _weave(canvas: Canvas, length: float) -> None:
    """Draw three strands along the x axis that cross one another, with a bead in every eye."""
    waves = max(2, round(length / (7.0 * MM)) // 2 * 2)
    half = length / waves
    for colour, weight, swing in ((_PALE, 0.5, 0.40), (_GOLD, 0.8, 0.30), (_GOLD, 0.4, 0.16)):
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(weight)
        for sign in (1, -1):
            path = canvas.beginPath()
            path.moveTo(0, 0)
            for wave in range(waves):
                rise = sign * swing * _BAND * (1 if wave % 2 == 0 else -1) * 4 / 3
                x = wave * half
                path.curveTo(x + _HANDLE * half, rise, x + (1 - _HANDLE) * half, rise, x + half, 0)
            canvas.drawPath(path)
    canvas.setFillColor(_RED)
    for wave in range(waves):
        canvas.circle((wave + 0.5) * half, 0, 0.45 * MM, stroke=0, fill=1)


def _corner(canvas: Canvas, x: float, y: float) -> None:
    """Draw a square field with the many-rayed star of the Đông Sơn drums."""
    side = _BAND * 1.5
    canvas.setFillColor("#FFFFFF")
    canvas.setStrokeColor(_RED)
    canvas.setLineWidth(1.0)
    canvas.rect(x - side / 2, y - side / 2, side, side, fill=1)
    canvas.setStrokeColor(_GOLD)
    for radius, weight in ((0.46, 0.8), (0.41, 0.3), (0.30, 0.5)):
        canvas.setLineWidth(weight)
        canvas.circle(x, y, radius * side)
    for ray in range(28):
        angle = ray * pi / 14
        canvas.line(
            x + 0.32 * side * cos(angle),
            y + 0.32 * side * sin(angle),
            x + 0.39 * side * cos(angle),
            y + 0.39 * side * sin(angle),
        )
    canvas.setFillColor(_RED)
    _star(canvas, x, y, 0.27 * side)


def draw_draft_mark(canvas: Canvas, face: Serif, mark: str, width: float, height: float) -> None:
    """Write ``mark`` large and pale across the page, below everything else."""
    size = 0.8 * (width**2 + height**2) ** 0.5 / max(face.width(BOLD, mark), 1.0)
    size = min(size, 130.0)
    canvas.saveState()
    canvas.setFillColor(_GREY)
    canvas.translate(width / 2, height / 2)
    canvas.rotate(35 if width > height else 50)
    canvas.setFont(face.names[BOLD], size)
    canvas.drawCentredString(0, -0.33 * size, mark)
    canvas.restoreState()
