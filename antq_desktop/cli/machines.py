"""Commands of the upper level on laptops and keys: see them, withdraw, merge communes, hand back, make own keys anew."""

from argparse import ArgumentTypeError, Namespace
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from antq_desktop.cli import received
from antq_desktop.cli.arguments import Parser, Parsers
from antq_desktop.cli.console import Console
from antq_desktop.cli.exchange import check_there
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.commune_rows import laptop_words
from antq_desktop.services.receiving_side.machines import MachineRow
from antq_desktop.services.recovery.mending_words import moment
from antq_desktop.storage.attachments import beginning

_LARGEST_IDENTITY = 64 * 1024


def add(group: Parsers) -> None:
    """Add the commands to those of the receiving unit."""
    group.add_parser("machines", help=_("laptops and keys that are believed")).does(_machines)
    trust = group.add_parser("trust", help=_("write whom this unit believes, for another verifier of files"))
    trust.does(_trust)
    trust.takes("--unit", required=True, metavar=_("CODE"), help=_("whose files are to be verified"))
    trust.takes("--out", type=Path, required=True, metavar="FILE")
    revoke = group.add_parser("revoke", help=_("withdraw the keys of a laptop")).does(_revoke)
    revoke.takes("--unit", required=True, metavar=_("CODE"))
    revoke.takes("--device", required=True, metavar=_("LAPTOP"))
    revoke.takes("--key", default="", help=_("only this key; default: every key in use"))
    revoke.takes(
        "--from-seq",
        dest="since",
        type=_since,
        required=True,
        metavar="N|all",
        help=_("first change that is not believed any more; all: none is"),
    )
    _with_reason(revoke)
    merge = group.add_parser("merge", help=_("let a merged commune go under its later code")).does(_merge)
    merge.takes("old", metavar=_("OLD"))
    merge.takes("later", metavar=_("NEW"))
    _with_reason(merge)
    back = group.add_parser("hand-back", help=_("write what a lost laptop is rebuilt from")).does(_hand_back)
    back.takes("--unit", required=True, metavar=_("CODE"))
    back.takes("--to", type=Path, required=True, metavar=_("FOLDER"))
    _with_reason(
        group.add_parser("recovery-key", help=_("make a new recovery key; it is shown this once")).does(
            _recovery
        )
    )
    _with_reason(
        group.add_parser("root-key", help=_("make a new root key, signed for by the one before")).does(_root)
    )
    recover = group.add_parser("recover", help=_("take bundles in with the recovery key")).does(_recover)
    recover.takes("--identity-file", type=Path, required=True, metavar="FILE")
    recover.takes("files", type=Path, nargs="+", metavar="FILE")


def _with_reason(parser: Parser) -> None:
    parser.takes("--reason", required=True, help=_("why; it stands in the journal"))


def _since(text: str) -> int | None:
    if text == "all":
        return None
    try:
        return int(text)
    except ValueError as error:
        raise ArgumentTypeError(_("«{text}» is no number; type one, or all", text=text)) from error


def _machines(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.machines.rows()
        numbers = laptop_words(application.receiving.communes())
    console.tell(
        {"machines": [asdict(row) for row in rows]},
        *(
            _(
                "{name} ({code}){merged}{number}, laptop {device}, key {key}, enrolled on {day}: {status}, up to change {seq}",
                name=row.unit_name,
                code=row.unit_code,
                merged=received.merged_words(row),
                number=numbers.get((row.unit_code, row.device_id), ""),
                device=row.device_id,
                key=row.key_id,
                day=f"{datetime.fromisoformat(row.enrolled_at).astimezone():%d/%m/%Y}",
                status=status(row),
                seq=row.last_seq,
            )
            for row in rows
        ),
    )
    return Exit.DONE


def _trust(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.machines.write_trust(options.unit, options.out)
    console.tell(
        {"trust": str(options.out), "unit": options.unit},
        _("The trust document is {file}; it holds no secret.", file=options.out),
    )
    return Exit.DONE


def withdrawn(rows: Sequence[MachineRow]) -> dict[tuple[str, str], str]:
    """Return the state of the last key of each laptop, by unit and laptop, of those that have none in use."""
    last = {(row.unit_code, row.device_id): row for row in rows}  # in the order of their enrolment
    active = {(row.unit_code, row.device_id) for row in rows if row.status == "active"}
    return {place: status(row) + _doubted(row) for place, row in last.items() if place not in active}


def _doubted(row: MachineRow) -> str:
    """Return where the changes stand that had been taken in under numbers which the key vouches for no more."""
    count = row.last_seq - (row.revoked_from or 1) + 1
    if count <= 0:
        return ""
    return _(
        "; {count} changes from there on had been taken in: antq receiving matters --unit {unit}",
        count=count,
        unit=row.unit_code,
    )


def status(row: MachineRow) -> str:
    """Return the state of a key; of one that was withdrawn, from which change on, when, by whom and why."""
    if row.status == "active":
        return _("replaced, believed until it is withdrawn") if row.is_replaced else _("in use")
    place = (
        _("no longer believed")
        if row.revoked_from is None
        else _("no longer believed from change {seq} on", seq=row.revoked_from)
    )
    return _(
        "{place}, withdrawn on {day} by {user}: {why}",
        place=place,
        day=moment(row.withdrawn_at),
        user=row.withdrawn_by,
        why=row.why,
    )


def _revoke(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        done = application.machines.revoke(
            options.unit, options.device, options.since, options.reason, options.key
        )
    lines = [_("Withdrawn: {count} keys of laptop {device}.", count=done.keys, device=done.device_id)]
    if done.taken_since:
        lines.append(
            _(
                "{count} changes from that number on had been taken in before; a person must look at them.",
                count=done.taken_since,
            )
        )
    console.tell({"keys": done.keys, "taken_since": done.taken_since}, *lines)
    return Exit.FINDINGS if done.taken_since else Exit.DONE


def _merge(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.machines.merge(options.old, options.later, options.reason)
    console.tell(
        {"old": options.old, "later": options.later},
        _("{old} goes under {later} from now on.", old=options.old, later=options.later),
    )
    return Exit.DONE


def _hand_back(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        done = application.handing_back.hand_back(options.unit, options.to, console.progress())
    console.tell(
        {"files": [str(file) for file in done.files], "laptops": done.laptops, "events": done.events},
        *(_("For the new laptop: {file}", file=file) for file in done.files),
    )
    return Exit.DONE


def _recovery(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        identity = application.machines.renew_recovery(options.reason)
    console.tell(
        {"identity": identity},
        _("Recovery identity of the sealed files, shown only now; write it down: {key}", key=identity),
    )
    return Exit.DONE


def _root(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        name = application.machines.change_root(options.reason)
    console.tell(
        {"root": name}, _("The new root key is {key}; communes learn of it by themselves.", key=name)
    )
    return Exit.DONE


def _recover(options: Namespace, console: Console) -> Exit:
    check_there(options.identity_file, *options.files)
    identity = beginning(options.identity_file, _LARGEST_IDENTITY).decode("ascii", "replace")
    with console.workspace() as application:
        verdicts = application.recovering.recover(identity, options.files, console.progress())
    console.tell(
        {
            "bundles": [
                {
                    "file": verdict.file,
                    "verdict": verdict.verdict,
                    "code": verdict.code,
                    "new_events": verdict.new_events,
                }
                for verdict in verdicts
            ]
        },
        *(f"{verdict.file}: {verdict.sentence}" for verdict in verdicts),
    )
    return max((verdict.exit_code for verdict in verdicts), default=Exit.DONE)
