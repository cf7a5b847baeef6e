"""Recognises the header of a table in one, two or three rows, also over merged cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from antq_desktop.intake.header_words import IGNORED, Meaning, meaning, meaning_under
from antq_desktop.intake.row_kinds import is_numbering
from antq_desktop.intake.sheet_text import SheetText
from antq_desktop.intake.workbook_parts import Value

_TALLEST = 3
_IDENTIFYING = frozenset({"head", "citizen_id", "cmnd", "birth", "birth_year", "birth_male"})
_LONG_NUMBER = re.compile(r"\d{5}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|^-?\d+$")
_LONGEST = 80
_SURE = 8


@dataclass(frozen=True, slots=True)
class Header:
    """A table's header: its rows (from 0), and per column its text and what it means."""

    row: int
    height: int
    texts: Mapping[int, str]
    meanings: Mapping[int, Meaning]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(m.field for m in self.meanings.values()) - {IGNORED, "stt"}

    @property
    def names_households(self) -> bool:
        return bool(self.fields & _IDENTIFYING)


def header_at(text: SheetText, row: int, *, sure: bool = False) -> Header | None:
    """Return the header that begins at ``row``, else None. ``sure``: somebody says that it does."""
    if not sure and not _could_be_header(text, row):
        return None
    best = _build(text, row, 1)
    for height in range(2, _TALLEST + 1):
        if not _continues(text, row + height - 1):
            break
        taller = _build(text, row, height)
        if len(taller.fields) > len(best.fields) or _splits_better(taller, best):
            best = taller
    if sure or (_is_header(best) and not _is_only_title(text, best)):
        return best
    return None


def _is_header(header: Header) -> bool:
    known = len(header.meanings)
    if header.names_households:
        return len(header.fields) > 1 or (known > 1 and "head" in header.fields)
    # A table of something else («Thôn | Số hộ | Số khẩu»): it ends the one above it.
    return len(header.texts) > 2 and sum(m.weight >= _SURE for m in header.meanings.values()) > 1  # noqa: PLR2004


def _is_only_title(text: SheetText, header: Header) -> bool:
    """Whether the first row adds nothing to a header that begins below it."""
    if header.height == 1:
        return False
    lower = _build(text, header.row + 1, header.height - 1)
    return len(lower.meanings) >= len(header.meanings) and lower.fields >= header.fields


def _splits_better(taller: Header, best: Header) -> bool:
    """Whether a second row tells apart what the first named once (day, month and year under «Ngày sinh»)."""
    split = {"birth_day", "birth_male", "sex_male", "given_name"}
    return bool(taller.fields & split) and not best.fields & split


def _could_be_header(text: SheetText, row: int) -> bool:
    filled = text.filled(row)
    return len(filled) > 1 and not any(_is_data(text.value(row, column)) for column in filled)


def _continues(text: SheetText, row: int) -> bool:
    """Whether a row can be the lower part of a header: words alone, and most stand under a wider cell or an empty one."""
    filled = text.filled(row)
    if not filled or any(_is_data(text.value(row, column)) for column in filled):
        return False
    if is_numbering([text.text(row, column) for column in filled]):
        return False
    under = sum(not text.text(row - 1, c) or not text.text(row - 1, c + 1) for c in filled)
    return under * 2 > len(filled)


def _is_data(value: Value) -> bool:
    if isinstance(value, datetime | int | float):
        return True
    return isinstance(value, str) and (_LONG_NUMBER.search(value) is not None or len(value) > _LONGEST)


def _build(text: SheetText, row: int, height: int) -> Header:
    width = max(text.width(r) for r in range(row, row + height)) if height else 0
    stacks: dict[int, list[str]] = {}
    group = ""
    for column in range(width):
        parts = [text.spread_text(r, column) for r in range(row, row + height)]
        if height > 1 and not parts[0] and any(parts[1:]):
            parts[0] = group  # the name of a group stands over its first column only
        else:
            group = parts[0]
        if height == 1 and text.origin(row, column)[1] != column:
            parts = [""]
        stack = [part for index, part in enumerate(parts) if part and part not in parts[:index]]
        if stack:
            stacks[column] = stack
    meanings: dict[int, Meaning] = {}
    for column, stack in stacks.items():
        found = meaning(stack[0])
        if len(stack) > 1:
            siblings = tuple(
                other[-1] for other in stacks.values() if other[0] == stack[0] and len(other) > 1
            )
            found = meaning_under(stack[-2], stack[-1], siblings)
        if found is not None:
            meanings[column] = found
    return Header(row, height, {column: " ".join(stack) for column, stack in stacks.items()}, meanings)
