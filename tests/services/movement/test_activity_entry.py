"""Activities by the week: many lines at once, the last one again, one for several models, a month on one sheet."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import NotFound
from antq_desktop.services.application import Application
from antq_desktop.services.movement.activities import NoSuchMonth, NothingToRepeat
from antq_desktop.services.results import Invalid
from antq_desktop.storage.queries.community_models import ActivityFilter
from antq_desktop.storage.queries.window import Window


@pytest.fixture
def models(application: Application) -> list[CommunityModel]:
    """Three models; the last one is closed."""
    plain = CommunityModel(
        id="", unit_code="", kind="to-lien-gia-tu-quan", name="Một", launched_on=date(2024, 1, 1),
        decision_number="1", decision_date=date(2023, 12, 1), state=ModelState.WORKING,
    )  # fmt: skip
    closed: dict[str, Any] = {
        "state": ModelState.CLOSED,
        "closed_on": date(2026, 6, 30),
        "closed_reason": "Sáp nhập",
    }
    lives: list[tuple[str, dict[str, Any]]] = [("Một", {}), ("Hai", {}), ("Ba", closed)]
    return [
        application.community_models.save(replace(plain, name=name, **more)).record for name, more in lives
    ]


def patrol(model: CommunityModel, on: date = date(2026, 11, 2), **more: object) -> ModelActivity:
    plain = ModelActivity(
        id="", unit_code="", model_id=model.id, kind="tuan-tra", on=on, title="Tuần tra", quantities={"ca": 2}
    )
    return replace(plain, **more)  # type: ignore[arg-type] # by name


def test_good_lines_are_kept_and_faulty_ones_say_why(
    application: Application, models: list[CommunityModel]
) -> None:
    first, _second, closed = models
    lines = [
        patrol(first, title="  Đêm  1 "),
        patrol(closed, date(2026, 7, 1)),
        patrol(first, quantities={"ca": -2}),
        patrol(first, kind="la"),
        patrol(first, quantities={"buoi": 1}),
        patrol(first, date(2026, 11, 21)),
        patrol(replace(first, id="no model")),
        patrol(first, date(2023, 1, 1)),
        patrol(closed, date(2026, 6, 30)),
    ]
    saved = application.activities.save_lines(lines)
    assert [line.line for line in saved.lines] == list(range(1, 10))
    assert [[fault.code for fault in line.faults] for line in saved.lines] == [
        [],
        ["after-closing"],
        ["negative-count"],
        ["activity-kind-unknown"],
        ["unit-not-of-kind"],
        ["day-in-future"],
        ["model-unknown"],
        [],
        [],
    ]
    assert saved.saved == 3
    assert [w.code for w in saved.lines[7].warnings] == ["before-launch"]
    kept = saved.lines[0].record
    assert kept is not None
    assert (kept.title, application.community_models.activity(kept.id)) == ("Đêm 1", kept)
    assert application.community_models.count_activities(ActivityFilter()) == 3


def test_lines_change_what_is_kept_unless_it_was_changed_elsewhere(
    application: Application, models: list[CommunityModel]
) -> None:
    (line,) = application.activities.save_lines([patrol(models[0])]).lines
    assert line.record is not None
    changed = application.community_models.save_activity(replace(line.record, title="Sửa")).record
    stale, fresh = replace(line.record, title="Cũ"), patrol(models[1])
    saved = application.activities.save_lines([stale, fresh])
    assert [[fault.code for fault in one.faults] for one in saved.lines] == [["changed-elsewhere"], []]
    (again,) = application.activities.save_lines([replace(changed, title="Mới")]).lines
    assert again.record is not None
    assert (again.record.id, again.record.title) == (changed.id, "Mới")
    assert not application.activities.save_lines([]).changes


def test_the_last_one_typed_is_repeated_whatever_its_day(
    application: Application, models: list[CommunityModel]
) -> None:
    entry = application.activities
    with pytest.raises(NothingToRepeat):
        entry.repeat_last()
    entry.save_lines(
        [patrol(models[0], date(2026, 11, 10)), patrol(models[1], date(2026, 3, 1), title="Họp")]
    )
    last = entry.last()
    assert last is not None
    assert last.title == "Họp"
    again = entry.repeat_last().record
    assert (again.on, again.model_id, again.quantities, again.id != last.id) == (
        date(2026, 11, 20),
        models[1].id,
        {"ca": 2},
        True,
    )
    of_first = entry.repeat_last(date(2026, 11, 11), models[0].id).record
    assert (of_first.model_id, of_first.title, of_first.on) == (models[0].id, "Tuần tra", date(2026, 11, 11))
    with pytest.raises(NothingToRepeat):
        entry.repeat_last(model_id=models[2].id)
    with pytest.raises(Invalid):
        entry.repeat_last(date(2026, 12, 1))
    application.community_models.delete_activity(of_first.id, "Nhầm")
    newest = entry.last(models[0].id)
    assert newest is not None
    assert newest.on == date(2026, 11, 10)


def test_one_activity_is_recorded_for_several_models(
    application: Application, models: list[CommunityModel]
) -> None:
    first, second, closed = models
    source = application.community_models.save_activity(patrol(first, date(2026, 7, 5))).record
    saved = application.activities.copy(source.id, [second.id, closed.id, second.id])
    assert [line.record is not None for line in saved.lines] == [True, False]
    (copied,) = application.community_models.page_activities(ActivityFilter(second.id), Window())
    assert (copied.on, copied.title, copied.quantities) == (source.on, "Tuần tra", {"ca": 2})
    assert application.activities.copy(source.id, [second.id], date(2026, 8, 1)).lines[0].record is not None
    with pytest.raises(NotFound):
        application.activities.copy("no activity", [second.id])


def test_a_month_stands_in_whole_weeks(application: Application, models: list[CommunityModel]) -> None:
    days = [date(2026, 10, 26), date(2026, 11, 1), date(2026, 11, 1), date(2026, 10, 25)]
    application.activities.save_lines([patrol(models[0], on) for on in days])
    application.activities.save_lines([patrol(models[1], date(2026, 11, 2))])
    sheet = application.activities.month(2026, 11)
    assert [len(week) for week in sheet.weeks] == [7] * 6
    flat = [day for week in sheet.weeks for day in week]
    assert (flat[0].on, flat[0].inside, len(flat[0].activities)) == (date(2026, 10, 26), False, 1)
    assert (flat[6].on, flat[6].inside, len(flat[6].activities)) == (date(2026, 11, 1), True, 2)
    assert sheet.totals == {"tuan-tra": 3}
    assert application.activities.month(2026, 11, models[1].id).totals == {"tuan-tra": 1}
    for year, month in ((2026, 0), (2026, 13), (1, 1), (9999, 12)):
        with pytest.raises(NoSuchMonth):
            application.activities.month(year, month)
