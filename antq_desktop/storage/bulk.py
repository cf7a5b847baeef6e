"""Writes and finds many rows by one statement, without the toll that SQLAlchemy takes for each row where that can be spared."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

#: What a driver is given: its own text, the names of the values in their order, and what turns some of them into its kinds.
_Prepared = tuple[str, list[str], list[tuple[int, Callable[[Any], Any]]]]
_prepared: dict[str, _Prepared] = {}


def execute(
    connection: sa.Connection, name: str, statement: sa.Insert, rows: Sequence[dict[str, Any]]
) -> None:
    """Execute ``statement`` for all ``rows``; ``name`` stands for that statement alone.

    A statement that SQLite understands is put together once; the server's driver is left to SQLAlchemy.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(statement, rows)
        return
    if name not in _prepared:
        _prepared[name] = _prepare(connection, statement, list(rows[0]))
    text, names, converted = _prepared[name]
    values = list(map(itemgetter(*names), rows))
    if converted:
        values = [_convert(list(row), converted) for row in values]
    connection.exec_driver_sql(text, values)


def among(
    connection: sa.Connection, column: sa.ColumnElement[str], values: Sequence[str]
) -> sa.ColumnElement[bool]:
    """Return the condition that ``column`` is one of ``values``; to SQLite they go as one parameter."""
    if connection.dialect.name != "sqlite":
        return column.in_(values)
    entries = sa.func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(sa.select(entries.c.value))


def _prepare(connection: sa.Connection, statement: sa.Insert, columns: list[str]) -> _Prepared:
    dialect = connection.dialect
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    names = list(compiled.positiontup or ())
    types = [statement.table.c[name].type for name in names]
    processors = [_processor(kind, dialect) for kind in types]
    converted = [(place, convert) for place, convert in enumerate(processors) if convert is not None]
    return str(compiled), names, converted


def _processor(kind: Any, dialect: sa.Dialect) -> Callable[[Any], Any] | None:  # noqa: ANN401 - a type of SQLAlchemy's
    if isinstance(kind, sa.Date):
        return _day
    if isinstance(kind, sa.LargeBinary):
        return bytearray  # the driver knows it at sight; what to do with bytes it would look up each time
    processor: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return processor


def _convert(row: list[Any], converted: list[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    for place, convert in converted:
        row[place] = convert(row[place])
    return tuple(row)


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
