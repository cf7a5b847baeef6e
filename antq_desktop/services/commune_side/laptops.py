"""Two laptops of one commune: each takes in what the other sealed for the receiving unit, so that both know the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.commune_side import believed
from antq_desktop.services.receiving_side import bundle_readers
from antq_desktop.services.receiving_side.file_after_file import FileAfterFile
from antq_desktop.services.receiving_side.taking_in import BundleVerdict, TakingIn
from antq_desktop.services.session import Session
from antq_desktop.services.settings import put, setting
from antq_desktop.services.yearly import number_register
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.unit_of_work import Store

_WHOLE_WANTED = N_(
    "Earlier changes of the other laptop are missing. There, press «Make a whole bundle for another laptop» under Sending "
    "(or antq send --all) and bring that bundle here."
)


@dataclass(frozen=True, slots=True)
class OtherLaptop:
    """Another laptop of this commune, with how far its changes came here; nothing yet: 0 and no time."""

    device_id: str
    last_seq: int
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class RegisterKeeper:
    """Which laptop gives out the numbers of certificates; no id while nobody was named. ``several`` laptops are enrolled."""

    device_id: str
    is_here: bool
    several: bool


class Laptops:
    """Use cases of a commune that works on several laptops."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._session = session
        taking = TakingIn(store, session, catalogues, bundle_readers.other_laptop(store))
        self._files = FileAfterFile(store, paths, session, taking)

    def take(
        self,
        files: Sequence[Path],
        progress: Progress | None = None,
        told: Callable[[BundleVerdict], object] = lambda _verdict: None,
    ) -> list[BundleVerdict]:
        """Take bundles of the other laptops in; nothing of them is sent on from here, each laptop sends its own.

        Returns a verdict a file, then one for each bundle that waited and was taken up besides. Raises NotEnrolled,
        MachineFailed, Cancelled; what was taken in before stays.
        """
        return self._files.take(files, progress or Progress(), told)

    def register(self) -> RegisterKeeper:
        """Return who keeps the register of certificates."""
        with self._store.reading() as work:
            holder = setting(work, number_register.HOLDER)
            document = believed.current(work)
        count = len(believed.devices_in_use(document, self._store.unit_code)) if document else 1
        return RegisterKeeper(holder, holder == self._store.device_id, count > 1)

    def keep_register(self) -> Changes:
        """Let this laptop give out the numbers of certificates from now on; the other one learns of it by a bundle.

        Take the other laptop's bundles in before: numbers go on behind those that are known here.
        """
        with self._store.writing(self._session.user) as work:
            put(work, number_register.HOLDER, self._store.device_id)
            return work.commit()

    def others(self) -> list[OtherLaptop]:
        """Return the other laptops that are enrolled or of which something came."""
        with self._store.reading() as work:
            document = believed.current(work)
            ends = {end.device_id: end for end in kept.chain_ends(work, work.unit_code)}
        known = believed.devices_in_use(document, self._store.unit_code) if document else set()
        return [
            OtherLaptop(
                device_id, end.last_seq if end else 0, datetime.fromisoformat(end.updated_at) if end else None
            )
            for device_id in sorted({*known, *ends} - {self._store.device_id})
            for end in [ends.get(device_id)]
        ]


def way_on(verdicts: Sequence[BundleVerdict]) -> list[str]:
    """Return the sentence of what helps where bundles wait for earlier ones, which may be sealed to others alone."""
    return [_(_WHOLE_WANTED)] if any(each.code == "gap" for each in verdicts) else []
