"""What the promises of storage cost, side by side in one run: versions, journal and chain against bare inserts; a page of
50,000 rows at its beginning and at its end; an encrypted file against a plain one.

Run: ``python benchmarks/storage.py [households]``. Prints a table; the ratios count, not the seconds.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.queries import households as queries
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.status import waiting
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.records import kind_of, to_row
from antq_desktop.storage.unit_of_work import Store

REPEATS = 5


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder:
        store = _new_store(Path(folder) / "antq.db")
        households = [_household(n) for n in range(count)]
        rows = [to_row(kind_of(Household), household) for household in households]
        bare = _seconds(lambda: _bare(Path(folder) / "bare.db", rows))
        kept = _seconds(lambda: _save(store, households))
        print(
            f"{count:,} households kept with version, journal and event: {kept:.2f} s; bare inserts: {bare:.2f} s; {kept / bare:.1f}x"
        )
        for name, window in _windows(count):
            first = _typical(lambda: _page(store, Window()))
            there = _typical(partial(_page, store, window))
            print(
                f"a page of 100, {name}: {there * 1000:.1f} ms; the first page: {first * 1000:.1f} ms; {there / first:.1f}x"
            )
        few = _new_store(Path(folder) / "few.db")
        _save(few, households[:100])
        much, little = (_typical(partial(_waiting, s)) for s in (store, few))
        print(
            f"what waits, of {count:,} events: {much * 1000:.2f} ms; of 100: {little * 1000:.2f} ms; {much / little:.1f}x"
        )
        store.close()
        few.close()


def _windows(count: int) -> list[tuple[str, Window]]:
    return [
        ("the last one by name", Window(offset=count - 100)),
        ("the middle by name, backwards", Window(descending=True, offset=count // 2)),
        ("the last one by members", Window(sort="members", offset=count - 100)),
    ]


def _new_store(path: Path) -> Store:
    engine = open_engine(path, bytes(32))
    migrate(engine)
    store = Store(engine, lambda: datetime.now(UTC))
    with store.writing("An") as work:
        work.keep_local("unit_code", "04978")
        work.keep_local("device_id", "d1")
        work.commit()
    store.identify()
    with store.writing("An") as work:
        work.save(
            ResidentialArea(
                id="a", unit_code="04978", name="Bản Lác", kind="bản", valid_from=date(2020, 1, 1)
            )
        )
        work.commit()
    return store


def _household(n: int) -> Household:
    given = ("Ánh", "Bình", "Cường", "Dũng", "Đạt", "Hường", "Kiên", "Phượng", "Thuý", "Ưng")[n % 10]
    return Household(
        id=f"{n:032x}",
        unit_code="04978",
        area_id="a",
        head=f"Nguyễn Văn {n % 977} {given}",
        birth="1980",
        members=n % 9,
    )


def _save(store: Store, households: list[Household]) -> None:
    with store.writing("An") as work:
        work.save_all(households)
        work.commit()


def _bare(path: Path, rows: list[dict[str, Any]]) -> None:
    names = list(rows[0])
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE households (" + ", ".join(f'"{name}"' for name in names) + ")")
    connection.executemany(f"INSERT INTO households VALUES ({', '.join(f':{name}' for name in names)})", rows)
    connection.commit()
    connection.close()


def _page(store: Store, window: Window) -> int:
    with store.reading() as work:
        return len(queries.page(work, HouseholdFilter(), 2026, window))


def _waiting(store: Store) -> int:
    with store.reading() as work:
        return waiting(work).count


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _typical(work: Callable[[], object]) -> float:
    return median(_seconds(work) for _ in range(REPEATS))


if __name__ == "__main__":
    main()
