"""Who writes to whom, and who signs, as the settings have it: for every report, letter and list that the office sends."""

from dataclasses import dataclass

from antq_desktop.runtime.language import _
from antq_desktop.services.settings import setting
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class Heading:
    """Who writes to whom, from the settings."""

    parent: str
    agency: str
    agency_in_text: str
    place: str
    addressee: str
    signer_post: str
    signer: str


def heading(work: Reading) -> Heading:
    """Return who writes to whom, and who signs, as set."""
    commune: str = setting(work, "commune")["name"]
    police = _("Police of {commune}", commune=commune[:1].lower() + commune[1:])
    return Heading(
        parent=setting(work, "agency.parent"),
        agency=setting(work, "agency.name") or police,
        agency_in_text=police,
        place=setting(work, "place"),
        addressee=setting(work, "receiving_unit"),
        signer_post=setting(work, "signer_post"),
        signer=setting(work, "signer"),
    )
