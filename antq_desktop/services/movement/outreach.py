"""Records the outreach campaigns of the year."""

from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.outreach import OutreachCampaign, check_outreach
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.movement.kept_records import KeptRecords, tidied
from antq_desktop.services.results import Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class OutreachRow:
    """One campaign with the name of its kind; ``ends_on`` is None while it runs."""

    id: str
    title: str
    kind: str
    kind_name: str
    starts_on: date
    ends_on: date | None
    sessions: int
    attendance: int
    leaflets: int
    articles: int
    note: str
    paper_sha256: str | None


class Outreach(KeptRecords[OutreachCampaign]):
    """The outreach campaigns of the open workspace."""

    def __init__(self, store: Store, session: Session, catalogues: Catalogues) -> None:
        super().__init__(store, session, OutreachCampaign)
        self._catalogues = catalogues

    def rows(self, year: int | None = None) -> list[OutreachRow]:
        """Return the campaigns that touch a calendar year (default: the working year), the first one first."""
        kinds = self._catalogues.outreach.kinds
        with self._store.reading() as work:
            kept = [c for c in work.all(OutreachCampaign) if c.touches(year or self._session.year)]
        kept.sort(key=lambda campaign: (campaign.starts_on, campaign.title, campaign.id))
        return [
            OutreachRow(
                id=campaign.id,
                title=campaign.title,
                kind=campaign.kind,
                kind_name=kinds[campaign.kind].name if campaign.kind in kinds else campaign.kind,
                starts_on=campaign.starts_on,
                ends_on=campaign.ends_on,
                sessions=campaign.sessions,
                attendance=campaign.attendance,
                leaflets=campaign.leaflets,
                articles=campaign.articles,
                note=campaign.note,
                paper_sha256=campaign.paper_sha256,
            )
            for campaign in kept
        ]

    def save(self, campaign: OutreachCampaign) -> Written[OutreachCampaign]:
        """Keep a campaign; an empty id makes a new one. Raises Invalid, ChangedElsewhere."""
        kept = tidied(campaign, self._session)
        remarks = accepted(check_outreach(kept, self._catalogues.outreach, self._session.today()))
        with self._store.writing(self._session.user) as work:
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)
