"""Knows by what words a list of activities heads its columns and names its kinds and units, as the catalogue says them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.text import clean, fold

#: One rule a line: the field and the pattern of the whole folded header; the narrow ones stand first.
_RULES = r"""
stt (?:so )?(?:s ?tt|tt|thu tu|so thu tu|no)
note (?:ghi chu|chu thich|note).*
unit (?:don vi(?: tinh)?|d ?vt)
kind (?:ten )?(?:loai|hinh thuc|loai hinh)(?: hoat dong)?|hoat dong|kind
title (?:noi dung|tom tat|trich yeu|ten hoat dong|chu de|title).*
place (?:dia diem|noi to chuc|noi thuc hien|tai|place).*
on (?:ngay|thoi gian|thoi diem)(?:[ ,/]*thang)?(?:[ ,/]*nam)?(?: (?:thuc hien|to chuc|hoat dong|dien ra))?|date
model (?:ten )?(?:mo hinh|mh)(?: (?:tu quan|an ninh|thuc hien|to chuc))?.*|model
area (?:(?:ten|thuoc) )?(?:khu dan cu|kdc|dia ban|thon|xom|ap|ban|buon|to dan pho|tdp|khu pho|khom|khu)(?: ?[,/-] ?\w.*)?
amount (?:so luong|ket qua|khoi luong|sl)(?: (?:thuc hien|dat duoc|hoat dong))?
"""
_COMPILED = tuple(
    (field, re.compile(pattern))
    for field, pattern in (rule.split(" ", 1) for rule in _RULES.strip().splitlines())
)
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")
#: «Số kg pháo» is a count of «kg pháo».
_LEADING = re.compile(r"^so (?:luong )?")
_LONGEST = 60
_SHORTEST_PART = 4


class Heading(NamedTuple):
    """What a column holds: a field, or with ``field`` "units" a count in one of ``units``."""

    field: str
    units: tuple[str, ...] = ()


class ActivityWords:
    """The words of one catalogue, compared without tone marks and capitals."""

    def __init__(self, catalogue: ActivityCatalogue) -> None:
        self._units: dict[str, tuple[str, ...]] = _by_word(
            (unit.id, (unit.name, *unit.also)) for unit in catalogue.units.values()
        )
        self._kinds: dict[str, tuple[str, ...]] = _by_word(
            (kind.id, (kind.id, kind.name, *kind.also)) for kind in catalogue.kinds.values()
        )

    def heading(self, header: str) -> Heading | None:
        """Return what a column under ``header`` holds, None when the words say nothing."""
        text = plain(header)
        if not text or len(text) > _LONGEST:
            return None
        field = next((name for name, pattern in _COMPILED if pattern.fullmatch(text)), None)
        bracketed = [units for part in _IN_BRACKETS.findall(header) if (units := self.units(part))]
        if bracketed and field in (None, "amount"):
            return Heading("units", bracketed[0])
        if field is not None:
            return Heading(field)
        units = self.units(header)
        return Heading("units", units) if units else None

    def units(self, text: str) -> tuple[str, ...]:
        """Return the ids of the units that a word may mean, none for a word that means no unit."""
        word = plain(text)
        return self._units.get(word) or self._units.get(_LEADING.sub("", word), ())

    def kinds(self, text: str) -> tuple[str, ...]:
        """Return the ids of the kinds that a text may mean: by its whole words, else by known words in it."""
        wanted = plain(text)
        if wanted in self._kinds:
            return self._kinds[wanted]
        inside = [
            word for word in self._kinds if len(word) >= _SHORTEST_PART and f" {word} " in f" {wanted} "
        ]
        whole = [word for word in inside if not any(word != other and word in other for other in inside)]
        return tuple(dict.fromkeys(kind for word in whole for kind in self._kinds[word]))


def plain(text: str) -> str:
    """Return a header or word for comparing: folded, without brackets, signs and what only leads it."""
    bare = fold(clean(_IN_BRACKETS.sub(" ", text).replace("_", " ")))
    return clean(re.sub(r"[*:.…,;\"'“”]+", " ", bare)).strip(" -/")


def _by_word(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, words in entries:
        for word in words:
            known = found.setdefault(plain(word), [])
            if key not in known:
                known.append(key)
    return {word: tuple(keys) for word, keys in found.items()}


def chosen(units: tuple[str, ...], of_kind: tuple[str, ...]) -> str | None:
    """Return the one of ``units`` that the kind is counted in, None when it is counted in none of them."""
    return next((unit for unit in of_kind if unit in units), None)
