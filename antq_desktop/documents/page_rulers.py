"""Draws crosses with millimetre scales, so that the offset of a printer can be read off a sheet of paper."""

from antq_desktop.documents.fonts import BOLD
from antq_desktop.documents.form_blocks import Cross, Rulers
from antq_desktop.documents.pen import MM, Pen
from antq_desktop.documents.strips import Area, Look, Setting, Strip, text_strips

_HAIR = 0.35
#: Half lengths of the ticks, in millimetres, at each tenth, fifth and single millimetre.
_TICKS = ((10, 2.0), (5, 1.5), (1, 0.8))
_SIZE_OF_NAME = 12.0


def lay_rulers(block: Rulers, setting: Setting) -> list[Strip]:
    """Return all crosses as one strip without height: they stand where they stand, whatever else is printed."""
    area = setting.area
    crosses = [(area.left + cross.x * MM, cross.y * MM, _name(cross, setting)) for cross in block.crosses]

    def draw(pen: Pen, top: float) -> None:
        for x, down, name in crosses:
            y = top - down
            _cross(pen, x, y, round(block.reach))
            for strip in name:
                strip.draw(pen, y - 2.5 * MM)

    return [Strip(0.0, draw)]


def _name(cross: Cross, setting: Setting) -> list[Strip]:
    beside = Area(setting.area.left + (cross.x + 2.5) * MM, 60 * MM)
    return text_strips(setting.within(beside), setting.scope.fill(cross.name, BOLD), Look(_SIZE_OF_NAME))


def _cross(pen: Pen, x: float, y: float, reach: int) -> None:
    pen.rule(x - reach * MM, y, 2 * reach * MM, _HAIR)
    pen.upright(x, y - reach * MM, 2 * reach * MM, _HAIR)
    for step in range(1, reach + 1):
        half = next(length for every, length in _TICKS if step % every == 0) * MM
        for side in (-step * MM, step * MM):
            pen.upright(x + side, y - half, 2 * half, _HAIR)
            pen.rule(x - half, y + side, 2 * half, _HAIR)
