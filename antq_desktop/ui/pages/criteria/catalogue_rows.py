"""The catalogues in use as a list: version, force, where each comes from, and how sure its statements are."""

from functools import partial

from antq_desktop.domain.criteria import Status
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.pages.criteria.reading import CatalogueLine, kind_word
from antq_desktop.ui.pages.criteria.rule_words import STATUS_NAMES, status_word
from antq_desktop.ui.theme import State


def columns() -> list[Column]:
    return [
        Column("title", _("Catalogue of criteria"), lambda line: line.head.title, width=260, wide=True),
        Column("kind", _("What it says"), lambda line: kind_word(line.kind), width=170, offered=True),
        Column("seen", status_word("seen"), partial(_count, status="seen"), width=140, align="right"),
        Column("open", _("Not compared yet"), _open, width=140, align="right", state=_tint),
        Column("version", _("Version"), lambda line: line.head.version, width=72),
        Column("force", _("Time in force"), in_force, width=130),
        Column("origin", _("From"), origin, width=180),
        *(
            Column(
                status,
                status_word(status),
                partial(_count, status=status),
                width=132,
                align="right",
                offered=True,
            )
            for status in STATUS_NAMES
            if status != "seen"
        ),
    ]


def source(lines: list[CatalogueLine]) -> ListRows:
    return ListRows(
        lines,
        sort_keys={
            "title": lambda line: sort_key(line.head.title),
            "kind": lambda line: kind_word(line.kind),
            "version": lambda line: sort_key(line.head.version),
            "force": lambda line: line.head.in_force_from,
            "origin": origin,
            "open": lambda line: line.open,
            **{status: partial(_number, status=status) for status in STATUS_NAMES},
        },
        search=lambda line: line.head.title,
    )


def in_force(line: CatalogueLine) -> str:
    first, last = line.head.in_force_from, line.head.in_force_to
    if last is None:
        return _("from {day}", day=written.day(first))
    return f"{written.day(first)} – {written.day(last)}"


def origin(line: CatalogueLine) -> str:
    return _("The program") if line.issued is None else line.issued.issued_by


def _number(line: CatalogueLine, status: Status) -> int:
    return line.counts[status]


def _count(line: CatalogueLine, status: Status) -> str:
    return written.number(line.counts[status]) if line.counts[status] else ""


def _open(line: CatalogueLine) -> str:
    return written.number(line.open) if line.open else ""


def _tint(line: CatalogueLine) -> State:
    return State.LOOK if line.open else State.NONE
