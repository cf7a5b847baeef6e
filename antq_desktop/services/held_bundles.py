"""The bundles that no later bundle frees by itself: a person looks, asks the commune, and lets them wait on or refuses them."""

from dataclasses import dataclass, replace
from datetime import datetime

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import BadInput, NotFound
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import judgement, names
from antq_desktop.runtime.language import _
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.session import Session
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.receiving import BundleRow
from antq_desktop.storage.unit_of_work import Reading, Store

RELEASED = "released"
REFUSED = "refused-by-person"


class NotHeld(NotFound):
    code = "not-held"
    sentence = N_("No bundle «{what}» waits here. Look at the list of waiting bundles again.")


class NoReason(BadInput):
    code = "held-reason-missing"
    sentence = N_("Say in a few words why; the reason stays in the journal.")


@dataclass(frozen=True, slots=True)
class HeldBundle:
    """A bundle that waits. ``needs_person``: it was not looked at yet, and nothing that may still come frees it."""

    sha256: str
    bundle_id: str
    unit_code: str
    unit_name: str
    device_id: str
    epoch: int
    seq_from: int
    seq_to: int
    code: str
    sentence: str
    needs_person: bool
    file_name: str
    at: datetime


class HeldBundles:
    """Use cases of the receiving unit with bundles that wait."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session

    def all(self) -> list[HeldBundle]:
        """Return every bundle that waits, by unit and laptop in the order of its log."""
        with self._store.reading() as work:
            unit_names = {row.unit_code: row.unit_name for row in kept.enrolled(work)}
            ends = {(end.unit_code, end.device_id): end.last_seq for end in kept.chain_ends(work)}
            return [
                _told(row, unit_names.get(row.unit_code, row.unit_code), ends)
                for row in kept.bundles(work, verdict="held")
            ]

    def release(self, bundle_id: str, reason: str) -> Changes:
        """Let a bundle wait for what is missing like any other. Raises NotHeld, NoReason."""
        return self._decide(bundle_id, reason, "held", RELEASED)

    def refuse(self, bundle_id: str, reason: str) -> Changes:
        """Refuse a bundle for good and remove it; its commune is told by the next acknowledgement. Raises NotHeld, NoReason."""
        return self._decide(bundle_id, reason, "refused", REFUSED)

    def _decide(self, bundle_id: str, reason: str, verdict: str, code: str) -> Changes:
        why = clean(reason)
        if not why:
            raise NoReason(field="reason")
        with self._store.writing(self._session.user) as work:
            row = _waiting(work, bundle_id)
            kept.keep_bundle(work, replace(row, verdict=verdict, code=code, at=work.at_text))
            work.note(
                Deed(
                    "bundle_released" if code == RELEASED else "bundle_refused",
                    "security",
                    row.bundle_id,
                    note=f"{row.code}: {why}",
                )
            )
            changes = work.commit()
        if verdict == "refused":
            (self._paths.incoming / f"{row.sha256}{names.SUFFIX}").unlink(missing_ok=True)
        return changes


def _waiting(work: Reading, bundle_id: str) -> BundleRow:
    for row in kept.bundles(work, verdict="held"):
        if bundle_id in (row.bundle_id, row.sha256):
            return row
    raise NotHeld(what=bundle_id)


def _told(row: BundleRow, unit_name: str, ends: dict[tuple[str, str], int]) -> HeldBundle:
    last = ends.get((row.unit_code, row.device_id), 0)
    facts = {
        "seq_from": row.seq_from,
        "seq_to": row.seq_to,
        "missing_from": last + 1,
        "missing_to": row.seq_from - 1,
    }
    return HeldBundle(
        sha256=row.sha256,
        bundle_id=row.bundle_id,
        unit_code=row.unit_code,
        unit_name=unit_name,
        device_id=row.device_id,
        epoch=row.epoch,
        seq_from=row.seq_from,
        seq_to=row.seq_to,
        code=row.code,
        sentence=_(judgement.SENTENCES[row.code], **facts),
        needs_person=row.code in judgement.FOR_A_PERSON,
        file_name=row.file_name,
        at=datetime.fromisoformat(row.at),
    )
