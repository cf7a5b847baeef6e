"""Four receivers on one server take the same sticks at the same time; no row is lost, none is there twice."""

import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace, open_workspace
from antq_desktop.domain.households import Household
from antq_desktop.services.application import Application
from antq_desktop.services.first_start import new_commune, new_receiving_unit
from antq_desktop.storage import journal, tables
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.unit_of_work import Store

if TYPE_CHECKING:
    from tests.postgres_server import Server

PASSPHRASE = "cây đa bến nước 04978"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
COMMUNES = ("04978", "05014", "05089")
RECEIVERS = 4
BUNDLES = 4
HOMES = 300
#: One receiver, in a process of its own: takes every file in the order given, twice.
RECEIVER = """
import sys
from pathlib import Path
from antq_desktop.bootstrap import open_workspace
application = open_workspace(Path(sys.argv[1]), sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(2):
    for file in sys.argv[3:]:
        (first, *_) = application.receiving.receive([Path(file)])
        print(first.verdict, first.code, flush=True)
application.close()
"""


@dataclass
class Country:
    """Communes with their sealed bundles, oldest first, and a receiving unit whose tables lie on a server."""

    folder: Path
    communes: dict[str, Application]
    upper: Application
    bundles: dict[str, list[Path]]


def clock() -> datetime:
    return datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


@pytest.fixture
def country(postgres: "Server", tmp_path: Path) -> Iterator[Country]:
    new = new_receiving_unit("Phòng PV05", officer="Lê Thị Bình", year=2026, passphrase=PASSPHRASE)
    upper = create_workspace(tmp_path / "upper", new, clock, CHEAP, postgres.make_database()).application
    upper.receiving.initialise("Phòng PV05")
    made = Country(tmp_path, {}, upper, {})
    for code in COMMUNES:
        commune = new_commune(
            code, receiving_unit="", officer="Bùi Văn An", rank="", year=2026, passphrase=PASSPHRASE
        )
        application = create_workspace(tmp_path / code, commune, clock, CHEAP).application
        made.communes[code] = application
        stick = tmp_path / f"stick-{code}"
        stick.mkdir()
        request = application.sending.enrolment_request(stick)
        application.sending.take(upper.receiving.enrol(request.path, request.check_number).path)
        area = application.territory.add("Xóm Bãi", "xóm", date(2020, 1, 1)).record
        # Nothing is acknowledged, so each bundle holds everything that the one before held, and more.
        made.bundles[code] = [_grow(application, area.id, n, stick) for n in range(BUNDLES)]
    yield made
    for application in (*made.communes.values(), made.upper):
        application.close()


def _grow(application: Application, area_id: str, n: int, stick: Path) -> Path:
    new = Household(id="", unit_code=application.session.unit_code, area_id=area_id, head="", members=4)
    homes = [replace(new, id=f"h{n}-{each:03}", head=f"Bùi Thị Hoa {each}") for each in range(HOMES)]
    with _store(application).writing("An") as work:
        first, second, *_ = work.save_all(homes)
        work.save(replace(first, members=n + 5))
        work.delete(second, "ghi trùng")
        work.commit()
    return application.sending.send(stick).path


def test_four_receivers_at_once_lose_nothing_and_double_nothing(country: Country) -> None:
    files = [file for bundles in country.bundles.values() for file in bundles]
    country.upper.close()
    folders = [country.folder / f"receiver{n}" for n in range(RECEIVERS)]
    running = []
    for n, folder in enumerate(folders):
        folder.mkdir()
        for name in ("antq.key", "antq.server"):  # all that a further receiver needs
            shutil.copy2(country.folder / "upper" / name, folder)
        order = random.Random(n).sample(files, len(files))
        command = [sys.executable, "-c", RECEIVER, str(folder), PASSPHRASE, *map(str, order)]
        running.append(subprocess.Popen(command, stdin=-1, stdout=-1, stderr=-1, text=True))
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        print("go", file=process.stdin, flush=True)
    ended = [process.communicate(timeout=120) for process in running]
    assert [(process.returncode, said[1]) for process, said in zip(running, ended, strict=True)] == [
        (0, "")
    ] * RECEIVERS
    verdicts = [line.split()[0] for said in ended for line in said[0].splitlines()]
    assert len(verdicts) == RECEIVERS * len(files) * 2
    assert set(verdicts) == {"taken", "known"}

    country.upper = open_workspace(country.folder / "upper", PASSPHRASE, clock)
    store = _store(country.upper)
    for code, application in country.communes.items():
        assert _rows(country.upper, code) == _rows(application, code)
        with store.reading() as work, _store(application).reading() as own:
            received = tables.received_events.c
            lines = work.connection.execute(
                sa.select(received.line).where(received.unit_code == code).order_by(received.seq)
            ).scalars()
            sent = own.connection.execute(
                sa.select(tables.outbox.c.line).order_by(tables.outbox.c.seq)
            ).scalars()
            assert list(map(bytes, lines)) == list(sent)
    with store.reading() as work:
        bundles = tables.received_bundles.c
        kept = work.connection.execute(sa.select(bundles.sha256, bundles.verdict, bundles.new_events)).all()
        told = work.connection.execute(
            sa.select(sa.func.count()).select_from(tables.received_events)
        ).scalar_one()
        assert journal.first_broken(work.connection) is None
    assert sum(row.new_events for row in kept if row.verdict == "taken") == told
    assert country.upper.receiving.set_aside() == []


def _store(application: Application) -> Store:
    return application.sending._store


def _rows(application: Application, unit_code: str) -> dict[str, list[tuple[object, ...]]]:
    with _store(application).reading() as work:
        return {
            kind.entity: [
                tuple(row)
                for row in work.connection.execute(
                    sa.select(kind.table).where(kind.table.c.unit_code == unit_code).order_by(kind.table.c.id)
                )
            ]
            for kind in KINDS
        }
