"""Models and their activities are registered, rated and recorded on their pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.community_models import ActivityFilter, ModelFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.activities.activity_rows import period
from antq_desktop.ui.pages.activities.page import ActivitiesPage
from antq_desktop.ui.pages.community_models.model_rows import UNRATED
from antq_desktop.ui.pages.community_models.page import ModelsPage

ENTER = Qt.Key.Key_Return
Show = Callable[[Any], Any]
Press = Callable[..., None]
Settle = Callable[[], None]


@pytest.fixture
def model(commune: Application, area: ResidentialArea) -> CommunityModel:
    kind = next(iter(commune.catalogues.models.kinds.values()))
    new = CommunityModel(
        id="", unit_code="", kind=kind.id, name="Tổ liên gia số 1", area_id=area.id, state=ModelState.WORKING
    )
    return commune.community_models.save(new).record


def test_model_is_registered_with_kind_and_name(
    show: Show, commune: Application, area: ResidentialArea, settle: Settle
) -> None:
    page = show(ModelsPage)
    page.obey(Command.NEW)
    kinds = list(commune.catalogues.models.kinds.values())
    box = page._form.boxes["kind"]
    box.set_value(kinds[3].id)
    box.edited.emit()
    assert page._form.boxes["name"].typed() == kinds[3].name
    assert page._form.boxes["field"].value() == kinds[3].field
    page._form.boxes["area_id"].set_value(area.id)
    page._form.boxes["members"].set_typed("12")
    page.obey(Command.SAVE)
    settle()
    (row,) = commune.community_models.page(ModelFilter(), Window())
    assert (row.name, row.area_name, row.members) == (kinds[3].name, "Xóm Bãi", 12)
    assert page._model.total == 1


def test_closing_without_a_reason_is_said_under_the_field(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = show(ModelsPage)
    page.wanted(model_id=model.id)
    settle()
    page._form.boxes["state"].set_value("closed")
    page.obey(Command.SAVE)
    settle()
    assert page._form.boxes["closed_reason"].said() != ""
    assert commune.community_models.get(model.id).state is ModelState.WORKING


def test_warning_stands_under_its_field_and_does_not_keep_from_saving(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = show(ModelsPage)
    page.wanted(model_id=model.id)
    settle()
    page._form.boxes["decision_number"].set_typed("15/QĐ-UBND")
    page.obey(Command.SAVE)
    settle()
    assert commune.community_models.get(model.id).decision_number == "15/QĐ-UBND"
    assert page._form.boxes["decision_number"].said() != "", "the day of the decision is missing"


def test_a_change_of_something_else_is_not_met_with_an_old_warning(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = show(ModelsPage)
    page.wanted(model_id=model.id)
    settle()
    page._form.boxes["leader"].set_typed("Hà Văn Ba")
    page.obey(Command.SAVE)
    settle()
    assert commune.community_models.get(model.id).leader == "Hà Văn Ba"
    assert page._form.boxes["decision_number"].said() == ""


def test_model_is_rated_for_the_working_year(show: Show, model: CommunityModel, settle: Settle) -> None:
    page = show(ModelsPage)
    page.wanted(model_id=model.id)
    settle()
    page.side.rating._rate()
    settle()
    assert page.side.rating._said.text() == "Chọn xếp loại trước.", "one stray click rates no model"
    page.side.rating._rating.set_value("tot")
    page.side.rating._rate()
    settle()
    assert "2026" in page.side.rating._said.text()


def test_ratings_stand_year_by_year_the_latest_first(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = show(ModelsPage)
    page.wanted(model_id=model.id)
    settle()
    assert next(made.text() for made in page.side.rating._years.findChildren(QLabel)) == "Chưa xếp loại"
    first, second, *_rest = next(iter(commune.catalogues.ratings.scales.values())).ratings.values()
    commune.community_models.rate(model.id, 2024, first.id)
    commune.community_models.rate(model.id, 2025, second.id)
    page.side.show_part("ratings")
    page.side.rating._rating.set_value(first.id)
    page.side.rating._rate()
    settle()
    shown = [made.text() for made in page.side.rating._years.findChildren(QLabel) if made.isVisible()]
    assert shown == ["Năm 2026", first.name, "Năm 2025", second.name, "Năm 2024", first.name]


@pytest.mark.parametrize("kind", [ModelsPage, ActivitiesPage])
def test_lists_are_saved_as_spreadsheets(  # noqa: PLR0917 - fixtures by name
    show: Show,
    commune: Application,
    model: CommunityModel,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[Any],
) -> None:
    done = ModelActivity(
        id="",
        unit_code="",
        model_id=model.id,
        kind=next(iter(commune.catalogues.activities.kinds)),
        on=date(2026, 3, 5),
    )
    commune.community_models.save_activity(done)
    out = tmp_path / "danh-sach.xlsx"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: out)
    page = show(kind)
    page._table.export()
    settle()
    cells = [str(cell.value) for row in load_workbook(out).worksheets[0].iter_rows() for cell in row]
    assert model.name in cells


def test_kind_decides_which_counts_are_asked(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = show(ActivitiesPage)
    page.obey(Command.NEW)
    catalogue = commune.catalogues.activities
    for kind in list(catalogue.kinds.values())[:4]:
        box = page.side.form.boxes["kind"]
        box.set_value(kind.id)
        box.edited.emit()
        asked = [name for name in page.side.form.boxes if name.startswith("quantities.")]
        assert asked == [f"quantities.{unit}" for unit in kind.units]


def test_activities_are_entered_one_after_another(
    show: Show, commune: Application, model: CommunityModel, press: Press, settle: Settle
) -> None:
    page = show(ActivitiesPage)
    page.wanted(model_id=model.id)
    page.obey(Command.NEW)
    for count in ("3", "5"):
        press(count)
        page.obey(Command.SAVE_AND_NEW)
        settle()
    rows = commune.community_models.page_activities(ActivityFilter(model_id=model.id), Window())
    assert sorted(next(iter(row.quantities.values())) for row in rows) == [3, 5]
    assert page._model.total == 2
    assert all(
        box.value() is None for name, box in page.side.form.boxes.items() if name.startswith("quantities.")
    )


def test_activity_is_deleted_only_with_a_reason(
    show: Show, commune: Application, model: CommunityModel, press: Press, settle: Settle
) -> None:
    page = show(ActivitiesPage)
    page.wanted(model_id=model.id)
    page.obey(Command.NEW)
    press("3")
    page.obey(Command.SAVE)
    settle()
    page.side.delete_button.click()
    page.side.sure_button.click()
    settle()
    assert commune.community_models.count_activities(ActivityFilter()) == 1
    page.side.why.focus_first()
    press("Ghi hai lan", ENTER)
    settle()
    assert commune.community_models.count_activities(ActivityFilter()) == 0


def test_typed_counts_come_back_as_a_draft(
    show: Show, office: Desk, model: CommunityModel, press: Press, settle: Settle
) -> None:
    page = show(ActivitiesPage)
    page.wanted(model_id=model.id)
    page.obey(Command.NEW)
    press("9")
    page.leave()
    again = show(ActivitiesPage)
    again.wanted(model_id=model.id)
    again.obey(Command.NEW)
    counts = [box.typed() for name, box in again.side.form.boxes.items() if name.startswith("quantities.")]
    assert counts[0] == "9"


def test_without_a_model_the_page_leads_to_the_register(show: Show, office: Desk) -> None:
    page = show(ActivitiesPage)
    gone: list[str] = []
    office.gone_to.connect(lambda key, _what: gone.append(key))
    page.obey(Command.NEW)
    page.banner._way.click()
    assert gone == ["models"]


def test_periods_are_quarters_of_the_working_year() -> None:
    assert period("", 2026) == (date(2026, 1, 1), date(2026, 12, 31))
    assert period("q1", 2026) == (date(2026, 1, 1), date(2026, 3, 31))
    assert period("q2", 2026) == (date(2026, 4, 1), date(2026, 6, 30))
    assert period("q3", 2026) == (date(2026, 7, 1), date(2026, 9, 30))
    assert period("always", 2026) == (None, None)


def test_a_rating_is_given_with_its_day_and_keeps_it(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = show(ModelsPage)
    page.wanted(model_id=model.id)
    settle()
    page.side.show_part("ratings")
    box = page.side.rating
    box._rating.set_value("tot")
    box.day.setText("2o/1")
    box._rate()
    settle()
    assert commune.community_models.ratings(model.id) == [], "an unreadable day is not dropped in silence"
    box.day.setText("20/1")
    box._rate()
    settle()
    box._rate()
    settle()
    (kept,) = commune.community_models.ratings(model.id)
    assert kept.rated_on == date(2026, 1, 20)
    shown = [made.text() for made in box._years.findChildren(QLabel) if made.isVisible()]
    assert shown[1].endswith("(ngày 20/01/2026)")


def test_a_rating_leads_to_exactly_its_models(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    other = commune.community_models.save(replace(model, id="", name="Tiếng kẻng an ninh", version={})).record
    commune.community_models.rate(model.id, 2026, "tot")
    page = show(ModelsPage)
    page.wanted(rating="tot")
    settle()
    assert [row.id for row in rows_of(page._model)] == [model.id]
    assert page._view.currentText() == "Xếp loại 2026: Tốt (1)"
    page.wanted(rating=UNRATED)
    settle()
    assert [row.id for row in rows_of(page._model)] == [other.id]
    assert page._view.currentText() == "Xếp loại 2026: chưa xếp loại (1)"


def test_some_days_narrow_the_list(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    for day in (date(2026, 1, 14), date(2026, 1, 15), date(2026, 2, 14), date(2026, 2, 15)):
        commune.community_models.save_activity(
            ModelActivity(
                id="", unit_code="", model_id=model.id, kind="tuan-tra", on=day, quantities={"ca": 1}
            )
        )
    page = show(ActivitiesPage)
    page.wanted(first=date(2026, 1, 15), last=date(2026, 2, 14))
    settle()
    assert {row.on for row in rows_of(page._model)} == {date(2026, 1, 15), date(2026, 2, 14)}
    assert page._period.currentText() == "15/01/2026 – 14/02/2026"


def rows_of(model: RowsModel) -> list[Any]:
    return [model.row_at(place) for place in range(model.rowCount())]


def test_activities_are_narrowed_by_kind_and_by_words_without_tone_marks(
    show: Show, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    other = commune.community_models.save(
        replace(model, id="", name="Tiếng kẻng đầu làng", version={})
    ).record
    said = (
        (model, "tuan-tra", "Tuần tra đêm giao thừa", {"ca": 1}),
        (model, "sinh-hoat", "Họp tổ quý I", {"buoi": 1}),
        (other, "tuan-tra", "", {"ca": 2}),
    )
    for whose, kind, title, counts in said:
        commune.community_models.save_activity(
            ModelActivity(
                id="", unit_code="", model_id=whose.id, kind=kind, on=date(2026, 1, 5), title=title, quantities=counts
            )
        )  # fmt: skip
    page = show(ActivitiesPage)

    def shown() -> set[tuple[str, str]]:
        settle()
        return {(row.model_name, row.kind) for row in rows_of(page._model)}

    first, second, third = ((whose.name, kind) for whose, kind, _title, _counts in said)
    page._kind.set_value("tuan-tra")
    page._kind.picked.emit("tuan-tra")
    assert shown() == {first, third}
    page._text.setText("GIAO THUA dem")
    assert shown() == {first}
    page.wanted(kind="")
    assert shown() == {first}
    page._text.setText("keng dau lang")
    assert shown() == {third}, "the name of the model is searched too"
    page._text.setText("hop%")
    assert shown() == set()
    page._text.setText("")
    assert shown() == {first, second, third}
    page.see("month")
    assert not page._kind.isVisible()
