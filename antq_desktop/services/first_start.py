"""Works out what a new workspace is first set to, from the few things that the first start asks."""

from dataclasses import dataclass
from secrets import token_hex

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.territory import province_in_text
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.intake import national_list
from antq_desktop.intake.national_list import Commune, Province, commune
from antq_desktop.services.application import Role

#: TT 124/2021/TT-BCA is in force since 10/02/2022; a working year outside these is a slip of the hand.
_FIRST_YEAR, _LAST_YEAR = 2022, 2099
#: How commune police commonly shorten themselves in document numbers; a setting, no rule was seen.
_SYMBOLS = {"Xã": "CAX", "Phường": "CAP", "Đặc khu": "CAĐK"}


class YearOutOfReach(BadInput):
    code = "year-out-of-reach"
    sentence = N_("The year {year} is not one to work in. Type a year from {first} to {last}.")


@dataclass(frozen=True, slots=True)
class NewWorkspace:
    """What a workspace is made from; ``settings`` are the first values of services.settings.KNOWN."""

    role: Role
    unit_code: str
    officer: str
    passphrase: str
    settings: dict[str, object]


def provinces() -> tuple[Province, ...]:
    """Return the provinces of the national list. Raises NationalListMissing."""
    return national_list.provinces()


def search_communes(text: str, province_code: str | None = None) -> tuple[Commune, ...]:
    """Return the communes whose name holds the words of ``text``, tone marks or not. Raises NationalListMissing."""
    return national_list.find_communes(text, province_code)


def receiving_unit_of(province_name: str) -> str:
    """Return what the police above the communes of a province is commonly called; an officer can correct it."""
    return f"Công an {province_in_text(province_name)}"


def new_commune(
    code: str, *, receiving_unit: str, officer: str, rank: str, year: int, passphrase: str
) -> NewWorkspace:
    """Return the workspace of the commune ``code`` of the national list. Raises NotFound, YearOutOfReach."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise YearOutOfReach(year=year, first=_FIRST_YEAR, last=_LAST_YEAR)
    chosen = commune(code)
    above = receiving_unit_of(chosen.province_name)
    kind = next((kind for kind in _SYMBOLS if chosen.name.startswith(f"{kind} ")), "")
    name = clean(officer)
    return NewWorkspace(
        role="commune",
        unit_code=chosen.code,
        officer=name,
        passphrase=passphrase,
        settings={
            "commune": {"code": chosen.code, "name": chosen.name, "province": chosen.province_name},
            "receiving_unit": clean(receiving_unit) or above,
            "officer": {"name": name, "rank": clean(rank)},
            "working_year": year,
            "place": chosen.name.removeprefix(kind).strip(),
            "agency.parent": above.upper(),
            "agency.name": f"Công an {chosen.name}".upper(),
            "signer_post": f"Trưởng Công an {kind or 'xã'}".upper(),
            "agency.symbol": _SYMBOLS.get(kind, ""),
        },
    )


def new_receiving_unit(name: str, *, officer: str, year: int, passphrase: str) -> NewWorkspace:
    """Return the workspace of an upper level; it has a code of its own, since the national list has none for it.

    Raises BadInput when ``name`` is empty.
    """
    title = clean(name)
    if not title:
        raise BadInput(value=name, why=N_("the receiving unit needs a name."))
    return NewWorkspace(
        role="receiving",
        unit_code=f"R{token_hex(4)}",
        officer=clean(officer) or title,
        passphrase=passphrase,
        settings={
            "commune": {"code": "", "name": title, "province": ""},
            "officer": {"name": clean(officer) or title, "rank": ""},
            "working_year": year,
            "agency.name": title.upper(),
        },
    )
