"""Reads comma, semicolon, tab or bar separated text in whatever encoding it was saved."""

import csv
import io
import re
import unicodedata
from collections import Counter
from pathlib import Path

from antq_desktop.domain.wording import N_
from antq_desktop.intake.legacy_encodings import encoding_of_texts
from antq_desktop.intake.syllables import marked_words, plausible
from antq_desktop.intake.workbook_parts import BLANK, Cell, DamagedWorkbook, NoWorkbook, Sheet

_DELIMITERS = ";,\t|"
_SAMPLE_LINES = 60
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: Two bytes a letter: in Vietnamese text nearly every second byte is a low one.
_UTF16_SHARE = 0.2
_KNOWN_BEGINNINGS = (
    (b"%PDF", N_("it is a PDF.")),
    (b"{\\rtf", N_("it is a Word document.")),
    (b"\x89PNG", N_("it is a picture.")),
    (b"\xff\xd8\xff", N_("it is a picture.")),
    (b"GIF8", N_("it is a picture.")),
    (b"Rar!", N_("it is a packed file of another kind.")),
    (b"7z\xbc\xaf", N_("it is a packed file of another kind.")),
    (b"SQLite format 3", N_("it is a database.")),
)
_WEB_PAGE = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|<meta|<head)", re.IGNORECASE)


def read_csv(content: bytes, path: Path) -> tuple[Sheet, ...]:
    """Return the one sheet of delimited text; it is named after the file. Raises NoWorkbook, DamagedWorkbook."""
    for beginning, why in _KNOWN_BEGINNINGS:
        if content.startswith(beginning):
            raise NoWorkbook(file=path.name, why=why)
    text = _text(content)
    if text is None:
        raise NoWorkbook(file=path.name, why=N_("it is a file of another kind."))
    if _WEB_PAGE.match(text):
        raise NoWorkbook(file=path.name, why=N_("it is a web page saved under the name of a workbook."))
    hint = re.match(r"sep=(.)\r?\n", text)
    try:
        delimiter = hint[1] if hint else _delimiter(text)
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise DamagedWorkbook(file=path.name) from error
    if all(len(row) <= 1 for row in rows):
        raise NoWorkbook(file=path.name, why=N_("its lines have no columns."))
    if hint:
        rows[0] = []
    name = unicodedata.normalize("NFC", path.stem)
    return (Sheet(name, tuple(tuple(Cell(c) if c.strip() else BLANK for c in row) for row in rows)),)


def _text(content: bytes) -> str | None:
    """Return the text of ``content``; None for what is no text. Old encodings stay as the signs of their bytes."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strict(content, name)
    head = content[:4_000]
    if head.count(0) > _UTF16_SHARE * len(head):
        little = head[1::2].count(0) >= head[::2].count(0)
        return _strict(content, "utf-16-le" if little else "utf-16-be")
    return _strict(content, "utf-8") or _eight_bit(content)


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def _eight_bit(content: bytes) -> str | None:
    """Windows-1258 where that makes the most Vietnamese words, else one sign a byte for TCVN3 and VNI to be read."""
    plain = content.decode("latin-1")
    if _CONTROLS.search(plain):
        return None
    windows = unicodedata.normalize("NFC", content.decode("cp1258", errors="replace"))
    lines = plain.splitlines()[:_SAMPLE_LINES]
    if encoding_of_texts(lines) != "unicode":
        return plain
    sample = "\n".join(windows.splitlines()[:_SAMPLE_LINES])
    words = marked_words(sample)
    return windows if 2 * plausible(sample) > len(words) else None


def _delimiter(text: str) -> str:
    """Return the sign that cuts the first lines into the same, and the greatest, number of cells."""
    lines = text.splitlines()[:_SAMPLE_LINES]

    def fitness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        width, times = max(widths.items(), key=lambda item: item[1] * item[0], default=(0, 0))
        return width * times, -_DELIMITERS.index(delimiter)

    return max(_DELIMITERS, key=fitness)
