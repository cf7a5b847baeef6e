"""The yearly and thematic pledges of households: a paper that was signed counts, a missing signature does not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.households import Residence
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_


class CommitmentState(StrEnum):
    """Where the paper of one household stands."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"
    SIGNED = "signed"
    ABSENT = "absent"
    MOVED_AWAY = "moved_away"
    REFUSED = "refused"


#: What each state is called, as message ids, in the order that lists offer them.
STATE_NAMES = {
    CommitmentState.NOT_ISSUED: N_("not issued"),
    CommitmentState.ISSUED: N_("issued"),
    CommitmentState.SIGNED: N_("signed"),
    CommitmentState.ABSENT: N_("absent"),
    CommitmentState.MOVED_AWAY: N_("moved away"),
    CommitmentState.REFUSED: N_("refused"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """One round of signing in one year; ``kind`` is an id of the catalogue of campaigns."""

    id: str
    unit_code: str
    year: int
    kind: str
    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """The paper of one household in one campaign. A refusal has no reason: none is asked, none is kept.

    ``state_on`` is the day on which a state without a signature was found, None where nobody noted it. A household that
    moved away keeps the signature it gave before: the periods until then count it.
    """

    id: str
    unit_code: str
    household_id: str
    campaign_id: str
    year: int
    state: CommitmentState = CommitmentState.NOT_ISSUED
    state_on: date | None = None
    signed_on: date | None = None
    signed_by: str | None = None
    paper_sha256: str | None = None
    note: str = ""
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """Households that signed, of the households living there; who moved away is in neither."""

    signed: int
    living: int

    @property
    def ratio(self) -> Ratio:
        return Ratio(self.signed, self.living)


@dataclass(frozen=True, slots=True)
class CampaignKind:
    """A kind of pledge; ``yearly`` is the one that TT 124 asks of every household, the others are thematic."""

    id: str
    name: str
    yearly: bool
    pledges: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignCatalogue(CatalogueHead):
    """The kinds of pledges, by id, in the order in which they are offered."""

    kinds: Mapping[str, CampaignKind]


class SignedWhen(BadInput):
    code = "signed-when"
    sentence = N_("A signed paper needs the day of the signature. Type the day, then save again.")


class SignedInFuture(BadInput):
    code = "signed-in-future"
    sentence = N_("The signature is dated {day}, which lies in the future. Correct the day.")


class StateInFuture(BadInput):
    code = "state-in-future"
    sentence = N_("The day {day} lies in the future. Correct the day.")


class PaperAttached(BadInput):
    code = "paper-attached"
    sentence = N_(
        "A scanned paper with the signature is attached. Take the paper off first, then change the state."
    )


def with_state(
    commitment: Commitment,
    state: CommitmentState,
    *,
    head: str,
    today: date,
    signed_on: date | None = None,
    signed_by: str = "",
    state_on: date | None = None,
) -> Commitment:
    """Return the commitment in ``state``; who signed is the ``head`` unless somebody else is named.

    A state without a signature holds from ``state_on`` (default: today, or the day it has held from already). Every step
    is allowed, since a slip of a key must be mended; only a signature whose paper is attached stays. Raises SignedWhen,
    SignedInFuture, StateInFuture, PaperAttached.
    """
    if state is CommitmentState.SIGNED:
        if signed_on is None:
            raise SignedWhen
        if signed_on > today:
            raise SignedInFuture(day=f"{signed_on:%d/%m/%Y}")
        by = clean(signed_by) or clean(head)
        return replace(commitment, state=state, state_on=None, signed_on=signed_on, signed_by=by)
    if state_on is not None and state_on > today:
        raise StateInFuture(day=f"{state_on:%d/%m/%Y}")
    since = state_on or (commitment.state_on if commitment.state is state else None) or today
    if state is CommitmentState.MOVED_AWAY:
        return replace(commitment, state=state, state_on=since)
    if commitment.paper_sha256 is not None:
        raise PaperAttached
    since_any = None if state is CommitmentState.NOT_ISSUED else since
    return replace(commitment, state=state, state_on=since_any, signed_on=None, signed_by=None)


def check_commitment(commitment: Commitment, campaign: Campaign) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a commitment within its campaign, for what came from elsewhere."""
    findings = []
    signed = commitment.state is CommitmentState.SIGNED
    if signed and commitment.signed_on is None:
        findings.append(
            Finding("signed_on", "signed-when", N_("A signed paper needs the day of the signature."))
        )
    may_have_signed = signed or commitment.state is CommitmentState.MOVED_AWAY
    if not may_have_signed and (commitment.signed_on or commitment.signed_by):
        findings.append(
            Finding("state", "signature-not-signed", N_("There is a signature, but the state is not signed."))
        )
    if commitment.year != campaign.year:
        findings.append(
            Finding(
                "year",
                "other-year",
                N_("The year is not that of the campaign ({year})."),
                {"year": campaign.year},
            )
        )
    if commitment.signed_on and campaign.starts_on is None and commitment.signed_on.year != campaign.year:
        findings.append(
            Finding(
                "signed_on",
                "signed-in-other-year",
                N_("The paper is of {year}, but it was signed in {signed}."),
                {"year": campaign.year, "signed": commitment.signed_on.year},
                "warning",
            )
        )
    if commitment.signed_on and not _within(campaign, commitment.signed_on):
        findings.append(
            Finding(
                "signed_on",
                "outside-campaign",
                N_("The day of the signature lies outside the campaign."),
                {},
                "warning",
            )
        )
    return tuple(findings)


def check_moving(before: Commitment, after: Commitment) -> Iterator[Finding]:
    """Yield a warning when a household is to have signed behind the day on which it moved away."""
    left = next((each.state_on for each in (after, before) if each.state is CommitmentState.MOVED_AWAY), None)
    signed = after.signed_on
    if left is not None and signed is not None and left < signed:
        message = N_(
            "The household was recorded as moved away on {left}, yet it signed on {signed}. Look at both days again."
        )
        facts = {"left": f"{left:%d/%m/%Y}", "signed": f"{signed:%d/%m/%Y}"}
        yield Finding("signed_on", "signed-after-moving", message, facts, "warning")


def check_campaign(campaign: Campaign) -> tuple[Finding, ...]:
    """Return what is wrong about a campaign by itself."""
    findings = []
    if not campaign.name.strip():
        findings.append(Finding("name", "campaign-name-missing", N_("The campaign has no name.")))
    if campaign.starts_on and campaign.ends_on and campaign.ends_on < campaign.starts_on:
        findings.append(Finding("ends_on", "campaign-ends-early", N_("The campaign ends before it starts.")))
    return tuple(findings)


def alike(campaign: Campaign, others: Iterable[Campaign]) -> Iterator[Finding]:
    """Yield a warning when another campaign of the same kind may run on the same days: its households would count twice."""
    first, last = campaign.starts_on or date.min, campaign.ends_on or date.max
    for other in others:
        beside = (other.starts_on or date.min) <= last and first <= (other.ends_on or date.max)
        if other.id != campaign.id and (other.kind, other.year) == (campaign.kind, campaign.year) and beside:
            message = N_("«{name}» is a campaign of this kind for the same days already: look again.")
            yield Finding("kind", "campaign-alike", message, {"name": other.name}, "warning")
            return


def share(rows: Iterable[tuple[Residence, CommitmentState]]) -> Share:
    """Return the share signed over households, each with its residence and the state of its paper."""
    present = [
        state
        for residence, state in rows
        if residence == "living" and state is not CommitmentState.MOVED_AWAY
    ]
    return Share(present.count(CommitmentState.SIGNED), len(present))


def parse_campaigns(plain: Mapping[str, Any], sha256: str) -> CampaignCatalogue:
    """Return the catalogue of pledge campaigns. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "commitment-campaigns", sha256)
    kinds = read_entries(table, "kinds", _campaign_kind)
    if sum(kind.yearly for kind in kinds.values()) != 1:
        raise table.fault(N_("exactly one kind must be the yearly one"), "kinds")
    table.finish()
    return CampaignCatalogue(**head, kinds=kinds)


def _campaign_kind(row: Table, kind_id: str, name: str) -> CampaignKind:
    return CampaignKind(
        kind_id, name, row.choice("round", ("yearly", "thematic")) == "yearly", row.texts("pledges")
    )


def _within(campaign: Campaign, day: date) -> bool:
    return (campaign.starts_on is None or campaign.starts_on <= day) and (
        campaign.ends_on is None or day <= campaign.ends_on
    )
