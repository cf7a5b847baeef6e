"""Turns the year of a unit into the fields of the papers of its dossier; the wording stands in the forms."""

from typing import Any

from antq_desktop.domain.criteria import Clause
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.yearly_process import DOSSIER, ProcessCatalogue
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _
from antq_desktop.services.papers.assessment_paper import clause_rows, failings, occurrence_rows, passed
from antq_desktop.services.papers.paper_heading import Heading
from antq_desktop.services.papers.signing import signing_of
from antq_desktop.services.yearly.unit_year import UnitYear

#: What is told in the report of a unit, and what its registration rests on; ids of the yearly process.
_TOLD = ("resolution", "plan", "registration", "staff_told", "meeting")
_BASES = ("resolution", "plan")
#: How the title of a clause ends in the catalogues whose text nobody here has seen.
_AS_WRITTEN = " theo văn bản gốc"


def registration_record(
    facts: UnitYear, process: ProcessCatalogue, addressee: str, households: int | None
) -> dict[str, Any]:
    """Return the fields of the form ``unit-registration``; its day stays open until the registration is recorded.

    ``households`` counts those living in a residential area, None for other units.
    """
    step = facts.steps.get("registration")
    return {
        **_head(facts),
        "kind_in_text": facts.kind_name[:1].lower() + facts.kind_name[1:],
        "unit_place": facts.address,
        "households": households,
        "addressee": addressee,
        "place": facts.letterhead.place,
        "date": step.on if step else None,
        "left_role": facts.party_head,
        "right_authority": facts.authority,
        "right_role": facts.head,
        "bases": [
            {"wording": _document(_name(facts, process, step), facts.steps[step])}
            for step in _BASES
            if step in facts.steps
        ],
        "clauses": [{"wording": _pledge(clause)} for clause in facts.catalogue.clauses],
    }


def minutes_record(facts: UnitYear) -> dict[str, Any]:
    """Return the fields of the form ``meeting-minutes``; what only the meeting knows stays open for the pen."""
    step = facts.steps.get("meeting")
    return {
        **_head(facts),
        "number": step.number if step else "",
        "date": step.on if step else None,
        "present": step.part if step else None,
        "invited": step.whole if step else None,
        "agreed": _agreed(step),
        "clauses": [_only(row, "number", "wording", "met") for row in clause_rows(facts, items=False)],
    }


def report_record(facts: UnitYear, process: ProcessCatalogue, addressee: str) -> dict[str, Any]:
    """Return the fields of the form ``result-report``."""
    step = facts.steps.get("result_report")
    rows = clause_rows(facts, items=True) if facts.assessment else []
    return {
        **_head(facts),
        "number": step.number if step else "",
        "addressee": addressee,
        "place": facts.letterhead.place,
        "date": step.on if step else None,
        "passed": passed(facts),
        "right_authority": facts.authority,
        "right_role": facts.head,
        "steps": [
            {"wording": _told(_name(facts, process, step), facts.steps[step])}
            for step in _TOLD
            if step in facts.steps
        ],
        "clauses": [_only(row, "number", "wording", "mark", "answer", "is_clause") for row in rows],
        "occurrences": occurrence_rows(facts),
        "reasons": [{"wording": _(reason.message, **reason.facts)} for reason in failings(facts)],
    }


def appraisal_record(facts: UnitYear, process: ProcessCatalogue, office: Heading) -> dict[str, Any]:
    """Return the fields of the form ``appraisal-slip``: which papers are there, and what the unit found itself."""
    submitted, appraised = facts.steps.get("submitted"), facts.steps.get("appraised")
    signing = signing_of(office.agency, office.signer_post)
    result = {True: _("Met"), False: _("Not met"), None: ""}
    return {
        "parent": office.parent,
        "agency": office.agency,
        "number": appraised.number if appraised else "",
        "unit": facts.full_name,
        "kind": facts.kind_name,
        "unit_place": facts.address,
        "year": facts.year,
        "article": facts.article,
        "submitted_on": submitted.on if submitted else None,
        "place": facts.letterhead.place,
        "date": appraised.on if appraised else None,
        "passed": passed(facts),
        "agreed": _agreed(appraised),
        "signer_deputy": signing.deputy,
        "signer_role": signing.post,
        "signer_name": office.signer,
        "papers": [_only(row, "name", "there", "facts") for row in dossier_papers(facts, process)],
        "clauses": [
            {"number": row["number"], "wording": row["wording"], "result": result[row["met"]]}
            for row in clause_rows(facts, items=False)
        ],
    }


def _head(facts: UnitYear) -> dict[str, Any]:
    parent, body = facts.heading
    return {
        "parent": parent,
        "unit_head_kind": body.kind,
        "unit_head": body.name,
        "unit": facts.full_name,
        "year": facts.year,
        "period_from": facts.period.first,
        "period_to": facts.period.last,
        "article": facts.article,
    }


def dossier_papers(facts: UnitYear, process: ProcessCatalogue) -> list[dict[str, Any]]:
    """Return a row for each paper of the dossier: its step, what it is called, whether it is there and what is known of it."""
    rows: list[dict[str, Any]] = []
    for step in process.of(facts.unit.key.kind):
        if step.part_of != DOSSIER:
            continue
        taken, kept = facts.steps.get(step.id), facts.assessment
        if step.evidence == "self_assessment":
            there = kept is not None and kept.state == "final"
            day = kept.assessed_on if kept and there else None
            told = f"{day:%d/%m/%Y}" if day else ""
        else:
            there, told = taken is not None, _number_and_day(taken)
        rows.append({"step": step.id, "name": step.name, "there": there, "facts": told})
    return rows


def _pledge(clause: Clause) -> str:
    """Return a clause as a registration names it; one whose text nobody here has seen by its place alone: «Khoản 4 Điều 4»."""
    title = clause.title.split(" (")[0].rstrip(".")
    if title.endswith(_AS_WRITTEN):
        return f"{title.removesuffix(_AS_WRITTEN)} {' '.join(clause.legal_basis.split()[:2])}"
    return f"{title} ({clause.legal_basis})"


def _name(facts: UnitYear, process: ProcessCatalogue, step_id: str) -> str:
    step = process.step(facts.unit.key.kind, step_id)
    return step.name if step else step_id


def _number_and_day(taken: YearStep | None) -> str:
    if taken is None:
        return ""
    day = f"{taken.on:%d/%m/%Y}"
    return _("No. {number}, {day}", number=taken.number, day=day) if taken.number else day


def _document(name: str, taken: YearStep) -> str:
    """Return how a paper cites another one: what it is, its number, day and the body it comes from."""
    day = f"{taken.on:%d/%m/%Y}"
    cited = (
        _("{name} No. {number} of {day}", name=name, number=taken.number, day=day)
        if taken.number
        else _("{name} of {day}", name=name, day=day)
    )
    return _("{paper} by {body}", paper=cited, body=taken.by) if taken.by else cited


def _told(name: str, taken: YearStep) -> str:
    told = _document(name, taken)
    if taken.part is None or taken.whole is None:
        return told
    share = Ratio(taken.part, taken.whole)
    return f"{told}: {share.part}/{share.whole}" + (f" ({share.percent_text} %)" if share.whole else "")


def _agreed(taken: YearStep | None) -> bool | None:
    return {"agreed": True, "not_agreed": False}.get(taken.outcome) if taken else None


def _only(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: row[name] for name in names if name in row}
