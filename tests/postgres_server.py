"""Starts a PostgreSQL server of our own in a temporary folder, on a socket and no port; Debian's own cluster is left alone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import make_url

#: The server refuses to run as root; this user comes with Debian's package.
_USER = "postgres"
_PATIENCE_SECONDS = 60.0
_CHEAP = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_MEMORY = Path("/dev/shm")  # noqa: S108 - only unguessable names are made in it
_ROOM = 8 * 1024**3


@dataclass(frozen=True)
class Server:
    """A running server; ``folder`` holds its socket."""

    folder: Path
    process: "subprocess.Popen[bytes]"
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def make_database(self, locale: str = "C", encoding: str = "UTF8") -> str:
        """Make an empty database of the plain user "antq" and return its address."""
        return self._make(
            f"TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE '{locale}' LC_CTYPE '{locale}'"
        )

    def copy_database(self, address: str) -> str:
        """Make a copy of a database that nobody uses just now and return its address."""
        return self._make(f"TEMPLATE {make_url(address).database}")

    def _make(self, how: str) -> str:
        name = f"antq{next(self._numbers)}"
        with psycopg.connect(self._plain_address("postgres", "admin"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} OWNER antq {how}".encode())
        return self.address(name)

    def address(self, database: str, user: str = "antq") -> str:
        return f"postgresql+psycopg://{user}@/{database}?host={self.folder}"

    def _plain_address(self, database: str, user: str) -> str:
        return f"host={self.folder} dbname={database} user={user}"

    def wait(self) -> None:
        """Wait until the server answers, then make the plain user."""
        end = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                with psycopg.connect(self._plain_address("postgres", "admin"), autocommit=True) as connection:
                    connection.execute("CREATE ROLE antq LOGIN")
                    return
            except psycopg.OperationalError:
                if self.process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)


def memory_folder() -> Path | None:
    """Return the folder that lies in memory, None where it has no room for the files of a whole run."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


def programs() -> Path | None:
    """Return the folder with the newest server's programs, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


@contextmanager
def running_server(*, durable: bool = False, settings: tuple[str, ...] = ()) -> Iterator[Server]:
    """Run a server for as long as the context lasts; a ``durable`` one waits for the disk as a real one does."""
    where = programs()
    assert where is not None, "PostgreSQL is not installed"
    # A path of its own: the socket's may have 107 signs at most, and folders of root cannot be passed through.
    folder = Path(tempfile.mkdtemp(prefix="antq-pg-", dir=(not durable and memory_folder()) or "/tmp"))  # noqa: S108 - as above
    import pwd  # Windows has none, and starts no server here

    owner = pwd.getpwnam(_USER) if os.geteuid() == 0 else None
    user, group, more = (owner.pw_uid, owner.pw_gid, ()) if owner else (None, None, None)
    try:
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        data = folder / "data"
        made = ("--username=admin", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
        subprocess.run(
            [where / "initdb", "-D", data, *made],
            check=True,
            capture_output=True,
            cwd=folder,
            user=user,
            group=group,
            extra_groups=more,
        )
        options = ("listen_addresses=", *(() if durable else _CHEAP), *settings)
        command = [str(where / "postgres"), "-D", str(data), "-k", str(folder)]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *(part for option in options for part in ("-c", option))],
                stdout=log,
                stderr=log,
                cwd=folder,
                user=user,
                group=group,
                extra_groups=more,
            )
        try:
            server = Server(folder, process)
            server.wait()
            yield server
        finally:
            process.send_signal(signal.SIGQUIT)  # at once: nothing of it is wanted any more
            process.wait(_PATIENCE_SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
