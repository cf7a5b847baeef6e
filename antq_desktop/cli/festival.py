"""Commands on Ngày hội toàn dân bảo vệ an ninh Tổ quốc: where it was held, and which areas have not held it."""

from argparse import Namespace
from pathlib import Path

from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parsers, day, unit_count
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, plain, tell_kept
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.festival import FestivalDay
from antq_desktop.runtime.language import _

_COUNTS = ("attendance", "gifts", "awards", "pledges")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("festival", help=_("Ngày hội of the movement")).group()
    listed = group.add_parser("list", help=_("list the sites")).does(_list)
    listed.takes("--year", type=int, default=None)
    missing = group.add_parser("missing", help=_("name the areas that have not held it")).does(_missing)
    missing.takes("--year", type=int, default=None)
    held = group.add_parser("add", help=_("record a site")).does(_add)
    held.takes("--place", required=True)
    held.takes("--on", type=day, required=True, metavar=_("DATE"))
    held.takes(
        "--area",
        action="append",
        default=[],
        help=_("name or id of an area that held it there; may be repeated"),
    )
    held.takes("--no-ceremony", action="store_true", help=_("without a ceremony"))
    held.takes("--festivities", action="store_true", help=_("with festivities"))
    for count in _COUNTS:
        held.takes(f"--{count}", type=int, default=0)
    held.takes("--gift-value", type=int, default=0, metavar="VND")
    held.takes("--handed-in", action="append", type=unit_count, default=[], metavar=_("UNIT=NUMBER"))
    held.takes("--note", default="")
    held.takes(
        "--paper",
        type=Path,
        action="append",
        default=[],
        help=_("scan or photograph to keep with it; may be repeated"),
    )
    attach = group.add_parser("attach", help=_("keep scans or photographs with a site")).does(_attach)
    attach.takes("id", metavar="ID")
    attach.takes("files", type=Path, nargs="+", metavar="FILE")
    delete = group.add_parser("delete", help=_("remove what was typed by mistake")).does(_delete)
    delete.takes("id", metavar="ID")
    delete.takes("--reason", required=True)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.festival.rows(options.year)
    console.tell(
        [{**plain(row), "handed_in": dict(row.handed_in)} for row in rows],
        *(line(day_text(row.on), row.place, ", ".join(row.areas), row.attendance, row.id) for row in rows),
    )
    return Exit.DONE


def _missing(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        areas = application.festival.areas_without(options.year)
    console.tell([{"id": area.id, "name": area.name} for area in areas], *(area.name for area in areas))
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        festival = FestivalDay(
            id="",
            unit_code="",
            year=options.on.year,
            place=options.place,
            area_ids=tuple(area_id(application, named) for named in options.area),
            on=options.on,
            with_ceremony=not options.no_ceremony,
            with_festivities=options.festivities,
            gift_value_vnd=options.gift_value,
            handed_in=dict(options.handed_in),
            note=options.note,
            **{count: getattr(options, count) for count in _COUNTS},
        )
        written = application.festival.save(festival)
        for path in options.paper:
            application.festival.add_paper(written.record.id, path)
    tell_kept(console, written)
    return Exit.DONE


def _attach(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        for path in options.files:
            application.festival.add_paper(options.id, path)
        papers = application.festival.papers(options.id)
    console.tell(
        [{"sha256": paper.sha256, "name": paper.name} for paper in papers], *(paper.name for paper in papers)
    )
    return Exit.DONE


def _delete(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.festival.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE
