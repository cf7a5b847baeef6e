"""Opens the encrypted database the one way it may be opened: keyed, durable, checked, one meaning of BEGIN."""

from pathlib import Path

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import event

from antq_desktop.storage.failures import WorkspaceDamaged, known_failure, translated

_WAIT_SECONDS = 5.0
#: Each page read from the file is deciphered; the rows of a large commune stay in memory with this much.
_CACHE_KIB = 48 * 1024

Engine = sa.Engine


def open_engine(path: Path, key: bytes) -> sa.Engine:
    """Return an engine on the SQLCipher file ``path``; ``key`` is the raw 32-byte database key.

    Writers pass ``execution_options(writes=True)`` and take the write lock at once; readers wait for nobody.
    """

    def connect() -> object:
        try:
            connection = sqlcipher.connect(
                str(path), isolation_level=None, check_same_thread=False, timeout=_WAIT_SECONDS
            )
            for pragma in (
                "cipher_log_level = NONE",  # its own log goes to standard error; failures speak for themselves
                f"key = \"x'{key.hex()}'\"",
                "journal_mode = WAL",
                "synchronous = FULL",
                "foreign_keys = ON",
                "cell_size_check = ON",
                "temp_store = MEMORY",
                f"cache_size = {-_CACHE_KIB}",
            ):
                connection.execute(f"PRAGMA {pragma}")
        except sqlcipher.Error as error:
            known = known_failure(error)
            if known is None:
                raise
            raise known from error
        return connection

    # Names of people must not reach a log through the text of a failure: hence no parameters in it.
    engine = sa.create_engine(
        "sqlite+pysqlite:///" + str(path), module=sqlcipher, creator=connect, hide_parameters=True
    )

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def quick_check(engine: sa.Engine) -> None:
    """Read the whole file once. Raises WorkspaceDamaged with SQLite's first finding."""
    with translated(), engine.connect() as connection:
        finding = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if finding != "ok":
        raise WorkspaceDamaged(why=str(finding))


def copy_into(engine: sa.Engine, target: Path) -> None:
    """Write the whole database, as it is now and with the same key, into the new file ``target``. Raises MachineFailed."""
    with translated(), engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        try:
            # Past SQLAlchemy, which would open a transaction: there this statement is not allowed.
            driver.execute("VACUUM INTO ?", (str(target),))  # type: ignore[union-attr] # it is connected
        except sqlcipher.Error as error:
            known = known_failure(error)
            if known is None:
                raise
            raise known from error
