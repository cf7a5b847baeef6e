"""Brings a database to this program's tables: in process, all or nothing, and never from a newer program's file."""

from functools import cache
from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, StampStep
from alembic.script import ScriptDirectory

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.storage.failures import translated
from antq_desktop.storage.postgres import guard_rows, is_server

_SCRIPTS = Path(__file__).parent / "migrations"


class WorkspaceNewer(KnownFailure):
    code = "workspace-newer"
    sentence = N_(
        "This data was written by a newer version of the program (tables {revision}). Install the newer version; nothing was changed."
    )


def revision_of(engine: sa.Engine) -> str | None:
    """Return the revision of the tables in the file, None for an empty file."""
    with translated(), engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def needs_migration(engine: sa.Engine) -> bool:
    """Whether ``migrate`` would change the file. Raises WorkspaceNewer."""
    revision = revision_of(engine)
    scripts = _scripts(_SCRIPTS)
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise WorkspaceNewer(revision=revision)
    return revision != scripts.get_current_head()


def migrate(engine: sa.Engine, target: str = "head") -> None:
    """Bring the tables to ``target`` in one transaction; a failing step leaves the file as it was."""
    scripts = _scripts(_SCRIPTS)
    down = target != "head"

    def steps(revision: str, _context: object) -> list[StampStep]:
        plan = scripts._downgrade_revs if down else scripts._upgrade_revs  # noqa: SLF001 - Alembic's own commands do so
        return plan(target, revision)  # type: ignore[return-value]

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    with translated(), engine.connect() as plain:
        connection = plain.execution_options(writes=True)
        with connection.begin(), EnvironmentContext(config, scripts, fn=steps) as environment:
            environment.configure(connection=connection)
            environment.run_migrations()
            if is_server(connection):
                guard_rows(connection)


@cache
def _scripts(folder: Path) -> ScriptDirectory:
    # Kept: Alembic compiles every script anew each time, which was a third of what opening a workspace takes.
    return ScriptDirectory(str(folder))
