"""The yearly self-assessment of a unit: answers in, met or not met out, with the reason of each item."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from antq_desktop.domain.criteria import ROOT, Catalogue, Item
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rule_trees import Verdict, in_order, needed
from antq_desktop.domain.rules import Value
from antq_desktop.domain.unit_facts import UNIT_FACTS, Figures, value_for
from antq_desktop.domain.wording import N_

Result = Literal["met", "not_met"]
#: An item is ``not_needed`` when it is not met or unanswered, but other items hold in its place.
ItemVerdict = Literal["met", "not_met", "unanswered", "not_needed"]
Source = Literal["database", "officer"]
AssessmentState = Literal["draft", "final"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one item. ``filled`` is the figure of the database; ``reason`` says why it was changed.

    Where occurrences are recorded against an item that an officer answers, ``filled`` is their count (see ``against``): it
    answers nothing by itself, but whoever says that the item holds says why.
    """

    value: Value
    source: Source = "officer"
    filled: Value = None
    reason: str | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one item stands as it does. ``message`` is a message id; ``facts`` fill its named places."""

    item: str
    verdict: ItemVerdict
    message: str
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClauseOutcome:
    """How one clause stands, by its own rule, and each of its items."""

    clause: str
    verdict: Verdict
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers come to; ``result`` is None while an item that is needed is unanswered."""

    result: Result | None
    clauses: tuple[ClauseOutcome, ...]

    @property
    def reasons(self) -> tuple[Reason, ...]:
        return tuple(reason for clause in self.clauses for reason in clause.reasons)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The ids of the items that still need an answer."""
        return tuple(reason.item for reason in self.reasons if reason.verdict == "unanswered")


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


class AnswerDoesNotFit(BadInput):
    code = "answer-does-not-fit"
    sentence = N_("The answer to «{item}» does not fit. {expected} Correct it and try again.")


class UnknownItem(BadInput):
    code = "unknown-item"
    sentence = N_("The catalogue {catalogue} has no item «{item}». Check the name of the item.")


class OtherCatalogue(BadInput):
    code = "other-catalogue"
    sentence = N_(
        "This assessment was made with the catalogue {kept}, not with {given}. It can only be worked out again with its own."
    )


class NotFinished(BadInput):
    code = "assessment-not-finished"
    sentence = N_(
        "The assessment still has {count} unanswered items or wrong answers, first «{item}». Answer them first."
    )


class AlreadyFinal(BadInput):
    code = "assessment-final"
    sentence = N_("The assessment of {year} is finished and stays as it is. Nothing was changed.")


_EXPECTED = {
    "yes_no": N_("It must be yes or no."),
    "count": N_("It must be a whole number, not below 0."),
    "share": N_("It must be a part of a whole, such as 38/40."),
    "date": N_("It must be a date."),
    "document": N_("It must be the number of a document."),
}


def evaluate(catalogue: Catalogue, answers: Mapping[str, Answer], year: int) -> Outcome:
    """Return what ``answers`` come to for the assessed ``year``. Raises AnswerDoesNotFit, UnknownItem.

    Nothing is decided while an item that the result may still need is unanswered, even where one failure is certain
    already: the unit learns all that is wrong at once.
    """
    for item_id in answers:
        if catalogue.item(item_id) is None:
            raise UnknownItem(catalogue=catalogue.id, item=item_id)
    judged = {item.id: _judge(item, answers.get(item.id), year) for item in catalogue.items}
    verdicts = {item_id: verdict for item_id, (verdict, _message, _facts) in judged.items()}
    trees = catalogue.trees
    for part in in_order(trees, ROOT):
        verdicts[part] = trees[part].verdict(verdicts)
    wanted = needed(trees, ROOT, verdicts)
    reasons = {
        item_id: _reason(item_id, verdict, message, facts, spared=verdict != "met" and item_id not in wanted)
        for item_id, (verdict, message, facts) in judged.items()
    }
    clauses = tuple(
        ClauseOutcome(clause.id, verdicts[clause.id], tuple(reasons[item.id] for item in clause.items))
        for clause in catalogue.clauses
    )
    is_open = any(reason.verdict == "unanswered" for reason in reasons.values())
    whole = verdicts[ROOT]
    return Outcome(None if is_open or whole == "unanswered" else whole, clauses)


def value_of(item: Item, raw: object) -> Value:
    """Return the answer to ``item`` that stands in a file of answers: true, 3, "38/40", a date or a document number.

    Raises AnswerDoesNotFit.
    """
    value: object = raw
    if item.answer == "share" and isinstance(raw, str):
        part, _, whole = raw.partition("/")
        if part.strip().isdecimal() and whole.strip().isdecimal() and int(part) <= int(whole):
            value = Ratio(int(part), int(whole))
    if isinstance(value, bool | int | Ratio | date | str) and item.rule.judge(value, 1) is not None:
        return value
    raise AnswerDoesNotFit(item=item.id, expected=_EXPECTED[item.answer])


def filled(catalogue: Catalogue, figures: Figures) -> dict[str, Answer]:
    """Return the answers that the database gives by itself, each carrying its figure; none where it has nothing to say.

    An item that an officer answers stands there without a value when occurrences are recorded against it.
    """
    answers = {}
    for item in catalogue.items:
        value = _figure(item, figures)
        if value is not None:
            answers[item.id] = Answer(value if item.filled_by else None, "database", value)
    return answers


def is_counted_beside(item: Item) -> bool:
    """Tell whether occurrences are recorded against an item that an officer answers."""
    return item.counted and item.filled_by is None


def against(item: Item, answer: Answer | None) -> int:
    """Return how many occurrences are recorded against an item that an officer answers; 0 where they answer it themselves."""
    known = answer.filled if answer is not None and is_counted_beside(item) else None
    return known if isinstance(known, int) else 0


def needs_reason(item: Item, answer: Answer) -> bool:
    """Tell whether an answer has to be explained: it is not the figure, or says that an item holds in spite of occurrences."""
    if answer.filled is None or _is_blank(answer.value):
        return False
    if not is_counted_beside(item):
        return answer.value != answer.filled
    judgement = item.rule.judge(answer.value, 1)
    return against(item, answer) > 0 and judgement is not None and judgement.holds


def refilled(catalogue: Catalogue, answers: Mapping[str, Answer], figures: Figures) -> dict[str, Answer]:
    """Return ``answers`` over the figures of today; what an officer changed stays, beside the new figure.

    A figure that the database no longer has goes with its answer, unless evidence was typed beside it.
    """
    fresh = filled(catalogue, figures)
    for item_id, answer in answers.items():
        now = fresh.get(item_id, Answer(None, "database"))
        if answer.source == "officer":
            fresh[item_id] = replace(answer, filled=now.filled)
        elif item_id in fresh or answer.evidence:
            fresh[item_id] = replace(now, evidence=answer.evidence)
    return fresh


def moved(
    catalogue: Catalogue, answers: Mapping[str, Answer], figures: Figures, *, recorded: bool = False
) -> tuple[str, ...]:
    """Return the ids of the items that no longer agree with the figures of today.

    With ``recorded`` only those that the records of the unit itself tell: ``figures`` need no amounts then.
    """
    now = refilled(catalogue, answers, figures)
    return tuple(
        item.id
        for item in catalogue.items
        if now.get(item.id) != answers.get(item.id)
        and (not recorded or item.counted or item.filled_by in UNIT_FACTS)
    )


def why_asked(item: Item, answer: Answer) -> tuple[str, dict[str, int]]:
    """Return the message id, and its facts, that asks for the reason of an answer."""
    count = against(item, answer)
    if count:
        return N_("{count} occurrences are recorded against it: say why it holds all the same."), {
            "count": count
        }
    return N_("The figure was changed by hand: say why."), {}


def check_answers(catalogue: Catalogue, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    """Return what is wrong with the answers; ``field`` of a finding is the id of the item."""
    findings = []
    for item in catalogue.items:
        answer = answers.get(item.id)
        if answer is None:
            continue
        if not _is_blank(answer.value) and item.rule.judge(answer.value, 1) is None:
            findings.append(Finding(item.id, "answer-does-not-fit", _EXPECTED[item.answer]))
        elif needs_reason(item, answer) and not (answer.reason or "").strip():
            findings.append(Finding(item.id, "reason-missing", *why_asked(item, answer)))
    return tuple(findings)


def worked_out(
    assessment: SelfAssessment, catalogue: Catalogue, answers: Mapping[str, Answer]
) -> SelfAssessment:
    """Return the draft with ``answers`` and what they come to.

    Raises AlreadyFinal, OtherCatalogue, AnswerDoesNotFit, UnknownItem.
    """
    if assessment.state == "final":
        raise AlreadyFinal(year=assessment.year)
    if assessment.catalogue_sha256 != catalogue.sha256:
        raise OtherCatalogue(
            kept=f"{assessment.catalogue_id} {assessment.catalogue_version}",
            given=f"{catalogue.id} {catalogue.version}",
        )
    outcome = evaluate(catalogue, answers, assessment.year)
    return replace(assessment, answers=dict(answers), result=outcome.result, reasons=outcome.reasons)


def finished(assessment: SelfAssessment, catalogue: Catalogue, assessed_on: date) -> SelfAssessment:
    """Return the assessment as final on that day. Raises NotFinished while something is open, and as worked_out."""
    final = worked_out(assessment, catalogue, assessment.answers)
    open_items = [
        *(reason.item for reason in final.reasons if reason.verdict == "unanswered"),
        *(finding.field for finding in check_answers(catalogue, final.answers)),
    ]
    if open_items:
        raise NotFinished(count=len(open_items), item=open_items[0])
    return replace(final, state="final", assessed_on=assessed_on)


_Facts = Mapping[str, int | str]


def _judge(item: Item, answer: Answer | None, year: int) -> tuple[Verdict, str, _Facts]:
    if answer is None or _is_blank(answer.value):
        return "unanswered", N_("Not answered yet."), {}
    judgement = item.rule.judge(answer.value, year)
    if judgement is None:
        raise AnswerDoesNotFit(item=item.id, expected=_EXPECTED[item.answer])
    return "met" if judgement.holds else "not_met", judgement.message, judgement.facts


def _reason(item_id: str, verdict: Verdict, message: str, facts: _Facts, *, spared: bool) -> Reason:
    if not spared:
        return Reason(item_id, verdict, message, facts)
    if verdict == "unanswered":
        return Reason(item_id, "not_needed", N_("Not needed: another item holds in its place."))
    return Reason(item_id, "not_needed", message, facts)


def _figure(item: Item, figures: Figures) -> Value:
    """Return what the database has for an item: its answer, or the count of what was recorded beside it."""
    if item.filled_by is not None:
        return value_for(item.id, item.filled_by, figures)
    return figures.occurrences.get(item.id) if item.counted else None


def _is_blank(value: Value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
