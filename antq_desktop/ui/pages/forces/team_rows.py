"""The teams, their trainings and the areas without a team as tables show them."""

from collections.abc import Iterable

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.security_teams import TeamRow
from antq_desktop.services.movement.team_trainings import TrainingRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Column, ListRows
from antq_desktop.ui.pages.narrowed_rows import NarrowedRows
from antq_desktop.ui.pages.yearly_board.words import until
from antq_desktop.ui.theme import State


def columns() -> list[Column]:
    return [
        Column("area_name", _("Residential area"), lambda row: row.area_name, width=140),
        Column("name", _("Team"), lambda row: until(row.name, row.valid_to), 150, wide=True, spare=True),
        Column("members", _("Members"), lambda row: written.number(row.members), 96, "right"),
        Column(
            "remarks",
            _("Look again"),
            lambda row: " ".join(row.remarks),
            width=160,
            wide=True,
            state=lambda row: State.LOOK if row.remarks else State.NONE,
        ),
        Column("leader", _("Team leader"), lambda row: row.leader, width=140, spare=True),
        Column("trainings", _("Trainings"), lambda row: _count(row.trainings), 96, "right", spare=True),
        Column("decision_number", _("Decision number"), lambda row: row.decision_number, 128, offered=True),
        Column("valid_from", _("There since"), lambda row: written.day(row.valid_from), 112, offered=True),
        Column("paper", _("File"), lambda row: _("yes") if row.paper_sha256 else "", 64, offered=True),
    ]


def source(rows: Iterable[TeamRow]) -> NarrowedRows:
    return NarrowedRows(
        rows,
        sort_keys={
            "area_name": lambda row: (sort_key(row.area_name), sort_key(row.name)),
            "name": lambda row: sort_key(row.name),
            "leader": lambda row: sort_key(row.leader),
            "remarks": lambda row: (not row.remarks, sort_key(row.area_name)),
            "decision_number": lambda row: sort_key(row.decision_number),
            "paper": lambda row: row.paper_sha256 is None,
        },
        search=lambda row: f"{row.area_name} {row.name} {row.leader}",
        fits={"doubtful": lambda row, wanted: bool(row.remarks) is wanted},
    )


def missing_columns() -> list[Column]:
    return [
        Column("name", _("Residential area"), lambda area: area.name, width=240, wide=True),
        Column("next", _("What to do"), lambda _area: _("Enter or double click: record its team"), 280),
    ]


def missing_source(areas: Iterable[ResidentialArea]) -> ListRows:
    return ListRows(
        tuple(areas),
        sort_keys={"name": lambda area: sort_key(area.name), "next": lambda area: sort_key(area.name)},
        search=lambda area: area.name,
    )


def training_columns() -> list[Column]:
    return [
        Column("on", _("Day"), lambda row: written.day(row.on), width=104),
        Column("team_name", _("Team"), lambda row: row.team_name, width=140, wide=True, spare=True),
        Column("title", _("What it was about"), lambda row: row.title, width=150, wide=True),
        Column("attendees", _("Members who attended"), lambda row: _count(row.attendees), 168, "right"),
        Column("paper", _("File"), lambda row: _("yes") if row.paper_sha256 else "", 64, offered=True),
    ]


def training_source(rows: Iterable[TrainingRow]) -> ListRows:
    return ListRows(
        tuple(rows),
        sort_keys={
            "team_name": lambda row: sort_key(row.team_name),
            "title": lambda row: sort_key(row.title),
            "paper": lambda row: row.paper_sha256 is None,
        },
        search=lambda row: f"{row.team_name} {row.title}",
    )


def _count(count: int) -> str:
    return written.number(count) if count else ""
