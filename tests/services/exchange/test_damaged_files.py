"""A damaged file changes no table, on either side of the stick."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import device_keys
from antq_desktop.storage.table_parts import metadata
from tests.exchange import damaging
from tests.exchange.both_sides import GoodFile, plain_of

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties

DAMAGED = 60
HOSTILE = (damaging.noise, damaging.relabelled, damaging.resealed, damaging.respelled, damaging.rewritten)


@dataclass
class OneFile:
    """What damage needs to know of a file."""

    identity: str
    root: bytes = bytes(32)
    files: dict[str, GoodFile] = field(default_factory=dict)

    def plain(self, good: GoodFile) -> bytes:
        return plain_of(good.path, self.identity)


def own_keys(parties: "Parties", side: Application) -> DeviceKeys:
    with parties.store(side).reading() as work:
        found = device_keys.find(work)
    assert found is not None
    return found


def everything(parties: "Parties", side: Application, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but the journal, which says that a file was refused."""
    with parties.store(side).reading() as work:
        return {
            table.name: sorted(map(tuple, work.connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
            if table.name not in {"journal", *but}
        }


def test_the_receiving_unit_stays_as_it_is(parties: "Parties", tmp_path: Path) -> None:
    parties.work(4)
    good = parties.send().path
    commune, receiving = own_keys(parties, parties.commune), own_keys(parties, parties.receiving)
    file = GoodFile(good, commune.sign_seed, (receiving.seal_public, commune.seal_public), "R0000001")
    path, said = tmp_path / "hong.antq", set()
    before = everything(parties, parties.receiving)
    for number in range(DAMAGED):
        random = Random(number)
        path.write_bytes(random.choice(HOSTILE)(OneFile(receiving.seal_identity), random, file))
        (verdict, *_more) = parties.receive(path)
        said.add(verdict.verdict)
        if verdict.verdict == "taken":
            before = everything(parties, parties.receiving)
            continue
        # Of a bundle that was proven it is noted that it came, also when it is held or forks off; nothing else moves.
        noted = () if verdict.verdict == "refused" and verdict.code != "fork" else ("received_bundles",)
        after = everything(parties, parties.receiving, *noted)
        assert after == {name: before[name] for name in after}, (number, verdict.code)
        before = everything(parties, parties.receiving)
    assert {"refused", "taken"} <= said


@pytest.mark.parametrize("answer", ["ack", "trust"])
def test_the_commune_stays_as_it_is(bare: "Parties", tmp_path: Path, answer: str) -> None:
    request = bare.commune.sending.enrolment_request(bare.stick)
    enrolled = bare.receiving.receiving.enrol(request.path, request.check_number)
    if answer == "ack":
        bare.commune.sending.take(enrolled.path)
        bare.work(3)
        bare.receive(bare.send().path)
    good = bare.acknowledge() if answer == "ack" else enrolled.path
    identity = own_keys(bare, bare.commune)
    file = GoodFile(good, bytes(32), (identity.seal_public,), "04978")
    path = tmp_path / "hong.antq"
    before = everything(bare, bare.commune)
    for number in range(DAMAGED):
        random = Random(number)
        path.write_bytes(random.choice(HOSTILE)(OneFile(identity.seal_identity), random, file))
        if path.read_bytes() == good.read_bytes():
            continue
        with pytest.raises(KnownFailure) as caught:
            bare.commune.sending.take(path)
        assert isinstance(caught.value, Refused), caught.value.code
        assert everything(bare, bare.commune) == before, (number, caught.value.code)
    assert bare.commune.sending.take(good).code in {"ack-forward", "trust-taken"}
