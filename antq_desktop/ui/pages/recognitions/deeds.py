"""What is done for several units at once, with a result for each of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from antq_desktop.documents.pdf import Overprint, RecordResult
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.printing import Printing
from antq_desktop.services.recognitions import Recognitions
from antq_desktop.services.results import Invalid, RowResult, remark
from antq_desktop.ui.pages.recognitions.results import Line
from antq_desktop.ui.theme import State


@dataclass(frozen=True, slots=True)
class Batch:
    """The results in the order of the units, what was written, and what was found wrong with what was typed.

    ``records`` are the ids of what was written, with the name of their unit.
    """

    lines: tuple[Line, ...]
    records: Mapping[str, str]
    changes: Changes
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> int:
        return len(self.lines) - len(self.records)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Certificates made once to be looked at: the PDF ``content`` of those named in ``ids``, and a line for each asked."""

    content: bytes
    ids: tuple[str, ...]
    lines: tuple[Line, ...]


def decide(
    recognitions: Recognitions, assessment_ids: Sequence[str], typed: Mapping[str, Any], progress: Progress
) -> Batch:
    """Keep one decision for every unit."""
    results = recognitions.recognise_all(assessment_ids, **typed, progress=progress)

    def said(kept: Recognition) -> str:
        return _("Recognised by the decision {number}", number=kept.decision_number)

    return _batch(results, said)


def issue(recognitions: Recognitions, recognition_ids: Sequence[str], on: date, progress: Progress) -> Batch:
    """Take the next number of the year for each unit."""
    results = recognitions.issue_all(recognition_ids, on, progress)

    def said(kept: Certificate) -> str:
        return _("Number {number}", number=number_text(kept.number))

    return _batch(results, said)


def prepare(
    printing: Printing, certificates: Mapping[str, str], blank: Overprint | None, progress: Progress
) -> Prepared:
    """Make the certificates (id to name of the unit) to be looked at. Raises what printing raises when none can be made."""
    ids = list(certificates)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "certificates.pdf"
        made = printing.looking().certificates(ids, path, overprint=blank, progress=progress)
        content = path.read_bytes()
    pairs = list(zip(ids, made.results, strict=True))
    return Prepared(
        content,
        tuple(key for key, result in pairs if result.failure is None),
        tuple(_printed(key, certificates[key], result) for key, result in pairs),
    )


def _batch(results: Sequence[RowResult[Any]], said: Callable[[Any], str]) -> Batch:
    changes = Changes()
    findings: tuple[Finding, ...] = ()
    for result in results:
        if result.written is not None:
            changes |= result.written.changes
        elif isinstance(result.failure, Invalid) and not findings:
            findings = result.failure.findings
    records = {result.written.record.id: result.name for result in results if result.written is not None}
    return Batch(tuple(_line(result, said) for result in results), records, changes, findings)


def _line(result: RowResult[Any], said: Callable[[Any], str]) -> Line:
    if result.failure is not None or result.written is None:
        why = sentence(result.failure) if result.failure is not None else ""
        return Line(result.id, result.name, State.BAD, why)
    doubts = [remark(found) for found in result.written.warnings]
    text = " ".join([said(result.written.record), *doubts])
    return Line(result.id, result.name, State.LOOK if doubts else State.GOOD, text)


def _printed(key: str, name: str, result: RecordResult) -> Line:
    if result.failure is not None:
        return Line(key, name, State.BAD, sentence(result.failure))
    if result.missing_glyphs:
        letters = " ".join(result.missing_glyphs)
        said = _("The letters {letters} are missing in the face; look at the paper.", letters=letters)
        return Line(key, name, State.LOOK, said)
    return Line(key, name, State.GOOD, _("Can be printed"))
