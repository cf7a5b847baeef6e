"""Turns an assessment into rows for papers: each criterion with its answer, where that came from and what is not compared."""

from datetime import date
from typing import Any

from antq_desktop.domain.assessment import Answer, Reason, against
from antq_desktop.domain.criteria import Item
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.text import fold
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.unit_year import UnitYear


def assessment_record(facts: UnitYear, today: date) -> dict[str, Any]:
    """Return the fields of the form ``self-assessment``; nothing is ticked where nothing was answered."""
    parent, body = facts.heading
    kept = facts.assessment
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
        "occurrences": occurrence_rows(facts, later=False),
        "later_occurrences": occurrence_rows(facts, later=True),
        "reasons": [
            {"wording": f"{clause_of[reason.item].legal_basis}: {_(reason.message, **reason.facts)}"}
            for reason in failings(facts)
        ],
    }


def passed(facts: UnitYear) -> bool | None:
    """Return what the assessment came to, None while it is open."""
    result = facts.outcome.result if facts.outcome else None
    return None if result is None else result == "met"


def failings(facts: UnitYear) -> tuple[Reason, ...]:
    """Return why a unit does not meet the criteria; nothing while that is open, or once it meets them."""
    if passed(facts) is not False or facts.outcome is None:
        return ()
    return tuple(reason for reason in facts.outcome.reasons if reason.verdict == "not_met")


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


def occurrence_rows(facts: UnitYear, *, later: bool | None = None) -> list[dict[str, Any]]:
    """Return what was recorded against the unit within its period: days, counts and documents, no persons.

    ``later`` keeps to what was recorded after the assessment was finished, or (False) to what it could know.
    """
    wordings = {item.id: item.wording for item in facts.catalogue.items}
    return [
        {
            "date": seen.on,
            "wording": wordings.get(seen.item, seen.item),
            "count": seen.count,
            "document": seen.number,
        }
        for seen in facts.occurrences
        if later is None or later is (seen.id in facts.recorded_later)
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


def _item_text(item: Item, answer: Answer | None) -> str:
    """Return an answer to ``item``: one that asks about a text nobody here has seen is answered in the words of the question."""
    if answer and isinstance(answer.value, bool) and not item.compared and not item.never:
        return _("Meets the official text") if answer.value else _("Does not meet the official text")
    return answer_text(answer)


def _item_row(facts: UnitYear, number: str, item: Item, *, met: bool | None) -> dict[str, Any]:
    answer = facts.assessment.answers.get(item.id) if facts.assessment else None
    text = _item_text(item, answer)
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
        "source": _source_text(item, answer),
        "met": met,
    }


def _met(verdict: str | None) -> bool | None:
    return {"met": True, "not_met": False}.get(verdict or "")


def _source_text(item: Item, answer: Answer | None) -> str:
    if answer is None:
        return ""
    count = against(item, answer)
    if count:
        said = _("{count} occurrences recorded in the period", count=count)
        return _("{said}. Reason: {reason}", said=said, reason=answer.reason) if answer.reason else said
    if answer.source == "database":
        return _("Data of the commune")
    if answer.filled is not None:
        return _(
            "Officer; the data say {filled}. Reason: {reason}",
            filled=_item_text(item, Answer(answer.filled)),
            reason=answer.reason or "",
        )
    return _("Officer")
