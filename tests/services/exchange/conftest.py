"""A commune and its receiving unit as real workspaces, with one stick between them."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
from antq_desktop.services.outgoing import Sent
from antq_desktop.services.taking_in import BundleVerdict
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.unit_of_work import Store

PASSPHRASE = "cây đa bến nước 04978"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def store_of(application: Application) -> Store:
    return application.sending._store


def rows_of(application: Application, unit_code: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every record of a unit, table by table."""
    with store_of(application).reading() as work:
        return {
            kind.entity: [
                tuple(row)
                for row in work.connection.execute(
                    sa.select(kind.table).where(kind.table.c.unit_code == unit_code).order_by(kind.table.c.id)
                )
            ]
            for kind in KINDS
        }


@dataclass
class Parties:
    """A commune and its receiving unit with one stick, both open."""

    folder: Path
    stick: Path
    clock: Clock
    commune: Application
    receiving: Application

    def enrol(self) -> None:
        request = self.commune.sending.enrolment_request(self.stick)
        enrolled = self.receiving.receiving.enrol(request.path, request.check_number)
        taken = self.commune.sending.take(enrolled.path)
        assert (taken.kind, taken.code) == ("trust", "trust-taken")
        request.path.unlink()
        enrolled.path.unlink()

    def work(self, count: int = 3) -> list[Household]:
        areas = self.commune.territory.areas()
        area_id = (
            areas[0].id if areas else self.commune.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record.id
        )
        return [
            self.commune.households.save(
                Household(
                    id="", unit_code="", area_id=area_id, head=f"Bùi Thị Hoa {n}", birth="1980", members=4
                )
            ).record
            for n in range(count)
        ]

    def send(self) -> Sent:
        return self.commune.sending.send(self.stick)

    def receive(self, *files: Path) -> list[BundleVerdict]:
        return self.receiving.receiving.receive(files)

    def acknowledge(self) -> Path:
        return self.receiving.receiving.acknowledge("04978", self.stick)

    def assert_equal(self) -> None:
        assert rows_of(self.receiving, "04978") == rows_of(self.commune, "04978")

    def journal(self, side: Application) -> list[str]:
        return [
            f"{row.action} {row.note}".strip()
            for row in side.journal.page(JournalFilter(), Window(limit=100))
        ]

    def reopen_commune_as(self, folder: Path) -> None:
        self.commune.close()
        self.commune = self.open(folder)

    def open(self, folder: Path) -> Application:
        return open_workspace(folder, PASSPHRASE, self.clock)

    def another_receiving_unit(self, folder: Path) -> Application:
        new = new_receiving_unit("Phòng khác", officer="X", year=2026, passphrase=PASSPHRASE)
        made = create_workspace(folder, new, self.clock, CHEAP).application
        made.receiving.initialise("Phòng khác")
        return made

    @staticmethod
    def store(side: Application) -> Store:
        return store_of(side)

    @staticmethod
    def rows(side: Application) -> dict[str, list[tuple[object, ...]]]:
        return rows_of(side, "04978")


@pytest.fixture(scope="session")
def made_parties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parties")
    settings: dict[str, object] = {
        "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
        "officer": {"name": "Bùi Văn An", "rank": "Đại úy"},
        "working_year": 2026,
    }
    commune = NewWorkspace("commune", "04978", "Bùi Văn An", PASSPHRASE, settings)
    receiving = new_receiving_unit("Phòng PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    create_workspace(folder / "commune", commune, Clock(), CHEAP).application.close()
    created = create_workspace(folder / "receiving", receiving, Clock(), CHEAP)
    created.application.receiving.initialise("Phòng PV05")
    created.application.close()
    return folder


@pytest.fixture
def bare(made_parties: Path, tmp_path: Path) -> Iterator[Parties]:
    clock = Clock()
    shutil.copytree(made_parties, tmp_path, dirs_exist_ok=True)
    stick = tmp_path / "USB"
    stick.mkdir()
    parties = Parties(
        tmp_path,
        stick,
        clock,
        open_workspace(tmp_path / "commune", PASSPHRASE, clock),
        open_workspace(tmp_path / "receiving", PASSPHRASE, clock),
    )
    yield parties
    parties.commune.close()
    parties.receiving.close()


@pytest.fixture
def parties(bare: Parties) -> Parties:
    bare.enrol()
    return bare
