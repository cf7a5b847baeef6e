"""What is done for several units at once, with a result for each of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from antq_desktop.documents.pdf import Overprint, Rendered
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.services.results import Invalid, RowResult, remark
from antq_desktop.services.yearly.recognitions import Recognitions
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.models.result_lines import Line
from antq_desktop.ui.paper import Made, make_in_memory
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
    """Certificates made once to be looked at: the paper of those named in ``ids``, and a line for each asked."""

    made: Made
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
    printing: Printing, certificate_ids: Iterable[str], blank: Overprint | None, progress: Progress
) -> Prepared:
    """Make the certificates to be looked at. Raises what printing raises when none can be made."""
    ids = list(certificate_ids)

    def make(papers: Printing, out: Path, _reason: str, told: Progress) -> Rendered:
        return papers.certificates(ids, out, overprint=blank, progress=told)

    made = make_in_memory(make, printing.looking(), "", "certificates", progress)
    printed = [(key, result) for key, result in zip(ids, made.results, strict=True) if result.failure is None]
    return Prepared(
        Made(made.content, tuple(result for _key, result in printed)),
        tuple(key for key, _result in printed),
        tuple(result_lines.of_record(result) for result in made.results),
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
    text = (
        ". ".join([said(result.written.record), " ".join(doubts)]) if doubts else said(result.written.record)
    )
    return Line(result.id, result.name, State.LOOK if doubts else State.GOOD, text)
