"""Who may send to whom: requests, trust files, foreign, revoked and misdirected files."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from antq_desktop.exchange.check_number import WrongCheckNumber, new_number
from antq_desktop.exchange.enrolment import AnswersAnother
from antq_desktop.exchange.opening import WrongKind
from antq_desktop.exchange.sticks import StickMissing
from antq_desktop.services.commune_side.answers import NotAsked
from antq_desktop.services.commune_side.sending import NotEnrolled
from antq_desktop.services.receiving_side.receiving import KeyTaken, KeyWithdrawn, NothingReceived
from antq_desktop.services.receiving_side.receiving_keys import AlreadyInitialised, NotInitialised
from antq_desktop.storage import tables

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def test_not_enrolled_and_nothing_asked(bare: "Parties") -> None:
    bare.work(1)
    with pytest.raises(NotEnrolled):
        bare.send()
    assert not bare.commune.sending.waiting().is_enrolled
    with pytest.raises(NothingReceived):
        bare.acknowledge()
    with pytest.raises(NothingReceived):
        bare.receiving.receiving.acknowledge("99999", bare.stick)
    with pytest.raises(StickMissing):
        bare.commune.sending.send(bare.stick / "none")
    with pytest.raises(AlreadyInitialised):
        bare.receiving.receiving.initialise("Phòng khác")
    with pytest.raises(NotInitialised):
        bare.commune.receiving.receive([])


def test_wrong_number_enrols_nobody(bare: "Parties") -> None:
    request = bare.commune.sending.enrolment_request(bare.stick)
    with pytest.raises(WrongCheckNumber):
        bare.receiving.receiving.enrol(request.path, new_number())
    assert bare.receiving.receiving.communes() == []
    assert any(line.startswith("file_refused wrong-check-number") for line in bare.journal(bare.receiving))


def test_trust_file_for_an_older_request_is_refused(bare: "Parties") -> None:
    request = bare.commune.sending.enrolment_request(bare.stick)
    enrolled = bare.receiving.receiving.enrol(request.path, request.check_number)
    bare.commune.sending.enrolment_request(bare.stick)
    with pytest.raises(AnswersAnother):
        bare.commune.sending.take(enrolled.path)
    assert not bare.commune.sending.waiting().is_enrolled


def test_trust_file_that_nobody_asked_for_is_refused(bare: "Parties", parties: "Parties") -> None:
    request = bare.commune.sending.enrolment_request(bare.stick)
    enrolled = bare.receiving.receiving.enrol(request.path, request.check_number)
    with bare.store(bare.commune).writing("An") as work:
        work.keep_local("enrolment", None)
        work.connection.execute(sa.delete(tables.trust_documents))
        work.commit()
    with pytest.raises(NotAsked):
        bare.commune.sending.take(enrolled.path)


def test_key_of_one_laptop_is_not_enrolled_for_another(parties: "Parties") -> None:
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("device_id", "another")
        work.commit()
    parties.store(parties.commune).identify()
    request = parties.commune.sending.enrolment_request(parties.stick)
    with pytest.raises(KeyTaken):
        parties.receiving.receiving.enrol(request.path, request.check_number)


def test_one_kind_fed_as_another(parties: "Parties") -> None:
    parties.work(1)
    sent = parties.send()
    with pytest.raises(WrongKind):
        parties.commune.sending.take(sent.path)
    parties.receive(sent.path)
    (verdict,) = parties.receive(parties.acknowledge())
    assert (verdict.verdict, verdict.code) == ("refused", "wrong-kind")


def test_bundle_for_another_receiving_unit_is_refused(parties: "Parties", tmp_path: Path) -> None:
    stranger = parties.another_receiving_unit(tmp_path / "stranger")
    parties.work(1)
    sent = parties.send()
    (unknown,) = stranger.receiving.receive([sent.path])
    assert (unknown.verdict, unknown.code) == ("refused", "unknown-sender")
    request = parties.commune.sending.enrolment_request(parties.stick)
    stranger.receiving.enrol(request.path, request.check_number)
    (wrong,) = stranger.receiving.receive([sent.path])
    assert (wrong.verdict, wrong.code) == ("refused", "wrong-recipient")
    stranger.close()


def test_revoked_laptop_is_refused(parties: "Parties") -> None:
    parties.work(1)
    parties.receive(parties.send().path)
    with parties.store(parties.receiving).writing("Bình") as work:
        work.connection.execute(sa.update(tables.devices).values(status="revoked", revoked_from=3))
        work.commit()
    parties.work(1)
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.code) == ("refused", "key-revoked")
    # Its old request does not make the withdrawn key good again.
    request = parties.commune.sending.enrolment_request(parties.stick)
    with pytest.raises(KeyWithdrawn):
        parties.receiving.receiving.enrol(request.path, request.check_number)
