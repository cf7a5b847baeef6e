"""Commands for bundles that a person settles at the upper level: list them, let them wait on, refuse them, end an alarm."""

from argparse import Namespace
from dataclasses import asdict

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _


def add(group: Parsers) -> None:
    """Add the commands of this group."""
    held = group.add_parser("held", help=_("bundles that wait, and alarms")).group()
    held.add_parser("list", help=_("which they are and what for")).does(_list)
    for verb, words, deed in (
        ("release", _("let it wait for what is missing"), _release),
        ("refuse", _("refuse it for good, or end its alarm"), _refuse),
    ):
        parser = held.add_parser(verb, help=words).does(deed)
        parser.takes("bundle", metavar=_("BUNDLE"), help=_("its number from the list"))
        parser.takes("--reason", required=True)


def _list(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        held = application.held_bundles.all()
    console.tell(
        {"bundles": [{**asdict(each), "at": each.at.isoformat()} for each in held]},
        *(
            f"{each.sha256} {each.unit_name} {each.seq_from}–{each.seq_to} {each.file_name}: {each.sentence}"
            for each in held
        ),
        *([] if held else [_("No bundle waits, and there is no alarm.")]),
    )
    return Exit.FINDINGS if any(each.needs_person for each in held) else Exit.DONE


def _release(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.held_bundles.release(options.bundle, options.reason)
    console.tell({"bundle": options.bundle, "verdict": "held"}, _("The bundle waits for what is missing."))
    return Exit.DONE


def _refuse(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.held_bundles.refuse(options.bundle, options.reason)
    console.tell({"bundle": options.bundle, "verdict": "refused"}, _("The bundle was refused for good."))
    return Exit.DONE
