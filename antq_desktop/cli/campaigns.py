"""Commands on the rounds of pledges: the yearly one, and thematic ones on fireworks, weapons, drugs, traffic, fire."""

from argparse import Namespace

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, plain, tell_kept
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("campaigns", help=_("rounds of pledges")).group()
    listed = group.add_parser("list", help=_("list the rounds of a year")).does(_list)
    listed.takes("--year", type=int, default=None)
    opened = group.add_parser("open", help=_("open a thematic round in the working year")).does(_open)
    opened.takes("--kind", required=True, help=_("id of a kind, as «campaigns kinds» lists them"))
    opened.takes("--name", default="", help=_("default: the name of the kind"))
    opened.takes("--from", dest="starts_on", type=day, default=None, metavar=_("DATE"))
    opened.takes("--to", dest="ends_on", type=day, default=None, metavar=_("DATE"))
    group.add_parser("kinds", help=_("list the kinds of rounds")).does(_kinds)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kinds = application.catalogues.campaigns.kinds
        rows = application.commitments.campaigns(options.year)
    console.tell(
        [
            {**plain(row), "kind_name": kinds[row.kind].name if row.kind in kinds else row.kind}
            for row in rows
        ],
        *(line(row.name, day_text(row.starts_on), day_text(row.ends_on), row.id) for row in rows),
    )
    return Exit.DONE


def _open(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kind = application.catalogues.campaigns.kinds.get(options.kind)
        name = options.name or (kind.name if kind else "")
        written = application.commitments.add_campaign(options.kind, name, options.starts_on, options.ends_on)
    tell_kept(console, written)
    return Exit.DONE


def _kinds(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kinds = application.catalogues.campaigns.kinds.values()
    console.tell(
        [{"id": kind.id, "name": kind.name, "yearly": kind.yearly} for kind in kinds],
        *(line(kind.id, kind.name) for kind in kinds),
    )
    return Exit.DONE
