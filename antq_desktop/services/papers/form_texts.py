"""Finds what may be changed in a form file by someone who does not know its language: each wording and measure."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from difflib import SequenceMatcher
from typing import Any

from antq_desktop.documents.form_blocks import KINDS, Block, QrCode
from antq_desktop.documents.form_files import Field, Form
from antq_desktop.documents.templates import Template
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _

_KINDS = {name: kind for kind, name in KINDS.items()}
_BLOCKS = {
    "letterhead": N_("Head of the paper"),
    "line": N_("Line of text"),
    "title": N_("Name of the paper"),
    "subtitle": N_("What the paper is about"),
    "paragraph": N_("Paragraph"),
    "list": N_("List"),
    "fields": N_("Lines to fill in"),
    "table": N_("Table"),
    "signatures": N_("Signatures and recipients"),
    "groups": N_("Code for reading aloud"),
    "qr": N_("QR code"),
    "frame": N_("Frame"),
    "space": N_("Free space"),
    "page_break": N_("New page"),
    "rulers": N_("Crosses of the test sheet"),
}
#: What a part is called; {n} counts where there are several.
_PARTS = {
    "title": N_("Title of the file"),
    "subject": N_("Subject of the file"),
    "draft_mark": N_("Mark across a draft"),
    "footer": N_("Small line at the foot"),
    "text": N_("Text"),
    "parent": N_("Superior agency"),
    "agency": N_("Agency"),
    "number": N_("Number and symbol"),
    "place_date": N_("Place and date"),
    "state": N_("Name of the State"),
    "motto": N_("Motto"),
    "items": N_("Point {n}"),
    "lines": N_("Line {n}"),
    "columns": N_("Column {n}"),
    "label": N_("Words before it"),
    "head": N_("Head of the column"),
    "foot": N_("Foot, column {n}"),
    "date": N_("Date line"),
    "role": N_("Post, line {n}"),
    "hint": N_("Hint below the post"),
    "name": N_("Name below"),
    "heading": N_("Heading"),
    "recipients": N_("Recipient {n}"),
    "content": N_("Content of the code"),
    "caption": N_("Caption, line {n}"),
    "crosses": N_("Cross {n}"),
}
_NUMBERS = {
    "top": N_("Margin above (mm)"),
    "bottom": N_("Margin below (mm)"),
    "left": N_("Margin at the left (mm)"),
    "right": N_("Margin at the right (mm)"),
    "size": N_("Size of letters"),
    "leading": N_("Distance of lines"),
    "footer_at": N_("Small line above the edge (mm)"),
    "state_size": N_("Size of letters: name of the State"),
    "motto_size": N_("Size of letters: motto"),
    "agency_size": N_("Size of letters: agency"),
    "number_size": N_("Size of letters: number"),
    "caption_size": N_("Size of letters: caption"),
    "least_size": N_("Smallest size of letters"),
    "left_width": N_("Width at the left (mm)"),
    "width": N_("Width (mm)"),
    "above": N_("Space above (points)"),
    "room": N_("Room for pen and seal (mm)"),
    "height": N_("Height (mm)"),
    "indent": N_("Indent (mm)"),
    "inset": N_("Distance from the edge (mm)"),
    "x": N_("From the left edge (mm)"),
    "y": N_("From the upper edge (mm)"),
}
_QR_SIZE = N_("Side of the code (mm)")
#: Measures that can be changed though the file leaves them to their defaults.
_ALWAYS = ("top", "bottom", "left", "right", "size", "room")


@dataclass(frozen=True, slots=True)
class FormText:
    """One wording or measure. ``path`` leads to it in the file; ``shipped`` is None where the shipped form has no such place.

    ``group`` and ``label`` are words for people. A measure is written as people write it, with a comma.
    """

    path: str
    group: str
    label: str
    text: str
    shipped: str | None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    path: str
    label: str
    text: str
    is_number: bool = False


def texts(form: Form, source: str, shipped: Form, shipped_source: str) -> list[FormText]:
    """Return what can be changed in ``form`` in the order of its file; ``source`` is that file, the others the shipped one."""
    table, shipped_table = tomllib.loads(source), tomllib.loads(shipped_source)
    said = _beside(_("The whole paper"), _of_page(form, table), _of_page(shipped, shipped_table))
    partners = _partners(form, shipped)
    for place, block in enumerate(form.blocks):
        partner = partners.get(place)
        said += _beside(
            f"{place + 1}. {_(_BLOCKS[kind_word(block)])}",
            _of_block(form, table, place),
            () if partner is None else _of_block(shipped, shipped_table, partner, shown_as=place),
        )
    said += _beside(
        _("Printed where nothing is known"),
        _of_fields(form.fields, table["fields"], "fields"),
        _of_fields(shipped.fields, shipped_table["fields"], "fields"),
    )
    return said + _beside(_("Kept in the file"), _of_file(form), _of_file(shipped))


def number_text(value: float) -> str:
    """Write a measure as people do: 13,5."""
    return f"{value:g}".replace(".", ",")


def kind_word(block: Block) -> str:
    """Return the word that names this kind of block in a form file."""
    return _KINDS[type(block)]


def _beside(group: str, found: Iterable[_Found], shipped: Iterable[_Found]) -> list[FormText]:
    before = {text.path: text.text for text in shipped}
    return [
        FormText(text.path, group, text.label, text.text, before.get(text.path), text.is_number)
        for text in found
    ]


def _partners(form: Form, shipped: Form) -> dict[int, int]:
    """Return which shipped block stands behind each block of ``form``, also where some were added or taken out."""
    ours, theirs = ([kind_word(block) for block in one.blocks] for one in (form, shipped))
    same = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return {run.a + step: run.b + step for run in same for step in range(run.size)}


def _of_page(form: Form, table: Mapping[str, Any]) -> Iterator[_Found]:
    yield from _walk(form.page, {"margins": {}, **table.get("page", {})}, "page.")
    yield from _named(form, "draft_mark")


def _of_file(form: Form) -> Iterator[_Found]:
    """Yield what stands in the PDF beside its pages, for programs that list files."""
    yield from _named(form, "title", "subject")


def _named(form: Form, *names: str) -> Iterator[_Found]:
    for name in names:
        yield _Found(name, _(_PARTS[name]), getattr(form, name))


def _of_block(
    form: Form, table: Mapping[str, Any], place: int, shown_as: int | None = None
) -> Iterator[_Found]:
    return _walk(
        form.blocks[place], table["block"][place], f"block.{place if shown_as is None else shown_as}."
    )


def _of_fields(fields: Mapping[str, Field], table: Mapping[str, Any], path: str) -> Iterator[_Found]:
    for name, field in fields.items():
        if field.blank:
            yield _Found(f"{path}.{name}.blank", field.label, field.blank)
        if field.fields:
            yield from _of_fields(field.fields, table[name]["fields"], f"{path}.{name}.fields")


def _walk(part: object, table: Mapping[str, Any], path: str, before: str = "") -> Iterator[_Found]:
    """Yield what stands in ``part`` in the order of the file; ``before`` names the place that it is in."""
    for name in (*table, *(name for name in _ALWAYS if name not in table)):
        value = getattr(part, name, None)
        if isinstance(value, Template):
            yield _Found(f"{path}{name}", _joined(before, _(_PARTS[name])), str(table[name]))
        elif isinstance(value, float) and name in _NUMBERS and (value or name in table):
            words = _QR_SIZE if isinstance(part, QrCode) and name == "size" else _NUMBERS[name]
            yield _Found(f"{path}{name}", _joined(before, _(words)), number_text(value), is_number=True)
        elif isinstance(value, tuple):
            yield from _walk_list(value, table[name], f"{path}{name}", _joined(before, _PARTS[name]))
        elif is_dataclass(value) and not isinstance(value, Template):
            yield from _walk(value, table[name], f"{path}{name}.", before)


def _walk_list(parts: Sequence[object], table: Sequence[Any], path: str, words: str) -> Iterator[_Found]:
    for place, (part, item) in enumerate(zip(parts, table, strict=True)):
        here, name = f"{path}.{place}", _(words, n=place + 1)
        if isinstance(part, Template):
            yield _Found(here, name, str(item))
        elif isinstance(part, tuple):
            for cell, (inner, inner_table) in enumerate(zip(part, item, strict=True)):
                shown = name if len(part) == 1 else f"{name}.{cell + 1}"
                yield from _walk(inner, inner_table, f"{here}.{cell}.", shown)
        else:
            yield from _walk(part, item, f"{here}.", name)


def _joined(before: str, words: str) -> str:
    return f"{before}: {words[:1].lower()}{words[1:]}" if before else words
