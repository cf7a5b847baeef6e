"""Reads how much was done from cells of a list of activities: «35 lượt người», «1.200», «1,5 kg», «2 buổi, 35 lượt người»."""

import re
from datetime import datetime

from antq_desktop.domain.activities import ActivityCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.intake.activity_words import chosen
from antq_desktop.intake.cell_values import Unfit, is_nothing, refuse_formula_error
from antq_desktop.intake.sheet_text import shown
from antq_desktop.intake.workbook_parts import Value

_COUNT = re.compile(r"([-−–]?)\s*([1-9]\d{0,2}(?:[., ]\d{3})+|\d{1,9})(?:[.,](\d{1,3}))?\s*([^\d]*)")
_DIGITS_OF_THOUSANDTHS = 3
_PAIR = re.compile(r"[-−–]?\s*\d[\d.,]*\s*[^\d;,+]+")


def with_units(text: str) -> list[tuple[str, Value]]:
    """Return the (word for the unit, number) of «2 buổi, 35 lượt người»; nothing for a number alone."""
    pairs: list[tuple[str, Value]] = []
    for piece in _PAIR.findall(text):
        match = _COUNT.fullmatch(piece.strip())
        if match is not None and match[4].strip():
            pairs.append((match[4], piece.replace(match[4], "").strip()))
    return pairs


def in_units(value: Value, units: tuple[str, ...], kind: str, catalogue: ActivityCatalogue) -> dict[str, int]:
    """Return what a cell counts by unit, one of ``units`` that the kind is counted in: «1,5» kg is 1 kg and 500 grams.

    A number without ``units`` is in the kind's foremost one. Raises Unfit.
    """
    of_kind = catalogue.kinds[kind].units
    fine = thousandths(value)
    if fine is not None:
        unit = _unit(units, of_kind, catalogue)
        rest = catalogue.units[unit].thousandths
        if rest in of_kind:
            whole, part = divmod(fine, 1000)
            return {key: number for key, number in ((unit, whole), (rest, part)) if number}
    number = count(value)
    return {_unit(units, of_kind, catalogue): number} if number else {}


def _unit(units: tuple[str, ...], of_kind: tuple[str, ...], catalogue: ActivityCatalogue) -> str:
    unit = chosen(units, of_kind) if units else of_kind[0]
    if unit is None:
        sentence = N_("This kind of activity is not counted in «{unit}».")
        raise Unfit("unit-not-of-kind", sentence, unit=catalogue.units[units[0]].name)
    return unit


def thousandths(value: Value) -> int | None:
    """Return how many thousandths «1,5» or 1.25 says, None for a whole number, one that is finer, and what is no number."""
    if is_nothing(value) or isinstance(value, datetime):
        return None
    match = _COUNT.fullmatch(shown(value).strip())
    sign, whole, rest, _unit = match.groups() if match else ("", "", None, "")
    digits = (rest or "").rstrip("0")
    if sign or not digits or len(digits) > _DIGITS_OF_THOUSANDTHS:
        return None
    return int(re.sub(r"[., ]", "", whole)) * 1000 + int(digits.ljust(_DIGITS_OF_THOUSANDTHS, "0"))


def count(value: Value) -> int | None:
    """Return a whole number, None where nothing stands; «35 người», «1.200» and 12.0 are numbers. Raises Unfit."""
    refuse_formula_error(value)
    if is_nothing(value):
        return None
    text = shown(value)
    match = None if isinstance(value, datetime) else _COUNT.fullmatch(text.strip())
    if match is None:
        raise Unfit("no-number", N_("«{text}» is no number."), text=text)
    sign, whole, rest, _unit = match.groups()
    if rest is not None and int(rest):
        raise Unfit("not-whole", N_("«{text}» is no whole number."), text=text)
    if sign:
        raise Unfit("negative-count", N_("A count cannot be below 0, but here it is {count}."), count=text)
    return int(re.sub(r"[., ]", "", whole))
