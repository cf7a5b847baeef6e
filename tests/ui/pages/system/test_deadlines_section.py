"""The office sets deadlines of its own; an empty field goes by the text, and what each rests on stands under it."""

from collections.abc import Callable
from datetime import date

import pytest

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import UnitKey
from antq_desktop.services.application import Application
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.settings.deadlines_section import DeadlinesSection
from antq_desktop.ui.pages.settings.page import SettingsPage
from antq_desktop.ui.widgets.field import FieldBox


@pytest.fixture
def page(office: Desk, in_sight: Callable[..., None]) -> SettingsPage:
    made = SettingsPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    made.show_section("deadlines")
    return made


@pytest.fixture
def section(page: SettingsPage) -> DeadlinesSection:
    assert page.deadlines is not None
    return page.deadlines


def box(section: DeadlinesSection, step: str, kind: str = "residential_area") -> FieldBox:
    return next(form for name, form in section.forms.items() if name == kind).boxes[step]


def put(section: DeadlinesSection, step: str, text: str, kind: str = "residential_area") -> None:
    box(section, step, kind).set_typed(text)
    box(section, step, kind).edited.emit()


def save(page: SettingsPage) -> None:
    page.obey(Command.SAVE)
    page.desk.lane.wait_idle()


def test_each_says_its_default_basis_and_certainty(section: DeadlinesSection) -> None:
    assert box(section, "registration").said() == (
        "Mặc định 31/03 · Điều 4 khoản 1 (trong Quý I) · đã thấy văn bản"
    )
    assert box(section, "submitted").said().startswith("Chưa thấy thời hạn trong văn bản")
    assert box(section, "registration").typed() == ""
    assert "withdrawn" not in section.forms["residential_area"].boxes


def test_one_of_its_own_stands_before_the_default_and_empty_goes_back(
    page: SettingsPage, section: DeadlinesSection, commune: Application, areas: list[ResidentialArea]
) -> None:
    def deadline(step: str) -> date | None:
        row = commune.year_board.row(UnitKey("residential_area", areas[0].id), 2026)
        return next(state.deadline for state in row.steps if state.step.id == step)

    put(section, "registration", "15/4")
    put(section, "submitted", "0512")
    save(page)
    assert commune.settings.get("deadlines") == {
        "residential_area.registration": "04-15",
        "residential_area.submitted": "12-05",
    }
    assert (deadline("registration"), deadline("submitted")) == (date(2026, 4, 15), date(2026, 12, 5))
    assert box(section, "registration").typed() == "15/04"
    put(section, "registration", "")
    save(page)
    assert deadline("registration") == date(2026, 3, 31)
    assert commune.settings.get("deadlines") == {"residential_area.submitted": "12-05"}


def test_those_of_another_kind_stay(
    page: SettingsPage, section: DeadlinesSection, commune: Application
) -> None:
    put(section, "meeting", "30/10")
    save(page)
    section.kind.set_value("school")
    section.kind.picked.emit("school")
    put(section, "meeting", "29/2", "school")
    save(page)
    assert commune.settings.get("deadlines") == {
        "residential_area.meeting": "10-30",
        "school.meeting": "02-29",
    }


@pytest.mark.parametrize("typed", ["31/2", "hết quý I", "15/4/2026", "32"])
def test_what_is_no_day_and_month_is_said_under_its_field(
    page: SettingsPage, section: DeadlinesSection, commune: Application, typed: str
) -> None:
    put(section, "meeting", typed)
    save(page)
    assert typed in box(section, "meeting").said()
    assert commune.settings.get("deadlines") == {}


def test_what_was_typed_and_not_saved_comes_back(page: SettingsPage, section: DeadlinesSection) -> None:
    put(section, "meeting", "30/1")
    page.leave()
    page.refresh()
    page.desk.lane.wait_idle()
    assert box(section, "meeting").typed() == "30/1"
