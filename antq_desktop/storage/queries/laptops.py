"""The laptops of all communes with how far each was taken in, in one query however many communes there are."""

from dataclasses import dataclass

import sqlalchemy as sa

from antq_desktop.storage.tables import chains, devices, received_bundles, set_aside
from antq_desktop.storage.unit_of_work import Reading

#: What a bundle waits for that an earlier bundle will bring.
_GAPS = ("gap", "leap", "released")
#: A refusal that a person decided is no alarm.
_DECIDED = "refused-by-person"


@dataclass(frozen=True, slots=True)
class LaptopRow:
    """One enrolled laptop. Numbers are 0 and texts empty where nothing came; times are ISO texts of this unit's own clock.

    ``range_from`` to ``range_to`` and ``bundle_id`` are of the bundle that brought the end of its log. ``held`` bundles wait;
    ``held_from`` is where the first one behind a gap begins. ``refused_at`` is the newest refusal of a proven bundle
    that no person decided, ``forks`` how many other histories came that nobody has looked at.
    """

    unit_code: str
    device_id: str
    unit_name: str
    active: bool
    enrolled_at: str
    epoch: int
    last_seq: int
    range_from: int
    range_to: int
    bundle_id: str
    taken_at: str
    refused_at: str
    held: int
    held_from: int
    forks: int
    set_aside: int
    conflicts: int


def laptop_rows(work: Reading, unit_code: str | None = None) -> list[LaptopRow]:
    """Return every enrolled laptop, or those of one unit, by unit and laptop."""
    parts = [_known(), _ends(), _bundles(), _aside()]
    if unit_code is not None:
        parts = [part.where(part.selected_columns.unit_code == unit_code) for part in parts]
    known, ends, seen, aside = (part.subquery() for part in parts)
    source: sa.FromClause = known
    for other in (ends, seen, aside):
        source = source.outerjoin(
            other,
            sa.and_(other.c.unit_code == known.c.unit_code, other.c.device_id == known.c.device_id),
        )
    query = (
        sa.select(
            known.c.unit_code,
            known.c.device_id,
            known.c.unit_name,
            known.c.active,
            known.c.enrolled_at,
            *(
                _or(column, 0)
                for column in (ends.c.epoch, ends.c.last_seq, ends.c.range_from, ends.c.range_to)
            ),
            *(_or(column, "") for column in (ends.c.bundle_id, seen.c.taken_at, seen.c.refused_at)),
            *(
                _or(column, 0)
                for column in (
                    seen.c.held,
                    seen.c.held_from,
                    seen.c.forks,
                    aside.c.events,
                    aside.c.conflicts,
                )
            ),
        )
        .select_from(source)
        .order_by(known.c.unit_code, known.c.device_id)
    )
    return [
        LaptopRow(row[0], row[1], row[2], bool(row[3]), *row[4:]) for row in work.connection.execute(query)
    ]


def _or(column: sa.ColumnElement[object], default: object) -> sa.ColumnElement[object]:
    return sa.func.coalesce(column, default)


def _known() -> sa.Select[tuple[object, ...]]:
    """Return the laptops; one that got new keys has a row for each of them."""
    device = devices.c
    active = sa.func.max(sa.case((device.status == "active", 1), else_=0))
    return sa.select(
        device.unit_code,
        device.device_id,
        sa.func.max(device.unit_name).label("unit_name"),
        active.label("active"),
        sa.func.min(device.enrolled_at).label("enrolled_at"),
    ).group_by(device.unit_code, device.device_id)


def _ends() -> sa.Select[tuple[object, ...]]:
    """Return the ends of the logs, each with the bundle that brought it."""
    end, bundle = chains.c, received_bundles.c
    brought = sa.and_(
        bundle.unit_code == end.unit_code,
        bundle.device_id == end.device_id,
        bundle.verdict == "taken",
        bundle.epoch == end.epoch,
        bundle.seq_to == end.last_seq,
    )
    return (
        sa.select(
            end.unit_code,
            end.device_id,
            sa.func.max(end.epoch).label("epoch"),
            sa.func.max(end.last_seq).label("last_seq"),
            sa.func.max(bundle.seq_from).label("range_from"),
            sa.func.max(bundle.seq_to).label("range_to"),
            sa.func.max(bundle.bundle_id).label("bundle_id"),
        )
        .select_from(chains.outerjoin(received_bundles, brought))
        .group_by(end.unit_code, end.device_id)
    )


def _bundles() -> sa.Select[tuple[object, ...]]:
    bundle = received_bundles.c
    held = bundle.verdict == "held"
    alarm = sa.and_(bundle.verdict == "refused", bundle.code != _DECIDED)
    fork = sa.and_(bundle.verdict == "refused", bundle.code == "fork")
    return sa.select(
        bundle.unit_code,
        bundle.device_id,
        sa.func.max(sa.case((bundle.verdict == "taken", bundle.at), else_="")).label("taken_at"),
        sa.func.max(sa.case((alarm, bundle.at), else_="")).label("refused_at"),
        sa.func.sum(sa.case((held, 1), else_=0)).label("held"),
        sa.func.min(sa.case((sa.and_(held, bundle.code.in_(_GAPS)), bundle.seq_from))).label("held_from"),
        sa.func.sum(sa.case((fork, 1), else_=0)).label("forks"),
    ).group_by(bundle.unit_code, bundle.device_id)


def _aside() -> sa.Select[tuple[object, ...]]:
    """Return how many changes were set aside, and how many records among them two laptops changed at once."""
    event = set_aside.c
    record = sa.case((event.code == "concurrent", event.entity + "/" + event.entity_id))
    return sa.select(
        event.unit_code,
        event.device_id,
        sa.func.count().label("events"),
        sa.func.count(sa.distinct(record)).label("conflicts"),
    ).group_by(event.unit_code, event.device_id)
