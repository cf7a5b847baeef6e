"""Turns the units that are put forward, and those that a decision recognises, into the fields of letter, list and decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from antq_desktop.domain.recognition import Recognition
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _
from antq_desktop.services.assessment_paper import passed
from antq_desktop.services.paper_heading import heading
from antq_desktop.services.paper_records import letterhead
from antq_desktop.services.settings import setting
from antq_desktop.services.signing import Body, Signing, body_of, signing_of
from antq_desktop.services.unit_year import UnitYear, with_kind
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Office:
    """Who puts units forward: the commune's police, or the People's Committee for the commune itself."""

    parent: str
    body: Body
    in_text: str
    place: str
    signing: Signing
    signer: str


def office_for(work: Reading, units: Sequence[UnitYear]) -> Office:
    """Return who writes the letter for ``units``."""
    head = heading(work)
    place = letterhead(work).place
    if any(facts.unit.key.kind == "commune" for facts in units):
        _parent, body = units[0].heading
        name = f"{body.kind} {body.name}".strip()
        signing = signing_of(name, setting(work, "recognition.signer_post"))
        return Office("", body, name, place, signing, setting(work, "recognition.signer"))
    signing = signing_of(head.agency, head.signer_post)
    return Office(head.parent, Body("", head.agency), head.agency_in_text, place, signing, head.signer)


def letter_record(office: Office, units: Sequence[UnitYear], addressee: str, year: int) -> dict[str, Any]:
    """Return the fields of the form ``submission-letter`` for ``units``, at least one."""
    step = _common([facts.steps.get("submission_letter") for facts in units])
    # The letter cites the circular above its table, which names the articles alone.
    kinds = Counter((facts.kind_name, facts.article.rsplit(", ", 1)[-1]) for facts in units)
    return {
        **_office(office, year),
        "number": step.number if step else "",
        "addressee": addressee,
        "date": step.on if step else None,
        "count": len(units),
        "only_unit": units[0].full_name if len(units) == 1 else "",
        "kinds": [
            {"label": name, "article": article, "count": count} for (name, article), count in kinds.items()
        ],
    }


def list_record(office: Office, units: Sequence[UnitYear], year: int) -> dict[str, Any]:
    """Return the fields of the form ``nomination-list``; it carries number and day of the letter that it goes with."""
    letter = _common([facts.steps.get("submission_letter") for facts in units])
    made = _common([facts.steps.get("nomination_list") for facts in units])
    return {
        **_office(office, year),
        "letter_number": letter.number if letter else "",
        "letter_date": letter.on if letter else None,
        "date": made.on if made else None,
        "count": len(units),
        "units": [_nominated(facts) for facts in units],
    }


def decision_record(
    work: Reading, kept: Sequence[Recognition], units: Sequence[UnitYear], *, to_sign: bool
) -> dict[str, Any]:
    """Return the fields of the form ``recognition-decision`` for what it says of each of ``units``, under the names it bears.

    One ``to_sign`` has no number and no day yet.
    """
    decision = kept[0]
    body, signing = body_of(decision.decided_by), signing_of(decision.decided_by, decision.signer_post)
    letter = _common([facts.steps.get("submission_letter") for facts in units])
    return {
        "agency_kind": body.kind,
        "agency": body.name,
        "decided_by": decision.decided_by,
        "number": "" if to_sign else decision.decision_number,
        "place": letterhead(work).place,
        "date": None if to_sign else decision.decision_date,
        "year": decision.year,
        "proposer": _("Head of the {kind}", kind=heading(work).agency_in_text),
        "letter_number": letter.number if letter else "",
        "letter_date": letter.on if letter else None,
        "count": len(units),
        "only_unit": with_kind(decision.unit_kind, decision.unit_name) if len(kept) == 1 else "",
        "signer_authority": signing.authority,
        "signer_deputy": signing.deputy,
        "signer_role": signing.post,
        "signer_name": decision.signer,
        "units": [
            {"name": one.unit_name, "kind": facts.kind_name, "address": facts.place}
            for one, facts in zip(kept, units, strict=True)
        ],
    }


def _office(office: Office, year: int) -> dict[str, Any]:
    return {
        "parent": office.parent,
        "agency_kind": office.body.kind,
        "agency": office.body.name,
        "agency_in_text": office.in_text,
        "year": year,
        "place": office.place,
        "signer_authority": office.signing.authority,
        "signer_deputy": office.signing.deputy,
        "signer_role": office.signing.post,
        "signer_name": office.signer,
    }


def _nominated(facts: UnitYear) -> dict[str, Any]:
    assessment = facts.assessment
    result = {True: _("Met"), False: _("Not met"), None: ""}[passed(facts)]
    return {
        "name": facts.unit.name,
        "kind": facts.kind_name,
        "address": facts.place,
        "registered_on": _day(facts.steps.get("registration")),
        "assessed_on": assessment.assessed_on if assessment else None,
        "result": result,
        "meeting_on": _day(facts.steps.get("meeting")),
        "note": "",
    }


def _day(step: YearStep | None) -> date | None:
    return step.on if step else None


def _common(steps: Sequence[YearStep | None]) -> YearStep | None:
    """Return the step that all units share, such as the one letter for all of them; None when they differ."""
    papers = {(step.number, step.on) if step else None for step in steps}
    return steps[0] if len(papers) == 1 else None
