"""A commune and its receiving unit as real workspaces, with one stick between them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from secrets import token_hex

import pytest
import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.runtime.counters import FOLDER_VARIABLE
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.first_start import NewWorkspace, new_receiving_unit
from antq_desktop.services.receiving_side.taking_in import BundleVerdict
from antq_desktop.storage.key_file import Cost, KeyFile, Vault
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.unit_of_work import Store
from tests.postgres_server import Server

PASSPHRASE = "cây đa bến nước 04978"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)


@dataclass
class Clock:
    at: datetime = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def lead_to(address: str, folder: Path) -> None:
    """Let the receiving unit in ``folder`` find its tables at another address."""
    paths = WorkspacePaths(folder)
    key = KeyFile(paths.key_file, Clock()).unlock(PASSPHRASE)
    paths.server.write_text(Vault(key).seal("database", address), "ascii")


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

    def open(self, folder: Path, *, elsewhere: bool = True) -> Application:
        """Open a workspace, by default as on another machine: then the user's folder there knows nothing of it."""
        if elsewhere:
            os.environ[FOLDER_VARIABLE] = str(self.folder / f"profile-{token_hex(4)}")
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


@dataclass
class Laptops:
    """Two laptops of one commune and the receiving unit, all open, with one stick between them."""

    parties: Parties
    first: Application
    second: Application

    @property
    def upper(self) -> Application:
        return self.parties.receiving

    def enrol(self, laptop: Application) -> None:
        request = laptop.sending.enrolment_request(self.parties.stick)
        enrolled = self.upper.receiving.enrol(request.path, request.check_number)
        laptop.sending.take(enrolled.path)

    def tell_all(self) -> None:
        """Bring the receiving unit's answer to both laptops."""
        answer = self.parties.acknowledge()
        for laptop in (self.first, self.second):
            laptop.sending.take(answer)

    def seal(self, laptop: Application) -> Path:
        return laptop.sending.send(self.parties.stick).path

    def exchange(self) -> None:
        """Bring what each laptop has to tell to the two others."""
        sent = {name: self.seal(laptop) for name, laptop in self._laptops() if self._waits(laptop)}
        for name, file in sent.items():
            other = self.second if name == "first" else self.first
            assert [each.verdict for each in other.laptops.take([file])] == ["taken"]
            self.upper.receiving.receive([file])
        self.tell_all()

    def settle(self) -> None:
        """Exchange until nobody has anything to tell."""
        while any(self._waits(laptop) for _, laptop in self._laptops()):
            self.exchange()

    def assert_equal(self) -> None:
        first = self.parties.rows(self.first)
        assert self.parties.rows(self.second) == first
        assert self.parties.rows(self.upper) == first
        for period in ("2026-Q4", "2026"):
            own = self.first.period_figures.amounts(period)
            assert self.second.period_figures.amounts(period) == own
            (above,) = self.upper.consolidating.report(period).communes
            assert dict(above.amounts) == own

    def _laptops(self) -> list[tuple[str, Application]]:
        return [("first", self.first), ("second", self.second)]

    @staticmethod
    def _waits(laptop: Application) -> bool:
        return laptop.sending.waiting().count > 0


@pytest.fixture(scope="session")
def made_parties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parties")
    settings: dict[str, object] = {
        "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
        "officer": {"name": "Bùi Văn An", "rank": "Đại úy"},
        "working_year": 2026,
    }
    commune = NewWorkspace("commune", "04978", "Bùi Văn An", PASSPHRASE, settings)
    for name in ("commune", "second"):
        create_workspace(folder / name, commune, Clock(), CHEAP).application.close()
    _make_receiving(folder / "receiving")
    return folder


def _make_receiving(folder: Path, database: str = "") -> None:
    new = new_receiving_unit("Phòng PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    created = create_workspace(folder, new, Clock(), CHEAP, database)
    created.application.receiving.initialise("Phòng PV05")
    created.application.close()


@pytest.fixture(scope="session")
def made_on_server(postgres: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder of a receiving unit whose tables lie on a server, and the address of its database."""
    folder = tmp_path_factory.mktemp("on_server")
    address = postgres.make_database()
    _make_receiving(folder, address)
    return folder, address


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """Return where the tables of the receiving unit lie: in its own "file" or on a "server"."""
    return str(getattr(request, "param", "file"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of a module on every place that it names: ``DATABASES = ("file", "server")``.

    A test that copies the folder of a receiving unit copies no server with it: ``only_on_file`` marks it.
    """
    places = getattr(metafunc.module, "DATABASES", ())
    if metafunc.definition.get_closest_marker("only_on_file"):
        places = ("file",)
    if places and "database" in metafunc.fixturenames:
        metafunc.parametrize("database", places, indirect=True)


@pytest.fixture
def bare(
    made_parties: Path, tmp_path: Path, database: str, request: pytest.FixtureRequest
) -> Iterator[Parties]:
    clock = Clock()
    shutil.copytree(made_parties, tmp_path, dirs_exist_ok=True)
    if database == "server":
        made, address = request.getfixturevalue("made_on_server")
        server: Server = request.getfixturevalue("postgres")
        shutil.rmtree(tmp_path / "receiving")
        shutil.copytree(made, tmp_path / "receiving")
        lead_to(server.copy_database(address), tmp_path / "receiving")
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


@pytest.fixture
def two(parties: Parties) -> Iterator[Laptops]:
    """Return two laptops that know each other and have told each other what they began with."""
    second = open_workspace(parties.folder / "second", PASSPHRASE, parties.clock)
    laptops = Laptops(parties, parties.commune, second)
    laptops.enrol(second)
    laptops.tell_all()
    laptops.settle()
    yield laptops
    second.close()
