"""Holds one PDF in the making together: its pages, letters, structure, and what an archive asks for."""

from array import array
from collections.abc import Callable
from typing import BinaryIO

from antq_desktop.documents.fonts import Serif
from antq_desktop.documents.ink import Ink
from antq_desktop.documents.pdf_archive import About, put_colours, put_information, put_metadata
from antq_desktop.documents.pdf_file import PdfFile, refs
from antq_desktop.documents.pdf_fonts import LettersInUse
from antq_desktop.documents.pdf_structure import Structure
from antq_desktop.documents.pen import Pen


class PdfDocument:
    """Pages of one size, ``width`` by ``height`` points; each is on disk as soon as the next begins."""

    def __init__(self, stream: BinaryIO, face: Serif, about: About, width: float, height: float) -> None:
        self._file = PdfFile(stream)
        self._about, self._size = about, (width, height)
        self._pages, self._resources = self._file.reserve(), self._file.reserve()
        self._letters = LettersInUse(self._file, face)
        self._kids = array("I")
        self._ground = 0
        self._page = 0
        self.structure = Structure(self._file)
        self.pen = Pen(Ink(), face, self._letters, self.structure)

    def draw_ground(self, draw: Callable[[Pen], None]) -> None:
        """Keep what ``draw`` draws once in the file and lay it below every page that follows."""
        pen = Pen(Ink(), self.pen.face, self._letters, None)
        draw(pen)
        box = "/Type/XObject/Subtype/Form/BBox[0 0 {:.2f} {:.2f}]".format(*self._size)
        entries = f"{box}/Resources {self._resources} 0 R".encode("ascii")
        self._ground = self._file.put_stream(pen.ink.content(), entries)

    def start_page(self, dx: float = 0.0, dy: float = 0.0) -> Pen:
        """Return the pen for the next page; all it draws is moved by ``dx``, ``dy`` points to the right and up."""
        self._page = self._file.reserve()
        self.structure.start_page(self._page)
        self.pen.ink = Ink()
        if dx or dy:
            self.pen.ink.shift(dx, dy)
        if self._ground:
            self.pen.lay_ground()
        return self.pen

    def end_page(self) -> None:
        """Write the page."""
        self.pen.end_marks()
        content = self._file.put_stream(self.pen.ink.content())
        box = "[0 0 {:.2f} {:.2f}]".format(*self._size)
        self._file.put(
            f"<</Type/Page/Parent {self._pages} 0 R/MediaBox{box}/Resources {self._resources} 0 R"
            f"/Contents {content} 0 R/StructParents {self.structure.end_page()}/Tabs/S>>".encode("ascii"),
            self._page,
        )
        self._kids.append(self._page)

    def finish(self) -> None:
        """Write what belongs to all pages; nothing may follow."""
        file = self._file
        self.structure.finish()
        ground = f"/XObject<</Ground {self._ground} 0 R>>" if self._ground else ""
        file.put(b"<</Font%b%b>>" % (self._letters.embed(), ground.encode("ascii")), self._resources)
        file.put(b"<</Type/Pages/Count %d/Kids%b>>" % (len(self._kids), refs(self._kids)), self._pages)
        catalog = file.put(
            b"<</Type/Catalog/Pages %d 0 R/Lang (vi)/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R"
            b"/Metadata %d 0 R/OutputIntents[%d 0 R]/ViewerPreferences<</DisplayDocTitle true>>>>"
            % (self._pages, self.structure.root, put_metadata(file, self._about), put_colours(file))
        )
        file.finish(catalog, put_information(file, self._about))
