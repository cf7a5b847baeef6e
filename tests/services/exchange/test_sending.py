"""What waits is sealed once, whole, and put on any stick; the way is told in journal and label."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.exchange import inspect
from antq_desktop.exchange.seal import OutboxBroken
from antq_desktop.storage import tables

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def test_same_range_is_sealed_once_and_put_on_any_stick(parties: "Parties", tmp_path: Path) -> None:
    parties.work()
    other = tmp_path / "USB 2"
    other.mkdir()
    one, two = parties.send(), parties.commune.sending.send(other)
    assert (one.bundle_id, one.sha256) == (two.bundle_id, two.sha256)
    assert one.path.read_bytes() == two.path.read_bytes()
    assert len(parties.commune.sending.history()) == 1


def test_outbox_edited_by_hand_is_not_sent(parties: "Parties") -> None:
    parties.work(1)
    with parties.store(parties.commune).writing("An") as work:
        work.connection.exec_driver_sql("DROP TRIGGER IF EXISTS outbox_no_update")
        for name in work.connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'outbox'"
        ).scalars():
            work.connection.exec_driver_sql(f"DROP TRIGGER {name}")
        line = work.connection.execute(
            sa.select(tables.outbox.c.line).where(tables.outbox.c.seq == 2)
        ).scalar_one()
        edited = line.replace(b'"op":"put"', b'"op":"PUT"')
        work.connection.execute(sa.update(tables.outbox).where(tables.outbox.c.seq == 2).values(line=edited))
        work.commit()
    with pytest.raises(OutboxBroken):
        parties.send()
    assert list((parties.folder / "commune" / "outgoing").iterdir()) == []


def test_label_and_journal_tell_the_way(parties: "Parties") -> None:
    parties.work(1)
    sent = parties.send()
    said = inspect.describe(sent.path)
    assert (said["sha256"], said["digits"]) == (sent.sha256, sent.digits)
    parties.receive(sent.path)
    parties.commune.sending.take(parties.acknowledge())
    actions = {line.split(" ")[0] for line in parties.journal(parties.commune)}
    assert {
        "enrolment_requested",
        "trust_taken",
        "bundle_sealed",
        "bundle_sent",
        "acknowledgement_taken",
    } <= actions
    actions = {line.split(" ")[0] for line in parties.journal(parties.receiving)}
    assert {"laptop_enrolled", "bundle_taken", "acknowledged"} <= actions


def test_an_acknowledgement_of_nothing_says_so(parties: "Parties") -> None:
    taken = parties.commune.sending.take(parties.acknowledge())
    assert taken.last_seq == 0
    assert "số 0" not in taken.sentence
    assert "chưa có thay đổi nào của máy này" in taken.sentence
