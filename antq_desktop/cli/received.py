"""How the commands of the upper level say what came of files, how far each laptop is, and what a person must look at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.receiving_side.commune_rows import CommuneRow, laptop_words
from antq_desktop.services.receiving_side.machines import MachineRow
from antq_desktop.services.receiving_side.open_matters import OpenMatter
from antq_desktop.services.receiving_side.taking_in import BundleVerdict
from antq_desktop.services.recovery.mending_words import sentences

#: Where a commune stands, in words; see ``services.commune_rows``.
_STATES = {
    "alarm": N_("Alarm: another history came"),
    "red": N_("Nothing came for long"),
    "held": N_("A bundle waits"),
    "aside": N_("Changes were set aside"),
    "amber": N_("Nothing came lately"),
    "fresh": N_("In order"),
    "never": N_("Nothing came yet"),
}
#: How many events of one file that were set aside are told of.
_SHOWN = 20
_ORDER = ("taken", "known", "held", "refused")
_KINDS = {
    "enrol": N_("request of a laptop: enrol it with antq receiving enrol"),
    "ack": N_("acknowledgement, for the commune"),
    "trust": N_("trust file, for the commune"),
    "catalogue": N_("catalogues, for the commune"),
    "snapshot": N_("data handed back, for the commune"),
}


def doubts(application: Application) -> list[str]:
    """Return what must be said at every command while this unit's own data is in doubt; nothing otherwise."""
    found = application.mending.state()
    if found is None:
        return []
    return [
        _("This unit's own data was taken back from a copy; nothing leaves until it is settled."),
        *sentences(found),
        _("Settle it: antq workspace mend --as restored --reason …"),
    ]


def verdict_lines(
    verdicts: Sequence[BundleVerdict], left: Mapping[Path, str], machines: Mapping[tuple[str, str], str]
) -> list[str]:
    """Return a line a file, what needs a look last, then the files that were passed over and how many of each there were."""
    lines: list[str] = []
    # Files under a key that this unit withdrew itself are not damaged; they stand before those that are.
    for verdict in sorted(
        verdicts, key=lambda each: (_ORDER.index(each.verdict), each.code != "key-revoked")
    ):
        lines.append(f"{verdict.file}: {verdict.sentence}")
        if verdict.rolled_back:
            first, last = verdict.rolled_back
            lines.append(
                "  "
                + _(
                    "Rolled back: changes {first} to {last}; see antq receiving matters.",
                    first=first,
                    last=last,
                )
            )
        lines += [
            "  "
            + _(
                "Change {seq}{machine} was set aside: {reason} See antq receiving matters.",
                seq=event.seq,
                machine=machines.get((event.unit_code, event.device_id), ""),
                reason=event.reason,
            )
            for event in verdict.set_aside[:_SHOWN]
        ]
        if verdict.set_aside_count > _SHOWN:
            lines.append("  " + _("and {count} more changes", count=verdict.set_aside_count - _SHOWN))
    lines += [
        _("{file}: not taken in here, {kind}", file=path.name, kind=_(_KINDS.get(kind, kind)))
        for path, kind in left.items()
    ]
    if len(verdicts) + len(left) > 1:
        counts = Counter(verdict.verdict for verdict in verdicts)
        lines.append(
            _(
                "{all} files: {taken} new, {known} known already, {held} waiting, {refused} refused, {left} of other kinds.",
                all=len(verdicts) + len(left),
                **{name: counts[name] for name in _ORDER},
                left=len(left),
            )
        )
    return lines


def merged_words(row: CommuneRow | MachineRow) -> str:
    """Return ", now in Xã Mường Động (05089)" for a unit that goes under a later code."""
    if row.current_code == row.unit_code:
        return ""
    return _(", now in {name} ({code})", name=row.current_name, code=row.current_code)


def status_line(row: CommuneRow, withdrawn: str = "") -> str:
    """Return where a laptop stands, with what tells it apart, how far it was taken in and what is missing.

    ``withdrawn`` says since when its keys are not believed, of one that has none in use.
    """
    parts = [
        f"{row.unit_name} ({row.unit_code}){merged_words(row)}"
        + laptop_words([row]).get((row.unit_code, row.device_id), "")
    ]
    if row.number:
        parts[0] += _(", enrolled on {day}", day=f"{row.enrolled_at.astimezone():%d/%m/%Y}")
    said = [] if row.state == "withdrawn" else [_(_STATES[row.state])]
    if withdrawn:
        said.append(withdrawn)
    if row.received_at is not None:
        day = f"{row.received_at.astimezone():%d/%m/%Y}"
        said.append(
            _(
                "up to change {seq}, last bundle on {day} ({days} days ago)",
                seq=row.last_seq,
                day=day,
                days=row.days_since,
            )
        )
    if row.missing_to:
        said.append(_("missing {first} to {last}", first=row.missing_from, last=row.missing_to))
    if row.held:
        said.append(_("{count} bundles wait: antq receiving held list", count=row.held))
    if row.state == "alarm":
        said.append(_("see antq receiving held list"))
    if row.set_aside:
        said.append(
            _(
                "{count} changes set aside: antq receiving matters --unit {unit}",
                count=row.set_aside,
                unit=row.unit_code,
            )
        )
    return f"{parts[0]}: {'; '.join(said)}"


def matter_line(matter: OpenMatter, machines: Mapping[tuple[str, str], str]) -> str:
    """Return which record it is about, why, and whose turn it is."""
    return _(
        "{unit}{machine}, change {seq}, {kind} «{name}»: {reason} {turn}",
        unit=matter.unit_name,
        machine=machines.get((matter.unit_code, matter.device_id), ""),
        seq=matter.seq,
        kind=matter.kind,
        name=matter.name or matter.entity_id,
        reason=matter.reason,
        turn=matter.turn,
    )
