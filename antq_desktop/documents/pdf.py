"""Prints records into one PDF: a form file and plain data in, a paper as an office would write it out.

The same form, data and date give the same bytes. The file is PDF/A-2b, says its structure, and its text is NFC and can
be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from antq_desktop.documents.fonts import Serif, serif
from antq_desktop.documents.form_blocks import Block, Frame, QrCode, Table, Title
from antq_desktop.documents.form_files import Form, load_form
from antq_desktop.documents.frames import draw_draft_mark, draw_ornate, draw_plain
from antq_desktop.documents.output import writing
from antq_desktop.documents.page_layout import lay_block
from antq_desktop.documents.pagination import Page, share_out
from antq_desktop.documents.pdf_archive import About
from antq_desktop.documents.pdf_document import PdfDocument
from antq_desktop.documents.pdf_structure import Element, Role
from antq_desktop.documents.pen import MM, Pen
from antq_desktop.documents.records import Scope, read_record
from antq_desktop.documents.strips import Area, Draw, Look, Setting, Strip, text_strips
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.progress import Progress
from antq_desktop.runtime.resources import FORMS

#: How much smaller letters may become to keep a record on one page, tried in this order.
_SCALES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.8)
_SIZE_OF_FOOTER = 8.5
_SIZE_OF_PAGE_NUMBER = 13.0
#: What a screen reader calls a block; all others are paragraphs.
_ROLES: dict[type[Block], Role] = {Title: "H1", Table: "Table", QrCode: "Figure"}


class NothingToPrint(BadInput):
    """No record was given."""

    code = "nothing-to-print"
    sentence = N_("There is nothing to print: no entry was chosen. Choose at least one, then print again.")


@dataclass(frozen=True, slots=True)
class Overprint:
    """Printing over a bought blank: how far this printer has to move everything, in millimetres to the right and down."""

    dx_mm: float = 0.0
    dy_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What became of one record. ``number`` counts from 1; ``first_page`` too, 0 when ``failure`` kept it out.

    ``name`` is what people call it, where whoever had it printed says so.
    """

    number: int
    first_page: int
    pages: int
    missing_glyphs: tuple[str, ...]
    failure: KnownFailure | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF: its pages, how many records it shows, the letters that the face lacks, a result per record."""

    pages: int
    records: int
    missing_glyphs: tuple[str, ...]
    results: tuple[RecordResult, ...]


def render_form(
    form: str | Form,
    records: Iterable[Mapping[str, object]],
    target: Path,
    *,
    progress: Progress | None = None,
    draft: bool = False,
    created: datetime | None = None,
    overprint: Overprint | None = None,
    folder: Path = FORMS,
) -> Rendered:
    """Print ``records`` with a form (or the one of that name in ``folder``) into the PDF ``target``, each on its own pages.

    ``draft`` writes the form's draft mark across each page. ``created`` is the date inside the PDF, an aware time.
    ``overprint`` leaves out frames and the blocks that a bought blank bears already; the others stay where they are
    without it, moved as it says. A record that cannot be printed is left out and told in its result; if none can, its
    failure is raised and nothing is written.
    Raises FormMissing, FormBroken, NoVietnameseFont, NothingToPrint, FieldUnknown, FieldMissing, FieldWrong,
    PaperNotWritten, Cancelled.
    """
    form = load_form(form, folder) if isinstance(form, str) else form
    face = serif()
    total = len(records) if isinstance(records, Sized) else 0
    with writing(target) as stream:
        press = _Press(form, face, stream, created, overprint, draft=draft)
        results: list[RecordResult] = []
        for number, record in enumerate(records, 1):
            results.append(press.print_record(number, record))
            if progress is not None:
                progress.report(number, total, form.title)
        failures = [result.failure for result in results if result.failure is not None]
        if len(failures) == len(results):
            raise failures[0] if failures else NothingToPrint
        press.finish()
    missing = sorted({sign for result in results for sign in result.missing_glyphs})
    return Rendered(press.pages, len(results) - len(failures), tuple(missing), tuple(results))


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A block with a place of its own on the first page; ``top`` in points from the lower edge."""

    top: float
    strips: list[Strip]


class _Press:
    """One PDF in the making."""

    def __init__(
        self,
        form: Form,
        face: Serif,
        stream: BinaryIO,
        created: datetime | None,
        overprint: Overprint | None,
        *,
        draft: bool,
    ) -> None:
        self._form, self._face, self._overprint, self._draft = form, face, overprint, draft
        paper, margins = form.page.paper, form.page.margins
        self._width, self._height = paper[0] * MM, paper[1] * MM
        self._area = Area(margins.left * MM, form.page.text_width * MM)
        self._top = self._height - margins.top * MM
        self._room = self._top - margins.bottom * MM
        self.pages = 0
        about = About(form.title, form.subject, created)
        self._document = PdfDocument(stream, face, about, self._width, self._height)
        frames = [block for block in form.blocks if isinstance(block, Frame) and overprint is None]
        if frames or draft:
            self._document.draw_ground(lambda pen: self._draw_ground(pen, frames))

    def print_record(self, number: int, record: Mapping[str, object]) -> RecordResult:
        try:
            scope = read_record(self._form, record, self._face.letters)
            setting, pages, fixed = self._lay_out(scope)
        except BadInput as failure:
            self._document.structure.forget_record()
            return RecordResult(number, 0, 0, (), failure)
        first = self.pages + 1
        for index, page in enumerate(pages):
            self._draw_page(setting, page, fixed if index == 0 else ())
        self._document.structure.end_record()
        return RecordResult(number, first, len(pages), tuple(sorted(scope.missing)))

    def finish(self) -> None:
        self._document.finish()

    def _lay_out(self, scope: Scope) -> tuple[Setting, list[Page], list[_Fixed]]:
        page = self._form.page
        for scale in _SCALES if page.one_page else _SCALES[:1]:
            setting = Setting(self._face, scope, self._area, page.size, page.leading, scale)
            laid = [(block, self._lay(block, setting)) for block in self._form.blocks]
            strips = [strip for block, strips in laid if block.at is None for strip in strips]
            pages = share_out(strips, self._room)
            if len(pages) == 1:
                break
        fixed = [_Fixed(self._height - b.at.y * MM, strips) for b, strips in laid if b.at is not None]
        return setting, pages, fixed

    def _lay(self, block: Block, setting: Setting) -> list[Strip]:
        """Return the strips of ``block`` with their place in the structure, or blank where the paper bears them already."""
        if block.at is not None:
            # What has a place of its own keeps its size too: a long name elsewhere must not move it.
            setting = replace(setting, area=Area(block.at.x * MM, block.at.width * MM), scale=1.0)
        strips = lay_block(block, setting)
        if block.preprinted and self._overprint is not None:
            return [replace(strip, draw=_leave_free, head=None, close=None) for strip in strips]
        alt = ""
        if isinstance(block, QrCode):
            alt = " ".join(setting.scope.text(line) for line in block.caption) or "QR"
        element = self._document.structure.element(_ROLES.get(type(block), "P"), alt=alt)
        return [replace(strip, draw=_within(element, strip.draw)) for strip in strips]

    def _draw_page(self, setting: Setting, page: Page, fixed: Sequence[_Fixed]) -> None:
        move = self._overprint or Overprint()
        pen = self._document.start_page(move.dx_mm * MM, -move.dy_mm * MM)
        if page.number > 1 and self._form.page.numbered:
            look = Look(_SIZE_OF_PAGE_NUMBER, "center")
            number = text_strips(setting, [(0, str(page.number))], look)
            _draw_down(pen, number, (self._height + self._top + number[0].height) / 2)
        for placed in page.placed:
            placed.draw(pen, self._top - placed.down)
        for place in fixed:
            _draw_down(pen, place.strips, place.top)
        self._draw_footer(pen, setting)
        self._document.end_page()
        self.pages += 1

    def _draw_footer(self, pen: Pen, setting: Setting) -> None:
        page = self._form.page
        if page.footer is None or (page.footer_on_drafts_only and not self._draft):
            return
        look = Look(_SIZE_OF_FOOTER, "center", colour="#606060")
        _draw_down(pen, text_strips(setting, setting.scope.fill(page.footer), look), page.footer_at * MM)

    def _draw_ground(self, pen: Pen, frames: list[Frame]) -> None:
        if self._draft:
            draw_draft_mark(pen, self._form.draft_mark, self._width, self._height)
        for frame in frames:
            draw = draw_ornate if frame.style == "ornate" else draw_plain
            draw(pen.ink, self._width, self._height, frame.inset * MM)


def _within(element: Element, draw: Draw) -> Draw:
    def drawn(pen: Pen, top: float) -> None:
        with pen.drawing(element):
            draw(pen, top)

    return drawn


def _leave_free(_pen: Pen, _top: float) -> None:
    """Draw nothing: the paper bears it already."""


def _draw_down(pen: Pen, strips: list[Strip], top: float) -> None:
    for strip in strips:
        strip.draw(pen, top)
        top -= strip.height
