"""Draws letters, rules and boxes on a page, and marks what is text and what is mere decoration."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from antq_desktop.documents.fonts import Serif
from antq_desktop.documents.ink import FILL, Ink
from antq_desktop.documents.qr import QUIET_ZONE, QrRuns
from antq_desktop.documents.records import Run
from antq_desktop.documents.templates import EMPTY_BOX, MISSING_GLYPH, TICKED_BOX
from antq_desktop.documents.text_layout import BOX_WIDTH, BOXES, Line

if TYPE_CHECKING:
    from antq_desktop.documents.pdf_fonts import LettersInUse
    from antq_desktop.documents.pdf_structure import Element, Role, Structure

MM = 72 / 25.4
BLACK = "#000000"
_OPEN_ARTIFACT = "/Artifact BMC"
#: Lines whose codes are kept at hand: those that many pages share, and no more memory for many pages.
_KEPT_LINES = 2_000


class Pen:
    """Lengths are points from the lower left corner of the paper; ``y`` of a text is its base line.

    Without ``structure`` nothing is marked, as within a drawing that is marked as a whole.
    """

    def __init__(self, ink: Ink, face: Serif, letters: "LettersInUse", structure: "Structure | None") -> None:
        self.ink = ink
        self.face = face
        self._letters = letters
        self._structure = structure
        self._element: Element | None = None
        self._marking: Element | str | None = None
        self._shown: dict[tuple[tuple[Run, ...], float], str] = {}

    @contextmanager
    def drawing(self, element: "Element | None") -> Iterator[None]:
        """Mark the text drawn inside as part of ``element``; with None as decoration."""
        former, self._element = self._element, element
        yield
        self._element = former

    @contextmanager
    def part(self, role: "Role") -> Iterator[None]:
        """Mark the text drawn inside as a new part of the element in hand; an empty cell is one too."""
        if self._structure is None or self._element is None:
            yield
            return
        element = self._structure.element(role, self._element)
        self._structure.take_in(element)
        with self.drawing(element):
            yield

    def end_marks(self) -> None:
        """Close the last mark of the page."""
        if self._marking is not None:
            self.ink.operators.append("EMC")
            self._marking = None

    def _mark(self, element: "Element | None") -> None:
        wanted = element or _OPEN_ARTIFACT
        if self._marking is wanted or self._structure is None:
            return
        self.end_marks()
        if element is None:
            self.ink.operators.append(_OPEN_ARTIFACT)
        else:
            self.ink.operators.append(f"/{element.role} <</MCID {self._structure.mark(element)}>> BDC")
        self._marking = wanted

    def lay_ground(self) -> None:
        """Lay the drawing that is kept for all pages below this one."""
        self._mark(None)
        self.ink.operators.append("/Ground Do")

    def write(
        self, x: float, y: float, line: Line, size: float, *, stretch: float = 0.0, colour: str = BLACK
    ) -> None:
        """Write ``line``; each of its spaces is made ``stretch`` points wider."""
        self._mark(self._element)
        if colour != BLACK:
            self.ink.fill_colour(colour)
        if any(not text.isascii() and any(box in text for box in BOXES) for _, text in line.runs):
            self._write_with_boxes(x, y, line, size, stretch)
        else:
            self._write_letters(x, y, line.runs, size, stretch)
        if colour != BLACK:
            self.ink.fill_colour(BLACK)

    def _write_letters(self, x: float, y: float, runs: tuple[Run, ...], size: float, stretch: float) -> None:
        shown = self._shown.get((runs, size))
        if shown is None:
            if len(self._shown) > _KEPT_LINES:
                self._shown.clear()
            shown = self._shown[runs, size] = self._show(runs, size)
        if stretch:
            shown = f"{stretch:.3f} Tw {shown} 0 Tw"
        self.ink.operators.append(f"BT {x:.2f} {y:.2f} Td {shown} ET")

    def _show(self, runs: tuple[Run, ...], size: float) -> str:
        return " ".join(
            f"/{font} {size:.2f} Tf ({codes}) Tj"
            for style, letters in runs
            for font, codes in self._letters.coded(style, letters)
        )

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
        self.ink.weight(0.055 * size)
        self.ink.rect(left, low, side, side)
        if sign == TICKED_BOX:
            self.ink.weight(0.1 * size)
            self.ink.move(left + 0.18 * side, low + 0.52 * side)
            self.ink.draw_to(left + 0.42 * side, low + 0.22 * side)
            self.ink.draw_to(left + 0.86 * side, low + 0.84 * side)
            self.ink.paint()
        elif sign == MISSING_GLYPH:
            width = self.face.width(1, "?") * 0.62 * size
            self._write_letters(left + (side - width) / 2, low + 0.16 * size, ((1, "?"),), 0.62 * size, 0.0)
        else:
            assert sign == EMPTY_BOX  # noqa: S101 - BOXES has three signs

    def rule(self, x: float, y: float, length: float, weight: float = 0.6) -> None:
        """Draw a level line from ``x`` to the right."""
        self._mark(None)
        self.ink.weight(weight)
        self.ink.line(x, y, x + length, y)

    def upright(self, x: float, low: float, height: float, weight: float = 0.6) -> None:
        self._mark(None)
        self.ink.weight(weight)
        self.ink.line(x, low, x, low + height)

    def dots(self, x: float, y: float, length: float) -> None:
        """Draw a dotted line to write on; dots of neighbouring lines stand below one another."""
        if length < 3:
            return
        step = 2.6
        start = -(-x // step) * step
        self._mark(None)
        with self.ink.saved():
            self.ink.dotted(0.75, step)
            self.ink.line(start, y, x + length, y)

    def frame(self, x: float, low: float, width: float, height: float, weight: float = 0.6) -> None:
        self._mark(None)
        self.ink.weight(weight)
        self.ink.rect(x, low, width, height)

    def qr(self, x: float, top: float, size: float, code: QrRuns) -> None:
        """Draw ``code`` with its quiet zone in a white square of ``size`` points."""
        self._mark(self._element)
        module = size / (code.modules + 2 * QUIET_ZONE)
        with self.ink.saved():
            self.ink.fill_colour("#FFFFFF")
            self.ink.rect(x, top - size, size, size, FILL)
            self.ink.fill_colour(BLACK)
            self.ink.transform(module, 0, 0, -module, x + QUIET_ZONE * module, top - QUIET_ZONE * module)
            # Whole numbers of modules need no rounding.
            self.ink.operators += [f"{column} {row} {length} 1 re" for column, row, length in code.runs]
            self.ink.paint(FILL)
