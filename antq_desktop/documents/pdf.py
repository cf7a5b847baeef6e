"""Prints records into one PDF: a form file and plain data in, a paper as an office would write it out.

The same form, data and date give the same bytes. Fonts are embedded as subsets; the text is NFC and can be searched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from antq_desktop.documents.fonts import Serif, serif
from antq_desktop.documents.form_blocks import Frame
from antq_desktop.documents.form_files import Form, load_form
from antq_desktop.documents.frames import draw_draft_mark, draw_ornate, draw_plain
from antq_desktop.documents.output import writing
from antq_desktop.documents.page_layout import lay_block
from antq_desktop.documents.pagination import Page, share_out
from antq_desktop.documents.pen import MM, Pen
from antq_desktop.documents.records import Scope, read_record
from antq_desktop.documents.strips import Area, Look, Setting, Strip, text_strips
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.progress import Progress
from antq_desktop.runtime.resources import FORMS

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

#: How much smaller letters may become to keep a record on one page, tried in this order.
_SCALES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.8)
_SIZE_OF_FOOTER = 8.5
_SIZE_OF_PAGE_NUMBER = 13.0


class NothingToPrint(BadInput):
    """No record was given."""

    code = "nothing-to-print"
    sentence = N_("There is nothing to print: no entry was chosen. Choose at least one, then print again.")


@dataclass(frozen=True, slots=True)
class RecordResult:
    """What became of one record. ``number`` counts from 1; ``first_page`` too, 0 when ``failure`` kept it out."""

    number: int
    first_page: int
    pages: int
    missing_glyphs: tuple[str, ...]
    failure: KnownFailure | None = None


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
    folder: Path = FORMS,
) -> Rendered:
    """Print ``records`` with a form (or the one of that name in ``folder``) into the PDF ``target``, each on its own pages.

    ``draft`` writes the form's draft mark across each page. ``created`` is the date inside the PDF. A record that
    cannot be printed is left out and told in its result; if none can, its failure is raised and nothing is written.
    Raises FormMissing, FormBroken, NoVietnameseFont, NothingToPrint, FieldUnknown, FieldMissing, FieldWrong,
    PaperNotWritten, Cancelled.
    """
    form = load_form(form, folder) if isinstance(form, str) else form
    face = serif()
    total = len(records) if isinstance(records, Sized) else 0
    with writing(target) as stream:
        press = _Press(form, face, stream, created, draft=draft)
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


class _Press:
    """One PDF in the making."""

    def __init__(
        self, form: Form, face: Serif, stream: BinaryIO, created: datetime | None, *, draft: bool
    ) -> None:
        from reportlab import rl_config
        from reportlab.pdfgen.canvas import Canvas

        # Pages as plain bytes: the text coding of old mail gateways costs time and a quarter more room.
        rl_config.useA85 = 0
        self._form, self._face, self._draft = form, face, draft
        paper, margins = form.page.paper, form.page.margins
        self._width, self._height = paper[0] * MM, paper[1] * MM
        self._area = Area(margins.left * MM, form.page.text_width * MM)
        self._top = self._height - margins.top * MM
        self._room = self._top - margins.bottom * MM
        self.pages = 0
        self._canvas: Canvas = Canvas(
            stream,
            pagesize=(self._width, self._height),
            pageCompression=1,
            invariant=1,
            initialFontName=face.names[0],  # type: ignore[arg-type] # the stub is wrong: it is a name
            lang="vi",
        )
        self._canvas.setTitle(form.title)
        self._canvas.setSubject(form.subject)
        self._canvas.setAuthor("")
        self._canvas.setCreator("antq_desktop")
        if created is not None:
            self._canvas.setDateFormatter(lambda *_: f"D:{created:%Y%m%d%H%M%S}+00'00'")
        self._pen = Pen(self._canvas, face)
        self._has_ground = self._draw_ground()

    def print_record(self, number: int, record: Mapping[str, object]) -> RecordResult:
        try:
            scope = read_record(self._form, record, self._face.letters)
        except BadInput as failure:
            return RecordResult(number, 0, 0, (), failure)
        setting, pages = self._lay_out(scope)
        first = self.pages + 1
        for index, page in enumerate(pages):
            self._draw_page(setting, page, index)
        return RecordResult(number, first, len(pages), tuple(sorted(scope.missing)))

    def finish(self) -> None:
        self._canvas.save()

    def _lay_out(self, scope: Scope) -> tuple[Setting, list[Page]]:
        page = self._form.page
        for scale in _SCALES if page.one_page else _SCALES[:1]:
            setting = Setting(self._face, scope, self._area, page.size, page.leading, scale)
            strips: list[Strip] = []
            for block in self._form.blocks:
                if block.at is None:
                    strips += lay_block(block, setting)
            pages = share_out(strips, self._room)
            if len(pages) == 1:
                break
        return setting, pages

    def _draw_page(self, setting: Setting, page: Page, index: int) -> None:
        if self._has_ground:
            self._canvas.doForm("ground")
        if page.number > 1 and self._form.page.numbered:
            look = Look(_SIZE_OF_PAGE_NUMBER, "center")
            number = text_strips(setting, [(0, str(page.number))], look)[0]
            number.draw(self._pen, (self._height + self._top + number.height) / 2)
        for placed in page.placed:
            placed.draw(self._pen, self._top - placed.down)
        if index == 0:
            self._draw_fixed_blocks(setting)
        self._draw_footer(setting)
        self._canvas.showPage()
        self.pages += 1

    def _draw_fixed_blocks(self, setting: Setting) -> None:
        for block in self._form.blocks:
            if block.at is not None:
                top = self._height - block.at.y * MM
                # What has a place of its own keeps its size too: a long name elsewhere must not move it.
                area = Area(block.at.x * MM, block.at.width * MM)
                for strip in lay_block(block, replace(setting, area=area, scale=1.0)):
                    strip.draw(self._pen, top)
                    top -= strip.height

    def _draw_footer(self, setting: Setting) -> None:
        page = self._form.page
        if page.footer is None or (page.footer_on_drafts_only and not self._draft):
            return
        look = Look(_SIZE_OF_FOOTER, "center", colour="#606060")
        strips = text_strips(setting, setting.scope.fill(page.footer), look)
        top = page.footer_at * MM
        for strip in strips:
            strip.draw(self._pen, top)
            top -= strip.height

    def _draw_ground(self) -> bool:
        """Keep what lies below every page once in the file; tell whether there is anything."""
        frames = [block for block in self._form.blocks if isinstance(block, Frame)]
        if not frames and not self._draft:
            return False
        self._canvas.beginForm("ground", upperx=self._width, uppery=self._height)
        if self._draft:
            draw_draft_mark(self._canvas, self._face, self._form.draft_mark, self._width, self._height)
        for frame in frames:
            draw = draw_ornate if frame.style == "ornate" else draw_plain
            draw(self._canvas, self._width, self._height, frame.inset * MM)
        self._canvas.endForm()
        return True
