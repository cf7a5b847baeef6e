"""Reads the parts of a JSON column as rows, in the words of whichever database keeps it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction


class _Elements(GenericFunction[Any]):
    name = "json_each"
    package = "elements"
    inherit_cache = True


class _Entries(GenericFunction[Any]):
    name = "json_each"
    package = "entries"
    inherit_cache = True


@compiles(_Elements, "postgresql")
def _elements(function: _Elements, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"json_array_elements_text({compiler.process(function.clauses, **options)})"


@compiles(_Entries, "postgresql")
def _entries(function: _Entries, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - as above
    return f"json_each_text({compiler.process(function.clauses, **options)})"


def elements(column: sa.ColumnElement[Any]) -> sa.TableValuedAlias:
    """Return the texts of a list as rows of one column, ``value``."""
    return _Elements(column).table_valued(sa.column("value", sa.Text))


def counts(column: sa.ColumnElement[Any]) -> tuple[sa.TableValuedAlias, sa.ColumnElement[int]]:
    """Return the entries of a mapping of whole numbers as rows with ``key``, and the number that stands there."""
    entry = _entries_of(column)
    return entry, sa.cast(entry.c.value, sa.BigInteger)


def days(column: sa.ColumnElement[Any]) -> tuple[sa.TableValuedAlias, sa.ColumnElement[str]]:
    """Return the entries of a mapping of days as rows with ``key``, and the day (ISO text) that stands there."""
    entry = _entries_of(column)
    return entry, entry.c.value


def _entries_of(column: sa.ColumnElement[Any]) -> sa.TableValuedAlias:
    return _Entries(column).table_valued(sa.column("key", sa.Text), sa.column("value", sa.Text))
