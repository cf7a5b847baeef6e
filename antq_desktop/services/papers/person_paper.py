"""Fills the paper that answers a person's request: everything held on them, where it is kept, since when."""

from datetime import date, datetime
from typing import Any

from antq_desktop.domain.awards import Award
from antq_desktop.domain.commitments import STATE_NAMES, Commitment
from antq_desktop.domain.households import Household
from antq_desktop.domain.member_ratings import MemberRating
from antq_desktop.domain.security_teams import POST_NAMES, SecurityTeam, TeamMember
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.households import PersonReport
from antq_desktop.services.papers.paper_heading import heading
from antq_desktop.storage.unit_of_work import Reading


def person_record(
    work: Reading, report: PersonReport, catalogues: Catalogues, now: datetime
) -> dict[str, Any]:
    """Return the fields of the form ``person-report`` (Luật 91/2025/QH15); ``now`` is the laptop's own time."""
    head = heading(work)
    first = next(iter(report.households), None)
    member = next(iter(report.named.members), None)
    held = [row for home in report.households for row in _household(work, home)]
    held += [row for paper in report.commitments for row in _commitment(paper)]
    held += [row for member in report.named.members for row in _member(work, member)]
    held += [row for rating in report.named.ratings for row in _rating(rating, catalogues)]
    held += [row for award in report.named.awards for row in _award(award, catalogues)]
    held += [
        _row(
            _("Imported list"),
            row.file_name,
            _("line {line}", line=row.line),
            date.fromisoformat(row.at[:10]),
        )
        for row in report.imported
    ]
    if report.journal:
        held.append(_row(_("Journal"), _("Lines"), str(len(report.journal)), None))
    return {
        "parent": head.parent,
        "agency": head.agency,
        "agency_in_text": head.agency_in_text,
        "place": head.place,
        "date": now.date(),
        "name": first.head if first else (member.name if member else _("Person with this citizen id")),
        "birth": _day(first.birth if first else member.birth if member else None),
        "citizen_id": report.citizen_id,
        "found_at": f"{now:%d/%m/%Y %H:%M}",
        "signer_role": head.signer_post,
        "signer_name": head.signer,
        "held": held,
    }


def _household(work: Reading, home: Household) -> list[dict[str, Any]]:
    area = work.find(ResidentialArea, home.area_id)
    facts = [
        (_("Head of household"), home.head),
        (_("Birth"), _day(home.birth)),
        (_("Residential area"), area.name if area else ""),
        (_("Address"), home.address or ""),
        (_("Telephone"), home.phone or ""),
        (_("Persons in the household"), "" if home.members is None else str(home.members)),
        (_("Remark"), home.note),
    ]
    return [_row(_("List of households"), label, value, None) for label, value in facts if value]


def _commitment(paper: Commitment) -> list[dict[str, Any]]:
    kept_in = _("Commitment of {year}", year=paper.year)
    said = [_(STATE_NAMES[paper.state]), paper.signed_by or "", _day(paper.signed_on)]
    rows = [_row(kept_in, _("State of the paper"), ", ".join(word for word in said if word), None)]
    if paper.paper_sha256:
        rows.append(_row(kept_in, _("Scan of the signed paper"), _("1 file"), None))
    return rows


def _member(work: Reading, member: TeamMember) -> list[dict[str, Any]]:
    team = work.find(SecurityTeam, member.team_id)
    facts = [
        (_("Full name"), member.name),
        (_("Birth"), _day(member.birth)),
        (_("Post"), _(POST_NAMES[member.post])),
        (_("Day of joining"), _day(member.joined_on)),
        (_("Day of leaving"), _day(member.left_on)),
        (_("Proof of health"), _("Yes") if member.health_proof else ""),
    ]
    kept_in = team.name if team else _("Security teams")
    return [_row(kept_in, label, value, None) for label, value in facts if value]


def _rating(rating: MemberRating, catalogues: Catalogues) -> list[dict[str, Any]]:
    level = catalogues.team_ratings.ratings.get(rating.rating)
    year = _("Rating of {year}", year=rating.year)
    return [_row(_("Ratings of team members"), year, level.name if level else rating.rating, None)]


def _award(award: Award, catalogues: Catalogues) -> list[dict[str, Any]]:
    kind = catalogues.awards.kinds.get(award.kind)
    said = [kind.name if kind else award.kind, str(award.year), award.recipient_place, award.merit]
    if award.decision_number:
        said.append(_("No. {number}, {day}", number=award.decision_number, day=_day(award.decision_date)))
    value = ", ".join(word for word in said if word)
    return [_row(_("Awards (found by the name: check who is meant)"), award.recipient, value, None)]


def _row(kept_in: str, label: str, value: str, since: date | None) -> dict[str, Any]:
    return {"kept_in": kept_in, "label": label, "value": value, "since": since}


def _day(day: str | date | None) -> str:
    """Return a day or a year alone as a paper writes it."""
    return "" if day is None else "/".join(reversed(str(day).split("-")))
