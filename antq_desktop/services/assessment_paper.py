"""Turns an assessment into rows for papers: each criterion with its answer, where that came from and what is not compared."""

from datetime import date
from typing import Any

from antq_desktop.domain.assessment import Answer
from antq_desktop.domain.criteria import Item
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.text import fold
from antq_desktop.runtime.language import _
from antq_desktop.services.unit_year import UnitYear


def assessment_record(facts: UnitYear, today: date) -> dict[str, Any]:
    """Return the fields of the form ``self-assessment``; nothing is ticked where nothing was answered."""
    parent, body = facts.heading
    outcome, kept = facts.outcome, facts.assessment
    reasons = outcome.reasons if outcome else ()
    clause_of = {item.id: clause for clause in facts.catalogue.clauses for item in clause.items}
    return {
        "parent": parent,
        "unit_head_kind": body.kind,
        "unit_head": body.name,
        "unit": facts.full_name,
        "unit_place": facts.address,
        "year": facts.year,
        "period_from": facts.period.first,
        "period_to": facts.period.last,
        "article": facts.article,
        "catalogue": _(
            "{title}, version {version}", title=facts.catalogue.title, version=facts.catalogue.version
        ),
        "place": facts.letterhead.place,
        "date": (kept.assessed_on if kept else None) or today,
        "passed": passed(facts),
        "unseen": sum(not item.compared and item.id not in facts.officials for item in facts.catalogue.items),
        "left_role": facts.party_head,
        "right_authority": facts.authority,
        "right_role": facts.head,
        "clauses": clause_rows(facts, items=True),
        "occurrences": occurrence_rows(facts),
        "reasons": [
            {"wording": f"{clause_of[reason.item].legal_basis}: {_(reason.message, **reason.facts)}"}
            for reason in reasons
            if reason.verdict != "met"
        ],
    }


def passed(facts: UnitYear) -> bool | None:
    """Return what the assessment came to, None while it is open."""
    result = facts.outcome.result if facts.outcome else None
    return None if result is None else result == "met"


def clause_rows(facts: UnitYear, *, items: bool) -> list[dict[str, Any]]:
    """Return one row a clause and, with ``items``, one for each of its criteria."""
    outcome = facts.outcome
    clauses = {clause.clause: clause.verdict for clause in outcome.clauses} if outcome else {}
    verdicts = {reason.item: reason.verdict for reason in outcome.reasons} if outcome else {}
    rows: list[dict[str, Any]] = []
    for number, clause in enumerate(facts.catalogue.clauses, 1):
        rows.append(
            {
                "number": str(number),
                "wording": clause.title,
                "is_clause": True,
                "met": _met(clauses.get(clause.id)),
            }
        )
        if items:
            rows += [
                _item_row(facts, f"{number}.{place}", item, met=_met(verdicts.get(item.id)))
                for place, item in enumerate(clause.items, 1)
            ]
    return rows


def occurrence_rows(facts: UnitYear) -> list[dict[str, Any]]:
    """Return what was recorded against the unit within its period: days, counts and documents, no persons."""
    wordings = {item.id: item.wording for item in facts.catalogue.items}
    return [
        {
            "date": seen.on,
            "wording": wordings.get(seen.item, seen.item),
            "count": seen.count,
            "document": seen.number,
        }
        for seen in facts.occurrences
    ]


def answer_text(answer: Answer | None) -> str:
    """Return an answer as a paper or a page shows it; empty when nothing was answered."""
    value = answer.value if answer else None
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case Ratio():
            return f"{value.part}/{value.whole}" + (f" ({value.percent_text} %)" if value.whole else "")
        case date():
            return f"{value:%d/%m/%Y}"
        case None:
            return ""
        case _:
            return str(value)


def _item_row(facts: UnitYear, number: str, item: Item, *, met: bool | None) -> dict[str, Any]:
    answer = facts.assessment.answers.get(item.id) if facts.assessment else None
    text = answer_text(answer)
    if answer and answer.evidence and fold(answer.evidence) not in fold(text):
        text = f"{text}; {answer.evidence}" if text else answer.evidence
    official = facts.officials.get(item.id)
    compared = item.compared or official is not None
    return {
        "number": number,
        "wording": item.wording,
        "official": _("Official text: {text}", text=official.text) if official else "",
        "mark": "" if compared else _("Not compared with the official text"),
        "answer": text,
        "source": _source_text(answer),
        "met": met,
    }


def _met(verdict: str | None) -> bool | None:
    return {"met": True, "not_met": False}.get(verdict or "")


def _source_text(answer: Answer | None) -> str:
    if answer is None:
        return ""
    if answer.source == "database":
        return _("Data of the commune")
    if answer.filled is not None:
        return _(
            "Officer; the data say {filled}. Reason: {reason}",
            filled=answer_text(Answer(answer.filled)),
            reason=answer.reason or "",
        )
    return _("Officer")
