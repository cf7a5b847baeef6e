"""The journal as people read it: words for every code, both sides of a change, and the check of both chains."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from PySide6.QtWidgets import QWidget

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services import record_words as words
from antq_desktop.services.application import Application
from antq_desktop.services.record_fields import FIELDS
from antq_desktop.storage.codec import hints_of
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import KINDS
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.journal.lines import Line
from antq_desktop.ui.pages.journal.page import JournalPage

InSight = Callable[[QWidget], None]


@pytest.fixture
def page(office: Desk, areas: list[ResidentialArea], in_sight: InSight) -> JournalPage:
    page = JournalPage(office)
    office.announced.connect(page.changed)
    in_sight(page)
    page.freshen()
    office.lane.wait_idle()
    return page


def line(page: JournalPage, place: int) -> Line:
    found = page.model.row_at(place)
    assert isinstance(found, Line)
    return found


def test_the_newest_line_stands_first_with_the_name_of_its_record(page: JournalPage) -> None:
    assert line(page, 0).subject == "Quách Văn Minh"
    assert line(page, page.model.total - 1).row.action in {"workspace_made", "saved"}
    assert line(page, 0).row.id > line(page, 1).row.id


def test_a_change_is_shown_before_and_after_in_words(
    page: JournalPage, office: Desk, commune: Application, areas: list[ResidentialArea]
) -> None:
    row = commune.households.page(HouseholdFilter(), Window())[0]
    home = commune.households.get(row.id)
    office.run(
        lambda _progress: commune.households.save(
            replace(
                home,
                area_id=areas[1].id,
                phone="0912345678",
                residence="moved_away",
                moved_on=areas[0].valid_from,
            )
        )
    )
    office.lane.wait_idle()
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert page._line.shown() == [
        "Khu dân cư: Xóm Bãi Chạo → Xóm Mớ Đá",
        "Điện thoại: – → 0912345678",
        "Cư trú: đang cư trú → chuyển đi",
        "Ngày chuyển đi: – → 01/01/2020",
    ]


def test_it_narrows_to_one_record(page: JournalPage, office: Desk, areas: list[ResidentialArea]) -> None:
    page.wanted(entity="residential_areas", entity_id=areas[0].id)
    office.lane.wait_idle()
    assert [line(page, place).subject for place in range(page.model.total)] == ["Xóm Bãi Chạo"]
    assert page._one.isVisible()
    page._drop_record()
    office.lane.wait_idle()
    assert page.model.total > 1


def test_it_narrows_to_a_kind_and_an_action(page: JournalPage, office: Desk, commune: Application) -> None:
    commune.backups.back_up()
    page._narrow(action="backed_up")
    office.lane.wait_idle()
    assert page.model.total == 1
    page._narrow(action="", entity="households")
    office.lane.wait_idle()
    assert page.model.total == 2


def test_an_untouched_journal_holds(page: JournalPage, office: Desk) -> None:
    page.check()
    office.lane.wait_idle()
    assert page.banner.text().startswith("Nhật ký và dữ liệu gửi cấp trên còn nguyên vẹn")


def test_a_line_changed_by_hand_is_named(page: JournalPage, office: Desk, commune: Application) -> None:
    with commune.journal._store.engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin():
            # The file itself refuses changes; whoever gets this far has taken that away first.
            guards = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
            for (guard,) in connection.execute(sa.text(guards)).all():
                connection.execute(sa.text(f"DROP TRIGGER {guard}"))
            connection.execute(sa.text("UPDATE journal SET user = 'Ai Đó' WHERE id = 3"))
    page.check()
    office.lane.wait_idle()
    assert "dòng 3 của nhật ký" in page.banner.text()


def test_every_field_and_kind_of_record_has_its_word() -> None:
    assert {kind.entity for kind in KINDS} == set(words.ENTITIES)
    fields = {name for kind in KINDS for name in hints_of(kind.record)} - {"id", "unit_code", "version"}
    assert fields - set(FIELDS) == set()


def test_every_deed_has_its_word(repository: Path) -> None:
    done = set(deeds(repository))
    assert {"saved", "deleted", "renamed", "recognised", "imported", "backed_up"} <= done
    assert done - set(words.ACTIONS) == set()


def deeds(repository: Path) -> Iterator[str]:
    """Yield the action of every Deed and of every save that names one, as the services write them."""
    package = repository / "antq_desktop"
    for path in [
        *package.glob("services/**/*.py"),
        package / "storage" / "unit_of_work.py",
        package / "bootstrap.py",
    ]:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                at = {"Deed": 0, "save": 1, "save_all": 1, "_keep": 2}.get(name)
                given = node.args[at : at + 1] if at is not None else []
                yield from (
                    one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)
                )
            elif isinstance(node, ast.arg) and node.arg == "action":
                yield "saved"


def test_codes_of_states_are_said_as_elsewhere() -> None:
    assert words.value("commitments", "state", str(CommitmentState.SIGNED), {}) == "đã ký"
    assert words.value("households", "moved_on", "2026-03-05", {}) == "05/03/2026"
    assert words.value("community_models", "budget_vnd", 12_000_000, {}) == "12.000.000"
    assert words.value("commitments", "year", 2026, {}) == "2026"
    assert words.value("community_models", "has_regulations", False, {}) == "Không"
