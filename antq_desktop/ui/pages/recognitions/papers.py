"""The papers around a recognition: letter and list that put units forward, the decision, the draft of a certificate."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from antq_desktop.documents.pdf import Overprint, Rendered
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui.pages.recognitions.decision_form import ours
from antq_desktop.ui.pages.recognitions.deeds import Prepared
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, UNDECIDED, is_commune, standing
from antq_desktop.ui.paper import OnPaper, Paper

_DECISION, _CERTIFICATE = "recognition-decision", "certificate"
#: What the papers of a unit are kept under in the journal.
_ENTITIES = {"residential_area": "residential_areas", "commune": "settings"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper with the short word of its button."""

    word: str
    paper: Paper


def offered(rows: Sequence[AssessmentRow], year: int) -> list[Offer]:
    """Return the papers that can be made for the chosen units, at least one."""
    together = ours(rows)
    papers = [
        _joint(
            "submission-letter", _("Letter that puts forward"), _("letter-{year}", year=year), together, year
        ),
        _joint("nomination-list", _("List of units"), _("list-of-units-{year}", year=year), together, year),
    ]
    communal = [row for row in together if not is_commune(row)]
    waiting = [row for row in communal if standing(row) == UNDECIDED]
    numbers = {row.decision_number for row in communal if row.decision_number}
    if waiting:
        papers.append(_to_sign(waiting, year))
    elif len(numbers) == 1:
        papers.append(_decision(communal, numbers.pop() or "", year))
    open_still = [row for row in communal if standing(row) in {UNDECIDED, DECIDED}]
    if open_still:
        papers.append(_drafts(open_still, year))
    return papers


def certificates(
    prepared: Prepared, names: Mapping[str, str], name: str, title: str, blank: Overprint | None
) -> Paper:
    """Return the certificates that were prepared as one paper; ``names`` are those of the units, by certificate.

    The first look shows what was prepared: it is not made a second time, and the journal says once that it was looked at.
    """
    ids = prepared.ids

    def make(papers: Printing, out: Path, reason: str, progress: Progress) -> Rendered:
        return papers.certificates(ids, out, reason=reason, overprint=blank, progress=progress)

    return Paper(
        name=name,
        title=title if len(ids) > 1 else f"{title}: {names[ids[0]]}",
        make=make,
        records=[OnPaper("certificates", key, _CERTIFICATE) for key in ids],
        on_blank=blank is not None,
        first=prepared.made,
    )


def _joint(form: str, word: str, name: str, rows: Sequence[AssessmentRow], year: int) -> Offer:
    keys = [UnitKey(cast("UnitKind", row.unit_kind), row.unit_id) for row in rows]
    records = [OnPaper(_ENTITIES.get(key.kind, "listed_units"), key.id, form) for key in keys]

    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.unit_papers(form, keys, year, out, progress)

    return Offer(word, Paper(name, _titled(word, rows), make, records))


def _to_sign(rows: Sequence[AssessmentRow], year: int) -> Offer:
    ids = [str(row.id) for row in rows]
    word = _("Decision to be signed")

    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.decision_to_sign(year, out, ids, progress)

    records = [OnPaper("self_assessments", key, _DECISION) for key in ids]
    return Offer(word, Paper(_("decision-to-sign-{year}", year=year), _titled(word, rows), make, records))


def _decision(rows: Sequence[AssessmentRow], number: str, year: int) -> Offer:
    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.decision(number, year, out, progress)

    records = [OnPaper("recognitions", str(row.recognition_id), _DECISION) for row in rows]
    name = _("decision-{year}", year=year) + "-" + number.replace("/", "-")
    return Offer(
        _("Decision with its list"), Paper(name, _("Decision {number}", number=number), make, records)
    )


def _drafts(rows: Sequence[AssessmentRow], year: int) -> Offer:
    ids = [str(row.id) for row in rows]
    word = _("Draft of the certificate") if len(ids) == 1 else _("Drafts of the certificates")

    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.certificate_drafts(ids, out, progress)

    records = [OnPaper("self_assessments", key, _CERTIFICATE) for key in ids]
    return Offer(word, Paper(_("certificate-draft-{year}", year=year), _titled(word, rows), make, records))


def _titled(word: str, rows: Sequence[AssessmentRow]) -> str:
    if len(rows) == 1:
        return f"{word}: {rows[0].unit_name}"
    return f"{word}: " + _("{count} units", count=len(rows))
