"""Writes records into one Word file: the same form and the same data as the PDF, for offices that go on editing.

The same form, data and date give the same bytes. What Word cannot hold is written as what comes nearest and named
in the module that does it (``letter_frames``: the woven frame; ``letter_blocks``: the counts of lists).
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sized
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

from antq_desktop.documents.fonts import Serif, serif
from antq_desktop.documents.form_blocks import PageBreak, Signatures
from antq_desktop.documents.form_files import Form, load_form
from antq_desktop.documents.letter_blocks import write_block
from antq_desktop.documents.letter_pages import Pages
from antq_desktop.documents.letter_pictures import Pictures
from antq_desktop.documents.letter_styles import TEXT_STANDS_HERE, plain_package
from antq_desktop.documents.letter_text import Sheet
from antq_desktop.documents.letter_xml import (
    NOT_IN_XML,
    keep,
    keeps,
    page_break,
    section_end,
    serialised,
    spacer,
)
from antq_desktop.documents.output import writing
from antq_desktop.documents.page_layout import is_shown, lay_block
from antq_desktop.documents.pagination import share_out
from antq_desktop.documents.pdf import NothingToPrint
from antq_desktop.documents.pen import MM
from antq_desktop.documents.records import Scope, read_record
from antq_desktop.documents.strips import Area, Setting, Strip
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.runtime.progress import Progress
from antq_desktop.runtime.resources import FORMS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement as Element

#: How much smaller letters may become to keep a record on one page, tried in this order.
_SCALES = (1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.82, 0.8)
#: Height that Word needs beyond ours, in points: the empty paragraphs that its tables stand between.
_RESERVE = 6.0
_PIECE = 65_536
#: The first day that a zip archive can name, so that the same input gives the same bytes.
_NO_DAY = (1980, 1, 1, 0, 0, 0)


class _EveryLetter(frozenset[str]):
    """Word takes a letter that Times New Roman lacks from another face; only what no file can hold is missing."""

    def __contains__(self, sign: object) -> bool:
        return isinstance(sign, str) and NOT_IN_XML.match(sign) is None


_LETTERS = _EveryLetter()


@dataclass(frozen=True, slots=True)
class LetterResult:
    """What became of one record. ``number`` counts from 1; ``failure`` kept it out."""

    number: int
    missing_glyphs: tuple[str, ...]
    failure: KnownFailure | None = None


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A finished Word file: how many records it shows, the signs it cannot hold, a result per record.

    It has no count of pages: Word breaks them anew on each machine.
    """

    records: int
    missing_glyphs: tuple[str, ...]
    results: tuple[LetterResult, ...]


def write_letter(
    form: str | Form,
    records: Iterable[Mapping[str, object]],
    target: Path,
    *,
    progress: Progress | None = None,
    draft: bool = False,
    created: datetime | None = None,
    folder: Path = FORMS,
) -> WrittenLetter:
    """Write ``records`` with a form (or the one of that name in ``folder``) into ``target``, each on its own pages.

    ``draft`` lays the form's draft mark under each page. ``created`` is the date inside the file. A record that
    cannot be written is left out and told in its result; if none can, its failure is raised and nothing is written.
    Raises FormMissing, FormBroken, NoVietnameseFont (the face that lines are measured with), NothingToPrint,
    FieldUnknown, FieldMissing, FieldWrong, PaperNotWritten, Cancelled.
    """
    form = load_form(form, folder) if isinstance(form, str) else form
    face = serif()
    total = len(records) if isinstance(records, Sized) else 0
    with writing(target) as stream:
        letter = _Letter(form, face, created, draft=draft)
        results: list[LetterResult] = []
        for number, record in enumerate(records, 1):
            results.append(letter.write(number, record))
            if progress is not None:
                progress.report(number, total, form.title)
        failures = [result.failure for result in results if result.failure is not None]
        if len(failures) == len(results):
            raise failures[0] if failures else NothingToPrint
        letter.finish(stream)
    missing = sorted({sign for result in results for sign in result.missing_glyphs})
    return WrittenLetter(len(results) - len(failures), tuple(missing), tuple(results))


class _Text:
    """The text of a file so far, packed: hundreds of records as trees would fill the memory of a small laptop."""

    def __init__(self) -> None:
        self._packed = io.BytesIO()
        self._packer = zlib.compressobj()

    def add(self, element: Element) -> None:
        self._packed.write(self._packer.compress(serialised(element)))

    def write_to(self, part: IO[bytes]) -> None:
        """Write all of it; nothing can be added afterwards."""
        self._packed.write(self._packer.flush())
        self._packed.seek(0)
        unpacker = zlib.decompressobj()
        while piece := self._packed.read(_PIECE):
            part.write(unpacker.decompress(piece))
        part.write(unpacker.flush())


class _Letter:
    """One Word file in the making."""

    def __init__(self, form: Form, face: Serif, created: datetime | None, *, draft: bool) -> None:
        self._form, self._face = form, face
        self._document: Document = plain_package(form, created)
        self._text = _Text()
        self._pages = Pages(form, self._document.part, draft=draft)
        self._pictures = Pictures(self._document.part)
        margins = form.page.margins
        self._area = Area(margins.left * MM, form.page.text_width * MM)
        self._room = (form.page.paper[1] - margins.top - margins.bottom) * MM
        self._section: Element | None = None

    def write(self, number: int, record: Mapping[str, object]) -> LetterResult:
        try:
            scope = read_record(self._form, record, _LETTERS)
            setting = self._setting(scope)
            parts = self._parts(setting)
        except BadInput as failure:
            return LetterResult(number, (), failure)
        for part in parts:
            if self._section is not None:
                self._keep([section_end(self._section)])
            self._section = self._pages.section(setting)
            self._keep(part)
        return LetterResult(number, tuple(sorted(scope.missing)))

    def finish(self, stream: BinaryIO) -> None:
        """Write the file; the section of the last record stands at the end of the text."""
        if self._section is not None:
            # A table may not be the last of a text, so an empty paragraph is.
            self._keep((spacer(1.0), self._section))
        packed = io.BytesIO()
        self._document.save(packed)
        with zipfile.ZipFile(packed) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                about = zipfile.ZipInfo(name, _NO_DAY)
                about.compress_type = zipfile.ZIP_DEFLATED
                with target.open(about, "w") as part:
                    before, mark, after = source.read(name).partition(TEXT_STANDS_HERE)
                    part.write(before)
                    if mark:
                        self._text.write_to(part)
                    part.write(after)

    def _keep(self, elements: Iterable[Element]) -> None:
        for element in elements:
            self._text.add(element)

    def _setting(self, scope: Scope) -> Setting:
        """Return the setting at which the record keeps to one page where its form asks for that."""
        page = self._form.page
        for scale in _SCALES if page.one_page else _SCALES[:1]:
            setting = Setting(self._face, scope, self._area, page.size, page.leading, scale)
            strips: list[Strip] = []
            for block in self._form.blocks:
                if block.at is None:
                    strips += lay_block(block, setting)
            if len(share_out(strips, self._room - _RESERVE)) == 1:
                break
        return setting

    def _parts(self, setting: Setting) -> list[list[Element]]:
        """Return what stands in each section of the record: a new one where an annex counts its pages from 1."""
        sheet = Sheet(setting, self._pictures.inline)
        fixed = [block for block in self._form.blocks if block.at is not None]
        flowing = [block for block in self._form.blocks if block.at is None]
        parts: list[list[Element]] = [[]]
        # What has a place of its own hangs on the text that follows, and on a page that something must have begun.
        if fixed:
            parts[-1].append(spacer(1.0))
        for block in fixed:
            parts[-1] += write_block(block, sheet, opens=True)
        opens = True
        for block in flowing:
            if isinstance(block, PageBreak) and is_shown(block, setting.scope):
                if block.annex:
                    parts.append([])
                else:
                    parts[-1].append(page_break())
                opens = True
                continue
            if isinstance(block, Signatures) and parts[-1] and is_shown(block, setting.scope):
                # Nobody signs on a page of its own.
                keep(parts[-1][-1])
            kept = bool(parts[-1]) and keeps(parts[-1][-1])
            written = write_block(block, sheet, opens=opens, kept=kept)
            parts[-1] += written
            opens = opens and not written
        return parts
