"""The units of a year with their self-assessment, decision and certificate as one flat line each."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.periods import Period
from antq_desktop.storage.tables import certificates, recognitions, residential_areas, self_assessments
from antq_desktop.storage.unit_of_work import Reading

RESIDENTIAL_AREA: UnitKind = "residential_area"


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One unit in one year; what does not exist yet is None. The certificate is the newest one of the decision.

    ``ended_on`` is the last day of an area that was gone before the period ended.
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


def assessed(year: int) -> sa.Join:
    """Return every residential area beside its assessment, newest recognition and newest certificate of ``year``, or nothing."""
    area, kept, decided, paper = residential_areas.c, self_assessments.c, recognitions.c, certificates.c
    other, rival = certificates.alias(), recognitions.alias()

    def highest_number(of: "sa.FromClause") -> "sa.ScalarSelect[int]":
        numbers = sa.select(sa.func.max(other.c.number))
        return numbers.where(
            other.c.unit_code == of.c.unit_code, other.c.recognition_id == of.c.id
        ).scalar_subquery()

    # A second decision comes only once the certificates of the first are withdrawn: the newest has none yet or the highest.
    newest_decision = (
        sa.select(rival.c.id)
        .where(rival.c.unit_code == kept.unit_code, rival.c.assessment_id == kept.id)
        .order_by(highest_number(rival).desc().nulls_first(), rival.c.decision_date.desc(), rival.c.id)
        .limit(1)
        .correlate(self_assessments)
        .scalar_subquery()
    )
    return (
        residential_areas.outerjoin(
            self_assessments,
            sa.and_(
                kept.unit_code == area.unit_code,
                kept.unit_id == area.id,
                kept.unit_kind == RESIDENTIAL_AREA,
                kept.year == year,
            ),
        )
        .outerjoin(
            recognitions,
            sa.and_(decided.unit_code == kept.unit_code, decided.id == newest_decision),
        )
        .outerjoin(
            certificates,
            sa.and_(
                paper.unit_code == decided.unit_code,
                paper.recognition_id == decided.id,
                paper.number == highest_number(recognitions),
            ),
        )
    )


def recognition_stands() -> sa.ColumnElement[bool]:
    """Return when a line of ``assessed`` counts as recognised: decided, and the newest certificate not withdrawn."""
    return sa.and_(recognitions.c.id.is_not(None), certificates.c.withdrawn_on.is_(None))


def rows(work: Reading, year: int, period: Period) -> list[AssessmentRow]:
    """Return the residential areas that existed within ``period``, in Vietnamese order."""
    area, kept, decided, paper = residential_areas.c, self_assessments.c, recognitions.c, certificates.c
    query = (
        sa.select(
            area.id,
            area.name,
            sa.case((area.valid_to < period.last, area.valid_to)),
            sa.literal(year),
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
        .select_from(assessed(year))
        .where(
            area.unit_code == work.unit_code,
            area.valid_from <= period.last,
            sa.or_(area.valid_to.is_(None), area.valid_to >= period.first),
        )
        .order_by(area.name_key, area.id)
    )
    return [AssessmentRow(RESIDENTIAL_AREA, *row) for row in work.connection.execute(query)]
