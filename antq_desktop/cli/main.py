"""The command line: finds the command, runs it, and turns every failure into one sentence and an exit code."""

import logging
import sys
from collections.abc import Sequence

from antq_desktop import __version__
from antq_desktop.cli import (
    activities,
    areas,
    argparse_words,
    assessing,
    awards,
    board,
    campaigns,
    certificates,
    commitments,
    community_models,
    conflicts,
    demo,
    exchange,
    festival,
    field_words,
    find,
    generate,
    households,
    mending,
    outreach,
    papers,
    receiving,
    reports,
    smoke,
    steering,
    targets,
    teams,
    units,
    workspace,
    yearly,
)
from antq_desktop.cli.arguments import Parser
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit, KnownFailure, MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime import language
from antq_desktop.runtime.language import _
from antq_desktop.services.results import Invalid, remark

_GROUPS = (
    workspace,
    conflicts,
    mending,
    find,
    areas,
    households,
    commitments,
    campaigns,
    community_models,
    activities,
    festival,
    outreach,
    teams,
    steering,
    awards,
    units,
    board,
    assessing,
    yearly,
    targets,
    papers,
    reports,
    certificates,
    exchange,
    receiving,
    demo,
    generate,
    smoke,
)

_WHY = {
    FileNotFoundError: N_("«{file}» is not there."),
    PermissionError: N_("«{file}» may not be read or written."),
    FileExistsError: N_("«{file}» stands in the way."),
    NotADirectoryError: N_("«{file}» stands in the way."),
    IsADirectoryError: N_("«{file}» is a folder, not a file."),
}
_OTHER = N_("the disk or the stick does not answer at «{file}».")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see domain.errors.Exit."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    language.choose(_language(given))
    _speak_utf8()
    try:
        options, unknown = _parser().parse_known_args(given)
        if unknown:  # said by the command itself, so that its own help is named
            options.parser.error(_("unrecognized arguments: %s") % " ".join(unknown))
    except SystemExit as stop:
        return int(stop.code or 0)
    console = Console(as_json=getattr(options, "json", False), data=getattr(options, "data", None))
    try:
        return int(options.command(options, console))
    except KnownFailure as failure:
        console.say(_sentence(failure))
        return int(failure.exit_code)
    except KeyboardInterrupt:
        console.say(_("Stopped as you asked. Nothing was changed."))
        return int(Exit.FINDINGS)
    except OSError as error:
        why = _(_WHY.get(type(error), _OTHER), file=error.filename or "-")
        disk = MachineFailed(why=why)
        console.say(language.sentence(disk))
        return int(disk.exit_code)
    except Exception:  # the border where a bug becomes an exit code
        logging.getLogger("antq").exception("a bug stopped the command")
        console.say(
            _(
                "The program made a mistake of its own. Nothing half-done was kept. Send the lines above to whoever looks after it."
            )
        )
        return int(Exit.BUG)


def _sentence(failure: KnownFailure) -> str:
    if isinstance(failure, Invalid):  # no page marks the field here, so its name stands before its fault
        faults = (field_words.named(finding, remark(finding)) for finding in failure.findings)
        return _(failure.sentence, why=" ".join(faults))
    return language.sentence(failure)


def _parser() -> Parser:
    argparse_words.translate()
    parser = Parser(prog="antq", description=_("Every job of the program without its window."))
    parser.add_argument(
        "--version",
        action="version",
        version=f"antq {__version__}",
        help=_("show program's version number and exit"),
    )
    parsers = parser.group()
    for group in _GROUPS:
        group.add(parsers)
    return parser


def _language(given: Sequence[str]) -> str:
    for place, word in enumerate(given):
        if (word == "--lang" and given[place + 1 : place + 2] == ["en"]) or word == "--lang=en":
            return "en"
    return "vi"


def _speak_utf8() -> None:
    # A Vietnamese sentence must not fail on a console of an older Windows.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
