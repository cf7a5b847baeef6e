"""Turns records into plain JSON values and back, strictly: what another laptop sends must have the right kinds.

Shapes: dates ISO texts, enums their values, tuples lists, records mappings. Where a field may be of several kinds a date
is ``{"date": …}``, so that a text that looks like a date stays a text.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any, TypeVar

T = TypeVar("T")
#: Takes a JSON value and the name of its field; returns it as what it stands for, or raises WrongShape.
Reader = Callable[[Any, str], Any]
_PLAIN = (str, int, bool)
_UNIONS = (typing.Union, types.UnionType)
_NOTHING: Mapping[str, Any] = {}
#: So many of the ways in which the fields of one kind of record can be filled are remembered.
_SEEN = 256


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


def from_plain(hint: Any, value: Any, field: str = "") -> Any:
    """Return the JSON value as the type ``hint``. Raises WrongShape naming the field."""
    return _reader_of(hint)(value, field)


def record_from(kind: type[T], value: Any, field: str = "", known: Mapping[str, Any] = _NOTHING) -> T:
    """Return the record ``kind`` whose fields stand in the mapping ``value``, all of them and no other.

    ``known`` gives fields that need no reading.
    """
    shape = _shape_of(typing.cast("Any", kind))
    if not isinstance(value, dict) or (value := {**value, **known}).keys() != shape.names:
        raise WrongShape(field or kind.__name__)
    # ``type``: a bool is an int in Python, never in a record.
    if odd := shape.odd(tuple(map(type, shape.plain(value)))):
        raise WrongShape(odd)
    for name, read in shape.read:
        if name not in known:
            value[name] = read(value[name], name)
    try:
        return kind(**value)
    except WrongShape:
        raise
    except ValueError as error:  # a record may refuse its own values
        raise WrongShape(field or kind.__name__) from error


_READERS: dict[Any, dict[str, Reader]] = {}


def readers_of(kind: type[Any]) -> dict[str, Reader]:
    """Return what reads each field of a record; worked out once, for bundles bring records by the hundred thousand."""
    if kind not in _READERS:
        _READERS[kind] = {name: _reader_of(hint) for name, hint in hints_of(kind).items()}
    return _READERS[kind]


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a record. ``plain`` takes the values that stand as they are, ``read`` reads the others.

    ``odd`` names the first plain field whose value has a kind that it may not have; it remembers what it was asked.
    """

    names: frozenset[str]
    plain: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    odd: Callable[[tuple[type[Any], ...]], str]
    read: tuple[tuple[str, Reader], ...]


@cache
def _shape_of(kind: type[Any]) -> _Shape:
    plain = {name: kinds for name, hint in hints_of(kind).items() if (kinds := plain_kinds(hint))}
    read = {name: reader for name, reader in readers_of(kind).items() if name not in plain}
    odd = lru_cache(maxsize=_SEEN)(partial(_first_odd, tuple(plain.items())))
    return _Shape(frozenset((*plain, *read)), _taker(tuple(plain)), odd, tuple(read.items()))


def _taker(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda value: tuple(value[name] for name in names)


def _first_odd(plain: tuple[tuple[str, frozenset[type[Any]]], ...], kinds: tuple[type[Any], ...]) -> str:
    found = (name for (name, allowed), kind in zip(plain, kinds, strict=True) if kind not in allowed)
    return next(found, "")


def plain_kinds(hint: Any) -> frozenset[type[Any]]:
    """Return the kinds that values of type ``hint`` have when they are JSON as they are, or nothing."""
    kinds = typing.get_args(hint) if typing.get_origin(hint) in _UNIONS else (hint,)
    return frozenset(kinds) if all(kind in (*_PLAIN, types.NoneType) for kind in kinds) else frozenset()


@cache
def _reader_of(hint: Any) -> Reader:  # noqa: PLR0911 - one line for each kind of value
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in _UNIONS:
        return _union_reader(arguments)
    if origin is typing.Literal:
        return lambda value, field: _checked(isinstance(value, str) and value in arguments, value, field)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_reader(_reader_of(arguments[1]))
    if origin is tuple:
        return _tuple_reader(_reader_of(arguments[0]))
    if dataclasses.is_dataclass(hint):
        kind = typing.cast("type[Any]", hint)
        return lambda value, field: record_from(kind, value, field)
    if isinstance(hint, type) and issubclass(hint, Enum):
        known = [member.value for member in hint]
        return lambda value, field: hint(_checked(value in known, value, field))
    if hint is date:
        return _date
    if hint is object:
        return lambda value, _field: value
    return _plain_reader(hint)


def _plain_reader(kind: Any) -> Reader:
    def read(value: Any, field: str) -> Any:
        # ``type(...) is``: a bool is an int in Python, never in a record.
        if type(value) is not kind:
            raise WrongShape(field)
        return value

    return read


def _mapping_reader(entry: Reader) -> Reader:
    def read(value: Any, field: str) -> Any:
        _checked(isinstance(value, dict), value, field)
        return {key: entry(held, f"{field}.{key}") for key, held in value.items()}

    return read


def _tuple_reader(entry: Reader) -> Reader:
    def read(value: Any, field: str) -> Any:
        _checked(isinstance(value, list), value, field)
        return tuple(entry(held, field) for held in value)

    return read


def _union_reader(kinds: tuple[Any, ...]) -> Reader:
    tagged = _is_mixed(typing.Union[kinds])  # noqa: UP007 - the kinds are known only now
    may_miss = type(None) in kinds
    readers = [_reader_of(kind) for kind in kinds if kind is not type(None) and not (tagged and kind is date)]

    def read(value: Any, field: str) -> Any:
        if value is None:
            return _checked(may_miss, value, field)
        if tagged and isinstance(value, dict) and value.keys() == {"date"}:
            return _date(value["date"], field)
        for reader in readers:
            try:
                return reader(value, field)
            except WrongShape:
                continue
        raise WrongShape(field)

    return read


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
