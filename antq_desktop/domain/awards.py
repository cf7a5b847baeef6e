"""Awards of the movement from the proposal to the decision (giấy khen, bằng khen, kỷ niệm chương).

Of a person only the name and the place of work or living is kept, as the decision itself bears them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Literal, cast, get_args

from antq_desktop.domain.catalogues import CatalogueHead, Entry, Table, plain_entry, read_entries, read_head
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.record_checks import future_days, written, wrong_order
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.wording import N_

RecipientKind = Literal["collective", "person"]
#: What each is called, as message ids.
RECIPIENT_NAMES: dict[RecipientKind, str] = {"collective": N_("collective"), "person": N_("person")}


class AwardState(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DECLINED = "declined"


#: What each state is called, as message ids.
STATE_NAMES = {
    AwardState.PROPOSED: N_("put forward"),
    AwardState.DECIDED: N_("awarded"),
    AwardState.DECLINED: N_("not awarded"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One award of one recipient in one year; ``kind`` and ``authority`` are ids of the catalogue of award kinds.

    ``recipient`` is the name as the decision writes it, ``recipient_place`` where the person works or lives, or whom the collective
    belongs to. ``certificate_number`` is the number in the book of certificates, as it stands there.
    """

    id: str
    unit_code: str
    year: int
    kind: str
    authority: str
    recipient_kind: RecipientKind
    recipient: str
    recipient_place: str = ""
    merit: str = ""
    state: AwardState = AwardState.PROPOSED
    proposal_number: str = ""
    proposed_on: date | None = None
    decision_number: str = ""
    decision_date: date | None = None
    certificate_number: str = ""
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AwardKind:
    """A kind of award: who can get it, who awards it (ids of authorities), and whether a person gets it only once."""

    id: str
    name: str
    recipients: tuple[RecipientKind, ...]
    authorities: tuple[str, ...]
    once: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardCatalogue(CatalogueHead):
    """Kinds of awards and those who award them, by id, in the order in which they are offered."""

    kinds: Mapping[str, AwardKind]
    authorities: Mapping[str, Entry]


def check_award(
    award: Award, catalogue: AwardCatalogue, others: Iterable[Award], today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about an award beside the ``others`` of all years."""
    return (
        *_word_remarks(award, catalogue),
        *_paper_remarks(award, today),
        *_other_remarks(award, catalogue, list(others)),
    )


def parse_awards(plain: Mapping[str, Any], sha256: str) -> AwardCatalogue:
    """Return the catalogue of award kinds. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "award-kinds", sha256)
    authorities = read_entries(table, "authorities", plain_entry)

    def kind(row: Table, kind_id: str, name: str) -> AwardKind:
        recipients, by = row.texts("recipients"), row.texts("authorities")
        for key, words, known in (
            ("recipients", recipients, set(get_args(RecipientKind))),
            ("authorities", by, set(authorities)),
        ):
            if not words or not set(words) <= known:
                raise row.fault(N_("this word is not known here"), key)
        return AwardKind(kind_id, name, cast("tuple[RecipientKind, ...]", recipients), by, row.flag("once"))

    kinds = read_entries(table, "kinds", kind)
    table.finish()
    return AwardCatalogue(**head, kinds=kinds, authorities=authorities)


def _word_remarks(award: Award, catalogue: AwardCatalogue) -> Iterator[Finding]:
    if not award.recipient.strip():
        yield Finding("recipient", "recipient-missing", N_("Say who gets the award."))
    kind = catalogue.kinds.get(award.kind)
    if kind is None:
        message = N_("«{word}» does not stand in the catalogue of award kinds.")
        yield Finding("kind", "award-kind-unknown", message, {"word": award.kind})
        return
    if award.recipient_kind not in kind.recipients:
        message = N_("«{award}» is not for such a recipient. Choose another kind or recipient.")
        yield Finding("recipient_kind", "recipient-does-not-fit", message, {"award": kind.name})
    if award.authority not in kind.authorities:
        names = ", ".join(catalogue.authorities[each].name for each in kind.authorities)
        message = N_("«{award}» is awarded by: {names}. Choose one of these.")
        yield Finding("authority", "authority-does-not-fit", message, {"award": kind.name, "names": names})


def _paper_remarks(award: Award, today: date) -> Iterator[Finding]:
    yield from future_days(today, proposed_on=award.proposed_on, decision_date=award.decision_date)
    decided = award.state is AwardState.DECIDED
    if decided and (not award.decision_number.strip() or award.decision_date is None):
        message = N_("An award that was decided has the number and the day of its decision. Type both.")
        yield Finding("decision_number", "decided-when", message)
    if not decided and (award.decision_number or award.decision_date or award.certificate_number):
        message = N_("There is a decision or a certificate, but the award is not decided.")
        yield Finding("state", "decision-not-decided", message)
    yield from wrong_order("decision_date", award.proposed_on, award.decision_date)


def _other_remarks(award: Award, catalogue: AwardCatalogue, others: list[Award]) -> Iterator[Finding]:
    same = [
        other
        for other in others
        if other.id != award.id
        and other.state is not AwardState.DECLINED
        and other.kind == award.kind
        and other.recipient_kind == award.recipient_kind
        and sort_key(other.recipient) == sort_key(award.recipient)
    ]
    kind = catalogue.kinds.get(award.kind)
    if same and kind is not None and kind.once and award.recipient_kind == "person":
        message = N_("Somebody of that name has «{award}» of {year} already; it is given once: look again.")
        facts = {"award": kind.name, "year": min(other.year for other in same)}
        yield Finding("recipient", "given-once", message, facts, "warning")
    elif any(
        (other.year, other.authority, other.state) == (award.year, award.authority, AwardState.PROPOSED)
        for other in same
    ):
        message = N_("The same award of {year} is put forward for that name already: look again.")
        yield Finding("recipient", "award-twice", message, {"year": award.year}, "warning")
    elif any((other.year, other.authority) == (award.year, award.authority) for other in same):
        message = N_("The same award of {year} is there already for that name: look again.")
        yield Finding("recipient", "award-twice", message, {"year": award.year}, "warning")
    number = award.certificate_number.strip()
    decided = [
        other
        for other in others
        if other.id != award.id
        and award.decision_number
        and (other.year, other.decision_number, other.authority)
        == (award.year, award.decision_number, award.authority)
    ]
    day = next((other.decision_date for other in decided if other.decision_date), None)
    if day and award.decision_date and award.decision_date != day and day.year == award.decision_date.year:
        message = N_("Decision {number} stands there with the day {day} already: look again.")
        facts = {"number": award.decision_number, "day": written(day)}
        yield Finding("decision_date", "decision-two-days", message, facts, "warning")
    if number and any(
        other.certificate_number.strip() == number
        and (
            (other.year, other.kind, other.authority) == (award.year, award.kind, award.authority)
            or other in decided
        )
        for other in others
        if other.id != award.id
    ):
        message = N_("The certificate number {number} is taken by another award: look again.")
        yield Finding(
            "certificate_number", "certificate-number-twice", message, {"number": number}, "warning"
        )
