"""Commands on residential areas: list, add, rename, merge, split; and how one is found that somebody names."""

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from antq_desktop.cli.arguments import Parser, Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import line, plain, say_warnings
from antq_desktop.domain.errors import Exit, NotFound
from antq_desktop.domain.territory import AREA_KINDS, ResidentialArea
from antq_desktop.domain.text import clean
from antq_desktop.domain.wording import N_
from antq_desktop.runtime import written as words
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.area_names import fitting
from antq_desktop.services.area_words import succession
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.window import Window


class AreaUnknown(NotFound):
    code = "area-unknown"
    sentence = N_(
        "No residential area is called «{what}». Type its name or id as «antq areas list» shows it."
    )


class AreaAmbiguous(NotFound):
    code = "area-ambiguous"
    sentence = N_("«{what}» can mean {areas}. Type the name with its tone marks, or the id in the brackets.")


class AreaEnded(NotFound):
    code = "area-ended"
    sentence = N_(
        "The residential area «{what}» ended on {day}. Name one of today, as «antq areas list» shows them."
    )


class AreaNotBegun(NotFound):
    code = "area-not-begun"
    sentence = N_(
        "The residential area «{what}» begins only on {day}. Come back on that day, or name one of today."
    )


def area_id(application: Application, named: str) -> str:
    """Return the id of the area of today with this id or name (without tone marks too).

    Raises AreaUnknown, AreaAmbiguous, AreaEnded, AreaNotBegun.
    """
    return _of_today(application, named).id


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("areas", help=_("residential areas")).group()
    listed = group.add_parser("list", help=_("list the areas with who lives there")).does(_list)
    listed.takes("--all", action="store_true", help=_("those that ended or begin later too"))
    shown = group.add_parser("show", help=_("show an area and its history")).does(_show)
    _takes_area(shown)
    new = group.add_parser("add", help=_("open an area")).does(_add)
    new.takes("--name", required=True)
    _takes_kind(new, AREA_KINDS[0], _("default: {kind}", kind=AREA_KINDS[0]))
    new.takes("--from", dest="valid_from", type=day, required=True, metavar=_("DATE"))
    rename = group.add_parser("rename", help=_("give an area another name; the old one stays readable")).does(
        _rename
    )
    _takes_area(rename)
    rename.takes("--name", required=True)
    _takes_day_and_reason(rename)
    merge = group.add_parser("merge", help=_("end areas and let a new one follow them")).does(_merge)
    merge.takes("areas", nargs="+", metavar=_("AREA"), help=_("name or id of the residential area"))
    merge.takes("--name", required=True, help=_("name of the new area"))
    _takes_kind(merge, None, _("default: that of the first area"))
    _takes_day_and_reason(merge)
    _takes_trial(merge)
    split = group.add_parser("split", help=_("end an area and let its parts follow it")).does(_split)
    _takes_area(split)
    split.takes(
        "--part",
        dest="parts",
        action="append",
        nargs="+",
        required=True,
        metavar=(_("NAME"), "ID"),
        help=_("name of a part and the ids of its households, once a part; all others go into the first"),
    )
    _takes_day_and_reason(split)
    _takes_trial(split)


def _takes_area(parser: Parser) -> None:
    parser.takes("area", metavar=_("AREA"), help=_("name or id of the residential area"))


def _takes_kind(parser: Parser, default: str | None, said: str) -> None:
    parser.takes("--kind", choices=AREA_KINDS, default=default, metavar=_("KIND"), help=said)


def _takes_day_and_reason(parser: Parser) -> None:
    parser.takes("--on", type=day, required=True, metavar=_("DATE"), help=_("from this day on"))
    parser.takes("--reason", default="", help=_("decision or reason; it stays in the history"))


def _takes_trial(parser: Parser) -> None:
    parser.takes("--dry-run", action="store_true", help=_("only check it and say what would become of it"))


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.territory.areas(None if options.all else application.session.today())
    console.tell([plain(row) for row in rows], *map(_line, rows))
    return Exit.DONE


def _show(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        ever = application.territory.areas()
        of_today = _fitting(options.area, _alive(ever, application.session.today()))
        area = _one(options.area, of_today or _fitting(options.area, ever))
        history = application.territory.history(area.id)
    names = {row.id: row.name for row in ever}
    console.tell(
        {
            **plain(area),
            "history": [
                {
                    "kind": step.kind,
                    "on": step.on.isoformat(),
                    "predecessor_id": step.predecessor_id,
                    "successor_id": step.successor_id,
                    "old_name": step.old_name,
                    "reason": step.note,
                }
                for step in history
            ],
        },
        _line(area),
        *(succession(step, area.id, names) for step in history),
    )
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        area = application.territory.add(options.name, options.kind, options.valid_from).record
    return _tell(console, area)


def _rename(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        key = area_id(application, options.area)
        area = application.territory.rename(key, options.name, options.on, options.reason).record
    return _tell(console, area)


def _merge(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        ending = [_of_today(application, named) for named in options.areas]
        written = application.territory.merge(
            [area.id for area in ending],
            options.name,
            options.kind or ending[0].kind,
            options.on,
            options.reason,
            keep=not options.dry_run,
        )
    say_warnings(console, written)
    count = sum(area.households for area in ending)
    console.tell(
        {
            "id": None if options.dry_run else written.record.id,
            "name": written.record.name,
            "kind": written.record.kind,
            "valid_from": options.on.isoformat(),
            "ended": [area.id for area in ending],
            "households": count,
        },
        _(
            "{names} end, and from {day} there is «{name}» with their {count} households, models and teams. "
            "This cannot be undone.",
            names=", ".join(f"«{area.name}»" for area in ending),
            day=words.day(options.on),
            name=written.record.name,
            count=words.number(count),
        ),
        _trial_or_done(options),
    )
    return Exit.DONE


def _split(options: Namespace, console: Console) -> Exit:
    parts = [(clean(name), keys) for name, *keys in options.parts]
    with console.workspace() as application:
        area = _of_today(application, options.area)
        which = HouseholdFilter(area_id=area.id, residence="living")
        living = {row.id for row in application.households.page(which, Window(limit=area.households))}
        application.territory.split(area.id, parts, options.on, options.reason, keep=not options.dry_run)
        opened = (
            {} if options.dry_run else {row.name: row.id for row in application.territory.areas(options.on)}
        )
    counts = [len(living.intersection(keys)) for _name, keys in parts]
    counts[0] += len(living) - sum(counts)
    console.tell(
        {
            "ended": area.id,
            "valid_from": options.on.isoformat(),
            "parts": [
                {"id": opened.get(name), "name": name, "households": count}
                for (name, _keys), count in zip(parts, counts, strict=True)
            ],
        },
        _(
            "«{name}» ends, and from {day} there are {parts}. This cannot be undone.",
            name=area.name,
            day=words.day(options.on),
            parts="; ".join(
                _("«{name}»: {count} households", name=name, count=words.number(count))
                for (name, _keys), count in zip(parts, counts, strict=True)
            ),
        ),
        _trial_or_done(options),
    )
    return Exit.DONE


def _trial_or_done(options: Namespace) -> str:
    return _("Only tried; nothing was changed.") if options.dry_run else _("Recorded.")


def _tell(console: Console, area: ResidentialArea) -> Exit:
    console.tell({"id": area.id, "name": area.name}, _("Recorded as {number}.", number=area.id))
    return Exit.DONE


def _line(area: AreaRow) -> str:
    lives = _(
        "{homes} households, {people} persons",
        homes=words.number(area.households),
        people=words.number(area.people),
    )
    since = _("{kind}, since {day}", kind=area.kind, day=words.day(area.valid_from))
    until = _(", until {day}", day=words.day(area.valid_to)) if area.valid_to else ""
    return line(area.name, since + until, lives, area.id)


def _of_today(application: Application, named: str) -> AreaRow:
    ever, today = application.territory.areas(), application.session.today()
    if of_today := _fitting(named, _alive(ever, today)):
        return _one(named, of_today)
    area = _one(named, _fitting(named, ever)[-1:])
    if area.valid_to is not None and area.valid_to < today:
        raise AreaEnded(what=area.name, day=words.day(area.valid_to))
    raise AreaNotBegun(what=area.name, day=words.day(area.valid_from))


def _one(named: str, found: Sequence[AreaRow]) -> AreaRow:
    if not found:
        raise AreaUnknown(what=named)
    if len(found) > 1:
        raise AreaAmbiguous(what=named, areas=", ".join(f"«{area.name}» ({area.id})" for area in found))
    return found[0]


def _fitting(named: str, areas: Sequence[AreaRow]) -> list[AreaRow]:
    """Return the areas that are meant, the earliest first."""
    ids = {area.id for area in areas if area.id == named} or fitting(clean(named), areas)
    return sorted((area for area in areas if area.id in ids), key=lambda area: area.valid_from)


def _alive(areas: Sequence[AreaRow], on: date) -> list[AreaRow]:
    return [
        area for area in areas if area.valid_from <= on and (area.valid_to is None or on <= area.valid_to)
    ]
