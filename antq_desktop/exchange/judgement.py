"""Decides what a bundle is to a receiver and an acknowledgement to a commune, from hashes alone; it changes nothing.

One code for each row of the receiver's table. Which bytes are good was settled before; here it is only about history.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from antq_desktop.domain.events import GENESIS
from antq_desktop.domain.text import sort_key
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.acknowledgement import ChainTaken
from antq_desktop.exchange.manifest import BundleManifest, ChainPoint

#: A leap over more events than this is no lost stick any more; a person looks.
MAX_LEAP = 1_000_000

#: What no later bundle mends by itself: a person looks at it and lets it wait on or refuses it.
FOR_A_PERSON = frozenset({"leap", "epoch-unknown", "epoch-older"})

#: (epoch, seq) → the hash that is on record there, or None.
HashAt = Callable[[int, int], bytes | None]

SENTENCES = {
    "all-new": N_("Everything in the bundle is new and was taken in."),
    "tail-new": N_("A part was known already; the rest was taken in."),
    "restore": N_(
        "The laptop was restored from a backup; the bundle was taken in. Look at what was rolled back."
    ),
    "continued": N_(
        "The laptop goes on from data that was taken back; all of it is on record here and nothing was rolled back. "
        "The bundle was taken in."
    ),
    "all-known": N_("Everything in the bundle was taken in before. Nothing was changed."),
    "gap": N_(
        "Changes {missing_from} to {missing_to} are missing. The bundle waits until they come; bring the earlier bundle."
    ),
    "leap": N_(
        "The bundle leaps over {missing_from} to {missing_to}, far too many. It waits for a person to look."
    ),
    "epoch-unknown": N_(
        "The bundle goes on from a restore that is not known here. It waits for the first bundle after that restore."
    ),
    "epoch-older": N_(
        "The bundle is from before a restore and holds changes that are not known here. It waits for a person to look."
    ),
    "schema-newer": N_(
        "The bundle was made by a newer version of the program. It waits until this program is updated."
    ),
    "catalogue-newer": N_(
        "The bundle uses a list of criteria that is not here yet. It waits until that list arrives."
    ),
    "released": N_("Somebody has looked at the bundle. It waits until what is missing before it comes."),
    "refused-by-person": N_("Somebody here has refused the bundle for good. Nothing of it was taken in."),
    "state-differs": N_(
        "The bundle was taken in, but the tables differ from the commune's. Ask the commune to send everything again."
    ),
    "fork": N_(
        "Alarm: this laptop has sent another history under the same numbers ({seq_from} to {seq_to}). Nothing was taken. "
        "Two copies of its data are in use, or somebody altered it; call the commune."
    ),
    "ack-forward": N_("The acknowledgement was taken in; everything up to change {last_seq} is delivered."),
    "ack-equal": N_("The acknowledgement says nothing new. Nothing was changed."),
    "ack-older": N_("The acknowledgement is older than one taken in before. Nothing was changed."),
    "ack-behind": N_(
        "The receiving unit knows less than it once confirmed: its data was restored. "
        "Everything after change {last_seq} waits to be sent again."
    ),
    "ack-ahead": N_(
        "The receiving unit knows changes that this laptop has not: the data here was restored or copied. "
        "Stop working before anything more is entered: under Sending press «Settle it…» (or antq workspace mend)."
    ),
    "ack-fork": N_(
        "Alarm: the receiving unit holds another history than this laptop. Stop working and call the receiving unit."
    ),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """``verdict`` is taken, known, held or refused; ``facts`` fill the sentence of ``code``.

    When taken: events from ``take_from`` on are new, and those before it must equal what is on record.
    """

    verdict: str
    code: str
    take_from: int = 0
    missing: tuple[int, int] | None = None
    rolled_back: tuple[int, int] | None = None

    def facts(self, manifest: BundleManifest) -> dict[str, object]:
        """Return what fills the places of the sentence."""
        first, last = self.missing or (0, 0)
        return {
            "seq_from": manifest.seq_from,
            "seq_to": manifest.seq_to,
            "missing_from": first,
            "missing_to": last,
        }


def judge_bundle(
    manifest: BundleManifest,
    end: ChainPoint | None,
    hash_at: HashAt,
    *,
    schema_version: int,
    catalogues: Collection[tuple[str, str]],
) -> Verdict:
    """Return what a proven bundle is to a receiver whose record of this laptop ends at ``end`` (None: no record).

    ``catalogues`` holds (id, version) of every list of criteria that is known here. ``hash_at`` is asked only at or
    before ``end``; it may know earlier epochs too.
    """
    end = end or ChainPoint(1, 0, GENESIS)
    known = _history(manifest, end, hash_at)
    if known.verdict != "taken":
        return known
    if manifest.schema_version > schema_version:
        return Verdict("held", "schema-newer")
    if not all(_is_here(*each, catalogues) for each in manifest.catalogue_versions.items()):
        return Verdict("held", "catalogue-newer")
    return known


def _is_here(catalogue_id: str, version: str, catalogues: Collection[tuple[str, str]]) -> bool:
    """Whether a list of criteria is not newer than what is here: the program moves on, old assessments stay readable."""
    return any(
        catalogue_id == known_id and sort_key(version) <= sort_key(known) for known_id, known in catalogues
    )


def _history(manifest: BundleManifest, end: ChainPoint, hash_at: HashAt) -> Verdict:
    if manifest.epoch > end.epoch:
        return _later_epoch(manifest, end, hash_at)
    if manifest.epoch < end.epoch:
        same = hash_at(manifest.epoch, manifest.seq_to) == manifest.head_event_hash
        return Verdict("known", "all-known") if same else Verdict("held", "epoch-older")
    if manifest.seq_from > end.seq + 1:
        return _gap(end.seq + 1, manifest.seq_from - 1)
    if manifest.seq_to <= end.seq:
        there = end.hash if manifest.seq_to == end.seq else hash_at(manifest.epoch, manifest.seq_to)
        same = there == manifest.head_event_hash
        return Verdict("known", "all-known") if same else Verdict("refused", "fork")
    if _before(manifest, end, hash_at) != manifest.prev_event_hash:
        return Verdict("refused", "fork")
    code = "all-new" if manifest.seq_from == end.seq + 1 else "tail-new"
    return Verdict("taken", code, take_from=end.seq + 1)


def _later_epoch(manifest: BundleManifest, end: ChainPoint, hash_at: HashAt) -> Verdict:
    parent = manifest.parent
    if parent is None or parent.epoch > end.epoch:
        # None: not the first bundle of its epoch; where that epoch began is not known yet.
        return Verdict("held", "epoch-unknown")
    if parent.epoch == end.epoch and parent.seq > end.seq:
        return _gap(end.seq + 1, parent.seq)
    there = end.hash if (parent.epoch, parent.seq) == (end.epoch, end.seq) else _at(hash_at, parent)
    if there is None:
        return Verdict("held", "epoch-unknown")
    if there != parent.hash:
        return Verdict("refused", "fork")
    # The parent may also lie beyond where the epoch in use branched off: then that whole branch is undone.
    if (parent.epoch, parent.seq) == (end.epoch, end.seq):
        return Verdict("taken", "continued", take_from=manifest.seq_from)
    lost = min(parent.seq + 1, end.seq), end.seq
    return Verdict("taken", "restore", take_from=manifest.seq_from, rolled_back=lost)


def _before(manifest: BundleManifest, end: ChainPoint, hash_at: HashAt) -> bytes | None:
    """Return the hash on record just before the bundle."""
    if manifest.seq_from - 1 == end.seq:
        return end.hash
    if manifest.parent is not None:
        return _at(hash_at, manifest.parent)
    return GENESIS if manifest.seq_from == 1 else hash_at(manifest.epoch, manifest.seq_from - 1)


def _at(hash_at: HashAt, point: ChainPoint) -> bytes | None:
    return GENESIS if point.seq == 0 else hash_at(point.epoch, point.seq)


def _gap(first: int, last: int) -> Verdict:
    code = "gap" if last - first < MAX_LEAP else "leap"
    return Verdict("held", code, missing=(first, last))


@dataclass(frozen=True, slots=True)
class OwnLog:
    """What a commune knows of itself: its epoch and head, and what was acknowledged so far."""

    epoch: int
    head_seq: int
    acknowledged_epoch: int = 0
    acknowledged_seq: int = 0
    ack_sequence: int = 0


def judge_acknowledgement(
    own: OwnLog, sequence: int, taken: ChainTaken, hash_at: HashAt, *, was_taken: bool | None
) -> str:
    """Return the code of what an acknowledgement is to the commune.

    ``hash_at`` knows the own log. ``was_taken``: whether this very file was taken in under its number before; None when
    that number is new here. After ack-forward and ack-behind the acknowledged place is that of ``taken``; after
    ack-ahead and ack-fork nothing is marked and no bundle leaves before a person decided.
    """
    # Another file under a number that was used: the receiving unit was restored and counts anew. That is news.
    if sequence < own.ack_sequence and was_taken is not False:
        return "ack-older"
    place, before = (taken.epoch, taken.last_seq), (own.acknowledged_epoch, own.acknowledged_seq)
    if was_taken:
        return "ack-equal"
    if taken.epoch > own.epoch or (taken.epoch == own.epoch and taken.last_seq > own.head_seq):
        return "ack-ahead"
    there = GENESIS if taken.last_seq == 0 else hash_at(taken.epoch, taken.last_seq)
    # An earlier epoch may hold events that the restore lost: those are not in the own log and no alarm. They confirm
    # nothing of it either, for their numbers were given anew since.
    is_lost = there is None and taken.epoch < own.epoch
    if there != taken.head_hash and not is_lost:
        return "ack-fork"
    if place < before:
        return "ack-behind"
    return "ack-equal" if is_lost or place == before else "ack-forward"
