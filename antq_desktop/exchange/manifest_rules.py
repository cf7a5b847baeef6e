"""Reads a manifest strictly: an unknown field, a missing one or another spelling is refused.

So all readers see one meaning, and no byte of a label can change without being noticed.
"""

from dataclasses import replace
from typing import Any
from uuid import UUID

from antq_desktop.domain import strict_json
from antq_desktop.domain.errors import Refused
from antq_desktop.domain.events import GENESIS, MAX_LINE
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, plain_fields
from antq_desktop.exchange.manifest import (
    MAX_EVENTS,
    REASONS,
    AckSeen,
    Answer,
    BundleManifest,
    ChainPoint,
    DocumentManifest,
    EnrolManifest,
    Manifest,
    Payload,
    PublicKeys,
    Recipient,
    Sender,
    encode,
    most_plain,
)
from antq_desktop.exchange.plain_fields import (
    Read,
    WrongField,
    count,
    digest,
    many,
    mapping,
    maybe,
    moment,
    one_of,
    positive,
    record,
    text,
    token,
)


class ManifestRefused(Refused):
    code = "manifest-refused"
    sentence = N_(
        "The label of the file is damaged or breaks the rules of the format. Copy the file again from the machine that "
        "made it; if that does not help, make it anew there."
    )


class EmptyBundle(Refused):
    code = "bundle-empty"
    sentence = N_("The bundle holds no change at all. Make a new bundle on the laptop of the commune.")


def parse(payload: bytes) -> Manifest:
    """Return the manifest in ``payload``. Raises ManifestRefused, EmptyBundle."""
    try:
        return _parse(payload)
    except (strict_json.UnsafeJSON, WrongField) as error:
        raise ManifestRefused(field=str(error)) from error


def _parse(payload: bytes) -> Manifest:
    fields = strict_json.loads(payload, max_depth=4)
    kind = fields.pop("kind", None) if isinstance(fields, dict) else None
    if not isinstance(kind, str) or kind not in _SHAPES:
        raise WrongField("kind")
    shape, readers = _SHAPES[kind]
    made: Manifest = shape(**plain_fields.read(readers, fields))
    if not isinstance(made, EnrolManifest):
        made = replace(made, kind=kind)
        if made.payload.plain_size > most_plain(made.payload.size):
            raise WrongField("plain_size")
    if isinstance(made, BundleManifest):
        _check_bundle(made)
    elif isinstance(made, DocumentManifest) and made.answer is not None and kind != "trust":
        raise WrongField("answer")
    if encode(made) != payload:
        raise WrongField("spelling")
    return made


def _check_bundle(made: BundleManifest) -> None:
    if made.count == 0:
        raise EmptyBundle
    if made.count != made.seq_to - made.seq_from + 1 or made.count > MAX_EVENTS:
        raise WrongField("count")
    if sum(made.counts.values()) != made.count:
        raise WrongField("counts")
    parent = made.parent
    if parent is None:
        if made.seq_from == 1 and (made.epoch != 1 or made.prev_event_hash != GENESIS):
            raise WrongField("prev_event_hash")
    elif (
        parent.epoch >= made.epoch
        or parent.seq + 1 != made.seq_from
        or parent.hash != made.prev_event_hash
        or (parent.seq == 0 and parent.hash != GENESIS)
    ):
        raise WrongField("parent")
    if made.kind == "snapshot" and made.seq_from != 1 and parent is None:
        raise WrongField("seq_from")


def _capped(most: int) -> Read:
    def read_count(value: object) -> int:
        if positive(value) > most:
            raise WrongField("over the cap")
        return positive(value)

    return read_count


def _key_id(value: object) -> str:
    if (
        not isinstance(value, str)
        or len(value) != len(keys.key_id(b""))
        or set(value) - set("0123456789abcdef")
    ):
        raise WrongField("no key id")
    return value


def _mac(value: object) -> str:
    return digest(value).hex()


def _uuid(value: object) -> str:
    made = token(value)
    try:
        proper = str(UUID(made))
    except ValueError as error:
        raise WrongField("no UUID") from error
    if proper != made:
        raise WrongField("no UUID")
    return made


_SENDER = record(Sender, {"unit_code": token, "device_id": token, "key_id": _key_id})
_RECIPIENT = record(Recipient, {"unit_code": token, "key_ids": many(_key_id)})
_PAYLOAD = record(
    Payload,
    {
        "sha256": digest,
        "size": positive,
        "plain_size": positive,
        "max_line": _capped(MAX_LINE),
    },
)
_COMMON = {"bundle_id": _uuid, "sender": _SENDER, "created_at": moment, "schema_version": positive}
_SEALED = {
    **_COMMON,
    "recipient": _RECIPIENT,
    "catalogue_versions": mapping(token, token),
    "trust_version": count,
    "payload": _PAYLOAD,
}
_BUNDLE = {
    **_SEALED,
    "epoch": positive,
    "parent": maybe(record(ChainPoint, {"epoch": positive, "seq": count, "hash": digest})),
    "seq_from": positive,
    "seq_to": count,
    "count": count,
    "counts": mapping(token, positive),
    "prev_event_hash": digest,
    "head_event_hash": digest,
    "prev_bundle_sha256": maybe(digest),
    "reason": one_of(*REASONS),
    "last_ack_seen": maybe(record(AckSeen, {"sequence": positive, "sha256": digest})),
}
_DOCUMENT = {
    **_SEALED,
    "answer": maybe(record(Answer, {"request_sha256": digest, "root": text, "check": _mac})),
}
_ENROL = {**_COMMON, "keys": record(PublicKeys, {"sign": text, "seal": text}), "check": _mac}
_SHAPES: dict[str, tuple[Any, plain_fields.Readers]] = {
    "bundle": (BundleManifest, _BUNDLE),
    "snapshot": (BundleManifest, _BUNDLE),
    "ack": (DocumentManifest, _DOCUMENT),
    "trust": (DocumentManifest, _DOCUMENT),
    "catalogue": (DocumentManifest, _DOCUMENT),
    "enrol": (EnrolManifest, _ENROL),
}
