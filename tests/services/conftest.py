"""A real workspace for each test: made once with a cheap key, then copied, on a clock that a test can turn."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.criteria import Catalogue, Item
from antq_desktop.domain.households import Household
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, ShareAtLeast, Within
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.domain.units import ListedKind, Unit
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.services.yearly.assessments import Given
from antq_desktop.storage.key_file import Cost

PASSPHRASE = "cây đa bến nước 04978"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

SETTINGS: dict[str, object] = {
    "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
    "officer": {"name": "Bùi Văn An", "rank": "Đại úy"},
    "working_year": 2026,
    "receiving_unit": "Công an tỉnh Phú Thọ",
    "agency.parent": "Công an tỉnh Phú Thọ",
    "place": "Kim Bôi",
    "signer": "Hà Quang Vinh",
    "signer_post": "Trưởng Công an xã",
    "recognition.signer": "Đinh Công Thắng",
}


@dataclass
class Clock:
    """What time it is for the program."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def pass_time(self, **amount: float) -> None:
        self.at += timedelta(**amount)


@dataclass(frozen=True)
class Made:
    """A workspace that lies closed in ``folder``, and its recovery key."""

    folder: Path
    recovery_key: str


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made") / "commune"
    new = NewWorkspace("commune", "04978", "Bùi Văn An", PASSPHRASE, SETTINGS)
    created = create_workspace(folder, new, Clock(), CHEAP)
    created.application.close()
    return Made(folder, created.recovery_key)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def folder(made: Made, tmp_path: Path) -> Path:
    """Return the folder of a fresh workspace, closed."""
    return Path(shutil.copytree(made.folder, tmp_path / "commune"))


@pytest.fixture
def application(folder: Path, clock: Clock) -> Iterator[Application]:
    opened = open_workspace(folder, PASSPHRASE, clock)
    yield opened
    opened.close()


@pytest.fixture
def area(application: Application) -> ResidentialArea:
    return application.territory.add("Xóm Bãi Chạo", "xóm", date(2020, 1, 1)).record


@pytest.fixture
def settle(application: Application) -> Callable[..., list[Household]]:
    """Return what lets households settle in an area: ``settle(area_id, "Bùi Thị Hoa", …)``."""

    def settled(area_id: str, *heads: str, members: int | None = 4) -> list[Household]:
        return [
            application.households.save(
                Household(id="", unit_code="", area_id=area_id, head=head, birth="1980", members=members)
            ).record
            for head in heads
        ]

    return settled


@pytest.fixture
def list_unit(application: Application) -> Callable[..., Unit]:
    """Return what lists a unit: ``list_unit("school", "THCS Kim Bôi", "trung-hoc-co-so", managed=True)``."""

    def listed(kind: ListedKind, name: str, category: str, **fields: Any) -> Unit:
        unit = Unit(
            id=application.session.new_id(),
            unit_code="04978",
            kind=kind,
            name=name,
            category=category,
            valid_from=date(2020, 1, 1),
        )
        with application.assessments._store.writing("An") as work:
            saved = work.save(replace(unit, **fields))
            work.commit()
        return saved

    return listed


@pytest.fixture
def good_answers() -> Callable[..., dict[str, Given]]:
    """Return what answers every item of a catalogue as it must be but those that ``leave`` names."""

    def answers(catalogue: Catalogue, leave: Iterable[str] = ()) -> dict[str, Given]:
        left = set(leave)
        return {item.id: _good(item) for item in catalogue.items if item.id not in left}

    return answers


def _good(item: Item) -> Given:
    why = "Theo sổ giấy"
    match item.rule:
        case Expected(yes):
            return Given(yes)
        case AtMost(count) | AtLeast(count):
            return Given(count, why)
        case ShareAtLeast():
            return Given("40/40", why)
        case Within(first):
            return Given(date(2026, *first), why, "Nghị quyết số 03-NQ/CB")
        case Present():
            return Given("12/QC-CQ")
