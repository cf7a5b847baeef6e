"""A bundle that nothing frees by itself is decided upon by a person, with a reason that stays."""

import shutil
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from antq_desktop.exchange import judgement
from antq_desktop.services.receiving_side.held_bundles import NoReason, NotHeld

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


@pytest.fixture
def leaping(parties: "Parties", monkeypatch: pytest.MonkeyPatch) -> "Parties":
    """Return parties where a bundle leaped far over the one before it, which lies on the stick as well."""
    monkeypatch.setattr(judgement, "MAX_LEAP", 2)
    parties.work(4)
    first = parties.send()
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 1, "seq": first.seq_to})
        work.commit()
    parties.work(1)
    late = parties.send()
    assert [each.code for each in parties.receive(late.path)] == ["leap"]
    return parties


def test_released_bundle_waits_like_any_other_and_is_taken_up(leaping: "Parties") -> None:
    held = leaping.receiving.held_bundles
    (waiting,) = held.all()
    assert (waiting.code, waiting.needs_person, waiting.unit_name) == ("leap", True, "Xã Kim Bôi")
    assert held.release(waiting.sha256, "đã gọi điện").touches("received_bundles")
    assert leaping.receive() == []
    (waiting,) = held.all()
    assert (waiting.code, waiting.needs_person) == ("released", False)
    assert "bundle_released leap: đã gọi điện" in leaping.journal(leaping.receiving)
    first = next(path for path in leaping.stick.glob("*.antq") if path.name != waiting.file_name)
    assert [each.code for each in leaping.receive(first)] == ["all-new", "all-new"]
    assert held.all() == []
    leaping.assert_equal()


def test_refused_bundle_is_gone_and_the_commune_hears_of_it(leaping: "Parties") -> None:
    held = leaping.receiving.held_bundles
    (waiting,) = held.all()
    held.refuse(waiting.sha256, "nhầm máy")
    assert held.all() == []
    assert list((leaping.folder / "receiving" / "incoming").iterdir()) == []
    late = next(path for path in leaping.stick.glob("*.antq") if path.name == waiting.file_name)
    (again,) = leaping.receive(late)
    assert (again.verdict, again.code, again.exit_code) == ("refused", "refused-by-person", 3)
    first = next(path for path in leaping.stick.glob("*.antq") if path != late)
    assert leaping.receive(first)[0].code == "all-new"
    assert leaping.receive(late)[0].code == "all-new"  # nothing is missing before it any more
    leaping.assert_equal()


def test_what_is_not_there_and_what_has_no_reason(leaping: "Parties") -> None:
    held = leaping.receiving.held_bundles
    # The number of a bundle is what its maker says; another commune may have copied it. Only the file's hash counts.
    for wrong in ("khác", held.all()[0].bundle_id):
        with pytest.raises(NotHeld):
            held.release(wrong, "vì")
    with pytest.raises(NoReason):
        held.refuse(held.all()[0].sha256, "  ")


def test_a_fork_stays_an_alarm_until_a_person_ends_it(parties: "Parties") -> None:
    parties.work(1)
    parties.store(parties.commune).close()
    shutil.copytree(
        parties.folder / "commune", parties.folder / "clone", ignore=shutil.ignore_patterns("*.lock")
    )
    parties.work(1)
    parties.receive(parties.send().path)
    clone = parties.open(parties.folder / "clone")
    clone.territory.add("Xóm Khác", "xóm", date(2020, 1, 1))
    other = clone.sending.send(parties.stick).path
    clone.close()
    assert parties.receive(other)[0].code == "fork"
    parties.clock.at += timedelta(days=1)
    parties.work(1)
    assert parties.receive(parties.send().path)[0].verdict == "taken"

    (row,) = parties.receiving.receiving.communes()
    assert row.state == "alarm"
    held = parties.receiving.held_bundles
    (alarm,) = held.all()
    assert (alarm.code, alarm.needs_person, alarm.file_name) == ("fork", True, other.name)
    with pytest.raises(NotHeld):
        held.release(alarm.sha256, "không phải gói chờ")
    held.refuse(alarm.sha256, "máy chép đã xóa")
    assert held.all() == []
    assert parties.receiving.receiving.communes()[0].state == "fresh"
    assert "bundle_refused fork: máy chép đã xóa" in parties.journal(parties.receiving)
    assert parties.receive(other)[0].code == "refused-by-person"
    assert parties.receiving.receiving.communes()[0].state == "fresh"
