"""Turns the units that are put forward, and those that a decision recognises, into the fields of letter, list and decision."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from antq_desktop.domain.recognition import Recognition
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import ProcessCatalogue
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _
from antq_desktop.services.papers.assessment_paper import passed
from antq_desktop.services.papers.dossier_records import dossier_papers
from antq_desktop.services.papers.paper_heading import heading
from antq_desktop.services.papers.paper_records import letterhead
from antq_desktop.services.papers.signing import Body, Signing, body_of, signing_of
from antq_desktop.services.settings import setting
from antq_desktop.services.yearly.unit_year import UnitYear, with_kind
from antq_desktop.storage.unit_of_work import Reading

#: The steps whose papers name all units at once: the letter, and the list that goes with it.
JOINT_STEPS = ("submission_letter", "nomination_list")
_REGISTRATION = "registration"
#: What goes with a letter, by the step that it belongs to, as message ids within a sentence.
_ENCLOSED = {
    _REGISTRATION: N_("registration"),
    "self_assessment": N_("self-assessment"),
    "meeting": N_("minutes of the meeting"),
    "result_report": N_("report of results"),
}


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


def put_forward(facts: UnitYear) -> bool:
    """Return whether a unit may go into a letter or list: neither its meeting nor its appraisal said no."""
    return all(
        facts.steps[step].outcome != "not_agreed" for step in ("meeting", "appraised") if step in facts.steps
    )


def letter_record(
    office: Office, units: Sequence[UnitYear], process: ProcessCatalogue, addressee: str, year: int
) -> dict[str, Any]:
    """Return the fields of the form ``submission-letter`` for ``units``, at least one.

    It says no more of their dossiers and results than is recorded, and encloses the papers that are there.
    """
    papers = [
        [row for row in dossier_papers(facts, process) if row["step"] not in JOINT_STEPS] for facts in units
    ]
    only = units[0] if len(units) == 1 else None
    own = only is not None and only.unit.key.kind == "commune"
    met = all(facts.found_met for facts in units)
    complete = all(row["there"] for rows in papers for row in rows)
    step = _common([facts.steps.get("submission_letter") for facts in units])
    # The letter cites the circular above its table, which names the articles alone.
    kinds = Counter((facts.kind_name, facts.article_alone) for facts in units)
    return {
        **_office(office, year),
        "number": step.number if step else "",
        "addressee": addressee,
        "date": step.on if step else None,
        "count": len(units),
        "only_unit": only.name_in_text if only else "",
        "units_in_text": only.name_in_text if only else _("{count} units", count=len(units)),
        "complete": met and complete and not own,
        "met": met and not complete and not own,
        "own_met": met and own,
        "enclosures": _enclosures(units, papers),
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


def _enclosures(units: Sequence[UnitYear], papers: Sequence[Sequence[dict[str, Any]]]) -> str:
    """Return what goes with the letter: the list where it names several units, and each paper that is there, with its count."""
    there = Counter(row["step"] for rows in papers for row in rows if row["there"])
    there[_REGISTRATION] = sum(_REGISTRATION in facts.steps for facts in units)
    whole = len(units)
    of_all = ", ".join(_(name) for step, name in _ENCLOSED.items() if there[step] == whole)
    if whole == 1:
        return of_all
    return "; ".join(
        [
            _("list of the units put forward"),
            *([_("{papers} of each unit", papers=of_all)] if of_all else []),
            *(
                _("{paper} of {count} units", paper=_(name), count=there[step])
                for step, name in _ENCLOSED.items()
                if 0 < there[step] < whole
            ),
        ]
    )


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
