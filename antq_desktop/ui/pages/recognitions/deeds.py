"""What is done for several units at once, each in a transaction of its own, with a result for each of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.printing import Printing
from antq_desktop.services.recognitions import Recognitions
from antq_desktop.services.results import Invalid, Written
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui.pages.recognitions.unit_rows import ISSUED, standing


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one unit: ``why`` is empty when it went well."""

    unit_name: str
    why: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The results in the order of the units, and what was written."""

    done: tuple[Done, ...]
    changes: Changes

    @property
    def failed(self) -> tuple[Done, ...]:
        return tuple(each for each in self.done if each.why)


@dataclass(frozen=True, slots=True)
class Printed:
    """Certificates in one PDF; ``failed`` are those that could not be printed, with why."""

    path: Path
    count: int
    failed: tuple[Done, ...]


def recognise(
    recognitions: Recognitions, rows: Sequence[AssessmentRow], typed: dict[str, Any], progress: Progress
) -> Batch:
    """Keep one decision for every unit."""

    def one(row: AssessmentRow) -> Written[Any]:
        return recognitions.recognise(str(row.id), **typed)

    return _each(rows, one, progress)


def issue(recognitions: Recognitions, rows: Sequence[AssessmentRow], on: date, progress: Progress) -> Batch:
    """Take the next number of the year for each unit."""

    def one(row: AssessmentRow) -> Written[Any]:
        return recognitions.issue(str(row.recognition_id), on)

    return _each(rows, one, progress)


def print_all(
    printing: Printing, rows: Sequence[AssessmentRow], out: Path, reason: str, progress: Progress
) -> Printed:
    """Print the certificates in force into one PDF. Raises ReprintNeedsReason and what printing raises."""
    chosen = [row for row in rows if standing(row) == ISSUED]
    rendered = printing.certificates(
        [str(row.certificate_id) for row in chosen], out, reason=reason, progress=progress
    )
    failed = tuple(
        Done(row.unit_name, sentence(result.failure))
        for row, result in zip(chosen, rendered.results, strict=True)
        if result.failure is not None
    )
    return Printed(out, rendered.records, failed)


def _each(
    rows: Sequence[AssessmentRow], one: Callable[[AssessmentRow], Written[Any]], progress: Progress
) -> Batch:
    """Go through the units; one that fails, or that the stop came before, does not undo those that went well."""
    done, changes = [], Changes()
    for place, row in enumerate(rows):
        try:
            progress.report(place, len(rows), row.unit_name)
            written = one(row)
        except Invalid as invalid:
            done.append(Done(row.unit_name, sentence(invalid), invalid.findings))
        except KnownFailure as failure:
            done.append(Done(row.unit_name, sentence(failure)))
        else:
            changes |= written.changes
            done.append(Done(row.unit_name))
    return Batch(tuple(done), changes)


def said(failed: Sequence[Done]) -> str:
    """Return the failures as lines, a unit each."""
    return "\n".join(_("{name}: {why}", name=each.unit_name, why=each.why) for each in failed)
