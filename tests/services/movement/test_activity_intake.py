"""Spreadsheets of activities into a real workspace: models by name, faults by line, nothing counted twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.intake import FileChanged
from antq_desktop.services.movement.activity_intake import ActivityImport
from antq_desktop.services.results import remark
from antq_desktop.storage.attachments import content
from antq_desktop.storage.queries.community_models import ActivityFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

HEADER = ["Mô hình", "Thôn", "Loại hoạt động", "Ngày", "Nội dung", "Số buổi", "Số ca", "Số người"]
MEETING = ["Tổ liên gia số 1", None, "Sinh hoạt", "05/03/2026", "Họp tổ", 1, None, 30]
PATROL = ["tổ liên gia SỐ 1", None, "Tuần tra", "06/03/2026", None, None, 2, 8]
Write = Callable[..., Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Write:
    def write(*rows: list[Any], name: str = "tuan.xlsx") -> Path:
        book = openpyxl.Workbook()
        page = book.worksheets[0]
        for row in [HEADER, *rows]:
            page.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return write


@pytest.fixture
def take(application: Application) -> Callable[..., ActivityImport]:
    def taken(path: Path, model_id: str = "") -> ActivityImport:
        intake = application.activity_intake
        return intake.run(intake.plan(intake.read(path), model_id))

    return taken


@pytest.fixture
def model(application: Application, area: ResidentialArea) -> CommunityModel:
    return application.community_models.save(
        CommunityModel(
            id="", unit_code="", kind="to-lien-gia-tu-quan", name="Tổ liên gia số 1", area_id=area.id,
            launched_on=date(2024, 1, 1), state=ModelState.WORKING,
        )
    ).record  # fmt: skip


def outcomes(result: ActivityImport) -> list[tuple[int, str, list[str]]]:
    return [(line.line, line.outcome, [why.code for why in line.findings]) for line in result.lines]


def total(application: Application) -> int:
    return application.community_models.count_activities(ActivityFilter())


def test_a_week_comes_in_with_its_file_and_its_run(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    path = sheet(MEETING, PATROL)
    result = take(path)
    assert outcomes(result) == [(2, "new", []), (3, "new", [])]
    assert (result.run.added, result.run.faults, result.run.unchanged) == (2, 0, 0)
    second, first = application.community_models.page_activities(
        ActivityFilter(model.id), Window(sort="on", descending=True)
    )
    assert (first.on, first.title, first.quantities) == (
        date(2026, 3, 5),
        "Họp tổ",
        {"buoi": 1, "luot-nguoi": 30},
    )
    assert (second.kind, second.quantities) == ("tuan-tra", {"ca": 2, "luot-nguoi": 8})
    assert application.intake.history() == [result.run]
    with application.sending._store.reading() as work:
        assert b"".join(content(work, result.run.file_sha256)) == path.read_bytes()
    kept = application.intake.results(result.run.id)
    assert [(row.line, row.result, row.row["activity_id"]) for row in kept] == [
        (2, "new", first.id),
        (3, "new", second.id),
    ]
    lines = application.journal.page(JournalFilter(entity_id=first.id), Window())
    assert [(line.action, line.note) for line in lines] == [("imported", "tuan.xlsx")]


def test_a_file_taken_in_twice_counts_once(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    path = sheet(MEETING, PATROL, PATROL)
    assert take(path).run.added == 3, "two patrols of one day are two"
    again = take(path)
    assert (again.changes.tables, again.run.added, again.run.unchanged) == (frozenset(), 0, 3)
    (noted,) = application.journal.page(JournalFilter(action="imported_again"), Window())
    assert noted.note == "tuan.xlsx"
    longer = take(
        sheet(
            PATROL,
            MEETING,
            PATROL,
            ["Tổ liên gia số 1", None, "Họp", "07/03/2026", "Mới", 1],
            name="them.xlsx",
        )
    )
    assert [line.outcome for line in longer.lines] == ["unchanged", "unchanged", "unchanged", "new"]
    assert total(application) == 4
    assert len(application.intake.history()) == 2


def test_what_was_mended_or_deleted_or_typed_by_hand_does_not_come_again(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    models = application.community_models
    typed = models.save_activity(
        ModelActivity(id="", unit_code="", model_id=model.id, kind="sinh-hoat", on=date(2026, 3, 5), title="HỌP TỔ", quantities={"buoi": 1, "luot-nguoi": 30})
    ).record  # fmt: skip
    third = ["Tổ liên gia số 1", None, "Họp", "08/03/2026", "Thừa", 1]
    result = take(sheet(MEETING, PATROL, third))
    assert [line.outcome for line in result.lines] == ["unchanged", "new", "new"]
    patrol, spare = (line.activity for line in result.lines[1:])
    assert patrol is not None
    assert spare is not None
    models.save_activity(replace(models.activity(patrol.id), title="Đã sửa", quantities={"ca": 5}))
    models.delete_activity(spare.id, "Ghi thừa")
    again = take(
        sheet(MEETING, PATROL, third, ["Tổ liên gia số 1", None, "Họp", "09/03/2026", None, 1], name="b.xlsx")
    )
    assert outcomes(again) == [
        (2, "unchanged", []),
        (3, "unchanged", []),
        (4, "left_out", ["deleted-before"]),
        (5, "new", []),
    ]
    assert (models.activity(typed.id), models.activity(patrol.id).title) == (typed, "Đã sửa")
    assert total(application) == 3


def test_faulty_lines_stay_out_with_their_reasons_and_the_rest_comes_in(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    closed = {"state": ModelState.CLOSED, "closed_on": date(2026, 3, 1), "closed_reason": "x"}
    application.community_models.save(replace(model, id="", version={}, name="Cũ", **closed))  # type: ignore[arg-type] # by name
    result = take(
        sheet(
            MEETING,
            ["Không có", None, "Sinh hoạt", "05/03/2026", None, 1],
            ["Cũ", None, "Sinh hoạt", "05/03/2026", None, 1],
            ["Tổ liên gia số 1", None, "Sinh hoạt", "05/03/2027", None, 1],
            ["Tổ liên gia số 1", None, "Sinh hoạt", "30/02/2026", None, 1],
            ["Tổ liên gia số 1", None, "Sinh hoạt", "05/03/2026", None, -1],
            [None, None, "Sinh hoạt", "05/03/2026", None, 1],
            ["Tổ liên gia số 1", None, "Sinh hoạt", "05/03/2023", None, 1],
        )
    )
    assert outcomes(result) == [
        (2, "new", []),
        (3, "faulty", ["model-unknown"]),
        (4, "faulty", ["after-closing"]),
        (5, "faulty", ["day-in-future"]),
        (6, "faulty", ["no-such-day"]),
        (7, "faulty", ["negative-count"]),
        (8, "faulty", ["model-missing"]),
        (9, "new", ["before-launch"]),
    ]
    assert (result.run.added, result.run.faults) == (2, 6)
    kept = {row.line: row.why for row in application.intake.results(result.run.id)}
    assert kept[3]["facts"] == {"text": "Không có"}
    assert total(application) == 2


def test_models_of_one_name_are_told_by_their_area(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    other = application.territory.add("Xóm Sáng", "xóm", date(2020, 1, 1)).record
    twin = application.community_models.save(replace(model, id="", version={}, area_id=other.id)).record
    result = take(
        sheet(
            MEETING,
            ["Tổ liên gia số 1", "xóm sáng", *MEETING[2:]],
            ["Tổ liên gia số 1 - Xóm Sáng", None, *PATROL[2:]],
        )
    )
    assert outcomes(result) == [(2, "faulty", ["model-doubtful"]), (3, "new", []), (4, "new", [])]
    assert application.community_models.count_activities(ActivityFilter(twin.id)) == 2


def test_lines_without_a_model_go_to_the_one_that_is_named(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    path = sheet([None, *MEETING[1:]])
    assert outcomes(take(path, model.id)) == [(2, "new", [])]
    with pytest.raises(NotFound):
        take(path, "no model")


def test_nothing_comes_in_when_the_file_changed_meanwhile(
    application: Application, model: CommunityModel, sheet: Write
) -> None:
    intake = application.activity_intake
    plan = intake.plan(intake.read(sheet(MEETING)))
    sheet(MEETING, PATROL)
    with pytest.raises(FileChanged):
        intake.run(plan)
    assert (total(application), application.intake.history()) == (0, [])


def test_a_line_that_would_count_twice_is_named(
    application: Application, model: CommunityModel, sheet: Write, take: Callable[..., ActivityImport]
) -> None:
    plan = application.activity_intake.plan(application.activity_intake.read(sheet(MEETING, PATROL, MEETING)))
    assert [[why.code for why in line.findings] for line in plan.lines] == [[], [], ["line-twice"]]
    assert remark(plan.lines[2].findings[0]) == (
        "Dòng 2 của «Sheet» ghi giống hệt: nhập cả hai sẽ bị tính hai lần."
    )
    bare = [*MEETING[:5], None, None, None]
    assert outcomes(take(sheet(bare))) == [(2, "new", ["nothing-counted"])]
    again = application.activity_intake.plan(application.activity_intake.read(sheet(MEETING, PATROL)))
    assert [[why.code for why in line.findings] for line in again.lines] == [["recorded-twice"], []]
    other = [*MEETING[:4], "Họp tổ lần hai", *MEETING[5:]]
    assert outcomes(take(sheet(other))) == [(2, "new", [])]


def test_a_count_under_a_header_that_begins_with_so_is_kept(
    application: Application, model: CommunityModel, tmp_path: Path, take: Callable[..., ActivityImport]
) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["Mô hình", "Loại hoạt động", "Ngày", "Số kg pháo", "Số lượng khẩu súng"])
    page.append([model.name, "Giao nộp", "08/07/2026", 4, 1])
    book.save(tmp_path / "phao.xlsx")
    take(tmp_path / "phao.xlsx")
    (row,) = application.community_models.page_activities(ActivityFilter(model.id), Window())
    assert application.community_models.activity(row.id).quantities == {"kg": 4, "khau": 1}
