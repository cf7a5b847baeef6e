"""Turns records into a paper file, as the suffix of the file says, and keeps in the journal what became of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Any, Self, TypeVar

from antq_desktop.documents.form_files import Form
from antq_desktop.documents.letter_out import WrittenLetter, write_letter
from antq_desktop.documents.pdf import NothingToPrint, Overprint, RecordResult, Rendered, render_form
from antq_desktop.domain.errors import BadInput, KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.papers.forms import form_in_use
from antq_desktop.services.session import Session
from antq_desktop.services.yearly.assessments import Assessments
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Store

T = TypeVar("T")
PRINTED = "printed"
PRINT_FAILED = "print_failed"
VIEWED = "viewed"
PDF, WORD = ".pdf", ".docx"


class UnknownPaperKind(BadInput):
    code = "unknown-paper-kind"
    sentence = N_("This paper is written as {kinds}, not as «{suffix}». Choose one of these.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Records of a known ``count``, each made when its turn to be printed comes: thousands need no more room than a few."""

    count: int
    make: Callable[[], Iterator[Mapping[str, Any]]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        return self.make()


class Press:
    """What every paper needs to be printed; the papers themselves are named by the classes that follow it."""

    def __init__(
        self,
        store: Store,
        session: Session,
        catalogues: Catalogues,
        assessments: Assessments,
    ) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues
        self._assessments = assessments
        self._looks = False

    def looking(self) -> Self:
        """Return the papers for the screen alone: the journal says that one was viewed, and none asks why it comes again."""
        other = copy(self)
        other._looks = True  # noqa: SLF001 - it is one of us
        return other

    def viewed(self, entity: str, entity_id: str, form: str) -> None:
        """Say in the journal that a paper which was printed before was looked at."""
        self._note([Deed(VIEWED, entity, entity_id, {"form": form})])

    def print_failed(self, entity: str, entity_id: str, form: str, why: str) -> None:
        """Say in the journal that a paper did not come out of the printer; ``why`` is the code of the failure."""
        self._note([Deed(PRINT_FAILED, entity, entity_id, {"form": form}, why)])

    def _print(
        self,
        form: str,
        records: Sequence[Mapping[str, Any]] | Drawn,
        out: Path,
        deeds: Sequence[Deed],
        progress: Progress | None = None,
        *,
        names: Sequence[str] = (),
        draft: bool = False,
        overprint: Overprint | None = None,
    ) -> Rendered:
        """Write ``records`` into ``out``, .pdf or .docx; a Word file has no count of pages, so its pages are 0.

        ``names`` are what people call the records; the results bear them.
        """
        kinds = (PDF,) if overprint is not None else (PDF, WORD)
        if out.suffix.lower() not in kinds:
            raise UnknownPaperKind(kinds=", ".join(kinds), suffix=out.suffix or out.name)
        if not records:
            raise NothingToPrint
        deeds = [with_file(deed, form, out) for deed in deeds]
        created = self._session.now().astimezone(UTC)

        def write() -> Rendered:
            kept = self._form(form)
            if out.suffix.lower() == WORD:
                return _as_rendered(
                    write_letter(kept, records, out, progress=progress, draft=draft, created=created)
                )
            return render_form(
                kept, records, out, progress=progress, draft=draft, created=created, overprint=overprint
            )

        done = self._attempt(deeds, write)
        if len(deeds) == len(done.results):
            deeds = [
                _failed(deed, result.failure) if result.failure else deed
                for deed, result in zip(deeds, done.results, strict=True)
            ]
        self._note(deeds)
        return _named(done, names) if names else done

    def _form(self, name: str) -> Form:
        """Return the form in use: the office's own one where it has made one."""
        with self._store.reading() as work:
            return form_in_use(work, name)

    def _attempt(self, deeds: Sequence[Deed], work: Callable[[], T]) -> T:
        """Return what ``work`` gives; when it fails, the journal says so of each of ``deeds``."""
        try:
            return work()
        except KnownFailure as failure:
            self._note([_failed(deed, failure) for deed in deeds])
            raise

    def _note(self, deeds: Sequence[Deed]) -> None:
        if self._looks:
            deeds = [replace(deed, action=VIEWED) for deed in deeds if deed.action == PRINTED]
        with self._store.writing(self._session.user) as work:
            for deed in deeds:
                work.note(deed)
            work.commit()


def with_file(deed: Deed, form: str, out: Path) -> Deed:
    """Return ``deed`` saying with which form and into which file the paper was written."""
    return replace(deed, changes={**deed.changes, "form": form, "file": out.name})


def told(items: Sequence[T], progress: Progress | None) -> Iterator[T]:
    """Yield ``items``, saying how far it is: what papers say is gathered for hundreds before the first is printed."""
    for done, item in enumerate(items):
        if progress is not None:
            progress.report(done, len(items), _("Gathering what is printed"))
        yield item


def _named(done: Rendered, names: Sequence[str]) -> Rendered:
    results = zip(done.results, names, strict=True)
    return replace(done, results=tuple(replace(result, name=name) for result, name in results))


def _failed(deed: Deed, failure: KnownFailure) -> Deed:
    return replace(deed, action=PRINT_FAILED, note=failure.code)


def _as_rendered(letter: WrittenLetter) -> Rendered:
    results = tuple(
        RecordResult(result.number, 0, 0, result.missing_glyphs, result.failure) for result in letter.results
    )
    return Rendered(0, letter.records, letter.missing_glyphs, results)
