"""The commune's side of the stick: asks to be enrolled, seals what waits, takes in what the upper level answers.

Nothing counts as delivered before a proven acknowledgement says so, and only where its hash is the one of our own log.
"""

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import Exit, KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import (
    check_number,
    container,
    enrolment,
    names,
    sticks,
)
from antq_desktop.exchange.manifest import (
    SCHEMA_VERSION,
)
from antq_desktop.runtime.atomic import write_whole
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side import ack_notices, believed, device_keys
from antq_desktop.services.commune_side.answers import Answers, Taken, check_withdrawn
from antq_desktop.services.commune_side.outgoing import Outgoing, Sent
from antq_desktop.services.commune_side.taking_catalogues import MADE_AT
from antq_desktop.services.recovery import trouble
from antq_desktop.services.session import Session
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.queries import status
from antq_desktop.storage.unit_of_work import Store


class NotEnrolled(KnownFailure):
    code = "not-enrolled"
    sentence = N_(
        "This laptop is not enrolled yet. Make a request, bring it to the receiving unit with its sheet, "
        "and take in the file that comes back."
    )


class NothingToSend(KnownFailure):
    code = "nothing-to-send"
    exit_code = Exit.FINDINGS
    sentence = N_("There is nothing to send: everything is delivered.")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What the enrolment sheet shows; ``check_number`` is on the sheet alone, never in the file."""

    path: Path
    check_number: str
    unit_code: str
    device_id: str
    key_id: str
    sha256: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WaitingToSend:
    """What no acknowledgement covers. ``halted`` is the code of an alarm that stops sending, or None.

    ``is_asking``: a request was made and its answer has not come. ``wants_everything``: the receiving unit has other data
    although it has every change, and asks for all of it once more.
    """

    count: int
    counts: dict[str, int]
    oldest_at: datetime | None
    last_ack_at: datetime | None
    catalogues_made_at: datetime | None
    is_enrolled: bool
    is_asking: bool
    receiving_name: str
    halted: str | None
    wants_everything: bool


@dataclass(frozen=True, slots=True)
class SentRow:
    """A line of the history; ``state`` is ``waiting`` or ``delivered``."""

    bundle_id: str
    epoch: int
    seq_from: int
    seq_to: int
    count: int
    sha256: str
    size: int
    file_name: str
    at: datetime
    state: str


class Sending:
    """Use cases of the commune with its stick."""

    def __init__(self, store: Store, paths: WorkspacePaths, session: Session) -> None:
        self._store = store
        self._paths = paths
        self._session = session
        self._answers = Answers(store, paths, session)
        self._outgoing = Outgoing(store, paths, session)

    def enrolment_request(self, target: Path, *, new_keys: bool = False) -> Enrolment:
        """Write the request of this laptop as ``target`` (a folder: under a name of its own) and return its sheet.

        Each request has a new check number; only the last one counts. With ``new_keys`` it asks for keys that take the
        place of those in use once they are enrolled; until then, and after, both are believed. Raises Stick… failures.
        """
        number = check_number.new_number()
        now = self._session.now()
        with self._store.writing(self._session.user) as work:
            own = device_keys.propose(work) if new_keys else device_keys.ensure(work)
            manifest, content = enrolment.make_request(
                own,
                unit_code=self._store.unit_code,
                device_id=self._store.device_id,
                number=number,
                now=now,
                schema_version=SCHEMA_VERSION,
            )
            path = target / names.file_name(manifest) if target.is_dir() else target
            sticks.check_target(path.parent, len(content))
            try:
                write_whole(path, content)
            except OSError as error:
                raise sticks.failure_of(error, path.parent, len(content)) from error
            work.keep_local("enrolment", {"number": number, "request": b64encode(content).decode()})
            work.note(Deed("enrolment_requested", note=path.name))
            work.commit()
        return Enrolment(
            path,
            number,
            self._store.unit_code,
            self._store.device_id,
            own.key_id,
            container.sha256_of(path).hex(),
            now,
        )

    def waiting(self) -> WaitingToSend:
        """Return what waits to be sent or confirmed."""
        with self._store.reading() as work:
            unsent = status.waiting(work)
            document = believed.current(work)
            last = kept.last_acknowledgement(work)
            counts: dict[str, int] = {}
            for chosen in kept.waiting_ranges(work):
                for entity, count in kept.counts(work, chosen).items():
                    counts[entity] = counts.get(entity, 0) + count
            own, halt = device_keys.find(work), trouble.current(work)
            return WaitingToSend(
                count=unsent.count,
                counts=counts,
                oldest_at=_time(unsent.oldest_at),
                last_ack_at=_time(last.at if last else None),
                catalogues_made_at=_time(work.local(MADE_AT, "")),
                is_enrolled=believed.is_enrolled(document, own, self._store.unit_code),
                is_asking=bool(work.local("enrolment", None)),
                receiving_name=document.receiving.name if document else "",
                halted=halt.code if halt else None,
                wants_everything=ack_notices.wants_everything(work),
            )

    def send(self, folder: Path, progress: Progress | None = None, *, whole: bool = False) -> Sent:
        """Seal what waits and put it on the stick ``folder``; the sealed file stays here until it is confirmed.

        ``whole``: the whole log, for another laptop of the commune that lacks what was delivered before it was known;
        what waits for the receiving unit stays as it is.
        Raises NotEnrolled, NothingToSend, LaptopWithdrawn, Restored, SendingHalted, OutboxBroken, SpoolFailed, Stick… failures, Cancelled.
        """
        progress = progress or Progress()
        sticks.check_target(folder, 0)
        with self._store.reading() as work:
            trouble.check(work)
            check_withdrawn(work)
            own, trusted = device_keys.find(work), believed.current(work)
            if (
                own is None
                or trusted is None
                or not believed.is_enrolled(trusted, own, self._store.unit_code)
            ):
                raise NotEnrolled
            ranges = kept.ranges_after(work, 0) if whole else kept.waiting_ranges(work)
            if not ranges:
                raise NothingToSend
            sealed = [self._outgoing.seal(work, chosen, own, trusted, progress) for chosen in ranges]
        done: list[Sent] = []
        for each in sealed:
            self._outgoing.keep(each)
            done.append(self._outgoing.put(each, folder, progress, tuple(done)))
        return done[-1]

    def take(self, file: Path, progress: Progress | None = None) -> Taken:
        """Take in an acknowledgement or a trust file from the stick.

        Raises what a file can be refused for, NotAsked, Stick… failures, Cancelled.
        """
        return self._answers.take(file, progress or Progress())

    def history(self) -> list[SentRow]:
        """Return every bundle that was sealed, newest first."""
        with self._store.reading() as work:
            done = kept.acknowledged(work)
            return [
                SentRow(
                    row.bundle_id,
                    row.epoch,
                    row.seq_from,
                    row.seq_to,
                    row.seq_to - row.seq_from + 1,
                    row.sha256,
                    row.size,
                    row.file_name,
                    datetime.fromisoformat(row.at),
                    "delivered" if (row.epoch, row.seq_to) <= done else "waiting",
                )
                for row in kept.bundles(work)
            ]


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
