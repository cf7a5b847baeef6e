"""How hard a passphrase is to guess, told coarsely; only its length is ever demanded."""

from enum import Enum

from antq_desktop.domain.text import clean, fold
from antq_desktop.domain.wording import N_

SHORTEST = 8
_LONG = 16
_MANY_WORDS = 4
_FEW_SIGNS = 5
#: What people here type first; one of these in a passphrase is worth no more than a sign or two.
_COMMON = (
    "123456",
    "12345678",
    "matkhau",
    "mat khau",
    "congan",
    "cong an",
    "password",
    "qwerty",
    "abcdef",
    "111111",
)


class Strength(Enum):
    """The value is a message id: what to say about the passphrase."""

    TOO_SHORT = N_("Too short: at least 8 signs.")
    WEAK = N_("Easy to guess. Take four or more words that nobody puts together.")
    FAIR = N_("Usable. One or two words more make it much harder to guess.")
    STRONG = N_("Hard to guess.")


def strength(passphrase: str) -> Strength:
    """Return how hard ``passphrase`` is to guess; it is looked at as it is used: in NFC, without double spaces."""
    used = clean(passphrase)
    if len(used) < SHORTEST:
        return Strength.TOO_SHORT
    plain = fold(used)
    for common in _COMMON:
        plain = plain.replace(common, "*")
    signs = len(set(plain) - {" "})
    if len(plain) < SHORTEST or signs < _FEW_SIGNS or plain.replace(" ", "").isdigit():
        return Strength.WEAK
    if len(plain) >= _LONG or len(set(plain.split())) >= _MANY_WORDS:
        return Strength.STRONG
    return Strength.FAIR
