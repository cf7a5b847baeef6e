"""What is done with assessments from the page: many begun at once, one laid out as a paper."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from antq_desktop.documents.pdf import Rendered
from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import Cancelled
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.services.yearly.assessments import Assessments
from antq_desktop.ui.paper import OnPaper, Paper


def begin_all(assessments: Assessments, keys: Sequence[UnitKey], year: int, progress: Progress) -> Changes:
    """Begin the assessments of units; those that were begun before a stop stay begun."""
    changes = Changes()
    with suppress(Cancelled):
        for done, key in enumerate(keys):
            progress.report(done, len(keys))
            changes |= assessments.start(key.id, year, key.kind).changes
    return changes


def paper_of(kept: SelfAssessment, unit_name: str) -> Paper:
    """Return the assessment as a paper; one that is not finished carries the draft mark."""

    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.assessment(kept.id, out, progress)

    return Paper(
        _("assessment-{year}-{name}", year=kept.year, name=unit_name),
        _("Self-assessment of {year}: {name}", year=kept.year, name=unit_name),
        make,
        (OnPaper("self_assessments", kept.id, "self-assessment"),),
    )
