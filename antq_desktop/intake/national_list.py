"""The country's provinces and communes since 01/07/2025, so that a commune is chosen, never typed.

The list is the data file of the package vietnam_provinces (QĐ 19/2025/QĐ-TTg). Its Python part builds 3,321 enum members,
which takes seven times as long as reading the file, so only the file is read, once, when it is first asked for.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from antq_desktop.domain.errors import MachineFailed, NotFound
from antq_desktop.domain.text import fold
from antq_desktop.domain.wording import N_

_PACKAGE = "vietnam_provinces"
_FILE = Path("data") / "nested-divisions.json"


class NoSuchCommune(NotFound):
    code = "no-such-commune"
    sentence = N_("No commune has the code «{what}» in the national list. Search it by its name.")


class NationalListMissing(MachineFailed):
    code = "national-list-missing"
    sentence = N_("The national list of communes is missing from the program. Install the program again.")


@dataclass(frozen=True, slots=True)
class Province:
    """A province: code of 2 digits and name («Phú Thọ», «Thành phố Hà Nội»)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune: code of 5 digits and name with its kind («Xã Kim Bôi»)."""

    code: str
    name: str
    province_code: str
    province_name: str


def provinces() -> tuple[Province, ...]:
    """Return the 34 provinces by code. Raises NationalListMissing."""
    return _read()[0]


def communes() -> tuple[Commune, ...]:
    """Return the 3,321 communes by province and code. Raises NationalListMissing."""
    return _read()[1]


def commune(code: str) -> Commune:
    """Return the commune with this code of 5 digits. Raises NoSuchCommune."""
    found = _by_code().get(code)
    if found is None:
        raise NoSuchCommune(what=code)
    return found


def find_communes(text: str, province_code: str | None = None) -> tuple[Commune, ...]:
    """Return the communes whose name holds all words of ``text``, tone marks or not; names that begin with it first."""
    wanted = fold(text)
    words = wanted.split(" ")
    found = [
        (not bare.startswith(wanted), not name.startswith(wanted), name, one)
        for one, name, bare in _folded()
        if province_code in (None, one.province_code)
        and (all(word in name for word in words) or one.code == wanted)
    ]
    return tuple(
        one for *_order, one in sorted(found, key=lambda item: (item[0], item[1], item[2], item[3].code))
    )


@lru_cache(maxsize=1)
def _read() -> tuple[tuple[Province, ...], tuple[Commune, ...]]:
    # The package is looked up, not imported: its import is the slow part.
    spec = find_spec(_PACKAGE)
    folder = next(iter(spec.submodule_search_locations or ()), None) if spec is not None else None
    if folder is None:
        raise NationalListMissing
    try:
        listed = json.loads((Path(folder) / _FILE).read_bytes())
    except OSError as error:
        raise NationalListMissing from error
    all_provinces = tuple(
        sorted((Province(f"{p['code']:02}", p["name"]) for p in listed), key=lambda province: province.code)
    )
    all_communes = sorted(
        (
            Commune(f"{ward['code']:05}", ward["name"], f"{p['code']:02}", p["name"])
            for p in listed
            for ward in p["wards"]
        ),
        key=lambda one: (one.province_code, one.code),
    )
    return all_provinces, tuple(all_communes)


@lru_cache(maxsize=1)
def _by_code() -> dict[str, Commune]:
    return {one.code: one for one in communes()}


@lru_cache(maxsize=1)
def _folded() -> tuple[tuple[Commune, str, str], ...]:
    """Each commune with its folded name, and that without its kind (xã, phường, đặc khu)."""
    kinds = ("dac khu ", "phuong ", "xa ")
    rows = ((one, fold(one.name)) for one in communes())
    return tuple(
        (one, name, next((name[len(k) :] for k in kinds if name.startswith(k)), name)) for one, name in rows
    )
