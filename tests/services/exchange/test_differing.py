"""What happens when the tables of both sides are not alike: no false alarm, mended here, or told anew by the commune."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side import ack_notices
from antq_desktop.storage import outbox, register_tables, tables
from antq_desktop.storage.receiving import (
    BundleRow,
    DeviceRow,
    enrol,
    enrolled,
    keep_bundle,
    newest_bundles,
)
from antq_desktop.storage.records import to_body

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def test_rows_lost_here_are_brought_back_from_the_log(parties: "Parties") -> None:
    homes = parties.work(3)
    parties.receive(_with_state(parties))
    with parties.store(parties.receiving).writing("Bình") as work:
        work.connection.execute(
            sa.delete(register_tables.households).where(register_tables.households.c.id == homes[0].id)
        )
        version = sa.update(register_tables.households).where(register_tables.households.c.id == homes[1].id)
        work.connection.execute(version.values(version='{"x":1}'))
        area = {
            "id": "odd",
            "unit_code": "04978",
            "name": "x",
            "kind": "x",
            "name_key": "x",
            "version": '{"y":1}',
        }
        values = sa.insert(register_tables.residential_areas).values(
            **area, valid_from=sa.func.current_date()
        )
        work.connection.execute(values)
        work.commit()
    parties.work(1)
    (verdict,) = parties.receive(_with_state(parties))
    assert (verdict.verdict, verdict.code) == ("taken", "tail-new")
    parties.assert_equal()
    assert "alarm tables-rebuilt residential_areas households" in parties.journal(parties.receiving)


def test_tables_that_differ_are_told_to_the_commune_and_healed_by_sending_everything(
    parties: "Parties",
) -> None:
    homes = parties.work(3)
    with parties.store(parties.commune).writing("An") as work:
        table = register_tables.households
        work.connection.execute(sa.delete(table).where(table.c.id == homes[0].id))
        work.connection.execute(sa.update(table).where(table.c.id == homes[1].id).values(version='{"x":1}'))
        work.commit()
    (verdict,) = parties.receive(_with_state(parties))
    assert (verdict.verdict, verdict.code) == ("taken", "state-differs")
    told = parties.commune.sending.take(parties.acknowledge())
    assert _(ack_notices.TELL_AGAIN) in told.sentence
    assert parties.commune.sending_again.everything() == 2
    sent = parties.send()
    assert sent.seq_from == 1
    (verdict,) = parties.receive(sent.path)
    assert (verdict.verdict, verdict.code, verdict.new_events) == ("taken", "tail-new", 2)
    parties.assert_equal()
    told = parties.commune.sending.take(parties.acknowledge())
    assert (told.code, told.waiting) == ("ack-forward", 0)
    assert _(ack_notices.TELL_AGAIN) not in told.sentence
    assert parties.commune.sending_again.everything() == 0


def test_no_alarm_while_an_event_is_set_aside(parties: "Parties") -> None:
    (home, _) = parties.work(2)
    store = parties.store(parties.commune)
    with store.writing("An") as work:
        body = {**to_body(home), "area_id": "nowhere"}
        change = outbox.Change("households", home.id, {store.device_id: 2}, home.version, "put", body)
        outbox.append(work.connection, 1, work.at_text, "An", [change])
        work.connection.execute(
            sa.update(register_tables.households)
            .where(register_tables.households.c.id == home.id)
            .values(version=f'{{"{store.device_id}":2}}')
        )
        work.commit()
    (verdict,) = parties.receive(_with_state(parties))
    assert (verdict.code, [each.code for each in verdict.set_aside]) == ("all-new", ["clash"])
    parties.work(1)
    (verdict,) = parties.receive(_with_state(parties))
    assert (verdict.code, verdict.set_aside) == ("tail-new", ())


def test_no_alarm_where_a_unit_has_two_laptops(parties: "Parties") -> None:
    homes = parties.work(2)
    with parties.store(parties.receiving).writing("Bình") as work:
        (row,) = enrolled(work, "04978")
        other = {name: getattr(row, name) for name in DeviceRow.__slots__}
        enrol(work, DeviceRow(**{**other, "device_id": "other", "key_id": "0" * 32}))
        work.commit()
    with parties.store(parties.commune).writing("An") as work:
        work.connection.execute(
            sa.delete(register_tables.households).where(register_tables.households.c.id == homes[0].id)
        )
        work.commit()
    assert parties.receive(_with_state(parties))[0].code == "all-new"


def test_acknowledgement_that_follows_another_one_is_a_finding_and_counts(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    assert parties.commune.sending.take(parties.acknowledge()).code == "ack-forward"
    parties.work(1)
    parties.receive(parties.send().path)
    with parties.store(parties.receiving).writing("Bình") as work:
        work.connection.execute(sa.update(tables.sent_acknowledgements).values(sha256="ab" * 32))
        work.commit()
    taken = parties.commune.sending.take(parties.acknowledge())
    assert (taken.code, taken.waiting) == ("ack-forward", 0)
    assert _(ack_notices.LINE_BROKEN) in taken.sentence
    assert "alarm acknowledgement-line-broken" in parties.journal(parties.commune)


def test_acknowledgement_names_the_bundles_that_were_judged_last(parties: "Parties") -> None:
    with parties.store(parties.receiving).writing("Bình") as work:
        row = BundleRow("", "b", "04978", "z", 1, 1, 2, "taken", "all-new", 2, "x", "")
        for sha256, device, at in (
            ("c", "a", "2026-01-03"),
            ("a", "z", "2026-01-01"),
            ("b", "a", "2026-01-03"),
            ("d", "z", "2026-01-02"),
        ):
            keep_bundle(work, replace(row, sha256=sha256, device_id=device, at=at))
        assert [each.sha256 for each in newest_bundles(work, "04978", 3)] == ["d", "b", "c"]


def _with_state(parties: "Parties") -> Path:
    """Return a bundle that says what the tables of the commune are, as the first one and every tenth does."""
    with parties.store(parties.commune).writing("An") as work:
        work.connection.execute(sa.delete(tables.sent_bundles))
        work.commit()
    return parties.send().path
