"""Names the fields of records in the user's words, for commands, where no form marks the field that is at fault."""

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import ShippedCatalogues

_WORDS = {
    "amount_vnd": N_("amount"),
    "area_id": N_("residential area"),
    "area_ids": N_("residential areas"),
    "articles": N_("articles"),
    "at_least": N_("aim"),
    "attendance": N_("attendance"),
    "awards": N_("awards"),
    "block": N_("block"),
    "born": N_("date of birth"),
    "budget_vnd": N_("budget"),
    "closed_on": N_("day of closing"),
    "closed_reason": N_("reason of closing"),
    "count": N_("count"),
    "decided_on": N_("day of the decision"),
    "decision_date": N_("day of the decision"),
    "decision_number": N_("number of the decision"),
    "ends_on": N_("last day"),
    "field": N_("field of work"),
    "gift_value_vnd": N_("value of the gifts"),
    "gifts": N_("gifts"),
    "groups": N_("groups"),
    "kind": N_("kind"),
    "launched_on": N_("day of the launch"),
    "leaflets": N_("leaflets"),
    "members": N_("members"),
    "model_id": N_("model"),
    "name": N_("name"),
    "number": N_("number of the document"),
    "on": N_("day"),
    "place": N_("place"),
    "pledges": N_("pledges"),
    "rated_on": N_("day of the rating"),
    "rating": N_("rating"),
    "reason": N_("reason"),
    "sessions": N_("sessions"),
    "signed_on": N_("day of signing"),
    "signer": N_("signer"),
    "sites": N_("sites"),
    "starts_on": N_("first day"),
    "state": N_("state"),
    "step": N_("step"),
    "title": N_("title"),
    "valid_from": N_("first day"),
    "valid_to": N_("last day"),
    "year": N_("year"),
}


#: Which command lists what a field may hold, by the code of the fault.
_WAYS = {"model-word-unknown": N_("antq models kinds lists what there is.")}


def named(finding: Finding, said: str) -> str:
    """Return the sentence ``said`` of a finding with the name of its field before it; one without a word by its own name.

    Where a command lists what the field may hold, it is named behind.
    """
    if finding.code in _WAYS:
        said = f"{said} {_(_WAYS[finding.code])}"
    name, _dot, unit = finding.field.partition(".")
    units = ShippedCatalogues().activities.units
    if unit in units:
        return f"{units[unit].name}: {said}"
    return f"{_(_WORDS.get(name, name))}: {said}"
