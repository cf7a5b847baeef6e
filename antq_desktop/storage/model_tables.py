"""The record tables of the models' lives: steps, sites and groups, money, equipment, own kinds, files of activities."""

from sqlalchemy import Date, Index, Integer, UniqueConstraint

from antq_desktop.storage.table_parts import count, day, maybe, record_table, refers, text

model_steps = record_table(
    "model_steps",
    text("model_id"),
    text("step"),
    day("on"),
    text("number"),
    text("by"),
    text("reason"),
    count("place"),
    text("state_before"),
    refers("model_id", "community_models"),
    Index(None, "unit_code", "model_id", "on"),
)
model_parts = record_table(
    "model_parts",
    text("model_id"),
    text("kind"),
    text("name"),
    maybe("area_id"),
    text("leader"),
    text("leader_post"),
    maybe("members", Integer),
    day("valid_from"),
    maybe("valid_to", Date),
    text("name_key"),
    refers("model_id", "community_models"),
    refers("area_id", "residential_areas"),
    Index(None, "unit_code", "model_id", "kind"),
)
model_budgets = record_table(
    "model_budgets",
    text("model_id"),
    count("year"),
    text("source"),
    count("amount_vnd"),
    refers("model_id", "community_models"),
    UniqueConstraint("unit_code", "model_id", "year", "source"),
)
model_equipment = record_table(
    "model_equipment",
    text("model_id"),
    text("kind"),
    count("count"),
    refers("model_id", "community_models"),
    UniqueConstraint("unit_code", "model_id", "kind"),
)
own_model_kinds = record_table("own_model_kinds", text("name"), text("field"), text("block"))
activity_files = record_table(
    "activity_files",
    text("activity_id"),
    text("name"),
    text("file_sha256"),
    maybe("copy_sha256"),
    refers("activity_id", "model_activities"),
    UniqueConstraint("unit_code", "activity_id", "file_sha256"),
)
