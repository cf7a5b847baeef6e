"""What the twelve digits of a citizen id say about a person, so that a slip of the pen shows; it never blocks.

Structure (Nghị định 137/2015/NĐ-CP, Điều 13, as the field notes restate it): 3 digits place of birth registration
(the 63 province codes in use until 30/06/2025), 1 digit century and sex, 2 digits year of birth, 6 random digits.
There is no check digit. The older identity card has 9 digits and says nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from antq_desktop.domain.wording import N_

Sex = Literal["male", "female"]

LENGTH = 12
OLD_LENGTH = 9

_PROVINCES = frozenset(
    """
001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038
040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082
083 084 086 087 089 091 092 093 094 095 096
""".split()  # noqa: SIM905 - a list of words reads as text
)
_FIRST_CENTURY = 19


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at. ``sentence`` is a message id whose named places ``facts`` fill."""

    code: str
    sentence: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a 12-digit number says: province of registration (3 digits), year of birth (4 digits), sex."""

    province: str
    year: int
    sex: Sex


def parts(citizen_id: str) -> Parts | None:
    """Return what the number says; None for the old 9-digit number and for anything else."""
    if len(citizen_id) != LENGTH or not (citizen_id.isascii() and citizen_id.isdigit()):
        return None
    century, sex = divmod(int(citizen_id[3]), 2)
    year = (_FIRST_CENTURY + century) * 100 + int(citizen_id[4:6])
    return Parts(citizen_id[:3], year, "female" if sex else "male")


def check(citizen_id: str, birth: str | None, sex: Sex | None = None) -> tuple[Doubt, ...]:
    """Return what does not agree between the number, ``birth`` ("YYYY-MM-DD", "YYYY" or None) and ``sex``."""
    said = parts(citizen_id)
    if said is None:
        return ()
    doubts: list[Doubt] = []
    if said.province not in _PROVINCES:
        doubts.append(
            Doubt(
                "citizen-id-province",
                N_("The number {number} begins with {province}, which is the code of no province."),
                {"number": citizen_id, "province": said.province},
            )
        )
    if birth is not None and int(birth[:4]) != said.year:
        doubts.append(
            Doubt(
                "citizen-id-birth",
                N_("The number {number} says born in {said}, the list says {birth}."),
                {"number": citizen_id, "said": said.year, "birth": birth[:4]},
            )
        )
    if sex is not None and sex != said.sex:
        doubts.append(
            Doubt(
                "citizen-id-sex",
                N_("The number {number} is a man's, the list says a woman.")
                if said.sex == "male"
                else N_("The number {number} is a woman's, the list says a man."),
                {"number": citizen_id},
            )
        )
    return tuple(doubts)
