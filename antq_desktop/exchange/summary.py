"""The signed summary in the QR of a certificate: a few facts that a paper cannot forge.

Text: ``ANTQ1:`` and the base45 (RFC 9285, the alphabet a QR holds most densely) of 8 bytes of key id, 64 bytes of
Ed25519 signature and canonical JSON. 120 bytes of JSON give 294 signs.
"""

from collections.abc import Callable, Mapping

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import BadInput, Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys

MAX_SIGNS = 1_000
PREFIX = "ANTQ1:"
_TAG = b"antq/summary/1\n"
_KEY_BYTES = 8
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUE = {sign: value for value, sign in enumerate(_ALPHABET)}
_BASE = 45


class SummaryRefused(Refused):
    code = "summary-refused"
    sentence = N_(
        "The code on this paper is not genuine, or a unit unknown here signed it. Ask the unit that issued it."
    )


class SummaryTooLong(BadInput):
    code = "summary-too-long"
    sentence = N_("The facts are too long for the code on the paper. Shorten the name of the unit.")


def sign_summary(seed: bytes, summary: Mapping[str, str | int]) -> str:
    """Return the text for the QR of ``summary``. Raises SummaryTooLong."""
    body = strict_json.dumps(dict(summary))
    name = short_id(keys.public_of(seed))
    text = PREFIX + _to_base45(name + keys.sign(seed, _TAG + name + body) + body)
    if len(text) > MAX_SIGNS:
        raise SummaryTooLong
    return text


def open_summary(text: str, lookup: Callable[[str], bytes | None]) -> dict[str, str | int]:
    """Return the facts in ``text`` when a known key signed them. Raises SummaryRefused.

    ``lookup`` gets the first 16 hex digits of a key id and returns the raw public key, or None.
    """
    if not text.startswith(PREFIX) or len(text) > MAX_SIGNS:
        raise SummaryRefused
    raw = _from_base45(text.removeprefix(PREFIX))
    name, signature = raw[:_KEY_BYTES], raw[_KEY_BYTES : _KEY_BYTES + keys.SIGNATURE_SIZE]
    body = raw[_KEY_BYTES + keys.SIGNATURE_SIZE :]
    public = lookup(name.hex())
    if public is None or short_id(public) != name or not keys.verify(public, _TAG + name + body, signature):
        raise SummaryRefused
    try:
        facts = strict_json.loads(body, max_depth=1)
    except strict_json.UnsafeJSON as error:
        raise SummaryRefused from error
    if not isinstance(facts, dict) or not all(type(value) in (str, int) for value in facts.values()):
        raise SummaryRefused
    return facts


def short_id(public: bytes) -> bytes:
    """Return the 8 bytes by which a code names the key that signed it."""
    return bytes.fromhex(keys.key_id(public))[:_KEY_BYTES]


def _to_base45(raw: bytes) -> str:
    signs = []
    for at in range(0, len(raw), 2):
        pair = raw[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _place in range(len(pair) + 1):
            value, digit = divmod(value, _BASE)
            signs.append(_ALPHABET[digit])
    return "".join(signs)


def _from_base45(text: str) -> bytes:
    raw = bytearray()
    try:
        for at in range(0, len(text), 3):
            digits = [_VALUE[sign] for sign in text[at : at + 3]]
            value = sum(digit * _BASE**place for place, digit in enumerate(digits))
            raw += value.to_bytes(len(digits) - 1, "big")
    except (KeyError, OverflowError) as error:
        raise SummaryRefused from error
    return bytes(raw)
