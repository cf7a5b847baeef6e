"""The tables beside the records: what belongs to the laptop alone, and what a receiving unit keeps about its communes.

Commune and receiving unit share all tables, so both sides run the same queries.
"""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from antq_desktop.storage.table_parts import count, json_value, maybe, metadata, text

# What belongs to the laptop alone and is never sent.

attachment_chunks = Table(
    "attachment_chunks",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
import_rows = Table(
    "import_rows",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("line", Integer, primary_key=True),
    text("result"),
    maybe("household_id"),
    json_value("row"),
    json_value("why"),
)
number_series = Table(
    "number_series",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    count("last"),
)
#: The words of records; beside it stands the full-text index ``search_words``, which no Table can describe.
search_rows = Table(
    "search_rows",
    metadata,
    Column("n", Integer, primary_key=True),
    text("unit_code"),
    text("entity"),
    text("id"),
    text("title"),
    text("others"),
    UniqueConstraint("unit_code", "entity", "id"),
)
local_state = Table("local_state", metadata, Column("name", Text, primary_key=True), json_value("value"))
outbox = Table(
    "outbox",
    metadata,
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_hash", LargeBinary, nullable=False),
    Column("prev_hash", LargeBinary, nullable=False),
    text("entity"),
    text("entity_id"),
    text("version"),
    text("base_version"),
    text("op"),
    text("at"),
    text("user"),
    Column("line", LargeBinary, nullable=False),
    # Few records are ever deleted: what one that comes back must know is found without reading the whole chain.
    Index(
        "ix_outbox_deleted",
        "entity",
        "entity_id",
        sqlite_where=sa.text("op = 'delete'"),
        postgresql_where=sa.text("op = 'delete'"),
    ),
)
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    text("at"),
    text("user"),
    text("action"),
    text("entity"),
    text("entity_id"),
    json_value("changes"),
    text("note"),
    Column("hash", LargeBinary, nullable=False),
    Index(None, "entity", "entity_id"),
)
sent_bundles = Table(
    "sent_bundles",
    metadata,
    Column("sha256", Text, primary_key=True),
    text("bundle_id"),
    count("epoch"),
    count("seq_from"),
    count("seq_to"),
    text("head_hash"),
    count("size"),
    text("file_name"),
    text("at"),
)
taken_acknowledgements = Table(
    "taken_acknowledgements",
    metadata,
    Column("sequence", Integer, primary_key=True),
    text("sha256"),
    count("epoch"),
    count("last_seq"),
    text("head_hash"),
    json_value("content"),
    text("at"),
)
trust_documents = Table(
    "trust_documents",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("document", LargeBinary),
    text("at"),
)

# What a receiving unit keeps about the communes that send to it.

devices = Table(
    "devices",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    text("unit_name"),
    text("sign_key"),
    text("seal_key"),
    text("status"),
    maybe("revoked_from", Integer),
    count("trust_version"),
    text("enrolled_at"),
    json_value("request"),
)
chains = Table(
    "chains",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    count("epoch"),
    count("last_seq"),
    Column("head_hash", LargeBinary, nullable=False),
    text("updated_at"),
)
received_bundles = Table(
    "received_bundles",
    metadata,
    Column("sha256", Text, primary_key=True),
    text("bundle_id"),
    text("unit_code"),
    text("device_id"),
    count("epoch"),
    count("seq_from"),
    count("seq_to"),
    text("verdict"),
    text("code"),
    count("new_events"),
    text("file_name"),
    text("at"),
    Column("key_id", Text, nullable=False, server_default=""),
    Index(None, "unit_code", "device_id"),
)
received_events = Table(
    "received_events",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("event_hash", LargeBinary, nullable=False),
    text("entity"),
    text("entity_id"),
    Column("line", LargeBinary, nullable=False),
    Index(None, "unit_code", "entity", "entity_id"),
)
set_aside = Table(
    "set_aside",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("device_id", Text, primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    text("entity"),
    text("entity_id"),
    text("code"),
    json_value("facts"),
    text("at"),
)
sent_acknowledgements = Table(
    "sent_acknowledgements",
    metadata,
    Column("unit_code", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    text("sha256"),
    text("content_sha256"),
    text("file_name"),
    text("at"),
    Column("container", LargeBinary, nullable=False),
)
