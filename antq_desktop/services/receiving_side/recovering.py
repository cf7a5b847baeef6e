"""Opens bundles with the recovery key when the receiving unit that they were sealed for has lost its own."""

from collections.abc import Sequence
from pathlib import Path

from antq_desktop.domain.errors import BadInput, Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import keys, sticks
from antq_desktop.runtime.language import sentence
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.receiving_side import bundle_readers
from antq_desktop.services.receiving_side.taking_in import BundleVerdict, TakingIn
from antq_desktop.services.session import Session
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Store

_PREFIX = "AGE-SECRET-KEY-1"


class WrongRecoveryIdentity(BadInput):
    code = "wrong-recovery-identity"
    sentence = N_(
        "This is no recovery identity. It begins with AGE-SECRET-KEY-1 and stands on the sheet that was printed once."
    )


class Recovering:
    """The use case of a new receiving unit that takes over what another one could still open."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session, catalogues: Catalogues) -> None:
        self._store = store
        self._paths = paths
        self._session = session
        self._catalogues = catalogues

    def recover(
        self, identity: str, files: Sequence[Path], progress: Progress | None = None
    ) -> list[BundleVerdict]:
        """Take in bundles that the recovery key opens, whichever unit they are for; the laptops must be enrolled here.

        Give them in the order of their logs; a bundle behind a gap is held like any other and taken when it is given
        again. Raises WrongRecoveryIdentity, NotInitialised, MachineFailed, Cancelled.
        """
        progress = progress or Progress()
        taking = TakingIn(
            self._store,
            self._session,
            self._catalogues,
            bundle_readers.receiving_unit(self._store, proper(identity)),
        )
        verdicts = [self._take(taking, file, progress) for file in files]
        with self._store.writing(self._session.user) as work:
            work.note(Deed("recovered", "security", note=str(len(files))))
            work.commit()
        return verdicts

    def _take(self, taking: TakingIn, file: Path, progress: Progress) -> BundleVerdict:
        try:
            path, sha256 = sticks.take(file, self._paths.incoming, progress, look=taking.prove)
            try:
                return taking.take(path, sha256.hex(), file.name, progress)
            finally:
                path.unlink(missing_ok=True)
        except Refused as refused:
            return BundleVerdict(file.name, "", "", "", "refused", refused.code, sentence(refused), 0, 0, 0)


def proper(identity: str) -> str:
    """Return the identity in ``identity``, the text of a file or typed from the sheet. Raises WrongRecoveryIdentity."""
    for line in identity.splitlines():
        typed = "".join(line.split()).upper()
        if typed.startswith(_PREFIX):
            # The sheet parts it into groups by dashes.
            typed = _PREFIX + typed.removeprefix(_PREFIX).replace("-", "")
            try:
                keys.recipient_of(typed)
            except keys.IdentityError as error:
                raise WrongRecoveryIdentity(field="identity") from error
            return typed
    raise WrongRecoveryIdentity(field="identity")
