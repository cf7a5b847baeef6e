"""The year as a board: where each unit stands, the steps that an officer records, and what happened that counts against it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.criteria import Catalogue, UnitKind
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.periods import Period
from antq_desktop.domain.text import clean
from antq_desktop.domain.unit_scope import demand_taken_in
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.yearly_checks import check_occurrence, check_step
from antq_desktop.domain.yearly_process import StepState, check_deadlines
from antq_desktop.domain.yearly_steps import Occurrence, StepOutcome, YearStep
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.services.settings import put
from antq_desktop.services.yearly.assessed_units import assessed_unit
from antq_desktop.services.yearly.assessments import UnitNotAssessed
from antq_desktop.services.yearly.year_standing import BoardRow, board
from antq_desktop.storage.unit_of_work import Reading, Store


@dataclass(frozen=True, slots=True)
class Dossier:
    """The papers of a unit's dossier with the names of those that are not there yet."""

    papers: tuple[StepState, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return bool(self.papers) and not self.missing


class YearBoard:
    """The steps and occurrences of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[BoardRow]:
        """Return where every unit stands in a year (default: the working year), those not assessed last, with the reason."""
        with self._store.reading() as work:
            return board(work, self._catalogues, year or self._session.year, self._session.today())

    def row(self, key: UnitKey, year: int) -> BoardRow:
        """Return where one unit stands. Raises NotFound."""
        found = next((row for row in self.rows(year) if row.key == key), None)
        if found is None:
            raise NotFound(what=key.id)
        return found

    def dossier(self, key: UnitKey, year: int) -> Dossier:
        """Return the papers that belong to the dossier of a unit. Raises NotFound."""
        papers = tuple(
            state
            for state in self.row(key, year).steps
            if state.step.part_of == "dossier" and state.state != "not_needed"
        )
        return Dossier(papers, tuple(paper.step.name for paper in papers if paper.state != "done"))

    def taken(self, key: UnitKey, year: int) -> dict[str, YearStep]:
        """Return the records of the steps that a unit took, by the id of the step."""
        with self._store.reading() as work:
            found = work.all(YearStep, unit_kind=key.kind, unit_id=key.id, year=year)
        return {record.step: record for record in found}

    def record(
        self,
        key: UnitKey,
        year: int,
        step: str,
        on: date,
        *,
        number: str = "",
        by: str = "",
        part: int | None = None,
        whole: int | None = None,
        outcome: StepOutcome = "",
        note: str = "",
    ) -> Written[YearStep]:
        """Record that a unit took a step of its year; once more corrects it.

        Raises UnitExcluded, UnitNotManaged, UnitNotAssessed, Invalid, NotFound.
        """
        process = self._catalogues.process
        with self._store.writing(self._session.user) as work:
            self._demand(work, key, year)
            # One record a unit, year and step, on whichever laptop it is made: the id follows from them.
            record_id = step_id(work.unit_code, key, year, step)
            known = work.find(YearStep, record_id)
            record = YearStep(
                id=record_id,
                unit_code=work.unit_code,
                unit_kind=key.kind,
                unit_id=key.id,
                year=year,
                step=step,
                on=on,
                number=clean(number),
                by=clean(by),
                part=part,
                whole=whole,
                outcome=outcome,
                note=clean(note),
                paper_sha256=known.paper_sha256 if known else None,
                version=known.version if known else {},
            )
            remarks = accepted(check_step(record, process, self._session.today()))
            saved = work.save(record)
            return Written(saved, work.commit(), remarks)

    def take_back(self, key: UnitKey, year: int, step: str, reason: str) -> Changes:
        """Remove the record of a step that was not taken. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(YearStep, step_id(work.unit_code, key, year, step)), why)
            return work.commit()

    def occurrences(self, key: UnitKey, year: int) -> list[Occurrence]:
        """Return what was recorded against a unit within its assessed period, oldest first."""
        period = self._period(key, year)
        with self._store.reading() as work:
            found = work.all(Occurrence, unit_kind=key.kind, unit_id=key.id)
        return sorted((o for o in found if period.holds(o.on)), key=lambda o: (o.on, o.id))

    def record_occurrence(
        self, key: UnitKey, item: str, on: date, count: int, number: str, *, year: int | None = None
    ) -> Written[Occurrence]:
        """Record something that counts against the criterion ``item``: a day, a count, the number of a document, never a name.

        Raises UnitExcluded, UnitNotManaged, UnitNotAssessed, Invalid, NotFound.
        """
        wanted = year or self._session.year
        criteria, period = self._catalogues.criteria_for(key.kind, wanted), self._period(key, wanted)
        with self._store.writing(self._session.user) as work:
            self._demand(work, key, wanted)
            record = Occurrence(
                id=self._session.new_id(),
                unit_code=work.unit_code,
                unit_kind=key.kind,
                unit_id=key.id,
                item=item,
                on=on,
                count=count,
                number=clean(number),
            )
            remarks = accepted(check_occurrence(record, criteria, period, self._session.today()))
            saved = work.save(record)
            return Written(saved, work.commit(), remarks)

    def change_occurrence(
        self,
        occurrence_id: str,
        *,
        item: str | None = None,
        on: date | None = None,
        count: int | None = None,
        number: str | None = None,
    ) -> Written[Occurrence]:
        """Correct what was recorded; what is not given stays. Raises NotFound, Invalid."""
        with self._store.writing(self._session.user) as work:
            kept = work.get(Occurrence, occurrence_id)
            changed = replace(
                kept,
                item=kept.item if item is None else item,
                on=kept.on if on is None else on,
                count=kept.count if count is None else count,
                number=kept.number if number is None else clean(number),
            )
            criteria, period = self._of(kept)
            remarks = accepted(check_occurrence(changed, criteria, period, self._session.today()))
            saved = work.save(changed)
            return Written(saved, work.commit(), remarks)

    def remove_occurrence(self, occurrence_id: str, reason: str) -> Changes:
        """Remove what was recorded by mistake. Raises ReasonMissing, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            work.delete(work.get(Occurrence, occurrence_id), why)
            return work.commit()

    def set_deadlines(self, deadlines: Mapping[str, str]) -> Changes:
        """Keep the deadlines that the office sets itself, ``<unit kind>.<step>`` to ``MM-DD``; the others are as shipped.

        Raises WrongDeadline.
        """
        check_deadlines(self._catalogues.process, deadlines)
        with self._store.writing(self._session.user) as work:
            put(work, "deadlines", dict(deadlines))
            return work.commit()

    def _demand(self, work: Reading, key: UnitKey, year: int) -> None:
        """See that the unit is assessed in ``year``. Raises UnitExcluded, UnitNotManaged, UnitNotAssessed, NotFound."""
        period = self._period(key, year)
        unit = assessed_unit(work, key, period.last)
        if not unit.alive_within(period):
            raise UnitNotAssessed(
                name=unit.name,
                first=f"{period.first:%d/%m/%Y}",
                last=f"{period.last:%d/%m/%Y}",
                year=year,
            )
        if unit.listed is not None:
            demand_taken_in(self._catalogues.scope, unit.listed)

    def _period(self, key: UnitKey, year: int) -> Period:
        return self._catalogues.scope.units[key.kind].period.of(year)

    def _of(self, kept: Occurrence) -> tuple[Catalogue, Period]:
        """Return the criteria and the period that the day of an occurrence belongs to."""
        key = UnitKey(cast("UnitKind", kept.unit_kind), kept.unit_id)
        year = next(
            (y for y in (kept.on.year, kept.on.year + 1) if self._period(key, y).holds(kept.on)), kept.on.year
        )
        return self._catalogues.criteria_for(key.kind, year), self._period(key, year)


def step_id(unit_code: str, key: UnitKey, year: int, step: str) -> str:
    """Return the id that a step of a unit's year has on every laptop."""
    return uuid5(NAMESPACE_OID, f"{unit_code} {key.kind} {key.id} {year} {step}").hex
