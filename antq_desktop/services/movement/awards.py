"""Puts awards forward, keeps what was decided on them, and writes the list of certificates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from antq_desktop.documents.spreadsheet_out import Column, Sheet, Table, write_workbook
from antq_desktop.domain.awards import (
    RECIPIENT_NAMES,
    STATE_NAMES,
    Award,
    AwardCatalogue,
    AwardState,
    RecipientKind,
    check_award,
)
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.text import clean, name_key, sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.kept_records import KeptRecords, tidied
from antq_desktop.services.papers.paper_heading import heading
from antq_desktop.services.results import Written, accepted, reason_given
from antq_desktop.services.session import Session
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Store, Writing


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One award with the names of its words."""

    id: str
    year: int
    kind: str
    kind_name: str
    authority: str
    authority_name: str
    recipient_kind: RecipientKind
    recipient_kind_name: str
    recipient: str
    recipient_place: str
    merit: str
    state: AwardState
    state_name: str
    proposal_number: str
    proposed_on: date | None
    decision_number: str
    decision_date: date | None
    certificate_number: str
    paper_sha256: str | None


class AlreadyDecided(BadInput):
    code = "award-already-decided"
    sentence = N_("The award of «{name}» is {state} already. Correct the award itself; nothing was changed.")


class NoAwardYet(BadInput):
    code = "no-award-yet"
    sentence = N_(
        "No award of {year} is decided, so there is no certificate to list. Record the decision first."
    )


class Awards(KeptRecords[Award]):
    """The awards of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        super().__init__(store, session, Award)
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[AwardRow]:
        """Return the awards of a year (default: the working year): by kind and authority, then collectives, then by name."""
        catalogue = self._catalogues.awards
        with self._store.reading() as work:
            kept = work.all(Award, year=year or self._session.year)
        return [_row(award, catalogue) for award in sorted(kept, key=lambda award: _order(award, catalogue))]

    def save(self, award: Award) -> Written[Award]:
        """Keep an award; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
        kept = tidied(award, self._session)
        with self._store.writing(self._session.user) as work:
            remarks = self._checked(work, kept)
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)

    def decide(
        self,
        award_ids: Sequence[str],
        decision_number: str,
        decision_date: date,
        certificate_numbers: Mapping[str, str] | None = None,
    ) -> Written[tuple[Award, ...]]:
        """Record one decision on several proposals, all or none; ``certificate_numbers`` by the id of the award.

        Raises AlreadyDecided, Invalid, NotFound.
        """
        numbers = certificate_numbers or {}
        with self._store.writing(self._session.user) as work:
            decided: list[Award] = []
            remarks: list[Finding] = []
            for award_id in dict.fromkeys(award_ids):
                award = replace(
                    _proposal(work, award_id),
                    state=AwardState.DECIDED,
                    decision_number=clean(decision_number),
                    decision_date=decision_date,
                    certificate_number=clean(numbers.get(award_id, "")),
                )
                remarks += self._checked(work, award)
                decided.append(work.save(award))
            return Written(tuple(decided), work.commit(), tuple(remarks))

    def decline(self, award_id: str, reason: str) -> Written[Award]:
        """Record that a proposal was turned down; the journal keeps why. Raises ReasonMissing, AlreadyDecided, NotFound."""
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            saved = work.save(replace(_proposal(work, award_id), state=AwardState.DECLINED), "saved", why)
            return Written(saved, work.commit())

    def export(self, out: Path, year: int | None = None) -> Path:
        """Write the decided awards of a year as the workbook ``out``. Raises NoAwardYet, PaperNotWritten."""
        wanted = year or self._session.year
        rows = [row for row in self.rows(wanted) if row.state is AwardState.DECIDED]
        if not rows:
            raise NoAwardYet(year=wanted)
        with self._store.reading() as work:
            head = heading(work)
        sheet = Sheet(
            name=_("Awards"),
            agency=[line.upper() for line in (head.parent, head.agency) if line],
            state=[_("SOCIALIST REPUBLIC OF VIET NAM"), _("Independence - Freedom - Happiness")],
            title=[_("LIST OF COLLECTIVES AND PERSONS AWARDED IN {year}", year=wanted)],
            tables=[_table(rows)],
        )
        write_workbook([sheet], out)
        with self._store.writing(self._session.user) as work:
            deeds = [Deed("printed", "awards", row.id, {"file": out.name}) for row in rows]
            for deed in deeds:
                work.note(deed)
            work.commit()
        return out

    def _checked(self, work: Writing, award: Award) -> tuple[Finding, ...]:
        return accepted(check_award(award, self._catalogues.awards, work.all(Award), self._session.today()))


def _proposal(work: Writing, award_id: str) -> Award:
    award = work.get(Award, award_id)
    if award.state is not AwardState.PROPOSED:
        raise AlreadyDecided(name=award.recipient, state=STATE_NAMES[award.state], what=award.id)
    return award


def _order(award: Award, catalogue: AwardCatalogue) -> tuple[object, ...]:
    kinds, authorities = list(catalogue.kinds), list(catalogue.authorities)
    collective = award.recipient_kind == "collective"
    return (
        kinds.index(award.kind) if award.kind in kinds else len(kinds),
        authorities.index(award.authority) if award.authority in authorities else len(authorities),
        not collective,
        sort_key(award.recipient) if collective else name_key(award.recipient),
        award.id,
    )


def _row(award: Award, catalogue: AwardCatalogue) -> AwardRow:
    kind, authority = catalogue.kinds.get(award.kind), catalogue.authorities.get(award.authority)
    return AwardRow(
        id=award.id,
        year=award.year,
        kind=award.kind,
        kind_name=kind.name if kind else award.kind,
        authority=award.authority,
        authority_name=authority.name if authority else award.authority,
        recipient_kind=award.recipient_kind,
        recipient_kind_name=_(RECIPIENT_NAMES[award.recipient_kind]),
        recipient=award.recipient,
        recipient_place=award.recipient_place,
        merit=award.merit,
        state=award.state,
        state_name=_(STATE_NAMES[award.state]),
        proposal_number=award.proposal_number,
        proposed_on=award.proposed_on,
        decision_number=award.decision_number,
        decision_date=award.decision_date,
        certificate_number=award.certificate_number,
        paper_sha256=award.paper_sha256,
    )


def _table(rows: Sequence[AwardRow]) -> Table:
    columns = (
        Column(_("No. in the list"), "number", 6),
        Column(_("Collective or person"), "text", 30),
        Column(_("Place of work or living"), "text", 30),
        Column(_("Kind of award"), "text", 26),
        Column(_("Awarded by"), "text", 26),
        Column(_("Decision on the award"), "text", 18),
        Column(_("Date of the decision"), "date", 12),
        Column(_("No. of the certificate given"), "text", 14),
        Column(_("Merit"), "text", 40),
    )
    listed = [
        (
            number,
            row.recipient,
            row.recipient_place,
            row.kind_name,
            row.authority_name,
            row.decision_number,
            row.decision_date,
            row.certificate_number,
            row.merit,
        )
        for number, row in enumerate(rows, 1)
    ]
    return Table("", columns, listed)
