"""The register of certificates of a year: each number once, with its decision, its withdrawal and how often it was printed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.recognition import number_text
from antq_desktop.storage.register_tables import certificates, recognitions
from antq_desktop.storage.tables import journal
from antq_desktop.storage.unit_of_work import Reading

#: The action under which the journal keeps that a paper was printed.
_PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One certificate; ``unit_name`` is the one that the decision names, ``printed`` how often it came out of here."""

    certificate_id: str
    recognition_id: str
    number: int
    unit_kind: str
    unit_id: str
    unit_name: str
    decision_number: str
    decision_date: date
    issued_on: date
    withdrawn_on: date | None
    withdrawn_reason: str | None
    printed: int

    @property
    def number_text(self) -> str:
        """The number as it is printed."""
        return number_text(self.number)


def rows(work: Reading, year: int, unit_kind: str | None = None) -> list[RegisterRow]:
    """Return the certificates of ``year`` by number; with ``unit_kind`` only those of such units."""
    paper, decided, line = certificates.c, recognitions.c, journal.c
    printed = (
        sa.select(sa.func.count())
        .where(line.entity == certificates.name, line.entity_id == paper.id, line.action == _PRINTED)
        .correlate(certificates)
        .scalar_subquery()
    )
    query: sa.Select[Any] = (
        sa.select(
            paper.id,
            paper.recognition_id,
            paper.number,
            decided.unit_kind,
            decided.unit_id,
            decided.unit_name,
            decided.decision_number,
            decided.decision_date,
            paper.issued_on,
            paper.withdrawn_on,
            paper.withdrawn_reason,
            printed,
        )
        .join_from(
            certificates,
            recognitions,
            sa.and_(decided.unit_code == paper.unit_code, decided.id == paper.recognition_id),
        )
        .where(paper.unit_code == work.unit_code, paper.year == year)
        .order_by(paper.kind, paper.number)
    )
    if unit_kind is not None:
        query = query.where(decided.unit_kind == unit_kind)
    return [RegisterRow(*row) for row in work.connection.execute(query)]


def highest(work: Reading, kind: str, year: int) -> int:
    """Return the highest number of a series that is known here, 0 when there is none."""
    columns = certificates.c
    query = sa.select(sa.func.max(columns.number)).where(
        columns.unit_code == work.unit_code, columns.year == year, columns.kind == kind
    )
    return work.connection.execute(query).scalar_one() or 0
