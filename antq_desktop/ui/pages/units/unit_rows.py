"""The listed units as a table shows them; those that are not assessed say why."""

from collections.abc import Iterable, Mapping
from typing import Any

from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.units import LISTED_KINDS, UnitRow
from antq_desktop.ui import format as written
from antq_desktop.ui.models.rows import Asked, Column, ListRows
from antq_desktop.ui.pages.yearly_board.words import until
from antq_desktop.ui.theme import State


def columns(kinds: Mapping[str, str]) -> list[Column]:
    """``kinds`` holds what each kind of unit is called; it may be filled later."""
    return [
        Column("name", _("Name"), lambda row: until(row.name, row.valid_to), width=180, wide=True),
        Column("kind", _("Kind"), lambda row: kinds.get(row.kind, row.kind), width=128),
        Column("category", _("Size or level"), lambda row: row.category_name, width=180),
        Column("address", _("Address"), lambda row: row.address, width=160, offered=True),
        Column("assessed", _("Assessed"), _assessed, width=160, state=_state, wide=True),
        Column("valid_from", _("There since"), lambda row: written.day(row.valid_from), 112, offered=True),
        Column("valid_to", _("Until"), lambda row: written.day(row.valid_to), 112, offered=True),
    ]


class UnitRows(ListRows):
    """The units of a year in memory, narrowed by name, ``kind`` and whether they are ``excluded``."""

    def __init__(self, rows: Iterable[UnitRow] = ()) -> None:
        self.all = tuple(rows)
        super().__init__(
            self.all,
            sort_keys={
                "name": lambda row: sort_key(row.name),
                "kind": lambda row: (LISTED_KINDS.index(row.kind), sort_key(row.name)),
                "category": lambda row: sort_key(row.category_name),
                "address": lambda row: sort_key(row.address),
                "assessed": lambda row: (row.excluded_why is not None, sort_key(row.name)),
                "valid_from": lambda row: row.valid_from,
                "valid_to": lambda row: (row.valid_to is None, row.valid_to),
            },
            search=lambda row: f"{row.name} {row.address}",
        )

    def _matching(self, asked: Asked) -> list[Any]:
        kind, excluded = asked.filters.get("kind"), asked.filters.get("excluded")
        return [
            row
            for row in super()._matching(asked)
            if (kind is None or row.kind == kind) and (not excluded or row.excluded_why is not None)
        ]


def _assessed(row: UnitRow) -> str:
    return row.excluded_why or _("Yes")


def _state(row: UnitRow) -> State:
    return State.NONE if row.excluded_why else State.GOOD
