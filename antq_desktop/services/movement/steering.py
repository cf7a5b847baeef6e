"""Records the steering committee and the coordination programmes of the commune."""

from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.steering import (
    CoordinationProgramme,
    SteeringCommittee,
    check_committee,
    check_programme,
)
from antq_desktop.services.movement.kept_records import KeptRecords, tidied
from antq_desktop.services.results import Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class CommitteeRow:
    """One steering committee; ``working`` tells whether it is there today."""

    id: str
    name: str
    decision_number: str
    decision_date: date | None
    head_post: str
    standing_body: str
    members: int
    valid_from: date
    valid_to: date | None
    working: bool
    note: str
    paper_sha256: str | None


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """One coordination programme; ``in_force`` tells whether it holds today."""

    id: str
    partner: str
    number: str
    signed_on: date
    subject: str
    ends_on: date | None
    in_force: bool
    note: str
    paper_sha256: str | None


class Committees(KeptRecords[SteeringCommittee]):
    """The steering committees of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session, SteeringCommittee)

    def rows(self, year: int | None = None) -> list[CommitteeRow]:
        """Return the committees that are there in a calendar year (default: the working year), the newest first."""
        today = self._session.today()
        with self._store.reading() as work:
            kept = [c for c in work.all(SteeringCommittee) if c.touches(year or self._session.year)]
        kept.sort(key=lambda committee: (committee.valid_from, committee.id), reverse=True)
        return [
            CommitteeRow(
                id=committee.id,
                name=committee.name,
                decision_number=committee.decision_number,
                decision_date=committee.decision_date,
                head_post=committee.head_post,
                standing_body=committee.standing_body,
                members=committee.members,
                valid_from=committee.valid_from,
                valid_to=committee.valid_to,
                working=committee.alive_on(today),
                note=committee.note,
                paper_sha256=committee.paper_sha256,
            )
            for committee in kept
        ]

    def save(self, committee: SteeringCommittee) -> Written[SteeringCommittee]:
        """Keep a committee; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
        kept = tidied(committee, self._session)
        with self._store.writing(self._session.user) as work:
            remarks = accepted(check_committee(kept, work.all(SteeringCommittee), self._session.today()))
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)


class Programmes(KeptRecords[CoordinationProgramme]):
    """The coordination programmes of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session, CoordinationProgramme)

    def rows(self, year: int | None = None) -> list[ProgrammeRow]:
        """Return the programmes in force in a calendar year (default: the working year), the newest first."""
        today = self._session.today()
        with self._store.reading() as work:
            kept = [p for p in work.all(CoordinationProgramme) if p.touches(year or self._session.year)]
        kept.sort(key=lambda programme: (programme.signed_on, programme.id), reverse=True)
        return [
            ProgrammeRow(
                id=programme.id,
                partner=programme.partner,
                number=programme.number,
                signed_on=programme.signed_on,
                subject=programme.subject,
                ends_on=programme.ends_on,
                in_force=programme.in_force(today),
                note=programme.note,
                paper_sha256=programme.paper_sha256,
            )
            for programme in kept
        ]

    def save(self, programme: CoordinationProgramme) -> Written[CoordinationProgramme]:
        """Keep a programme; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
        kept = tidied(programme, self._session)
        remarks = accepted(check_programme(kept, self._session.today()))
        with self._store.writing(self._session.user) as work:
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)
