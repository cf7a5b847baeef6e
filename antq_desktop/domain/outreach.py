"""Outreach campaigns of the year (tuyên truyền, phổ biến pháp luật), in counts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from antq_desktop.domain.catalogues import CatalogueHead, Entry, Table, plain_entry, read_entries, read_head
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.record_checks import negative_counts, wrong_order
from antq_desktop.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachCampaign:
    """One round of outreach; ``kind`` is an id of the catalogue of outreach kinds, ``ends_on`` None while it runs.

    The units are those of reports: sessions (buổi), attendance (lượt người), leaflets (tờ rơi), articles (tin, bài).
    """

    id: str
    unit_code: str
    title: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    sessions: int = 0
    attendance: int = 0
    leaflets: int = 0
    articles: int = 0
    note: str = ""
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)

    def touches(self, year: int) -> bool:
        """Whether some day of the calendar ``year`` lies within it."""
        return self.starts_on.year <= year and (self.ends_on is None or self.ends_on.year >= year)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutreachCatalogue(CatalogueHead):
    """What outreach is about, by id, in the order in which it is offered."""

    kinds: Mapping[str, Entry]


def check_outreach(
    campaign: OutreachCampaign, catalogue: OutreachCatalogue, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a campaign. One may be planned ahead, but nothing is counted before it begins."""
    return tuple(_remarks(campaign, catalogue, today))


def parse_outreach(plain: Mapping[str, Any], sha256: str) -> OutreachCatalogue:
    """Return the catalogue of outreach kinds. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "outreach-kinds", sha256)
    kinds = read_entries(table, "kinds", plain_entry)
    table.finish()
    return OutreachCatalogue(**head, kinds=kinds)


def _remarks(campaign: OutreachCampaign, catalogue: OutreachCatalogue, today: date) -> Iterator[Finding]:
    if not campaign.title.strip():
        yield Finding("title", "title-missing", N_("The campaign has no name."))
    if campaign.kind not in catalogue.kinds:
        message = N_("«{word}» does not stand in the catalogue of outreach kinds.")
        yield Finding("kind", "outreach-kind-unknown", message, {"word": campaign.kind})
    yield from wrong_order("ends_on", campaign.starts_on, campaign.ends_on)
    counts = {
        "sessions": campaign.sessions,
        "attendance": campaign.attendance,
        "leaflets": campaign.leaflets,
        "articles": campaign.articles,
    }
    yield from negative_counts(**counts)
    if campaign.starts_on > today and any(counts.values()):
        message = N_("The campaign has not begun, so nothing can be counted yet.")
        yield Finding("starts_on", "counted-before-it-begins", message)
    if campaign.ends_on is not None and campaign.ends_on < today and not any(counts.values()):
        message = N_("The campaign is over and nothing was counted: look again.")
        yield Finding("sessions", "nothing-counted", message, {}, "warning")
