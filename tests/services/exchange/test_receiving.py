"""What was sent arrives record for record; what is bad is set aside or refused, and the rest goes on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import sqlalchemy as sa

from antq_desktop.domain.activities import ModelActivity
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.domain.households import Household
from antq_desktop.exchange import acknowledgement, judgement
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.sending import NothingToSend
from antq_desktop.services.receiving_side.set_aside_events import SET_ASIDE
from antq_desktop.storage import outbox, register_tables, sending, tables
from antq_desktop.storage.records import to_body

if TYPE_CHECKING:
    from antq_desktop.storage.unit_of_work import Writing
    from tests.services.exchange.conftest import Parties

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")


def test_everything_arrives_and_is_delivered_only_after_the_acknowledgement(parties: "Parties") -> None:
    homes = parties.work(5)
    yearly = parties.commune.commitments.yearly()
    parties.commune.commitments.record(homes[0].id, yearly.id, CommitmentState.SIGNED, date(2026, 3, 1))
    before = parties.commune.sending.waiting()
    assert before.count > 6
    assert sum(before.counts.values()) == before.count
    assert before.is_enrolled
    assert before.receiving_name == "Phòng PV05"

    sent = parties.send()
    assert (sent.seq_from, sent.count) == (1, before.count)
    assert sent.counts == before.counts
    assert parties.commune.sending.waiting().count == before.count
    assert [row.state for row in parties.commune.sending.history()] == ["waiting"]

    (verdict,) = parties.receive(sent.path)
    assert (verdict.verdict, verdict.code, verdict.new_events) == ("taken", "all-new", before.count)
    assert verdict.set_aside == ()
    assert verdict.unit_name == "Xã Kim Bôi"
    assert verdict.changes.touches("households", "received_bundles")
    parties.assert_equal()

    taken = parties.commune.sending.take(parties.acknowledge())
    assert (taken.code, taken.delivered, taken.waiting) == ("ack-forward", before.count, 0)
    assert parties.commune.sending.waiting().count == 0
    assert parties.commune.sending.waiting().oldest_at is None
    assert parties.commune.sending.waiting().last_ack_at is not None
    assert [row.state for row in parties.commune.sending.history()] == ["delivered"]
    assert list((parties.folder / "commune" / "outgoing").iterdir()) == []
    assert list((parties.folder / "receiving" / "incoming").iterdir()) == []
    with pytest.raises(NothingToSend):
        parties.send()


def test_changes_and_deletions_follow(parties: "Parties") -> None:
    homes = parties.work(3)
    parties.receive(parties.send().path)
    parties.commune.households.save(
        Household(**{name: getattr(homes[0], name) for name in Household.__slots__} | {"head": "Bùi Thị Huệ"})
    )
    with parties.store(parties.commune).writing("An") as work:
        work.delete(homes[1], "nhập nhầm")
        work.commit()
    parties.work(1)
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code) == ("taken", "tail-new")
    assert verdict.new_events == 3
    parties.assert_equal()


def test_scanned_papers_travel(parties: "Parties", tmp_path: Path) -> None:
    homes = parties.work(1)
    paper = tmp_path / "cam-ket.jpg"
    paper.write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3000)
    yearly = parties.commune.commitments.yearly()
    parties.commune.commitments.record(homes[0].id, yearly.id, CommitmentState.SIGNED, date(2026, 3, 1))
    parties.commune.commitments.attach_paper(homes[0].id, yearly.id, paper)
    parties.receive(parties.send().path)
    parties.assert_equal()

    def content(side: Application) -> bytes:
        with parties.store(side).reading() as work:
            pieces = sa.select(tables.attachment_chunks.c.content).order_by(tables.attachment_chunks.c.n)
            return b"".join(work.connection.execute(pieces).scalars())

    assert content(parties.receiving) == content(parties.commune) == paper.read_bytes()


def test_papers_that_are_too_many_for_one_file_go_in_several(
    parties: "Parties", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.commune.settings.put("receiving_unit", "Công an tỉnh Phú Thọ")
    yearly = parties.commune.commitments.yearly()
    for number, home in enumerate(parties.work(5)):
        paper = tmp_path / f"{number}.pdf"
        paper.write_bytes(b"%PDF-" + bytes([number]) * 395)
        parties.commune.commitments.record(home.id, yearly.id, CommitmentState.SIGNED, date(2026, 3, 1))
        parties.commune.commitments.attach_paper(home.id, yearly.id, paper)
    assert not _reads_the_log_through(parties.commune), "what fits one file is sealed at one reading"
    monkeypatch.setattr(sending, "_MOST_FILES", 800)
    assert _reads_the_log_through(parties.commune)
    sent = parties.send()
    parts = [*sent.earlier, sent]
    assert [(part.seq_from, part.seq_to) for part in parts[1:]] == [
        (before.seq_to + 1, part.seq_to) for before, part in pairwise(parts)
    ]
    assert len(parts) == 3
    assert max(part.counts["attachments"] for part in parts) == 2
    slips = tmp_path / "slips.pdf"
    assert parties.commune.printing.handover_slip(sent, slips).pages == 3
    document = pypdfium2.PdfDocument(slips.read_bytes())
    for n, (part, page) in enumerate(zip(parts, document, strict=True), 1):
        text = page.get_textpage().get_text_bounded()
        assert f"tệp {n} trong 3" in text
        assert part.path.name in text.replace("\r\n", "")
        assert part.sha256[:8] in text
    again = parties.send()
    assert [part.sha256 for part in (*again.earlier, again)] == [part.sha256 for part in parts], "sealed once"
    for part in reversed(parts):
        parties.receive(part.path)
    parties.assert_equal()


def _reads_the_log_through(commune: "Application") -> bool:
    """Whether each change is looked at to tell which ranges wait."""
    said: list[str] = []
    with commune.sending._store.reading() as work:
        sa.event.listen(
            work.connection, "before_cursor_execute", lambda _c, _cursor, text, *_rest: said.append(text)
        )
        assert sending.waiting_ranges(work)
    return any("JOIN attachments" in text for text in said)


def test_bad_event_is_set_aside_and_the_rest_goes_on(parties: "Parties") -> None:
    homes = parties.work(4)
    store = parties.store(parties.commune)
    changed = [{name: getattr(home, name) for name in Household.__slots__} for home in homes]

    class Odd(dict[str, object]):
        pass

    with store.writing("An") as work:

        def tell(entity: str, key: str, body: dict[str, object], version: int = 2) -> None:
            change = outbox.Change(entity, key, {store.device_id: version}, {store.device_id: 1}, "put", body)
            outbox.append(work.connection, 1, work.at_text, "An", [change])

        good = to_body(Household(**changed[0]))
        tell("households", homes[0].id, {**good, "members": "bốn"})
        tell("households", homes[0].id, good, 3)
        tell("households", homes[1].id, {**to_body(Household(**changed[1])), "unit_code": "00001"})
        tell("spaceships", "x", {})
        tell("households", homes[2].id, {**to_body(Household(**changed[2])), "area_id": "nowhere"})
        tell("households", homes[3].id, {**to_body(Household(**changed[3])), "head": "Được Nhận"})
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert verdict.verdict == "taken"
    assert [each.code for each in verdict.set_aside] == [
        "wrong-shape",
        "after-set-aside",
        "foreign-record",
        "unknown-entity",
        "clash",
    ]
    assert verdict.exit_code == 1
    with parties.store(parties.receiving).reading() as read:
        assert read.get(Household, homes[3].id, "04978").head == "Được Nhận"
        assert read.get(Household, homes[0].id, "04978").members == 4
        assert read.find(Household, homes[1].id, "00001") is None
    told = parties.commune.sending.take(parties.acknowledge())
    assert told.set_aside_total == 5
    assert told.set_aside[0].reason
    assert told.waiting == 0
    assert [each.code for each in parties.receiving.receiving.set_aside()] == [
        each.code for each in verdict.set_aside
    ]


def test_the_sign_nul_is_no_text_that_every_database_keeps(parties: "Parties") -> None:
    first, second, third = parties.work(3)
    store = parties.store(parties.commune)
    with store.writing("An") as work:
        work.save(replace(first, note="a\0b"))
        work.save(replace(second, note="a\\u0000b"))  # six signs, and no NUL
        work.save(
            ModelActivity(
                id="x",
                unit_code="04978",
                model_id=_model(work),
                kind="hop",
                on=date(2026, 4, 1),
                quantities={"a\0": 1},
            )
        )
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert [(each.code, each.entity) for each in verdict.set_aside] == [
        ("wrong-shape", "households"),
        ("wrong-shape", "model_activities"),
    ]
    with parties.store(parties.receiving).reading() as read:
        assert read.get(Household, second.id, "04978").note == "a\\u0000b"
        assert read.get(Household, third.id, "04978").note == ""


def _model(work: "Writing") -> str:
    return work.save(CommunityModel(id="m1", unit_code="04978", kind="k", name="Camera an ninh")).id


def test_odd_version_does_not_spoil_the_acknowledgement(parties: "Parties") -> None:
    (home,) = parties.work(1)
    with parties.store(parties.commune).writing("An") as work:
        change = outbox.Change("households", home.id, {"no device!": 10**15}, {}, "put", to_body(home))
        outbox.append(work.connection, 1, work.at_text, "An", [change])
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert [each.code for each in verdict.set_aside] == ["wrong-shape"]
    assert parties.commune.sending.take(parties.acknowledge()).waiting == 0


def test_tables_that_differ_without_a_reason_are_noticed(parties: "Parties") -> None:
    homes = parties.work(2)
    with parties.store(parties.commune).writing("An") as work:
        table = register_tables.households
        work.connection.execute(sa.delete(table).where(table.c.id == homes[0].id))
        work.commit()
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code) == ("taken", "state-differs")
    assert "alarm state-differs households" in parties.journal(parties.receiving)


def test_bad_files_among_good_ones(parties: "Parties", tmp_path: Path) -> None:
    parties.work(1)
    good = parties.send().path
    bad = []
    for n, content in enumerate((b"", b"PK\3\4", good.read_bytes()[:-1], b"ANTQSB\0\2" + bytes(20))):
        path = tmp_path / f"bad-{n}.antq"
        path.write_bytes(content)
        bad.append(path)
    verdicts = parties.receive(*bad[:2], good, *bad[2:])
    assert [each.verdict for each in verdicts] == ["refused", "refused", "taken", "refused", "refused"]
    assert [each.code for each in verdicts] == [
        "not-a-bundle",
        "not-a-bundle",
        "all-new",
        "file-cut",
        "newer-version",
    ]
    assert all(each.sentence for each in verdicts)
    parties.assert_equal()


def test_table_of_communes_shows_days(parties: "Parties") -> None:
    (row,) = parties.receiving.receiving.communes()
    assert (row.unit_code, row.unit_name, row.state, row.days_since) == ("04978", "Xã Kim Bôi", "never", None)
    parties.work(1)
    sent = parties.send()
    parties.receive(sent.path)
    for days, state in ((0, "fresh"), (8, "amber"), (40, "red")):
        parties.clock.at = datetime(2026, 11, 20, 5, 0, tzinfo=UTC) + timedelta(days=days)
        (row,) = parties.receiving.receiving.communes()
        assert (row.state, row.days_since) == (state, days)
    assert (row.last_seq, row.range_from, row.range_to) == (sent.seq_to, 1, sent.seq_to)


def test_every_reason_has_a_sentence() -> None:
    assert all(SET_ASIDE.values())
    assert all(judgement.SENTENCES.values())
    assert acknowledgement.MAX_SET_ASIDE <= 20_000
