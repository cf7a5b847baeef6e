"""Commands on the targets of a year: list them with their progress, set one, remove one."""

from argparse import Namespace
from dataclasses import asdict, replace
from typing import Any

from antq_desktop.cli.arguments import Parser, Parsers
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import line, tell_kept
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.targets import Target, read_aim
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.targets import TargetRow

#: So many of those who are missing are named on one line; --json names all.
_NAMED = 5


def add(parsers: Parsers) -> None:
    """Add the commands of this group; without one of them the targets are listed."""
    targets = parsers.add_parser("targets", help=_("targets of a year and how far they are reached")).does(
        _list
    )
    targets.takes("--year", type=int, default=None)
    group = targets.add_subparsers(metavar=_("COMMAND"), parser_class=Parser)
    new = group.add_parser("add", help=_("set a target")).does(_add)
    new.takes("--period", required=True, metavar="2026-Q1|2026-H1|2026-9M|2026")
    new.takes("--figure", required=True, metavar="ID", help=_("id of a figure, such as share_signed"))
    new.takes(
        "--at-least", required=True, metavar=_("AIM"), help=_("a whole number, or a share such as «90 %»")
    )
    new.takes("--each-area", action="store_true", help=_("each residential area has to reach it by itself"))
    new.takes("--set-by", default="", help=_("resolution or plan that sets it"))
    change = group.add_parser("change", help=_("change a target; what is not named stays")).does(_change)
    change.takes("id", metavar="ID")
    change.takes(
        "--at-least", default=None, metavar=_("AIM"), help=_("a whole number, or a share such as «90 %»")
    )
    change.takes("--set-by", default=None, help=_("resolution or plan that sets it"))
    group.add_parser("usual", help=_("set the targets that plans usually name")).does(_usual)
    delete = group.add_parser("delete", help=_("remove a target")).does(_delete)
    delete.takes("id", metavar="ID")
    delete.takes("--reason", required=True)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.targets.rows(options.year)
    console.tell([asdict(row) for row in rows], *(text for row in rows for text in _lines(row)))
    return Exit.DONE


def _lines(row: TargetRow) -> list[str]:
    state = _("reached") if row.reached else _("not reached yet")
    head = line(
        row.period, row.name, row.level_name, _("at least {aim}", aim=row.aim), row.amount, state, row.id
    )
    lines = [head, f"  {row.forecast}"]
    if row.missing:
        names = ", ".join(
            f"{missing.name} ({missing.area})" if missing.area else missing.name
            for missing in row.missing[:_NAMED]
        )
        more = ", …" if len(row.missing) > _NAMED else ""
        lines.append("  " + _("Missing ({count}): {names}", count=len(row.missing), names=names + more))
    return lines


def _add(options: Namespace, console: Console) -> Exit:
    measured, at_least = read_aim(options.at_least)
    target = Target(
        id="",
        unit_code="",
        year=0,  # that of the period
        period=options.period,
        level="area" if options.each_area else "commune",
        indicator=options.figure,
        measured=measured,
        at_least=at_least,
        set_by=options.set_by,
    )
    with console.workspace() as application:
        written = application.targets.save(target)
    tell_kept(console, written)
    return Exit.DONE


def _change(options: Namespace, console: Console) -> Exit:
    wanted: dict[str, Any] = {}
    if options.at_least is not None:
        wanted["measured"], wanted["at_least"] = read_aim(options.at_least)
    if options.set_by is not None:
        wanted["set_by"] = options.set_by
    with console.workspace() as application:
        known = application.targets.get(options.id)
        written = application.targets.save(replace(known, **wanted))
    tell_kept(console, written)
    return Exit.DONE


def _usual(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        added = application.targets.add_usual(options.year).record
    console.tell([target.id for target in added], _("Set: {count} targets.", count=len(added)))
    return Exit.DONE


def _delete(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.targets.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE
