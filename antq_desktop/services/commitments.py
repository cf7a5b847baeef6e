"""Records where each household's signed paper stands, one line at a time or many, with its scan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from antq_desktop.documents.preview import PageImage, previewing_content
from antq_desktop.domain.changes import Changes
from antq_desktop.domain.commitments import (
    Campaign,
    Commitment,
    CommitmentState,
    alike,
    check_campaign,
    check_commitment,
    check_moving,
    with_state,
)
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.households import Household
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services import scans
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.results import Invalid, Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.queries import commitments as queries
from antq_desktop.storage.queries.commitments import AreaStatus, EntryRow
from antq_desktop.storage.unit_of_work import Store, Writing

YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Entry:
    """What was typed on one line of the entry grid."""

    household_id: str
    state: CommitmentState
    signed_on: date | None = None
    signed_by: str | None = None
    state_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page of a scan, drawn or as the bytes of the picture file that the scan is, and of how many."""

    image: PageImage | bytes
    pages: int


class YearlyOpensItself(BadInput):
    code = "yearly-opens-itself"
    sentence = N_("The yearly campaign opens by itself. Choose one of the other kinds of campaigns.")


class Commitments:
    """The households' papers in the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        self._catalogues = catalogues

    def campaigns(self, year: int | None = None) -> list[Campaign]:
        """Return the campaigns of a year (default: the working year), the yearly one first."""
        with self._store.reading() as work:
            found = work.all(Campaign, year=year or self._session.year)
        return sorted(
            found,
            key=lambda campaign: (campaign.kind != YEARLY, campaign.starts_on or date.min, campaign.name),
        )

    def yearly(self, year: int | None = None) -> Campaign:
        """Return the yearly campaign, opened at need."""
        wanted = year or self._session.year
        with self._store.writing(self._session.user) as work:
            campaign = yearly_campaign(work, wanted)
            work.commit()
        return campaign

    def add_campaign(
        self, kind: str, name: str, starts_on: date | None = None, ends_on: date | None = None
    ) -> Written[Campaign]:
        """Open a thematic campaign of the working year, of a kind of the catalogue. Raises Invalid, YearlyOpensItself."""
        if kind == YEARLY:
            raise YearlyOpensItself
        if kind not in self._catalogues.campaigns.kinds:
            message = N_("«{word}» does not stand in the catalogue of campaigns.")
            raise Invalid([Finding("kind", "campaign-kind-unknown", message, {"word": kind})])
        campaign = Campaign(
            id=self._session.new_id(),
            unit_code=self._session.unit_code,
            year=self._session.year,
            kind=kind,
            name=clean(name),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        remarks = accepted(check_campaign(campaign))
        with self._store.writing(self._session.user) as work:
            remarks += tuple(alike(campaign, work.all(Campaign, year=campaign.year)))
            return Written(work.save(campaign), work.commit(), remarks)

    def entries(self, area_id: str, campaign_id: str) -> list[EntryRow]:
        with self._store.reading() as work:
            return queries.entries(work, area_id, campaign_id)

    def status(self, campaign_id: str) -> list[AreaStatus]:
        with self._store.reading() as work:
            return queries.status(work, campaign_id)

    def record(
        self,
        household_id: str,
        campaign_id: str,
        state: CommitmentState,
        signed_on: date | None = None,
        signed_by: str | None = None,
        *,
        state_on: date | None = None,
    ) -> Written[Commitment]:
        """Record where one paper stands; ``state_on``: since when, where it is no signature. Raises Invalid, NotFound."""
        entry = Entry(household_id, state, signed_on, signed_by, state_on)
        with self._store.writing(self._session.user) as work:
            (saved,), remarks = keep_entries(
                work, work.get(Campaign, campaign_id), [entry], self._session.today()
            )
            return Written(saved, work.commit(), remarks)

    def record_many(self, campaign_id: str, entries: Sequence[Entry]) -> Changes:
        """Record several papers as one action: all or none. Raises Invalid, NotFound."""
        with self._store.writing(self._session.user) as work:
            keep_entries(work, work.get(Campaign, campaign_id), entries, self._session.today())
            return work.commit()

    def attach_paper(self, household_id: str, campaign_id: str, path: Path) -> Written[Commitment]:
        """Keep the scan of a signed paper with it, in the place of one attached before.

        Raises NotAScan, FileNotReadable, NotFound.
        """
        with self._store.writing(self._session.user) as work:
            paper = _paper(work, work.get(Campaign, campaign_id), household_id)
            saved = scans.attach(work, paper, path)
            return Written(saved, work.commit())

    def detach_paper(self, household_id: str, campaign_id: str) -> Written[Commitment]:
        """Take the scan off a paper, whose state stays; the journal says which file it was. Raises NoScan, NotFound.

        The bytes go too when nothing else names them: a wrong paper, or an identity card, is then really gone.
        """
        with self._store.writing(self._session.user) as work:
            saved = scans.detach(work, _paper(work, work.get(Campaign, campaign_id), household_id))
            return Written(saved, work.commit())

    def paper(self, sha256: str) -> bytes:
        """Return the bytes of a kept scan. Raises NotFound."""
        with self._store.reading() as work:
            return b"".join(attachments.content(work, sha256))

    def paper_page(self, sha256: str, page: int, dots_per_inch: float) -> PaperPage:
        """Return a page (from 0) of a kept scan as a picture; nothing of it is written to the disk.

        Raises NotAPdf for a damaged PDF, NotFound.
        """
        content = self.paper(sha256)
        if not content.startswith(b"%PDF-"):
            return PaperPage(content, 1)
        with previewing_content(content, sha256[:12]) as shown:
            return PaperPage(shown.image(page, dots_per_inch), shown.pages)


def yearly_id(unit_code: str, year: int) -> str:
    """Return the id that the yearly campaign has on every laptop of the unit."""
    return uuid5(NAMESPACE_OID, f"{unit_code} {YEARLY} {year}").hex


def yearly_campaign(work: Writing, year: int) -> Campaign:
    """Return the yearly campaign inside an open transaction, opened at need. One a year, however many laptops open it."""
    key = yearly_id(work.unit_code, year)
    name = _("Pledge to build a residential area safe in security and order, {year}", year=year)
    return work.find(Campaign, key) or work.save(
        Campaign(id=key, unit_code=work.unit_code, year=year, kind=YEARLY, name=name)
    )


def keep_entries(
    work: Writing, campaign: Campaign, entries: Sequence[Entry], today: date
) -> tuple[list[Commitment], tuple[Finding, ...]]:
    """Record papers inside an open transaction; returns them with the warnings. Raises as with_state, Invalid, NotFound."""
    papers: list[Commitment] = []
    homes: list[Household] = []
    remarks: list[Finding] = []
    for entry in entries:
        home = work.get(Household, entry.household_id)
        before = _paper(work, campaign, home.id)
        left = home.moved_on if entry.state is CommitmentState.MOVED_AWAY else None
        paper = with_state(
            before,
            entry.state,
            head=home.head,
            today=today,
            signed_on=entry.signed_on,
            signed_by=entry.signed_by or "",
            state_on=entry.state_on or left,
        )
        remarks += accepted((*check_commitment(paper, campaign), *check_moving(before, paper)))
        papers.append(paper)
        homes += _moved(home, before.state, paper)
    # One fact, one place: a paper that says "moved away" moves the household, so that no two lists count it differently.
    work.save_all(homes)
    return work.save_all(papers), tuple(remarks)


def _moved(home: Household, before: CommitmentState, paper: Commitment) -> list[Household]:
    after = paper.state
    if after is CommitmentState.MOVED_AWAY and (home.residence, home.moved_on) != (
        "moved_away",
        paper.state_on,
    ):
        return [replace(home, residence="moved_away", moved_on=paper.state_on)]
    if before is CommitmentState.MOVED_AWAY and after is not before and home.residence == "moved_away":
        return [replace(home, residence="living", moved_on=None)]
    return []


def new_commitment(unit_code: str, household_id: str, campaign: Campaign) -> Commitment:
    """Return the paper of a household, not issued yet. One a household and campaign: the id follows from both."""
    return Commitment(
        id=_paper_id(household_id, campaign.id),
        unit_code=unit_code,
        household_id=household_id,
        campaign_id=campaign.id,
        year=campaign.year,
    )


def _paper(work: Writing, campaign: Campaign, household_id: str) -> Commitment:
    found = work.find(Commitment, _paper_id(household_id, campaign.id))
    return found or new_commitment(work.unit_code, work.get(Household, household_id).id, campaign)


def _paper_id(household_id: str, campaign_id: str) -> str:
    return uuid5(NAMESPACE_OID, f"{household_id} {campaign_id}").hex
