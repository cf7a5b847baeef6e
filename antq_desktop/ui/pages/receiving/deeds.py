"""Takes files in and writes the acknowledgements to the stick that each came from at once, as one piece of work."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import Cancelled, KnownFailure, MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.receiving_side.bundle_files import bundles_in
from antq_desktop.services.receiving_side.receiving import Receiving
from antq_desktop.services.receiving_side.taking_in import BundleVerdict
from antq_desktop.ui.theme import State

_STATES = {"taken": State.GOOD, "known": State.GOOD, "held": State.LOOK, "refused": State.BAD}
#: Refused because this unit itself withdrew the key.
_OWN_DEED = "key-revoked"
_NOT_FOR_HERE = N_("Nothing to do with this file here; it belongs to somebody else.")
#: What is to be done next, by the code of what became of a file; else by its verdict.
_NEXT = {
    "wrong-kind": _NOT_FOR_HERE,
    "not-a-bundle": _NOT_FOR_HERE,
    "request-to-enrol": N_(
        "Press «Enrol a laptop», choose this file, and type the number that the commune reads out."
    ),
    "newer-version": N_("Update the program here, then take the file once more."),
    _OWN_DEED: N_(
        "This unit withdrew that key itself: open the commune in the list and see when and why. A laptop that is to go on makes "
        "a request with new keys and sends the same again; nothing of this file is lost there."
    ),
    "fork": N_("Call the commune before anything else is taken from this laptop."),
    "leap": N_("Open the commune in the list and look at the bundle that waits."),
    "epoch-older": N_("Open the commune in the list and look at the bundle that waits."),
    "stick-vanished": N_("Plug the stick in again and take the file once more."),
    "stick-missing": N_("Plug the stick in again and take the file once more."),
    "held": N_("Nothing to do with this file: it is taken up by itself when what is missing comes."),
    "refused": N_("Keep the file as it is and ask the commune for a new one."),
}


@dataclass(frozen=True, slots=True)
class FileRow:
    """What became of one file. ``folder`` is where it came from and where its answer goes; ``is_undoing``: a restore of the laptop.

    ``answer`` is the name of the acknowledgement there, ``answer_fault`` why there is none.
    """

    id: int
    file: str
    folder: Path
    unit_code: str
    unit_name: str
    verdict: str
    code: str
    sentence: str
    new_events: int
    set_aside: int
    is_undoing: bool = False
    answer: str = ""
    answer_fault: str = ""

    @property
    def state(self) -> State:
        if self.code == _OWN_DEED:
            return State.LOOK  # no damage: else many of them bury the damaged ones
        found = _STATES[self.verdict]
        troubled = self.set_aside or self.is_undoing or self.answer_fault or self.code == "state-differs"
        return State.LOOK if found is State.GOOD and troubled else found

    @property
    def next_step(self) -> str:
        """What a person does now, as a sentence."""
        if self.answer_fault:
            return _("Plug in a stick that can be written and write the acknowledgement again.")
        if self.set_aside:
            return _("Open the commune in the list, see why, and tell the commune.")
        if self.is_undoing:
            return _(
                "Open the commune in the list, see what was undone, and ask the commune what is still true."
            )
        known = _NEXT.get(self.code) or _NEXT.get(self.verdict)
        if known:
            return _(known)
        if self.answer:
            return _("Give the stick back: the acknowledgement is on it.")
        return _("Write the acknowledgement before the stick goes back.")


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the files, in their order; ``stopped`` says why the work ended early, if it did."""

    rows: tuple[FileRow, ...]
    changes: Changes
    stopped: KnownFailure | None = None


def receive(
    receiving: Receiving, places: Sequence[Path], first_id: int, progress: Progress, *, answer: bool
) -> Received:
    """Take in the files and folders ``places``; with ``answer`` acknowledge each unit where its files lie.

    Raises NoBundleThere, NotInitialised. What stops the work later is told beside what was done until then.
    """
    folders = {
        file: place if place.is_dir() else place.parent for place in places for file in bundles_in([place])
    }
    files = list(folders)
    rows: list[FileRow] = []
    changes = Changes.of("received_bundles")

    def told(verdict: BundleVerdict) -> None:
        nonlocal changes
        changes |= verdict.changes
        place = len(rows)
        folder = folders[files[place]] if place < len(files) else _folder_of(verdict.unit_code, rows)
        rows.append(_row(first_id + place, verdict, folder))

    stopped: KnownFailure | None = None
    try:
        receiving.receive(files, progress, told)
    except (Cancelled, MachineFailed) as failure:
        stopped = failure
    if answer and stopped is None:
        rows = acknowledge(receiving, rows)
    return Received(tuple(rows), changes, stopped)


def acknowledge(receiving: Receiving, rows: Iterable[FileRow], folder: Path | None = None) -> list[FileRow]:
    """Write an acknowledgement for each unit of ``rows`` into ``folder``, else where its files lie; say it in the rows."""
    written: dict[tuple[str, Path], tuple[str, str]] = {}
    answered: list[FileRow] = []
    for row in rows:
        if not row.unit_code:
            answered.append(row)
            continue
        key = row.unit_code, folder or row.folder
        if key not in written:
            written[key] = write_answer(receiving, *key)
        answer, fault = written[key]
        answered.append(replace(row, answer=answer, answer_fault=fault))
    return answered


def write_answer(receiving: Receiving, unit_code: str, folder: Path) -> tuple[str, str]:
    """Return the name of the acknowledgement that now lies in ``folder``, or nothing and why not."""
    try:
        return receiving.acknowledge(unit_code, folder).name, ""
    except KnownFailure as failure:
        return "", sentence(failure)


def _row(number: int, verdict: BundleVerdict, folder: Path) -> FileRow:
    text = verdict.sentence
    if verdict.new_events:
        text += " " + _("{count} changes are new.", count=verdict.new_events)
    if verdict.rolled_back:
        first, last = verdict.rolled_back
        text += " " + _("Rolled back: changes {first} to {last}.", first=first, last=last)
    if verdict.set_aside:
        text += " " + _(
            "{count} changes were set aside; see why in the table.", count=verdict.set_aside_count
        )
    return FileRow(
        id=number,
        file=verdict.file,
        folder=folder,
        unit_code=verdict.unit_code,
        unit_name=verdict.unit_name,
        verdict=verdict.verdict,
        code=verdict.code,
        sentence=text,
        new_events=verdict.new_events,
        set_aside=verdict.set_aside_count,
        is_undoing=verdict.rolled_back is not None,
    )


def _folder_of(unit_code: str, rows: Sequence[FileRow]) -> Path:
    """Return where the file came from that closed the gap before a bundle that waited."""
    return next((row.folder for row in reversed(rows) if row.unit_code == unit_code), rows[-1].folder)
