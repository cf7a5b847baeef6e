"""A request and its answer are believed under one number, and only together."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.exchange import check_number, container, enrolment, envelope, keys, manifest, opening, seal
from antq_desktop.exchange.check_number import WrongCheckNumber
from antq_desktop.exchange.enrolment import AnswersAnother
from antq_desktop.exchange.keys import DeviceKeys, WeakKey
from antq_desktop.exchange.manifest import EnrolManifest, PublicKeys

if TYPE_CHECKING:
    from tests.exchange.conftest import Bench

NUMBER = check_number.new_number()


def ask(
    bench: "Bench", own: DeviceKeys | None = None, number: str = NUMBER
) -> tuple[Path, EnrolManifest, bytes]:
    made, content = enrolment.make_request(
        own or bench.commune,
        unit_code="04978",
        device_id="laptop-1",
        number=number,
        now=bench.draft([]).created_at,
        schema_version=1,
    )
    path = bench.target()
    path.write_bytes(content)
    return path, made, content


def test_request_is_read_under_its_number(bench: "Bench") -> None:
    path, made, content = ask(bench)
    request = enrolment.read_request(path, NUMBER.replace("-", " "))
    assert (request.unit_code, request.device_id) == ("04978", "laptop-1")
    assert (request.sign_public, request.seal_public) == (
        bench.commune.sign_public,
        bench.commune.seal_public,
    )
    assert request.created_at == made.created_at
    assert request.sha256 == container.sha256_of(path)
    assert NUMBER.replace("-", "").encode() not in content.replace(b"-", b"")


def test_wrong_number_is_refused(bench: "Bench") -> None:
    path, _, _ = ask(bench)
    for number in (check_number.new_number(), "12345", ""):
        with pytest.raises(WrongCheckNumber) as caught:
            enrolment.read_request(path, number)
        assert caught.value.exit_code == 3


def test_request_of_somebody_else_under_the_sheet_is_refused(bench: "Bench") -> None:
    path, _, _ = ask(bench, own=keys.generate(), number=check_number.new_number())
    with pytest.raises(WrongCheckNumber):
        enrolment.read_request(path, NUMBER)


def test_key_of_small_order_is_refused_at_enrolment(bench: "Bench") -> None:
    _, made, _ = ask(bench)
    weak = keys.to_text(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"))
    for public in (PublicKeys(weak, made.keys.seal), PublicKeys(made.keys.sign, "age1weak")):
        path = bench.write(manifest.encode(replace(made, keys=public)), b"")
        with pytest.raises(WeakKey):
            enrolment.read_request(path, NUMBER)


def test_signature_must_be_of_the_key_in_the_request(bench: "Bench") -> None:
    _, made, _ = ask(bench)
    other = keys.generate()
    path = bench.write(manifest.encode(made), b"", [other.sign_seed])
    with pytest.raises(envelope.WrongSignature):
        enrolment.read_request(path, NUMBER)
    changed = replace(made, keys=replace(made.keys, seal=other.seal_public))
    path = bench.write(manifest.encode(changed), b"")
    with pytest.raises(WrongCheckNumber):
        enrolment.read_request(path, NUMBER)


def test_bundle_is_no_request_and_a_request_has_no_payload(bench: "Bench") -> None:
    with pytest.raises(opening.WrongKind):
        enrolment.read_request(bench.bundle().path, NUMBER)
    path, _, content = ask(bench)
    path.write_bytes(content + b"payload")
    with pytest.raises(opening.PayloadDamaged):
        enrolment.read_request(path, NUMBER)


def test_every_changed_byte_of_a_request_is_refused(bench: "Bench") -> None:
    path, _, content = ask(bench)
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(KnownFailure):
            enrolment.read_request(path, NUMBER)
        path.write_bytes(content[:at])
        with pytest.raises(KnownFailure):
            enrolment.read_request(path, NUMBER)


def answered(bench: "Bench", request_path: Path, number: str = NUMBER) -> opening.Unproven:
    request = enrolment.read_request(request_path, NUMBER)
    root = bench.receiving
    draft = manifest.DocumentDraft(
        kind="trust",
        bundle_id=bench.draft([]).bundle_id,
        sender=manifest.Sender("R0000001", "server", root.key_id),
        recipient=manifest.Recipient("04978", (keys.key_id(request.seal_public),)),
        schema_version=1,
        catalogue_versions={},
        created_at=bench.draft([]).created_at,
        trust_version=1,
        answer=enrolment.answer(request, "R0000001", root.sign_public, number),
    )
    sealed = seal.seal_document(
        draft, b"trust", seed=root.sign_seed, recipients=[request.seal_public], target=bench.target()
    )
    return opening.look(sealed.path)


def test_answer_proves_the_root_under_the_same_number(bench: "Bench") -> None:
    path, _, content = ask(bench)
    file = answered(bench, path)
    root = enrolment.check_answer(file, content, NUMBER)
    assert root == bench.receiving.sign_public
    assert opening.prove(file, lambda _sender: root).kind == "trust"


def test_answer_to_another_request_or_under_another_number_is_refused(bench: "Bench") -> None:
    path, _, content = ask(bench)
    file = answered(bench, path)
    _, _, other = ask(bench)
    with pytest.raises(AnswersAnother):
        enrolment.check_answer(file, other, NUMBER)
    with pytest.raises(WrongCheckNumber):
        enrolment.check_answer(file, content, check_number.new_number())
    with pytest.raises(WrongCheckNumber):
        enrolment.check_answer(answered(bench, path, check_number.new_number()), content, NUMBER)
    with pytest.raises(opening.WrongKind):
        enrolment.check_answer(opening.look(bench.bundle().path), content, NUMBER)
