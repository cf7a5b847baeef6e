"""Remembers under which versions records were deleted, so that what did not know of a deletion never brings one back."""

import json
from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from antq_desktop.domain.events import Version
from antq_desktop.domain.record_history import merged
from antq_desktop.storage import bulk, outbox
from antq_desktop.storage.chain_tables import deleted_records
from antq_desktop.storage.records import version_text

#: The kind and the id of a record.
Key = tuple[str, str]
_CHUNK = 500


def versions(
    connection: sa.Connection, unit_code: str, entity: str, ids: Sequence[str], *, own: bool
) -> dict[str, dict[str, int]]:
    """Return the versions under which these records were deleted; ``own``: by this laptop itself too."""
    columns = deleted_records.c
    found: dict[str, dict[str, int]] = {}
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        query = sa.select(columns.entity_id, columns.version).where(
            columns.unit_code == unit_code,
            columns.entity == entity,
            bulk.among(connection, columns.entity_id, chunk),
        )
        found.update({key: json.loads(version) for key, version in connection.execute(query)})
        if own:
            for key, version in outbox.deleted_versions(connection, entity, chunk).items():
                found[key] = merged([found.get(key, {}), version])
    return found


def keep(connection: sa.Connection, unit_code: str, deleted: Iterable[tuple[Key, Version]]) -> None:
    """Keep the versions of deletions that came from another laptop."""
    rows = list(deleted)
    forget(connection, unit_code, [key for key, _ in rows])
    if rows:
        connection.execute(
            sa.insert(deleted_records),
            [
                {"unit_code": unit_code, "entity": entity, "entity_id": key, "version": version_text(version)}
                for (entity, key), version in rows
            ],
        )


def forget(connection: sa.Connection, unit_code: str, keys: Iterable[Key]) -> None:
    """Forget deletions of records that are back, or whose deletion was rolled back."""
    rows = [{"_entity": entity, "_id": key} for entity, key in keys]
    if rows:
        columns = deleted_records.c
        where = (
            columns.unit_code == unit_code,
            columns.entity == sa.bindparam("_entity"),
            columns.entity_id == sa.bindparam("_id"),
        )
        connection.execute(sa.delete(deleted_records).where(*where), rows)
