"""Why nothing may leave this workspace: its data was taken back or copied, and what is known of its true past."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from antq_desktop.domain.errors import Refused
from antq_desktop.domain.wording import N_
from antq_desktop.storage.unit_of_work import Reading, Writing

_NAME = "halted"


class Restored(Refused):
    code = "restored"
    sentence = N_(
        "The data here is older than what has gone out already: it was taken back from a copy. "
        "Nothing leaves until that is settled; start the restore."
    )


class SendingHalted(Refused):
    code = "sending-halted"
    sentence = N_(
        "Sending is stopped, because the receiving unit knows another history of this laptop. "
        "Call the receiving unit before anything more is entered or sent."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """``code``: restored, ack-ahead or ack-fork. ``found_by``: beside, profile, backup or acknowledgement.

    ``here_…`` is the end of the own history when it was found, ``known_…`` what is known outside (0 and empty: nothing),
    ``common_…`` the place up to which the own history is surely the one that everybody knows.
    ``sequence`` is the number of the acknowledgement that raised an alarm. Times are ISO texts in UTC.
    """

    code: str
    found_by: str = "acknowledgement"
    sequence: int = 0
    here_epoch: int = 0
    here_seq: int = 0
    here_at: str = ""
    known_epoch: int = 0
    known_seq: int = 0
    known_at: str = ""
    known_trust: int = 0
    common_epoch: int = 0
    common_seq: int = 0

    @property
    def lost(self) -> int:
        """How many changes or acknowledgements are known outside and lost here, as far as one can tell."""
        return max(0, self.known_seq - self.here_seq)


def current(work: Reading) -> Trouble | None:
    """Return what stops this workspace, or None."""
    kept: dict[str, Any] = work.local(_NAME, {})
    return Trouble(**kept) if kept else None


def keep(work: Writing, trouble: Trouble) -> None:
    work.keep_local(_NAME, asdict(trouble))
    work.touch("local_state")


def clear(work: Writing) -> None:
    work.keep_local(_NAME, {})
    work.touch("local_state")


def raise_alarm(work: Writing, alarm: Trouble) -> None:
    """Keep what an acknowledgement found; a trouble that was found before stays, with what is newly known outside."""
    earlier = current(work)
    if earlier is None:
        keep(work, alarm)
        return
    known = max(
        (earlier.known_epoch, earlier.known_seq, earlier.known_at),
        (alarm.known_epoch, alarm.known_seq, alarm.known_at),
    )
    # Another history before the place that was believed to be common: then less is common.
    is_deeper = alarm.code == "ack-fork" and alarm.known_seq <= earlier.common_seq
    first = alarm if is_deeper else earlier
    keep(
        work,
        replace(
            first,
            code=alarm.code if earlier.code != "restored" else first.code,
            sequence=max(alarm.sequence, earlier.sequence),
            known_epoch=known[0],
            known_seq=known[1],
            known_at=known[2],
        ),
    )


def end_alarm(work: Writing, sequence: int) -> None:
    """End an alarm of an acknowledgement before number ``sequence``; data that was taken back is not mended by one."""
    found = current(work)
    if found is not None and found.code != Restored.code and sequence > found.sequence:
        clear(work)


def check(work: Reading) -> None:
    """See that files may leave. Raises Restored, SendingHalted."""
    found = current(work)
    if found is not None:
        raise Restored if found.code == Restored.code else SendingHalted
