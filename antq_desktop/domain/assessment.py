"""The yearly self-assessment of a unit: answers in, met or not met out, with the reason of each item."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from antq_desktop.domain.ratios import Ratio

#: yes/no, a count, a share, a date, or the number of a document; None where nothing was answered.
Value = bool | int | Ratio | date | str | None
Result = Literal["met", "not_met"]
Verdict = Literal["met", "not_met", "unanswered"]
Source = Literal["database", "officer"]
AssessmentState = Literal["draft", "final"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item. ``filled`` is the figure of the database; ``reason`` says why it was changed."""

    value: Value
    source: Source = "officer"
    filled: Value = None
    reason: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one item stands as it does. ``message`` is a message id; ``facts`` fill its named places."""

    item: str
    verdict: Verdict
    message: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfAssessment:
    """One unit in one year, bound for good to the catalogue (id, version, SHA-256 of its file) it was made with."""

    id: str
    unit_code: str
    unit_kind: str
    unit_id: str
    year: int
    catalogue_id: str
    catalogue_version: str
    catalogue_sha256: str
    answers: dict[str, Answer] = field(default_factory=dict)
    result: Result | None = None
    reasons: tuple[Reason, ...] = ()
    state: AssessmentState = "draft"
    assessed_on: date | None = None
    version: dict[str, int] = field(default_factory=dict)


class MalformedAnswer(ValueError):
    """Stored answers or reasons are not in their plain shape; the argument says where."""


def plain_answers(answers: Mapping[str, Answer]) -> dict[str, dict[str, Any]]:
    """Return answers as JSON can hold them: a share as ``{"part", "whole"}``, a date as ``{"date": "YYYY-MM-DD"}``."""
    return {
        item: {
            "value": _plain(answer.value),
            "source": answer.source,
            "filled": _plain(answer.filled),
            "reason": answer.reason,
            "evidence": answer.evidence,
        }
        for item, answer in answers.items()
    }


def answers_from_plain(plain: Mapping[str, Mapping[str, Any]]) -> dict[str, Answer]:
    """Return the answers that ``plain_answers`` laid down. Raises MalformedAnswer."""
    return {
        item: Answer(
            value=_value(item, answer.get("value")),
            source="database" if answer.get("source") == "database" else "officer",
            filled=_value(item, answer.get("filled")),
            reason=answer.get("reason"),
            evidence=answer.get("evidence", ""),
        )
        for item, answer in plain.items()
    }


def plain_reasons(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    """Return reasons as JSON can hold them."""
    return [
        {"item": r.item, "verdict": r.verdict, "message": r.message, "facts": dict(r.facts)} for r in reasons
    ]


def reasons_from_plain(plain: list[dict[str, Any]]) -> tuple[Reason, ...]:
    """Return the reasons that ``plain_reasons`` laid down. Raises MalformedAnswer."""
    try:
        return tuple(Reason(**reason) for reason in plain)
    except TypeError as error:
        raise MalformedAnswer(str(error)) from error


def _plain(value: Value) -> Any:  # noqa: ANN401 - any JSON value
    match value:
        case Ratio(part=part, whole=whole):
            return {"part": part, "whole": whole}
        case date():
            return {"date": value.isoformat()}
        case _:
            return value


def _value(item: str, plain: object) -> Value:
    match plain:
        case None | bool() | int() | str():
            return plain
        case {"part": int(part), "whole": int(whole)} if 0 <= part <= whole:
            return Ratio(part, whole)
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case _:
            raise MalformedAnswer(item)
