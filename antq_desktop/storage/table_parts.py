"""The pieces that every table of a workspace is made of."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, Date, Integer, Table, Text

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_1_name)s_%(referred_table_name)s",
    }
)


def text(name: str) -> "Column[Any]":
    return Column(name, Text, nullable=False)


def maybe(name: str, kind: "type[sa.types.TypeEngine[Any]]" = Text) -> "Column[Any]":
    return Column(name, kind)


def count(name: str) -> "Column[Any]":
    return Column(name, Integer, nullable=False)


def day(name: str) -> "Column[Any]":
    return Column(name, Date, nullable=False)


def json_value(name: str) -> "Column[Any]":
    return Column(name, sa.JSON, nullable=False)


def maybe_json(name: str) -> "Column[Any]":
    return Column(name, sa.JSON(none_as_null=True))


def refers(column: str, table: str) -> "sa.ForeignKeyConstraint":
    return sa.ForeignKeyConstraint(["unit_code", column], [f"{table}.unit_code", f"{table}.id"])


def record_table(name: str, *parts: "sa.schema.SchemaItem") -> Table:
    return Table(
        name,
        metadata,
        Column("unit_code", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        text("version"),
        *parts,
    )
