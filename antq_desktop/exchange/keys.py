"""The keys of a laptop, and the only function of the program that verifies a signature.

Signing is Ed25519 through libsodium (PyNaCl); sealing is age with X25519 (pyrage). Another library is never asked about
a signature: libraries disagree on small-order and non-canonical points, and two opinions are a hole.
"""

import base64
import hashlib
from dataclasses import dataclass, field

import pyrage
from nacl.bindings import crypto_core_ed25519_is_valid_point
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_

#: What is raised for a text that is no age identity.
IdentityError = pyrage.IdentityError
SEED_SIZE = 32
PUBLIC_SIZE = 32
SIGNATURE_SIZE = 64
_KEY_TAG = b"antq/key/1\n"
_KEY_ID_BYTES = 16


class WeakKey(Refused):
    code = "weak-key"
    sentence = N_("The key in this file is not safe and was refused. Make a new request on that laptop.")


@dataclass(frozen=True, slots=True)
class DeviceKeys:
    """Both secrets of one device: 32 bytes of Ed25519 seed and the text of an age identity."""

    sign_seed: bytes = field(repr=False)
    seal_identity: str = field(repr=False)

    @property
    def sign_public(self) -> bytes:
        return public_of(self.sign_seed)

    @property
    def seal_public(self) -> str:
        return recipient_of(self.seal_identity)

    @property
    def key_id(self) -> str:
        return key_id(self.sign_public)


def generate() -> DeviceKeys:
    """Return new keys from the system's random source."""
    return DeviceKeys(bytes(SigningKey.generate()), str(pyrage.x25519.Identity.generate()))


def public_of(seed: bytes) -> bytes:
    """Return the 32-byte Ed25519 public key of a seed."""
    return bytes(SigningKey(seed).verify_key)


def recipient_of(identity: str) -> str:
    """Return the public ``age1…`` text of a secret age identity."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def key_id(public: bytes | str) -> str:
    """Return 32 hex digits that name a public key: raw Ed25519 bytes or the text of an age recipient."""
    raw = public.encode("ascii") if isinstance(public, str) else public
    return hashlib.sha256(_KEY_TAG + raw).hexdigest()[: 2 * _KEY_ID_BYTES]


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the 64-byte Ed25519 signature of ``message``."""
    return SigningKey(seed).sign(message).signature


def verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` is that of ``message`` by ``public_key``. Never raises, whatever the bytes."""
    if len(public_key) != PUBLIC_SIZE or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        VerifyKey(public_key).verify(message, signature)
    except BadSignatureError:
        return False
    return True


def to_text(public: bytes) -> str:
    """Return an Ed25519 public key as files carry it: standard base64."""
    return base64.b64encode(public).decode()


def from_text(text: str) -> bytes:
    """Return the Ed25519 public key in ``text``, a canonical point of the prime-order group. Raises WeakKey."""
    try:
        public = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise WeakKey from error
    if (
        len(public) != PUBLIC_SIZE
        or to_text(public) != text
        or not crypto_core_ed25519_is_valid_point(public)
    ):
        raise WeakKey
    return public


def check_seal_public(recipient: str) -> str:
    """Return ``recipient`` if it is the one proper spelling of an X25519 age recipient. Raises WeakKey."""
    try:
        proper = str(pyrage.x25519.Recipient.from_str(recipient))
    except pyrage.RecipientError as error:
        raise WeakKey from error
    if proper != recipient:
        raise WeakKey
    return recipient
