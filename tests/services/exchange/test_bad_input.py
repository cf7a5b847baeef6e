"""Files that are whole and genuine and still not what is wanted here, each with its own answer."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.exchange.manifest import SCHEMA_VERSION
from antq_desktop.exchange.opening import WrongKind
from antq_desktop.services.commune_side import outgoing
from antq_desktop.services.commune_side.sending import NothingToSend
from antq_desktop.services.receiving_side import taking_in

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def test_bundle_of_another_year_is_taken_and_counts_in_its_own_year(parties: "Parties") -> None:
    """A year is no border: what a commune writes about 2025 arrives in 2026 and changes no figure of 2026."""
    homes = parties.work(2)
    parties.receive(parties.send().path)
    before = parties.receiving.consolidating.report("2026").total
    yearly = parties.commune.commitments.yearly(2025)
    parties.commune.commitments.record(homes[0].id, yearly.id, CommitmentState.SIGNED, date(2025, 3, 1))
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code, verdict.set_aside) == ("taken", "tail-new", ())
    parties.assert_equal()
    assert parties.receiving.consolidating.report("2026").total == before


def test_bundle_sealed_in_another_year_is_taken(parties: "Parties") -> None:
    parties.work(1)
    parties.clock.at = datetime(2025, 1, 1, tzinfo=UTC)
    old = parties.send()
    parties.clock.at = datetime(2027, 1, 1, tzinfo=UTC)
    assert parties.receive(old.path)[0].code == "all-new"


def test_bundle_of_a_newer_version_waits_for_the_update(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.work(1)
    monkeypatch.setattr(outgoing, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code, verdict.exit_code) == ("held", "schema-newer", 1)
    assert parties.receive() == []
    monkeypatch.setattr(taking_in, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    assert [each.code for each in parties.receive()] == ["all-new"]
    parties.assert_equal()


def test_bundle_of_the_same_or_an_older_version_is_taken(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.work(1)
    sent = parties.send()
    monkeypatch.setattr(taking_in, "SCHEMA_VERSION", SCHEMA_VERSION + 1)
    assert parties.receive(sent.path)[0].code == "all-new"


def test_an_empty_bundle_is_never_made(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    parties.commune.sending.take(parties.acknowledge())
    with pytest.raises(NothingToSend):
        parties.send()


def test_bundle_fed_to_the_commune(parties: "Parties") -> None:
    parties.work(1)
    before = parties.rows(parties.commune)
    with pytest.raises(WrongKind):
        parties.commune.sending.take(parties.send().path)
    assert parties.rows(parties.commune) == before
    assert parties.journal(parties.commune)[0].startswith("file_refused wrong-kind")


def test_acknowledgement_fed_to_the_upper_level(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    (verdict,) = parties.receive(parties.acknowledge())
    assert (verdict.verdict, verdict.code, verdict.new_events) == ("refused", "wrong-kind", 0)


def test_three_hundred_files_of_which_seven_are_bad(parties: "Parties", tmp_path: Path) -> None:
    """Bundles, copies of them, and seven that are cut, altered, strange, empty, or none at all, anywhere among them."""
    good: list[Path] = []
    for _ in range(4):
        parties.work(2)
        sent = parties.send().path
        good.append(sent)
        with parties.store(parties.commune).writing("An") as work:
            work.keep_local("acknowledged", {"epoch": 1, "seq": parties.commune.sending.history()[0].seq_to})
            work.commit()
    whole = good[0].read_bytes()
    altered = bytearray(whole)
    altered[-10] ^= 1
    label = bytearray(whole)
    label[40] ^= 1
    bad = {
        "altered": (bytes(altered), "payload-damaged"),
        "cut": (whole[:-1], "file-cut"),
        "label": (bytes(label), "envelope-damaged"),
        "empty": (b"", "not-a-bundle"),
        "photo": (b"\xff\xd8\xff\xe0" + bytes(2_000), "not-a-bundle"),
        "newer": (b"ANTQSB\0\2" + bytes(20), "newer-version"),
        "longer": (whole + b"x", "payload-damaged"),
    }
    files = [good[n % 4] for n in range(293)]
    for n, (name, (content, _)) in enumerate(bad.items()):
        path = tmp_path / f"{name}.antq"
        path.write_bytes(content)
        files.insert(n * 45, path)
    places = {place: bad[file.stem][1] for place, file in enumerate(files) if file.stem in bad}
    verdicts = parties.receive(*files)
    assert len(verdicts) == len(files) == 300
    refused = {place: each.code for place, each in enumerate(verdicts) if each.verdict == "refused"}
    assert refused == places
    assert [each.code for each in verdicts if each.verdict == "taken"] == ["all-new"] * 4
    assert sum(each.verdict == "known" for each in verdicts) == 289
    parties.assert_equal()
