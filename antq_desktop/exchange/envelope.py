"""The standard DSSE envelope around what is signed: a type, bytes, and who signed them.

https://github.com/secure-systems-lab/dsse : the signature covers type and payload through the pre-authentication
encoding, so a manifest can never pass as a trust document. Stricter than the standard here: one canonical spelling.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys
from antq_desktop.exchange.container import NewerVersion

_KEY_ID = re.compile(r"[0-9a-f]{32}")


class EnvelopeDamaged(Refused):
    code = "envelope-damaged"
    sentence = N_("The label of the file is damaged. Copy the file again from the machine that made it.")


class WrongSignature(Refused):
    code = "wrong-signature"
    sentence = N_(
        "The signature of the file is wrong: it was altered on the way or another machine signed it. "
        "Keep the file and ask the unit that sent it."
    )


@dataclass(frozen=True, slots=True)
class Signature:
    key_id: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """A decoded envelope; nothing in it is proven before ``verify``."""

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]


def pre_authentication(payload_type: str, payload: bytes) -> bytes:
    """Return the bytes that DSSE signs."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def seal(payload_type: str, payload: bytes, seeds: Sequence[bytes]) -> bytes:
    """Return the envelope of ``payload``, signed with each Ed25519 seed in turn."""
    message = pre_authentication(payload_type, payload)
    signatures = tuple(
        Signature(keys.key_id(keys.public_of(seed)), keys.sign(seed, message)) for seed in seeds
    )
    return _encode(Envelope(payload_type, payload, signatures))


def decode(data: bytes, payload_type: str, max_signatures: int = 1) -> Envelope:
    """Return the envelope in ``data``. Raises EnvelopeDamaged, NewerVersion.

    ``payload_type`` ends in ``;v=1``; the same type with a higher number is a newer version.
    """
    try:
        fields = strict_json.loads(data, max_depth=4)
        envelope = Envelope(
            str(fields["payloadType"]),
            base64.b64decode(fields["payload"], validate=True),
            tuple(
                Signature(str(each["keyid"]), base64.b64decode(each["sig"], validate=True))
                for each in fields["signatures"]
            ),
        )
        canonical = _encode(envelope)
    except (strict_json.UnsafeJSON, KeyError, TypeError, binascii.Error, ValueError) as error:
        raise EnvelopeDamaged from error
    # One spelling only: no unsigned byte of a file can change and still pass.
    if canonical != data:
        raise EnvelopeDamaged
    if envelope.payload_type != payload_type:
        stem, _, version = payload_type.rpartition(";v=")
        newer = re.fullmatch(re.escape(stem) + r";v=([0-9]{1,4})", envelope.payload_type)
        raise NewerVersion if newer and int(newer[1]) > int(version) else EnvelopeDamaged
    if not 1 <= len(envelope.signatures) <= max_signatures:
        raise EnvelopeDamaged
    names = {each.key_id for each in envelope.signatures}
    if len(names) != len(envelope.signatures) or not all(map(_KEY_ID.fullmatch, names)):
        raise EnvelopeDamaged
    return envelope


def is_signed_by(envelope: Envelope, public_key: bytes) -> bool:
    """Whether one signature names ``public_key`` and is right."""
    name = keys.key_id(public_key)
    message = pre_authentication(envelope.payload_type, envelope.payload)
    return any(
        each.key_id == name and keys.verify(public_key, message, each.signature)
        for each in envelope.signatures
    )


def verify(envelope: Envelope, public_key: bytes) -> None:
    """Check that ``public_key`` signed the envelope. Raises WrongSignature."""
    if not is_signed_by(envelope, public_key):
        raise WrongSignature


def _encode(envelope: Envelope) -> bytes:
    return strict_json.dumps(
        {
            "payloadType": envelope.payload_type,
            "payload": base64.b64encode(envelope.payload).decode(),
            "signatures": [
                {"keyid": each.key_id, "sig": base64.b64encode(each.signature).decode()}
                for each in envelope.signatures
            ],
        }
    )
