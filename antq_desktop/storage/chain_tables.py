"""What the receiver of chains keeps besides their events: the versions under which records were deleted."""

from sqlalchemy import Column, Table, Text

from antq_desktop.storage.table_parts import metadata, text

#: A record that another laptop deleted; without its version a change that did not know of it would look new.
deleted_records = Table(
    "deleted_records",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("entity", Text, primary_key=True),
    Column("entity_id", Text, primary_key=True),
    text("version"),
)
