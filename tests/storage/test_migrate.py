"""The tables come up, go down, keep their rows, and a failing step leaves the file as it was."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from antq_desktop.domain.households import Household
from antq_desktop.storage import migrate as migrations
from antq_desktop.storage.engine import open_engine, quick_check
from antq_desktop.storage.failures import WorkspaceDamaged
from antq_desktop.storage.migrate import WorkspaceNewer, migrate, needs_migration, revision_of
from antq_desktop.storage.tables import metadata
from antq_desktop.storage.unit_of_work import Store

KEY = bytes(range(32))


def test_the_migrations_make_exactly_the_declared_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_up_down_and_up_again(store: Store) -> None:
    assert not needs_migration(store.engine)
    migrate(store.engine, "base")
    assert revision_of(store.engine) is None
    with store.engine.connect() as connection:
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    migrate(store.engine)
    quick_check(store.engine)
    assert not needs_migration(store.engine)


def test_migrating_what_is_already_there_keeps_the_rows(
    store: Store, household: Callable[..., Household]
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    migrate(store.engine)
    with store.reading() as work:
        assert work.get(Household, "h1").head == "Nguyễn Văn Ánh"


def test_a_newer_file_is_refused_and_left_alone(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(WorkspaceNewer, match="9999"):
        needs_migration(store.engine)
    assert revision_of(store.engine) == "9999"


def test_a_failing_step_leaves_the_file_as_it_was(
    store: Store, household: Callable[..., Household], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    scripts = tmp_path / "migrations"
    (scripts / "versions").mkdir(parents=True)
    first = Path(migrations.__file__).parent / "migrations" / "versions" / "0001_first_tables.py"
    (scripts / "versions" / first.name).write_text(first.read_text())
    (scripts / "versions" / "0002_breaks.py").write_text(
        "from alembic import op\nrevision = '0002'\ndown_revision = '0001'\nbranch_labels = depends_on = None\n"
        "def upgrade():\n    op.execute('CREATE TABLE half_done (a TEXT)')\n"
        "    op.execute('DELETE FROM households')\n    op.execute('INSERT INTO nowhere VALUES (1)')\n"
    )
    monkeypatch.setattr(migrations, "_SCRIPTS", scripts)
    assert needs_migration(store.engine)
    with pytest.raises(sa.exc.OperationalError):
        migrate(store.engine)
    assert revision_of(store.engine) == "0001"
    with store.engine.connect() as connection:
        assert "half_done" not in sa.inspect(connection).get_table_names()
    with store.reading() as work:
        assert work.get(Household, "h1").head == "Nguyễn Văn Ánh"


def test_the_file_says_nothing_without_its_key(
    store: Store, database: Path, household: Callable[..., Household]
) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    store.close()
    content = database.read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert "Nguyễn".encode() not in content
    for other in database.parent.iterdir():
        assert "Nguyễn".encode() not in other.read_bytes(), other.name
    plain = sqlite3.connect(database)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM households")
    plain.close()
    wrong = open_engine(database, bytes(32))
    with pytest.raises(WorkspaceDamaged):
        quick_check(wrong)
    wrong.dispose()


def test_the_promised_settings_hold_on_every_connection(store: Store) -> None:
    with store.engine.connect() as first, store.engine.connect() as second:
        for connection in (first, second):
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("journal_mode", "synchronous", "foreign_keys")
            ]
            assert found == ["wal", 2, 1]
