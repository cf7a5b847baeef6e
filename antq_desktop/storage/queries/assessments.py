"""The units of a year with their self-assessment, decision and certificate as one flat line each."""

from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from antq_desktop.storage.queries.scope import Coverage
from antq_desktop.storage.queries.units import alive_at_end, assessed, begun_by, covered
from antq_desktop.storage.register_tables import certificates, recognitions, self_assessments
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One unit in one year; what does not exist yet is None. The certificate is the newest one of the decision.

    ``ended_on`` is the last day of a unit that was gone before the period of its kind ended, or before the day of a report.
    """

    unit_kind: str
    unit_id: str
    unit_name: str
    ended_on: date | None
    year: int
    id: str | None
    state: str | None
    result: str | None
    assessed_on: date | None
    recognition_id: str | None
    decision_number: str | None
    decision_date: date | None
    certificate_id: str | None
    certificate_number: int | None
    issued_on: date | None
    withdrawn_on: date | None
    withdrawn_reason: str | None

    @property
    def recognised(self) -> bool:
        """As ``recognition_stands``."""
        return self.recognition_id is not None and self.withdrawn_on is None

    def until(self, day: date) -> "AssessmentRow":
        """Return the line as it stood at the end of ``day``, as far as the newest decision and certificate tell."""
        row = self
        if row.assessed_on is not None and row.assessed_on > day:
            row = replace(row, state="draft", assessed_on=None)
        if row.decision_date is not None and row.decision_date > day:
            row = replace(row, recognition_id=None, decision_number=None, decision_date=None)
        if row.withdrawn_on is not None and row.withdrawn_on > day:
            row = replace(row, withdrawn_on=None)
        return row


def rows(work: Reading, coverage: Coverage, until: date | None = None) -> list[AssessmentRow]:
    """Return the units that ``coverage`` takes in, each kind in Vietnamese order; with ``until`` those that existed by then.

    Residential areas come first, then agencies, enterprises and schools, the commune last.
    """
    units = covered(work, coverage)
    unit, kept, decided, paper = units.c, self_assessments.c, recognitions.c, certificates.c
    query = (
        sa.select(
            unit.kind,
            unit.id,
            unit.name,
            sa.case((sa.not_(alive_at_end(units, until)), unit.valid_to)),
            sa.literal(coverage.year),
            kept.id,
            kept.state,
            kept.result,
            kept.assessed_on,
            decided.id,
            decided.decision_number,
            decided.decision_date,
            paper.id,
            paper.number,
            paper.issued_on,
            paper.withdrawn_on,
            paper.withdrawn_reason,
        )
        .select_from(assessed(units, coverage.year))
        .where(sa.true() if until is None else begun_by(units, until))
        .order_by(unit.place, unit.name_key, unit.id)
    )
    return [AssessmentRow(*row) for row in work.connection.execute(query)]
