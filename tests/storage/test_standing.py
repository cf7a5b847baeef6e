"""Where records need each other or cannot stand together, what stands follows from all that was told, never from the order.

``ANTQ_STANDING_EXAMPLES`` lets the random histories run for longer than a moment.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from antq_desktop.domain.assessment import SelfAssessment
from antq_desktop.domain.commitments import Campaign, Commitment
from antq_desktop.domain.recognition import Certificate, Recognition
from antq_desktop.storage.applying import Applier
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.key_file import Vault
from antq_desktop.storage.migrate import migrate
from antq_desktop.storage.postgres import open_engine as open_server
from antq_desktop.storage.records import KINDS
from antq_desktop.storage.tables import set_aside
from antq_desktop.storage.unit_of_work import Store
from tests.storage.test_settling import KEY, NOW, UNIT, Laptop, area, home

if TYPE_CHECKING:
    from tests.postgres_server import Server

EXAMPLES = int(os.environ.get("ANTQ_STANDING_EXAMPLES", "25"))
DAY = date(2026, 3, 1)


def campaign(key: str = "k1") -> Campaign:
    return Campaign(id=key, unit_code=UNIT, year=2026, kind="yearly", name=key)


def paper(key: str, home_id: str = "h1", campaign_id: str = "k1") -> Commitment:
    return Commitment(id=key, unit_code=UNIT, household_id=home_id, campaign_id=campaign_id, year=2026)


def assessment(key: str, unit_id: str = "a1") -> SelfAssessment:
    return SelfAssessment(
        id=key,
        unit_code=UNIT,
        unit_kind="area",
        unit_id=unit_id,
        year=2026,
        catalogue_id="c",
        catalogue_version="1",
        catalogue_sha256="0",
    )


def recognition(key: str, assessment_id: str) -> Recognition:
    return Recognition(
        id=key,
        unit_code=UNIT,
        assessment_id=assessment_id,
        unit_kind="area",
        unit_id="a1",
        unit_name="Xóm Bãi",
        year=2026,
        decision_number="1/QĐ",
        decision_date=DAY,
        decided_by="",
        signer="",
        signer_post="",
    )


def certificate(key: str, recognition_id: str, number: int) -> Certificate:
    return Certificate(
        id=key,
        unit_code=UNIT,
        recognition_id=recognition_id,
        year=2026,
        kind="recognition",
        number=number,
        issued_on=DAY,
    )


#: What laptops may say of each record: of some two need each other, of some two cannot stand together.
SAYINGS: dict[str, list[Any]] = {
    "a1": [area("a1"), area("a1", "Xóm Đổi Tên")],
    "a2": [area("a2")],
    "h1": [home("h1"), home("h1", area_id="a2")],
    "h2": [home("h2", area_id="a2"), home("h2", "Đinh Văn Tư")],
    "k1": [campaign()],
    "c1": [paper("c1"), paper("c1", "h2")],
    "c2": [paper("c2"), paper("c2", "h2")],
    "c3": [paper("c3", "h2"), paper("c3")],
    "s1": [assessment("s1"), assessment("s1", "a2")],
    "s2": [assessment("s2"), assessment("s2", "a2")],
    "r1": [recognition("r1", "s1"), recognition("r1", "s2")],
    "r2": [recognition("r2", "s2")],
    "g1": [certificate("g1", "r1", 1), certificate("g1", "r1", 2)],
    "g2": [certificate("g2", "r2", 1)],
}
KINDS_OF = {
    key: next(kind.entity for kind in KINDS if kind.record is type(said[0])) for key, said in SAYINGS.items()
}
#: Who does what: says the n-th thing of a record, deletes it, hears all of the other, or goes back to a backup.
STEPS = st.lists(
    st.one_of(
        st.tuples(st.integers(0, 1), st.sampled_from(sorted(SAYINGS)), st.sampled_from([0, 0, 1, "delete"])),
        st.tuples(st.integers(0, 1), st.sampled_from(["hear", "hear", "restore"]), st.integers(0, 20)),
    ),
    min_size=4,
    max_size=30,
)


@dataclass
class Stick:
    """Events ``start`` … of a log; ``goes_back``: they begin a new epoch there."""

    laptop: Laptop
    start: int
    end: int
    goes_back: bool = False


class World:
    """Two laptops that begin with the same area, household and campaign, and what they carried away."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        self.laptops = [Laptop("m1"), Laptop("m2")]
        self.sticks: list[list[Stick]] = [[], []]
        self._carried = [0, 0]
        self._heard = [0, 0]
        for key in ("a1", "h1", "k1"):
            self.laptops[0].put(SAYINGS[key][0])
        self.laptops[1].known = dict(self.laptops[0].known)

    def step(self, who: int, key: str, what: Any) -> None:
        laptop = self.laptops[who]
        if key == "hear":
            for name, version in self.laptops[1 - who].known.items():
                mine = laptop.known.get(name, {})
                laptop.known[name] = {
                    device: max(mine.get(device, 0), version.get(device, 0)) for device in {*mine, *version}
                }
        elif key == "restore":
            self._restore(who, what)
        elif what != "delete":
            said = SAYINGS[key]
            laptop.put(said[what % len(said)])
        elif key in laptop.known:
            laptop.delete(KINDS_OF[key], key)

    def _restore(self, who: int, seq: int) -> None:
        self.carry(who)
        laptop = self.laptops[who]
        back = laptop.restored(min(seq, len(laptop.log)))
        place = len(back.log)
        back.put(area(f"sau-{laptop.device}-{back.epoch}"))
        self.laptops[who], self._carried[who] = back, place + 1
        self.sticks[who].append(Stick(back, place, place + 1, goes_back=True))

    def carry(self, who: int) -> None:
        """Put what was written since on sticks of any size."""
        laptop = self.laptops[who]
        while self._carried[who] < len(laptop.log):
            start = self._carried[who]
            end = self.dice.randint(start + 1, len(laptop.log))
            self.sticks[who].append(Stick(laptop, start, end))
            self._carried[who] = end

    def order(self) -> list[Stick]:
        """Return all sticks, those of each laptop in their order, else mixed."""
        turns = [who for who in (0, 1) for _ in self.sticks[who]]
        self.dice.shuffle(turns)
        left = [iter(self.sticks[who]) for who in (0, 1)]
        return [next(left[who]) for who in turns]


def bring(store: Store, stick: Stick) -> None:
    log = stick.laptop.log
    with store.writing("Bình") as work:
        applier = Applier(work, UNIT, stick.laptop.device)
        if stick.goes_back:
            parent = log[stick.start - 1].event.epoch if stick.start else 1
            applier.roll_back(stick.laptop.epoch, parent, stick.start)
        applier.take(log[stick.start : stick.end])
        applier.finish()
        work.commit()


def everything(store: Store) -> dict[str, Any]:
    """Return all that stands with its version, and all that was set aside with its reason."""
    with store.reading() as work:
        tables = [kind.table for kind in KINDS] + [set_aside]
        return {
            table.name: sorted(
                (
                    {name: value for name, value in row.items() if name != "at"}
                    for row in work.connection.execute(
                        sa.select(table).where(table.c.unit_code == UNIT)
                    ).mappings()
                ),
                key=repr,
            )
            for table in tables
        }


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


@given(STEPS, st.integers(0, 2**32))
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_stands_and_what_is_set_aside_is_the_same_in_every_order(
    bare: Path, steps: list[tuple[int, str, Any]], seed: int
) -> None:
    world = World(Random(seed))
    for step in steps:
        world.step(*step)
    for who in (0, 1):
        world.carry(who)
    found: list[dict[str, Any]] = []
    for _ in range(3):
        with fresh(bare) as store:
            for stick in world.order():
                bring(store, stick)
            found.append(everything(store))
            with store.writing("Bình") as work:
                Applier(work, UNIT, "m1").rebuild()
                work.commit()
            assert everything(store) == found[-1]
    assert found[0] == found[1] == found[2]


def in_both_orders(bare: Path, *laptops: Laptop) -> dict[str, Any]:
    """Return what stands after both orders, which is the same."""
    found = []
    for way in (laptops, laptops[::-1]):
        with fresh(bare) as store:
            for laptop in way:
                bring(store, Stick(laptop, 0, len(laptop.log)))
            found.append(everything(store))
    assert found[0] == found[1]
    return found[0]


def ids(found: dict[str, Any], table: str) -> list[str]:
    return [row["id"] for row in found[table]]


def reasons(found: dict[str, Any]) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [(row["entity"], row["entity_id"], row["code"], row["facts"]) for row in found["set_aside"]]


@pytest.fixture
def two() -> tuple[Laptop, Laptop]:
    """Return two laptops that both know an area, a household in it and a campaign."""
    one, other = Laptop("m1"), Laptop("m2")
    for key in ("a1", "h1", "k1"):
        one.put(SAYINGS[key][0])
    other.known = dict(one.known)
    return one, other


def test_what_was_deleted_stays_as_long_as_something_belongs_to_it(
    bare: Path, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.delete("households", "h1")
    one.delete("residential_areas", "a1")
    other.put(paper("c1"))
    found = in_both_orders(bare, one, other)
    assert (ids(found, "households"), ids(found, "commitments")) == (["h1"], ["c1"])
    assert ids(found, "residential_areas") == ["a1"]
    assert reasons(found) == [
        ("households", "h1", "clash", {"child": ["commitments", "c1"]}),
        ("residential_areas", "a1", "clash", {"child": ["households", "h1"]}),
    ]
    other.delete("commitments", "c1")
    found = in_both_orders(bare, one, other)
    assert [found[table] for table in ("households", "residential_areas", "set_aside")] == [[], [], []]


def test_of_two_with_one_key_the_same_stands_whichever_came_first(
    bare: Path, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.put(paper("c2"))
    other.put(paper("c1"))
    found = in_both_orders(bare, one, other)
    assert ids(found, "commitments") == ["c1"]
    assert reasons(found) == [("commitments", "c2", "clash", {"rival": ["commitments", "c1"]})]


def test_what_hangs_on_a_record_that_makes_room_waits_with_it(bare: Path, two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    one.put(assessment("s2"))
    one.put(recognition("r2", "s2"))
    other.put(assessment("s1"))
    found = in_both_orders(bare, one, other)
    assert (ids(found, "self_assessments"), ids(found, "recognitions")) == (["s1"], [])
    assert reasons(found) == [
        ("self_assessments", "s2", "clash", {"rival": ["self_assessments", "s1"]}),
        ("recognitions", "r2", "clash", {"needs": [["self_assessments", "s2"]]}),
    ]


def test_two_records_that_change_places_in_one_bundle_do(bare: Path, two: tuple[Laptop, Laptop]) -> None:
    one, _ = two
    one.put(home("h2"))
    for key, home_id in (("c1", "h1"), ("c2", "h2")):
        one.put(paper(key, home_id))
    half = len(one.log)
    one.put(paper("c1", "h2"))
    one.put(paper("c2", "h1"))
    with fresh(bare) as store:
        bring(store, Stick(one, 0, half))
        bring(store, Stick(one, half, len(one.log)))
        found = everything(store)
    assert {row["id"]: row["household_id"] for row in found["commitments"]} == {"c1": "h2", "c2": "h1"}
    assert found["set_aside"] == []


def test_what_a_restore_took_back_stays_while_another_laptop_uses_it(
    bare: Path, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.put(area("a2"))
    other.known["a2"] = one.known["a2"]
    other.put(home("h2", area_id="a2"))
    back = one.restored(3)
    back.put(area("a3"))
    found = []
    for turn in (0, 1):
        with fresh(bare) as store:
            sticks = [Stick(one, 0, 4), Stick(back, 3, 4, goes_back=True)]
            sticks.insert(2 * turn, Stick(other, 0, len(other.log)))
            for stick in sticks:
                bring(store, stick)
            found.append(everything(store))
    assert found[0] == found[1]
    assert ids(found[0], "residential_areas") == ["a1", "a2", "a3"]
    assert reasons(found[0]) == [("residential_areas", "a2", "still-needed", {"child": ["households", "h2"]})]


def test_of_versions_that_did_not_know_each_other_the_same_stands_whichever_came_first(
    bare: Path, two: tuple[Laptop, Laptop]
) -> None:
    one, other = two
    one.put(home("h1", "Một"))
    other.put(home("h1", "Hai"))
    other.put(home("h1", "Ba"))
    found = in_both_orders(bare, one, other)
    assert [row["head"] for row in found["households"]] == ["Một"]
    assert [code for _, _, code, _ in reasons(found)] == ["concurrent", "after-set-aside"]


@pytest.mark.parametrize("seed", range(3))
def test_a_server_has_the_same_as_a_file(bare: Path, postgres: "Server", seed: int) -> None:
    dice = Random(seed)
    world = World(dice)
    for _ in range(40):
        key = dice.choice([*SAYINGS, "hear", "restore"])
        world.step(
            dice.randint(0, 1),
            key,
            dice.randint(0, 20) if key == "restore" else dice.choice([0, 1, "delete"]),
        )
    for who in (0, 1):
        world.carry(who)
    engine = open_server(postgres.make_database())
    migrate(engine)
    server = Store(engine, lambda: NOW, Vault(KEY))
    with fresh(bare) as file:
        for store in (file, server):
            for stick in world.order():
                bring(store, stick)
        assert everything(server) == everything(file)
    server.close()
