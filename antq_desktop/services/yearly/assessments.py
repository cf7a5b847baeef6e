"""Assesses every unit once a year (TT 124/2021/TT-BCA, Điều 3 to 7), with what the database knows filled in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.assessment import (
    Answer,
    Outcome,
    SelfAssessment,
    UnknownItem,
    check_answers,
    evaluate,
    filled,
    finished,
    is_counted_beside,
    moved,
    refilled,
    value_of,
    worked_out,
)
from antq_desktop.domain.criteria import Catalogue, UnitKind
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import clean
from antq_desktop.domain.unit_facts import Figures
from antq_desktop.domain.unit_scope import demand_taken_in
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.wording import N_
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.reporting.figures import figures
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.services.yearly import decisions
from antq_desktop.services.yearly.assessed_units import assessed_unit
from antq_desktop.services.yearly.coverage import coverage, unit_rows
from antq_desktop.storage.queries import behind as behind_queries
from antq_desktop.storage.queries import unit_measures
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.counting import BehindRow
from antq_desktop.storage.queries.scope import RESIDENTIAL_AREA, Scope, scope_of
from antq_desktop.storage.unit_of_work import Reading, Store

#: Said of a finished assessment whose figures are others by now, as a message id.
MOVED = N_(
    "The result no longer agrees with the data: withdraw the certificate or open the assessment again, then look at it anew."
)
#: What both results are called, as message ids.
RESULT_NAMES = {"met": N_("Met"), "not_met": N_("Not met")}


@dataclass(frozen=True, slots=True)
class Given:
    """What an officer answers to one item: the value as ``domain.assessment.value_of`` takes it, None for nothing.

    ``reason`` says why a figure of the database was changed by hand. ``evidence`` is a count, a day or the number of a
    document, never a person's name.
    """

    value: object
    reason: str | None = None
    evidence: str = ""


class UnitNotAssessed(BadInput):
    code = "unit-not-assessed"
    sentence = N_(
        "«{name}» did not exist between {first} and {last}, so it is not assessed for {year}. Choose another unit or year."
    )


class FiguresMoved(BadInput):
    code = "figures-moved"
    sentence = N_(
        "Figures of the database have changed since they were filled in. Fill them in anew, look at the result, then finish."
    )


class AssessmentRecognised(BadInput):
    code = "assessment-recognised"
    sentence = N_(
        "The decision {number} recognises this assessment, so it stays as it is. Nothing was changed."
    )


class Assessments:
    """The self-assessments of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def catalogue(
        self,
        assessment_id: str | None = None,
        *,
        unit_kind: UnitKind = RESIDENTIAL_AREA,
        year: int | None = None,
    ) -> Catalogue:
        """Return the criteria that an assessment was made with; without an id those that a new one of this kind would take.

        Raises NotFound, CriteriaNotHere.
        """
        if assessment_id is None:
            return self._catalogues.criteria_for(unit_kind, year or self._session.year)
        return self._catalogue_of(self.get(assessment_id))

    def rows(self, year: int | None = None) -> list[AssessmentRow]:
        """Return every unit that the assessed year takes in, whatever its kind, also those without an assessment."""
        with self._store.reading() as work:
            return unit_rows(work, self._catalogues, year or self._session.year)

    def get(self, assessment_id: str) -> SelfAssessment:
        with self._store.reading() as work:
            return work.get(SelfAssessment, assessment_id)

    def start(
        self, unit_id: str, year: int | None = None, unit_kind: UnitKind = RESIDENTIAL_AREA
    ) -> Written[SelfAssessment]:
        """Open the assessment of a unit, filled from the database; one that was opened before comes back as it is.

        Raises NotFound, UnitNotAssessed, and UnitExcluded or UnitNotManaged for a unit that is not this commune's to assess.
        """
        wanted = year or self._session.year
        scope = self._catalogues.scope
        period = scope.units[unit_kind].period.of(wanted)
        catalogue = self.catalogue(unit_kind=unit_kind, year=wanted)
        with self._store.writing(self._session.user) as work:
            unit = assessed_unit(work, UnitKey(unit_kind, unit_id), period.last)
            if not unit.alive_within(period):
                raise UnitNotAssessed(
                    name=unit.name,
                    first=f"{period.first:%d/%m/%Y}",
                    last=f"{period.last:%d/%m/%Y}",
                    year=wanted,
                )
            # One assessment a unit and year, on whichever laptop it is first opened: the id follows from both.
            key = assessment_id(work.unit_code, UnitKey(unit_kind, unit_id), wanted)
            known = work.find(SelfAssessment, key)
            if known is not None:
                return Written(known, work.commit())
            if unit.listed is not None:
                demand_taken_in(scope, unit.listed)
            self._catalogues.keep(work, catalogue)
            draft = SelfAssessment(
                id=key,
                unit_code=work.unit_code,
                unit_kind=unit_kind,
                unit_id=unit_id,
                year=wanted,
                catalogue_id=catalogue.id,
                catalogue_version=catalogue.version,
                catalogue_sha256=catalogue.sha256,
            )
            answers = filled(catalogue, self._figures(work, draft))
            saved = work.save(worked_out(draft, catalogue, answers), "started")
            return Written(saved, work.commit())

    def refresh(self, assessment_id: str) -> Written[SelfAssessment]:
        """Fill a draft with the figures of today; what was changed by hand stays, beside the new figure.

        Raises AlreadyFinal.
        """
        with self._store.writing(self._session.user) as work:
            kept = work.get(SelfAssessment, assessment_id)
            catalogue = self._catalogue_of(kept)
            answers = refilled(catalogue, kept.answers, self._figures(work, kept))
            saved = work.save(worked_out(kept, catalogue, answers), "refreshed")
            return Written(saved, work.commit())

    def answer(
        self, assessment_id: str, item_id: str, value: object, reason: str | None = None, evidence: str = ""
    ) -> Written[SelfAssessment]:
        """Answer one item; None takes the answer back, of a filled item to the figure of the database.

        Raises AnswerDoesNotFit, UnknownItem, AlreadyFinal, and Invalid where a filled figure is changed without a reason.
        """
        return self.answer_all(assessment_id, {item_id: Given(value, reason, evidence)})

    def answer_all(self, assessment_id: str, given: Mapping[str, Given]) -> Written[SelfAssessment]:
        """Answer several items, by id, as one action: all or none. Raises as ``answer``."""
        with self._store.writing(self._session.user) as work:
            kept = work.get(SelfAssessment, assessment_id)
            catalogue = self._catalogue_of(kept)
            answers = dict(kept.answers)
            happened = unit_measures.records(work, self._scope(kept)).occurrences
            for item_id, what in given.items():
                answer = _answer(catalogue, item_id, kept.answers.get(item_id), what, happened)
                if answer is None:
                    answers.pop(item_id, None)
                else:
                    answers[item_id] = answer
            changed = worked_out(kept, catalogue, answers)
            remarks = accepted(
                check_answers(catalogue, {item: answers[item] for item in given if item in answers})
            )
            saved = work.save(changed, "answered")
            return Written(saved, work.commit(), remarks)

    def outcome(self, assessment_id: str) -> Outcome:
        """Return what the answers come to under the criteria that the assessment was made with."""
        with self._store.reading() as work:
            kept = work.get(SelfAssessment, assessment_id)
            return evaluate(self._catalogue_of(kept), kept.answers, kept.year)

    def moved(self, assessment_id: str) -> tuple[str, ...]:
        """Return the ids of the items of a finished assessment that no longer agree with the data; none for a draft."""
        with self._store.reading() as work:
            kept = work.get(SelfAssessment, assessment_id)
            if kept.state != "final":
                return ()
            return moved(self._catalogue_of(kept), kept.answers, self._figures(work, kept))

    def finalise(self, assessment_id: str, on: date) -> Written[SelfAssessment]:
        """Finish an assessment on the day it was held; from then on it stays as it is.

        Raises NotFinished, AlreadyFinal, FiguresMoved, Invalid.
        """
        with self._store.writing(self._session.user) as work:
            kept = work.get(SelfAssessment, assessment_id)
            catalogue = self._catalogue_of(kept)
            remarks = accepted(_check_day(on, self._session.today(), self._scope(kept).days))
            accepted(_check_answered(on, catalogue, kept.answers))
            final = finished(kept, catalogue, on)
            if moved(catalogue, kept.answers, self._figures(work, kept)):
                raise FiguresMoved
            saved = work.save(final, "finished")
            return Written(saved, work.commit(), remarks)

    def reopen(self, assessment_id: str, reason: str) -> Written[SelfAssessment]:
        """Make a finished assessment a draft again; the reason stands in the journal.

        One that was recognised can be opened once the certificate is withdrawn. Raises ReasonMissing, AssessmentRecognised.
        """
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            kept = work.get(SelfAssessment, assessment_id)
            made = decisions.kept(work, kept.id)
            if made and decisions.withdrawn_on(work, made[-1]) is None:
                raise AssessmentRecognised(number=made[-1].decision_number)
            saved = work.save(replace(kept, state="draft", assessed_on=None), "reopened", why)
            return Written(saved, work.commit())

    def behind(self, assessment_id: str, item_id: str) -> list[BehindRow]:
        """Return the rows behind a figure that the database filled in; none for an item that an officer answers.

        Those that do not count, such as the households that have not signed, say so. Raises UnknownItem.
        """
        with self._store.reading() as work:
            kept = work.get(SelfAssessment, assessment_id)
            catalogue = self._catalogue_of(kept)
            item = catalogue.item(item_id)
            if item is None:
                raise UnknownItem(catalogue=catalogue.id, item=item_id)
            if item.filled_by is None:
                return []
            return behind_queries.behind(
                work, self._scope(kept), self._catalogues.indicators, item.filled_by, item.id
            )

    def _scope(self, kept: SelfAssessment) -> Scope:
        key = UnitKey(cast("UnitKind", kept.unit_kind), kept.unit_id)
        return scope_of(coverage(self._catalogues, kept.year), key)

    def _figures(self, work: Reading, kept: SelfAssessment) -> Figures:
        return figures(work, self._scope(kept), self._catalogues)

    def _catalogue_of(self, kept: SelfAssessment) -> Catalogue:
        return self._catalogues.of(kept.catalogue_id, kept.catalogue_version, kept.catalogue_sha256)


def assessment_id(unit_code: str, key: UnitKey, year: int) -> str:
    """Return the id that the self-assessment of a unit and year has on every laptop."""
    return uuid5(NAMESPACE_OID, f"{unit_code} {key.kind} {key.id} {year}").hex


def _answer(
    catalogue: Catalogue, item_id: str, known: Answer | None, given: Given, happened: Mapping[str, int]
) -> Answer | None:
    item = catalogue.item(item_id)
    if item is None:
        raise UnknownItem(catalogue=catalogue.id, item=item_id)
    figure = known.filled if known is not None else None
    if is_counted_beside(item):
        figure = happened.get(item_id)
    offered = figure if item.filled_by is not None else None
    evidence = clean(given.evidence)
    value = offered if given.value is None else value_of(item, _cleaned(given.value))
    if value is None:
        return Answer(None, "database", figure, None, evidence) if figure is not None else None
    if offered is not None and value == offered:
        return Answer(value, "database", figure, None, evidence)
    return Answer(value, "officer", figure, clean(given.reason or "") or None, evidence)


def _cleaned(value: object) -> object:
    return clean(value) if isinstance(value, str) else value


def _check_day(on: date, today: date, period: Period) -> tuple[Finding, ...]:
    if on > today:
        return (Finding("assessed_on", "day-in-future", N_("This day lies in the future.")),)
    if on < period.first:
        message = N_("The assessed period begins only on {day}.")
        return (Finding("assessed_on", "before-period", message, {"day": f"{period.first:%d/%m/%Y}"}),)
    if on < period.last:
        message = N_("The assessed period ends only on {day}.")
        facts = {"day": f"{period.last:%d/%m/%Y}"}
        return (Finding("assessed_on", "period-not-over", message, facts, "warning"),)
    return ()


def _check_answered(on: date, catalogue: Catalogue, answers: Mapping[str, Answer]) -> tuple[Finding, ...]:
    """Return the first answer that is dated after the day on which the unit is said to have been assessed."""
    for item in catalogue.items:
        answer = answers.get(item.id)
        if answer is not None and isinstance(answer.value, date) and answer.value > on:
            message = N_("An answer is dated later, {day}: {item}.")
            facts = {"day": f"{answer.value:%d/%m/%Y}", "item": item.wording}
            return (Finding("assessed_on", "before-answer", message, facts),)
    return ()
