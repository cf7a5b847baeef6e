"""What a receiving unit has on record of one commune, also where its laptops contradict each other."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.exchange import judgement
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side.conflicts import NoConflict
from antq_desktop.storage.queries.record_events import record_events
from antq_desktop.storage.tables import set_aside
from tests.services.exchange.conftest import store_of

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

#: The receiving unit keeps its tables in its file, then on a server.
DATABASES = ("file", "server")


@pytest.fixture
def second(parties: "Parties", made_parties: Path, tmp_path: Path) -> Iterator[Application]:
    """Return the second laptop of the commune, enrolled; it has a workspace of its own making."""
    from antq_desktop.bootstrap import create_workspace
    from antq_desktop.services.first_start import new_commune
    from tests.services.exchange.conftest import CHEAP, PASSPHRASE

    new = new_commune(
        "04978", receiving_unit="", officer="Hà Thị Bé", rank="", year=2026, passphrase=PASSPHRASE
    )
    made = create_workspace(tmp_path / "other laptop", new, parties.clock, CHEAP).application
    request = made.sending.enrolment_request(parties.stick)
    made.sending.take(parties.receiving.receiving.enrol(request.path, request.check_number).path)
    yield made
    made.close()


def test_laptops_and_bundles_the_newest_first(parties: "Parties") -> None:
    parties.work(2)
    first = parties.send()
    parties.receive(first.path)
    parties.commune.sending.take(parties.acknowledge())
    parties.work(1)
    later = parties.send()
    parties.clock.at = parties.clock.at.replace(day=21)
    parties.receive(later.path)
    details = parties.receiving.communes.details("04978")
    (laptop,) = details.laptops
    assert (details.unit_name, laptop.last_seq, laptop.state) == ("Xã Kim Bôi", later.seq_to, "fresh")
    assert [(one.seq_from, one.verdict) for one in details.bundles] == [
        (later.seq_from, "taken"),
        (1, "taken"),
    ]
    assert "đã được nhận" in details.bundles[0].sentence
    assert (details.set_aside, details.conflicts) == ((), ())


def test_a_bundle_that_waits_says_what_for_and_whether_a_person_is_needed(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.work(4)
    first = parties.send()
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 1, "seq": first.seq_to})
        work.commit()
    parties.work(1)
    late = parties.send()
    parties.receive(late.path)
    (waiting,) = parties.receiving.communes.details("04978").bundles
    assert (waiting.verdict, waiting.code, waiting.needs_person) == ("held", "gap", False)
    assert f"từ số 1 đến số {first.seq_to}" in waiting.sentence
    (row,) = parties.receiving.receiving.communes()
    assert (row.state, row.held, row.missing_from, row.missing_to) == ("held", 1, 1, first.seq_to)
    assert row.has_to_do
    monkeypatch.setattr(judgement, "MAX_LEAP", 2)
    parties.receive(Path(shutil.copy(late.path, parties.stick / "again.antq")))
    (waiting,) = parties.receiving.communes.details("04978").bundles
    assert (waiting.code, waiting.needs_person) == ("leap", True)


def test_what_two_laptops_wrote_stands_side_by_side(parties: "Parties", second: Application) -> None:
    parties.commune.settings.put("signer", "Hà Quang Vinh")
    parties.receive(parties.send().path)
    second.settings.put("signer", "Quách Công Minh")
    parties.receive(second.sending.send(parties.stick).path)
    details = parties.receiving.communes.details("04978")
    assert len(details.laptops) == 2
    assert sum(row.conflicts for row in details.laptops) == len(details.conflicts)
    (signer,) = (one for one in details.conflicts if one.entity_id == "signer")
    standing, aside = (
        signer.sides
    )  # which of the two stands follows from their numbers, not from who came first
    assert (standing.stands, aside.stands) == (True, False)
    assert {(side.body["value"], side.user) for side in signer.sides} == {
        ("Hà Quang Vinh", "Bùi Văn An"),
        ("Quách Công Minh", "Hà Thị Bé"),
    }
    assert standing.device_id != aside.device_id
    assert signer.name == "Người ký văn bản"
    states = {row.state for row in parties.receiving.receiving.communes()}
    assert "aside" in states


def test_a_unit_that_is_not_enrolled_has_nothing_on_record(parties: "Parties") -> None:
    details = parties.receiving.communes.details("00001")
    assert (details.laptops, details.bundles, details.set_aside, details.conflicts) == ((), (), (), ())


def _set_aside(
    application: Application, device_id: str, count: int, code: str, facts: dict[str, object]
) -> None:
    """Put rows on record as so many bad changes would leave them."""
    rows = [
        {
            "unit_code": "04978",
            "device_id": device_id,
            "epoch": 1,
            "seq": 1_000 + n,
            "entity": "households",
            "entity_id": f"{code}-{n:04}",
            "code": code,
            "facts": facts,
            "at": "2026-11-20T05:00:00+00:00",
        }
        for n in range(count)
    ]
    with store_of(application).writing("An", "04978") as work:
        work.connection.execute(sa.insert(set_aside), rows)
        work.commit()


def test_of_very_many_changes_set_aside_the_first_are_told_and_the_rest_is_counted(
    parties: "Parties",
) -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    device = parties.store(parties.commune).device_id
    _set_aside(parties.receiving, device, 230, "wrong-shape", {"field": "x"})
    _set_aside(parties.receiving, "another", 70, "concurrent", {"ours": {"a": 1}, "theirs": {"b": 1}})
    details = parties.receiving.communes.details("04978")
    assert (len(details.set_aside), details.aside_count) == (50, 300)
    assert (len(details.conflicts), details.conflict_count) == (50, 70)
    matters = parties.receiving.communes.open_matters("04978")
    assert (len(matters.first), matters.more) == (200, 30)  # the other laptop is not enrolled
    assert [each.seq for each in matters.first[:2]] == [1_000, 1_001]


def test_of_very_many_conflicts_the_first_are_laid_open_and_each_is_found(parties: "Parties") -> None:
    _set_aside(parties.commune, "m9", 205, "concurrent", {"ours": {"a": 1}, "theirs": {"b": 1}})
    conflicts = parties.commune.conflicts
    assert (len(conflicts.open()), conflicts.count()) == (200, 205)
    assert conflicts.find("households/concurrent-0204").entity_id == "concurrent-0204"
    with pytest.raises(NoConflict):
        conflicts.find("households/concurrent-0205")


def test_the_changes_of_a_record_are_found_by_its_index(parties: "Parties") -> None:
    """However many others the unit has sent: each conflict asks for them."""
    said: list[str] = []
    store = store_of(parties.commune)
    with store.reading() as work:
        sa.event.listen(
            work.connection, "before_cursor_execute", lambda _c, _cursor, text, *_rest: said.append(text)
        )
        record_events(work, "04978", "households", "h1")
        plan = work.connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {said[0]}", ("04978", "households", "h1")
        ).all()
    assert "entity_id=?" in str(plan)
