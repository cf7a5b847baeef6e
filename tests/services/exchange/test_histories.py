"""Lost, repeated, cloned and restored: whatever happens to either side, the other says what it sees."""

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.domain.households import Household
from antq_desktop.services.recovery.trouble import SendingHalted
from antq_desktop.storage import outbox, register_tables, tables
from antq_desktop.storage.records import to_body

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")


def test_replay_changes_nothing_and_gives_the_same_acknowledgement(parties: "Parties") -> None:
    parties.work()
    sent = parties.send()
    parties.receive(sent.path)
    first = parties.acknowledge()
    content = first.read_bytes()
    again = parties.receive(sent.path, sent.path)
    assert [(each.verdict, each.code, each.new_events) for each in again] == [("known", "all-known", 0)] * 2
    first.unlink()
    assert parties.acknowledge().read_bytes() == content
    parties.assert_equal()


def test_gap_is_held_and_taken_up_by_itself(parties: "Parties") -> None:
    parties.work()
    first = parties.send()
    parties.receive(first.path)
    parties.commune.sending.take(parties.acknowledge())
    parties.work(2)
    lost = parties.send()
    # The upper level forgets what it confirmed, as after a restore: the next bundle leaps.
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 1, "seq": lost.seq_to})
        work.commit()
    parties.work(2)
    late = parties.send()
    (held,) = parties.receive(late.path)
    assert (held.verdict, held.code) == ("held", "gap")
    assert str(lost.seq_from) in held.sentence
    assert parties.receiving.receiving.communes()[0].state == "held"
    taken = parties.receive(lost.path)
    assert [(each.file, each.verdict, each.code) for each in taken] == [
        (lost.path.name, "taken", "all-new"),
        (late.path.name, "taken", "all-new"),
    ]
    parties.assert_equal()
    assert parties.receiving.receiving.communes()[0].state == "fresh"


def test_cloned_laptop_is_a_fork_alarm_and_both_files_stay(parties: "Parties") -> None:
    parties.work()
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "clone", ignore=shutil.ignore_patterns("*.lock")
    )
    parties.work(1)
    parties.receive(parties.send().path)
    clone = parties.open(parties.folder / "clone")
    area = clone.territory.areas()[0]
    clone.households.save(Household(id="", unit_code="", area_id=area.id, head="Đinh Khác", birth="1970"))
    other = clone.sending.send(parties.stick)
    before = parties.rows(parties.receiving)
    (verdict,) = parties.receive(other.path)
    assert (verdict.verdict, verdict.code, verdict.exit_code) == ("refused", "fork", 3)
    assert parties.rows(parties.receiving) == before
    assert len(list((parties.folder / "receiving" / "incoming").iterdir())) == 1
    assert parties.receiving.receiving.communes()[0].state == "alarm"
    # The acknowledgement of the first history stops the clone.
    clone.households.save(Household(id="", unit_code="", area_id=area.id, head="Đinh Nữa", birth="1971"))
    taken = clone.sending.take(parties.acknowledge())
    assert (taken.code, taken.is_alarm, taken.delivered) == ("ack-fork", True, 0)
    with pytest.raises(SendingHalted):
        clone.sending.send(parties.stick)
    clone.close()


def test_restored_laptop_is_stopped_by_the_acknowledgement(parties: "Parties") -> None:
    parties.work(1)
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "backup", ignore=shutil.ignore_patterns("*.lock")
    )
    parties.work(3)
    parties.receive(parties.send().path)
    there = parties.acknowledge()
    parties.reopen_commune_as(parties.folder / "backup")
    taken = parties.commune.sending.take(there)
    assert taken.code == "ack-ahead"
    assert "antq workspace mend" in taken.sentence
    assert "«Xử lý…»" in taken.sentence
    assert parties.commune.sending.waiting().halted == "ack-ahead"
    with pytest.raises(SendingHalted):
        parties.send()


def test_an_acknowledgement_from_before_the_alarm_does_not_end_it(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    first = parties.acknowledge()
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "backup", ignore=shutil.ignore_patterns("*.lock")
    )
    parties.work(3)
    parties.receive(parties.send().path)
    second = parties.acknowledge()
    parties.reopen_commune_as(parties.folder / "backup")
    assert parties.commune.sending.take(second).code == "ack-ahead"
    assert parties.commune.sending.take(first).code == "ack-forward"
    assert parties.commune.sending.waiting().halted == "ack-ahead"
    parties.work(1)
    with pytest.raises(SendingHalted):
        parties.send()


def test_restore_is_taken_as_a_new_epoch_and_rolled_back(parties: "Parties") -> None:
    homes = parties.work(2)
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "backup", ignore=shutil.ignore_patterns("*.lock")
    )
    changed = {name: getattr(homes[0], name) for name in Household.__slots__} | {"head": "Tên Sẽ Mất"}
    parties.commune.households.save(Household(**changed))
    parties.work(2)
    parties.receive(parties.send().path)
    parties.reopen_commune_as(parties.folder / "backup")
    store = parties.store(parties.commune)
    with store.writing("An") as work:
        work.keep_local("epoch", 2)
        work.commit()
    store.identify()
    parties.work(1)
    sent = parties.send()
    # The first epoch is sealed too, since nothing of it was acknowledged.
    assert [each.epoch for each in (*sent.earlier, sent)] == [1, 2]
    verdicts = parties.receive(sent.earlier[0].path, sent.path)
    assert [(each.verdict, each.code) for each in verdicts] == [("known", "all-known"), ("taken", "restore")]
    assert verdicts[1].rolled_back is not None
    parties.assert_equal()
    taken = parties.commune.sending.take(parties.acknowledge())
    assert (taken.code, taken.waiting) == ("ack-forward", 0)


def test_older_acknowledgement_is_ignored(parties: "Parties", tmp_path: Path) -> None:
    parties.work()
    parties.receive(parties.send().path)
    old = shutil.copy(parties.acknowledge(), tmp_path / "old.antq")
    parties.work()
    parties.receive(parties.send().path)
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-forward"
    assert parties.commune.sending.take(Path(old)).code == "ack-older"
    assert parties.commune.sending.waiting().count == 0
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-equal"


@pytest.mark.only_on_file
def test_restored_upper_level_is_sent_everything_again(parties: "Parties", tmp_path: Path) -> None:
    parties.work()
    parties.receive(parties.send().path)
    parties.acknowledge()
    parties.receiving.close()
    shutil.copytree(parties.folder / "receiving", tmp_path / "old")
    parties.receiving = parties.open(parties.folder / "receiving")
    parties.work()
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    assert parties.commune.sending.waiting().count == 0
    parties.receiving.close()
    parties.receiving = parties.open(tmp_path / "old")
    parties.receive()
    with parties.store(parties.receiving).writing("Bình") as work:
        # One more line to say, so that the acknowledgement is another one under a number that was used.
        work.connection.execute(sa.update(tables.received_bundles).values(code="tail-new"))
        work.commit()
    taken = parties.commune.sending.take(parties.acknowledge())
    assert taken.code == "ack-behind"
    assert parties.commune.sending.waiting().count == 3
    (verdict,) = parties.receive(parties.send().path)
    assert verdict.verdict == "taken"
    parties.assert_equal()


def test_newer_criteria_are_held_until_they_are_here(parties: "Parties") -> None:
    parties.work(1)
    area = parties.commune.territory.areas()[0]
    parties.commune.assessments.start(area.id)
    with parties.store(parties.commune).writing("An") as work:
        work.connection.execute(
            sa.update(register_tables.self_assessments).values(catalogue_version="2030.1")
        )
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code) == ("held", "catalogue-newer")


@pytest.mark.parametrize("years", [-10, 10])
def test_clock_far_off_changes_nothing(parties: "Parties", years: int) -> None:
    parties.clock.at += timedelta(days=365 * years)
    parties.work(2)
    sent = parties.send()
    parties.clock.at -= timedelta(days=365 * years)
    (verdict,) = parties.receive(sent.path)
    assert verdict.verdict == "taken"
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-forward"


def test_acknowledgement_of_lost_events_confirms_nothing_of_the_new_epoch(parties: "Parties") -> None:
    parties.work(1)
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "backup", ignore=shutil.ignore_patterns("*.lock")
    )
    parties.work(6)
    parties.receive(parties.send().path)
    lost = parties.acknowledge()
    parties.reopen_commune_as(parties.folder / "backup")
    _new_epoch(parties, 2)
    parties.work(2)
    before = parties.commune.sending.waiting().count
    taken = parties.commune.sending.take(lost)
    assert (taken.code, taken.delivered, taken.waiting) == ("ack-equal", 0, before)
    assert parties.commune.sending.waiting().count == before
    sent = parties.send()
    assert parties.receive(*(each.path for each in (*sent.earlier, sent)))[-1].code == "restore"
    parties.assert_equal()
    assert parties.commune.sending.take(parties.acknowledge()).waiting == 0


def test_record_whose_bad_event_was_rolled_back_is_taken_again(parties: "Parties") -> None:
    (home,) = parties.work(1)
    fields = {name: getattr(home, name) for name in Household.__slots__}
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "backup", ignore=shutil.ignore_patterns("*.lock")
    )
    store = parties.store(parties.commune)
    with store.writing("An") as work:
        body = {**to_body(home), "members": "bốn"}
        version = {store.device_id: 2}
        change = outbox.Change("households", home.id, version, home.version, "put", body)
        outbox.append(work.connection, 1, work.at_text, "An", [change])
        work.commit()
    (bad,) = parties.receive(parties.send().path)
    assert [each.code for each in bad.set_aside] == ["wrong-shape"]
    parties.reopen_commune_as(parties.folder / "backup")
    _new_epoch(parties, 2)
    parties.commune.households.save(Household(**{**fields, "head": "Tên Mới"}))
    sent = parties.send()
    verdicts = parties.receive(*(each.path for each in (*sent.earlier, sent)))
    assert (verdicts[-1].code, verdicts[-1].set_aside) == ("restore", ())
    parties.assert_equal()


def test_waiting_bundle_of_a_withdrawn_key_blocks_nobody(parties: "Parties") -> None:
    parties.work(1)
    first = parties.send()
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 1, "seq": first.seq_to})
        work.commit()
    parties.work(1)
    late = parties.send()
    assert parties.receive(late.path)[0].code == "gap"
    with parties.store(parties.receiving).writing("Bình") as work:
        values = {"status": "revoked", "revoked_from": first.seq_to + 1}
        work.connection.execute(sa.update(tables.devices).values(**values))
        work.commit()
    verdicts = parties.receive(first.path)
    assert [(each.verdict, each.code) for each in verdicts] == [
        ("taken", "all-new"),
        ("refused", "key-revoked"),
    ]
    assert parties.receive() == []
    assert f"file_refused key-revoked {late.path.name}" in parties.journal(parties.receiving)


def test_acknowledgement_with_an_older_trust_document_still_counts(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    before = parties.acknowledge()
    parties.enrol()  # the same laptop asks again and believes a newer document now
    taken = parties.commune.sending.take(before)
    assert (taken.code, taken.waiting, taken.trust_version) == ("ack-forward", 0, 2)


def test_second_restore_from_another_backup_undoes_the_first_one(parties: "Parties") -> None:
    parties.work(1)
    _back_up(parties, "older")
    parties.work(4)
    _back_up(parties, "newer")
    parties.work(1)
    parties.receive(parties.send().path)
    # The wrong backup first, then the right one, whose end lies behind the place where the wrong one began.
    for epoch, backup in ((2, "older"), (3, "newer")):
        parties.reopen_commune_as(parties.folder / backup)
        _new_epoch(parties, epoch)
        parties.work(2)
        sent = parties.send()
        verdicts = parties.receive(*(each.path for each in (*sent.earlier, sent)))
        assert verdicts[-1].code == "restore"
        assert verdicts[-1].rolled_back is not None
        parties.assert_equal()


@pytest.mark.only_on_file
def test_acknowledgement_from_before_the_upper_level_was_restored_is_not_believed_again(
    parties: "Parties", tmp_path: Path
) -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    parties.receiving.close()
    shutil.copytree(parties.folder / "receiving", tmp_path / "old")
    parties.receiving = parties.open(parties.folder / "receiving")
    parties.work(2)
    parties.receive(parties.send().path)
    forgotten = Path(shutil.copy(parties.acknowledge(), tmp_path / "forgotten.antq"))
    assert parties.commune.sending.take(forgotten).waiting == 0
    parties.receiving.close()
    parties.receiving = parties.open(tmp_path / "old")
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-behind"
    again = parties.commune.sending.take(forgotten)
    assert (again.code, again.waiting) == ("ack-older", 2)
    assert parties.receive(parties.send().path)[0].verdict == "taken"
    parties.assert_equal()
    assert parties.commune.sending.take(parties.acknowledge()).waiting == 0


def _back_up(parties: "Parties", name: str) -> None:
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / name, ignore=shutil.ignore_patterns("*.lock")
    )


def _new_epoch(parties: "Parties", epoch: int) -> None:
    store = parties.store(parties.commune)
    with store.writing("An") as work:
        work.keep_local("epoch", epoch)
        work.commit()
    store.identify()
