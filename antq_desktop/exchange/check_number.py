"""The check number (mã đối chiếu): one secret of 30 digits on paper that proves both sides of an enrolment.

It is random, made with the laptop's keys, printed on the enrolment sheet and never in a file. Under it the laptop
authenticates its request and the upper level its answer, so that neither side meets a second dialog.
"""

import hashlib
import hmac
import re
import secrets
import unicodedata

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_

GROUPS = 6
GROUP_DIGITS = 5
_DIGITS = GROUPS * GROUP_DIGITS
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212.,]+")


class WrongCheckNumber(Refused):
    code = "wrong-check-number"
    sentence = N_(
        "The check number does not fit this file. Read all 6 groups of 5 digits again from the enrolment sheet; "
        "if they are right, the file is not the one that belongs to the sheet."
    )


class CheckNumberShort(WrongCheckNumber):
    code = "check-number-short"
    sentence = N_(
        "Only {digits} of the 30 digits of the check number were typed ({groups} of 6 groups). Type all 6 groups of 5 digits, "
        "as they stand on the enrolment sheet."
    )


class CheckNumberGroup(WrongCheckNumber):
    code = "check-number-group"
    sentence = N_(
        "Group {number} of the check number has {digits} digits instead of 5. Read it again from the enrolment sheet."
    )


def new_number() -> str:
    """Return a random number, about 99.6 bits, as 6 groups of 5 digits parted by dashes."""
    return _grouped(secrets.randbelow(10**_DIGITS))


def normalized(number: str) -> str:
    """Return ``number`` as 6 groups of 5 digits, however it was typed.

    Raises WrongCheckNumber: CheckNumberGroup, CheckNumberShort where it can be told what is missing.
    """
    groups = [group for group in _SEPARATORS.split(unicodedata.normalize("NFKC", number)) if group]
    digits = "".join(groups)
    if not (digits.isascii() and digits.isdigit()):
        raise WrongCheckNumber
    if len(digits) != _DIGITS:
        for place, group in enumerate(groups if len(groups) > 1 else [], 1):
            if len(group) != GROUP_DIGITS:
                raise CheckNumberGroup(number=place, digits=len(group))
        if len(digits) < _DIGITS:
            raise CheckNumberShort(digits=len(digits), groups=len(digits) // GROUP_DIGITS)
        raise WrongCheckNumber
    return _grouped(int(digits))


def mac(number: str, purpose: str, facts: dict[str, object]) -> str:
    """Return 64 hex digits that only a holder of ``number`` can make for ``facts`` and ``purpose``."""
    key = hashlib.blake2b(normalized(number).encode(), digest_size=32, person=b"antq/check/1").digest()
    message = b"antq/" + purpose.encode() + b"/1\n" + strict_json.dumps(facts)
    return hashlib.blake2b(message, digest_size=32, key=key).hexdigest()


def check_mac(number: str, purpose: str, facts: dict[str, object], claimed: str) -> None:
    """Check that ``claimed`` is the mac of ``facts``. Raises WrongCheckNumber."""
    if not hmac.compare_digest(mac(number, purpose, facts).encode(), claimed.encode()):
        raise WrongCheckNumber


def spoken_digest(sha256: bytes) -> str:
    """Return 6 groups of 5 digits that name a file by its SHA-256, to be read out from a hand-over slip."""
    return _grouped(int.from_bytes(sha256, "big") % 10**_DIGITS)


def _grouped(value: int) -> str:
    digits = f"{value:0{_DIGITS}d}"
    return "-".join(digits[at : at + GROUP_DIGITS] for at in range(0, _DIGITS, GROUP_DIGITS))
