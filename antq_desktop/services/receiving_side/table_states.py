"""Compares the tables here with what the commune said of its own, where the two must be equal."""

from antq_desktop.exchange import state
from antq_desktop.exchange.state import State
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.applying import Applier
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.sending import records
from antq_desktop.storage.unit_of_work import Writing


def differing(work: Writing, applier: Applier, unit_code: str, told: State) -> list[str]:
    """Return the tables that differ although nothing explains it; what went wrong here is mended from the log first.

    Nothing can be said while an event is set aside, nor of a unit with several laptops: each of them tells what itself
    has heard of the others, which is neither more nor less than what came here. The same holds on a laptop of the unit.
    """
    laptops = {row.device_id for row in kept.enrolled(work, unit_code)}
    if told is None or unit_code == work.unit_code or len(laptops) > 1 or kept.count_aside(work, unit_code):
        return []
    found = _unlike(work, unit_code, told)
    if found:
        applier.rebuild()
        work.note(Deed("alarm", "security", unit_code, note=f"tables-rebuilt {' '.join(found)}"))
        found = _unlike(work, unit_code, told)
    return found


def _unlike(work: Writing, unit_code: str, told: State) -> list[str]:
    return [
        name
        for name, rows in records(work, unit_code)
        if told and name in told and told[name] != state.state_of(rows)
    ]
