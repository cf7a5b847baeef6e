"""Tells the rows of households from everything else that stands between and below them.

No rows and no faults: titles, repeated headers, numbering rows, totals, lines that name an area (it then holds for the
rows beneath), empty prepared rows, signature blocks. Rows of other members of a household are counted to their head.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from antq_desktop.domain.text import fold
from antq_desktop.intake import columns as content
from antq_desktop.intake.cell_values import is_nothing
from antq_desktop.intake.hamlet_names import heading
from antq_desktop.intake.sheet_text import SheetText

_TOTAL = re.compile(
    r"(?:\W|\d|[ivx]+\.)*(?:tổng|cộng|lũy kế|luỹ kế)\b.*|\W*(?:tong (?:cong|so|ho)|cong\s*:).*",
    re.IGNORECASE | re.DOTALL,
)
_CLOSING = re.compile(
    r".*(?:người lập|lập biểu|lập bảng|lập danh sách|người tổng hợp|trưởng (?:thôn|xóm|ấp|bản|buôn|khu|ban|công an|khóm|tdp|tổ)|tổ trưởng|thôn trưởng"
    r"|bí thư|xác nhận|ký,? (?:và )?(?:ghi|đóng)|ký tên|đóng dấu|chủ tịch|phó chủ tịch|thủ trưởng|kế toán|cán bộ|công an (?:xã|viên|phường)|ban công tác"
    r"|nơi nhận|ghi chú\s*:|ấn định|\bngày\b.*\btháng\b.*\bnăm\b|^t/?m\.|^tm\b|^kt\.|^tl\.|danh sách này|lưu:|người duyệt|chi hội|mặt trận).*",
    re.IGNORECASE | re.DOTALL,
)
_COUNT = re.compile(r"[IVXLC]+\.?|[A-Z]\.?|\d{1,5}\.?")
_ORDINAL = re.compile(r"\d{1,5}\.?")
_HEADS = frozenset({"chu ho", "ch", "chuho", "chu", "ban than", "1"})
_DETAILS = (
    "birth",
    "birth_year",
    "birth_male",
    "birth_female",
    "citizen_id",
    "cmnd",
    "phone",
    "members",
    "hamlet",
    "address",
    "signed",
)
_FEWEST_NUMBERED = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One household's row. ``hamlet`` is what a line above names; ``followers`` counts rows of its other members."""

    row: int
    hamlet: str | None = None
    followers: int = 0


@dataclass(frozen=True, slots=True)
class Region:
    """Where a table's rows may lie: rows and columns from 0, all inclusive."""

    first: int
    last: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Span(Region):
    """A region, what its columns hold, and the texts of its header rows."""

    columns: Mapping[str, int]
    headers: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Lines:
    """The households of a span, and rows with a name alone that were left out."""

    households: tuple[Line, ...]
    left_out: tuple[int, ...]


def household_lines(text: SheetText, span: Span) -> Lines:
    """Return the rows of ``span`` that are households, in order."""
    found: list[Line] = []
    left_out: list[int] = []
    hamlet: str | None = None
    closed = False
    lists_members = _lists_members(text, span)
    for row, filled in _worth_reading(text, span):
        strong = _is_strong(text, row, span.columns)
        named = None if strong else _area_line(text, row, filled, span.columns)
        if named is not None:
            hamlet, closed = named, False
            continue
        if is_total([text.text(row, column) for column in filled]) and not _has_number(
            text, row, span.columns
        ):
            continue
        numbered = _ORDINAL.fullmatch(_of(text, row, span.columns, "stt")) is not None
        if not (strong or numbered) and is_closing([text.text(row, column) for column in filled]):
            closed = True
            continue
        if found and _is_follower(text, row, span, lists_members=lists_members):
            found[-1] = replace(found[-1], followers=found[-1].followers + 1)
            continue
        if _is_household(text, row, span.columns, strong=strong, closed=closed):
            found.append(Line(row, hamlet))
            closed = False
        elif not closed and content.is_person(_of(text, row, span.columns, "head")):
            left_out.append(row)
    return Lines(tuple(found), tuple(left_out))


def header_key(text: SheetText, row: int, left: int, right: int) -> tuple[str, ...]:
    """Return a row's own texts, folded, by which a header printed again on the next page is known."""
    return tuple(fold(text.text(row, column)) for column in range(left, right + 1))


def is_numbering(texts: list[str]) -> bool:
    """Whether a row only numbers the columns: (1) (2) (3), 1 2 3, A B 1 2."""
    bare = [t.strip("() .") for t in texts]
    numbers = [int(t) for t in bare if t.isascii() and t.isdigit()]
    others = [t for t in bare if not (t.isascii() and t.isdigit())]
    return (
        len(bare) >= _FEWEST_NUMBERED
        and len(numbers) >= _FEWEST_NUMBERED - 1
        and all(b == a + 1 for a, b in pairwise(numbers))
        and all(len(t) == 1 or re.fullmatch(r"\d+\s*=.*", t) for t in others)
    )


def is_total(texts: list[str]) -> bool:
    """Whether a row sums others up, told by its first words."""
    words = [text for text in texts[:3] if not text.isdigit()]
    return any(_TOTAL.fullmatch(text) for text in words[:2])


def is_closing(texts: list[str]) -> bool:
    """Whether a row stands below a table: who made it, who signs, where and when."""
    return any(_CLOSING.fullmatch(text) for text in texts)


def _worth_reading(text: SheetText, span: Span) -> Iterator[tuple[int, list[int]]]:
    for row in range(span.first, span.last + 1):
        filled = [column for column in text.filled(row) if span.left <= column <= span.right]
        if not filled or header_key(text, row, span.left, span.right) in span.headers:
            continue
        if not is_numbering([text.text(row, column) for column in filled]):
            yield row, filled


def _of(text: SheetText, row: int, columns: Mapping[str, int], field: str) -> str:
    return text.text(row, columns[field]) if field in columns else ""


def _is_strong(text: SheetText, row: int, columns: Mapping[str, int]) -> bool:
    """Whether a row holds a number, a day or a phone where the table has them."""
    if _has_number(text, row, columns) or len(re.sub(r"\D", "", _of(text, row, columns, "phone"))) > 7:  # noqa: PLR2004
        return True
    for field in ("birth", "birth_year", "birth_male", "birth_female", "signed"):
        if field not in columns:
            continue
        value = text.value(row, columns[field])
        if isinstance(value, datetime) or content.is_day(value) or content.is_year(value):
            return field != "signed" or bool(_of(text, row, columns, "head"))
    return False


def _has_number(text: SheetText, row: int, columns: Mapping[str, int]) -> bool:
    return any(len(re.sub(r"\D", "", _of(text, row, columns, field))) > 7 for field in ("citizen_id", "cmnd"))  # noqa: PLR2004


def _area_line(text: SheetText, row: int, filled: list[int], columns: Mapping[str, int]) -> str | None:
    """Return the area that a line between the rows names. Numbers beside it («I», «35») belong to the line."""
    words = [column for column in filled if not _COUNT.fullmatch(text.text(row, column))]
    if len({text.text(row, column) for column in words}) != 1:
        return None
    if words[0] == columns.get("hamlet") and len(filled) > 1:
        return None  # a household whose name is missing
    return heading(text.text(row, words[0]))


def _lists_members(text: SheetText, span: Span) -> bool:
    """Whether the table has a row for every person, told by a column of relations in which heads stand too."""
    if "relation" not in span.columns:
        return False
    said = {fold(_of(text, row, span.columns, "relation")) for row in range(span.first, span.last + 1)} - {""}
    return bool(said & _HEADS) and len(said) > 1


def _is_follower(text: SheetText, row: int, span: Span, *, lists_members: bool) -> bool:
    """Whether a row is another member of the household above it."""
    if lists_members and fold(_of(text, row, span.columns, "relation")) not in _HEADS | {""}:
        return True
    head = span.columns.get("head")
    return head is not None and span.first <= text.origin(row, head)[0] < row


def _is_household(
    text: SheetText, row: int, columns: Mapping[str, int], *, strong: bool, closed: bool
) -> bool:
    head = _of(text, row, columns, "head")
    numbered = _ORDINAL.fullmatch(_of(text, row, columns, "stt")) is not None
    details = sum(field in columns and not is_nothing(text.value(row, columns[field])) for field in _DETAILS)
    if not head:
        return details > 1 and (strong or (numbered and not closed))
    return strong or numbered or (details > 0 and not closed)
