"""Writes the drawing operators of a PDF page: lines, boxes, curves and colours, in points from the lower left corner."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

#: How far the handles of four Bézier curves stand from their ends to follow a circle of radius 1.
_ROUND = 0.5522847498
STROKE, FILL, BOTH = "S", "f", "B"


class Ink:
    """The operators of one page or one drawing so far. ``paint`` is STROKE, FILL or BOTH."""

    def __init__(self) -> None:
        self.operators: list[str] = []

    def content(self) -> bytes:
        """Return the operators as they stand in the file; codes of letters are bytes."""
        return "\n".join(self.operators).encode("latin-1")

    @contextmanager
    def saved(self) -> Iterator[None]:
        """Undo colours, weights and shifts made inside."""
        self.operators.append("q")
        yield
        self.operators.append("Q")

    def transform(self, *matrix: float) -> None:
        """Put the coordinates from here on through the six numbers of a matrix (ISO 32000-1, 8.3.3)."""
        self.operators.append(f"{' '.join(f'{number:.5f}' for number in matrix)} cm")

    def shift(self, x: float, y: float) -> None:
        self.operators.append(f"1 0 0 1 {x:.3f} {y:.3f} cm")

    def stroke_colour(self, colour: str) -> None:
        self.operators.append(f"{_rgb(colour)} RG")

    def fill_colour(self, colour: str) -> None:
        self.operators.append(f"{_rgb(colour)} rg")

    def weight(self, width: float) -> None:
        self.operators.append(f"{width:.2f} w")

    def dotted(self, width: float, step: float) -> None:
        """Draw lines as round dots of ``width``, ``step`` apart, from here on."""
        self.operators.append(f"1 J {width:.2f} w [0 {step:.2f}] 0 d")

    def line(self, x: float, y: float, to_x: float, to_y: float) -> None:
        self.operators.append(f"{x:.2f} {y:.2f} m {to_x:.2f} {to_y:.2f} l S")

    def rect(self, x: float, y: float, width: float, height: float, paint: str = STROKE) -> None:
        self.operators.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {paint}")

    def circle(self, x: float, y: float, radius: float, paint: str = STROKE) -> None:
        handle = radius * _ROUND
        self.move(x + radius, y)
        self.curve(x + radius, y + handle, x + handle, y + radius, x, y + radius)
        self.curve(x - handle, y + radius, x - radius, y + handle, x - radius, y)
        self.curve(x - radius, y - handle, x - handle, y - radius, x, y - radius)
        self.curve(x + handle, y - radius, x + radius, y - handle, x + radius, y)
        self.close(paint)

    def move(self, x: float, y: float) -> None:
        """Begin a path; it is seen once ``close`` or ``paint`` has ended it."""
        self.operators.append(f"{x:.2f} {y:.2f} m")

    def draw_to(self, x: float, y: float) -> None:
        self.operators.append(f"{x:.2f} {y:.2f} l")

    def curve(self, *points: float) -> None:
        """Go on to the third of three points; the first two are the handles of the curve."""
        self.operators.append(f"{' '.join(f'{number:.2f}' for number in points)} c")

    def paint(self, paint: str = STROKE) -> None:
        self.operators.append(paint)

    def close(self, paint: str = STROKE) -> None:
        self.operators.append(f"h {paint}")


@lru_cache(maxsize=256)
def _rgb(colour: str) -> str:
    """Return ``#RRGGBB`` as three shares of 1."""
    return " ".join(f"{int(colour[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5))
