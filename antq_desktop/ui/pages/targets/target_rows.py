"""The targets of a year as a table shows them."""

from collections.abc import Sequence

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.targets import TargetRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column
from antq_desktop.ui.pages.narrowed_rows import NarrowedRows
from antq_desktop.ui.theme import State

#: The column that is drawn as a bar.
PROGRESS = "progress"


def columns() -> list[Column]:
    return [
        Column("name", _("Target"), lambda row: row.name, width=180, wide=True),
        Column("aim", _("Aim"), lambda row: row.aim, 84, "right"),
        Column("amount", _("Reached so far"), lambda row: row.amount, 112, "right"),
        Column(PROGRESS, _("Progress"), counts, width=160, spare=True),
        Column("reached", _("State"), reached_word, width=130, state=state_of),
        Column("period", _("To be reached in"), lambda row: capital(row.period_name), width=170, spare=True),
        Column("level", _("By whom"), lambda row: capital(row.level_name), width=130, spare=True),
        Column("missing", _("Still missing"), missing_word, 120, "right", offered=True),
        Column("set_by", _("Resolution or plan"), lambda row: row.set_by, width=200, offered=True),
    ]


def source(rows: Sequence[TargetRow]) -> NarrowedRows:
    """Keep the order of the service: by the end of the periods."""
    order = {row.id: place for place, row in enumerate(rows)}
    return NarrowedRows(
        rows,
        sort_keys={
            "name": lambda row: sort_key(row.name),
            "aim": lambda row: sort_key(row.aim),
            "amount": share,
            PROGRESS: share,
            "reached": lambda row: row.reached,
            "period": lambda row: order[row.id],
            "level": lambda row: row.level_name,
            "missing": lambda row: len(row.missing),
        },
        search=lambda row: f"{row.name} {row.period_name} {row.set_by}",
        fits={"reached": lambda row, wanted: row.reached is wanted},
    )


def share(row: TargetRow) -> float:
    """Return how full the bar of a target is, from 0 to 1."""
    return min(row.part / row.whole, 1.0) if row.whole else 0.0


def counts(row: TargetRow) -> str:
    """Return the two numbers behind the bar."""
    return f"{written.number(row.part)}/{written.number(row.whole)}"


def state_of(row: TargetRow) -> State:
    return State.GOOD if row.reached else State.LOOK


def reached_word(row: TargetRow) -> str:
    return _("reached") if row.reached else _("not yet reached")


def missing_word(row: TargetRow) -> str:
    return written.number(len(row.missing)) if row.missing else ""


def capital(word: str) -> str:
    return word[:1].upper() + word[1:]
