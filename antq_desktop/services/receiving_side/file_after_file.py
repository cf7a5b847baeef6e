"""Takes bundles in file after file, each in its own transaction; what waited is taken up when its gap closes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from antq_desktop.domain.errors import KnownFailure, Refused
from antq_desktop.exchange import leftovers, names, sticks
from antq_desktop.runtime.language import sentence
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.receiving_side.taking_in import BundleVerdict, TakingIn
from antq_desktop.services.session import Session
from antq_desktop.storage import receiving as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.receiving import BundleRow
from antq_desktop.storage.unit_of_work import Store

#: What a stick does to a file that cannot be read.
_UNREADABLE = (sticks.StickMissing, sticks.StickVanished, sticks.StickLocked)


class FileAfterFile:
    """The way of files from a stick into the workspace, for whoever takes bundles in."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session, taking: TakingIn) -> None:
        self._store = store
        self._paths = paths
        self._session = session
        self._taking = taking

    def take(
        self, files: Sequence[Path], progress: Progress, told: Callable[[BundleVerdict], object]
    ) -> list[BundleVerdict]:
        """Return a verdict a file in the order given, then one for each bundle that was taken up besides."""
        verdicts: list[BundleVerdict] = []
        for done, file in enumerate(files):
            inner = progress if len(files) == 1 else _within(progress, done, len(files), file.name)
            verdicts.append(self._receive(file, inner, alone=len(files) == 1))
            told(verdicts[-1])
        taken_up = self._take_up_held(progress)
        for verdict in taken_up:
            told(verdict)
        return self._still_open(verdicts + taken_up)

    def _still_open(self, verdicts: list[BundleVerdict]) -> list[BundleVerdict]:
        """Say nothing of what one file set aside and another one of them settled."""
        with self._store.reading() as work:
            units = {verdict.unit_code for verdict in verdicts if verdict.set_aside}
            unsettled = {unit for unit in units if kept.count_aside(work, unit)}
        return [
            replace(verdict, set_aside=()) if verdict.unit_code in units - unsettled else verdict
            for verdict in verdicts
        ]

    def _receive(self, file: Path, progress: Progress, *, alone: bool) -> BundleVerdict:
        try:
            path, sha256 = sticks.take(file, self._paths.incoming, progress, look=self._taking.prove)
            verdict = self._taking.take(path, sha256.hex(), file.name, progress)
        except Refused as refused:
            # The file stays where it is: somebody may want to know who made it.
            self.log_refusal(file.name, refused)
            self.tidy()
            return self._refused(file.name, refused)
        except _UNREADABLE as failure:
            if alone:
                raise
            return self._refused(file.name, failure)
        if verdict.verdict == "refused":
            self.tidy()
        if verdict.verdict in ("taken", "known"):
            path.unlink(missing_ok=True)
        return verdict

    def _take_up_held(self, progress: Progress) -> list[BundleVerdict]:
        found: list[BundleVerdict] = []
        while True:
            with self._store.reading() as work:
                held = kept.bundles(work, verdict="held")
            taken = [verdict for row in held if (verdict := self._again(row, progress)) is not None]
            if not taken:
                return found
            found += taken

    def _again(self, row: BundleRow, progress: Progress) -> BundleVerdict | None:
        path = self._paths.incoming / f"{row.sha256}{names.SUFFIX}"
        if not path.exists():
            return None
        try:
            verdict = self._taking.take(path, row.sha256, row.file_name, progress)
        except Refused as refused:
            # One bad bundle must not keep the others waiting: it is refused for good and its file stays.
            self.log_refusal(row.file_name, refused, row)
            return self._refused(row.file_name, refused)
        if verdict.verdict == "held":
            return None
        if verdict.verdict in ("taken", "known"):
            path.unlink()
        return verdict

    def tidy(self) -> None:
        """Keep refused files from filling the disk; bundles that wait are none."""
        with self._store.reading() as work:
            held = {row.sha256 for row in kept.bundles(work, verdict="held")}
        leftovers.tidy(self._paths.incoming, held)

    @staticmethod
    def _refused(name: str, refused: KnownFailure) -> BundleVerdict:
        return BundleVerdict(name, "", "", "", "refused", refused.code, sentence(refused), 0, 0, 0)

    def log_refusal(self, name: str, refused: Refused, held: BundleRow | None = None) -> None:
        with self._store.writing(self._session.user) as work:
            if held is not None:
                kept.keep_bundle(work, replace(held, verdict="refused", code=refused.code, at=work.at_text))
            work.note(Deed("file_refused", "security", note=f"{refused.code} {name}"))
            work.commit()


def _within(progress: Progress, done: int, total: int, name: str) -> Progress:
    """Return the progress of one file of several: it only says which file that is, and hears that the work is to stop."""
    return Progress(lambda *_of_the_file: progress.report(done, total, name))
