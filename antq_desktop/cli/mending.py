"""Commands for data that was taken back or copied: what is known of it, and how it goes on."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.cli.exchange import check_there
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.services.recovery.mending_words import as_of, sentences


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("workspace", help=_("data that was taken back or copied")).group()
    group.add_parser("state", help=_("whether the data is what it was, and what is known of it")).does(_state)
    mend = group.add_parser("mend", help=_("go on after a restore, or as another laptop")).does(_mend)
    mend.takes(
        "--as",
        dest="kind",
        choices=("restored", "cloned"),
        required=True,
        help=_("restored: this is the one and only; cloned: another copy goes on too"),
    )
    mend.takes("--reason", required=True, help=_("why; the receiving unit reads it too"))
    rebuild = parsers.add_parser("rebuild", help=_("take back what was handed back or lies on own sticks"))
    rebuild.does(_rebuild).takes("files", type=Path, nargs="+", metavar="FILE")


def _state(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        found = application.mending.state()
    console.tell(
        {"trouble": asdict(found) if found else None},
        *(sentences(found) if found else [_("The data here agrees with all that is known of it.")]),
    )
    return Exit.FINDINGS if found else Exit.DONE


def _mend(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        done = application.mending.mend(options.kind, options.reason)
    lines = []
    if done.kind == "cloned":
        lines.append(
            _("This copy is laptop {device} now. Enrol it at the receiving unit.", device=done.device_id)
        )
    elif done.asks_again:
        lines.append(_("Settled. Each commune is asked by its next acknowledgement to send what is missing."))
    else:
        lines.append(_("Settled. Send to the stick again; the receiving unit takes back what was lost here."))
    console.tell(
        {name: value for name, value in asdict(done).items() if name != "changes"},
        *lines,
    )
    return Exit.DONE


def _rebuild(options: Namespace, console: Console) -> Exit:
    check_there(*options.files)
    with console.workspace() as application:
        done = application.rebuilding.rebuild(options.files, console.progress())
    lines = [_("{count} changes are here again.", count=done.events)]
    if done.is_equal is not None:
        lines.append(
            _("All tables equal those of the receiving unit.")
            if done.is_equal
            else _("The tables differ from those of the receiving unit; call it before work goes on.")
        )
    if done.as_of:
        lines.append(as_of(done))
    elif not done.is_whole:
        lines.append(_("Something is still missing: antq workspace mend --as restored --reason …"))
    document = {name: value for name, value in asdict(done).items() if name != "changes"}
    console.tell({**document, "as_of": done.as_of.isoformat() if done.as_of else None}, *lines)
    return Exit.DONE if done.is_whole or (done.as_of and done.is_equal is not False) else Exit.FINDINGS
