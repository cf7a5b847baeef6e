"""Commands on outreach campaigns: list, record, remove, and what they can be about."""

from argparse import Namespace
from pathlib import Path

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, plain, tell_kept, with_paper
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.outreach import OutreachCampaign
from antq_desktop.runtime.language import _

_COUNTS = ("sessions", "attendance", "leaflets", "articles")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("outreach", help=_("outreach campaigns")).group()
    listed = group.add_parser("list", help=_("list the campaigns")).does(_list)
    listed.takes("--year", type=int, default=None)
    new = group.add_parser("add", help=_("record a campaign")).does(_add)
    new.takes("--title", required=True)
    new.takes("--kind", required=True, help=_("id of a kind, as «outreach kinds» lists them"))
    new.takes("--from", dest="starts_on", type=day, required=True, metavar=_("DATE"))
    new.takes("--to", dest="ends_on", type=day, default=None, metavar=_("DATE"))
    for count in _COUNTS:
        new.takes(f"--{count}", type=int, default=0)
    new.takes("--note", default="")
    new.takes("--paper", type=Path, default=None, help=_("scan or photograph to keep with it"))
    delete = group.add_parser("delete", help=_("remove what was typed by mistake")).does(_delete)
    delete.takes("id", metavar="ID")
    delete.takes("--reason", required=True)
    group.add_parser("kinds", help=_("list what a campaign can be about")).does(_kinds)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.outreach.rows(options.year)
    console.tell(
        [plain(row) for row in rows],
        *(
            line(row.title, row.kind_name, f"{day_text(row.starts_on)}–{day_text(row.ends_on)}", row.id)
            for row in rows
        ),
    )
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        campaign = OutreachCampaign(
            id="",
            unit_code="",
            title=options.title,
            kind=options.kind,
            starts_on=options.starts_on,
            ends_on=options.ends_on,
            note=options.note,
            **{count: getattr(options, count) for count in _COUNTS},
        )
        written = application.outreach.save(campaign)
        with_paper(application.outreach, written, options.paper)
    tell_kept(console, written)
    return Exit.DONE


def _delete(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.outreach.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE


def _kinds(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kinds = application.catalogues.outreach.kinds.values()
    console.tell(
        [{"id": kind.id, "name": kind.name} for kind in kinds], *(line(kind.id, kind.name) for kind in kinds)
    )
    return Exit.DONE
