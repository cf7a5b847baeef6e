"""Commands on the list of agencies, enterprises and schools: list, add, close, and what they can be."""

from argparse import Namespace
from dataclasses import asdict

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.assessed import unit_key
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.services.results import remark
from antq_desktop.services.yearly.units import LISTED_KINDS


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    units = parsers.add_parser("units", help=_("agencies, enterprises and schools")).group()
    listed = units.add_parser("list", help=_("list units, with why one is not assessed")).does(_list)
    listed.takes("--year", type=int, default=None)
    new = units.add_parser("add", help=_("list a unit")).does(_add)
    new.takes("--kind", required=True, choices=LISTED_KINDS)
    new.takes("--name", required=True)
    new.takes("--category", required=True, help=_("id of a category, as «units categories» lists them"))
    new.takes("--address", default="")
    new.takes("--not-managed", action="store_true", help=_("the commune does not manage it"))
    new.takes("--has-party", action="store_true", help=_("it has a party organisation"))
    new.takes(
        "--from",
        dest="valid_from",
        type=day,
        default=None,
        metavar=_("DATE"),
        help=_("default: the first day of the assessed year"),
    )
    close = units.add_parser("close", help=_("say that a unit is no longer there")).does(_close)
    close.takes("unit", metavar=_("UNIT"), help=_("name or id of the unit"))
    close.takes("--on", type=day, required=True, metavar=_("DATE"), help=_("its last day"))
    close.takes("--reason", required=True)
    units.add_parser("categories", help=_("list what a unit can be, and what is not assessed")).does(
        _categories
    )


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.units.rows(options.year)
    console.tell(
        [
            {
                **asdict(row),
                "valid_from": row.valid_from.isoformat(),
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
            }
            for row in rows
        ],
        *(
            " · ".join(part for part in (row.name, row.category_name, row.excluded_why, row.id) if part)
            for row in rows
        ),
    )
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.units.add(
            options.kind,
            options.name,
            options.category,
            address=options.address,
            managed=not options.not_managed,
            has_party=options.has_party,
            valid_from=options.valid_from,
        )
    for warning in written.warnings:
        console.say(remark(warning))
    console.tell({"id": written.record.id}, _("Recorded as {number}.", number=written.record.id))
    return Exit.DONE


def _close(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        key = unit_key(application, options.unit, application.session.year)
        closed = application.units.close(key.id, options.on, options.reason).record
    console.tell(
        {"id": closed.id, "valid_to": options.on.isoformat()},
        _("«{name}» ends on {day}.", name=closed.name, day=f"{options.on:%d/%m/%Y}"),
    )
    return Exit.DONE


def _categories(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        found = [(kind, each) for kind in LISTED_KINDS for each in application.units.categories(kind)]
    console.tell(
        [
            {
                "kind": kind,
                "id": each.id,
                "name": each.name,
                "excluded": each.excluded,
                "legal_basis": each.legal_basis,
                "status": each.status,
            }
            for kind, each in found
        ],
        *(
            f"{kind} · {each.id} · {each.name}"
            + (" · " + _("left out of the assessment") if each.excluded else "")
            for kind, each in found
        ),
    )
    return Exit.DONE
