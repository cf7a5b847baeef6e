"""Checks the data that a form is filled with and writes each value as a Vietnamese office does."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from antq_desktop.documents.form_files import ROW_NUMBER, Field, Form
from antq_desktop.documents.templates import EMPTY_BOX, MISSING_GLYPH, TICKED_BOX, Piece, Template
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_

#: A stretch of text in one style (0 regular, 1 bold, 2 italic, 3 both).
Run = tuple[int, str]


class FieldUnknown(BadInput):
    """A record brings a field that the form does not have."""

    code = "form-field-unknown"
    sentence = N_(
        "The form «{form}» has no field «{field}». Check the form and the data that is put into it."
    )


class FieldMissing(BadInput):
    """A record lacks what the form cannot be printed without."""

    code = "form-field-missing"
    sentence = N_(
        "The form «{form}» cannot be printed without «{label}» ({field}). Fill it in, then print again."
    )


class FieldWrong(BadInput):
    """A value is not of the kind that the form declares."""

    code = "form-field-wrong"
    sentence = N_(
        "«{value}» does not fit «{label}» ({field}) of the form «{form}». Correct it, then print again."
    )


@dataclass(frozen=True, slots=True)
class Scope:
    """The checked values of one record, or of one row within it, ready to fill texts."""

    fields: Mapping[str, Field]
    values: Mapping[str, object]
    letters: frozenset[str]
    missing: set[str]

    def has(self, name: str) -> bool:
        """Tell whether the field holds something: text, rows, a true flag; 0 is something."""
        value = self.values.get(name)
        return value is not False and value not in (None, "", ())

    def rows(self, name: str) -> list["Scope"]:
        """Return one scope for every row of a field; each also sees the record and its own number ``n``."""
        field = self.fields[name]
        declared = {**self.fields, **(field.fields or {}), ROW_NUMBER: Field(label="", kind="number")}
        rows = self.values.get(name) or ()
        return [
            Scope(declared, {**self.values, **row, ROW_NUMBER: number}, self.letters, self.missing)
            for number, row in enumerate(rows if isinstance(rows, tuple) else (), 1)
        ]

    def fill(self, template: Template, style: int = 0) -> list[Run]:
        """Return the text of ``template`` for this record; ``style`` is added to every piece.

        A letter that the face lacks becomes MISSING_GLYPH and is noted in ``missing``.
        """
        runs = []
        for piece in template.pieces:
            text = piece.text or self._shown(piece)
            if not (text.isascii() and text.isprintable()):
                lacking = {sign for sign in text if sign not in self.letters and sign not in _DRAWN}
                self.missing.update(lacking)
                text = text.translate({ord(sign): MISSING_GLYPH for sign in lacking})
            if text:
                runs.append((piece.style | style, text))
        return runs

    def text(self, template: Template) -> str:
        """Return the text of ``template`` without styles and without regard to the face (for codes)."""
        return "".join(piece.text or self._shown(piece) for piece in template.pieces)

    def _shown(self, piece: Piece) -> str:
        field, value = self.fields[piece.field], self.values.get(piece.field)
        if piece.manner in {"box", "unbox"}:
            return TICKED_BOX if value is (piece.manner == "box") else EMPTY_BOX
        if value is None or value == "":
            return field.blank
        text = _part(value, piece.part) if isinstance(value, date) else _plain(field, value)
        return text.upper() if piece.manner == "caps" else text


_DRAWN = frozenset((EMPTY_BOX, TICKED_BOX, "\n"))
_NO_LETTER = "\uffff"


def read_record(form: Form, record: Mapping[str, object], letters: frozenset[str]) -> Scope:
    """Return ``record`` checked against the fields of ``form``; texts become NFC.

    Dates may come as ``date`` or as ISO text. Raises FieldUnknown, FieldMissing, FieldWrong.
    """
    return Scope(form.fields, _checked(form.name, form.fields, record), letters, set())


def _checked(form: str, fields: Mapping[str, Field], record: Mapping[str, object]) -> dict[str, object]:
    for name in record:
        if name not in fields:
            raise FieldUnknown(form=form, field=name)
    values: dict[str, object] = {}
    for name, field in fields.items():
        values[name] = _value(form, name, field, record.get(name))
        if field.required and values[name] in (None, "", ()):
            raise FieldMissing(form=form, field=name, label=field.label)
    return values


def _value(form: str, name: str, field: Field, value: object) -> object:
    match field.kind, value:
        case _, None:
            shown: object = None
        case "rows", list() | tuple() as rows if all(isinstance(row, Mapping) for row in rows):
            shown = tuple(_checked(form, field.fields or {}, row) for row in rows)
        case "number" | "year" | "text", int() if not isinstance(value, bool):
            shown = value
        case ("flag", bool()) | ("number", Decimal() | float()) | ("text" | "date", date()):
            shown = value
        case "code", str():
            shown = value
        case "text", str():
            shown = _without_private_signs(clean(value))
        case "date", "":
            shown = None
        case "date", str() if (day := _iso(value)) is not None:
            shown = day
        case _:
            raise FieldWrong(form=form, field=name, label=field.label, value=str(value))
    return shown


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _without_private_signs(text: str) -> str:
    """Return ``text`` with a sign that no face has for each private one, which would be drawn as one of our boxes."""
    if text.isascii():
        return text
    return "".join(_NO_LETTER if unicodedata.category(sign) == "Co" else sign for sign in text)


def _part(day: date, part: str) -> str:
    """Write a date or a part of it: day below 10 and months 1 and 2 with a leading 0 (Nghị định 30/2020)."""
    if part == "day":
        return f"{day.day:02}"
    if part == "month":
        return f"{day.month:02}" if day.month < 3 else str(day.month)
    return str(day.year) if part == "year" else f"{day:%d/%m/%Y}"


def _plain(field: Field, value: object) -> str:
    """Write a number with dots at the thousands and a comma before the decimals; a year without."""
    if isinstance(value, int) and field.kind == "number":
        return f"{value:,}".replace(",", ".")
    if isinstance(value, Decimal | float):
        return f"{value:,}".translate(str.maketrans(",.", ".,"))
    return str(value)
