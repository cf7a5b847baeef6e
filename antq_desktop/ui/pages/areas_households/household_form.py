"""The details of one household: its fields, and how they become a record and back."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.households import Household
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import births
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form


class HouseholdPanel(QWidget):
    """The form of one household, with a line that leads to its paper."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place: dict[str, object] = {}
        self._areas: list[tuple[object, str]] = [("", _("Choose…"))]
        self.form = Form(_fields(self._areas), desk)
        self._paper = button("", self._go_to_paper, icon="commitments", kind="link")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        link = QHBoxLayout()
        link.addWidget(self._paper)
        link.addStretch()
        column.addLayout(link)
        column.addWidget(self.form)
        self._paper.hide()

    def set_areas(self, areas: Sequence[tuple[str, str]]) -> None:
        """Offer ``areas`` (id, name)."""
        # The field looks up drafts in the very list it was declared with.
        self._areas[1:] = areas
        choice = self.form.boxes["area_id"].input
        assert isinstance(choice, Choice)  # noqa: S101 - the field is declared as a choice below
        choice.set_choices(self._areas)

    def show_paper(self, household: Household, word: str) -> None:
        """Lead to the household's paper of the year; ``word`` says where it stands."""
        self._place = {"area_id": household.area_id, "household_id": household.id}
        self._paper.setText(word)
        self._paper.setVisible(bool(household.id) and household.residence == "living")

    def _go_to_paper(self) -> None:
        self._desk.go("commitments", **self._place)


def shown(household: Household) -> dict[str, object]:
    return {
        "head": household.head,
        "area_id": household.area_id,
        "birth": births.shown(household.birth),
        "members": household.members,
        "citizen_id": household.citizen_id or "",
        "phone": household.phone or "",
        "address": household.address or "",
        "residence": household.residence,
        "moved_on": household.moved_on,
        "note": household.note,
    }


def made(household: Household, values: dict[str, Any]) -> Household:
    return replace(
        household,
        **{
            **values,
            "area_id": values["area_id"] or "",
            "birth": births.read(values["birth"]),
            "citizen_id": values["citizen_id"] or None,
            "phone": values["phone"] or None,
            "address": values["address"] or None,
        },
    )


def _fields(areas: Sequence[tuple[object, str]]) -> list[Field]:
    return [
        Field("head", _("Head of household"), required=True),
        Field("area_id", _("Residential area"), kind="choice", choices=areas, required=True),
        Field("birth", _("Born"), check=births.fault, pair=True),
        Field("members", _("Persons"), kind="number"),
        Field("citizen_id", _("Citizen id"), warn=_odd_number, pair=True),
        Field("phone", _("Phone")),
        Field("address", _("Address")),
        Field(
            "residence",
            _("Residence"),
            kind="choice",
            choices=(("living", _("lives here")), ("moved_away", _("moved away"))),
            pair=True,
        ),
        Field("moved_on", _("Moved away on"), kind="date"),
        Field("note", _("Note"), kind="lines"),
    ]


def _odd_number(typed: str) -> str:
    if typed.isdecimal() and len(typed) in (9, 12):
        return ""
    return _("A citizen id has 12 figures, the old one 9. Look again.")
