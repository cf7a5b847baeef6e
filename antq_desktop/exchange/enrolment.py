"""How a laptop becomes known: its request, checked under the number on the sheet, and the answer under the same number."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import check_number, container, envelope, keys, opening
from antq_desktop.exchange.keys import DeviceKeys
from antq_desktop.exchange.manifest import (
    PAYLOAD_TYPE,
    Answer,
    DocumentManifest,
    EnrolManifest,
    PublicKeys,
    Sender,
    encode,
)
from antq_desktop.exchange.names import new_id
from antq_desktop.exchange.opening import Unproven, WrongKind


class AnswersAnother(Refused):
    code = "answers-another"
    sentence = N_(
        "The trust file answers another request: that of another laptop of the commune, or an earlier one of this laptop. "
        "Choose the file whose name has the last 4 signs of this laptop's number, as on its enrolment sheet."
    )


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose signature and check number are right. ``sha256`` names the file for the answer."""

    unit_code: str
    device_id: str
    sign_public: bytes
    seal_public: str
    created_at: datetime
    sha256: bytes


def make_request(
    own: DeviceKeys, *, unit_code: str, device_id: str, number: str, now: datetime, schema_version: int
) -> tuple[EnrolManifest, bytes]:
    """Return the request and the whole file. ``number`` goes on the sheet, never into the file."""
    public = PublicKeys(keys.to_text(own.sign_public), own.seal_public)
    manifest = EnrolManifest(
        bundle_id=new_id(now),
        sender=Sender(unit_code, device_id, own.key_id),
        created_at=now,
        schema_version=schema_version,
        keys=public,
        check=check_number.mac(number, "enrol", _request_facts(unit_code, device_id, public)),
    )
    return manifest, container.head_of(envelope.seal(PAYLOAD_TYPE, encode(manifest), [own.sign_seed]))


def read_request(path: Path, number: str) -> Request:
    """Return the request in the file. Raises WrongKind, WeakKey, WrongSignature, WrongCheckNumber, as ``look`` does."""
    file = opening.look(path)
    claims = file.claims
    if not isinstance(claims, EnrolManifest):
        raise WrongKind
    public = keys.from_text(claims.keys.sign)
    keys.check_seal_public(claims.keys.seal)
    opening.prove(file, lambda _sender: public)
    sender = claims.sender
    facts = _request_facts(sender.unit_code, sender.device_id, claims.keys)
    check_number.check_mac(number, "enrol", facts, claims.check)
    return Request(
        sender.unit_code,
        sender.device_id,
        public,
        claims.keys.seal,
        claims.created_at,
        container.sha256_of(path),
    )


def answer(request: Request, receiving_code: str, root: bytes, number: str) -> Answer:
    """Return what makes the first trust file believable to the laptop that asked."""
    text = keys.to_text(root)
    return Answer(
        request.sha256,
        text,
        check_number.mac(number, "answer", _answer_facts(request.sha256, receiving_code, text)),
    )


def check_answer(file: Unproven, request: bytes, number: str) -> bytes:
    """Return the root key that a first trust file names, once the check number vouches for it.

    ``request`` is the whole file that this laptop sent. Raises WrongKind, AnswersAnother, WrongCheckNumber, WeakKey.
    """
    claims = file.claims
    if not isinstance(claims, DocumentManifest) or claims.answer is None:
        raise WrongKind
    given = claims.answer
    if given.request_sha256 != hashlib.sha256(request).digest():
        raise AnswersAnother
    facts = _answer_facts(hashlib.sha256(request).digest(), claims.sender.unit_code, given.root)
    check_number.check_mac(number, "answer", facts, given.check)
    return keys.from_text(given.root)


def _request_facts(unit_code: str, device_id: str, public: PublicKeys) -> dict[str, object]:
    return {"unit_code": unit_code, "device_id": device_id, "sign": public.sign, "seal": public.seal}


def _answer_facts(request_sha256: bytes, receiving_code: str, root: str) -> dict[str, object]:
    return {"request_sha256": request_sha256.hex(), "unit_code": receiving_code, "root": root}
