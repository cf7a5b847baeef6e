"""Refuses an own form that could be read but not printed: data that the program has not, measures that leave no room."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from antq_desktop.documents.form_files import Field, Form, FormBroken
from antq_desktop.domain.wording import N_

_LEAST_ROOM = 60.0
_LARGEST = 300.0
_LEAST_SIZE = 4.0
_LEAST_LEADING = 0.7


def check_form(form: Form, source: str, shipped: Form) -> None:
    """Check an own ``form`` read from ``source`` against the shipped one. Raises FormBroken with line and key."""
    _check_fields(form.fields, shipped.fields, form.name, source)
    for name, value in _measures(form.page, form.blocks):
        if not _can_be_printed(name, value):
            raise FormBroken(
                form=form.name,
                line=_line_of(source, name),
                key=name,
                why=N_("this measure cannot be printed."),
            )
    margins = form.page.margins
    high = form.page.paper[1] - margins.top - margins.bottom
    if form.page.text_width < _LEAST_ROOM or high < _LEAST_ROOM:
        raise FormBroken(
            form=form.name,
            line=_line_of(source, "margins"),
            key="margins",
            why=N_("the margins leave too little room for text."),
        )


def _check_fields(own: Mapping[str, Field], shipped: Mapping[str, Field], form: str, source: str) -> None:
    """Refuse a field that the program never fills, and one that turns rows into a plain value or back."""
    for name, field in own.items():
        known = shipped.get(name)
        if known is None or bool(field.fields) != bool(known.fields):
            raise FormBroken(
                form=form, line=_line_of(source, name), key=name, why=N_("the program has no such data.")
            )
        if field.fields and known.fields:
            _check_fields(field.fields, known.fields, form, source)


def _can_be_printed(name: str, value: float) -> bool:
    if not (math.isfinite(value) and 0 <= value <= _LARGEST):
        return False
    if name == "leading":
        return value >= _LEAST_LEADING
    return not (name.endswith("size") and 0 < value < _LEAST_SIZE)


def _measures(*parts: object) -> Iterator[tuple[str, float]]:
    for part in parts:
        if isinstance(part, tuple):
            yield from _measures(*part)
        elif is_dataclass(part):
            for field in fields(part):
                value = getattr(part, field.name)
                if isinstance(value, float):
                    yield field.name, value
                else:
                    yield from _measures(value)


def _line_of(source: str, key: str) -> int:
    """Return the line where ``key`` is first written, 1 when it is not found."""
    written = re.compile(rf"(^|[\[.{{,\s]){re.escape(key)}\s*[=.\]]")
    return next((number for number, line in enumerate(source.splitlines(), 1) if written.search(line)), 1)
