"""What the search over everything takes: our search with its ranking, titles and details; a bare full-text index of the same
folded texts; and LIKE over them. All three in encrypted files, in one process, over one workspace.

Run: ``python benchmarks/search.py [households] [other rows]``. Prints medians; the ratios count, not the milliseconds.
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
from antq_desktop.storage.queries.search import bring_up_to_date
from antq_desktop.storage.records import kind_of, to_row
from antq_desktop.storage.tables import search_rows
from antq_desktop.storage.unit_of_work import Store

FRAME = 16.0
LIMIT = 12
QUERIES = 200
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
        search = Search(store)
        whole = _took(typed, partial(search.find, limit=LIMIT))
        bare_ranked = _took(typed, partial(_match, bare, "ORDER BY rank LIMIT"))
        bare_any = _took(typed, partial(_match, bare, "LIMIT"))
        like_ranked = _took(typed[:40], partial(_like, bare, "ORDER BY length(folded), folded LIMIT"))
        like_any = _took(typed, partial(_like, bare, "LIMIT"))
        print(f"{households:,} households, {others:,} other rows; {len(typed)} texts as they are typed")
        print(f"the search, whole: {_told(whole)}; one frame is {FRAME:.0f} ms: {median(whole) / FRAME:.2f}")
        for name, rival in (
            ("bare full-text index, ranked", bare_ranked),
            ("bare full-text index, whichever rows come first", bare_any),
            ("LIKE, shortest texts first", like_ranked),
            ("LIKE, whichever rows come first", like_any),
        ):
            print(f"{name}: {_told(rival)}; the search takes {median(whole) / median(rival):.2f}x of it")
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
    started = time.perf_counter()
    bring_up_to_date(store)
    print(f"words of {households + others:,} records gathered in {time.perf_counter() - started:.1f} s")
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


def _match(engine: sa.Engine, ending: str, text: str) -> int:
    *whole, last = (f'"{word}"' for word in words_in(text))
    query = f"SELECT rowid FROM bare WHERE bare MATCH ? {ending} {LIMIT}"
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(query, (" ".join([*whole, f"{last}*"]),)).all())


def _like(engine: sa.Engine, ending: str, text: str) -> int:
    words = words_in(text)
    where = " AND ".join(["' ' || folded LIKE ?"] * len(words))
    query = f"SELECT rowid FROM texts WHERE {where} {ending} {LIMIT}"
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(query, tuple(f"% {word}%" for word in words)).all())


def _took(texts: Sequence[str], ask: Callable[[str], object]) -> list[float]:
    """Return how long each text took, in milliseconds; the first round only warms up."""
    for text in texts[:20]:
        ask(text)
    took = []
    for text in texts:
        started = time.perf_counter()
        ask(text)
        took.append((time.perf_counter() - started) * 1000)
    return took


def _told(took: Sequence[float]) -> str:
    return f"median {median(took):.2f} ms, 95 of 100 under {quantiles(took, n=20)[-1]:.1f} ms, longest {max(took):.1f} ms"


if __name__ == "__main__":
    main()
