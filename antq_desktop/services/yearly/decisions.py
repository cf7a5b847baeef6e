"""Draws up the decision that recognises a unit: which one of its decisions counts, who decides it and who signs."""

from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.domain.territory import province_in_text
from antq_desktop.domain.text import clean
from antq_desktop.domain.unit_scope import ScopeCatalogue, demand_taken_in
from antq_desktop.domain.units import UnitKey
from antq_desktop.runtime.language import _
from antq_desktop.services.settings import setting
from antq_desktop.services.yearly.assessed_units import AssessedUnit, assessed_unit
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Typed:
    """What an officer types of a decision; who decides and signs comes from the settings where nothing is typed.

    ``reason`` is for the journal, not for the paper.
    """

    number: str
    on: date
    decided_by: str = ""
    signer: str = ""
    signer_post: str = ""
    reason: str = ""


def kept(work: Reading, assessment_id: str) -> list[Recognition]:
    """Return every decision on an assessment, the oldest first; only the last can stand."""
    found: list[Recognition] = []
    while (known := work.find(Recognition, decision_id(assessment_id, len(found)))) is not None:
        found.append(known)
    return found


def decision_id(assessment_id: str, earlier: int) -> str:
    """Return the id of the decision after ``earlier`` others; it follows, so that two laptops keep one decision once."""
    words = f"{assessment_id} recognition" + (f" {earlier + 1}" if earlier else "")
    return uuid5(NAMESPACE_OID, words).hex


def issued(work: Reading, recognition_id: str) -> list[Certificate]:
    """Return the certificates of a decision by number, the withdrawn ones too."""
    return sorted(work.all(Certificate, recognition_id=recognition_id), key=lambda kept: kept.number)


def withdrawn_on(work: Reading, recognition: Recognition) -> date | None:
    """Return the day since which no certificate of the decision is valid; None while one is, or none was issued."""
    days = [paper.withdrawn_on for paper in issued(work, recognition.id)]
    return max((day for day in days if day), default=None) if None not in days else None


def unit_of(work: Reading, assessment: SelfAssessment, on: date) -> AssessedUnit:
    """Return the unit of an assessment under the name that it bore on the day ``on``. Raises NotFound."""
    return assessed_unit(work, UnitKey(cast("UnitKind", assessment.unit_kind), assessment.unit_id), on)


def is_another(decision: Recognition, known: Recognition) -> bool:
    """Whether ``decision`` is another paper than ``known``, not the same one once more."""
    return (decision.decision_number, decision.decision_date) != (known.decision_number, known.decision_date)


def drawn_up(work: Reading, scope: ScopeCatalogue, assessment: SelfAssessment, typed: Typed) -> Recognition:
    """Return the first decision on ``assessment`` as it would be kept. Raises UnitExcluded, UnitNotManaged, NotFound."""
    unit = unit_of(work, assessment, typed.on)
    if unit.listed is not None:
        demand_taken_in(scope, unit.listed)
    # Who signs for the body above the commune is that body's own matter.
    ours = unit.key.kind != "commune"
    return Recognition(
        id=decision_id(assessment.id, 0),
        unit_code=work.unit_code,
        assessment_id=assessment.id,
        unit_kind=assessment.unit_kind,
        unit_id=assessment.unit_id,
        unit_name=unit.name,
        year=assessment.year,
        decision_number=clean(typed.number),
        decision_date=typed.on,
        decided_by=clean(typed.decided_by) or default_decider(work, scope, unit.key.kind),
        signer=clean(typed.signer) or (setting(work, "recognition.signer") if ours else ""),
        signer_post=clean(typed.signer_post) or (setting(work, "recognition.signer_post") if ours else ""),
    )


def default_decider(work: Reading, scope: ScopeCatalogue, unit_kind: UnitKind) -> str:
    """Return who decides on recognition: as set for this kind of unit, else a People's Committee.

    The commune's for the units that it manages (TT 124/2021/TT-BCA, Điều 10 khoản 1); for the commune itself the
    province's, since there is no district level any more: who it is now was not seen, hence the setting.
    """
    commune: dict[str, str] = setting(work, "commune")
    name = commune["name"]
    body = province_in_text(commune["province"]) if unit_kind == "commune" else name[:1].lower() + name[1:]
    chosen: str = setting(work, scope.units[unit_kind].recogniser)
    return chosen or (_("People's Committee of {commune}", commune=body) if body else "")
