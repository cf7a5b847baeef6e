"""What the search over everything takes: the whole answer, and its first step, which records, best first; a bare full-text
index of the same folded texts; and LIKE over them. All in encrypted files, in one process, in turns. Every word is a
beginning, for all alike.

Run: ``python -m benchmarks.search [households] [other rows]``. Prints the clock, and the least work of this thread for each
text in all rounds, which others on the machine disturb less; the ratios count, not the milliseconds.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from statistics import fmean, median, quantiles
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
ROUNDS = 6
WHOLE = "the search, whole"
#: The limit: the first rows that the index holds of all words, with their stored texts, in one statement.
BARE = f"SELECT rowid, folded FROM bare WHERE bare MATCH ? LIMIT {LIMIT}"
#: The harder limit: the same of the index that the search has, which keeps the beginnings of words up to six letters.
OWN = f"SELECT rowid, title, others FROM search_words WHERE search_words MATCH ? LIMIT {LIMIT}"
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
        straight = bare.raw_connection()
        own = store.engine.raw_connection()
        makers: dict[str, Callable[[str], object]] = {
            WHOLE: partial(Search(store).find, limit=LIMIT),
            "the search, which records": partial(_places, store),
            "bare index, first rows with texts": partial(_straight, straight.driver_connection, BARE),
            "the same through SQLAlchemy": partial(_match, bare, "LIMIT"),
            "our index asked bare, with texts": partial(_straight, own.driver_connection, OWN),
            "bare index, best first of all": partial(_match, bare, "ORDER BY rank LIMIT"),
            "LIKE, whichever rows come first": partial(_like, bare, "LIMIT"),
            "LIKE, shortest texts first": partial(_like, bare, "ORDER BY length(folded), folded LIMIT"),
        }
        took = _took(typed, makers)
        print(f"{households:,} households, {others:,} other rows; {len(typed)} texts; load {os.getloadavg()}")
        numbers = {text for text in typed if text.isdigit()}
        for label, texts in (("all", set(typed)), ("numbers", numbers), ("words", set(typed) - numbers)):
            print(f"{label}: {sum(text in texts for text in typed)} texts")
            _tell({name: [one for one in times if one.text in texts] for name, times in took.items()})
        own.close()
        straight.close()
        store.close()
        bare.dispose()


def _tell(took: dict[str, list["Took"]]) -> None:
    whole_clock, whole_work, whole_sum = _figures(took[WHOLE])
    for name, times in took.items():
        clock, work, mean = _figures(times)
        low, longest = quantiles([one.clock for one in times], n=20)[-1], max(one.clock for one in times)
        print(
            f"{name:34} median {clock:7.3f} ms, least work {work:7.3f} (mean {mean:7.3f}), 95 of 100 under {low:7.2f}, longest "
            f"{longest:7.1f}; the whole search: {whole_clock / clock:.2f}x of it, by work {whole_work / work:.2f}x, "
            f"by the work of all texts {whole_sum / mean:.2f}x; of a frame {clock / FRAME:.2f}"
        )


def _figures(times: Sequence["Took"]) -> tuple[float, float, float]:
    """Return the median by the clock, and median and mean of the least work for each text, in milliseconds."""
    least: dict[str, float] = {}
    for one in times:
        least[one.text] = min(one.work, least.get(one.text, one.work))
    return median(one.clock for one in times), median(least.values()), fmean(least.values())


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
    store.close()
    return Store(
        open_engine(path, bytes(32)), lambda: datetime.now(UTC)
    )  # as when the program is started anew


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


def _straight(driver: Any, question: str, text: str) -> list[Any]:  # noqa: ANN401 - a driver's connection
    """Ask one statement of the driver itself: nothing but the words of the text and tuples are made in Python."""
    rows: list[Any] = driver.execute(question, (_begun(text),)).fetchall()
    return rows


def _match(engine: sa.Engine, ending: str, text: str) -> int:
    query = f"SELECT rowid, folded FROM bare WHERE bare MATCH ? {ending} {LIMIT}"
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(query, (_begun(text),)).all())


def _begun(text: str) -> str:
    return " ".join([f'"{word}"*' for word in words_in(text)])


def _like(engine: sa.Engine, ending: str, text: str) -> int:
    words = words_in(text)
    where = " AND ".join(["' ' || folded LIKE ?"] * len(words))
    query = f"SELECT rowid FROM texts WHERE {where} {ending} {LIMIT}"
    with engine.connect() as connection:
        return len(connection.exec_driver_sql(query, tuple(f"% {word}%" for word in words)).all())


@dataclass(frozen=True, slots=True)
class Took:
    """How long one text took by the clock, and the work of this thread, in milliseconds."""

    text: str
    clock: float
    work: float


def _took(texts: Sequence[str], makers: dict[str, Callable[[str], object]]) -> dict[str, list[Took]]:
    """Return how long each text took each of them; they take turns by rounds of all texts."""
    took: dict[str, list[Took]] = {name: [] for name in makers}
    for number in range(ROUNDS):
        for name, ask in makers.items():
            if number and name.endswith(SLOW):
                continue
            for text in texts[:20]:  # after another one's turn nothing of it is at hand
                ask(text)
            for text in texts:
                started, worked = time.perf_counter(), time.thread_time()
                ask(text)
                work, clock = time.thread_time() - worked, time.perf_counter() - started
                took[name].append(Took(text, clock * 1000, work * 1000))
    return took


if __name__ == "__main__":
    main()
