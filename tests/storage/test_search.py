"""What is found and in which order, that no text breaks it, and that the index always equals one gathered anew."""

import shutil
import types
import typing
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from antq_desktop.domain.commitments import Campaign, Commitment
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.events import decode
from antq_desktop.domain.households import Household
from antq_desktop.domain.searched import BY_RECORD, SEARCHED, words_of
from antq_desktop.domain.searching import Searched
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage import search as index
from antq_desktop.storage.applying import Applier, Arrival
from antq_desktop.storage.codec import hints_of
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.failures import ChangedElsewhere, Clash
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.queries import search
from antq_desktop.storage.queries import search_gathering as gathering
from antq_desktop.storage.queries.search import find
from antq_desktop.storage.queries.search_gathering import (
    Gathered,
    bring_up_to_date,
    forget,
    gather_some,
    gathered,
)
from antq_desktop.storage.records import KINDS, kind_of, to_row
from antq_desktop.storage.tables import outbox, search_rows
from antq_desktop.storage.unit_of_work import Store
from tests.storage.conftest import KEY, NOW

#: Kinds that nobody looks for by words: figures, links between others, settings, texts of the law, files.
LEFT_OUT = {
    "settings",
    "model_ratings",
    "self_assessments",
    "official_wordings",
    "issued_catalogues",
    "own_forms",
    "member_ratings",
    "attachments",
    "import_runs",
    "model_budgets",
    "model_equipment",
    "own_model_kinds",
    "activity_files",
    "targets",
    "periodic_reports",
    "conflict_decisions",
}
MakeHousehold = Callable[..., Household]


def test_every_kind_of_record_is_found_or_left_out_on_purpose() -> None:
    assert {kind.entity for kind in KINDS if kind.record not in BY_RECORD} - LEFT_OUT == set()
    assert len(BY_RECORD) == len(SEARCHED)


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("nguyễn văn ánh", ["Nguyễn Văn Ánh"]),
        ("ánh nguyen", ["Nguyễn Văn Ánh"]),
        ("NGUYEN  VAN, anh!", ["Nguyễn Văn Ánh"]),
        ("dang", ["Đặng Thuý"]),
        ("dan thu", ["Đặng Thuý"]),
        ("thuý đặn", ["Đặng Thuý"]),
        ("0912", ["Đặng Thuý"]),
        ("thuy 345", []),
        ("xom bua", ["Đặng Thuý"]),
        ("bua nguyen", []),
        ("nguyen x", []),
        ("", []),
        ("  ·–— ", []),
    ],
)
def test_words_are_found_in_any_order_without_marks_and_by_their_beginnings(
    store: Store, household: MakeHousehold, text: str, heads: list[str]
) -> None:
    keep(store, household("h1", "Nguyễn Văn Ánh"))
    keep(store, household("h2", "Đặng Thuý", phone="0912345678", address="Xóm Bưa"))
    assert found(store, text) == heads


def test_what_fits_better_comes_first(store: Store, household: MakeHousehold) -> None:
    heads = ["Hà Lan Anh", "Bùi Thị Lan", "Lan Thị Hà", "Lan Hà", "Lan Hàn"]
    keep(store, *(household(f"h{n}", head) for n, head in enumerate(heads)))
    keep(store, household("h9", "Vũ Tú", address="Nhà bà Lan Hà"))
    assert found(store, "lan ha") == ["Lan Hà", "Lan Hàn", "Hà Lan Anh", "Lan Thị Hà", "Vũ Tú"]


def test_the_best_is_found_behind_a_crowd(store: Store, household: MakeHousehold) -> None:
    crowd = [household(f"a{n:03}", f"Hạnh Văn {n}", address="xóm Hà") for n in range(300)]
    keep(store, *crowd)
    keep(store, household("z1", "Hà"), household("z2", "Hà Văn Tú"))
    assert found(store, "ha", 3)[:2] == ["Hà", "Hà Văn Tú"]
    assert len(found(store, "ha", 200)) == 200


def test_kinds_take_turns(store: Store, household: MakeHousehold) -> None:
    keep(store, *(household(f"h{n}", f"Mai Văn {n}") for n in range(60)))
    keep(store, *(model(f"m{n}", f"Mai Văn {n}") for n in range(60)))
    with store.reading() as work:
        places = find(work, "mai van", 6)
    assert [place.key[0] for place in places] == [Household, CommunityModel] * 3


def test_what_is_changed_removed_and_brought_back_is_found_as_it_is(
    store: Store, household: MakeHousehold
) -> None:
    (kept,) = keep(store, household("h1", "Nguyễn Văn Ánh"))
    (kept,) = keep(store, replace(kept, head="Trần Thị Bé"))
    assert (found(store, "anh"), found(store, "be")) == ([], ["Trần Thị Bé"])
    with store.writing("An") as work:
        work.delete(kept, "nhập trùng")
        work.commit()
    assert found(store, "be") == []
    keep(store, household("h1", "Trần Thị Bé"))
    assert found(store, "be") == ["Trần Thị Bé"]
    assert_as_gathered(store)


def test_what_is_not_committed_or_clashes_is_not_found(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        work.save(household("h1", "Nguyễn Văn Ánh"))
    (kept,) = keep(store, household("h2", "Trần Thị Bé"))
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(household("h3", "Trần Thị Bốn"))
        work.save(household("h2", "Trần Thị Ba"))
    with pytest.raises(ChangedElsewhere), store.writing("An") as work:
        work.save(replace(kept, head="Trần Thị Tư", version={"d9": 1}))
    assert (found(store, "anh"), found(store, "tran")) == ([], ["Trần Thị Bé"])
    assert_as_gathered(store)


def test_a_record_without_words_takes_no_room(store: Store, household: MakeHousehold) -> None:
    keep(store, household())
    keep(store, Campaign(id="c1", unit_code="04978", year=2026, kind="yearly", name="Cam kết năm 2026"))
    paper = Commitment(id="p1", unit_code="04978", household_id="h1", campaign_id="c1", year=2026)
    (paper,) = keep(store, paper)
    before = rows(store)
    assert "commitments" not in {entity for _, entity, _ in before}
    (paper,) = keep(store, replace(paper, note="ký thay chủ hộ"))
    assert found(store, "thay") == ["p1"]
    keep(store, replace(paper, note=""))
    assert rows(store) == before
    assert_as_gathered(store)


def test_more_than_is_held_back_at_once_is_found_all_the_same(
    store: Store, household: MakeHousehold, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_MOST_PENDING", 7)
    keep(store, *(household(f"h{n}", f"Nguyễn Văn {n}") for n in range(40)))
    assert len(found(store, "nguyen", 100)) == 40
    assert_as_gathered(store)


@given(st.text(max_size=30) | st.text(alphabet='"*^:()-+{}\\%_\x00 aâđNEARORT', max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(crowded: Store, text: str) -> None:
    with crowded.reading() as work:
        assert len(find(work, text, 5)) <= 5


@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_name_is_written_with_it_is_found_by_itself(
    crowded: Store, head: str, address: str
) -> None:
    home = Household(id="odd", unit_code="04978", area_id="a1", head=head, address=address)
    with crowded.writing("An") as work:
        before = work.find(Household, "odd")
        work.save(replace(home, version=before.version if before else {}))
        work.commit()
    words = " ".join(words_of(home))
    with crowded.reading() as work:
        keys = [place.key for place in find(work, words, 1_000)]
    assert not words.strip() or len(words.split()) > 12 or (Household, "04978", "odd") in keys


def test_an_index_of_another_program_is_gathered_anew(store: Store, household: MakeHousehold) -> None:
    bring_up_to_date(store)
    keep(store, household("h1", "Nguyễn Văn Ánh"))
    with store.writing("") as work:
        work.search.clear()
        work.commit()
    bring_up_to_date(store)
    assert found(store, "anh") == []  # as long as it is thought to be current
    with store.writing("") as work:
        work.keep_local("search", [0, "households"])
        work.commit()
    bring_up_to_date(store)
    assert found(store, "anh") == ["Nguyễn Văn Ánh"]


def test_words_are_gathered_in_steps_beside_what_is_saved_removed_and_changed(
    store: Store, household: MakeHousehold, monkeypatch: pytest.MonkeyPatch
) -> None:
    homes = keep(store, *(household(f"h{n:02}", f"Nguyễn Văn {n}") for n in range(20)))
    keep(store, *(model(f"m{n}", f"Mai Văn {n}") for n in range(3)))
    monkeypatch.setattr(gathering, "_STEP", 6)
    with store.writing("") as work:
        forget(work)
        work.commit()
    bring_up_to_date(store)
    assert len(found(store, "van", 100)) == 6
    keep(store, household("h00a", "Nguyễn Văn Thêm"), household("h99", "Nguyễn Văn Cuối"))
    keep(store, replace(homes[15], head="Trần Thị Bé"))
    with store.writing("An") as work:
        work.delete(homes[18], "nhập trùng")
        work.commit()
    assert found(store, "be") == ["Trần Thị Bé"]
    steps: list[Gathered] = []
    while not steps or steps[-1].place is not None:
        with store.writing("") as work:
            steps.append(gather_some(work))
            work.commit()
    assert len(steps) > 2
    assert all(step.done <= step.total for step in steps)
    assert len(found(store, "van", 100)) == 20 - 2 + 2 + 3
    with store.reading() as work:
        assert gathered(work) == Gathered(0, 0, None)
    assert_as_gathered(store)
    assert gather_all(store) > 3


def test_each_kind_has_its_share_wherever_a_page_of_the_index_ends(
    store: Store, household: MakeHousehold
) -> None:
    # Fewer households than a page, so that the page ends among the models; the one that fits best comes late.
    keep(store, *(household(f"h{n:02}", f"Hà Văn Mai {n}") for n in range(30)))
    crowd = [model(f"m{n:02}", f"Mai Văn Hà {n}") for n in range(35)]
    keep(store, *crowd, model("m99", "Mai Hà"))
    with store.reading() as work:
        assert find(work, "mai ha", 5)[0].id == "m99"


@pytest.mark.parametrize("text", ["ha", "h", "van ha", "mai h", "ha mai van", "1", "m 2"])
@pytest.mark.parametrize("limit", [1, 5, 40, 300])
def test_early_ends_leave_nothing_better_out(
    store: Store, household: MakeHousehold, text: str, limit: int
) -> None:
    heads = ["Hà", "Hà Mai", "Mai Hà Văn", "Hàn Mai", "Mai Văn Hà", "Hoà", "Văn Hà Mai", "Tú"]
    homes = [
        household(f"h{n:02}", f"{head} {n}" if n > 9 else head, address="Xóm Hà" if n % 3 else "")
        for n, head in enumerate(heads * 4)
    ]
    keep(store, *homes)
    keep(store, *(model(f"m{n:02}", head) for n, head in enumerate(heads[::-1] * 4)))
    with store.reading() as work:
        places = find(work, text, limit)
        every = find(work, text, 1_000)  # more than there is: nothing is left out, no question ends early
    assert places == every[:limit]
    assert [place.rank for place in every] == sorted(place.rank for place in every)


def test_what_was_there_before_there_was_a_search_is_found(store: Store, household: MakeHousehold) -> None:
    bring_up_to_date(store)
    keep(store, household("h1", "Nguyễn Văn Ánh"))
    migrate(store.engine, "0005")
    migrate(store.engine)
    assert found(store, "anh") == []
    bring_up_to_date(store)
    assert found(store, "anh") == ["Nguyễn Văn Ánh"]


@pytest.mark.parametrize("text", ["mai 1", "2", "ha 7", "xom 2 mai"])
@pytest.mark.parametrize("limit", [1, 4, 12, 100])
def test_a_number_finds_the_same_with_one_question_as_with_all(
    store: Store, household: MakeHousehold, monkeypatch: pytest.MonkeyPatch, text: str, limit: int
) -> None:
    heads = ["Mai 1", "Hà Mai 12", "1 Mai", "Mai Hà 7", "Tú 2", "2"]
    keep(
        store,
        *(household(f"h{n}", head, address="Xóm 2" if n % 2 else "") for n, head in enumerate(heads * 3)),
    )
    keep(store, *(model(f"m{n}", head) for n, head in enumerate(heads[::-1])))
    with store.reading() as work:
        once = find(work, text, limit)
        monkeypatch.setattr(search, "_is_few", lambda _text: False)
        assert find(work, text, limit) == once


def test_of_rows_that_fit_equally_well_no_more_are_read_than_are_shown(
    store: Store, household: MakeHousehold, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, *(household(f"h{n}", f"Mai Văn {n}") for n in range(60)))
    keep(store, *(model(f"m{n}", f"Mai Văn {n}") for n in range(60)))
    ranked: list[str] = []
    rank = search._Finder._rank

    def noted(finder: search._Finder, title: str) -> int:
        ranked.append(title)
        return rank(finder, title)

    monkeypatch.setattr(search._Finder, "_rank", noted)
    with store.reading() as work:
        places = find(work, "mai va", 6)
    assert len(places) == len(ranked) == 6


@pytest.mark.parametrize("searched", SEARCHED, ids=lambda searched: searched.record.__name__)
@pytest.mark.parametrize("is_alone", [False, True])
def test_what_is_read_to_be_shown_says_what_the_records_say(
    store: Store, searched: Searched, is_alone: bool
) -> None:
    # Every id is "r1": each record refers to all that it can refer to; alone, what it refers to is not there.
    made = [sample(one.record) for one in SEARCHED if one is searched or not is_alone]
    with store.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            for record in made:
                kind = kind_of(type(record))
                connection.execute(sa.insert(kind.table), to_row(kind, record))
        driver.execute("PRAGMA foreign_keys = ON")
    with store.reading() as work:
        whole: Any = work.get(searched.record, "r1", "04978")
        key = (searched.record, "04978", "r1")
        shown, others = search.read(work, [key])[key]
        asked_for: set[type[Any]] = set()

        def look(record: type[Any], key: str, /) -> Any:
            asked_for.add(record)
            return work.find(record, key, "04978")

        def of_others(record: type[Any], _key: str, /) -> Any:
            return others.get(record)

        assert searched.title(shown) == searched.title(whole)
        assert list(searched.detail(shown, of_others)) == list(searched.detail(whole, look))
        assert searched.what(shown, of_others) == searched.what(whole, look)
        assert searched.year(shown) == searched.year(whole)
    assert asked_for <= {other for other, _field, _names in searched.refers}


def test_a_number_leads_to_its_record_with_two_questions(
    store: Store, household: MakeHousehold, area: ResidentialArea
) -> None:
    keep(store, household("h1", "Hà Mai", phone="0912345678"))
    told: list[str] = []
    with store.reading() as work:
        driver: Any = work.connection.connection.driver_connection
        driver.set_trace_callback(told.append)
        (key,) = [place.key for place in find(work, "0912345678", 12)]
        assert search.read(work, [key])[key][1][ResidentialArea].name == area.name
        driver.set_trace_callback(None)
    assert len([question for question in told if question.startswith("SELECT")]) == 2


#: One deed on one of a few records: which record, and what it is to be called; nothing removes it.
DEEDS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(["a1", "a2", "h1", "h2", "h3", "m1", "m2"]),
            st.sampled_from(["Nguyễn Văn Ánh", "Bùi Thị Hoa", "An", "…", None]),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    ),
    max_size=6,
)


@given(DEEDS, st.integers(0, 5), st.integers(0, 1))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_index_equals_one_gathered_anew_whatever_is_saved_removed_received_or_put_back(
    tmp_path_factory: pytest.TempPathFactory,
    empty: Path,
    deeds: list[list[tuple[str, str | None, bool]]],
    back: int,
    lost: int,
) -> None:
    folder = tmp_path_factory.mktemp("index")
    commune, upper = (
        workspace(Path(shutil.copy(empty, folder / name))) for name in ("commune.db", "upper.db")
    )
    begun: list[tuple[str, str | None, bool]] = [("a1", "Xóm Bãi", True), ("h1", "Hà Thị Bé", True)]
    for action in [begun, *deeds]:
        with commune.writing("An") as work:
            for key, name, _ in action:
                perform(work, key, name)
            if action[-1][2]:  # else nothing of it stays
                work.commit()
    assert_as_gathered(commune)
    events = told_by(commune)
    with upper.writing("Tâm") as work:
        applier = Applier(work, "04978", "d1")
        applier.take(events[lost:])  # what is lost at the beginning lets later ones clash and be set aside
        work.commit()
    assert_as_gathered(upper)
    with upper.writing("Tâm") as work:
        applier = Applier(work, "04978", "d1")
        applier.roll_back(2, 1, back)
        work.commit()
    assert_as_gathered(upper)
    if not lost and not back:
        assert rows(upper) == {}
    commune.close()
    upper.close()


def perform(work: Any, key: str, name: str | None) -> None:
    kinds: dict[str, type[Any]] = {"a": ResidentialArea, "h": Household, "m": CommunityModel}
    kind = kinds[key[0]]
    here = work.find(kind, key)
    if name is None:
        stands_on = [*work.all(Household, area_id=key), *work.all(CommunityModel, area_id=key)]
        if here and not stands_on:
            work.delete(here, "thử")
        return
    version = here.version if here else {}
    if kind is ResidentialArea:
        area = ResidentialArea(
            id=key, unit_code="04978", name=name, kind="xóm", valid_from=date(2020, 1, 1), version=version
        )
        work.save(area)
    elif work.find(ResidentialArea, "a1"):
        if kind is Household:
            work.save(Household(id=key, unit_code="04978", area_id="a1", head=name, version=version))
        else:
            work.save(replace(model(key, name), area_id="a1", version=version))


def told_by(store: Store) -> list[Arrival]:
    with store.reading() as work:
        query = sa.select(outbox.c.line, outbox.c.event_hash).order_by(outbox.c.epoch, outbox.c.seq)
        return [Arrival(decode(line), line, hashed) for line, hashed in work.connection.execute(query)]


@pytest.fixture
def crowded(store: Store, household: MakeHousehold) -> Store:
    keep(store, *(household(f"h{n}", f"Nguyễn Văn Ánh {n}", phone=f"09{n:08d}") for n in range(60)))
    return store


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    engine = open_engine(path, KEY)
    migrate(engine)
    store = Store(engine, lambda: NOW)
    with store.writing("An") as work:
        work.keep_local("unit_code", "04978")
        work.keep_local("device_id", "d1")
        work.commit()
    store.close()
    return path


def sample(record: type[Any]) -> Any:
    """Return a record all of whose fields say something, the same of every id."""
    return record(**{name: said_by(name, hint) for name, hint in hints_of(record).items()})


def said_by(name: str, hint: Any) -> Any:
    kinds = [kind for kind in typing.get_args(hint) if kind is not types.NoneType] or [hint]
    kind = kinds[0] if typing.get_origin(hint) in (typing.Union, types.UnionType) else hint
    if typing.get_origin(kind) is typing.Literal:
        return typing.get_args(kind)[0]
    if name == "unit_code":
        return "04978"
    if name == "id" or name.endswith("_id"):
        return "r1"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if typing.get_origin(kind) is not None:
        return () if typing.get_origin(kind) is tuple else {}
    return {str: f"{name} nói", int: 7, date: date(2026, 3, 5), bool: True}.get(kind)


def workspace(path: Path) -> Store:
    return Store(open_engine(path, KEY), lambda: NOW)


def model(key: str, name: str) -> CommunityModel:
    return CommunityModel(id=key, unit_code="04978", kind="to-tu-quan", name=name)


def keep(store: Store, *records: Any) -> list[Any]:
    with store.writing("An") as work:
        saved = work.save_all(records)
        work.commit()
    return saved


def found(store: Store, text: str, limit: int = 10) -> list[str]:
    """Return the heads of the households, or the ids of other records, that are found, in order."""
    with store.reading() as work:
        records = [
            work.get(record, key, unit) for record, unit, key in (p.key for p in find(work, text, limit))
        ]
    return [record.head if isinstance(record, Household) else record.id for record in records]


def rows(store: Store) -> dict[tuple[str, str, str], tuple[str, str]]:
    with store.reading() as work:
        return {
            (row.unit_code, row.entity, row.id): (row.title, row.others)
            for row in work.connection.execute(sa.select(search_rows))
        }


def check(store: Store) -> None:
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)"
        )


def assert_as_gathered(store: Store) -> None:
    check(store)
    kept = rows(store)
    gather_all(store)
    check(store)
    assert rows(store) == kept
    with store.reading() as work:
        there = {
            ("04978", kind_of(searched.record).entity, record.id): words_of(record)
            for searched in SEARCHED
            for record in _all(work, searched.record)
        }
    assert kept == {key: words for key, words in there.items() if any(words)}


def gather_all(store: Store) -> int:
    """Gather all words anew and return how many steps it took."""
    with store.writing("") as work:
        forget(work)
        work.commit()
    steps, is_all = 0, False
    while not is_all:
        with store.writing("") as work:
            is_all = gather_some(work).place is None
            work.commit()
        steps += 1
    return steps


def _all(work: Any, record: type[Any]) -> list[Any]:
    table = kind_of(record).table
    keys = work.connection.execute(sa.select(table.c.id).where(table.c.unit_code == "04978")).scalars()
    return [work.get(record, key, "04978") for key in keys]
