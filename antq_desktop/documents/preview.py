"""Gives the pages of a finished PDF as plain pictures, so that a window shows what the printer will print."""

import math
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_


class NotAPdf(BadInput):
    """The file is no PDF, is damaged, or asks for a password."""

    code = "not-a-pdf"
    sentence = N_("«{file}» cannot be shown: it is no readable PDF file. Print the paper again.")


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page: ``pixels`` are rows of ``stride`` bytes, four bytes a pixel in the order B, G, R, unused."""

    width: int
    height: int
    stride: int
    pixels: bytes


#: The library that draws may be in one call at a time, even with different files.
_DRAWING = Lock()


class Preview:
    """An open PDF, for any thread; pages are drawn one after the other and let go at once."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401 - pypdfium2 carries no types
        self._document = document

    @property
    def pages(self) -> int:
        with _DRAWING:
            return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of ``page`` (from 0) in millimetres."""
        width, height = self._points(page)
        return width * 25.4 / 72, height * 25.4 / 72

    def image(self, page: int, dots_per_inch: float) -> PageImage:
        """Return ``page`` (from 0) drawn at ``dots_per_inch``."""
        return self._drawn(page, dots_per_inch, (0, 0, 0, 0))

    def bands(self, page: int, dots_per_inch: float, rows: int) -> Iterator[PageImage]:
        """Yield ``page`` (from 0) from top to bottom in bands of ``rows`` pixels: a printer's page is too large for the memory."""
        point = 72 / dots_per_inch
        height = math.ceil(self._points(page)[1] / point)
        for top in range(0, height, rows):
            # Half a pixel less: what is cut off is rounded up to whole pixels.
            below = max(height - top - rows - 0.5, 0) * point
            yield self._drawn(page, dots_per_inch, (0, below, 0, max(top - 0.5, 0) * point))

    def _points(self, page: int) -> tuple[float, float]:
        with _DRAWING:
            width, height = self._document.get_page_size(page)
            return width, height

    def _drawn(
        self, page: int, dots_per_inch: float, cut_off: tuple[float, float, float, float]
    ) -> PageImage:
        scale = dots_per_inch / 72
        with _DRAWING, closing(self._document[page]) as opened:
            bitmap = opened.render(scale=scale, crop=cut_off, prefer_bgrx=True, maybe_alpha=False)
            with closing(bitmap):
                return PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


@contextmanager
def previewing(path: Path) -> Iterator[Preview]:
    """Open ``path`` for looking at its pages. Raises NotAPdf; OSError when the file cannot be read."""
    with previewing_content(path.read_bytes(), path.name) as shown:
        yield shown


@contextmanager
def previewing_content(content: bytes, name: str) -> Iterator[Preview]:
    """Open a PDF that is held in memory and called ``name``. Raises NotAPdf."""
    import pypdfium2

    with _DRAWING:
        try:
            document = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as error:
            raise NotAPdf(value=name, why="", file=name) from error
    try:
        yield Preview(document)
    finally:
        with _DRAWING:
            document.close()
