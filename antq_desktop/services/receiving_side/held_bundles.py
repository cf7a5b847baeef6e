"""The bundles that no later one settles: a person looks, asks the commune, lets them wait on, refuses them or ends an alarm."""

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
    """A bundle that waits, or another history that came (``code`` "fork").

    ``needs_person``: it was not looked at yet, and nothing that may still come settles it.
    """

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
        """Return every bundle that waits or that an alarm is about, by unit and laptop in the order of its log."""
        with self._store.reading() as work:
            unit_names = {row.unit_code: row.unit_name for row in kept.enrolled(work)}
            ends = {(end.unit_code, end.device_id): end.last_seq for end in kept.chain_ends(work)}
            return [
                _told(row, unit_names.get(row.unit_code, row.unit_code), ends)
                for row in kept.bundles(work)
                if row.verdict == "held" or needs_person(row)
            ]

    def release(self, sha256: str, reason: str) -> Changes:
        """Let a bundle wait for what is missing like any other. Raises NotHeld, NoReason."""
        return self._decide(sha256, reason, "held", RELEASED)

    def refuse(self, sha256: str, reason: str) -> Changes:
        """Refuse a bundle for good and remove it; its commune is told by the next acknowledgement.

        Of a fork that ends the alarm; its file stays as it is. Raises NotHeld, NoReason.
        """
        return self._decide(sha256, reason, "refused", REFUSED)

    def _decide(self, sha256: str, reason: str, verdict: str, code: str) -> Changes:
        why = clean(reason)
        if not why:
            raise NoReason(field="reason")
        with self._store.writing(self._session.user) as work:
            row = _found(work, sha256, forks=verdict == "refused")
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
        if verdict == "refused" and row.verdict == "held":
            (self._paths.incoming / f"{row.sha256}{names.SUFFIX}").unlink(missing_ok=True)
        return changes


def needs_person(row: BundleRow) -> bool:
    """Whether nothing that may come settles this, and nobody has looked at it."""
    is_fork = row.verdict == "refused" and row.code == "fork"
    return is_fork or (row.verdict == "held" and row.code in judgement.FOR_A_PERSON)


def _found(work: Reading, sha256: str, *, forks: bool) -> BundleRow:
    """Return the bundle by the hash of its file: its number is chosen by who made it, and two may bear the same."""
    for row in kept.bundles(work):
        if row.sha256 == sha256 and (row.verdict == "held" or (forks and needs_person(row))):
            return row
    raise NotHeld(what=sha256)


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
        needs_person=needs_person(row),
        file_name=row.file_name,
        at=datetime.fromisoformat(row.at),
    )
