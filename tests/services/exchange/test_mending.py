"""Data that was taken back or copied: each layer finds it, nothing leaves, and the way out ends with both sides equal."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.domain.households import Household
from antq_desktop.exchange import seal
from antq_desktop.exchange.manifest import AckSeen, BundleDraft
from antq_desktop.runtime import counters
from antq_desktop.runtime.counters import FOLDER_VARIABLE
from antq_desktop.services.application import Application
from antq_desktop.services.recovery.mending import RECORD, NothingToMend, OnlyRestored, ReasonMissing
from antq_desktop.services.recovery.taking_back import replace_workspace, restore_workspace
from antq_desktop.services.recovery.trouble import Restored, SendingHalted, Trouble
from antq_desktop.storage import outbox, tables
from antq_desktop.storage import receiving as received
from antq_desktop.storage.backup import NotABackup

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

#: How a sentence begins about an acknowledgement that is not on record.
ALARM = "Cảnh báo: xã nhắc tới một phiếu xác nhận"
WHY = "ổ cứng hỏng, lấy lại bản sao"


def copied(parties: "Parties", side: Application, name: str) -> Path:
    """Copy the files of a closed side by hand, as an officer does."""
    source = parties.folder / ("commune" if side is parties.commune else "receiving")
    parties.store(side).close()
    shutil.copytree(source, parties.folder / name, ignore=shutil.ignore_patterns("*.lock"))
    return parties.folder / name


def put_back(parties: "Parties", copy: Path, folder: str) -> None:
    """Lay the database of a copy over the one in use; whatever lies beside it stays."""
    target = parties.folder / folder
    for path in target.glob("antq.db*"):
        path.unlink()
    for path in copy.glob("antq.db*"):
        shutil.copy(path, target)


def reopened(parties: "Parties", *, elsewhere: bool = False) -> Application:
    parties.commune.close()
    parties.commune = parties.open(parties.folder / "commune", elsewhere=elsewhere)
    return parties.commune


def reopened_receiving(parties: "Parties", *, elsewhere: bool = False) -> Application:
    parties.receiving.close()
    parties.receiving = parties.open(parties.folder / "receiving", elsewhere=elsewhere)
    return parties.receiving


def trouble_of(side: Application) -> Trouble:
    found = side.mending.state()
    assert found is not None
    return found


def settle(parties: "Parties") -> None:
    """Carry the stick until everything is confirmed; then both sides must be equal."""
    sent = parties.send()
    parties.receive(*(each.path for each in (*sent.earlier, sent)))
    taken = parties.commune.sending.take(parties.acknowledge())
    if taken.waiting:
        again = parties.send()
        parties.receive(*(each.path for each in (*again.earlier, again)))
        taken = parties.commune.sending.take(parties.acknowledge())
    assert (taken.waiting, taken.set_aside_total) == (0, 0)
    assert not taken.is_alarm
    parties.assert_equal()
    assert parties.commune.journal.check().holds


@pytest.mark.parametrize("layer", ["beside", "profile"])
def test_each_counter_finds_a_database_that_was_put_back(
    parties: "Parties", own_counters: Path, layer: str
) -> None:
    parties.work(2)
    copy = copied(parties, parties.commune, "copy")
    reopened(parties)
    parties.work(3)
    sent = parties.send()
    parties.receive(sent.path)
    parties.store(parties.commune).close()
    put_back(parties, copy, "commune")
    if layer == "profile":
        (parties.folder / "commune" / "antq.counter").unlink()
    else:
        shutil.rmtree(own_counters)
    commune = reopened(parties)
    found = trouble_of(commune)
    assert (found.code, found.found_by) == ("restored", layer)
    assert (found.here_seq, found.known_seq, found.lost) == (sent.seq_to - 3, sent.seq_to, 3)
    assert found.here_at
    assert found.known_at
    with pytest.raises(Restored):
        parties.send()
    assert commune.sending.waiting().halted == "restored"
    assert f"alarm restored {layer}" in parties.journal(commune)
    done = commune.mending.mend("restored", WHY)
    assert (done.epoch, done.parent_seq, done.lost) == (2, found.here_seq, 3)
    assert commune.mending.state() is None
    settle(parties)


def test_the_acknowledgement_finds_it_where_no_counter_is(parties: "Parties") -> None:
    parties.work(2)
    copy = copied(parties, parties.commune, "copy")
    reopened(parties)
    parties.work(3)
    parties.receive(parties.send().path)
    there = parties.acknowledge()
    parties.reopen_commune_as(copy)
    assert parties.commune.mending.state() is None
    assert parties.commune.sending.take(there).code == "ack-ahead"
    found = trouble_of(parties.commune)
    assert (found.code, found.found_by, found.lost) == ("ack-ahead", "acknowledgement", 3)
    with pytest.raises(SendingHalted):
        parties.send()
    parties.commune.mending.mend("restored", WHY)
    settle(parties)


def test_work_done_after_a_restore_that_only_the_acknowledgement_finds_is_kept(parties: "Parties") -> None:
    parties.work(2)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    parties.work(1)
    copy = copied(parties, parties.commune, "copy")
    reopened(parties)
    parties.work(3)
    parties.receive(parties.send().path)
    there = parties.acknowledge()
    parties.reopen_commune_as(copy)
    (kept,) = parties.work(1)
    assert parties.commune.sending.take(there).code == "ack-ahead"
    done = parties.commune.mending.mend("restored", WHY)
    assert done.retold == 2  # what was never confirmed: one change before the copy, one after it
    settle(parties)
    assert parties.commune.households.get(kept.id).head == kept.head


def test_a_restored_laptop_that_overtook_its_counter_is_found_by_the_hash(
    parties: "Parties", own_counters: Path
) -> None:
    parties.work(2)
    copy = copied(parties, parties.commune, "copy")
    reopened(parties)
    parties.work(1)
    parties.receive(parties.send().path)
    parties.store(parties.commune).close()
    true = counters.read(counters.in_profile(parties.store(parties.commune).device_id), _device(parties))
    assert true is not None
    # The copy is used on another machine for a while, then comes back into the place of the original.
    other = parties.open(copy)
    area = other.territory.areas()[0]
    for n in range(4):
        other.households.save(Household(id="", unit_code="", area_id=area.id, head=f"Đinh {n}", birth="1970"))
    other.close()
    os.environ[FOLDER_VARIABLE] = str(own_counters)
    put_back(parties, copy, "commune")
    commune = reopened(parties)
    found = trouble_of(commune)
    assert (found.code, found.known_seq) == ("restored", true.seq)
    assert found.here_seq > found.known_seq
    commune.mending.mend("restored", WHY)
    settle(parties)


def test_antq_restore_leads_to_the_wizard_by_itself(parties: "Parties", tmp_path: Path) -> None:
    parties.work(2)
    backup = parties.commune.backups.back_up(tmp_path / "backups")
    parties.work(1)
    parties.receive(parties.send().path)
    parties.commune.close()
    fresh = tmp_path / "fresh"
    restore_workspace(backup, fresh)
    parties.commune = parties.open(fresh)  # a new machine: no counter anywhere
    found = trouble_of(parties.commune)
    assert (found.code, found.found_by, found.known_seq) == ("restored", "backup", 0)
    # It stays so until somebody decides, also when the program is closed in between.
    parties.work(1)
    parties.commune.close()
    parties.commune = parties.open(fresh, elsewhere=False)
    assert trouble_of(parties.commune).common_seq == found.here_seq
    assert parties.commune.mending.mend("restored", WHY).retold == 1
    settle(parties)


def test_replacing_a_workspace_by_its_backup_leads_to_the_wizard_too(parties: "Parties") -> None:
    parties.work(1)
    backup = parties.commune.backups.back_up()
    parties.work(1)
    parties.commune.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    assert trouble_of(reopened(parties)).known_seq > 0


def test_a_second_restore_from_the_same_old_copy_opens_a_third_epoch(parties: "Parties") -> None:
    parties.work(1)
    copy = copied(parties, parties.commune, "copy")
    reopened(parties)
    for epoch in (2, 3):
        parties.work(2)
        parties.send()
        parties.store(parties.commune).close()
        put_back(parties, copy, "commune")
        assert reopened(parties).mending.mend("restored", WHY).epoch == epoch
    parties.work(1)
    settle(parties)


def test_a_copy_becomes_another_laptop_and_nothing_is_lost_on_either(parties: "Parties") -> None:
    homes = parties.work(2)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    copy = copied(parties, parties.commune, "copy")
    original = reopened(parties)
    clone = parties.open(copy)
    first = parties.work(1)[0]
    parties.receive(parties.send().path)
    area = clone.territory.areas()[0]
    own = clone.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Đinh Thị Sao", birth="1971", members=3)
    ).record
    changed = {name: getattr(homes[0], name) for name in Household.__slots__} | {"head": "Bùi Thị Đổi"}
    clone.households.save(Household(**changed))
    (verdict,) = parties.receive(clone.sending.send(parties.stick).path)
    assert (verdict.verdict, verdict.code) == ("refused", "fork")
    before = parties.store(clone).device_id
    done = clone.mending.mend("cloned", "chép sang máy thứ hai")
    assert done.device_id not in {"", before}
    assert done.retold == 2
    assert not clone.sending.waiting().is_enrolled
    assert clone.journal.check().holds
    original.close()
    parties.commune = clone
    parties.enrol()
    sent = clone.sending.send(parties.stick)
    (verdict,) = parties.receive(sent.path)
    assert (verdict.verdict, verdict.code, verdict.set_aside) == ("taken", "all-new", ())
    rows = {row[1]: row for row in parties.rows(parties.receiving)["households"]}
    assert {first.id, own.id} <= rows.keys()
    assert "Bùi Thị Đổi" in rows[homes[0].id]
    taken = clone.sending.take(parties.acknowledge())
    assert (taken.code, taken.waiting) == ("ack-forward", 0)


def test_a_copy_that_changed_what_the_original_changed_is_a_conflict_for_a_person(parties: "Parties") -> None:
    (home,) = parties.work(1)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    copy = copied(parties, parties.commune, "copy")
    clone = parties.open(copy)
    reopened(parties, elsewhere=True)
    fields = {name: getattr(home, name) for name in Household.__slots__}
    parties.commune.households.save(Household(**{**fields, "head": "Tên Ở Máy Gốc"}))
    parties.receive(parties.send().path)
    clone.households.save(Household(**{**fields, "head": "Tên Ở Bản Sao"}))
    clone.mending.mend("cloned", "chép sang máy thứ hai")
    parties.commune.close()
    parties.commune = clone
    parties.enrol()
    (verdict,) = parties.receive(clone.sending.send(parties.stick).path)
    assert verdict.verdict == "taken"
    assert [(each.entity, each.code) for each in verdict.set_aside] == [("households", "concurrent")]


def test_counters_that_cannot_be_written_stop_nobody_and_stand_in_the_journal_once(
    parties: "Parties", tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where a folder is wanted")
    os.environ[FOLDER_VARIABLE] = str(blocked)
    for _time in range(2):
        reopened(parties)
    parties.work(1)
    settle(parties)
    lines = [line for line in parties.journal(parties.commune) if line.startswith("counter_unwritten")]
    assert lines == ["counter_unwritten profile"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"seq": 99999}', b"[]", b'{"workspace": 1}', b"\xff" * 10])
def test_a_damaged_counter_tells_nothing(parties: "Parties", content: bytes) -> None:
    parties.commune.close()
    (parties.folder / "commune" / "antq.counter").write_bytes(content)
    parties.commune = parties.open(parties.folder / "commune")
    assert parties.commune.mending.state() is None
    parties.work(1)
    told = json.loads((parties.folder / "commune" / "antq.counter").read_bytes())
    assert told["seq"] == _head(parties)


def test_a_counter_that_lags_is_ordinary(parties: "Parties") -> None:
    old = (parties.folder / "commune" / "antq.counter").read_bytes()
    parties.work(2)
    parties.commune.close()
    (parties.folder / "commune" / "antq.counter").write_bytes(old)
    parties.commune = parties.open(parties.folder / "commune")
    assert parties.commune.mending.state() is None
    settle(parties)


def test_who_decided_and_why_travels_up(parties: "Parties", own_counters: Path) -> None:
    parties.work(1)
    copy = copied(parties, parties.commune, "copy")
    reopened(parties)
    parties.work(1)
    parties.store(parties.commune).close()
    put_back(parties, copy, "commune")
    reopened(parties).mending.mend("restored", f"  {WHY} ")
    settle(parties)
    ((_unit, key, _version, value),) = [
        row for row in parties.rows(parties.receiving)["settings"] if str(row[1]).startswith(RECORD)
    ]
    assert key == f"{RECORD}{_device(parties)}.2"
    assert isinstance(value, dict)
    assert (value["reason"], value["by"], value["kind"]) == (WHY, "Bùi Văn An", "restored")


def test_nothing_is_mended_without_need_or_reason(parties: "Parties") -> None:
    with pytest.raises(NothingToMend):
        parties.commune.mending.mend("restored", WHY)
    with pytest.raises(ReasonMissing):
        parties.commune.mending.mend("cloned", " \n ")
    with pytest.raises(OnlyRestored):
        parties.receiving.mending.mend("cloned", WHY)


@pytest.mark.parametrize("layer", ["beside", "profile"])
def test_each_layer_finds_a_restored_receiving_unit(
    parties: "Parties", own_counters: Path, layer: str
) -> None:
    parties.work(2)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    copy = copied(parties, parties.receiving, "copy")
    reopened_receiving(parties)
    parties.work(2)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    assert parties.commune.sending.waiting().count == 0
    parties.store(parties.receiving).close()
    put_back(parties, copy, "receiving")
    if layer != "beside":
        (parties.folder / "receiving" / "antq.counter").unlink()
    if layer != "profile":
        shutil.rmtree(own_counters)
    receiving = reopened_receiving(parties)
    parties.work(1)
    sent = parties.send()
    (verdict,) = parties.receive(sent.path)
    assert (verdict.verdict, verdict.code) == ("held", "gap")
    found = trouble_of(receiving)
    assert (found.code, found.found_by, found.known_seq) == ("restored", layer, 2)
    with pytest.raises(Restored):
        parties.acknowledge()
    done = receiving.mending.mend("restored", WHY)
    assert (done.asks_again, done.epoch) == (True, 2)
    # The next acknowledgement is numbered above what went out, so the commune sends what was lost.
    taken = parties.commune.sending.take(parties.acknowledge())
    assert (taken.code, taken.waiting) == ("ack-behind", 3)
    with parties.store(receiving).reading() as work:
        numbers = sa.select(tables.sent_acknowledgements.c.sequence).order_by(sa.text("sequence"))
        assert list(work.connection.execute(numbers).scalars()) == [1, 3]
    settle(parties)
    assert receiving.mending.state() is None
    reopened_receiving(parties)
    assert parties.receiving.mending.state() is None


def test_an_acknowledgement_that_is_not_on_record_is_an_alarm_and_stops_nothing(
    parties: "Parties", own_counters: Path
) -> None:
    parties.work(2)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    copy = copied(parties, parties.receiving, "copy")
    reopened_receiving(parties)
    parties.work(2)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    parties.store(parties.receiving).close()
    # A raw copy under no counter at all: only the commune knows that it is old.
    put_back(parties, copy, "receiving")
    (parties.folder / "receiving" / "antq.counter").unlink()
    shutil.rmtree(own_counters)
    receiving = reopened_receiving(parties)
    parties.work(1)
    sent = parties.send()
    for _time in range(2):
        (verdict,) = parties.receive(sent.path)
        assert (verdict.verdict, verdict.code) == ("held", "gap")
        assert ALARM in verdict.sentence
    noted = "acknowledgement-unknown"
    assert parties.journal(receiving).count(f"alarm {noted}") == 1
    assert receiving.mending.state() is None
    # The number that is used a second time tells the commune.
    taken = parties.commune.sending.take(parties.acknowledge())
    assert (taken.code, taken.waiting) == ("ack-behind", 3)
    settle(parties)
    parties.work(1)
    (verdict,) = parties.receive(parties.send().path)
    assert ALARM not in verdict.sentence


def test_no_commune_halts_the_receiving_unit_or_moves_its_numbers(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.work(1)
    real = seal.seal_bundle
    for sequence in (5, 900_000, 2**50):

        def claimed(draft: BundleDraft, *rest: object, claim: int = sequence, **named: object) -> object:
            seen = AckSeen(claim, bytes(32))
            return real(replace(draft, last_ack_seen=seen), *rest, **named)  # type: ignore[arg-type]

        monkeypatch.setattr(seal, "seal_bundle", claimed)
        sent = parties.send()
        monkeypatch.setattr(seal, "seal_bundle", real)
        (verdict,) = parties.receive(sent.path)
        assert verdict.verdict == "taken"
        assert ALARM in verdict.sentence
        assert parties.receiving.mending.state() is None
        parties.acknowledge()
        parties.work(1)
    with parties.store(parties.receiving).reading() as work:
        last = received.last_sent(work, "04978")
    assert last is not None
    assert last.sequence == 3


def _device(parties: "Parties") -> str:
    return parties.store(parties.commune).device_id


def _head(parties: "Parties") -> int:
    store = parties.store(parties.commune)
    with store.reading() as work:
        return outbox.head(work.connection, store.epoch).seq


def test_a_restore_that_was_cut_off_does_not_haunt_a_new_workspace(
    parties: "Parties", tmp_path: Path
) -> None:
    folder = tmp_path / "fresh"
    folder.mkdir()
    (folder / "antq.restored").touch()
    made = parties.another_receiving_unit(folder)
    assert made.mending.state() is None
    made.close()
    made = parties.open(folder)
    assert made.mending.state() is None
    made.close()


def test_a_backup_that_is_none_leaves_no_mark(tmp_path: Path) -> None:
    (tmp_path / "x.antqbackup").write_text("no backup")
    with pytest.raises(NotABackup):
        restore_workspace(tmp_path / "x.antqbackup", tmp_path / "fresh")
    assert not (tmp_path / "fresh" / "antq.restored").exists()
