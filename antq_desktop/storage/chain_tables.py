"""What the receiver of chains keeps besides their events: versions of deleted records, and what people decided between versions."""

from sqlalchemy import Column, Table, Text

from antq_desktop.storage.table_parts import json_value, metadata, record_table, text

#: A record that another laptop deleted; without its version a change that did not know of it would look new.
deleted_records = Table(
    "deleted_records",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    text("version"),
)
conflict_decisions = record_table(
    "conflict_decisions",
    text("entity"),
    text("entity_id"),
    text("user"),
    text("device_id"),
    text("at"),
    text("reason"),
    json_value("not_taken"),
)
