"""Looks at a decision on recognition before it is kept: one number is one paper, and what the unit's year still lacks is said."""

from collections.abc import Collection, Iterable

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.recognition import Recognition
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import DOSSIER, StepState
from antq_desktop.services.yearly import decisions
from antq_desktop.storage.unit_of_work import Reading

#: What follows from the decision itself cannot be missing before it.
_AFTER = frozenset({"decision", "certificate", "withdrawn"})


def one_paper(work: Reading, recognition: Recognition, together: Collection[str]) -> list[Finding]:
    """Return what keeps a decision from being the one kept of other units under its number, decider and calendar year.

    ``together`` are the assessments that are decided as one job: their decisions are corrected with this one, unless their
    certificates are out. A unit that joins a decision whose certificates are out is a warning.
    """
    alike = [
        kept
        for kept in work.all(
            Recognition, decision_number=recognition.decision_number, decided_by=recognition.decided_by
        )
        if kept.id != recognition.id and kept.decision_date.year == recognition.decision_date.year
    ]
    out = {kept.id for kept in alike if decisions.issued(work, kept.id)}
    for kept in alike:
        if (kept.id in out or kept.assessment_id not in together) and not _same_paper(kept, recognition):
            return [_other_paper(kept, recognition)]
    if not out:
        return []
    message = N_("Certificates of the decision {number} are issued already: look whether it names «{name}».")
    facts = {"number": recognition.decision_number, "name": recognition.unit_name}
    return [Finding("decision_number", "decision-issued", message, facts, "warning")]


def year_so_far(steps: Iterable[StepState], reason: str) -> list[Finding]:
    """Return what the recorded year of a unit does not say for its recognition; only a refused one needs a ``reason``.

    No law that was seen makes these steps a condition, so what is missing is named and left to whoever decides.
    """
    known = [state for state in steps if state.step.evidence not in _AFTER]
    refused = [state.step.name for state in known if state.outcome == "not_agreed"]
    papers = [
        state.step.name
        for state in known
        if state.step.part_of == DOSSIER and state.state not in ("done", "not_needed")
    ]
    late = [
        state.step.name
        for state in known
        if state.state == "overdue" and DOSSIER not in (state.step.part_of, state.step.evidence)
    ]
    findings = []
    if refused and not reason:
        message = N_("This was recorded as not agreed: {steps}. Say why the unit is recognised all the same.")
        findings.append(Finding("reason", "not-agreed", message, {"steps": "; ".join(refused)}))
    for code, names, message in (
        ("recognised-against", refused, N_("Recorded as not agreed: {steps}.")),
        ("dossier-incomplete", papers, N_("Not in the dossier yet: {steps}.")),
        ("steps-overdue", late, N_("Overdue: {steps}.")),
    ):
        if names:
            findings.append(Finding("assessment_id", code, message, {"steps": "; ".join(names)}, "warning"))
    return findings


def _same_paper(one: Recognition, other: Recognition) -> bool:
    return (one.decision_date, one.signer, one.signer_post) == (
        other.decision_date,
        other.signer,
        other.signer_post,
    )


def _other_paper(kept: Recognition, recognition: Recognition) -> Finding:
    """Return the finding on the first field in which the decision differs from the one that is kept."""
    facts = {
        "number": kept.decision_number,
        "name": kept.unit_name,
        "day": f"{kept.decision_date:%d/%m/%Y}",
        "signer": " ".join(filter(None, (kept.signer_post, kept.signer))) or "—",
    }
    message = N_(
        "The decision {number} is kept already for «{name}»: of {day}, signed by {signer}. One decision has one day and one signer; correct the number, or what differs."
    )
    field = next(
        name
        for name in ("decision_date", "signer", "signer_post")
        if getattr(kept, name) != getattr(recognition, name)
    )
    return Finding(field, "decision-differs", message, facts)
