"""Sees that a commune names an acknowledgement that is not on record here, and has a person look at it.

It is no proof of anything: the data here may have been taken back from a copy, or that commune's may have been altered.
So nothing stops for it and no number moves. Counters and backups say whether the data here is old; and where it is, the
next acknowledgement under a used number tells the commune, which sends again.
"""

from antq_desktop.domain.wording import N_
from antq_desktop.exchange.manifest import BundleManifest
from antq_desktop.runtime.language import _
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.devices import acknowledged_above
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Reading, Writing

_ALARM = N_(
    "Alarm: the commune names an acknowledgement that is not on record here. Either the data here was taken back from a copy, "
    "or the data of that laptop was altered; call the commune."
)


def compare(work: Writing, manifest: BundleManifest) -> None:
    """Write an alarm about the unit down when a proven bundle of it names what never went out to it; once for each."""
    seen = manifest.last_ack_seen
    if seen is None or not _is_unknown(work, manifest):
        return
    # A row for each unit: two of them never wait for one another.
    name = f"unknown_acknowledgement.{manifest.sender.unit_code}"
    named = [seen.sequence, seen.sha256.hex()]
    if work.local(name, []) != named:
        work.keep_local(name, named)
        work.note(Deed("alarm", "security", manifest.bundle_id, note="acknowledgement-unknown"))


def notice(work: Reading, manifest: BundleManifest) -> str:
    """Return what a person is to read beside the verdict, or nothing."""
    return " " + _(_ALARM) if _is_unknown(work, manifest) else ""


def _is_unknown(work: Reading, manifest: BundleManifest) -> bool:
    seen = manifest.last_ack_seen
    if seen is None or manifest.recipient.unit_code != work.unit_code:
        return False  # a bundle for another unit, opened with the recovery key or by another laptop, tells of that one
    if seen.sequence <= acknowledged_above(work):
        return False  # went out before a restore was settled
    return kept.sent_sha256(work, manifest.sender.unit_code, seen.sequence) != seen.sha256.hex()
