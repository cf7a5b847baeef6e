"""Who steers the movement in the commune, and the coordination programmes that were signed with others.

A committee is kept by posts and counts: the names of its members stand in the decision.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.record_checks import future_days, missing_decision, negative_counts, wrong_order
from antq_desktop.domain.wording import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class SteeringCommittee:
    """One steering committee (ban chỉ đạo), there from ``valid_from`` to ``valid_to`` (both included).

    ``head_post`` is the post of who heads it, ``standing_body`` its standing agency, ``members`` a count.
    """

    id: str
    unit_code: str
    name: str
    decision_number: str = ""
    decision_date: date | None = None
    head_post: str = ""
    standing_body: str = ""
    members: int = 0
    valid_from: date
    valid_to: date | None = None
    note: str = ""
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)

    def alive_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def touches(self, year: int) -> bool:
        """Whether it is there on some day of the calendar ``year``."""
        return self.valid_from.year <= year and (self.valid_to is None or self.valid_to.year >= year)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationProgramme:
    """One programme signed with a ``partner`` (chương trình, quy chế phối hợp); ``ends_on`` None while it is open-ended."""

    id: str
    unit_code: str
    partner: str
    number: str = ""
    signed_on: date
    subject: str
    ends_on: date | None = None
    note: str = ""
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)

    def in_force(self, day: date) -> bool:
        return self.signed_on <= day and (self.ends_on is None or day <= self.ends_on)

    def touches(self, year: int) -> bool:
        """Whether it is in force on some day of the calendar ``year``."""
        return self.signed_on.year <= year and (self.ends_on is None or self.ends_on.year >= year)


def check_committee(
    committee: SteeringCommittee, others: Iterable[SteeringCommittee], today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a committee beside the ``others``."""
    return tuple(_committee_remarks(committee, others, today))


def check_programme(programme: CoordinationProgramme, today: date) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a coordination programme."""
    return tuple(_programme_remarks(programme, today))


def _committee_remarks(
    committee: SteeringCommittee, others: Iterable[SteeringCommittee], today: date
) -> Iterator[Finding]:
    if not committee.name.strip():
        yield Finding("name", "committee-name-missing", N_("The committee has no name."))
    yield from future_days(today, decision_date=committee.decision_date)
    yield from missing_decision(committee.decision_number, committee.decision_date)
    yield from wrong_order("valid_to", committee.valid_from, committee.valid_to)
    yield from negative_counts(members=committee.members)
    if committee.valid_to is None and any(
        other.id != committee.id and other.valid_to is None for other in others
    ):
        message = N_("Another committee has no last day: give it one when this one takes its place.")
        yield Finding("valid_from", "second-committee", message, {}, "warning")


def _programme_remarks(programme: CoordinationProgramme, today: date) -> Iterator[Finding]:
    if not programme.partner.strip():
        yield Finding("partner", "partner-missing", N_("Say with whom the programme was signed."))
    if not programme.subject.strip():
        yield Finding("subject", "subject-missing", N_("Say what the programme is about."))
    if not programme.number.strip():
        message = N_("The number of the document is missing.")
        yield Finding("number", "number-missing", message, {}, "warning")
    yield from future_days(today, signed_on=programme.signed_on)
    yield from wrong_order("ends_on", programme.signed_on, programme.ends_on)
