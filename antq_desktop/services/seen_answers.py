"""Finds out from what a laptop has seen of this receiving unit that the unit's own data was taken back from a copy."""

from dataclasses import replace

from antq_desktop.exchange.judgement import MAX_LEAP
from antq_desktop.exchange.manifest import BundleManifest
from antq_desktop.services import trouble
from antq_desktop.services.trouble import Restored, Trouble
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.devices import acknowledged_above
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Writing


def compare(work: Writing, manifest: BundleManifest) -> None:
    """Compare the acknowledgement that a proven bundle names with the one that went out under its number from here.

    One that never did tells of a past that is lost here: nothing leaves before that is settled. A number beyond all
    reason is no past, only noted.
    """
    seen = manifest.last_ack_seen
    if seen is None or manifest.recipient.unit_code != work.unit_code:
        return  # a bundle for another unit, opened with the recovery key, tells of that one
    if seen.sequence <= acknowledged_above(work):
        return  # went out before an earlier restore was settled
    unit_code = manifest.sender.unit_code
    if kept.sent_sha256(work, unit_code, seen.sequence) == seen.sha256.hex():
        return
    here = kept.sent_number(work)
    if seen.sequence - here > MAX_LEAP:
        work.note(Deed("alarm", "security", manifest.bundle_id, note="acknowledgement-leap"))
        return
    found = trouble.current(work)
    if found is None:
        found = Trouble(
            code=Restored.code,
            found_by="bundle",
            here_epoch=work.local("epoch", 1),
            here_seq=here,
            here_at=kept.sent_at(work),
            known_at=manifest.created_at.isoformat(),
        )
        work.note(Deed("alarm", "security", manifest.bundle_id, note=f"{found.code} {found.found_by}"))
    trouble.keep(work, replace(found, known_seq=max(found.known_seq, seen.sequence, here)))
