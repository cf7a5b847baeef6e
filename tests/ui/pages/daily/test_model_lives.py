"""A model is led through its life, and its parts and means are kept, in the details of the page of models."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.model_parts import ModelPart
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.ui.actions import Command
from antq_desktop.ui.pages.community_models.page import ModelsPage

Show = Callable[[Any], Any]
Settle = Callable[[], None]
Opened = Callable[[CommunityModel, str], Any]


@pytest.fixture
def model(commune: Application, area: ResidentialArea) -> CommunityModel:
    return registered(commune, "Tổ liên gia số 1", area)


@pytest.fixture
def opened(show: Show, settle: Settle) -> Opened:
    def page(model: CommunityModel, part: str) -> Any:
        shown = show(ModelsPage)
        shown.wanted(model_id=model.id, part=part)
        settle()
        return shown

    return page


def registered(commune: Application, name: str, area: ResidentialArea) -> CommunityModel:
    kind = next(iter(commune.catalogues.models.kinds))
    new = CommunityModel(
        id="",
        unit_code="",
        kind=kind,
        name=name,
        area_id=area.id,
        decision_number="12/QĐ-UBND",
        decision_date=date(2024, 3, 1),
        launched_on=date(2024, 3, 5),
        state=ModelState.WORKING,
    )
    return commune.community_models.save(new).record


def site(commune: Application, model: CommunityModel) -> ModelPart:
    part = ModelPart(
        id="",
        unit_code="",
        model_id=model.id,
        kind="site",
        name="Điểm nhà văn hóa",
        members=12,
        valid_from=date(2024, 3, 5),
    )
    return commune.model_lives.save_part(part).record


def choose(page: Any, step: str) -> None:
    page.side.steps.next.set_value(step)
    page.side.steps.next.picked.emit(step)


def test_only_steps_that_can_follow_are_offered_and_late_ones_when_asked(
    opened: Opened, model: CommunityModel
) -> None:
    steps = opened(model, "steps").side.steps
    assert "so-ket" in steps.offered
    assert "ra-mat" not in steps.offered
    steps.late.click()
    assert "khao-sat" in steps.offered


def test_a_step_asks_for_a_document_and_a_reason_only_where_it_has_them(
    opened: Opened, model: CommunityModel
) -> None:
    page = opened(model, "steps")
    asked = {}
    for step in ("quyet-dinh", "so-ket", "tam-dung", "cung-co"):
        choose(page, step)
        asked[step] = set(page.side.steps.form.boxes) - {"on", "by"}
    assert asked == {
        "quyet-dinh": {"number"},
        "so-ket": {"number"},
        "tam-dung": {"reason"},
        "cung-co": {"number", "reason"},
    }


def test_a_step_changes_the_state_and_is_taken_back_with_a_reason(
    opened: Opened, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = opened(model, "steps")
    choose(page, "tam-dung")
    page.side.steps.form.boxes["on"].set_typed("1/9/2026")
    page.obey(Command.SAVE)
    settle()
    assert commune.model_lives.steps(model.id) == []
    page.side.steps.form.boxes["reason"].set_typed("Thiếu người phụ trách")
    page.obey(Command.SAVE)
    settle()
    assert commune.community_models.get(model.id).state is ModelState.PAUSED
    assert len(page.side.steps.lines) == 1
    page.side.steps.reason.box.set_value("Ghi nhầm")
    page.side.steps.reason.give()
    settle()
    assert commune.community_models.get(model.id).state is ModelState.WORKING
    assert page.side.steps.lines == []


def test_a_model_is_closed_over_its_sites_only_when_they_end_too(
    opened: Opened, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    part = site(commune, model)
    page = opened(model, "steps")
    choose(page, "thanh-loai")
    form = page.side.steps.form
    form.boxes["on"].set_typed("1/10/2026")
    form.boxes["reason"].set_typed("Không còn hiệu quả")
    page.obey(Command.SAVE)
    settle()
    assert "Điểm nhà văn hóa" in page.side.steps.banner.text()
    assert commune.community_models.get(model.id).state is ModelState.WORKING
    form.boxes["end_parts"].input.setChecked(True)
    page.obey(Command.SAVE)
    settle()
    assert commune.community_models.get(model.id).state is ModelState.CLOSED
    assert [kept.valid_to for kept in commune.model_lives.parts(model.id)] == [date(2026, 10, 1)]
    assert part.id in page.side.parts.lines


def test_what_was_typed_for_a_step_outlives_another_part_and_another_model(
    opened: Opened, commune: Application, area: ResidentialArea, model: CommunityModel, settle: Settle
) -> None:
    other = registered(commune, "Camera an ninh", area)
    page = opened(model, "steps")
    choose(page, "so-ket")
    box = page.side.steps.form.boxes["by"]
    box.set_typed("Ban Chỉ đạo xã")
    box.edited.emit()
    page.wanted(model_id=other.id)
    settle()
    page.wanted(model_id=model.id, part="steps")
    settle()
    choose(page, "so-ket")
    assert page.side.steps.form.boxes["by"].typed() == "Ban Chỉ đạo xã"


def test_sites_are_added_corrected_and_ended_and_the_counts_follow(
    opened: Opened, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = opened(model, "parts")
    panel = page.side.parts
    panel.add("group")
    panel.form.boxes["name"].set_typed("Tổ 1")
    panel.form.boxes["members"].set_typed("9")
    page.obey(Command.SAVE)
    settle()
    (part,) = commune.model_lives.parts(model.id)
    assert (part.name, part.members, part.valid_from) == ("Tổ 1", 9, date(2024, 3, 5))
    assert commune.community_models.get(model.id).members == 9
    assert page._form.boxes["members"].value() == 9
    panel.lines[part.id].ways["Kết thúc…"].click()
    panel.ending.boxes["on"].set_typed("1/8/2026")
    panel.ending.boxes["reason"].set_typed("Sáp nhập")
    page.obey(Command.SAVE)
    settle()
    assert commune.model_lives.parts(model.id)[0].valid_to == date(2026, 8, 1)
    assert commune.community_models.get(model.id).groups == 0


def test_money_above_the_norm_is_kept_and_said(
    opened: Opened, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = opened(model, "means")
    means = page.side.means
    for source, amount in (("Ngân sách xã", "15.000.000"), ("Nhân dân đóng góp", "9.500.000")):
        means.money.boxes["source"].set_typed(source)
        means.money.boxes["amount_vnd"].set_typed(amount)
        means.keep_money()
        settle()
    assert "24.500.000" in means.banner.text()
    (year,) = commune.model_means.budgets(model.id)
    assert (year.year, year.total_vnd, year.over) == (2026, 24_500_000, True)


def test_equipment_of_another_kind_needs_its_word(
    opened: Opened, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    means = opened(model, "means").side.means
    means.things.boxes["kind"].set_value("")
    means.things.boxes["kind"].edited.emit()
    means.things.boxes["count"].set_typed("2")
    means.keep_things()
    assert means.things.boxes["other"].said() != ""
    means.things.boxes["other"].set_typed("Trống")
    means.keep_things()
    settle()
    assert [(name, line.count) for line, name in commune.model_means.equipment(model.id)] == [("Trống", 2)]


def test_a_kind_of_ones_own_can_be_chosen_and_an_unused_one_is_removed(
    show: Show, commune: Application, settle: Settle
) -> None:
    page = show(ModelsPage)
    page._show_kinds()
    settle()
    page._own_kinds.form.boxes["name"].set_typed("Chợ phiên an toàn")
    page.obey(Command.SAVE)
    settle()
    (kind,) = commune.model_means.own_kinds()
    assert (kind.id, "Chợ phiên an toàn") in page._kind_choices
    page._own_kinds.lines[kind.id].ways["Xóa…"].click()
    page._own_kinds.reason.box.set_value("Trùng")
    page._own_kinds.reason.give()
    settle()
    assert commune.model_means.own_kinds() == []


def test_views_answer_which_model_works_and_which_is_only_on_paper(
    show: Show, commune: Application, area: ResidentialArea, model: CommunityModel
) -> None:
    registered(commune, "Camera an ninh", area)
    kind = next(iter(commune.catalogues.activities.kinds.values()))
    commune.community_models.save_activity(
        ModelActivity(
            id="",
            unit_code="",
            model_id=model.id,
            kind=kind.id,
            on=date(2026, 11, 2),
            quantities={kind.units[0]: 1},
        )
    )
    page = show(ModelsPage)
    names = {}
    for view in ("works", "on_paper", "remove"):
        page.wanted(view=view)
        names[view] = [page._model.row_at(place).name for place in range(page._model.total)]
    assert names == {"works": [model.name], "on_paper": ["Camera an ninh"], "remove": ["Camera an ninh"]}


def test_a_replicated_model_names_its_origin(
    opened: Opened, commune: Application, model: CommunityModel, settle: Settle
) -> None:
    page = opened(model, "about")
    page._replicate()
    page._form.boxes["name"].set_typed("Tổ liên gia số 2")
    page.obey(Command.SAVE)
    settle()
    copies = {row.model.name: row.copies for row in commune.model_lives.standing()}
    assert copies == {"Tổ liên gia số 1": 1, "Tổ liên gia số 2": 0}
