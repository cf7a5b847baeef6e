"""The record tables of targets and of periodic reports with what they froze."""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index

from antq_desktop.storage.table_parts import count, day, json_value, maybe, record_table, text

targets = record_table(
    "targets",
    count("year"),
    text("period"),
    text("level"),
    text("indicator"),
    text("measured"),
    count("at_least"),
    text("set_by"),
    Index(None, "unit_code", "year"),
)
periodic_reports = record_table(
    "periodic_reports",
    text("period"),
    count("year"),
    day("first"),
    day("last"),
    count("edition"),
    text("state"),
    text("reason"),
    text("number"),
    json_value("texts"),
    json_value("remarks"),
    json_value("tasks"),
    Column("content", sa.JSON(none_as_null=True)),
    text("signed_by"),
    maybe("signed_on", Date),
    Index(None, "unit_code", "year"),
)
