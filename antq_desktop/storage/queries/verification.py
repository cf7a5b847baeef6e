"""What a check of a printed certificate asks of the register, at the commune and at the receiving unit alike."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.storage.records import kind_of, to_record
from antq_desktop.storage.register_tables import certificates, recognitions
from antq_desktop.storage.tables import received_events
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class RegisteredCertificate:
    """A certificate of the register; ``valid_now`` is the number that stands for the same unit and year today, or None."""

    certificate: Certificate
    recognition: Recognition
    valid_now: int | None


def registered(
    work: Reading, unit_code: str, kind: str, year: int, number: int
) -> RegisteredCertificate | None:
    """Return certificate ``number`` of a commune's series, or None when it is not in the register here."""
    columns = certificates.c
    where = (columns.unit_code == unit_code, columns.kind == kind, columns.year == year)
    row = (
        work.connection.execute(sa.select(certificates).where(*where, columns.number == number))
        .mappings()
        .first()
    )
    if row is None:
        return None
    certificate = to_record(kind_of(Certificate), dict(row))
    recognition = work.get(Recognition, certificate.recognition_id, unit_code)
    decided = recognitions.c
    valid_now = (
        sa.select(columns.number)
        .join_from(
            certificates,
            recognitions,
            sa.and_(decided.unit_code == columns.unit_code, decided.id == columns.recognition_id),
        )
        .where(
            *where,
            columns.withdrawn_on.is_(None),
            decided.unit_kind == recognition.unit_kind,
            decided.unit_id == recognition.unit_id,
        )
        .order_by(columns.number.desc())
        .limit(1)
    )
    return RegisteredCertificate(
        certificate, recognition, work.connection.execute(valid_now).scalar_one_or_none()
    )


def told_before(work: Reading, unit_code: str, device_id: str, certificate_id: str, seq: int) -> bool:
    """Whether a laptop of a commune told of the certificate before its event ``seq``."""
    columns = received_events.c
    where = (
        columns.unit_code == unit_code,
        columns.device_id == device_id,
        columns.entity == "certificates",
        columns.entity_id == certificate_id,
        columns.seq < seq,
    )
    return work.connection.execute(sa.select(columns.seq).where(*where).limit(1)).first() is not None
