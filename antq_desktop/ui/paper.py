"""What a paper is before it lies anywhere: its name, its records and how it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from antq_desktop.documents.pdf import RecordResult, Rendered
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing

#: Writes the paper into a file, by its ending one of the kinds that the paper offers, with these papers and this reason of a reprint (or "");
#: runs on the lane, says how far it is and can be stopped.
Make = Callable[[Printing, Path, str, Progress], Rendered]


@dataclass(frozen=True, slots=True)
class OnPaper:
    """Which record stands on a paper, as the journal names it, and the form it is printed with."""

    entity: str
    id: str
    form: str


@dataclass(frozen=True, slots=True)
class Made:
    """A paper as a PDF in memory, and what became of each record on it."""

    content: bytes
    results: tuple[RecordResult, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can be made. ``name`` is offered as the name of its file, without an ending.

    ``word`` offers a Word file too. ``on_blank`` is for bought blanks: the print is moved by what is kept for the printer,
    and a Word file, which knows no such places, is not offered. ``workbook`` offers a spreadsheet with the same figures.
    ``first`` is shown at the first look when it was made
    already.
    """

    name: str
    title: str
    make: Make
    records: Sequence[OnPaper] = ()
    word: bool = True
    on_blank: bool = False
    workbook: bool = False
    first: Made | None = None


def make_in_memory(make: Make, papers: Printing, reason: str, name: str, progress: Progress) -> Made:
    """Return the paper as a PDF in memory; the file it goes through is gone when this returns."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.pdf"
        done = make(papers, path, reason, progress)
        return Made(path.read_bytes(), done.results)
