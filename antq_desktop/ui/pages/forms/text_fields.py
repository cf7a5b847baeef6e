"""Turns the texts of a form into fields to type in, the shipped text said under each one that differs."""

from collections.abc import Mapping, Sequence
from functools import partial

from antq_desktop.domain.text import clean
from antq_desktop.runtime.language import _
from antq_desktop.services.papers.form_texts import FormText
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.text_field import TextField, TextLines

_ONE_LINE = 48
_NUMBER_WIDTH = 120


def sections(texts: Sequence[FormText]) -> list[tuple[str, list[Field]]]:
    """Return the fields under the headings of their groups; what is empty here and in the shipped form is left out."""
    groups: dict[str, list[Field]] = {}
    shown = [text for text in texts if text.text or text.shipped]
    for count, text in enumerate(shown, 1):
        after = shown[count] if count < len(shown) else None
        together = after is not None and after.group == text.group and text.is_number and after.is_number
        place = groups.setdefault(text.group, [])
        # Numbers share a line two by two.
        pair = together and not (place and place[-1].pair)
        place.append(_field(text, pair=pair))
    return list(groups.items())


def values(texts: Sequence[FormText]) -> dict[str, object]:
    return {text.path: text.text for text in texts}


def typed_raw(box: FieldBox) -> str:
    """Return what stands in the field with all its spaces: a form lines words up with them."""
    if isinstance(box.input, TextLines):
        return box.input.toPlainText()
    return box.input.text() if isinstance(box.input, TextField) else box.typed()


def changed(boxes: Mapping[str, FieldBox], texts: Sequence[FormText]) -> dict[str, str]:
    """Return the texts that were typed anew, by their paths."""
    return {
        text.path: typed_raw(boxes[text.path])
        for text in texts
        if text.path in boxes and boxes[text.path].typed() != _flat(text.text)
    }


def _field(text: FormText, *, pair: bool) -> Field:
    if text.is_number:
        return Field(
            text.path,
            text.label,
            check=_no_number,
            warn=partial(_differs, text.shipped),
            width=_NUMBER_WIDTH,
            pair=pair,
        )
    long = len(text.text) > _ONE_LINE or "\n" in text.text
    return Field(
        text.path, text.label, kind="lines" if long else "text", warn=partial(_differs, text.shipped)
    )


def _differs(shipped: str | None, typed: str) -> str:
    if shipped is None:
        return _("The shipped form has no such place.")
    return "" if typed == _flat(shipped) else _("Shipped: «{text}»", text=shipped)


def _no_number(typed: str) -> str:
    plain = typed.replace(",", ".", 1)
    if plain.replace(".", "", 1).isdecimal():
        return ""
    return _("«{text}» is no number. Type figures, such as 13,5.", text=typed)


def _flat(text: str) -> str:
    """Return ``text`` as a field gives it back."""
    return "\n".join(clean(line) for line in text.splitlines()).strip()
