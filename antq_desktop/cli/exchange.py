"""Commands on the commune's side of the stick: enrol, send, take an answer in, read what a sealed file says of itself."""

from argparse import Namespace
from pathlib import Path

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.cli.verdicts import verdict_of
from antq_desktop.domain.errors import Exit, NotFound, Refused
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.inspect import describe
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side.laptops import way_on
from antq_desktop.services.receiving_side.bundle_files import bundles_in


class AnswerAtReceivingUnit(Refused):
    code = "answer-at-receiving-unit"
    sentence = N_(
        "This workspace is the receiving unit; answers are taken in by the communes. Bundles are taken in with "
        "antq receiving receive."
    )


class FileNotThere(NotFound):
    code = "file-not-there"
    sentence = N_("There is no file «{what}». Check the name and the folder.")


#: How many events of one file that were set aside are told of.
_SHOWN = 20


def check_there(*files: Path) -> None:
    """See that files which were named exist, before a stick is blamed. Raises FileNotThere."""
    for file in files:
        if not file.exists():
            raise FileNotThere(what=str(file))


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    enrol = parsers.add_parser("enrol", help=_("enrol this laptop at the upper level")).group()
    request = enrol.add_parser("request", help=_("write the laptop's public keys")).does(_request)
    request.takes("--out", type=Path, required=True, metavar="FILE")
    request.takes(
        "--sheet", type=Path, default=None, metavar="FILE.pdf", help=_("print the enrolment sheet too")
    )
    request.takes("--new-keys", action="store_true", help=_("ask for new keys in place of those in use"))
    send = parsers.add_parser("send", help=_("seal what is not acknowledged yet")).does(_send)
    send.takes("--to", type=Path, required=True, metavar=_("FOLDER"))
    send.takes("--slip", type=Path, default=None, metavar="FILE.pdf", help=_("print the hand-over slip too"))
    send.takes(
        "--all",
        action="store_true",
        help=_("everything once more; also what was confirmed waits for confirmation again"),
    )
    answer = parsers.add_parser("ack", help=_("take in an acknowledgement, a trust file or catalogues")).does(
        _take
    )
    answer.takes("file", type=Path)
    bundle = parsers.add_parser("bundle", help=_("sealed files")).group()
    taking = bundle.add_parser("take", help=_("take in bundles of another laptop of this commune"))
    taking.does(_take_bundles).takes("files", type=Path, nargs="+", metavar="FILE|DIR")
    inspect = bundle.add_parser("inspect", help=_("say what a sealed file claims to be")).does(_inspect)
    inspect.takes("file", type=Path)


def _request(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        made = application.sending.enrolment_request(options.out, new_keys=options.new_keys)
        if options.sheet is not None:
            application.printing.enrolment_sheet(made, options.sheet)
    console.tell(
        {
            "file": str(made.path),
            "check_number": made.check_number,
            "unit": made.unit_code,
            "device": made.device_id,
        },
        _("The request is {file}.", file=made.path),
        _("Check number, to be read to the receiving unit: {number}", number=made.check_number),
    )
    return Exit.DONE


def _send(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        if options.all:
            application.sending_again.everything()
        sent = application.sending.send(options.to, console.progress())
        if options.slip is not None:
            application.printing.handover_slip(sent, options.slip)
    console.tell(
        {
            "path": str(sent.path),
            "bundle_id": sent.bundle_id,
            "epoch": sent.epoch,
            "seq_from": sent.seq_from,
            "seq_to": sent.seq_to,
            "count": sent.count,
            "counts": sent.counts,
            "sha256": sent.sha256,
            "size": sent.size,
            "earlier": [str(one.path) for one in sent.earlier],
        },
        *(
            line
            for each in sent.parts
            for line in (
                _(
                    "Sealed {count} changes ({first} to {last}) into {file}.",
                    count=each.count,
                    first=each.seq_from,
                    last=each.seq_to,
                    file=each.path,
                ),
                f"SHA-256 {each.sha256}",
            )
        ),
        *(
            [_("All of it counts as waiting until the receiving unit confirms it once more.")]
            if options.all
            else []
        ),
    )
    return Exit.DONE


def _take(options: Namespace, console: Console) -> Exit:
    check_there(options.file)
    with console.workspace() as application:
        if application.role == "receiving":
            raise AnswerAtReceivingUnit
        taken = application.sending.take(options.file, console.progress())
    console.tell(
        {
            "kind": taken.kind,
            "code": taken.code,
            "last_seq": taken.last_seq,
            "delivered": taken.delivered,
            "waiting": taken.waiting,
            "set_aside": taken.set_aside_total,
            "trust_version": taken.trust_version,
            "catalogues": list(taken.titles),
        },
        taken.sentence,
    )
    if taken.is_alarm:
        return Exit.REFUSED
    return Exit.FINDINGS if taken.set_aside_total else Exit.DONE


def _take_bundles(options: Namespace, console: Console) -> Exit:
    check_there(*options.files)
    with console.workspace() as application:
        verdicts = application.laptops.take(bundles_in(options.files), console.progress())
        conflicts = application.conflicts.count()
    lines: list[str] = []
    for verdict in verdicts:
        lines.append(f"{verdict.file}: {verdict.sentence}")
        lines += [
            "  " + _("Change {seq} was set aside: {reason}", seq=event.seq, reason=event.reason)
            for event in verdict.set_aside[:_SHOWN]
        ]
    lines += way_on(verdicts)
    if conflicts:
        lines.append(
            _("{count} records were changed on two laptops and wait for a decision.", count=conflicts)
        )
    console.tell({"bundles": [verdict_of(verdict) for verdict in verdicts], "conflicts": conflicts}, *lines)
    return max((verdict.exit_code for verdict in verdicts), default=Exit.DONE)


def _inspect(options: Namespace, console: Console) -> Exit:
    label = describe(options.file)
    console.tell(label, *(f"{name}: {value}" for name, value in label.items()))
    return Exit.DONE
