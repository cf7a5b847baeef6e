"""Opens the PostgreSQL database of a receiving unit that outgrew one file, and sees that it keeps the same promises.

Writers of the whole database are alone, as with the file; writers of one unit exclude only each other and the former.
While a unit's bundle is taken in, the server itself shows and changes no row of another unit.
"""

import logging
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.ext.compiler import compiles

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.storage.failures import translated

SCHEME = "postgresql+psycopg"
#: The policy that each table with a unit's rows carries.
POLICY = "only_this_unit"
_NAME = "postgresql"
_OLDEST = 15
_WAIT_SECONDS = 10
#: Orders of letters that compare bytes, as SQLite does; digests of tables and sort keys rely on it.
_BYTEWISE = ("C", "POSIX", "C.UTF-8", "C.utf8")
# Locks of one transaction, taken in this order only: the whole database, one unit, one chain of lines.
_LOCK = "SELECT pg_advisory_xact_lock(1094931025, hashtext(%s))"
_LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(1094931025, hashtext(%s))"
_EVERYTHING = "everything"
_OWN_ROWS = "coalesce(nullif((SELECT current_setting('antq.unit_code', true)), ''), unit_code) = unit_code"


class NoDatabaseAddress(BadInput):
    code = "no-database-address"
    sentence = N_(
        "This is no address of a PostgreSQL database. Write it as postgresql+psycopg://user@server/database."
    )


class DatabaseUnfit(BadInput):
    code = "database-unfit"
    sentence = N_(
        "This database cannot keep the received data: {why} Nothing was written; ask who looks after the server."
    )


@compiles(sa.Integer, _NAME)
def _whole_number(kind: sa.Integer, compiler: Any, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    """Let columns of whole numbers have 64 bits, as in SQLite: an amount in đồng or a size in bytes passes 32."""
    is_column = options.get("type_expression") is not None
    return "BIGINT" if is_column else str(compiler.visit_INTEGER(kind, **options))


class _Sent(sa.Integer):
    """A whole number sent to the server; its own would cut it to 32 bits."""

    render_bind_cast = False


def is_server(engine: sa.Engine | sa.Connection) -> bool:
    """Whether the tables lie in a server and not in the file."""
    return engine.dialect.name == _NAME


def open_engine(url: str) -> sa.Engine:
    """Return an engine on the database at ``url``; nothing is asked of the server yet. Raises NoDatabaseAddress.

    Writers pass ``execution_options(writes=True)`` and, to write of one unit only, ``unit_code``.
    """
    try:
        address = sa.make_url(url)
    except sa.exc.ArgumentError:
        raise NoDatabaseAddress from None  # what was typed may hold a password
    if address.drivername != SCHEME:
        raise NoDatabaseAddress
    # What it warns of, rows that clash while others are on their way, comes as an exception too.
    logging.getLogger("psycopg").setLevel(logging.ERROR)
    engine = sa.create_engine(
        address,
        hide_parameters=True,  # names of people must not reach a log
        pool_pre_ping=True,
        connect_args={"connect_timeout": _WAIT_SECONDS, "application_name": "antq-desktop"},
    )

    engine.dialect.colspecs = {**engine.dialect.colspecs, sa.Integer: _Sent}

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("writes", False):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        elif unit_code := options.get("unit_code", ""):
            connection.exec_driver_sql(_LOCK_SHARED, (_EVERYTHING,))
            connection.exec_driver_sql(_LOCK, (f"unit {unit_code}",))
            connection.exec_driver_sql("SELECT set_config('antq.unit_code', %s, true)", (unit_code,))
        else:
            connection.exec_driver_sql(_LOCK, (_EVERYTHING,))

    return engine


def check(engine: sa.Engine) -> None:
    """See that the server keeps what the tables rely on. Raises DatabaseUnfit, MachineFailed."""
    with translated(), engine.connect() as connection:
        version, encoding, order, strong = connection.exec_driver_sql(
            "SELECT current_setting('server_version_num')::int / 10000, pg_encoding_to_char(d.encoding), d.datcollate, "
            "r.rolsuper OR r.rolbypassrls FROM pg_database d, pg_roles r "
            "WHERE d.datname = current_database() AND r.rolname = current_user"
        ).one()
    if version < _OLDEST:
        raise DatabaseUnfit(why=N_("the server is older than PostgreSQL 15."))
    if encoding != "UTF8" or order not in _BYTEWISE:
        raise DatabaseUnfit(why=N_("it must be made with encoding UTF8 and locale C."))
    if strong:
        raise DatabaseUnfit(why=N_("its user is an administrator, for whom the checks by unit do not hold."))


def alone_with(connection: sa.Connection, chain: str) -> None:
    """Let no other transaction add to a chain of lines until this one ends; the file has one writer anyway."""
    if is_server(connection):
        connection.exec_driver_sql(_LOCK, (f"chain {chain}",))


def guard_rows(connection: sa.Connection) -> None:
    """Give every table with rows of units the policy that keeps a writer of one unit to its own rows."""
    for table in tables_of_units(connection):
        for statement in (
            f"DROP POLICY IF EXISTS {POLICY} ON {table}",
            f"CREATE POLICY {POLICY} ON {table} USING ({_OWN_ROWS})",
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",  # else its owner, who we are, is let off
        ):
            connection.exec_driver_sql(statement)


def tables_of_units(connection: sa.Connection) -> list[str]:
    """Return the names of the tables whose rows belong to units."""
    query = (
        "SELECT table_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() AND column_name = 'unit_code' ORDER BY table_name"
    )
    return list(connection.exec_driver_sql(query).scalars())
