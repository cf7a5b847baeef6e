"""Names the fields of records in the user's words, for commands, where no form marks the field that is at fault."""

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import ShippedCatalogues
from antq_desktop.services.record_fields import FIELDS

_WORDS = {
    **FIELDS,
    "count": N_("Quantity counted"),
    "id": N_("Code"),
    "model": N_("Model"),
    "row": N_("Line"),
}
#: Which command lists what a field may hold, by the code of the fault.
_WAYS = {"model-word-unknown": N_("antq models kinds lists what there is.")}


def named(finding: Finding, said: str) -> str:
    """Return the sentence ``said`` of a finding with the name of its field before it.

    What is no field of a record (a criterion, a place in a form) stands there as it is. Where a command lists what the field may
    hold, it is named behind.
    """
    if finding.code in _WAYS:
        said = f"{said} {_(_WAYS[finding.code])}"
    name, _dot, unit = finding.field.partition(".")
    units = ShippedCatalogues().activities.units
    if unit in units:
        return f"{units[unit].name}: {said}"
    return f"{_(_WORDS.get(name, name))}: {said}"
