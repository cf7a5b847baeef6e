"""The record tables of the yearly process: units on its way, and what an office adds to the shipped catalogues and forms."""

import sqlalchemy as sa
from sqlalchemy import Column, Date, Index, Integer, UniqueConstraint

from antq_desktop.storage.table_parts import count, day, maybe, record_table, text

listed_units = record_table(
    "listed_units",
    text("kind"),
    text("name"),
    text("category"),
    text("address"),
    Column("managed", sa.Boolean, nullable=False),
    Column("has_party", sa.Boolean, nullable=False),
    day("valid_from"),
    maybe("valid_to", Date),
    text("name_key"),
)
# A step or an occurrence may belong to a residential area, a listed unit or the commune itself: no single table to refer to.
year_steps = record_table(
    "year_steps",
    text("unit_kind"),
    text("unit_id"),
    count("year"),
    text("step"),
    day("on"),
    text("number"),
    text("by"),
    maybe("part", Integer),
    maybe("whole", Integer),
    text("outcome"),
    text("note"),
    maybe("paper_sha256"),
    UniqueConstraint("unit_code", "unit_kind", "unit_id", "year", "step"),
    Index(None, "unit_code", "year", "step"),
)
occurrences = record_table(
    "occurrences",
    text("unit_kind"),
    text("unit_id"),
    text("item"),
    day("on"),
    count("count"),
    text("number"),
    Index(None, "unit_code", "unit_kind", "unit_id", "on"),
)
official_wordings = record_table(
    "official_wordings",
    text("catalogue_id"),
    text("item"),
    text("text"),
    text("source"),
    text("typed_by"),
    day("typed_on"),
    UniqueConstraint("unit_code", "catalogue_id", "item"),
)
issued_catalogues = record_table(
    "issued_catalogues",
    text("catalogue_id"),
    text("catalogue_version"),
    text("kind"),
    text("title"),
    text("issued_by"),
    day("taken_on"),
)
own_forms = record_table("own_forms", text("text"))
