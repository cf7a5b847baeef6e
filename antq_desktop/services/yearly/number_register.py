"""Numbers of certificates come from one laptop alone, so that no two of a commune ever give out the same one.

A number cannot be agreed upon by sticks that come later. Where several laptops are enrolled, one keeps the register; the
others record decisions and print nothing that bears a number of their own.
"""

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.events import decode
from antq_desktop.domain.recognition import Certificate, number_text
from antq_desktop.domain.wording import N_
from antq_desktop.services.commune_side import believed
from antq_desktop.services.settings import setting
from antq_desktop.storage.queries import conflicts, register
from antq_desktop.storage.unit_of_work import Reading, Writing

#: The setting that says which laptop keeps the register.
HOLDER = "register.laptop"
#: The series that certificates of recognition are taken from, year by year, whatever the kind of unit.
SERIES = "recognition"


class RegisterElsewhere(KnownFailure):
    code = "register-elsewhere"
    sentence = N_(
        "The register of certificates is kept on another laptop ({device_id}). Issue there; or take in its bundles and "
        "then take the register over to this laptop."
    )


class RegisterOpen(KnownFailure):
    code = "register-open"
    sentence = N_(
        "Several laptops work for this commune, and none keeps the register of certificates yet. No number was taken; "
        "say on one of them that it keeps the register."
    )


class NumberTwice(KnownFailure):
    code = "number-twice"
    sentence = N_(
        "The number {number} was given out on two laptops. Nothing is issued or printed under it until that is settled "
        "under Conflicts."
    )


def next_number(work: Writing, device_id: str, year: int) -> int:
    """Take the next number of a year, behind all that are known here.

    Raises RegisterElsewhere, RegisterOpen, NumberTwice.
    """
    holder = setting(work, HOLDER)
    if holder and holder != device_id:
        raise RegisterElsewhere(device_id=holder)
    document = believed.current(work)
    several = document is not None and len(believed.devices_in_use(document, work.unit_code)) > 1
    if several and (not holder or conflicts.is_open(work, "settings", HOLDER)):
        raise RegisterOpen
    twice = [each for each in _twice(work) if each[0] == year]
    if twice:
        raise NumberTwice(number=number_text(twice[0][1]))
    return work.next_number(SERIES, year, register.highest(work, SERIES, year))


def demand_single(work: Reading, certificate: Certificate) -> None:
    """See that no other laptop gave out the same number. Raises NumberTwice."""
    if (certificate.year, certificate.number) in _twice(work):
        raise NumberTwice(number=number_text(certificate.number))


def _twice(work: Reading) -> set[tuple[int, int]]:
    """Return year and number of certificates of other laptops that cannot stand beside those here."""
    events = [decode(line) for line in conflicts.clashing(work, "certificates")]
    return {(event.body["year"], event.body["number"]) for event in events if event.op == "put"}
