"""Making and opening a workspace, with everything that can stand in the way."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from antq_desktop.bootstrap import (
    Created,
    NoWorkspace,
    create_workspace,
    open_workspace,
    reset_passphrase,
    workspace_exists,
)
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.single_instance import AlreadyOpen
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.storage import migrate as migrations
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.failures import WorkspaceDamaged
from antq_desktop.storage.key_file import Cost, KeyFile, PassphraseTooShort, WrongPassphrase
from antq_desktop.storage.making import WorkspaceInTheWay
from antq_desktop.storage.migrate import WorkspaceNewer

PASSPHRASE = "mật khẩu của xã"
CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)
NEW = NewWorkspace(
    role="commune",
    unit_code="04978",
    officer="Bùi Văn An",
    passphrase=PASSPHRASE,
    settings={
        "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
        "officer": {"name": "Bùi Văn An", "rank": "Đại úy"},
        "working_year": 2026,
    },
)


def clock() -> datetime:
    return datetime(2026, 3, 14, 8, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dữ liệu xã"


@pytest.fixture
def created(folder: Path) -> Iterator[Created]:
    made = create_workspace(folder, NEW, clock, CHEAP)
    yield made
    made.application.close()


def test_a_new_workspace_opens_again_with_what_was_put_in(folder: Path, created: Created) -> None:
    created.application.territory.add("Bản Lác", "bản", date(2020, 1, 1))
    created.application.close()
    assert workspace_exists(folder)
    application = open_workspace(folder, PASSPHRASE, clock)
    assert application.role == "commune"
    assert application.session.user == "Bùi Văn An"
    assert application.session.year == 2026
    assert [area.name for area in application.territory.areas()] == ["Bản Lác"]
    assert application.journal.check().holds
    application.close()


def test_one_process_at_a_time(folder: Path, created: Created) -> None:
    with pytest.raises(AlreadyOpen):
        open_workspace(folder, PASSPHRASE, clock)
    created.application.close()
    open_workspace(folder, PASSPHRASE, clock).close()


def test_a_wrong_passphrase_opens_nothing_and_leaves_the_way_free(folder: Path, created: Created) -> None:
    created.application.close()
    with pytest.raises(WrongPassphrase):
        open_workspace(folder, "mật khẩu khác", clock)
    open_workspace(folder, PASSPHRASE, clock).close()


def test_the_recovery_key_gives_a_new_passphrase(folder: Path, created: Created) -> None:
    created.application.close()
    reset_passphrase(folder, created.recovery_key, "mật khẩu mới tinh", clock)
    open_workspace(folder, "mật khẩu mới tinh", clock).close()
    with pytest.raises(WrongPassphrase):
        open_workspace(folder, PASSPHRASE, clock)


def test_a_workspace_is_never_laid_over_another(folder: Path, created: Created) -> None:
    created.application.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(WorkspaceInTheWay):
        create_workspace(folder, NEW, clock, CHEAP)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_what_could_not_be_made_leaves_no_workspace(folder: Path) -> None:
    with pytest.raises(PassphraseTooShort):
        create_workspace(folder, NewWorkspace("commune", "04978", "An", "ngắn", {}), clock, CHEAP)
    with pytest.raises(Exception, match="no such setting|There is no setting"):
        create_workspace(folder, NewWorkspace("commune", "04978", "An", PASSPHRASE, {"x": 1}), clock, CHEAP)
    assert not workspace_exists(folder)
    assert not WorkspacePaths(folder).database.exists()
    create_workspace(folder, NEW, clock, CHEAP).application.close()


@pytest.mark.parametrize("content", [None, b"", b"x"])
def test_a_lost_or_emptied_database_is_never_taken_for_a_new_one(
    folder: Path, created: Created, content: bytes | None
) -> None:
    created.application.close()
    database = WorkspacePaths(folder).database
    for path in folder.glob(database.name + "*"):
        path.unlink()
    if content is not None:
        database.write_bytes(content)
    with pytest.raises(WorkspaceDamaged):
        open_workspace(folder, PASSPHRASE, clock)


def test_a_folder_without_a_workspace_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace):
        open_workspace(tmp_path, PASSPHRASE, clock)


def test_a_newer_database_is_refused_and_not_touched(folder: Path, created: Created) -> None:
    created.application.close()
    paths = WorkspacePaths(folder)
    engine = open_engine(paths.database, KeyFile(paths.key_file, clock).unlock(PASSPHRASE))
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(WorkspaceNewer):
        open_workspace(folder, PASSPHRASE, clock)
    assert not paths.backups.exists()


def test_an_older_database_is_backed_up_before_it_is_migrated(
    folder: Path, created: Created, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    created.application.close()
    scripts = tmp_path / "migrations"
    shipped = Path(migrations.__file__).parent / "migrations" / "versions"
    shutil.copytree(shipped, scripts / "versions")
    newest = max(path.name[:4] for path in shipped.glob("0*.py"))
    (scripts / "versions" / "9999_more.py").write_text(
        f"from alembic import op\nrevision = '9999'\ndown_revision = '{newest}'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n    op.execute('CREATE TABLE more (a TEXT)')\n"
        "def downgrade():\n    op.execute('DROP TABLE more')\n"
    )
    monkeypatch.setattr(migrations, "_SCRIPTS", scripts)
    open_workspace(folder, PASSPHRASE, clock).close()
    assert len(list(WorkspacePaths(folder).backups.iterdir())) == 1
