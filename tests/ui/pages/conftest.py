"""Gives tests of pages a real workspace with a few residential areas, and a window that is in sight."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
from antq_desktop.storage.key_file import Cost
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import sticks

PASSPHRASE = "cây đa bến nước 04978"
UPPER_PASSPHRASE = "suối nguồn sông cái 24"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
SETTINGS: dict[str, object] = {
    "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
    "officer": {"name": "Bùi Văn An", "rank": "Đại úy"},
    "working_year": 2026,
    "receiving_unit": "Công an tỉnh Phú Thọ",
    "agency.parent": "CÔNG AN TỈNH PHÚ THỌ",
    "agency.name": "CÔNG AN XÃ KIM BÔI",
    "place": "Kim Bôi",
    "signer": "Hà Quang Vinh",
    "signer_post": "Trưởng Công an xã",
    "recognition.signer": "Đinh Công Thắng",
}


def noon() -> datetime:
    return NOON


@pytest.fixture(scope="session")
def commune_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a commune's workspace that lies closed; tests work on copies."""
    folder = tmp_path_factory.mktemp("pages") / "commune"
    new = NewWorkspace("commune", "04978", "Bùi Văn An", PASSPHRASE, SETTINGS)
    create_workspace(folder, new, noon, CHEAP).application.close()
    return folder


@pytest.fixture
def commune(commune_made: Path, tmp_path: Path) -> Iterator[Application]:
    """Return the open workspace of a commune without any data."""
    folder = Path(shutil.copytree(commune_made, tmp_path / "commune"))
    opened = open_workspace(folder, PASSPHRASE, noon)
    yield opened
    opened.close()


@pytest.fixture
def office(desk: Desk, commune: Application) -> Iterator[Desk]:
    """Return the desk of an officer of that commune."""
    desk.services = commune
    yield desk
    desk.lane.close()


@pytest.fixture
def areas(commune: Application) -> list[ResidentialArea]:
    """Return three residential areas; two households live in the first, none in the others."""
    made = [
        commune.territory.add(name, "xóm", date(2020, 1, 1)).record
        for name in ("Xóm Bãi Chạo", "Xóm Mớ Đá", "Xóm Vó Khang")
    ]
    for head in ("Bùi Thị Hoa", "Quách Văn Minh"):
        commune.households.save(
            Household(id="", unit_code="", area_id=made[0].id, head=head, birth="1980", members=4)
        )
    return made


@pytest.fixture
def in_sight(qtbot: QtBot) -> Callable[..., None]:
    """Return what shows a page as the shell does, in the window of the smallest usual laptop."""

    def show(page: QWidget, width: int = 1158, height: int = 690) -> None:
        qtbot.addWidget(page)
        page.resize(width, height)
        with qtbot.waitExposed(page):
            page.show()

    return show


@pytest.fixture
def write() -> Callable[[QWidget, str], None]:
    """Return what writes Vietnamese into a field as an input method commits it."""

    def written(field: QWidget, text: str) -> None:
        field.setFocus()
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(field, event)

    return written


@pytest.fixture(scope="session")
def upper_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of an upper level that has its keys; tests work on copies."""
    folder = tmp_path_factory.mktemp("pages") / "upper"
    new = new_receiving_unit(
        "Công an tỉnh Phú Thọ", officer="Lê Thị Tâm", year=2026, passphrase=UPPER_PASSPHRASE
    )
    made = create_workspace(folder, new, noon, CHEAP).application
    made.receiving.initialise("Công an tỉnh Phú Thọ")
    made.close()
    return folder


@pytest.fixture
def upper(upper_made: Path, tmp_path: Path) -> Iterator[Application]:
    """Return the open workspace of an upper level that has its keys."""
    opened = open_workspace(Path(shutil.copytree(upper_made, tmp_path / "upper")), UPPER_PASSPHRASE, noon)
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that stands for the stick; what is really plugged into the machine is not looked at."""
    monkeypatch.setattr(sticks, "plugged_in", list)
    folder = tmp_path / "usb"
    folder.mkdir()
    return folder
