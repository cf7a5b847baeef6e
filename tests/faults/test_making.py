"""A workspace comes into being, comes back from a backup or is replaced at one moment: a kill before it leaves a way on."""

import errno
import os
import subprocess
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from antq_desktop.bootstrap import (
    create_workspace,
    open_workspace,
    workspace_exists,
)
from antq_desktop.domain.errors import MachineFailed
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.services.recovery.taking_back import replace_workspace, restore_workspace
from antq_desktop.storage.backup import NotABackup, take_back
from antq_desktop.storage.failures import DiskFull, WorkspaceDamaged
from antq_desktop.storage.key_file import Cost, KeyFileDamaged
from antq_desktop.storage.making import WorkspaceInTheWay

PASSPHRASE = "mật khẩu của xã"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
NEW = NewWorkspace(
    "commune",
    "04978",
    "Bùi Văn An",
    PASSPHRASE,
    {"officer": {"name": "Bùi Văn An", "rank": ""}, "working_year": 2026},
)

# The nursery imports everything once; its n-th child works in the folder n and is killed as kill -9 does, at the n-th time
# that a file gets its name or a transaction is kept. The first child that nothing strikes ends it.
NURSERY = """
import os, shutil, signal, sys
from pathlib import Path
import sqlalchemy as sa
from antq_desktop import bootstrap
from antq_desktop.services.recovery import taking_back
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.storage.key_file import Cost

task, top, backup, template = sys.argv[1], *map(Path, sys.argv[2:])
left = 0

def strike(*_what):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)

def struck(call):
    def around(*given, **more):
        strike()
        done = call(*given, **more)
        strike()
        return done
    return around

os.replace = struck(os.replace)
Path.replace = struck(Path.replace)
sa.event.listen(sa.Engine, "commit", strike)

def work(folder):
    if task == "create":
        new = NewWorkspace("commune", "04978", "Bùi Văn An", "mật khẩu của xã",
            {"officer": {"name": "Bùi Văn An", "rank": ""}, "working_year": 2026})
        bootstrap.create_workspace(folder, new, cost=Cost(1, 8 * 1024 * 1024))
    elif task == "restore":
        taking_back.restore_workspace(backup, folder)
    else:
        taking_back.replace_workspace(backup, folder, bootstrap.system_clock)

for moment in range(1, 100):
    folder = top / str(moment)
    if task == "replace":
        shutil.copytree(template, folder)
    child = os.fork()
    if child == 0:
        left = moment
        code = 70
        try:
            work(folder)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        print(moment - 1)
        sys.exit(os.WEXITSTATUS(status))
"""


def clock() -> datetime:
    return datetime(2026, 3, 14, 8, 0, tzinfo=UTC)


def killed(task: str, top: Path, backup: Path, template: Path) -> list[Path]:
    """Return the folders of a task that was killed at every moment, one after the other."""
    top.mkdir()
    command = [sys.executable, "-c", NURSERY, task, str(top), str(backup), str(template)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    return [top / str(moment) for moment in range(1, int(ended.stdout) + 1)]


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    application = create_workspace(tmp_path / "first", NEW, clock, CHEAP).application
    application.territory.add("Bản Lác", "bản", date(2020, 1, 1))
    file = application.backups.back_up(tmp_path / "stick")
    application.close()
    return file


def areas(folder: Path) -> list[str]:
    application = open_workspace(folder, PASSPHRASE, clock)
    try:
        assert application.journal.check().holds
        assert application.session.user == "Bùi Văn An"
        return [area.name for area in application.territory.areas()]
    finally:
        application.close()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are not there on Windows")
def test_a_kill_while_a_workspace_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    folders = killed("create", tmp_path / "made", tmp_path, tmp_path)
    kept = [workspace_exists(folder) for folder in folders]
    assert kept.count(False) > 4
    assert kept[-1]
    for folder, whole in zip(folders, kept, strict=True):
        if not whole:
            create_workspace(folder, NEW, clock, CHEAP).application.close()
        assert areas(folder) == []


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are not there on Windows")
def test_a_kill_while_a_backup_is_taken_back_leaves_none_or_a_whole_one(tmp_path: Path, backup: Path) -> None:
    folders = killed("restore", tmp_path / "restored", backup, tmp_path)
    assert len(folders) > 4
    for folder in folders:
        if not workspace_exists(folder):
            restore_workspace(backup, folder)
        assert areas(folder) == ["Bản Lác"]
        assert not list(folder.glob(".*"))


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are not there on Windows")
def test_a_kill_while_a_workspace_is_replaced_never_looks_like_a_first_start(
    tmp_path: Path, backup: Path
) -> None:
    damaged = tmp_path / "first"
    WorkspacePaths(damaged).database.write_bytes(b"no database at all" * 999)
    folders = killed("replace", tmp_path / "replaced", backup, damaged)
    assert len(folders) > 6
    for folder in folders:
        assert workspace_exists(folder)
        try:
            names = areas(folder)
        except (WorkspaceDamaged, KeyFileDamaged):
            # These two make the door of the workspace offer a backup once more.
            replace_workspace(backup, folder, clock)
            names = areas(folder)
        assert names == ["Bản Lác"]


def test_what_was_replaced_lies_aside_whole(tmp_path: Path, backup: Path) -> None:
    folder = tmp_path / "first"
    paths = WorkspacePaths(folder)
    before = paths.key_file.read_bytes(), paths.database.read_bytes()
    aside = WorkspacePaths(replace_workspace(backup, folder, clock))
    assert (aside.key_file.read_bytes(), aside.database.read_bytes()) == before
    assert areas(folder) == ["Bản Lác"]
    assert sorted(path.name for path in folder.iterdir()) == [
        "antq.counter",
        "antq.db",
        "antq.key",
        "antq.lock",
        aside.folder.name,
    ]


def test_what_is_no_backup_replaces_nothing(tmp_path: Path, backup: Path) -> None:
    folder = tmp_path / "first"
    before = sorted(folder.rglob("*"))
    backup.write_bytes(backup.read_bytes()[:-9])
    with pytest.raises(NotABackup):
        replace_workspace(backup, folder, clock)
    with pytest.raises(NotABackup):
        replace_workspace(tmp_path / "nothing there", folder, clock)
    assert sorted(folder.rglob("*")) == before
    assert areas(folder) == ["Bản Lác"]


def test_a_log_left_of_another_database_is_in_the_way_of_a_backup(tmp_path: Path, backup: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "antq.db-wal").write_bytes(b"rows of another time")
    with pytest.raises(WorkspaceInTheWay):
        restore_workspace(backup, folder)
    with pytest.raises(WorkspaceInTheWay):
        create_workspace(folder, NEW, clock, CHEAP)
    assert (folder / "antq.db-wal").read_bytes() == b"rows of another time"


def test_a_database_without_its_key_file_is_no_first_start(tmp_path: Path, backup: Path) -> None:
    folder = tmp_path / "first"
    WorkspacePaths(folder).key_file.unlink()
    assert workspace_exists(folder)
    with pytest.raises(KeyFileDamaged):
        open_workspace(folder, PASSPHRASE, clock)
    with pytest.raises(WorkspaceInTheWay):
        create_workspace(folder, NEW, clock, CHEAP)
    replace_workspace(backup, folder, clock)
    assert areas(folder) == ["Bản Lác"]


def test_a_backup_with_any_bit_changed_is_taken_whole_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "small.antqbackup"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("antq.db", b"d" * 40)
        archive.writestr("antq.key", b"k" * 20)
    whole = file.read_bytes()
    for place in range(0, len(whole) * 8, 3):
        changed = bytearray(whole)
        changed[place // 8] ^= 1 << place % 8
        file.write_bytes(changed)
        paths = WorkspacePaths(tmp_path / f"f{place}")
        try:
            take_back(file, paths)
        except NotABackup:
            assert not paths.folder.exists() or not list(paths.folder.iterdir()), place
        else:
            assert (paths.database.read_bytes(), paths.key_file.read_bytes()) == (b"d" * 40, b"k" * 20)


def test_a_full_disk_is_said_so_and_leaves_nothing_of_a_backup(
    tmp_path: Path, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            restore_workspace(backup, tmp_path / "other")
        with pytest.raises(DiskFull):
            replace_workspace(backup, tmp_path / "first", clock)
        with pytest.raises(DiskFull):
            create_workspace(tmp_path / "third", NEW, clock, CHEAP)
    for name in ("other", "third"):
        assert [path.name for path in (tmp_path / name).iterdir()] == ["antq.lock"]
    restore_workspace(backup, tmp_path / "other")
    assert areas(tmp_path / "other") == areas(tmp_path / "first") == ["Bản Lác"]


def test_a_folder_that_is_a_file_is_said_so(tmp_path: Path, backup: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(MachineFailed):
        create_workspace(folder, NEW, clock, CHEAP)
    with pytest.raises(MachineFailed):
        restore_workspace(backup, folder)
