"""What the upper level gives away is on record there before it lies on a stick; what did not get there is put again."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.exchange import sticks
from antq_desktop.exchange.sticks import StickVanished
from antq_desktop.storage import receiving as received
from antq_desktop.storage.unit_of_work import Writing
from tests.services.exchange.test_machines import commune, enrol

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


class PowerCut(BaseException):
    """Nothing of the program runs on."""


def cut(*_what: object) -> None:
    raise PowerCut


def vanished(*_what: object) -> Path:
    raise StickVanished


def test_nothing_is_acknowledged_that_is_not_on_record(
    parties: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    parties.work(2)
    parties.receive(parties.send().path)
    before = sorted(parties.stick.iterdir())
    with monkeypatch.context() as patched, pytest.raises(PowerCut):
        patched.setattr(Writing, "commit", cut)
        parties.acknowledge()
    assert sorted(parties.stick.iterdir()) == before
    with monkeypatch.context() as patched, pytest.raises(StickVanished):
        patched.setattr(sticks, "put", vanished)
        parties.acknowledge()
    assert list((parties.folder / "receiving" / "outgoing").iterdir()) == []
    # The acknowledgement is on record; the very same goes out the next time.
    first = parties.acknowledge()
    with parties.store(parties.receiving).reading() as work:
        assert received.sent_number(work) == 1
    assert parties.commune.sending.take(first).waiting == 0
    parties.work(1)
    (verdict,) = parties.receive(parties.send().path)
    assert "Cảnh báo" not in verdict.sentence
    assert parties.receiving.mending.state() is None


def test_no_laptop_believes_itself_enrolled_that_is_not(
    bare: "Parties", monkeypatch: pytest.MonkeyPatch
) -> None:
    request = bare.commune.sending.enrolment_request(bare.stick)
    before = sorted(bare.stick.iterdir())
    with monkeypatch.context() as patched, pytest.raises(PowerCut):
        patched.setattr(Writing, "commit", cut)
        bare.receiving.receiving.enrol(request.path, request.check_number)
    assert sorted(bare.stick.iterdir()) == before
    # Enrolled, but the answer got lost, or it was there already: the same request brings a newer one.
    lost = bare.receiving.receiving.enrol(request.path, request.check_number)
    with monkeypatch.context() as patched, pytest.raises(StickVanished):
        patched.setattr(sticks, "put", vanished)
        bare.receiving.receiving.enrol(request.path, request.check_number)
    assert bare.commune.sending.take(lost.path).code == "trust-taken"
    again = bare.receiving.receiving.enrol(request.path, request.check_number)
    assert bare.commune.sending.take(again.path).code == "trust-taken"
    bare.work(1)
    assert [each.code for each in bare.receive(bare.send().path)] == ["all-new"]


def test_a_unit_without_a_laptop_in_use_keeps_nobody_waiting(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    device = parties.store(parties.commune).device_id
    other = commune(parties, "05014", "xa-khac")
    enrol(parties, other)
    parties.receive(other.sending.send(parties.stick).path)
    parties.receiving.machines.revoke("04978", device, None, "mất máy")
    done = parties.receiving.receiving.acknowledge_all(parties.stick)
    assert [name for name, _why in done.passed_over] == ["Xã Kim Bôi"]
    assert "04978" in done.passed_over[0][1]
    (answer,) = done.files
    assert other.sending.take(answer).waiting == 0
    other.close()
