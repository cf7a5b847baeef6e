"""Brings a proven trust document into use at a commune, and with it the new keys of the laptop that it names."""

import hashlib
from base64 import b64decode

from antq_desktop.exchange import keys, trust
from antq_desktop.exchange.manifest import DocumentManifest
from antq_desktop.exchange.opening import Unproven
from antq_desktop.exchange.trust import Trust, TrustOlder
from antq_desktop.services.commune_side import believed, device_keys
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Writing


def keep(work: Writing, document: Trust, signed: bytes) -> None:
    """Go by ``document`` from now on; ``signed`` is how it came."""
    kept.keep_trust_document(work, document.version, signed)
    work.note(Deed("trust_taken", "trust_documents", str(document.version), note=document.receiving.name))


def take_keys_into_use(work: Writing, document: Trust) -> None:
    """Change over to new keys as soon as the receiving unit knows them."""
    proposed = device_keys.proposed(work)
    if proposed is not None and believed.is_enrolled(document, proposed, work.unit_code):
        device_keys.promote(work)
        work.note(Deed("keys_changed", "security", proposed.key_id))


def take_inner(work: Writing, signed: bytes, current: Trust) -> None:
    """Take the document that an acknowledgement carries. Raises TrustRefused."""
    roots = [keys.from_text(root) for root in current.receiving.roots]
    try:
        newer = trust.open_trust(signed, roots, current)
    except TrustOlder:
        # The acknowledgement was made before the document in use, or the receiving unit was restored.
        return
    if newer != current:
        take_keys_into_use(work, newer)
        keep(work, newer, signed)


def is_answered(work: Writing, file: Unproven) -> bool:
    """Whether a proven trust file answers the request that waits for its answer."""
    asked: dict[str, str] | None = work.local("enrolment", None)
    answer = file.claims.answer if isinstance(file.claims, DocumentManifest) else None
    if asked is None or answer is None:
        return False
    return answer.request_sha256 == hashlib.sha256(b64decode(asked["request"])).digest()
