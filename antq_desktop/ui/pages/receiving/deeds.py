"""Takes files in and writes the acknowledgements to the same stick at once, as one piece of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.receiving import Receiving
from antq_desktop.services.taking_in import BundleVerdict
from antq_desktop.ui.theme import State

_STATES = {"taken": State.GOOD, "known": State.GOOD, "held": State.LOOK, "refused": State.BAD}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence on the page with its state."""

    state: State
    text: str


@dataclass(frozen=True, slots=True)
class Received:
    """What became of the files and of the acknowledgements, the files first."""

    lines: tuple[Line, ...]
    changes: Changes


def receive(receiving: Receiving, files: Sequence[Path], stick: Path | None, progress: Progress) -> Received:
    """Take ``files`` in, then write an acknowledgement for each unit to ``stick``, or beside its file.

    Raises NotInitialised, MachineFailed, Cancelled; what was taken in before stays.
    """
    verdicts = receiving.receive(files, progress)
    lines = [said(verdict) for verdict in verdicts]
    changes = Changes.of("received_bundles")
    for verdict in verdicts:
        changes |= verdict.changes
    units = {verdict.unit_code: verdict.unit_name for verdict in verdicts if verdict.unit_code}
    for unit_code, name in units.items():
        lines.append(acknowledge(receiving, unit_code, name, stick or files[0].parent))
    return Received(tuple(lines), changes)


def said(verdict: BundleVerdict) -> Line:
    """Return what became of one file as a sentence with its state."""
    state = _STATES[verdict.verdict]
    who = verdict.unit_name or verdict.file
    text = _("{who}: {sentence}", who=who, sentence=verdict.sentence)
    if verdict.new_events:
        text += " " + _("{count} changes are new.", count=verdict.new_events)
    if verdict.set_aside:
        state = State.LOOK
        text += " " + _("{count} changes were set aside; see why in the table.", count=len(verdict.set_aside))
    return Line(state, text)


def acknowledge(receiving: Receiving, unit_code: str, name: str, folder: Path) -> Line:
    """Write the acknowledgement for a unit and say where it lies, or why not."""
    try:
        path = receiving.acknowledge(unit_code, folder)
    except KnownFailure as failure:
        return Line(State.BAD, _("No acknowledgement for {name}: {why}", name=name, why=sentence(failure)))
    return Line(
        State.GOOD,
        _("The acknowledgement for {name} lies on the stick: «{file}».", name=name, file=path.name),
    )
