"""Two laptops of one unit and their restores: what stands follows from all that was told, in whatever order it came."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.domain.commitments import Campaign, Commitment
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.events import GENESIS, Event, Version, chain_hash, encode, next_version
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage import settling
from antq_desktop.storage.applying import Applier, Arrival, SetAside
from antq_desktop.storage.chain_tables import deleted_records
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.outbox import deleted_versions
from antq_desktop.storage.records import kind_of, to_body
from antq_desktop.storage.tables import set_aside
from antq_desktop.storage.unit_of_work import Store

KEY = bytes(range(32))
NOW = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)
UNIT = "00001"  # not the unit of the store: a commune that sends to it


@dataclass
class Laptop:
    """Writes a chain of its own; knows of another laptop only what it was told."""

    device: str
    epoch: int = 1
    log: list[Arrival] = field(default_factory=list)
    known: dict[str, dict[str, int]] = field(default_factory=dict)

    def tell(self, entity: str, key: str, op: str, body: dict[str, Any], base: Version | None = None) -> None:
        before = dict(self.known.get(key, {})) if base is None else dict(base)
        writer = self.device if self.epoch == 1 else f"{self.device}.{self.epoch}"
        version = next_version(before, writer)
        seq = self.log[-1].event.seq + 1 if self.log else 1
        event = Event(self.epoch, seq, entity, key, version, before, op, "2026-01-01", "An", f"{seq}", body)
        line = encode(event)
        self.log.append(Arrival(event, line, chain_hash(self.log[-1].hash if self.log else GENESIS, line)))
        self.known[key] = version

    def put(self, record: Any, base: Version | None = None) -> None:
        self.tell(kind_of(type(record)).entity, record.id, "put", to_body(record), base)

    def delete(self, entity: str, key: str, base: Version | None = None) -> None:
        self.tell(entity, key, "delete", {"reason": self.device}, base)

    def restored(self, seq: int) -> "Laptop":
        """Return the laptop as after a restore of its state at ``seq``."""
        log = self.log[:seq]
        known = {arrival.event.id: arrival.event.version for arrival in log}
        return Laptop(self.device, self.epoch + 1, log, known)


def area(key: str = "a1", name: str = "Xóm Bãi") -> ResidentialArea:
    return ResidentialArea(id=key, unit_code=UNIT, name=name, kind="xóm", valid_from=date(2020, 1, 1))


def home(key: str = "h1", head: str = "Bùi Thị Hoa", area_id: str = "a1") -> Household:
    return Household(id=key, unit_code=UNIT, area_id=area_id, head=head)


@dataclass(frozen=True)
class Taken:
    set_aside: list[SetAside]
    set_aside_count: int
    healed: int


def receive(store: Store, laptop: Laptop, *, at: int = 0) -> Taken:
    """Take in what the laptop wrote from the place ``at`` in its log."""
    with store.writing("Bình") as work:
        applier = Applier(work, UNIT, laptop.device)
        applier.take(laptop.log[at:])
        applier.finish()
        taken = Taken(applier.set_aside, applier.set_aside_count, applier.healed)
        work.commit()
    return taken


def go_back(store: Store, laptop: Laptop, seq: int) -> None:
    with store.writing("Bình") as work:
        applier = Applier(work, UNIT, laptop.device)
        applier.roll_back(laptop.epoch, laptop.log[seq - 1].event.epoch if seq else 1, seq)
        applier.take(laptop.log[seq:])
        applier.finish()
        work.commit()


def aside(store: Store) -> list[tuple[str, int, str]]:
    with store.reading() as work:
        columns = set_aside.c
        query = sa.select(columns.device_id, columns.seq, columns.code).order_by(
            columns.device_id, columns.seq
        )
        return [tuple(row) for row in work.connection.execute(query)]


def heads_of_homes(store: Store) -> dict[str, str]:
    with store.reading() as work:
        table = kind_of(Household).table
        return dict(work.connection.execute(sa.select(table.c.id, table.c.head)).all())


def version_of(store: Store, key: str = "h1") -> dict[str, int]:
    with store.reading() as work:
        found = work.find(Household, key, UNIT)
        return found.version if found else {}


@pytest.fixture
def two() -> tuple[Laptop, Laptop]:
    """Return two laptops that both know an area and a household that the first one wrote."""
    one, other = Laptop("m1"), Laptop("m2")
    one.put(area())
    one.put(home())
    other.known = dict(one.known)
    return one, other


def test_a_deletion_that_did_not_know_of_a_change_is_set_aside_also_when_it_came_first(
    store: Store, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.delete("households", "h1")
    other.put(home(head="Hà Thị Bé"))
    receive(store, one)
    applier = receive(store, other)
    # The change stands, for what somebody still works on is not taken away; the deletion waits for a person.
    assert [(each.device_id, each.seq, each.code) for each in applier.set_aside] == [("m1", 3, "concurrent")]
    assert applier.set_aside[0].facts == {"ours": {"m1": 1, "m2": 1}, "theirs": {"m1": 2}}
    assert heads_of_homes(store) == {"h1": "Hà Thị Bé"}


def test_deletion_that_did_not_know_of_a_change_is_set_aside(
    store: Store, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.put(home(head="Hà Thị Bé"))
    other.delete("households", "h1")
    receive(store, one)
    receive(store, other)
    assert aside(store) == [("m2", 1, "concurrent")]
    assert heads_of_homes(store) == {"h1": "Hà Thị Bé"}


def test_only_what_is_there_may_be_written_over(store: Store, two: tuple[Laptop, Laptop]) -> None:
    # To be ready to write over a row costs SQLite a copy of each page that the statement touches.
    one, _ = two
    ways: list[bool] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("INSERT INTO households "):
            ways.append("ON CONFLICT" in statement)

    sa.event.listen(store.engine, "before_cursor_execute", note)
    one.put(home(head="Hà Thị Bé"))
    one.put(home("h2"))
    one.delete("households", "h2")
    one.put(home("h2", "Trở Về"))
    for part in (one.log[:2], one.log[2:3], one.log[3:5], one.log[5:]):
        with store.writing("Bình") as work:
            Applier(work, UNIT, "m1", hopeful=True).take(part)
            work.commit()
    assert ways == [False, True, True]
    assert heads_of_homes(store) == {"h1": "Hà Thị Bé", "h2": "Trở Về"}


def test_two_deletions_agree(store: Store, two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    one.delete("households", "h1")
    other.delete("households", "h1")
    receive(store, one)
    receive(store, other)
    assert aside(store) == []
    other.put(home(head="Trở Về"), base={"m1": 2, "m2": 1})
    receive(store, other, at=1)
    assert aside(store) == []
    assert heads_of_homes(store) == {"h1": "Trở Về"}
    with store.reading() as work:
        assert work.connection.execute(sa.select(deleted_records)).all() == []


def test_what_refers_to_the_other_laptops_record_waits_for_it_with_what_stands_behind(
    store: Store, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    other.put(home("h2", "Đinh Văn Tư"))
    other.put(home("h2", "Đinh Văn Năm"))
    other.put(area("a2", "Xóm Mới"))
    waiting = receive(store, other)
    assert [(each.seq, each.code) for each in waiting.set_aside] == [(1, "clash"), (2, "after-set-aside")]
    receive(store, Laptop("m3", log=[], known={}))
    assert aside(store) == [("m2", 1, "clash"), ("m2", 2, "after-set-aside")]
    came = receive(store, one)
    assert (came.set_aside, came.healed) == ([], 2)
    assert heads_of_homes(store) == {"h1": "Bùi Thị Hoa", "h2": "Đinh Văn Năm"}


def test_a_clash_ends_when_the_record_itself_is_mended(store: Store) -> None:
    one = Laptop("m1")
    one.put(area())
    one.put(home(area_id="nowhere"))
    receive(store, one)
    assert aside(store) == [("m1", 2, "clash")]
    one.put(home())
    assert receive(store, one, at=2).healed == 1
    assert aside(store) == []
    assert version_of(store) == {"m1": 2}


def test_conflict_ends_with_an_event_that_knew_both_sides(store: Store, two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    one.put(home(head="Một"))
    other.put(home(head="Hai"))
    other.put(home(head="Ba"))
    receive(store, one)
    receive(store, other)
    assert aside(store) == [("m2", 1, "concurrent"), ("m2", 2, "after-set-aside")]
    with store.writing("Bình") as work:
        seen = settling.seen(work, UNIT, "households", "h1")
    assert seen == {"m1": 2, "m2": 2}
    one.put(home(head="Bốn"))  # still without knowing
    receive(store, one, at=3)
    assert len(aside(store)) == 2
    one.put(home(head="Quyết"), base={"m1": 3, "m2": 2})
    assert receive(store, one, at=4).healed == 2
    assert aside(store) == []
    assert heads_of_homes(store) == {"h1": "Quyết"}


def test_a_decision_may_be_a_deletion(store: Store, two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    one.put(home(head="Một"))
    other.put(home(head="Hai"))
    receive(store, one)
    receive(store, other)
    one.delete("households", "h1", base={"m1": 2, "m2": 1})
    receive(store, one, at=3)
    assert aside(store) == []
    assert heads_of_homes(store) == {}


def test_a_decision_on_one_side_may_arrive_before_the_other_side(
    store: Store, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    other.put(home(head="Hai"))
    one.put(home(head="Quyết"), base={"m1": 1, "m2": 1})
    receive(store, one)
    receive(store, other)
    assert aside(store) == []
    assert heads_of_homes(store) == {"h1": "Quyết"}


def test_the_same_record_made_on_both_laptops_is_one(store: Store) -> None:
    one, other = Laptop("m1"), Laptop("m2")
    for laptop in (one, other):
        laptop.put(area())
        laptop.put(home())
    receive(store, one)
    receive(store, other)
    assert aside(store) == []
    assert version_of(store) == {"m1": 1, "m2": 1}
    other.put(home(head="Sửa Sau"))
    receive(store, other, at=2)
    assert aside(store) == []
    assert version_of(store) == {"m1": 1, "m2": 2}


def test_restore_of_one_laptop_leaves_the_other_ones_work(store: Store, two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    one.put(home(head="Sẽ Mất"))  # 3
    one.put(home("h9", "Cũng Mất"))  # 4
    receive(store, one)
    other.put(home("h2", "Của Máy Hai"))
    other.put(home(head="Máy Hai Sửa"), base={"m1": 2})  # knew what will be lost
    receive(store, other)
    assert heads_of_homes(store) == {"h1": "Máy Hai Sửa", "h2": "Của Máy Hai", "h9": "Cũng Mất"}
    back = one.restored(2)
    back.put(home("h3", "Mới"))
    go_back(store, back, 2)
    assert heads_of_homes(store) == {"h1": "Máy Hai Sửa", "h2": "Của Máy Hai", "h3": "Mới"}
    assert aside(store) == []


def test_what_a_restored_laptop_writes_is_not_taken_for_what_it_lost(
    store: Store, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.put(home(head="Sẽ Mất"))
    receive(store, one)
    other.put(home(head="Máy Hai Sửa"), base={"m1": 2})
    receive(store, other)
    back = one.restored(2)
    back.put(home(head="Ghi Lại"))
    go_back(store, back, 2)
    assert aside(store) == [("m1", 3, "concurrent")]
    assert heads_of_homes(store) == {"h1": "Máy Hai Sửa"}


def test_restore_takes_back_what_the_other_laptop_had_been_set_aside_for(
    store: Store, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.put(home(head="Sẽ Mất"))
    other.put(home(head="Máy Hai"))
    receive(store, one)
    receive(store, other)
    assert aside(store) == [("m2", 1, "concurrent")]
    back = one.restored(2)
    back.put(area("a2"))
    go_back(store, back, 2)
    assert aside(store) == []
    assert heads_of_homes(store) == {"h1": "Máy Hai"}


def test_restore_brings_a_deleted_record_back_and_forgets_its_deletion(store: Store) -> None:
    one = Laptop("m1")
    one.put(area())
    one.put(home())
    one.delete("households", "h1")
    receive(store, one)
    back = one.restored(2)
    back.put(area("a2"))
    go_back(store, back, 2)
    assert heads_of_homes(store) == {"h1": "Bùi Thị Hoa"}
    with store.reading() as work:
        assert work.connection.execute(sa.select(deleted_records)).all() == []


def test_what_the_other_laptop_deleted_goes_on_from_its_deletion_here(store: Store) -> None:
    """On a commune: a record that comes back after the other laptop deleted it is newer than the deletion."""
    with store.writing("An") as work:
        mine = work.save(replace(area(), unit_code="04978"))
        model = work.save(CommunityModel(id="c1", unit_code="04978", kind="to-tu-quan", name="Tổ một"))
        work.commit()
    other = Laptop("m2", known={"c1": model.version, "a1": mine.version})
    other.delete("community_models", "c1")
    with store.writing("An") as work:
        applier = Applier(work, "04978", "m2")
        applier.take(other.log)
        applier.finish()
        assert applier.set_aside == []
        assert work.find(CommunityModel, "c1") is None
        again = work.save(replace(model, version={}))
        assert again.version == {"d1": 2, "m2": 1}
        assert deleted_versions(work.connection, "community_models", ["c1"]) == {}
        work.commit()


def test_own_change_and_the_other_laptops_change_are_a_conflict_on_a_commune(store: Store) -> None:
    with store.writing("An") as work:
        model = work.save(CommunityModel(id="c1", unit_code="04978", kind="to-tu-quan", name="Tổ một"))
        work.save(replace(model, name="Tổ của tôi"))
        work.commit()
    other = Laptop("m2", known={"c1": model.version})
    other.put(replace(model, name="Tổ kia"))
    with store.writing("An") as work:
        applier = Applier(work, "04978", "m2")
        applier.take(other.log)
        applier.finish()
        assert [each.code for each in applier.set_aside] == ["concurrent"]
        assert work.get(CommunityModel, "c1").name == "Tổ của tôi"
        assert settling.seen(work, "04978", "community_models", "c1") == {"d1": 2, "m2": 1}
        settling.forget(work, "04978", "community_models", "c1")
        work.commit()
    assert aside(store) == []


def test_what_waits_costs_neither_a_write_a_record_nor_another_look_at_each_bundle(store: Store) -> None:
    one, other = Laptop("m1"), Laptop("m2")
    one.put(area())
    for n in range(300):
        other.put(home(f"h{n}", "Đinh Văn Tư"))
    with statements(store) as said:
        assert receive(store, other).set_aside_count == 300
    assert sum("SAVEPOINT" in text for text in said) < 10
    unrelated = Laptop("m3")
    unrelated.put(area("a7"))
    with statements(store) as said:
        receive(store, unrelated)
    assert not [text for text in said if "line" in text and text.startswith("SELECT") and "IN (" in text]
    with statements(store) as said:
        assert receive(store, one).healed == 300
    assert sum("SAVEPOINT" in text for text in said) < 10
    assert aside(store) == []
    assert len(heads_of_homes(store)) == 300


def test_a_verdict_names_the_first_of_many_and_counts_them_all(store: Store) -> None:
    other = Laptop("m2")
    for n in range(150):
        other.put(home(f"h{n}", "Đinh Văn Tư"))
    taken = receive(store, other)
    assert [each.seq for each in taken.set_aside] == list(range(1, 101))
    assert taken.set_aside_count == 150
    again = receive(store, Laptop("m3"))
    assert (again.set_aside, again.set_aside_count, again.healed) == ([], 0, 0)


def test_what_is_set_aside_is_looked_at_again_a_part_at_a_time(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settling, "_AT_ONCE", 7)
    one, other = Laptop("m1"), Laptop("m2")
    one.put(area())
    for n in range(20):
        other.put(home(f"h{n}", "Đinh Văn Tư"))
    receive(store, other)
    assert receive(store, one).healed == 20
    assert aside(store) == []
    assert len(heads_of_homes(store)) == 20


def test_what_is_set_aside_of_a_record_is_found_by_its_events(store: Store) -> None:
    """Begun with all that the unit has set aside, each batch would cost as much as the whole."""
    with store.reading() as work:
        for query in settling._aside_of(work.connection, UNIT, "households", ["h1", "h2"]):
            text = query.compile(work.connection, compile_kwargs={"literal_binds": True})
            plan = list(work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").mappings())
            steps = [row["detail"] for row in plan if row["detail"].startswith("SEARCH")]
            first = steps[0]
            assert "entity_id=?" in first or "device_id=?" in first, steps
            assert not [step for step in steps if step.endswith("(unit_code=?)")], steps


def test_a_record_that_was_in_the_way_makes_room(store: Store) -> None:
    """Two commitments of one household in one campaign: the one set aside stands when the other is gone."""
    one, other = Laptop("m1"), Laptop("m2")
    one.put(area())
    one.put(home())
    campaign = Campaign(id="k1", unit_code=UNIT, year=2026, kind="yearly", name="2026")
    one.put(campaign)
    one.put(Commitment(id="c1", unit_code=UNIT, household_id="h1", campaign_id="k1", year=2026))
    other.put(Commitment(id="c2", unit_code=UNIT, household_id="h1", campaign_id="k1", year=2026))
    receive(store, one)
    receive(store, other)
    assert aside(store) == [("m2", 1, "clash")]
    one.delete("commitments", "c1")
    assert receive(store, one, at=4).healed == 1
    assert aside(store) == []


def test_events_of_a_record_are_found_by_their_index(store: Store) -> None:
    """By the number in the chain SQLite would read a laptop's whole log once a record."""
    one, other = Laptop("m1"), Laptop("m2")
    for n in range(300):
        one.put(area(f"a{n}"))
        other.put(area(f"b{n}"))
    receive(store, one)
    receive(store, other)
    query = settling.told_of(UNIT, "residential_areas", ["a1", "a2"])
    for analyzed in (False, True):
        with store.writing("Bình") as work:
            if analyzed:
                work.connection.exec_driver_sql("ANALYZE")
            text = query.compile(work.connection, compile_kwargs={"literal_binds": True})
            plan = work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
            work.commit()
        (search,) = [row[-1] for row in plan if "received_events" in row[-1]]
        assert "unit_code=? AND entity=? AND entity_id=?" in search


def test_what_a_restore_undid_pushes_nothing_living_out(store: Store) -> None:
    one = Laptop("m1")
    one.put(area())
    one.put(home())
    for n in range(450):
        one.put(home(head=f"Sẽ Mất {n}"))
    receive(store, one)
    back = one.restored(2)
    back.put(area("a2"))
    go_back(store, back, 2)
    assert heads_of_homes(store) == {"h1": "Bùi Thị Hoa"}
    assert aside(store) == []


@pytest.mark.parametrize("place", ["version", "base"])
def test_a_vector_of_more_laptops_than_any_unit_has_is_set_aside(store: Store, place: str) -> None:
    one = Laptop("m1")
    one.put(area())
    wide = {f"x{n}": 1 for n in range(64)}
    one.put(home(), base=wide)
    if place == "base":
        event = replace(one.log[-1].event, version={"m1": 1}, base_version={**wide, "y": 1})
        line = encode(event)
        one.log[-1] = Arrival(event, line, chain_hash(one.log[-2].hash, line))
    one.put(home("h2"), base={f"x{n}": 1 for n in range(63)})
    receive(store, one)
    assert aside(store) == [("m1", 2, "wrong-shape")]
    assert heads_of_homes(store) == {"h2": "Bùi Thị Hoa"}
    with store.writing("Bình") as work:
        assert len(settling.seen(work, UNIT, "households", "h1")) <= 1


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Collect the text of every statement that the store executes."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
        said.append(text)

    def save(_connection: object, _name: str) -> None:
        said.append("SAVEPOINT")

    sa.event.listen(store.engine, "before_cursor_execute", note)
    sa.event.listen(store.engine, "savepoint", save)
    yield said
    sa.event.remove(store.engine, "before_cursor_execute", note)
    sa.event.remove(store.engine, "savepoint", save)


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with all tables and nothing in them."""
    path = tmp_path_factory.mktemp("bare") / "bare.db"
    engine = open_engine(path, KEY)
    migrate(engine)
    engine.dispose()
    return path


@contextmanager
def fresh(bare: Path) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = Store(open_engine(Path(shutil.copy(bare, folder)), KEY), lambda: NOW)
        yield store
        store.close()


#: Who does what to which household; None deletes it; "hear" tells the laptop all that the other wrote until then.
STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["h1", "h2"]),
        st.sampled_from(["Một", "Hai", None, "hear", "area"]),
    ),
    max_size=10,
)


@given(STEPS, st.lists(st.integers(1, 4), max_size=6))
@settings(max_examples=40, deadline=None)
def test_what_stands_does_not_depend_on_the_order_of_sticks(
    bare: Path, steps: list[tuple[int, str, str | None]], cuts: list[int]
) -> None:
    laptops = Laptop("m1"), Laptop("m2")
    laptops[0].put(area())
    laptops[1].known = dict(laptops[0].known)
    for who, key, what in steps:
        play(laptops[who], laptops[1 - who], key, what)
    found = []
    for way in (laptops, laptops[::-1]):
        with fresh(bare) as store:
            for laptop in way:
                receive_in_parts(store, laptop, cuts)
            conflicts = {key for key in ("h1", "h2") if "concurrent" in codes_of(store, key)}
            assert {code for _, _, code in aside(store)} <= {"concurrent", "after-set-aside"}
            stands = {key: (head, version_of(store, key)) for key, head in heads_of_homes(store).items()}
            found.append((conflicts, {key: what for key, what in stands.items() if key not in conflicts}))
    assert found[0] == found[1]


def receive_in_parts(store: Store, laptop: Laptop, cuts: list[int]) -> None:
    place = 0
    for size in [*cuts, len(laptop.log)]:
        receive(store, Laptop(laptop.device, log=laptop.log[place : place + size]))
        place += size


def codes_of(store: Store, key: str) -> list[str]:
    with store.reading() as work:
        query = sa.select(set_aside.c.code).where(set_aside.c.entity_id == key)
        return list(work.connection.execute(query).scalars())


def play(laptop: Laptop, other: Laptop, key: str, what: str | None) -> None:
    if what == "hear":
        for name, version in other.known.items():
            mine = laptop.known.get(name, {})
            laptop.known[name] = {
                device: max(mine.get(device, 0), version.get(device, 0)) for device in {*mine, *version}
            }
    elif what == "area":
        laptop.put(area("a2" if laptop.device == "m1" else "a3"))
    elif what is None:
        if key in laptop.known:
            laptop.delete("households", key)
    else:
        laptop.put(home(key, what))


def test_batches_of_any_size_end_alike(bare: Path, two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    other.put(home("h1", "Khác"))
    one.put(home("h1", "Mới"))
    other.put(home("h2", "x", "nowhere"))
    other.put(home("h3"))
    for size in (1, 2, 99):
        with fresh(bare) as store:
            for laptop in two:
                receive_in_parts(store, laptop, [size] * len(laptop.log))
            assert heads_of_homes(store) == {"h1": "Mới", "h3": "Bùi Thị Hoa"}
            assert aside(store) == [("m2", 1, "concurrent"), ("m2", 2, "clash")]
