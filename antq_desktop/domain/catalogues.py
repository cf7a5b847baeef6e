"""What every catalogue file has at its head, and a strict reader of its tables that names the place of a fault.

A catalogue is data that a commune's upper level can renew without a new program: criteria, kinds of models and
activities, pledge campaigns. A record keeps the catalogue id and version it was made with.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.text import clean, sort_key
from antq_desktop.domain.wording import N_

SCHEMA = 1
#: Month and day may be 02-29.
_LEAP_YEAR = 2000
_NUMBER = re.compile(r"([0-9]+)")
_MONTH_DAY = re.compile(r"([01][0-9])-([0-3][0-9])")
T = TypeVar("T")


class MalformedCatalogue(BadInput):
    """A catalogue breaks its schema. ``place`` is like ``clauses[2].items[0].rule``; a reader of files adds the line."""

    code = "malformed-catalogue"
    sentence = N_("The catalogue is faulty at {place}: {why}. Ask whoever issued it for a correct one.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueHead:
    """Which catalogue this is; ``sha256`` (hex) is that of the file's bytes, ``in_force_to`` is included."""

    id: str
    version: str
    title: str
    source: str
    note: str
    in_force_from: date
    in_force_to: date | None
    sha256: str

    def in_force(self, day: date) -> bool:
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


@dataclass(frozen=True, slots=True)
class Entry:
    """One named thing that a catalogue lists; ``name`` is Vietnamese and shown as it stands."""

    id: str
    name: str


class Table:
    """One table of a catalogue, read key by key; ``finish`` refuses what nobody asked for, so no slip stays unseen."""

    def __init__(self, plain: object, place: str = "") -> None:
        self.place = place
        if not isinstance(plain, Mapping):
            raise self.fault(N_("a table is expected"))
        self._plain: Mapping[str, Any] = plain
        self._asked: set[str] = set()

    def fault(self, why: str, key: str = "") -> MalformedCatalogue:
        """Return the failure for this table or its ``key``; ``why`` is a message id."""
        return MalformedCatalogue(place=self._place_of(key) or "—", why=why)

    def has(self, key: str) -> bool:
        return key in self._plain

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text in NFC; it may be empty only where there is a default."""
        value = self._get(key, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fault(N_("a text is expected"), key)
        return clean(value)

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in choices:
            raise self.fault(N_("this word is not known here"), key)
        return value

    def count(self, key: str, highest: int | None = None, lowest: int = 0) -> int:
        """Return a whole number from ``lowest`` to ``highest``."""
        value = self._get(key)
        if type(value) is not int or value < lowest or (highest is not None and value > highest):
            raise self.fault(N_("the number does not fit"), key)
        return value

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is missing."""
        value = self._get(key, False)  # noqa: FBT003 - the default of a flag
        if type(value) is not bool:
            raise self.fault(N_("true or false is expected"), key)
        return value

    def month_day(self, key: str) -> tuple[int, int]:
        """Return a month and day written like 03-31."""
        try:
            return month_day(self.text(key))
        except ValueError as error:
            raise self.fault(N_("a month and day like 03-31 is expected"), key) from error

    def day(self, key: str) -> date | None:
        """Return a date, or None where the key is missing."""
        value = self._get(key, "")
        if value == "":
            return None
        if type(value) is not date:
            raise self.fault(N_("a date is expected"), key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, in order, none of them empty or there twice; empty where the key is missing."""
        value = self._get(key, [])
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            raise self.fault(N_("a list of texts is expected"), key)
        if len(set(value)) < len(value):
            raise self.fault(N_("something stands there twice"), key)
        return tuple(clean(text) for text in value)

    def table(self, key: str) -> "Table":
        return Table(self._get(key), self._place_of(key))

    def tables(self, key: str) -> list["Table"]:
        """Return the tables of a non-empty list of tables."""
        value = self._get(key)
        if not isinstance(value, list) or not value:
            raise self.fault(N_("a list of tables is expected"), key)
        return [Table(plain, f"{self._place_of(key)}[{index}]") for index, plain in enumerate(value)]

    def finish(self) -> None:
        """Refuse keys that nobody asked for."""
        for key in self._plain:
            if key not in self._asked:
                raise self.fault(N_("this key is not known here"), key)

    def _get(self, key: str, default: object = None) -> Any:  # noqa: ANN401 - whatever the file holds
        self._asked.add(key)
        if key not in self._plain:
            if default is None:
                raise self.fault(N_("this key is missing"), key)
            return default
        return self._plain[key]

    def _place_of(self, key: str) -> str:
        return ".".join(part for part in (self.place, key) if part)


def version_key(version: str) -> tuple[tuple[int, str], ...]:
    """Return what versions are ordered by: their numbers count as numbers, so that 10 comes after 9."""
    parts = filter(None, _NUMBER.split(version))
    return tuple((int(part), "") if _NUMBER.fullmatch(part) else (0, sort_key(part)) for part in parts)


def month_day(text: str) -> tuple[int, int]:
    """Return the month and day that ``text`` (like ``03-31``) names. Raises ValueError."""
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    day = date(_LEAP_YEAR, int(match[1]), int(match[2]))
    return day.month, day.day


def read_head(table: Table, kind: str, sha256: str) -> dict[str, Any]:
    """Return the fields of CatalogueHead. Raises MalformedCatalogue, also for a catalogue of another kind or schema."""
    if table.count("schema") != SCHEMA:
        raise table.fault(N_("this program does not know this schema; it needs a newer program"), "schema")
    table.choice("kind", (kind,))
    first, last = table.day("in_force_from"), table.day("in_force_to")
    if first is None:
        raise table.fault(N_("this key is missing"), "in_force_from")
    if last is not None and last < first:
        raise table.fault(N_("the last day lies before the first"), "in_force_to")
    return {
        "id": table.text("id"),
        "version": table.text("version"),
        "title": table.text("title"),
        "source": table.text("source"),
        "note": table.text("note", ""),
        "in_force_from": first,
        "in_force_to": last,
        "sha256": sha256,
    }


def read_entries(table: Table, key: str, read: Callable[[Table, str, str], T]) -> dict[str, T]:
    """Return the entries of a list of tables by their ids, in the file's order; ``read(table, id, name)`` does the rest."""
    entries: dict[str, T] = {}
    for row in table.tables(key):
        entry_id = row.text("id")
        if entry_id in entries:
            raise row.fault(N_("this id is there twice"), "id")
        entries[entry_id] = read(row, entry_id, row.text("name"))
        row.finish()
    return entries


def plain_entry(_row: Table, entry_id: str, name: str) -> Entry:
    """Read an entry that has nothing but an id and a name."""
    return Entry(entry_id, name)
