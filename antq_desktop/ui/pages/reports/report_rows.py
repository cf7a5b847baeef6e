"""The periods of a year and the annexes of their reports as tables show them."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter

from antq_desktop.domain.report_content import AreaFigures, KindFigures, ReportContent
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.periodic_paper import quantities_text, share_signed
from antq_desktop.services.reporting.report_rows import ReportRow
from antq_desktop.services.reporting.report_words import amount_text
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.theme import State

AREAS, MODELS, KINDS, UNITS = "areas", "models", "kinds", "units"


def columns() -> list[Column]:
    return [
        Column("period", _("Period"), period_word, width=180, wide=True),
        Column("first", _("From day"), lambda row: written.day(row.first), 104, spare=True),
        Column("last", _("Figures up to"), lambda row: written.day(row.last), 120, spare=True),
        Column("state", _("State"), state_text, width=320, state=state_of),
        Column("signed_by", _("Signed off by"), lambda row: row.signed_by, 160, spare=True),
        Column("edition", _("Edition"), lambda row: str(row.edition or ""), 72, "right", offered=True),
    ]


def source(rows: Sequence[ReportRow]) -> ListRows:
    """Keep the order in which the periods end."""
    order = {row.period: place for place, row in enumerate(rows)}
    return ListRows(rows, sort_keys={"period": lambda row: order[row.period], "state": state_text})


def period_word(row: ReportRow) -> str:
    return capital(row.name)


def state_of(row: ReportRow) -> State:
    if row.overdue:
        return State.BAD
    if row.differing:
        return State.LOOK
    return {"signed": State.GOOD, "correcting": State.LOOK, "draft": State.LOOK}.get(row.state, State.NONE)


def state_text(row: ReportRow) -> str:
    """Return where the report of a period stands."""
    day = written.day(row.signed_on)
    match row.state:
        case "signed" if row.differing:
            return _("signed off on {day}, {count} figures are otherwise now", day=day, count=row.differing)
        case "signed":
            return _("signed off on {day}", day=day)
        case "correcting":
            return _("correction being written")
        case "draft":
            return _("being written, overdue") if row.overdue else _("being written")
    return _("not written, overdue") if row.overdue else _("not written yet")


def disagreeing_text(count: int) -> str:
    """Return that the records have left a signed report behind in ``count`` figures."""
    return _(
        "The records now say otherwise than what was signed in {count} figures. "
        "Correct the report if what was sent must change.",
        count=count,
    )


def most_pressing(rows: Sequence[ReportRow]) -> str:
    """Return the period that waits longest, else the one that is written next; nothing without periods."""
    waiting = [row for row in rows if row.overdue] or [row for row in rows if row.state != "signed"]
    return next((row.period for row in (*waiting, *reversed(rows))), "")


def capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def annex_columns() -> Mapping[str, list[Column]]:
    """Return the columns of each annex."""
    return {
        AREAS: [
            _name(_("Residential area")),
            _count("households", _("Households")),
            _count("people", _("Number of people"), spare=True),
            _count("signed", _("Have signed")),
            Column("share", _("Share"), _share, 88, "right"),
            _count("absent", _("Absent"), spare=True),
            _count("refused", _("Refused"), spare=True),
            _count("models", _("Models"), spare=True),
            _count("activities", _("Activities"), spare=True),
            Column("result", _("Result"), lambda row: row.result, width=150, spare=True),
            Column("decision", _("Decision"), lambda row: row.decision, width=180, offered=True),
        ],
        MODELS: [
            _name(_("Model")),
            _count("sites", _("Sites")),
            _count("groups", _("Groups")),
            _count("members", _("Members")),
            _count("activities", _("Activities")),
        ],
        KINDS: [
            _name(_("Kind of activity")),
            _count("activities", _("Activities")),
            Column("quantities", _("Quantities"), quantities_text, width=320, wide=True, sortable=False),
        ],
        UNITS: [
            _name(_("Unit")),
            Column("result", _("Result"), lambda row: row.result, width=180),
            Column("decision", _("Decision"), lambda row: row.decision, 200, wide=True),
        ],
    }


def annex_sources(content: ReportContent) -> Mapping[str, ListRows]:
    lists: dict[str, Sequence[AreaFigures] | Sequence[KindFigures] | Sequence[object]] = {
        AREAS: content.areas,
        MODELS: content.models,
        KINDS: content.kinds,
        UNITS: content.units,
    }
    return {name: _listed(rows) for name, rows in lists.items()}


def _listed(rows: Sequence[object]) -> ListRows:
    counts = (
        "households",
        "people",
        "signed",
        "absent",
        "refused",
        "models",
        "activities",
        "sites",
        "groups",
        "members",
    )
    keys = {name: _none_first(name) for name in counts}
    return ListRows(
        rows,
        sort_keys={
            **keys,
            "name": lambda row: sort_key(row.name),
            "result": lambda row: sort_key(row.result),
            "decision": lambda row: sort_key(row.decision),
            "share": lambda row: (row.signed or 0) / (row.households or 1),
        },
    )


def _none_first(name: str) -> Callable[[object], int]:
    read = attrgetter(name)
    return lambda row: -1 if read(row) is None else read(row)


def _name(title: str) -> Column:
    return Column("name", title, lambda row: row.name, width=200, wide=True)


def _count(key: str, title: str, *, spare: bool = False) -> Column:
    return Column(key, title, lambda row: written.number(getattr(row, key)), 96, "right", spare=spare)


def _share(row: AreaFigures) -> str:
    share = share_signed(row)
    return amount_text(share) if share else ""
