"""What a commune and its receiving unit really put on a stick is accepted by the verifier that shares no code with them."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import verify_bundle

from antq_desktop.services.application import Application
from antq_desktop.services.commune_side import device_keys
from tests.exchange.both_sides import plain_of

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Parties


def identity_of(parties: "Parties", side: Application, folder: Path) -> Path:
    with parties.store(side).reading() as work:
        own = device_keys.find(work)
    assert own is not None
    path = folder / f"{own.key_id}.txt"
    path.write_text(own.seal_identity, encoding="ascii")
    return path


@pytest.mark.skipif(not shutil.which("age"), reason="the program age is not on this machine")
def test_request_trust_bundle_acknowledgement_and_what_is_handed_back(
    bare: "Parties", tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = bare.commune.sending.enrolment_request(bare.stick)
    assert verify_bundle.main([str(request.path), "--check-number", request.check_number]) == 0
    enrolled = bare.receiving.receiving.enrol(request.path, request.check_number)
    bare.commune.sending.take(enrolled.path)
    bare.work(5)
    sent = bare.send()
    bare.receive(sent.path)
    answer = bare.acknowledge()
    folder = tmp_path / "back"
    folder.mkdir()
    (back,) = bare.receiving.handing_back.hand_back("04978", folder).files

    commune = identity_of(bare, bare.commune, tmp_path)
    receiving = identity_of(bare, bare.receiving, tmp_path)
    trust = tmp_path / "trust.json"
    trust.write_bytes(plain_of(enrolled.path, commune.read_text("ascii")).split(b"\n", 2)[2])
    for path, identity in (
        (enrolled.path, commune),
        (sent.path, receiving),
        (sent.path, commune),
        (answer, commune),
        (back, commune),
    ):
        arguments = [str(path), "--trust", str(trust), "--identity", str(identity)]
        assert verify_bundle.main(arguments) == 0, capsys.readouterr().out
    assert f"chain: whole from event 1 to {sent.count}" in capsys.readouterr().out
