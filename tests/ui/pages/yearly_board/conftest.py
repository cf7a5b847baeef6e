"""Gives tests of the board units of every kind, and the page in sight."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import Unit, UnitKey
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.yearly_board.page import YearlyBoardPage

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def agency(commune: Application) -> Unit:
    return commune.units.add(
        "agency", "Bưu điện trung tâm", "co-quan", has_party=True, valid_from=LONG_AGO
    ).record


@pytest.fixture
def primary(commune: Application) -> Unit:
    """Return a school that Điều 1 khoản 2 leaves out."""
    return commune.units.add("school", "Trường Tiểu học Kim Bôi", "tieu-hoc", valid_from=LONG_AGO).record


@pytest.fixture
def page(
    office: Desk,
    areas: list[ResidentialArea],
    agency: Unit,
    primary: Unit,
    in_sight: Callable[..., None],
) -> YearlyBoardPage:
    made = YearlyBoardPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    return made


@pytest.fixture
def choose(page: YearlyBoardPage) -> Callable[[str], BoardRow]:
    """Return what chooses a unit by its name and waits until its details are there."""

    def chosen(name: str) -> BoardRow:
        for place in range(page.table.model().rowCount()):
            row: BoardRow | None = page._model.row_at(place)
            if row is not None and row.name == name:
                page.table.selectRow(place)
                page.desk.lane.wait_idle()
                return row
        raise AssertionError(name)

    return chosen


@pytest.fixture
def typed() -> Callable[[QWidget, dict[str, str]], None]:
    """Return what types into fields of a form as a person does."""

    def type_in(form: QWidget, texts: dict[str, str]) -> None:
        for name, text in texts.items():
            box = form.boxes[name]  # type: ignore[attr-defined] # a Form
            box.set_typed(text)
            box.edited.emit()

    return type_in


def key_of(area: ResidentialArea) -> UnitKey:
    return UnitKey("residential_area", area.id)
