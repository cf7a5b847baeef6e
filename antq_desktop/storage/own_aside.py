"""What this laptop wrote itself and what does not stand beside what others wrote: no later version may count as if it were not."""

import json
from collections.abc import Sequence

import sqlalchemy as sa

from antq_desktop.domain.record_history import merged
from antq_desktop.storage.tables import outbox, set_aside

_columns = set_aside.c
_CHUNK = 500


def versions(
    connection: sa.Connection, unit_code: str, entity: str, ids: Sequence[str]
) -> dict[str, dict[str, int]]:
    """Return under which versions these records were written here and do not stand, each merged to one."""
    told = sa.and_(outbox.c.epoch == _columns.epoch, outbox.c.seq == _columns.seq)
    query = sa.select(_columns.entity_id, outbox.c.version).join(outbox, told)
    found: dict[str, dict[str, int]] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = _columns.entity_id.in_(ids[start : start + _CHUNK])
        for key, version in connection.execute(query.where(*_own(unit_code, entity), chunk)):
            found[key] = merged([found.get(key, {}), json.loads(version)])
    return found


def forget(connection: sa.Connection, unit_code: str, entity: str, ids: Sequence[str]) -> None:
    """Forget that they do not stand: a later version has seen them."""
    if ids:
        where = (*_own(unit_code, entity), _columns.entity_id == sa.bindparam("_id"))
        connection.execute(sa.delete(set_aside).where(*where), [{"_id": key} for key in ids])


def _own(unit_code: str, entity: str) -> tuple[sa.ColumnElement[bool], ...]:
    return _columns.unit_code == unit_code, _columns.device_id == "", _columns.entity == entity
