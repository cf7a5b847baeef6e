"""The command that finds anything in the workspace by its words."""

from argparse import Namespace
from dataclasses import asdict

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _


def add(parsers: Parsers) -> None:
    """Add the command."""
    find = parsers.add_parser("find", help=_("find anything by its words, without tone marks too")).does(
        _find
    )
    find.takes("text")
    find.takes("--limit", type=int, default=20)


def _find(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        hits = application.search.find(options.text, options.limit)
    console.tell(
        [asdict(hit) for hit in hits],
        *(" · ".join(part for part in (hit.group, hit.title, hit.detail) if part) for hit in hits),
        *([] if hits else [_("Nothing was found for «{text}».", text=options.text)]),
    )
    return Exit.DONE
