"""The wizard shows what was found, mends it and imports it whole or not at all."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.services.intake_plan import NEW
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.ui import dialogs
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.jobs import Job
from antq_desktop.ui.pages.import_wizard.wizard import ImportWizard

LIST = """DANH SÁCH HỘ DÂN;;;;
STT;Họ và tên chủ hộ;Ngày sinh;Số CCCD;Thôn, xóm
1;Lê Văn Tám;05/03/1980;017080000011;Xóm Bãi
2;Hà Thị Chín;31/02/1975;017175000012;Xóm Bãi
3;Đỗ Văn Dũng;1955;;Xóm Bãi
4;Bùi Văn Mười;10/10/1990;017090000013;Xóm Mới
5;Vì Thị Một;11/11/1991;017191000014;Xóm Mới
"""
Settle = Callable[[], None]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "ho-dan.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


@pytest.fixture
def wizard(
    qtbot: QtBot, office: Desk, homes: list[Household], file: Path, monkeypatch: pytest.MonkeyPatch
) -> ImportWizard:
    monkeypatch.setattr(dialogs, "choose_file", lambda *_args: file)
    monkeypatch.setattr(dialogs, "confirm", lambda *_args, **_named: True)
    return opened(qtbot, office)


def opened(qtbot: QtBot, office: Desk) -> ImportWizard:
    wizard = ImportWizard(office)
    qtbot.addWidget(wizard)
    wizard.open()
    first: Any = wizard.parts[0]
    first.choose_button.click()
    return wizard


def go_on(wizard: ImportWizard, settle: Settle, times: int = 1) -> Any:
    for _step in range(times):
        wizard.go_on()
        settle()
    return wizard.step


def test_what_was_found_is_shown_with_the_first_rows(wizard: ImportWizard, settle: Settle) -> None:
    step = go_on(wizard, settle)
    assert step.header.text() == "2"
    assert step.encoding.value() == "unicode"
    assert step.fields["head"].value() == 1
    assert step.rows.item(0, 1).text() == "Lê Văn Tám"
    assert "5" in step._found.text()


def test_another_column_reads_the_file_anew(wizard: ImportWizard, settle: Settle) -> None:
    step = go_on(wizard, settle)
    step.fields["citizen_id"].set_value(-1)
    step.fields["citizen_id"].picked.emit(-1)
    settle()
    assert wizard.draft.sheet is not None
    assert {row.citizen_id for row in wizard.draft.sheet.rows} == {None}


def test_a_faulty_cell_is_mended_in_place(wizard: ImportWizard, commune: Application, settle: Settle) -> None:
    step = go_on(wizard, settle, 2)
    assert step.cells.item(0, 0).text() == "4"
    step.cells.item(0, 3).setText("28/02/1975")
    go_on(wizard, settle, 2)
    (found,) = commune.households.find("ha thi chin")
    assert found.birth == "1975-02-28"


def test_import_shows_counts_first_and_a_result_a_row(
    wizard: ImportWizard, commune: Application, settle: Settle
) -> None:
    preview = go_on(wizard, settle, 3)
    assert wizard.draft.plan is not None
    counts = {name: wizard.draft.plan.count(name) for name in ("new", "faulty", "doubtful")}
    assert counts == {"new": 3, "faulty": 1, "doubtful": 1}
    assert "Xóm Mới" in preview._areas.text()
    assert commune.households.count(HouseholdFilter()) == 5
    result = go_on(wizard, settle)
    assert commune.households.count(HouseholdFilter()) == 8
    assert result.table.model().rowCount() == 5
    assert "ho-dan.csv" in result.kept.text()
    assert not result.can_go_back()


def test_doubtful_pair_shows_both_sides_and_takes_a_decision(
    wizard: ImportWizard, commune: Application, settle: Settle
) -> None:
    preview = go_on(wizard, settle, 3)
    assert preview.doubt.isVisible()
    preview.doubt.decision.set_value(NEW)
    preview.doubt.decision.picked.emit(NEW)
    go_on(wizard, settle)
    assert len(commune.households.find("do van dung")) == 2


def test_same_file_again_changes_nothing_and_says_so(  # noqa: PLR0917 - fixtures by name
    wizard: ImportWizard, qtbot: QtBot, office: Desk, file: Path, commune: Application, settle: Settle
) -> None:
    file.write_text("\n".join(line for line in LIST.splitlines() if "Tám" in line or "STT" in line))
    go_on(wizard, settle, 4)
    before = commune.households.count(HouseholdFilter())
    again = opened(qtbot, office)
    result = go_on(again, settle, 4)
    assert commune.households.count(HouseholdFilter()) == before
    assert "không có gì thay đổi" in result.said.text()


def test_file_that_is_no_list_is_said_on_the_first_step(
    wizard: ImportWizard, file: Path, settle: Settle
) -> None:
    file.write_bytes(b"%PDF-1.4 not a list")
    step = go_on(wizard, settle)
    assert step is wizard.parts[0]
    assert "ho-dan.csv" in step.banner.text()
    assert step.is_ready()


def test_names_stand_in_the_first_rows_as_they_will_be_kept(
    wizard: ImportWizard, file: Path, settle: Settle
) -> None:
    file.write_text(
        "STT;Họ;Tên;Ngày sinh;Thôn, xóm\n1;HOÀNG BÍCH;ÁNH;1980;Xóm Bãi\n2;lê văn;tám;1971;Xóm Bãi\n"
        "3;ĐỖ VĂN;DŨNG;31/02/1975;Xóm Bãi\n",
        encoding="utf-8",
    )
    step = go_on(wizard, settle)
    shown = [[step.rows.item(row, column).text() for column in (1, 2)] for row in range(3)]
    assert shown == [["Hoàng Bích", "Ánh"], ["Lê Văn", "Tám"], ["ĐỖ VĂN", "DŨNG"]]
    preview = go_on(wizard, settle, 2)
    heads = [preview._model.data(preview._model.index(row, 2)) for row in range(preview._model.total)]
    assert "Hoàng Bích Ánh" in heads


def test_import_that_is_stopped_keeps_nothing(
    wizard: ImportWizard, office: Desk, file: Path, commune: Application, settle: Settle
) -> None:
    given = ("Ánh", "Bé", "Cường", "Dũng", "Hoa", "Minh", "Tám")
    rows = [f"{n};Hà Văn {given[n % 7]};1960;017060{n:06d};Xóm Mới {n % 5}" for n in range(1, 3001)]
    file.write_text("STT;Họ và tên chủ hộ;Ngày sinh;Số CCCD;Thôn, xóm\n" + "\n".join(rows), encoding="utf-8")
    before = (commune.territory.areas(), commune.journal.count(JournalFilter()))
    preview = go_on(wizard, settle, 3)
    assert wizard.draft.plan is not None
    seen: list[tuple[int, int]] = []

    def stop(job: Job) -> None:
        seen.append((job.done, job.total))
        preview.job_bar.cancel()

    office.lane.moved.connect(stop)
    wizard.go_on()
    settle()
    assert seen
    assert wizard.step is wizard.parts[3]
    assert preview.banner.text() != ""
    assert commune.households.count(HouseholdFilter()) == 5
    lines = commune.journal.count(JournalFilter()) - commune.journal.count(JournalFilter(action="backed_up"))
    assert commune.backups.last() is not None
    assert (commune.territory.areas(), lines) == before
    office.lane.moved.disconnect(stop)
    go_on(wizard, settle)
    assert commune.households.count(HouseholdFilter()) == 3005
