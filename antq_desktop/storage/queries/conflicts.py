"""How many records of this commune wait for a person to choose between versions."""

import sqlalchemy as sa

from antq_desktop.storage.tables import set_aside
from antq_desktop.storage.unit_of_work import Reading


def open_count(work: Reading) -> int:
    columns = set_aside.c
    records = (
        sa.select(columns.entity, columns.entity_id)
        .where(columns.unit_code == work.unit_code, columns.code.in_(("concurrent", "clash")))
        .distinct()
        .subquery()
    )
    return int(work.connection.execute(sa.select(sa.func.count()).select_from(records)).scalar_one())
