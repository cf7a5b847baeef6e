"""Turns records into plain JSON values and back, strictly: what another laptop sends must have the right kinds.

Shapes: dates ISO texts, enums their values, tuples lists, records mappings. Where a field may be of several kinds a date
is ``{"date": …}``, so that a text that looks like a date stays a text.
"""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any, TypeVar

T = TypeVar("T")
_PLAIN = (str, int, bool)
_UNIONS = (typing.Union, types.UnionType)


class WrongShape(ValueError):
    """A value has not the kind that its field asks for; the argument names the field."""


_HINTS: dict[Any, dict[str, Any]] = {}


def hints_of(kind: type[Any]) -> dict[str, Any]:
    """Return the declared type of each field of the record ``kind``; worked out once."""
    if kind not in _HINTS:
        hints = typing.get_type_hints(kind)
        _HINTS[kind] = {field.name: hints[field.name] for field in dataclasses.fields(kind)}
    return _HINTS[kind]


def to_plain(value: Any, hint: Any = None) -> Any:  # noqa: PLR0911 - one line for each kind of value
    """Return ``value`` as JSON values; ``hint`` is the type that its field declares."""
    if value is None or type(value) in _PLAIN:
        return value
    if dataclasses.is_dataclass(value):
        return {name: to_plain(getattr(value, name), inner) for name, inner in hints_of(type(value)).items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return {"date": value.isoformat()} if _is_mixed(hint) else value.isoformat()
    if isinstance(value, Mapping):
        return {key: to_plain(entry, _last_argument(hint)) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        inner = (typing.get_args(hint) or (None,))[0]
        return [to_plain(entry, inner) for entry in value]
    return value


def from_plain(hint: Any, value: Any, field: str = "") -> Any:  # noqa: PLR0911 - one line for each kind of value
    """Return the JSON value as the type ``hint``. Raises WrongShape naming the field."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return _one_of(arguments, value, field)
    if origin is typing.Literal:
        return _checked(isinstance(value, str) and value in arguments, value, field)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        _checked(isinstance(value, dict), value, field)
        return {key: from_plain(arguments[1], entry, f"{field}.{key}") for key, entry in value.items()}
    if origin is tuple:
        _checked(isinstance(value, list), value, field)
        return tuple(from_plain(arguments[0], entry, field) for entry in value)
    if dataclasses.is_dataclass(hint):
        return record_from(typing.cast("type[Any]", hint), value, field)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(_checked(value in [member.value for member in hint], value, field))
    if hint is date:
        return _date(value, field)
    if hint is object:
        return value
    # ``type(...) is``: a bool is an int in Python, never in a record.
    return _checked(type(value) is hint, value, field)


def record_from(kind: type[T], value: Any, field: str = "") -> T:
    """Return the record ``kind`` whose fields stand in the mapping ``value``, all of them and no other."""
    hints = hints_of(kind)
    _checked(isinstance(value, dict) and value.keys() == hints.keys(), value, field or kind.__name__)
    try:
        return kind(**{name: from_plain(hint, value[name], name) for name, hint in hints.items()})
    except WrongShape:
        raise
    except ValueError as error:  # a record may refuse its own values
        raise WrongShape(field or kind.__name__) from error


def _one_of(kinds: tuple[Any, ...], value: Any, field: str) -> Any:
    if value is None:
        return _checked(type(None) in kinds, value, field)
    tagged = _is_mixed(typing.Union[kinds])  # noqa: UP007 - the kinds are known only now
    if tagged and isinstance(value, dict) and value.keys() == {"date"}:
        return _date(value["date"], field)
    for kind in kinds:
        if kind is type(None) or (tagged and kind is date):
            continue
        try:
            return from_plain(kind, value, field)
        except WrongShape:
            continue
    raise WrongShape(field)


def _is_mixed(hint: Any) -> bool:
    kinds = typing.get_args(hint) if typing.get_origin(hint) in _UNIONS else ()
    return date in kinds and str in kinds


def _last_argument(hint: Any) -> Any:
    return (typing.get_args(hint) or (None,))[-1]


def _date(value: Any, field: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise WrongShape(field) from error


def _checked(holds: bool, value: Any, field: str) -> Any:  # noqa: FBT001 - a check has nothing but its outcome
    if not holds:
        raise WrongShape(field)
    return value
