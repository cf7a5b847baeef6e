"""What sealing and taking in cost, side by side in one run with the least that the same bytes can cost.

Run: ``python -m benchmarks.bundle [seal|receive|export|files …] [--events N] [--large N] [--morango PYTHON]``; PYTHON is the interpreter of an environment of
its own with Morango (``pip install morango``), which asks for an old Django. Prints a table; the ratios count, not the seconds.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import pyrage
import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher
import zstandard

from antq_desktop.bootstrap import open_workspace
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import believed, device_keys
from antq_desktop.services.commune_side.outgoing import OutgoingBundle
from antq_desktop.storage import attachments
from antq_desktop.storage import sending as kept
from antq_desktop.storage.register_tables import households
from antq_desktop.storage.tables import attachment_chunks, outbox, search_rows
from antq_desktop.storage.unit_of_work import Store
from benchmarks.bundle_workspaces import PASSPHRASE, enrolled_pair, fill, keep_file

ROUNDS = 3
EXPORTS = 9
CHANGES = 1_000
SMALL = 10_000
FILES, FILE_SIZE = 20, 10_000_000
#: Seconds by the clock, and seconds of work of all processors, which other programs disturb less.
Took = tuple[float, float]


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument(
        "parts", nargs="*", default=list(PARTS), help="seal, receive, export, files; default: all"
    )
    asked.add_argument("--events", type=int, default=100_000)
    asked.add_argument("--large", type=int, default=1_000_000)
    asked.add_argument("--morango", default="")
    asked.add_argument("--step", default="", help=argparse.SUPPRESS)
    asked.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.step:
        print(json.dumps(STEPS[options.step](options.folder, options)))
        return
    names = {
        "seal": (f"seal {options.events:,} events", "zstd, SHA-256, age"),
        "receive": (f"receive {options.events:,} events", "executemany"),
        "export": (f"export {CHANGES:,} of {options.large:,} events", f"of {SMALL:,}"),
        "files": ("seal 200 MB of attachments", "read, hash, age"),
    }
    with tempfile.TemporaryDirectory() as folder:
        for part in options.parts:
            told = _apart(part, Path(folder) / part, options)
            what, other = names[part]
            _line(what, told["ours"], other, told["bare"], told["peak"])
            if part == "seal" and options.morango:
                rival = [(clock, 0.0) for clock in _morango(options)]
                _line(what, told["ours"], "Morango into its store", rival, None)


def _morango(options: argparse.Namespace) -> list[float]:
    peer = Path(__file__).with_name("bundle_morango.py")
    command = [options.morango, peer, str(options.events)]
    took: list[float] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return took


def _line(what: str, ours: list[Took], other: str, bare: list[Took], peak: float | None) -> None:
    memory = "" if peak is None else f"; peak memory +{peak:.0f} MB"
    print(
        f"{what}; {other}: {_compared(ours, bare, 0)}; work: {_compared(ours, bare, 1)}{memory}; "
        f"load {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _compared(ours: list[Took], bare: list[Took], which: int) -> str:
    mine, least = ([took[which] for took in each] for each in (ours, bare))
    if not all(least):
        return f"{median(mine):.2f} s; not known"
    ratios = [a / b for a, b in zip(mine, least, strict=False)]
    rounds = ", ".join(f"{ratio:.2f}" for ratio in ratios)
    return f"{median(mine):.2f} s; {median(least):.2f} s; {median(mine) / median(least):.2f}x (by rounds {rounds})"


def _apart(part: str, folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    """Run a part in a process of its own, on workspaces that another process made: its memory is its own then."""
    folder.mkdir()
    for step in (f"make-{part}", part):
        command = [sys.executable, "-m", "benchmarks.bundle", "--step", step, "--folder", str(folder)]
        sizes = ["--events", str(options.events), "--large", str(options.large)]
        done = subprocess.run([*command, *sizes], stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _took(work: Callable[[], object]) -> Took:
    clock, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - worked


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _open(folder: Path) -> Application:
    """Open a workspace whose file the system holds in memory, so that no one's first round waits for the disk."""
    with (folder / "antq.db").open("rb") as stream:
        while stream.read(1024 * 1024):
            pass
    return open_workspace(folder, PASSPHRASE)


def _store(application: Application) -> Store:
    return application.sending._store


def _seal(application: Application) -> OutgoingBundle:
    """Seal what waits as the program does, past the stick."""
    with _store(application).reading() as work:
        own, trusted = device_keys.find(work), believed.current(work)
        assert own is not None
        assert trusted is not None
        (chosen,) = kept.waiting_ranges(work)
        return application.sending._outgoing.seal(work, chosen, own, trusted, Progress())


def _recipients(application: Application) -> list[Any]:
    with _store(application).reading() as work:
        own, trusted = device_keys.find(work), believed.current(work)
    assert own is not None
    assert trusted is not None
    texts = (*trusted.receiving.seal, *trusted.receiving.recovery, own.seal_public)
    return [pyrage.x25519.Recipient.from_str(text) for text in texts]


def make_events(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    with enrolled_pair(folder) as (commune, _upper):
        fill(_store(commune), options.events, changed=1)
    return {}


def seal(folder: Path, _options: argparse.Namespace) -> dict[str, Any]:
    application = _open(folder / "commune")
    recipients = _recipients(application)
    start = _peak()
    ours = [_took(lambda: _seal(application))]
    peak = _peak() - start
    with _store(application).reading() as work:
        data = b"\n".join(work.connection.execute(sa.select(outbox.c.line).order_by(outbox.c.seq)).scalars())

    def bare() -> None:
        wanted = zstandard.ZstdCompressionParameters.from_level(9, window_log=22)
        hashlib.sha256(data)
        hashlib.sha256(
            pyrage.encrypt(zstandard.ZstdCompressor(compression_params=wanted).compress(data), recipients)
        )

    least = [_took(bare)]
    for _ in range(ROUNDS - 1):
        ours.append(_took(lambda: _seal(application)))
        least.append(_took(bare))
    application.close()
    return {"ours": ours, "bare": least, "peak": peak}


def make_receive(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    with enrolled_pair(folder) as (commune, _upper):
        fill(_store(commune), options.events, changed=1)
        commune.sending.send(folder / "stick")
    return {}


def receive(folder: Path, _options: argparse.Namespace) -> dict[str, Any]:
    (file,) = (folder / "stick").iterdir()
    ours, least, peak = [], [], 0.0
    for n in range(ROUNDS):
        copy = Path(shutil.copytree(folder / "upper", folder / f"upper{n}"))
        application = _open(copy)
        start = _peak()

        def take(application: Application = application) -> None:
            (verdict,) = application.receiving.receive([file])
            assert verdict.code == "all-new", verdict.sentence

        ours.append(_took(take))
        peak = peak or _peak() - start
        least.append(_bare_rows(application, folder / f"bare{n}.db"))
        application.close()
    return {"ours": ours, "bare": least, "peak": peak}


def _bare_rows(application: Application, path: Path) -> Took:
    """Write the rows that were just taken in once more, with bare statements, into an encrypted file of the same tables."""
    names = (households.name, "received_events", search_rows.name)
    with _store(application).reading() as work:
        connection = work.connection
        schema = [
            text
            for name in names
            for text in connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type IN ('table', 'index') AND sql NOT NULL "
                "ORDER BY type DESC",
                (name,),
            ).scalars()
        ]
        rows = {name: list(map(tuple, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in names}
    bare = sqlcipher.connect(str(path), isolation_level=None)
    for statement in (
        f"PRAGMA key = \"x'{bytes(32).hex()}'\"",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
    ):
        bare.execute(statement)
    for statement in schema:
        bare.execute(statement)

    def write() -> None:
        bare.execute("BEGIN IMMEDIATE")
        for name, values in rows.items():
            bare.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values[0]))})", values)
        bare.execute("COMMIT")

    took = _took(write)
    bare.close()
    return took


def make_export(folder: Path, options: argparse.Namespace) -> dict[str, Any]:
    for name, events in (("small", SMALL), ("large", options.large)):
        with enrolled_pair(folder / name) as (commune, _upper):
            store = _store(commune)
            fill(store, events, changed=4)
            with store.writing("An") as work:
                kept.keep_acknowledged(work, 1, events - CHANGES)
                work.commit()
            commune.sending.send(
                folder / name / "stick"
            )  # the first bundle of ten tells the state of the tables
    return {}


def export(folder: Path, _options: argparse.Namespace) -> dict[str, Any]:
    small, large = (_open(folder / name / "commune") for name in ("small", "large"))
    for application in (small, large):
        shutil.rmtree(application.sending._outgoing._paths.outgoing)
    start = _peak()
    took: dict[str, list[Took]] = {"bare": [], "ours": []}
    for _ in range(EXPORTS):
        took["ours"].append(_took(lambda: _seal(large)))
        took["bare"].append(_took(lambda: _seal(small)))
    peak = _peak() - start
    small.close()
    large.close()
    return {**took, "peak": peak}


def make_files(folder: Path, _options: argparse.Namespace) -> dict[str, Any]:
    with enrolled_pair(folder) as (commune, _upper):
        for _ in range(FILES):
            keep_file(_store(commune), os.urandom(FILE_SIZE))
    return {}


def files(folder: Path, _options: argparse.Namespace) -> dict[str, Any]:
    application = _open(folder / "commune")
    recipients = _recipients(application)
    with _store(application).reading() as work:
        names = list(work.connection.execute(sa.select(attachment_chunks.c.sha256).distinct()).scalars())

    class Read:
        """The same bytes out of the same database, hashed as they pass."""

        def __init__(self) -> None:
            self._held = b""
            self._digest = hashlib.sha256()
            self._pieces = iter(())

        def begin(self, pieces: Any) -> "Read":  # noqa: ANN401 - an iterator of bytes
            self._pieces = pieces
            return self

        def read(self, size: int) -> bytes:
            if not self._held:
                self._held = next(self._pieces, b"")
                self._digest.update(self._held)
            taken, self._held = self._held[:size], self._held[size:]
            return taken

    def bare() -> None:
        with _store(application).reading() as work, (folder / "bare.age").open("wb") as target:
            pieces = (piece for name in names for piece in attachments.content(work, name))
            pyrage.encrypt_io(Read().begin(pieces), target, recipients)
            target.flush()
            os.fsync(target.fileno())

    start = _peak()
    ours = [_took(lambda: _seal(application))]
    peak = _peak() - start
    least = [_took(bare)]
    for _ in range(ROUNDS - 1):
        ours.append(_took(lambda: _seal(application)))
        least.append(_took(bare))
    application.close()
    return {"ours": ours, "bare": least, "peak": peak}


PARTS: dict[str, Callable[[Path, argparse.Namespace], dict[str, Any]]] = {
    "seal": seal,
    "receive": receive,
    "export": export,
    "files": files,
}
STEPS = PARTS | {
    "make-seal": make_events,
    "make-receive": make_receive,
    "make-export": make_export,
    "make-files": make_files,
}

if __name__ == "__main__":
    main()
