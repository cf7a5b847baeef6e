"""Draws the ground of a paper: the ornate frame of a certificate, the plain frame of a slip, the mark of a draft."""

from __future__ import annotations

from math import cos, pi, sin

from antq_desktop.documents.fonts import BOLD
from antq_desktop.documents.ink import BOTH, FILL, Ink
from antq_desktop.documents.pen import MM, Pen
from antq_desktop.documents.text_layout import Line

_RED, _GOLD, _PALE, _GREY = "#A3161A", "#C08A1E", "#E7CF97", "#E4E4E4"
_SHADE = "#F9F2E1"
_BAND = 6.5 * MM
#: Handles of a cubic curve that follows half a sine wave closely.
_HANDLE = 0.3642


def draw_plain(ink: Ink, width: float, height: float, inset: float) -> None:
    """Draw a double line round the page."""
    for step, weight in ((0.0, 1.2), (1.2 * MM, 0.4)):
        ink.weight(weight)
        edge = inset + step
        ink.rect(edge, edge, width - 2 * edge, height - 2 * edge)


def draw_ornate(ink: Ink, width: float, height: float, inset: float) -> None:
    """Draw a woven band between red lines with a bronze-drum star in each corner and a pale drum in the middle."""
    with ink.saved():
        _drum(ink, width / 2, height / 2, 0.31 * height)
        ink.stroke_colour(_RED)
        for step, weight in ((-1.2 * MM, 0.5), (0.0, 1.5), (_BAND, 1.0), (_BAND + 1.1 * MM, 0.4)):
            ink.weight(weight)
            edge = inset + step
            ink.rect(edge, edge, width - 2 * edge, height - 2 * edge)
        middle = inset + _BAND / 2
        reach = _BAND * 0.9
        for turned, length, across in ((False, width, height), (True, height, width)):
            for side in (middle, across - middle):
                with ink.saved():
                    if turned:
                        ink.transform(0, 1, 1, 0, 0, 0)
                    ink.shift(inset + reach, side)
                    _weave(ink, length - 2 * (inset + reach))
        for x in (middle, width - middle):
            for y in (middle, height - middle):
                _corner(ink, x, y)


def _drum(ink: Ink, x: float, y: float, reach: float) -> None:
    """Draw the face of a bronze drum, pale enough to write over."""
    ink.stroke_colour(_SHADE)
    ink.fill_colour(_SHADE)
    for radius, weight in (
        (1.0, 2.4),
        (0.96, 0.6),
        (0.80, 0.6),
        (0.77, 1.6),
        (0.58, 0.6),
        (0.55, 1.6),
        (0.36, 1.0),
    ):
        ink.weight(weight)
        ink.circle(x, y, radius * reach)
    ink.weight(1.0)
    for ray in range(84):
        angle = ray * pi / 42
        ink.line(
            x + 0.82 * reach * cos(angle),
            y + 0.82 * reach * sin(angle),
            x + 0.94 * reach * cos(angle),
            y + 0.94 * reach * sin(angle),
        )
    for bead in range(42):
        angle = bead * pi / 21
        ink.circle(x + 0.675 * reach * cos(angle), y + 0.675 * reach * sin(angle), 0.055 * reach)
        ink.circle(x + 0.455 * reach * cos(angle), y + 0.455 * reach * sin(angle), 0.018 * reach, FILL)
    _star(ink, x, y, 0.33 * reach)


def _star(ink: Ink, x: float, y: float, reach: float) -> None:
    for point in range(28):
        radius = reach if point % 2 == 0 else 0.4 * reach
        angle = pi / 2 + point * pi / 14
        (ink.draw_to if point else ink.move)(x + radius * cos(angle), y + radius * sin(angle))
    ink.close(FILL)


def _weave(ink: Ink, length: float) -> None:
    """Draw three strands along the x axis that cross one another, with a bead in every eye."""
    waves = max(2, round(length / (7.0 * MM)) // 2 * 2)
    half = length / waves
    for colour, weight, swing in ((_PALE, 0.5, 0.40), (_GOLD, 0.8, 0.30), (_GOLD, 0.4, 0.16)):
        ink.stroke_colour(colour)
        ink.weight(weight)
        for sign in (1, -1):
            ink.move(0, 0)
            for wave in range(waves):
                rise = sign * swing * _BAND * (1 if wave % 2 == 0 else -1) * 4 / 3
                x = wave * half
                ink.curve(x + _HANDLE * half, rise, x + (1 - _HANDLE) * half, rise, x + half, 0)
            ink.paint()
    ink.fill_colour(_RED)
    for wave in range(waves):
        ink.circle((wave + 0.5) * half, 0, 0.45 * MM, FILL)


def _corner(ink: Ink, x: float, y: float) -> None:
    """Draw a square field with the many-rayed star of the Đông Sơn drums."""
    side = _BAND * 1.5
    ink.fill_colour("#FFFFFF")
    ink.stroke_colour(_RED)
    ink.weight(1.0)
    ink.rect(x - side / 2, y - side / 2, side, side, BOTH)
    ink.stroke_colour(_GOLD)
    for radius, weight in ((0.46, 0.8), (0.41, 0.3), (0.30, 0.5)):
        ink.weight(weight)
        ink.circle(x, y, radius * side)
    for ray in range(28):
        angle = ray * pi / 14
        ink.line(
            x + 0.32 * side * cos(angle),
            y + 0.32 * side * sin(angle),
            x + 0.39 * side * cos(angle),
            y + 0.39 * side * sin(angle),
        )
    ink.fill_colour(_RED)
    _star(ink, x, y, 0.27 * side)


def draw_draft_mark(pen: Pen, mark: str, width: float, height: float) -> None:
    """Write ``mark`` large and pale across the page, below everything else."""
    share = pen.face.width(BOLD, mark)
    size = min(0.8 * (width**2 + height**2) ** 0.5 / max(share, 1.0), 130.0)
    angle = (35 if width > height else 50) * pi / 180
    with pen.ink.saved():
        pen.ink.transform(cos(angle), sin(angle), -sin(angle), cos(angle), width / 2, height / 2)
        line = Line(((BOLD, mark),), share * size, 0, is_last=True)
        pen.write(-share * size / 2, -0.33 * size, line, size, colour=_GREY)
