"""One action is one transaction, with its journal lines and events, and a stale version is refused."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.events import decode
from antq_desktop.domain.households import Household
from antq_desktop.storage import journal, outbox, register_tables, tables
from antq_desktop.storage.applying import Applier, Arrival
from antq_desktop.storage.failures import ChangedElsewhere, Clash
from antq_desktop.storage.unit_of_work import Store

MakeHousehold = Callable[..., Household]


def _count(store: Store, table: sa.Table) -> int:
    with store.reading() as work:
        return int(work.connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())


def test_a_saved_record_comes_back_as_it_was(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        saved = work.save(household(birth="1980-05-17", citizen_id="017080017576", members=4))
        changes = work.commit()
    assert saved.version == {"d1": 1}
    assert changes.touches("households")
    with store.reading() as work:
        assert work.get(Household, "h1") == saved
        assert work.all(Household, area_id="a1") == [saved]
        assert work.find(Household, "h1", unit_code="00001") is None


def test_every_write_has_its_journal_line_and_its_event(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        saved = work.save(household())
        work.save(replace(saved, head="Nguyễn Văn Ẩn"), note="wrong tone")
        work.commit()
    with store.reading() as work:
        lines = work.connection.execute(sa.select(tables.journal).order_by(tables.journal.c.id)).all()
        events = [decode(line) for line in outbox.lines(work.connection, 1, 1, 99)]
        assert journal.first_broken(work.connection) is None
        assert outbox.first_broken(work.connection) is None
    assert (lines[-1].user, lines[-1].action, lines[-1].note) == ("An", "saved", "wrong tone")
    assert lines[-1].changes == {"head": ["Nguyễn Văn Ánh", "Nguyễn Văn Ẩn"]}
    assert [(event.entity, event.version, event.base_version) for event in events[1:]] == [
        ("households", {"d1": 1}, {}),
        ("households", {"d1": 2}, {"d1": 1}),
    ]
    assert events[-1].body["head"] == "Nguyễn Văn Ẩn"
    assert "head_key" not in events[-1].body


def test_leaving_without_commit_keeps_nothing(store: Store, household: MakeHousehold) -> None:
    before = _count(store, tables.outbox), _count(store, tables.journal)
    with store.writing("An") as work:
        work.save(household())
    with pytest.raises(ZeroDivisionError), store.writing("An") as work:
        work.save(household())
        raise ZeroDivisionError
    assert _count(store, register_tables.households) == 0
    assert (_count(store, tables.outbox), _count(store, tables.journal)) == before


def test_a_stale_version_is_refused_and_a_fresh_one_is_kept(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        first = work.save(household())
        work.commit()
    with store.writing("Bình") as work:
        second = work.save(replace(first, members=5))
        work.commit()
    with pytest.raises(ChangedElsewhere), store.writing("An") as work:
        work.save(replace(first, members=7))
    with store.reading() as work:
        assert work.get(Household, "h1") == second


def test_one_record_twice_in_one_action_is_refused(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        first = work.save(household())
        work.commit()
    for pair in ([replace(first, note="a"), replace(first, note="b")], [household("h2"), household("h2")]):
        with pytest.raises(Clash), store.writing("An") as work:
            work.save_all(pair)
    with store.reading() as work:
        assert work.all(Household) == [first]


def test_saving_what_is_already_so_writes_nothing(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        saved = work.save(household())
        work.commit()
    events = _count(store, tables.outbox)
    with store.writing("An") as work:
        assert work.save(saved) == saved
        assert not work.commit()
    assert _count(store, tables.outbox) == events


def test_a_record_of_an_unknown_area_is_a_clash_and_leaves_nothing(
    store: Store, household: MakeHousehold
) -> None:
    events = _count(store, tables.outbox)
    with pytest.raises(Clash), store.writing("An") as work:
        work.save(household())
        work.save(replace(household("h2"), area_id="nowhere"))
    assert _count(store, register_tables.households) == 0
    assert _count(store, tables.outbox) == events


def test_a_deletion_is_an_event_with_its_reason(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        saved = work.save(household())
        work.commit()
    with store.writing("An") as work:
        work.delete(saved, "ghi nhầm")
        work.commit()
    with store.reading() as work:
        with pytest.raises(NotFound):
            work.get(Household, "h1")
        end = outbox.head(work.connection, 1)
        (line,) = outbox.lines(work.connection, 1, end.seq, end.seq)
    event = decode(line)
    assert (event.op, event.body, event.version) == ("delete", {"reason": "ghi nhầm"}, {"d1": 2})


def test_many_records_are_one_action(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        saved = work.save_all([household(f"h{n}", f"Nguyễn Văn {n}") for n in range(1200)])
        work.save_all([replace(saved[n], members=n % 9) for n in range(0, 1200, 2)])
        work.commit()
    assert _count(store, register_tables.households) == 1200
    with store.reading() as work:
        assert work.get(Household, "h40").members == 40 % 9
        assert work.get(Household, "h41").members is None
        assert outbox.head(work.connection, 1).seq == 1 + 1200 + 600
        assert outbox.first_broken(work.connection) is None


def test_numbers_are_taken_once_and_come_back_only_when_nothing_was_kept(store: Store) -> None:
    with store.writing("An") as work:
        assert [work.next_number("GCN", 2026), work.next_number("GCN", 2026)] == [1, 2]
        assert work.next_number("GCN", 2027) == 1
        work.commit()
    with store.writing("An") as work:
        assert work.next_number("GCN", 2026) == 3
    with store.writing("An") as work:
        assert work.next_number("GCN", 2026) == 3
        work.commit()
    with store.writing("An") as work:
        assert work.next_number("GCN", 2026) == 4


@pytest.mark.parametrize("table", ["outbox", "journal"])
@pytest.mark.parametrize("deed", ["UPDATE {} SET user = 'x'", "DELETE FROM {}"])
def test_the_logs_only_grow(store: Store, table: str, deed: str, household: MakeHousehold) -> None:
    with pytest.raises(Clash), store.writing("An") as work:
        work.connection.exec_driver_sql(deed.format(table))


def test_a_hand_on_the_logs_is_found(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        work.save_all([household(f"h{n}") for n in range(5)])
        work.commit()
    with store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER outbox_no_update")
        connection.exec_driver_sql("DROP TRIGGER journal_no_delete")
        connection.execute(
            sa.update(tables.outbox).where(tables.outbox.c.seq == 3).values(line=b'{"epoch":1}')
        )
        connection.execute(sa.delete(tables.journal).where(tables.journal.c.id == 4))
    with store.reading() as work:
        assert outbox.first_broken(work.connection) == (1, 3)
        assert journal.first_broken(work.connection) == 5


def test_versions_stand_in_one_text_however_they_were_built(store: Store, household: MakeHousehold) -> None:
    with store.writing("An") as work:
        work.save(household())
        work.commit()
    with store.reading() as work:
        text = work.connection.execute(sa.select(register_tables.households.c.version)).scalar_one()
    assert json.loads(text) == {"d1": 1}
    assert text == '{"d1":1}'


def test_a_bug_in_a_statement_names_no_person(store: Store, household: MakeHousehold) -> None:
    row = {"unit_code": "04978", "id": "h1", "head": "Nguyễn Văn Ánh"}
    with pytest.raises(sa.exc.StatementError) as failure, store.writing("An") as work:
        work.connection.execute(sa.text("INSERT INTO nowhere VALUES (:unit_code, :id, :head)"), row)
    assert "Nguyễn" not in str(failure.value)


@pytest.mark.parametrize("batch", [1, 9])
def test_a_record_that_comes_back_under_its_id_reaches_the_receiver_too(
    store: Store, household: MakeHousehold, batch: int
) -> None:
    with store.writing("An") as work:
        work.delete(work.save(household()), "ghi nhầm")
        again = work.save(household(head="Nguyễn Văn Ẩn"))
        work.commit()
    assert again.version == {"d1": 3}
    with store.reading() as work:
        lines = list(outbox.lines(work.connection, 1, 1, 99))
    with store.writing("An") as work:
        work.connection.execute(sa.delete(register_tables.households))
        work.connection.execute(sa.delete(register_tables.residential_areas))
        applier = Applier(work, "04978", "d1")
        arrivals = [Arrival(decode(line), line, b"") for line in lines]
        for start in range(0, len(arrivals), batch):
            applier.take(arrivals[start : start + batch])
        work.commit()
    assert applier.set_aside == []
    with store.reading() as work:
        assert work.get(Household, "h1") == again


def test_a_restored_laptop_counts_its_writes_under_another_name(
    store: Store, household: MakeHousehold
) -> None:
    with store.writing("An") as work:
        before = work.save(household())
        work.keep_local("epoch", 2)
        work.commit()
    store.identify()
    with store.writing("An") as work:
        assert work.save(replace(before, head="Hà Thị Bé")).version == {"d1": 1, "d1.2": 1}
        work.commit()
