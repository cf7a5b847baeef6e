"""What an officer saves on a commune's laptop settles at once what waited for it, by the same rule as the next bundle would."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import sqlalchemy as sa

from antq_desktop.domain.commitments import Campaign, Commitment
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.storage.applying import Applier
from antq_desktop.storage.engine import open_engine
from antq_desktop.storage.failures import Clash
from antq_desktop.storage.record_writing import RecordWriter
from antq_desktop.storage.records import KINDS, Record
from antq_desktop.storage.settling import Settling
from antq_desktop.storage.tables import set_aside
from antq_desktop.storage.unit_of_work import Reading, Store, Writing
from tests.storage.conftest import KEY, NOW
from tests.storage.test_settling import Laptop, area, aside, home, statements

OWN = "04978"


def of_commune(record: Any) -> Any:
    return replace(record, unit_code=OWN)


def paper(key: str, home_id: str) -> Commitment:
    return Commitment(id=key, unit_code=OWN, household_id=home_id, campaign_id="k1", year=2026)


def receive(store: Store, laptop: Laptop, at: int = 0) -> None:
    with store.writing("Bình") as work:
        applier = Applier(work, OWN, laptop.device)
        applier.take(laptop.log[at:])
        applier.finish()
        work.commit()


def save(store: Store, *records: Record) -> set[str]:
    """Save as an officer does; return the tables that are said to have changed."""
    with store.writing("An") as work:
        for record in records:
            work.save(record)
        return set(work.commit().tables)


def delete(store: Store, kind: type[Record], key: str) -> None:
    with store.writing("An") as work:
        work.delete(work.get(kind, key), "Nhập nhầm")
        work.commit()


def everything(work: Reading) -> dict[str, list[Any]]:
    """Return all records and what is set aside with why; of several records that are in its way any one is named."""
    columns = [each for each in set_aside.c if each.name not in {"at", "facts"}]
    rows = work.connection.execute(sa.select(*columns, set_aside.c.facts))
    found = {"set_aside": sorted(repr((*row[:-1], {**row.facts, "child": ""})) for row in rows)}
    for kind in KINDS:
        found[kind.entity] = sorted(map(repr, work.connection.execute(sa.select(kind.table))))
    return found


def settled_once_more(work: Writing) -> dict[str, list[Any]]:
    """Return what there would be after the next bundle."""
    Settling(work, OWN, RecordWriter(work, OWN)).try_again()
    return everything(work)


@pytest.fixture
def waiting(store: Store) -> Laptop:
    """Return another laptop whose household waits for an area that is not here, with two changes of it."""
    other = Laptop("m2")
    other.put(of_commune(home("h2", "Đinh Văn Tư", area_id="a2")))
    other.put(of_commune(home("h2", "Đinh Văn Năm", area_id="a2")))
    receive(store, other)
    assert aside(store) == [("m2", 1, "clash"), ("m2", 2, "after-set-aside")]
    return other


@pytest.mark.usefixtures("waiting")
def test_what_waited_for_a_record_stands_as_soon_as_that_is_entered(store: Store) -> None:
    assert save(store, of_commune(area("a1"))) >= {"residential_areas"}
    assert len(aside(store)) == 2  # not what it waits for
    touched = save(store, of_commune(area("a2", "Xóm Mới")))
    assert aside(store) == []
    assert {"households", "set_aside", "residential_areas"} <= touched
    with store.reading() as work:
        assert work.get(Household, "h2").head == "Đinh Văn Năm"


@pytest.mark.usefixtures("waiting")
def test_nothing_is_settled_where_the_officers_action_is_not_kept(store: Store) -> None:
    with store.writing("An") as work:
        work.save(of_commune(area("a2")))
    assert len(aside(store)) == 2


@pytest.mark.parametrize("way", ["deleted", "moved"])
def test_what_had_no_place_stands_as_soon_as_that_is_free(store: Store, way: str) -> None:
    campaign = Campaign(id="k1", unit_code=OWN, year=2026, kind="yearly", name="2026")
    save(
        store, of_commune(area()), of_commune(home("h1")), of_commune(home("h9")), campaign, paper("c1", "h1")
    )
    other = Laptop("m2")
    other.put(paper("c2", "h1"))
    receive(store, other)
    assert aside(store) == [("m2", 1, "clash")]
    if way == "deleted":
        delete(store, Commitment, "c1")
    else:
        with store.writing("An") as work:
            work.save(replace(work.get(Commitment, "c1"), household_id="h9"))
            work.commit()
    assert aside(store) == []
    with store.reading() as work:
        assert work.get(Commitment, "c2").household_id == "h1"


def test_a_deletion_stands_as_soon_as_nothing_belongs_to_the_record(store: Store) -> None:
    save(store, of_commune(area()))
    with store.reading() as work:
        known = {"a1": work.get(ResidentialArea, "a1").version}
    save(store, of_commune(home("h1")), of_commune(home("h2")))
    other = Laptop("m2", known=known)
    other.delete("residential_areas", "a1")
    receive(store, other)
    assert aside(store) == [("m2", 1, "clash")]
    delete(store, Household, "h1")
    assert aside(store) == [("m2", 1, "clash")]
    delete(store, Household, "h2")
    assert aside(store) == []
    with store.reading() as work:
        assert work.find(ResidentialArea, "a1") is None


def test_where_nothing_is_set_aside_a_save_costs_one_look(store: Store) -> None:
    with statements(store) as said:
        save(store, of_commune(area("a1")))
    looks = [text for text in said if "FROM set_aside" in text and "outbox" not in text]
    assert len(looks) == 1
    assert "LIMIT" in looks[0]


def test_what_waits_for_others_is_not_settled_at_each_save(store: Store) -> None:
    other = Laptop("m2")
    for n in range(50):
        other.put(of_commune(home(f"h{n}", area_id="a2")))
    receive(store, other)
    with statements(store) as said:
        save(store, of_commune(area("a1")))
    assert not [text for text in said if "FROM received_events" in text]
    assert len(aside(store)) == 50


@contextmanager
def fresh(bare: Path) -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = Store(open_engine(Path(shutil.copy(bare, folder)), KEY), lambda: NOW)
        yield store
        store.close()


@pytest.mark.parametrize("seed", [*range(8), 30, 45])
def test_after_each_save_nothing_is_left_that_the_next_bundle_would_settle(migrated: Path, seed: int) -> None:
    random = Random(seed)
    other = Laptop("m2")
    with fresh(migrated) as store:
        save(store, Campaign(id="k1", unit_code=OWN, year=2026, kind="yearly", name="2026"))
        for _ in range(25):
            record = random.choice(
                [
                    of_commune(area(f"a{random.randrange(3)}", f"Xóm {random.randrange(3)}")),
                    of_commune(home(f"h{random.randrange(3)}", area_id=f"a{random.randrange(3)}")),
                    paper(f"c{random.randrange(3)}", f"h{random.randrange(3)}"),
                ]
            )
            deletes = random.random() < 0.3
            if random.random() < 0.5:
                if deletes and record.id in other.known:
                    other.delete(next(k.entity for k in KINDS if k.record is type(record)), record.id)
                else:
                    other.put(record)
                receive(store, other, at=len(other.log) - 1)
            else:
                act(store, record, deletes=deletes)
            with store.writing("An") as work:
                before = everything(work)
                assert settled_once_more(work) == before


def act(store: Store, record: Any, *, deletes: bool) -> None:
    """Save or delete as an officer may; what clashes is refused and changes nothing."""
    with store.reading() as work:
        there = work.find(type(record), record.id)
    try:
        if deletes and there:
            delete(store, type(record), record.id)
        elif not deletes:
            save(store, replace(record, version=there.version if there else {}))
    except Clash:
        return
