"""The fields of a decision of recognition, and which of the chosen units the next decision is for."""

from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.recognition import Recognition
from antq_desktop.runtime.language import _
from antq_desktop.services.settings import KNOWN
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui.pages.recognitions.unit_rows import (
    DECIDED,
    RECORDED,
    UNDECIDED,
    WITHDRAWN,
    is_commune,
    standing,
)
from antq_desktop.ui.widgets.field import Field

#: Who signs for the body above the commune stands on that body's own paper.
OF_OUR_SIGNER = ("signer", "signer_post")
_OFFERED = {
    "decided_by": "recognition.decided_by",
    "signer": "recognition.signer",
    "signer_post": "recognition.signer_post",
}


def fields() -> list[Field]:
    return [
        Field("decision_number", _("Decision number"), required=True, hint=_("As 412/QĐ-UBND")),
        Field("decision_date", _("Date of the decision"), kind="date", required=True, width=160),
        Field("decided_by", _("Decided by"), hint=_basis("decided_by")),
        Field("signer", _("Signer of the certificate"), hint=_basis("signer")),
        Field("signer_post", _("Post of the signer"), hint=_basis("signer_post")),
        Field(
            "reason", _("Reason"), hint=_("Only where a meeting or the appraisal was recorded as not agreed")
        ),
    ]


def offered(draft: Recognition) -> dict[str, object]:
    """Return what is known of a decision before it is made: who decides and who signs."""
    return {name: getattr(draft, name) for name in _OFFERED}


def shown(kept: Recognition) -> dict[str, object]:
    """Return the fields of a decision that was kept."""
    return {name: getattr(kept, name) for name in ("decision_number", "decision_date", *_OFFERED)}


def ours(rows: Sequence[AssessmentRow]) -> list[AssessmentRow]:
    """Return the units that are handled together: the commune itself only when it was chosen alone."""
    return [row for row in rows if not is_commune(row)] if len(rows) > 1 else list(rows)


def meant(rows: Sequence[AssessmentRow]) -> list[AssessmentRow]:
    """Return those of the chosen units that a decision is typed for.

    They are those that wait for one; without any, those whose one decision can still be corrected, or the one unit whose
    certificate was withdrawn, which another decision may follow.
    """
    together = ours(rows)
    waiting = [row for row in together if standing(row) == UNDECIDED]
    if waiting:
        return waiting
    decided = [row for row in together if standing(row) == DECIDED]
    if decided:
        papers = {(row.decision_number, row.decision_date) for row in decided}
        return decided if len(papers) == 1 else []
    alone = len(together) == 1 and standing(together[0]) in {RECORDED, WITHDRAWN}
    return together if alone else []


def draft_key(rows: Sequence[AssessmentRow]) -> str:
    """Return the key under which what is typed for these units is kept until it is saved."""
    words = "+".join(sorted(row.unit_id for row in rows)) + f" {rows[0].year} {rows[0].certificate_id or ''}"
    return f"recognition/{uuid5(NAMESPACE_OID, words).hex}"


def _basis(name: str) -> str:
    basis = KNOWN[_OFFERED[name]].basis
    if basis:
        return _("Offered by the settings; legal basis: {basis}", basis=basis)
    return _("Offered by the settings")
