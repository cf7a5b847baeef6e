"""What the search over everything takes: the whole answer, and its first step, the numbers of rows, best first; a bare
full-text index of the same folded texts; and LIKE over them. All in encrypted files, in one process, in turns. Every word is
a beginning, for all alike.

Run: ``python -m benchmarks.search [households] [other rows]``. Prints medians; the ratios count, not the milliseconds.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import sqlalchemy as sa

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.households import Household
from antq_desktop.domain.searching import words_in
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.search import Search
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.queries.search import find
from antq_desktop.storage.records import kind_of, to_row
from antq_desktop.storage.tables import search_rows
from antq_desktop.storage.unit_of_work import Store

FRAME = 16.0
LIMIT = 12
QUERIES = 200
ROUNDS = 2
#: They are asked in the first round only.
SLOW = ("best first of all", "LIKE, whichever rows come first", "LIKE, shortest texts first")
UNIT = "04978"
YEARS = range(2022, 2027)
FAMILIES = (
    ["Bùi"] * 30 + ["Nguyễn"] * 25 + ["Quách", "Hà", "Đinh"] * 8 + ["Trần", "Lê", "Phạm", "Vũ", "Đỗ"] * 3
)
MIDDLES = ["Văn"] * 30 + ["Thị"] * 30 + ["Minh", "Đức", "Ngọc", "Hữu", "Quang", "Thuý"] * 5
GIVEN = [
    "Anh",
    "An",
    "Bình",
    "Chi",
    "Công",
    "Cường",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hoa",
    "Hùng",
    "Hương",
    "Hường",
    "Kiên",
    "Lan",
    "Liên",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "Nam",
    "Nga",
    "Nghĩa",
    "Phong",
    "Phúc",
    "Phượng",
    "Quân",
    "Sơn",
    "Tâm",
    "Thắng",
    "Thuý",
    "Tú",
    "Tuấn",
    "Ưng",
    "Vinh",
    "Xuân",
    "Yến",
]
DEEDS = [
    "Họp tổ tự quản",
    "Tuyên truyền phòng cháy chữa cháy",
    "Tuần tra ban đêm",
    "Hoà giải mâu thuẫn",
    "Tiếp nhận tin báo",
    "Vận động giao nộp vũ khí",
    "Kiểm tra camera an ninh",
    "Phát tờ rơi phòng chống ma tuý",
    "Ký cam kết không đốt pháo",
]
AREAS = 30
MODELS = 400


def main() -> None:
    households, others = (int(given) for given in (*sys.argv[1:], "50000", "500000")[:2])
    with tempfile.TemporaryDirectory() as folder:
        store = _fill(Path(folder) / "antq.db", households, others)
        bare = _bare(Path(folder) / "bare.db", store)
        typed = _typed(store)
        took = _took(
            typed,
            {
                "the search, whole": partial(Search(store).find, limit=LIMIT),
                "the search, numbers of rows, best first": partial(_places, store),
                "bare index, whichever rows come first": partial(_match, bare, "rowid", "LIMIT"),
                "bare index, the same with their texts": partial(_match, bare, "rowid, folded", "LIMIT"),
                "bare index, best first of all": partial(_match, bare, "rowid", "ORDER BY rank LIMIT"),
                "LIKE, whichever rows come first": partial(_like, bare, "LIMIT"),
                "LIKE, shortest texts first": partial(_like, bare, "ORDER BY length(folded), folded LIMIT"),
            },
        )
        print(f"{households:,} households, {others:,} other rows; {len(typed)} texts as they are typed")
        whole, first, *_others = (median(times) for times in took.values())
        for name, times in took.items():
            middle, low = median(times), quantiles(times, n=20)[-1]
            print(
                f"{name:42} median {middle:8.2f} ms, 95 of 100 under {low:8.1f}, longest {max(times):8.1f}; "
                f"the whole search takes {whole / middle:.2f}x of it, the numbers of rows {first / middle:.2f}x"
            )
        print(f"one frame is {FRAME:.0f} ms: the whole search takes {whole / FRAME:.2f} of it")
        store.close()
        bare.dispose()


def _fill(path: Path, households: int, others: int) -> Store:
    """Make the workspace by plain inserts, then gather its words as an upgraded program does."""
    engine = open_engine(path, bytes(32))
    migrate(engine)
    store = Store(engine, lambda: datetime.now(UTC))
    with store.writing("An") as work:
        work.keep_local("unit_code", UNIT)
        work.keep_local("device_id", "d1")
        work.commit()
    store.identify()
    with engine.connect() as connection, connection.begin():
        every = _records(households, others)
        while records := list(islice(every, 10_000)):
            for kind in {type(record): kind_of(type(record)) for record in records}.values():
                rows = [to_row(kind, record) for record in records if type(record) is kind.record]
                connection.execute(sa.insert(kind.table), rows)
    started, worked = time.perf_counter(), time.process_time()
    Search(store).gather()
    print(
        f"words of {households + others:,} records gathered in {time.perf_counter() - started:.1f} s, "
        f"{time.process_time() - worked:.1f} s of work"
    )
    return store


def _records(households: int, others: int) -> Iterator[Any]:
    random = Random(4978)
    for n in range(AREAS):
        yield ResidentialArea(
            id=f"a{n}", unit_code=UNIT, name=f"Xóm {GIVEN[n]} {n}", kind="xóm", valid_from=date(2020, 1, 1)
        )
    for year in YEARS:
        yield Campaign(id=f"c{year}", unit_code=UNIT, year=year, kind="yearly", name=f"Cam kết năm {year}")
    for n in range(MODELS):
        name = f"Tổ tự quản {random.choice(GIVEN)} {n}"
        yield CommunityModel(id=f"m{n}", unit_code=UNIT, kind="k", name=name, leader=_person(random))
    heads = [_person(random) for _ in range(households)]
    for n, head in enumerate(heads):
        yield Household(
            id=f"h{n}",
            unit_code=UNIT,
            area_id=f"a{n % AREAS}",
            head=head,
            birth=str(random.randrange(1940, 2000)),
            citizen_id=f"0{random.randrange(10**11):011d}",
            phone=f"09{random.randrange(10**8):08d}",
        )
    papers = min(households * len(YEARS), others // 2)
    for n in range(papers):
        year, home = YEARS[n // households], n % households
        yield Commitment(
            id=f"p{n}",
            unit_code=UNIT,
            household_id=f"h{home}",
            campaign_id=f"c{year}",
            year=year,
            state=CommitmentState.SIGNED,
            signed_on=date(year, 3, 1 + n % 28),
            signed_by=heads[home],
        )
    for n in range(others - papers - AREAS - MODELS - len(YEARS)):
        yield ModelActivity(
            id=f"d{n}",
            unit_code=UNIT,
            model_id=f"m{n % MODELS}",
            kind="k",
            on=date(2022 + n % 5, 1 + n % 12, 1 + n % 28),
            title=f"{random.choice(DEEDS)} tại nhà ông {_person(random)}",
            place=f"Nhà văn hoá xóm {random.choice(GIVEN)}",
        )


def _person(random: Random) -> str:
    return f"{random.choice(FAMILIES)} {random.choice(MIDDLES)} {random.choice(GIVEN)}"


def _bare(path: Path, store: Store) -> sa.Engine:
    """Return a file with nothing but the folded texts, and a full-text index over them as one would make it at once."""
    engine = open_engine(path, bytes(32))
    with store.reading() as work, engine.connect() as connection, connection.begin():
        rows = [
            tuple(row)
            for row in work.connection.execute(sa.select(search_rows.c.title, search_rows.c.others))
        ]
        connection.exec_driver_sql("CREATE TABLE texts (folded TEXT)")
        connection.exec_driver_sql("INSERT INTO texts VALUES (?)", [(f"{a} {b}",) for a, b in rows])
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE bare USING fts5(folded, content='texts', content_rowid='rowid', prefix='2 3')"
        )
        connection.exec_driver_sql("INSERT INTO bare (bare) VALUES ('rebuild')")
        connection.exec_driver_sql("INSERT INTO bare (bare) VALUES ('optimize')")
    return engine


def _typed(store: Store) -> list[str]:
    """Return what people type on the way to a record: names, parts of them, numbers, deeds; cut off somewhere."""
    random = Random(16)
    with store.reading() as work:
        columns = kind_of(Household).table.c
        homes = work.connection.execute(sa.select(columns.head, columns.citizen_id, columns.phone)).all()
    texts = []
    for _ in range(QUERIES):
        home = random.choice(homes)
        whole = random.choice(
            [
                home.head,
                home.head,
                " ".join(home.head.split()[1:]),
                home.citizen_id,
                home.phone,
                random.choice(DEEDS),
            ]
        )
        texts.append(whole[: random.randrange(2, len(whole) + 1)].strip())
    return texts


def _places(store: Store, text: str) -> int:
    with store.reading() as work:
        return len(find(work, text, LIMIT))


def _match(engine: sa.Engine, columns: str, ending: str, text: str) -> int:
    query = f"SELECT {columns} FROM bare WHERE bare MATCH ? {ending} {LIMIT}"
    words = " ".join(f'"{word}"*' for word in words_in(text))
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(query, (words,)).all())


def _like(engine: sa.Engine, ending: str, text: str) -> int:
    words = words_in(text)
    where = " AND ".join(["' ' || folded LIKE ?"] * len(words))
    query = f"SELECT rowid FROM texts WHERE {where} {ending} {LIMIT}"
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(query, tuple(f"% {word}%" for word in words)).all())


def _took(texts: Sequence[str], makers: dict[str, Callable[[str], object]]) -> dict[str, list[float]]:
    """Return how long each text took each of them, in milliseconds; they take turns by rounds of all texts."""
    took: dict[str, list[float]] = {name: [] for name in makers}
    for number in range(ROUNDS):
        for name, ask in makers.items():
            if number and name.endswith(SLOW):
                continue
            for text in texts[:20]:  # after another one's turn nothing of it is at hand
                ask(text)
            for text in texts:
                started = time.perf_counter()
                ask(text)
                took[name].append((time.perf_counter() - started) * 1000)
    return took


if __name__ == "__main__":
    main()
