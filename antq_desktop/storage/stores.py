"""Opens the store of a workspace, in the encrypted file or on a server, checked and with this program's tables."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

import sqlalchemy as sa

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.atomic import write_whole
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.single_instance import SingleInstance
from antq_desktop.storage import postgres
from antq_desktop.storage.backup import back_up
from antq_desktop.storage.engine import open_engine, quick_check
from antq_desktop.storage.failures import WorkspaceDamaged, WorkspaceReadOnly, translated
from antq_desktop.storage.key_file import Vault
from antq_desktop.storage.migrate import migrate, needs_migration, revision_of
from antq_desktop.storage.queries.search_gathering import bring_up_to_date
from antq_desktop.storage.tables import local_state
from antq_desktop.storage.unit_of_work import Store

Clock = Callable[[], datetime]
#: The name under which the address of the server is sealed.
_ADDRESS = "database"


class DatabaseInUse(KnownFailure):
    code = "database-in-use"
    sentence = N_(
        "This database holds a receiving unit already, or what an attempt left that broke off. "
        "Give an empty database; nothing was changed."
    )


def lock_workspace(paths: WorkspacePaths) -> SingleInstance:
    """Keep every other program from the folder until the lock is released. Raises AlreadyOpen, WorkspaceReadOnly."""
    try:
        return SingleInstance(paths.lock)
    except OSError as error:
        raise WorkspaceReadOnly from error


def open_store(paths: WorkspacePaths, key: bytes, clock: Clock) -> Store:
    """Open what lies there. Raises WorkspaceDamaged, WorkspaceNewer, OtherKeyFile, DatabaseUnfit, MachineFailed."""
    if paths.server.exists():
        return _on_server(Vault(key).open(_ADDRESS, paths.server.read_text("ascii")), key, clock, fresh=False)
    if not paths.database.exists():
        raise WorkspaceDamaged(why=N_("the file is gone"))
    return _in_file(paths, key, clock, fresh=False)


def make_store(paths: WorkspacePaths, key: bytes, clock: Clock, database: str = "") -> Store:
    """Make the tables in a new file or, with the address of one, in an empty ``database`` of a PostgreSQL server.

    Raises NoDatabaseAddress, DatabaseUnfit, DatabaseInUse, MachineFailed.
    """
    if not database:
        return _in_file(paths, key, clock, fresh=True)
    store = _on_server(database, key, clock, fresh=True)
    # The address may hold a password.
    write_whole(paths.server, Vault(key).seal(_ADDRESS, database).encode("ascii"))
    return store


def _in_file(paths: WorkspacePaths, key: bytes, clock: Clock, *, fresh: bool) -> Store:
    with ExitStack() as undo:
        engine = open_engine(paths.database, key)
        undo.callback(engine.dispose)
        quick_check(engine)
        if needs_migration(engine):
            if not fresh:
                # An emptied file would pass as a new workspace and hide that everything is lost.
                if revision_of(engine) is None:
                    raise WorkspaceDamaged(why=N_("the file is empty"))
                back_up(engine, paths, paths.backups, clock())
            migrate(engine)
        with translated(), engine.connect() as connection:
            # Counts of the rows of each table, where they are missing or far off: by them the ways to rows are chosen.
            connection.exec_driver_sql("PRAGMA optimize = 0x10002")
        store = Store(engine, clock)
        bring_up_to_date(store)
        undo.pop_all()
    return store


def _on_server(address: str, key: bytes, clock: Clock, *, fresh: bool) -> Store:
    with ExitStack() as undo:
        engine = postgres.open_engine(address)
        undo.callback(engine.dispose)
        postgres.check(engine)
        if not fresh and revision_of(engine) is None:
            raise WorkspaceDamaged(why=N_("the database is empty"))
        if needs_migration(engine):
            migrate(engine)
        if fresh and _is_taken(engine):
            raise DatabaseInUse
        store = Store(engine, clock, Vault(key))
        undo.pop_all()
    return store


def _is_taken(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return connection.execute(sa.select(local_state.c.name).limit(1)).first() is not None
