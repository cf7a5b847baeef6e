"""A disk that is full, read-only, busy or damaged is said so in one sentence, and nothing saved is lost."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.backups import BackupFailed
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.storage import outbox, sending
from antq_desktop.storage.engine import open_engine, quick_check
from antq_desktop.storage.failures import DiskFull, WorkspaceBusy, WorkspaceDamaged, WorkspaceReadOnly
from antq_desktop.storage.key_file import Cost
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.unit_of_work import Store

KEY = bytes(32)


def _store(path: Path) -> Store:
    return Store(open_engine(path, KEY), lambda: datetime(2026, 3, 14, tzinfo=UTC))


def _save_areas(store: Store, first: int, last: int) -> None:
    with store.writing("An") as work:
        work.save_all(
            [
                ResidentialArea(
                    id=f"a{n}",
                    unit_code="",
                    name=f"Xóm {n} " + "x" * 900,
                    kind="",
                    valid_from=date(2020, 1, 1),
                )
                for n in range(first, last)
            ]
        )
        work.commit()


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "antq.db"
    engine = open_engine(path, KEY)
    migrate(engine)
    engine.dispose()
    store = _store(path)
    _save_areas(store, 0, 10)
    store.close()
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a real file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can be mounted by root on Linux only")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False)
    if mounted.returncode != 0:
        pytest.skip("this machine mounts no file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def _assert_whole(path: Path, areas: int) -> None:
    store = _store(path)
    quick_check(store.engine)
    with store.reading() as work:
        assert len(work.all(ResidentialArea)) == areas
        assert outbox.first_broken(work.connection) is None
        assert outbox.head(work.connection, 1).seq == areas
    store.close()


def test_a_full_disk_loses_only_what_it_refused(database: Path, small_disk: Path) -> None:
    path = small_disk / "antq.db"
    shutil.copy(database, path)
    store = _store(path)
    saved = 10
    with pytest.raises(DiskFull):
        while True:
            _save_areas(store, saved, saved + 50)
            saved += 50
    store.close()
    assert saved > 10
    _assert_whole(path, saved)


def test_a_full_file_is_refused_at_every_size(database: Path) -> None:
    for pages in range(1, 40, 3):
        store = _store(database)
        with store.engine.connect() as connection:
            now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {now + pages}")
        with pytest.raises(DiskFull):
            _save_areas(store, 100, 400)
        store.close()
        _assert_whole(database, 10)


def test_another_writer_is_waited_for_and_then_said_so(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("antq_desktop.storage.engine._WAIT_SECONDS", 0.05)
    first, second = _store(database), _store(database)
    with first.writing("An") as work:
        work.keep_local("x", 1)
        with pytest.raises(WorkspaceBusy):
            _save_areas(second, 50, 51)
        with second.reading() as other:
            assert len(other.all(ResidentialArea)) == 10
    first.close()
    second.close()
    _assert_whole(database, 10)


def test_a_read_only_disk_is_said_so(database: Path, small_disk: Path) -> None:
    path = small_disk / "antq.db"
    shutil.copy(database, path)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(WorkspaceReadOnly):
        store = _store(path)
        _save_areas(store, 50, 51)


@pytest.mark.parametrize("where", [100, 5000, 40_000])
def test_a_damaged_file_is_found_when_it_opens(database: Path, where: int) -> None:
    content = bytearray(database.read_bytes())
    content[where] ^= 0x40
    database.write_bytes(content)
    engine = open_engine(database, KEY)
    with pytest.raises(WorkspaceDamaged):
        quick_check(engine)
    engine.dispose()


def test_a_page_that_cannot_be_read_is_said_so_in_the_midst_of_sealing(database: Path) -> None:
    store = _store(database)
    _save_areas(store, 100, 400)
    with store.reading() as work:
        (chosen,) = sending.waiting_ranges(work)
        size = int(work.connection.exec_driver_sql("PRAGMA page_size").scalar_one())
    store.close()
    whole = database.read_bytes()
    read = []
    for page in range(2, len(whole) // size):
        damaged = bytearray(whole)
        damaged[page * size + size // 2] ^= 0x40
        database.write_bytes(damaged)
        try:
            store = _store(database)
        except WorkspaceDamaged:
            continue
        read.append(0)
        with suppress(WorkspaceDamaged), store.reading() as work:
            for _line in sending.lines(work, chosen):
                read[-1] += 1
        store.close()
    database.write_bytes(whole)
    everything = chosen.last - chosen.first + 1
    assert everything in read, "pages of other tables are not needed"
    assert [count for count in read if count < everything], "the pages of the log are"


def test_what_is_no_database_is_no_workspace(tmp_path: Path) -> None:
    path = tmp_path / "antq.db"
    path.write_bytes(b"no database at all" * 999)
    engine = open_engine(path, KEY)
    with pytest.raises(WorkspaceDamaged):
        quick_check(engine)
    engine.dispose()


def test_a_stick_too_small_for_a_backup_is_said_so_and_stays_clean(tmp_path: Path, small_disk: Path) -> None:
    new = NewWorkspace("commune", "04978", "An", "mật khẩu của xã", {"working_year": 2026})
    application = create_workspace(tmp_path / "data", new, cost=Cost(1, 8 * 1024 * 1024)).application
    try:
        for taken in (
            2_000_000,
            1_500_000,
        ):  # no room for the copy; room for the copy, none for the file around it
            filler = small_disk / "filler"
            filler.write_bytes(bytes(taken))
            with pytest.raises(BackupFailed):
                application.backups.back_up(small_disk)
            assert list(small_disk.iterdir()) == [filler]
            filler.unlink()
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        with pytest.raises(BackupFailed):
            application.backups.back_up(small_disk)
        assert application.backups.last() is None
    finally:
        application.close()
