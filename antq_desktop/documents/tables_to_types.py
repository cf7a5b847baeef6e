"""Turns the plain tables of a form file into typed objects, so that a slip in a form is found before it is printed."""

import unicodedata
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from types import NoneType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from antq_desktop.documents.templates import Template, TemplateFault, read_template
from antq_desktop.domain.wording import N_

Built = TypeVar("Built")


class WrongShape(ValueError):
    """A value does not fit its place; ``key`` leads to it and ``why`` is a message id. Callers turn it into a failure."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(key, why)
        self.key = key
        self.why = why


def build(kind: type[Built], table: object, key: str) -> Built:
    """Return ``table`` as the dataclass ``kind``. Raises WrongShape with the key that is wrong."""
    if not isinstance(table, Mapping):
        raise WrongShape(key, N_("a table of keys is needed here."))
    hints = get_type_hints(kind)
    for name in table:
        if name not in hints:
            raise WrongShape(_join(key, str(name)), N_("there is no such key."))
    values: dict[str, Any] = {}
    for field in fields(kind):  # type: ignore[arg-type] # every caller passes a dataclass
        if field.name in table:
            values[field.name] = _value(hints[field.name], table[field.name], _join(key, field.name))
        elif field.default is MISSING:
            raise WrongShape(_join(key, field.name), N_("this key is missing."))
    return kind(**values)


def _value(hint: Any, value: object, key: str) -> object:  # noqa: ANN401 - a type hint has no type of its own
    choices = get_args(hint)
    if NoneType in choices:
        return _value(next(choice for choice in choices if choice is not NoneType), value, key)
    origin = get_origin(hint)
    if origin is Literal:
        if value not in choices:
            raise WrongShape(f"{key} = {value}", N_("this is none of the words that fit here."))
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise WrongShape(key, N_("a list is needed here."))
        return tuple(_value(choices[0], item, f"{key} {number}") for number, item in enumerate(value, 1))
    if origin is not None:
        if not isinstance(value, dict):
            raise WrongShape(key, N_("a table of keys is needed here."))
        return {name: _value(choices[1], item, _join(key, name)) for name, item in value.items()}
    if isinstance(hint, type) and is_dataclass(hint) and hint is not Template:
        return build(hint, value, key)
    return _plain(hint, value, key)


def _plain(hint: object, value: object, key: str) -> object:
    if hint is Template and isinstance(value, str):
        try:
            return read_template(unicodedata.normalize("NFC", value))
        except TemplateFault as fault:
            raise WrongShape(
                f"{key}: {fault.args[0]}", N_("a brace or a style mark has no partner.")
            ) from fault
    if hint is str and isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(hint, type) and hint in {bool, int, date} and type(value) is hint:
        return value
    raise WrongShape(key, N_("a value of another kind is needed here."))


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name
