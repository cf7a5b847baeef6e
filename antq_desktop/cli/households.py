"""Commands on households: take spreadsheets in, list, find, add, change and remove them, say that they moved away."""

from argparse import Namespace
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parser, Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import plain, tell_kept
from antq_desktop.domain import citizen_id
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.households import Household, Residence
from antq_desktop.intake.household_sheet import HouseholdSheet, as_json, read_households
from antq_desktop.runtime import written as words
from antq_desktop.runtime.language import _
from antq_desktop.services import record_words
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.households import HouseholdFilter, HouseholdRow
from antq_desktop.storage.queries.intake import ImportRow
from antq_desktop.storage.queries.window import Window

_RESIDENCES = get_args(Residence)
_TEXTS = ("phone", "address", "note")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("households", help=_("households and their lists")).group()
    take_in = group.add_parser("import", help=_("take a spreadsheet in")).does(_import)
    take_in.takes("file", type=Path)
    take_in.takes("--dry-run", action="store_true", help=_("only say what stands in it; needs no workspace"))
    take_in.takes("--update", action="store_true", help=_("only change households that are known"))
    take_in.takes("--append", action="store_true", help=_("only add households that are new"))
    find = group.add_parser("find", help=_("find households, without tone marks too")).does(_find)
    find.takes("text")
    find.takes("--limit", type=int, default=20)
    listed = group.add_parser("list", help=_("list the households of an area or of the commune")).does(_list)
    listed.takes("--area", default="", help=_("name or id of the residential area"))
    listed.takes(
        "--residence", choices=(*_RESIDENCES, "all"), default=_RESIDENCES[0], help=_("default: living here")
    )
    shown = group.add_parser("show", help=_("show all that is kept of a household")).does(_show)
    shown.takes("household", metavar="ID")
    new = group.add_parser("add", help=_("add a household")).does(_add)
    _takes_fields(new, required=True)
    change = group.add_parser("change", help=_("change a household; what is not named stays")).does(_change)
    change.takes("household", metavar="ID")
    _takes_fields(change, required=False)
    change.takes("--residence", choices=_RESIDENCES, default=None)
    change.takes("--moved-on", type=day, default=None, metavar=_("DATE"), help=_("day of moving away"))
    moved = group.add_parser("moved", help=_("say that households moved away; their papers stay")).does(
        _moved
    )
    moved.takes("households", nargs="+", metavar="ID")
    moved.takes("--on", type=day, required=True, metavar=_("DATE"), help=_("day of moving away"))
    removed = group.add_parser("delete", help=_("remove what was typed by mistake")).does(_remove)
    removed.takes("household", metavar="ID")
    removed.takes("--reason", required=True)


def _takes_fields(parser: Parser, *, required: bool) -> None:
    parser.takes("--head", required=required, default=None, help=_("name of the head of the household"))
    parser.takes("--area", required=required, default=None, help=_("name or id of the residential area"))
    parser.takes("--birth", type=_birth, default=None, metavar="12/03/1980|1980")
    parser.takes("--members", type=int, default=None, help=_("how many persons live in it"))
    parser.takes("--citizen-id", default=None)
    for name in _TEXTS:
        parser.takes(f"--{name}", default=None)


def _birth(text: str) -> str:
    return day(text).isoformat() if "/" in text else text


def _import(options: Namespace, console: Console) -> Exit:
    if options.dry_run:
        sheet = read_households(options.file, progress=console.progress())
        console.tell(as_json(sheet), *_said(sheet))
        return Exit.FINDINGS if sheet.faults else Exit.DONE
    both = options.update == options.append
    with console.workspace() as application:
        sheet = application.intake.read(options.file, progress=console.progress())
        plan = application.intake.plan(sheet, update=both or options.update, append=both or options.append)
        result = application.intake.run(plan, progress=console.progress())
    run = result.run
    console.tell(
        {
            "file": str(options.file),
            "run": run.id if result.changes else None,
            "added": run.added,
            "changed": run.changed,
            "unchanged": run.unchanged,
            "faults": run.faults,
            "doubtful": run.doubtful,
            "rows": [{"line": row.line, "result": row.result, "why": why(row)} for row in result.rows],
        },
        *_said(sheet),
        _(
            "Added {added}, changed {changed}, unchanged {unchanged}, doubtful {doubtful}, faulty {faults}.",
            added=run.added,
            changed=run.changed,
            unchanged=run.unchanged,
            doubtful=run.doubtful,
            faults=run.faults,
        ),
        *(
            _("Line {line}: {why}", line=row.line, why=why(row))
            for row in result.rows
            if row.result == "doubtful"
        ),
        *([] if result.changes else [_("Nothing in the file is new; nothing was changed.")]),
    )
    return Exit.FINDINGS if run.faults or run.doubtful else Exit.DONE


def why(row: ImportRow) -> str:
    """Return why a row became what it is, as a sentence; empty where nothing needs saying."""
    if not row.why:
        return ""
    message = row.why["message"]
    return _(message, **row.why["facts"])


def _said(sheet: HouseholdSheet) -> list[str]:
    first = _(
        "{file}: {rows} households, {faults} faults, {warnings} warnings; encoding {encoding}.",
        file=sheet.path.name,
        rows=len(sheet.rows),
        faults=len(sheet.faults),
        warnings=len(sheet.warnings),
        encoding=sheet.encoding,
    )
    said = sorted((*sheet.faults, *sheet.warnings), key=lambda finding: finding.line)
    return [first, *(_("Line {line}: {why}", line=finding.line, why=finding.why) for finding in said)]


def _find(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.households.find(options.text, options.limit)
    return _tell(console, rows)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        which = HouseholdFilter(
            area_id=area_id(application, options.area) if options.area else None,
            residence=None if options.residence == "all" else options.residence,
        )
        many = Window(sort="head", limit=application.households.count(which))
        rows = application.households.page(which, many)
    return _tell(console, rows)


def _tell(console: Console, rows: Iterable[HouseholdRow]) -> Exit:
    console.tell(
        [plain(row) for row in rows],
        *(
            f"{row.head} · {record_words.value('households', 'birth', row.birth, {})} · {row.area_name} · {row.citizen_id or ''} · {row.id}"
            for row in rows
        ),
    )
    return Exit.DONE


def _show(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        home = application.households.get(options.household)
        names = {("residential_areas", area.id): area.name for area in application.territory.areas()}
    facts = {name: fact for name, fact in plain(home).items() if name not in {"unit_code", "version"}}
    facts["past_areas"] = {area: last.isoformat() for area, last in (home.past_areas or {}).items()}
    told = {name: fact for name, fact in facts.items() if name != "id"}
    console.tell(
        facts,
        *(f"{field}: {said}" for field, _before, said in record_words.readable("households", told, names)),
    )
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        new = Household(id="", unit_code="", area_id="", head="")
        _keep(application, console, replace(new, **_asked(application, options)))
    return Exit.DONE


def _change(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        asked = _asked(application, options)
        if options.residence == "living":
            asked.setdefault("moved_on", None)
        _keep(application, console, replace(application.households.get(options.household), **asked))
    return Exit.DONE


def _asked(application: Application, options: Namespace) -> dict[str, Any]:
    names = ("head", "birth", "members", "citizen_id", "residence", "moved_on", *_TEXTS)
    asked = {name: getattr(options, name, None) for name in names}
    if options.area is not None:
        asked["area_id"] = area_id(application, options.area)
    return {name: value for name, value in asked.items() if value is not None}


def _keep(application: Application, console: Console, home: Household) -> None:
    written = application.households.save(home)
    number = written.record.citizen_id
    if number and not (number.isdecimal() and len(number) in (citizen_id.LENGTH, citizen_id.OLD_LENGTH)):
        console.say(_("A citizen id has 12 figures, the old one 9. Look again."))
    tell_kept(console, written)


def _moved(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        homes = [application.households.get(key) for key in dict.fromkeys(options.households)]
        leaving = [home for home in homes if home.residence != "moved_away"]
        application.households.move_away_many([home.id for home in leaving], options.on)
    console.tell(
        {"moved": [home.id for home in leaving], "on": options.on.isoformat()},
        _(
            "{count} households are marked as moved away on {day}.",
            count=words.number(len(leaving)),
            day=words.day(options.on),
        )
        if leaving
        else _("All the households chosen have moved away already."),
    )
    return Exit.DONE


def _remove(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.households.remove(options.household, options.reason)
    console.tell({"id": options.household}, _("Removed."))
    return Exit.DONE
