"""What the codes of records and of the journal are called, the same on page and command line: deeds, kinds, fields, values."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from antq_desktop.domain.awards import RECIPIENT_NAMES
from antq_desktop.domain.awards import STATE_NAMES as AWARD_STATES
from antq_desktop.domain.commitments import STATE_NAMES as COMMITMENT_STATES
from antq_desktop.domain.community_models import STATE_NAMES as MODEL_STATES
from antq_desktop.domain.model_parts import PART_NAMES
from antq_desktop.domain.periodic_reports import STATE_NAMES as REPORT_STATES
from antq_desktop.domain.security_teams import POST_NAMES
from antq_desktop.domain.targets import LEVEL_NAMES, MEASURED_NAMES
from antq_desktop.domain.wording import N_
from antq_desktop.runtime import written
from antq_desktop.runtime.language import _
from antq_desktop.services.record_fields import FIELDS, REFERENCES

ACTIONS = {
    "saved": N_("saved"),
    "closed": N_("closed"),
    "official_text_typed": N_("official wording typed in"),
    "deleted": N_("deleted"),
    "renamed": N_("renamed"),
    "merged": N_("merged"),
    "split": N_("split"),
    "printed": N_("printed"),
    "viewed": N_("viewed on the screen"),
    "print_failed": N_("printing failed"),
    "person_report": N_("report on a person seen"),
    "passphrase_changed": N_("passphrase changed"),
    "backed_up": N_("backed up"),
    "workspace_made": N_("workspace made"),
    "imported": N_("taken in from a list"),
    "imported_again": N_("list taken in again"),
    "attached": N_("file attached"),
    "detached": N_("file taken off"),
    "started": N_("begun"),
    "refreshed": N_("figures read anew"),
    "answered": N_("answered"),
    "finished": N_("finished"),
    "reopened": N_("opened again"),
    "recognised": N_("recognised"),
    "signed_off": N_("signed off"),
    "numbered": N_("numbered"),
    "corrected": N_("correction begun"),
    "issued": N_("certificate issued"),
    "withdrawn": N_("withdrawn"),
    "enrolment_requested": N_("enrolment asked for"),
    "laptop_enrolled": N_("laptop enrolled"),
    "receiving_keys_made": N_("keys made"),
    "trust_taken": N_("trust document taken"),
    "bundle_sealed": N_("bundle sealed"),
    "bundle_sent": N_("bundle written to the stick"),
    "bundle_taken": N_("bundle taken in"),
    "bundle_known": N_("bundle known already"),
    "bundle_held": N_("bundle held back"),
    "bundle_released": N_("waiting bundle looked at"),
    "bundle_refused": N_("waiting bundle refused"),
    "everything_again": N_("everything sent once more"),
    "acknowledged": N_("acknowledgement written"),
    "acknowledgement_taken": N_("acknowledgement taken"),
    "catalogue_issued": N_("catalogue issued"),
    "catalogues_sent": N_("catalogues written to the stick"),
    "catalogues_taken": N_("catalogues taken in"),
    "certificate_checked": N_("certificate checked"),
    "file_refused": N_("file refused"),
    "alarm": N_("alarm"),
    "mended": N_("restore or copy settled"),
    "rebuilt": N_("data taken back from the upper level"),
    "rolled_forward": N_("data taken back from own sticks"),
    "keys_changed": N_("new keys in use"),
    "key_withdrawn": N_("key withdrawn"),
    "units_merged": N_("communes merged"),
    "handed_back": N_("data handed back"),
    "recovery_renewed": N_("new recovery key"),
    "root_changed": N_("new root key"),
    "recovered": N_("opened with the recovery key"),
    "counter_unwritten": N_("note outside the data cannot be written"),
    "decided": N_("decided between versions"),
}
ENTITIES = {
    "households": N_("Household"),
    "commitments": N_("Commitment"),
    "residential_areas": N_("Residential area"),
    "successions": N_("Change of an area"),
    "campaigns": N_("Campaign"),
    "community_models": N_("Model"),
    "model_activities": N_("Activity"),
    "model_ratings": N_("Rating of a model"),
    "self_assessments": N_("Self-assessment"),
    "recognitions": N_("Recognition"),
    "certificates": N_("Certificate"),
    "attachments": N_("Attached file"),
    "import_runs": N_("List taken in"),
    "settings": N_("Setting"),
    "own_forms": N_("Form of this office"),
    "listed_units": N_("Agency, enterprise or school"),
    "year_steps": N_("Step of the year"),
    "occurrences": N_("Occurrence"),
    "official_wordings": N_("Official wording"),
    "issued_catalogues": N_("Catalogue of the upper level"),
    "festival_days": N_("Ngày hội"),
    "outreach_campaigns": N_("Outreach campaign"),
    "security_teams": N_("Security team"),
    "team_members": N_("Member of a security team"),
    "team_trainings": N_("Training of a security team"),
    "member_ratings": N_("Rating of a team member"),
    "steering_committees": N_("Steering committee"),
    "coordination_programmes": N_("Coordination programme"),
    "awards": N_("Award"),
    "model_steps": N_("Step of a model"),
    "model_parts": N_("Site or group of a model"),
    "model_budgets": N_("Money of a model"),
    "model_equipment": N_("Equipment of a model"),
    "own_model_kinds": N_("Own kind of model"),
    "activity_files": N_("File of an activity"),
    "targets": N_("Target"),
    "periodic_reports": N_("Periodic report"),
    "conflict_decisions": N_("Decision on a conflict"),
}
#: Kinds of lines that are about no record of the workspace.
OTHERS = {
    "recovery_key": N_("Recovery key"),
    "overprint_test": N_("Test sheet of a printer"),
    "consolidated_reports": N_("Consolidated report"),
    "devices": N_("Laptop"),
    "trust_documents": N_("Trust document"),
    "sent_bundles": N_("Bundle sent"),
    "received_bundles": N_("Bundle received"),
    "sent_acknowledgements": N_("Acknowledgement sent"),
    "taken_acknowledgements": N_("Acknowledgement received"),
    "security": N_("Security of the exchange"),
}
_FORMS = {
    "household-commitment": N_("Commitment"),
    "self-assessment": N_("Self-assessment"),
    "certificate": N_("Certificate"),
    "periodic-report": N_("Periodic report"),
    "recovery-key": N_("Recovery key"),
    "enrolment-sheet": N_("Enrolment sheet"),
    "handover-slip": N_("Handover slip"),
    "person-report": N_("Report on a person"),
    "unit-registration": N_("Registration of a unit"),
    "meeting-minutes": N_("Minutes of the meeting"),
    "result-report": N_("Report of a unit"),
    "submission-letter": N_("Submission letter"),
    "nomination-list": N_("Nomination list"),
    "appraisal-slip": N_("Appraisal slip"),
    "recognition-decision": N_("Decision on recognition"),
    "overprint-test": N_("Test sheet of a printer"),
    "sealing-recovery": N_("Recovery key"),
}
_UNIT_KINDS = {
    "residential_area": N_("Residential area"),
    "commune": N_("Commune"),
    "agency": N_("Agency"),
    "enterprise": N_("Enterprise"),
    "school": N_("School"),
}
_CODES: dict[str, Mapping[str, str]] = {
    "listed_units.kind": _UNIT_KINDS,
    "year_steps.unit_kind": _UNIT_KINDS,
    "occurrences.unit_kind": _UNIT_KINDS,
    "self_assessments.unit_kind": _UNIT_KINDS,
    "recognitions.unit_kind": _UNIT_KINDS,
    "year_steps.outcome": {"agreed": N_("agreed"), "not_agreed": N_("not agreed")},
    "year_steps.step": {
        "resolution": N_("Resolution"),
        "plan": N_("Plan"),
        "registration": N_("Registration"),
        "staff_told": N_("Staff told of the rules"),
        "meeting": N_("Meeting"),
        "result_report": N_("Report on the results"),
        "nomination_list": N_("List of units put forward"),
        "submission_letter": N_("Submission letter"),
        "submitted": N_("Dossier submitted"),
        "appraised": N_("Dossier appraised"),
        "grading": N_("Grading of the movement"),
    },
    "conflict_decisions.entity": ENTITIES,
    "commitments.state": {str(state): word for state, word in COMMITMENT_STATES.items()},
    "community_models.state": {str(state): word for state, word in MODEL_STATES.items()},
    "model_steps.state_before": {str(state): word for state, word in MODEL_STATES.items()},
    "model_parts.kind": {str(kind): word for kind, word in PART_NAMES.items()},
    "team_members.post": {str(post): word for post, word in POST_NAMES.items()},
    "awards.recipient_kind": {str(kind): word for kind, word in RECIPIENT_NAMES.items()},
    "targets.level": {str(level): word for level, word in LEVEL_NAMES.items()},
    "targets.measured": {str(how): word for how, word in MEASURED_NAMES.items()},
    "periodic_reports.state": {str(state): word for state, word in REPORT_STATES.items()},
    "awards.state": {str(state): word for state, word in AWARD_STATES.items()},
    "self_assessments.state": {"draft": N_("draft"), "final": N_("finished")},
    "self_assessments.result": {"met": N_("Met"), "not_met": N_("Not met")},
    "households.residence": {"living": N_("living here"), "moved_away": N_("moved away")},
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")
_LONGEST = 160
_BEFORE_AND_AFTER = 2

Names = Mapping[tuple[str, str], str]


def action(code: str) -> str:
    return _capital(_(ACTIONS[code])) if code in ACTIONS else code


def entity(code: str) -> str:
    known = {**ENTITIES, **OTHERS}
    return _(known[code]) if code in known else code


def field(name: str) -> str:
    return _(FIELDS[name]) if name in FIELDS else name


def referred(changes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the records (entity, id) that a line's changes speak of."""
    for name, change in changes.items():
        if name in REFERENCES and isinstance(change, list):
            for value in change:
                named = value if isinstance(value, dict) else [value]
                yield from ((REFERENCES[name], key) for key in named if isinstance(key, str) and key)


def readable(
    entity_code: str, changes: Mapping[str, Any], names: Names
) -> Iterator[tuple[str, str | None, str]]:
    """Yield field, before and after in words; before is None for a plain fact. What is empty is left out."""
    for name, change in changes.items():
        if isinstance(change, list) and len(change) == _BEFORE_AND_AFTER:
            before, after = (value(entity_code, name, one, names) for one in change)
            if before or after:
                yield field(name), before, after
        elif fact := value(entity_code, name, change, names):
            yield field(name), None, fact


def value(entity_code: str, name: str, plain: object, names: Names) -> str:
    """Return one value of a line in words."""
    if plain is None or plain in ("", {}, []):
        return ""
    if isinstance(plain, dict):
        if name in REFERENCES:
            plain = {names.get((REFERENCES[name], key), key): one for key, one in plain.items()}
        return _short(", ".join(_pair(key, one) for key, one in plain.items()))
    if isinstance(plain, list):
        return _("{count} entries", count=len(plain))
    if isinstance(plain, str) and name in REFERENCES:
        return names.get((REFERENCES[name], plain), plain)
    known = _FORMS if name == "form" else _CODES.get(f"{entity_code}.{name}", {})
    return _(known[plain]) if isinstance(plain, str) and plain in known else _plain(name, plain)


def _plain(name: str, plain: object) -> str:
    if isinstance(plain, bool):
        return _("Yes") if plain else _("No")
    if isinstance(plain, int):
        return str(plain) if name == "year" else written.number(plain)
    return _text(str(plain))


def _pair(key: str, plain: object) -> str:
    if isinstance(plain, dict):  # an answer of a self-assessment
        plain = plain.get("value")
    words = value("", key, plain, {})
    return words if key in {"name", "rank", "code", "province"} else f"{key}: {words or '–'}"


def _text(plain: str) -> str:
    if _DAY.fullmatch(plain):
        return written.day(date.fromisoformat(plain))
    if _MOMENT.fullmatch(plain):
        return written.moment(datetime.fromisoformat(plain))
    return _short(plain)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
