"""Turns what the workspace holds into the plain fields that each form asks for; the wording stands in the forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from antq_desktop.domain.commitments import Campaign
from antq_desktop.domain.territory import province_in_text
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.commitments import YEARLY
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.commune_side.sending import Enrolment
from antq_desktop.services.papers import enrolment_sheet
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries.papers import CommitmentPaper
from antq_desktop.storage.unit_of_work import Reading

_MEGABYTE = 1024 * 1024
#: What the tables of a bundle are called on paper and page, as message ids.
TABLE_NAMES = {
    "settings": N_("Settings"),
    "residential_areas": N_("Residential areas"),
    "successions": N_("Changes of residential areas"),
    "households": N_("Records of households"),
    "campaigns": N_("Campaigns"),
    "commitments": N_("Commitments of households"),
    "community_models": N_("Self-managed models"),
    "model_ratings": N_("Ratings of models"),
    "model_activities": N_("Activities of models"),
    "self_assessments": N_("Self-assessments"),
    "recognitions": N_("Recognitions"),
    "certificates": N_("Certificates"),
    "listed_units": N_("Agencies, enterprises and schools"),
    "year_steps": N_("Steps of the year"),
    "occurrences": N_("Occurrences"),
    "official_wordings": N_("Official wordings"),
    "issued_catalogues": N_("Catalogues of the upper level"),
    "own_forms": N_("Forms of this office"),
    "festival_days": N_("Ngày hội days"),
    "outreach_campaigns": N_("Outreach campaigns"),
    "security_teams": N_("Security teams"),
    "team_members": N_("Members of security teams"),
    "team_trainings": N_("Trainings of security teams"),
    "member_ratings": N_("Ratings of team members"),
    "steering_committees": N_("Steering committees"),
    "coordination_programmes": N_("Coordination programmes"),
    "awards": N_("Awards"),
    "attachments": N_("Attached files"),
    "import_runs": N_("Imports of spreadsheets"),
    "model_steps": N_("Steps of models"),
    "model_parts": N_("Sites and groups of models"),
    "model_budgets": N_("Money of models"),
    "model_equipment": N_("Equipment of models"),
    "own_model_kinds": N_("Own kinds of models"),
    "activity_files": N_("Files of activities"),
    "targets": N_("Targets of the year"),
    "periodic_reports": N_("Periodic reports"),
    "conflict_decisions": N_("Decisions on conflicts"),
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How this commune names itself on papers; ``province`` with its kind in small letters: "tỉnh Phú Thọ"."""

    unit_code: str
    kind: str
    name: str
    province: str
    agency: str
    place: str
    officer: str
    receiver: str

    @property
    def commune(self) -> str:
        """The commune inside a sentence: ``xã Kim Bôi``."""
        return f"{self.kind} {self.name}"

    @property
    def address(self) -> str:
        return f"{self.commune[:1].upper()}{self.commune[1:]}, {self.province}"


def letterhead(work: Reading) -> Letterhead:
    """Read how the commune names itself."""
    commune: dict[str, str] = setting(work, "commune")
    kind = next(
        (kind for kind in ("Đặc khu", "Phường", "Xã") if commune["name"].startswith(f"{kind} ")), "Xã"
    )
    officer: dict[str, str] = setting(work, "officer")
    name = commune["name"].removeprefix(kind).strip()
    police = f"Công an {kind} {name}" if commune["code"] else name
    return Letterhead(
        unit_code=commune["code"],
        kind=kind.lower(),
        name=name,
        province=province_in_text(commune["province"]),
        agency=setting(work, "agency.name") or police.upper(),
        place=setting(work, "place") or name,
        officer=" ".join(word for word in (officer["rank"], officer["name"]) if word),
        receiver=setting(work, "receiving_unit"),
    )


def commitment_record(
    head: Letterhead, paper: CommitmentPaper, campaign: Campaign, pledges: Sequence[str]
) -> dict[str, Any]:
    """Return the fields of the form ``household-commitment``."""
    return {
        "year": campaign.year,
        # The yearly form has a title of its own.
        "campaign": "" if campaign.kind == YEARLY else campaign.name,
        "commune_label": head.kind,
        "commune": head.name,
        "province": head.province,
        "area": paper.area_name,
        "head_title": head_of(paper.area_kind),
        "signer": paper.head,
        "birth": _birth_text(paper.birth),
        "citizen_id": paper.citizen_id or "",
        "phone": paper.phone or "",
        "address": paper.address or "",
        "persons": paper.members,
        "date": paper.signed_on,
        "pledges": [{"wording": wording} for wording in pledges],
    }


def enrolment_record(head: Letterhead, made: Enrolment) -> dict[str, Any]:
    """Return the fields of the form ``enrolment-sheet``; its QR says what the sheet says, for a camera."""
    at = made.at.astimezone()
    return {
        "unit": head.agency,
        "province": head.province,
        "unit_code": made.unit_code,
        "receiver": head.receiver,
        "officer": head.officer,
        "device_id": grouped(made.device_id, 4, "-"),
        "file": made.path.name,
        "made_at": f"{at:%d/%m/%Y %H:%M}",
        "check_number": made.check_number,
        "qr": enrolment_sheet.code_of(made.unit_code, made.device_id, made.check_number),
        "place": head.place,
        "date": at.date(),
    }


def handover_records(head: Letterhead, parts: Sequence[Sent]) -> list[dict[str, Any]]:
    """Return the fields of the form ``handover-slip`` for each bundle of one sending."""
    records = [_handover_record(head, part) for part in parts]
    if len(parts) > 1:
        for n, record in enumerate(records, 1):
            record["part"] = _("file {n} of {all} handed over together", n=n, all=len(parts))
    return records


def _handover_record(head: Letterhead, sent: Sent) -> dict[str, Any]:
    at = sent.at.astimezone()
    return {
        "unit": head.agency,
        "unit_code": head.unit_code,
        "receiver": head.receiver,
        "number": sent.bundle_id,
        "file": sent.path.name,
        "made_at": f"{at:%d/%m/%Y %H:%M}",
        "range_from": sent.seq_from,
        "range_to": sent.seq_to,
        "events": sent.count,
        "size": _size_text(sent.size),
        "sha256": grouped(sent.sha256, 8, " "),
        "check_number": sent.digits,
        "place": head.place,
        "date": at.date(),
        "giver_name": head.officer,
        "counts": [
            {"label": _(TABLE_NAMES.get(name, name)), "count": count} for name, count in sent.counts.items()
        ],
    }


def grouped(text: str, size: int, between: str) -> str:
    """Return ``text`` in groups of ``size`` signs, for reading out and typing in."""
    return between.join(text[start : start + size] for start in range(0, len(text), size))


def _size_text(size: int) -> str:
    """Return a number of bytes for people: ``96,4 KB``."""
    amount, unit = (size / 1024, "KB") if size < _MEGABYTE else (size / _MEGABYTE, "MB")
    return f"{amount:.1f} {unit}".replace(".", ",")


def head_of(area_kind: str) -> str:
    """Return the post of who heads a residential area of that kind."""
    return _("Head of the {kind}", kind=area_kind or _("residential area"))


def _birth_text(birth: str | None) -> str:
    if birth is None:
        return ""
    return "/".join(reversed(birth.split("-")))
