"""Writes the structure of a PDF, so that a screen reader knows headings, paragraphs, tables and pictures, and their order.

What has no meaning of its own (frames, rules, page numbers) is marked as an artifact by the pen.
"""

from array import array
from typing import Literal

from antq_desktop.documents.pdf_file import PdfFile, refs, text

Role = Literal["H1", "P", "Table", "TR", "TH", "TD", "Figure"]


class Element:
    """A part of the content; its pieces are marked on one page or several. It is in the file once it is taken in."""

    __slots__ = ("alt", "children", "number", "page", "parent", "role")

    def __init__(self, role: str, parent: "Element | None" = None, alt: str = "") -> None:
        self.role, self.parent, self.alt = role, parent, alt
        self.number = self.page = 0
        self.children: list[str] = []


class Structure:
    """The tree of elements; a record's part of it is written as soon as the record is drawn.

    The parts of a record are read in the order in which they were asked for, whatever the order of drawing.
    """

    def __init__(self, file: PdfFile) -> None:
        self._file = file
        self.root, self._document = file.reserve(), file.reserve()
        self._sections, self._pages = array("I"), array("I")
        self._section = Element("Sect")
        self._parts: list[Element] = []
        self._elements: list[Element] = []
        self._page = 0
        self._marked: list[int] = []

    def element(self, role: Role, parent: Element | None = None, alt: str = "") -> Element:
        """Return a new part of ``parent`` or, without one, of the record."""
        element = Element(role, parent or self._section, alt)
        if parent is None:
            self._parts.append(element)
        return element

    def start_page(self, page: int) -> None:
        """Take the object ``page`` as the place of what is marked from here on."""
        self._page = page

    def mark(self, element: Element) -> int:
        """Return the number under which the next stretch of the page's content belongs to ``element``."""
        mark = len(self._marked)
        self.take_in(element)
        element.page = element.page or self._page
        if element.page == self._page:
            element.children.append(str(mark))
        else:
            element.children.append(f"<</Type/MCR/Pg {self._page} 0 R/MCID {mark}>>")
        self._marked.append(element.number)
        return mark

    def take_in(self, element: Element) -> None:
        """Give ``element`` its place in the file, below its parents; once is enough."""
        if element.number:
            return
        element.number = self._file.reserve()
        self._elements.append(element)
        if element.parent is None:
            self._sections.append(element.number)
        else:
            self.take_in(element.parent)
            if element.parent is not self._section:
                element.parent.children.append(f"{element.number} 0 R")

    def end_page(self) -> int:
        """Write which element each mark of the page belongs to; return the page's key in the tree of parents."""
        self._pages.append(self._file.put(refs(self._marked)))
        self._marked.clear()
        return len(self._pages) - 1

    def end_record(self) -> None:
        """Write the elements of the record; the next one begins a section of its own."""
        self._section.children += [f"{part.number} 0 R" for part in self._parts if part.number]
        for element in self._elements:
            parent = element.parent.number if element.parent else self._document
            page = f"/Pg {element.page} 0 R" if element.page else ""
            entries = f"<</S/{element.role}/P {parent} 0 R{page}/K[{' '.join(element.children)}]"
            alt = b"/Alt " + text(element.alt) if element.alt else b""
            self._file.put(entries.encode("ascii") + alt + b">>", element.number)
        self.forget_record()

    def forget_record(self) -> None:
        """Begin the next record; what was asked for and not drawn leaves no trace."""
        self._elements.clear()
        self._parts.clear()
        self._section = Element("Sect")

    def finish(self) -> None:
        """Write the root of the tree and the tree of parents."""
        pages = " ".join(f"{key} {number} 0 R" for key, number in enumerate(self._pages))
        parents = self._file.put(f"<</Nums[{pages}]>>".encode("ascii"))
        self._file.put(b"<</S/Document/P %d 0 R/K%b>>" % (self.root, refs(self._sections)), self._document)
        self._file.put(
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>"
            % (self._document, parents, len(self._pages)),
            self.root,
        )
