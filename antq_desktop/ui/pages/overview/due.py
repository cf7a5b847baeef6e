"""What is due, each as one sentence with a state and the way to its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.accounts import StatusInfo
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.overview.facts import Facts
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.sign import Sign

#: Backups are made while the program is used; a week without one means that something keeps them from being made.
_DAYS_OF_A_BACKUP = 7
_NAMED_AREAS = 3
_WIDEST = 860


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to do: ``page`` and ``what`` lead to its rows, ``verb`` is the word of the link."""

    state: State
    text: str
    verb: str
    page: str
    what: Mapping[str, object] = field(default_factory=dict)


def due(facts: Facts) -> list[Due]:
    """Return what is due at a commune, most pressing first."""
    found = [
        *_conflicts(facts),
        *_steps(facts),
        *_reports(facts),
        *_disagreeing(facts),
        *_unsigned(facts),
        *_unassessed(facts),
        *_unsent(facts),
        *backup_due(facts.status, facts.now),
    ]
    return sorted(found, key=lambda one: [State.BAD, State.LOOK, State.NONE, State.GOOD].index(one.state))


def _conflicts(facts: Facts) -> Iterator[Due]:
    if facts.conflicts:
        text = _(
            "{count} records were changed on two laptops and wait for a decision.", count=facts.conflicts
        )
        yield Due(State.BAD, text, _("Decide"), "conflicts")


def backup_due(status: StatusInfo, now: datetime) -> Iterator[Due]:
    """Yield what to say about backups, if anything."""
    verb, what = _("Back up"), {"section": "backups"}
    if status.last_backup is None:
        yield Due(State.LOOK, _("No backup was made yet."), verb, "settings", what)
        return
    days = days_between(status.last_backup, now)
    if days > _DAYS_OF_A_BACKUP:
        yield Due(State.LOOK, _("The last backup is {days} days old.", days=days), verb, "settings", what)


def days_between(then: datetime, now: datetime) -> int:
    return (now.astimezone().date() - then.astimezone().date()).days


def _steps(facts: Facts) -> Iterator[Due]:
    units = facts.overdue
    if units:
        names = ", ".join(row.name for row in units[:_NAMED_AREAS])
        yield Due(
            State.BAD,
            _(
                "{steps} steps of {year} are overdue at {units} units, most of them at {names}.",
                steps=written.number(sum(row.overdue for row in units)),
                year=facts.year,
                units=written.number(len(units)),
                names=names,
            ),
            _("Show"),
            "yearly_board",
        )


def _reports(facts: Facts) -> Iterator[Due]:
    overdue = facts.overdue_reports
    if overdue:
        yield Due(
            State.BAD,
            _(
                "{count} reports were not signed off in time, first that of {name}.",
                count=len(overdue),
                name=overdue[0].name,
            ),
            _("Write it"),
            "reports",
            {"period": overdue[0].period},
        )


def _disagreeing(facts: Facts) -> Iterator[Due]:
    names = {row.period: row.name for row in facts.reports}
    for period, count in facts.disagreeing.items():
        text = _(
            "The signed report of {name} and the records disagree in {count} figures.",
            name=names.get(period, period),
            count=count,
        )
        yield Due(State.LOOK, text, _("Look"), "reports", {"period": period})


def _unsigned(facts: Facts) -> Iterator[Due]:
    if facts.areas is None:
        if facts.households:
            yield Due(
                State.LOOK,
                _("No commitment of {year} has been entered yet.", year=facts.year),
                _("Enter"),
                "commitments",
            )
        return
    areas = facts.unsigned_areas
    if areas:
        names = ", ".join(area.area_name for area in areas[:_NAMED_AREAS])
        yield Due(
            State.LOOK,
            _(
                "{households} households in {areas} areas have not signed yet, most of them in {names}.",
                households=written.number(sum(area.living - area.signed for area in areas)),
                areas=len(areas),
                names=names,
            ),
            _("Enter"),
            "commitments",
            {"area_id": areas[0].area_id},
        )


def _unassessed(facts: Facts) -> Iterator[Due]:
    missing = facts.not_assessed
    if missing:
        yield Due(
            State.LOOK,
            _(
                "{count} areas have no finished self-assessment of {year}.",
                count=len(missing),
                year=facts.year,
            ),
            _("Assess"),
            "assessments",
        )


def _unsent(facts: Facts) -> Iterator[Due]:
    status = facts.status
    if not status.unsent_rows or status.oldest_unsent_at is None:
        return
    days = days_between(status.oldest_unsent_at, facts.now)
    state = State.BAD if days > status.red_days else State.LOOK if days > status.amber_days else State.NONE
    rows = written.number(status.unsent_rows)
    text = (
        _(
            "{rows} rows are not acknowledged by the upper level, the oldest {days} days old.",
            rows=rows,
            days=days,
        )
        if days
        else _("{rows} rows are not acknowledged by the upper level, since today.", rows=rows)
    )
    yield Due(
        state,
        text,
        _("Send"),
        "sync",
    )


class DueList(QWidget):
    """Shows what is due line by line; says so when there is nothing."""

    def __init__(self, go: Callable[[Due], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go = go
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._lines: list[Due] = []

    def lines(self) -> list[Due]:
        return list(self._lines)

    def show_lines(self, lines: Sequence[Due]) -> None:
        self._lines = list(lines)
        empty(self._column)
        for line in lines:
            self._column.addWidget(self._line(line))
        if not lines:
            self._column.addWidget(self._line(Due(State.GOOD, _("Nothing is due."), "", "")))

    def _line(self, due_: Due) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        sign = Sign(size=18)
        sign.show_icon(due_.state.icon or "sync", due_.state.value or "muted")
        row.addWidget(sign)
        text: QLabel = label(due_.text, wrap=True)
        row.addWidget(text, 1)
        line.setMaximumWidth(_WIDEST)
        if due_.page:
            name = f"{due_.verb}: {due_.text}"
            link = button(due_.verb, lambda: self._go(due_), kind="link", name=name)
            row.addWidget(link)
        line.setMinimumHeight(32)
        return line
