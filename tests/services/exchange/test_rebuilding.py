"""A lost laptop comes back: byte for byte from the upper level, or from a backup and the laptop's own sticks."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.bootstrap import create_workspace
from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.domain.households import Household
from antq_desktop.exchange.opening import WrongKind
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.sending import NotEnrolled
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.services.receiving_side.receiving import NothingReceived
from antq_desktop.services.receiving_side.receiving_keys import NoLaptopLeft
from antq_desktop.services.recovery.log_pieces import FilesMissing, OtherHistory, PieceMissing
from antq_desktop.services.recovery.rebuilding import NotUntouched, SentBefore
from antq_desktop.services.recovery.rolling_forward import EnteredSince
from antq_desktop.services.recovery.taking_back import replace_workspace
from antq_desktop.storage import attachments, outbox, register_tables, tables
from tests.services.exchange.conftest import CHEAP

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

PASSPHRASE = "cây đa bến nước 04978"
SCAN = bytes(range(256)) * 2_000


def fill(parties: "Parties") -> list[Household]:
    """Let the commune work: records, a scan, a deletion and an edit, and send all of it."""
    homes = parties.work(4)
    scan = parties.folder / "bien-ban.pdf"
    scan.write_bytes(SCAN)
    with parties.store(parties.commune).writing("An") as work:
        attachments.keep(work, scan, "application/pdf")
        work.delete(homes[0], "nhập nhầm")
        work.commit()
    fields = {name: getattr(homes[1], name) for name in Household.__slots__}
    parties.commune.households.save(Household(**{**fields, "head": "Hà Thị Bé"}))
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    return homes


def new_laptop(parties: "Parties", name: str = "moi") -> Application:
    """Make a new workspace of the same commune, as on a new machine."""
    settings: dict[str, object] = {
        "commune": {"code": "04978", "name": "Xã Kim Bôi", "province": "Phú Thọ"},
        "officer": {"name": "Hoàng Văn Mới", "rank": ""},
        "working_year": 2026,
    }
    new = NewWorkspace("commune", "04978", "Hoàng Văn Mới", PASSPHRASE, settings)
    return create_workspace(parties.folder / name, new, parties.clock, CHEAP).application


def log_of(side: Application, table: sa.Table) -> list[tuple[object, ...]]:
    with side.sending._store.reading() as work:
        query = sa.select(table.c.epoch, table.c.seq, table.c.event_hash, table.c.line)
        return [tuple(row) for row in work.connection.execute(query.order_by(table.c.epoch, table.c.seq))]


def scan_of(side: Application) -> bytes:
    with side.sending._store.reading() as work:
        key = work.connection.execute(sa.select(register_tables.attachments.c.id)).scalar_one()
        return b"".join(attachments.content(work, key))


def test_a_lost_laptop_is_rebuilt_byte_for_byte(parties: "Parties") -> None:
    fill(parties)
    lost = log_of(parties.commune, tables.outbox)
    before = parties.rows(parties.commune)
    parties.commune.close()
    parties.commune = new_laptop(parties)
    parties.enrol()
    handed = parties.receiving.handing_back.hand_back("04978", parties.stick)
    assert (handed.laptops, handed.events, len(handed.files)) == (1, len(lost), 1)
    done = parties.commune.rebuilding.rebuild(handed.files)
    assert (done.events, done.is_equal) == (len(lost), True)
    # It is whole as of then; whether more came since, nobody here can know.
    assert (done.is_whole, done.as_of) == (False, parties.clock.at)
    rows = parties.rows(parties.commune)
    own = [row for row in rows["settings"] if not str(row[1]).startswith("mended.")]
    assert {**rows, "settings": own} == before
    assert log_of(parties.commune, tables.received_events) == lost
    assert scan_of(parties.commune) == SCAN
    assert parties.commune.households.find("Hà Thị Bé")
    # It goes on as a second laptop with a log of its own.
    parties.work(2)
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    assert parties.commune.sending.take(parties.acknowledge()).waiting == 0
    parties.assert_equal()
    assert parties.commune.journal.check().holds
    parties.reopen_commune_as(parties.folder / "moi")
    assert parties.commune.mending.state() is None


def test_a_new_laptop_that_sent_its_first_settings_is_rebuilt_all_the_same(parties: "Parties") -> None:
    fill(parties)
    before = parties.rows(parties.commune)
    parties.commune.close()
    parties.commune = new_laptop(parties)
    parties.enrol()
    sent = parties.send()
    assert set(sent.counts) == {"settings"}
    early = parties.receiving.handing_back.hand_back("04978", parties.stick)
    with pytest.raises(SentBefore):
        parties.commune.rebuilding.rebuild(early.files)
    assert len(log_of(parties.commune, tables.outbox)) == sent.count
    first = log_of(parties.commune, tables.outbox)
    parties.receive(sent.path)
    parties.commune.sending.take(parties.acknowledge())
    handed = parties.receiving.handing_back.hand_back("04978", parties.stick)
    done = parties.commune.rebuilding.rebuild(handed.files)
    assert (done.laptops, done.is_equal is not False) == (2, True)
    assert parties.rows(parties.commune)["households"] == before["households"]
    assert scan_of(parties.commune) == SCAN
    assert log_of(parties.commune, tables.outbox)[: len(first)] == first
    parties.work(2)
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code, verdict.rolled_back) == ("taken", "continued", None)
    assert parties.commune.sending.take(parties.acknowledge()).waiting == 0
    # Each laptop keeps the officer who works on it; all else is equal.
    here, above = parties.rows(parties.commune), parties.rows(parties.receiving)
    assert {**here, "settings": []} == {**above, "settings": []}
    assert {row[1] for row in here["settings"] if row not in above["settings"]} <= {"officer"}
    assert ("04978", "officer", {"name": "Hoàng Văn Mới", "rank": ""}) in [
        (row[0], row[1], row[3]) for row in here["settings"]
    ]
    assert parties.commune.journal.check().holds
    parties.reopen_commune_as(parties.folder / "moi")
    assert parties.commune.mending.state() is None


def test_a_log_of_several_epochs_comes_back_without_what_restores_undid(parties: "Parties") -> None:
    parties.work(2)
    backup = parties.commune.backups.back_up()
    parties.work(3)
    parties.receive(parties.send().path)
    parties.commune.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    parties.commune = parties.open(parties.folder / "commune")
    parties.commune.mending.mend("restored", "máy hỏng")
    parties.work(1)
    sent = parties.send()
    parties.receive(*(each.path for each in (*sent.earlier, sent)))
    lost = log_of(parties.commune, tables.outbox)
    parties.commune.close()
    parties.commune = new_laptop(parties)
    parties.enrol()
    handed = parties.receiving.handing_back.hand_back("04978", parties.stick)
    assert len(handed.files) == 2
    with pytest.raises(PieceMissing):
        parties.commune.rebuilding.rebuild(handed.files[1:])
    with pytest.raises(FilesMissing):
        parties.commune.rebuilding.rebuild(handed.files[:1])
    other = parties.receiving.handing_back.hand_back("04978", parties.stick)
    with pytest.raises(FilesMissing):
        parties.commune.rebuilding.rebuild([handed.files[0], other.files[1]])
    assert parties.rows(parties.commune)["households"] == []
    done = parties.commune.rebuilding.rebuild(list(reversed(handed.files)))
    assert (done.is_equal, done.events) == (True, len(lost))
    assert log_of(parties.commune, tables.received_events) == lost


def test_only_an_enrolled_and_untouched_laptop_is_rebuilt_and_only_from_its_own_unit(
    parties: "Parties", tmp_path: Path
) -> None:
    fill(parties)
    handed = parties.receiving.handing_back.hand_back("04978", parties.stick)
    with pytest.raises(NotUntouched):
        parties.commune.rebuilding.rebuild(handed.files)
    parties.commune.close()
    parties.commune = new_laptop(parties)
    with pytest.raises(NotEnrolled):
        parties.commune.rebuilding.rebuild(handed.files)
    parties.enrol()
    # Sealed before this laptop was enrolled: it opens with the key of the lost one alone.
    with pytest.raises(Refused) as refused:
        parties.commune.rebuilding.rebuild(handed.files)
    assert refused.value.code == "wrong-recipient"
    assert parties.rows(parties.commune)["households"] == []
    (file,) = parties.receiving.handing_back.hand_back("04978", parties.stick).files
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    altered = tmp_path / "altered.antq"
    altered.write_bytes(content)
    with pytest.raises(Refused):
        parties.commune.rebuilding.rebuild([altered])
    assert parties.rows(parties.commune)["households"] == []
    assert len(parties.rows(parties.commune)["settings"]) == 3
    stranger = parties.another_receiving_unit(tmp_path / "stranger")
    with pytest.raises(NothingReceived):
        stranger.handing_back.hand_back("04978", parties.stick)
    stranger.close()
    assert parties.commune.rebuilding.rebuild([file]).is_equal


def test_a_snapshot_is_no_bundle_for_the_upper_level(parties: "Parties") -> None:
    fill(parties)
    (file,) = parties.receiving.handing_back.hand_back("04978", parties.stick).files
    (verdict,) = parties.receive(file)
    assert (verdict.verdict, verdict.code) == ("refused", WrongKind.code)


def test_nothing_is_handed_back_to_nobody(parties: "Parties") -> None:
    fill(parties)
    with parties.store(parties.receiving).writing("Bình") as work:
        work.connection.execute(sa.update(tables.devices).values(status="revoked"))
        work.commit()
    before = sorted(parties.stick.iterdir())
    with pytest.raises(NoLaptopLeft):
        parties.receiving.handing_back.hand_back("04978", parties.stick)
    assert sorted(parties.stick.iterdir()) == before


def restored(parties: "Parties", backup: Path) -> Application:
    parties.commune.close()
    replace_workspace(backup, parties.folder / "commune", parties.clock)
    parties.commune = parties.open(parties.folder / "commune", elsewhere=False)
    return parties.commune


def test_a_backup_comes_forward_from_its_own_sticks_and_nothing_was_lost(parties: "Parties") -> None:
    parties.work(1)
    backup = parties.commune.backups.back_up()
    kept = len(log_of(parties.commune, tables.outbox))
    fill(parties)
    first = parties.stick / "cu.antq"
    shutil.move(next(parties.stick.glob("goi-*")), first)
    parties.work(2)
    sent = parties.send()
    lost, rows = log_of(parties.commune, tables.outbox), parties.rows(parties.commune)
    commune = restored(parties, backup)
    assert commune.mending.state() is not None
    with pytest.raises(PieceMissing):
        commune.rebuilding.rebuild([sent.path])
    done = commune.rebuilding.rebuild([sent.path, first])
    assert (done.is_whole, done.events) == (True, len(lost) - kept)
    assert log_of(commune, tables.outbox) == lost
    assert parties.rows(commune) == rows
    assert scan_of(commune) == SCAN
    assert commune.mending.state() is None
    assert commune.journal.check().holds
    parties.receive(parties.send().path)
    parties.assert_equal()


def test_a_stick_that_holds_less_than_was_lost_leaves_the_rest_to_the_wizard(parties: "Parties") -> None:
    parties.work(1)
    backup = parties.commune.backups.back_up()
    parties.work(2)
    sent = parties.send()
    parties.work(2)
    commune = restored(parties, backup)
    done = commune.rebuilding.rebuild([sent.path])
    assert not done.is_whole
    found = commune.mending.state()
    assert found is not None
    assert (found.lost, found.common_seq) == (2, sent.seq_to)
    commune.mending.mend("restored", "máy hỏng")
    again = parties.send()
    parties.receive(*(each.path for each in (*again.earlier, again)))
    parties.assert_equal()


def test_what_was_entered_since_the_restore_is_not_written_over(parties: "Parties") -> None:
    parties.work(1)
    backup = parties.commune.backups.back_up()
    parties.work(2)
    sent = parties.send()
    commune = restored(parties, backup)
    parties.work(1)
    with pytest.raises(EnteredSince):
        commune.rebuilding.rebuild([sent.path])


def test_sticks_of_another_laptop_or_another_history_are_refused(parties: "Parties", tmp_path: Path) -> None:
    parties.work(1)
    backup = parties.commune.backups.back_up()
    parties.commune.close()
    shutil.copytree(parties.folder / "commune", tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    clone = parties.open(tmp_path / "copy")
    area = clone.territory.areas()[0]
    clone.households.save(Household(id="", unit_code="", area_id=area.id, head="Đinh Khác", birth="1970"))
    first = clone.sending.send(parties.stick)
    clone.households.save(Household(id="", unit_code="", area_id=area.id, head="Đinh Nữa", birth="1970"))
    with clone.sending._store.writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 1, "seq": first.seq_to})
        work.commit()
    late = clone.sending.send(parties.stick)
    clone.close()
    parties.commune = parties.open(parties.folder / "commune")
    parties.work(1)
    commune = restored(parties, backup)
    with pytest.raises(PieceMissing):
        commune.rebuilding.rebuild([late.path])
    # The first one follows on what both have in common; the second one then on it.
    commune.rebuilding.rebuild([first.path])
    store = parties.store(commune)
    with store.reading() as work:
        assert outbox.head(work.connection, 1).seq == first.seq_to
    with pytest.raises(KnownFailure):
        commune.rebuilding.rebuild([backup])


def test_a_bundle_that_overlaps_with_other_bytes_is_another_history(
    parties: "Parties", tmp_path: Path
) -> None:
    parties.work(1)
    parties.commune.close()
    shutil.copytree(parties.folder / "commune", tmp_path / "copy", ignore=shutil.ignore_patterns("*.lock"))
    clone = parties.open(tmp_path / "copy")
    area = clone.territory.areas()[0]
    for n in range(3):
        clone.households.save(Household(id="", unit_code="", area_id=area.id, head=f"Đinh {n}", birth="1970"))
    sent = clone.sending.send(parties.stick)
    clone.close()
    parties.commune = parties.open(parties.folder / "commune")
    parties.work(1)
    backup = parties.commune.backups.back_up()
    commune = restored(parties, backup)
    with pytest.raises(OtherHistory):
        commune.rebuilding.rebuild([sent.path])
