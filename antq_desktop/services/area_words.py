"""Says in words how one residential area followed another, the same on page and command line."""

from collections.abc import Mapping

from antq_desktop.domain.territory import Succession
from antq_desktop.runtime import written
from antq_desktop.runtime.language import _


def succession(step: Succession, area_id: str, names: Mapping[str, str]) -> str:
    """Return what happened to the area by ``step``; ``names`` are those of all areas by id."""
    facts = {
        "day": written.day(step.on),
        "old": step.old_name,
        "before": names.get(step.predecessor_id, "?"),
        "after": names.get(step.successor_id, "?"),
    }
    if step.kind == "rename":
        said = _("{day}: renamed, before «{old}»", **facts)
    elif step.predecessor_id == area_id:
        said = _("{day}: went over into «{after}»", **facts)
    else:
        said = _("{day}: came from «{before}»", **facts)
    return f"{said} ({step.note})" if step.note else said
