"""Commands on activities of models: list, record, repeat, copy, take a spreadsheet in, attach files, show a month."""

from argparse import ArgumentTypeError, Namespace
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from antq_desktop.cli.arguments import Parsers, day, unit_count
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, tell_kept
from antq_desktop.domain.activities import ActivityCatalogue, ModelActivity
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.activities import LineResult
from antq_desktop.services.movement.activity_intake import ActivityPlan, PlannedLine
from antq_desktop.services.reporting.report_words import count_text
from antq_desktop.services.results import remark
from antq_desktop.storage.queries.community_models import ActivityFilter, ActivityRow
from antq_desktop.storage.queries.window import Window

_MANY = 10_000


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    activities = parsers.add_parser("activities", help=_("activities of models")).group()
    done = activities.add_parser("list", help=_("list activities")).does(_list)
    done.takes("--model", default=None, metavar="ID")
    done.takes("--from", dest="first", type=day, default=None, metavar=_("DATE"))
    done.takes("--to", dest="last", type=day, default=None, metavar=_("DATE"))
    record = activities.add_parser("add", help=_("record an activity")).does(_add)
    record.takes("--model", required=True, metavar="ID")
    record.takes("--kind", required=True, help=_("id of a kind, as «activities kinds» lists them"))
    record.takes("--on", type=day, required=True, metavar=_("DATE"))
    record.takes("--title", default="")
    record.takes("--place", default="")
    record.takes("--count", action="append", type=unit_count, default=[], metavar=_("UNIT=NUMBER"))
    change = activities.add_parser("change", help=_("change an activity; what is not named stays")).does(
        _change
    )
    change.takes("activity", metavar="ID")
    change.takes("--model", default=None, metavar="ID")
    change.takes("--kind", default=None, help=_("id of a kind, as «activities kinds» lists them"))
    change.takes("--on", type=day, default=None, metavar=_("DATE"))
    change.takes("--title", default=None)
    change.takes("--place", default=None)
    change.takes(
        "--count",
        action="append",
        type=unit_count,
        default=None,
        metavar=_("UNIT=NUMBER"),
        help=_("all counts, in place of those that stand there"),
    )
    delete = activities.add_parser("delete", help=_("remove an activity")).does(_delete)
    delete.takes("activity", metavar="ID")
    delete.takes("--reason", required=True)
    repeat = activities.add_parser("repeat", help=_("record the last activity once more")).does(_repeat)
    repeat.takes("--model", default="", metavar="ID")
    repeat.takes("--on", type=day, default=None, metavar=_("DATE"), help=_("default: today"))
    copy = activities.add_parser("copy", help=_("record an activity for other models too")).does(_copy)
    copy.takes("activity", metavar="ID")
    copy.takes("--to", action="append", required=True, metavar="ID", help=_("a model, as often as wanted"))
    copy.takes("--on", type=day, default=None, metavar=_("DATE"))
    take_in = activities.add_parser("import", help=_("take a spreadsheet of activities in")).does(_import)
    take_in.takes("file", type=Path)
    take_in.takes("--model", default="", metavar="ID", help=_("the model of lines that name none"))
    take_in.takes("--dry-run", action="store_true", help=_("only say what would become of each line"))
    attach = activities.add_parser("attach", help=_("keep a photo or document with an activity")).does(
        _attach
    )
    attach.takes("activity", metavar="ID")
    attach.takes("file", type=Path)
    month = activities.add_parser("month", help=_("show the activities of a month day by day")).does(_month)
    month.takes("month", type=_year_month, metavar=_("YEAR-MONTH"))
    month.takes("--model", default=None, metavar="ID")
    activities.add_parser("kinds", help=_("list the kinds of activities and their units")).does(_list_kinds)


def _year_month(text: str) -> tuple[int, int]:
    try:
        year, month = (int(part) for part in text.split("-"))
    except ValueError as error:
        raise ArgumentTypeError(_("«{text}» is no month; type it as 2026-03", text=text)) from error
    return year, month


def _list_kinds(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        catalogue = application.catalogues.activities
    kinds = [
        {"id": kind.id, "name": kind.name, "units": {unit: catalogue.units[unit].name for unit in kind.units}}
        for kind in catalogue.kinds.values()
    ]
    console.tell(
        kinds,
        *(
            f"{kind.id} · {kind.name} · "
            + ", ".join(f"{unit} ({catalogue.units[unit].name})" for unit in kind.units)
            for kind in catalogue.kinds.values()
        ),
    )
    return Exit.DONE


def _list(options: Namespace, console: Console) -> Exit:
    which = ActivityFilter(options.model, options.first, options.last)
    with console.workspace() as application:
        rows = application.community_models.page_activities(which, Window(limit=_MANY))
    console.tell(
        [{**asdict(row), "on": row.on.isoformat()} for row in rows],
        *(
            line(day_text(row.on), row.model_name, *_deed(row, application.catalogues.activities), row.id)
            for row in rows
        ),
    )
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.community_models.save_activity(
            ModelActivity(
                id="",
                unit_code="",
                model_id=options.model,
                kind=options.kind,
                on=options.on,
                title=options.title,
                place=options.place,
                quantities=dict(options.count),
            )
        )
    tell_kept(console, written)
    return Exit.DONE


def _change(options: Namespace, console: Console) -> Exit:
    asked = {name: getattr(options, name) for name in ("kind", "on", "title", "place")}
    asked["model_id"] = options.model
    asked["quantities"] = None if options.count is None else dict(options.count)
    with console.workspace() as application:
        known = application.community_models.activity(options.activity)
        wanted = {name: value for name, value in asked.items() if value is not None}
        written = application.community_models.save_activity(replace(known, **wanted))
    tell_kept(console, written)
    return Exit.DONE


def _delete(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.community_models.delete_activity(options.activity, options.reason)
    console.tell({"id": options.activity}, _("Removed."))
    return Exit.DONE


def _repeat(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.activities.repeat_last(options.on, options.model)
    tell_kept(console, written)
    return Exit.DONE


def _copy(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        saved = application.activities.copy(options.activity, options.to, options.on)
    told = list(zip(dict.fromkeys(options.to), saved.lines, strict=True))
    for model_id, each in told:
        for finding in (*each.faults, *each.warnings):
            console.say(f"{model_id}: {remark(finding)}")
    console.tell(
        [{"model": model_id, **_line(line)} for model_id, line in told],
        _("Recorded for {count} of {total} models.", count=saved.saved, total=len(told)),
    )
    return Exit.DONE if saved.saved == len(told) else Exit.FINDINGS


def _line(line: LineResult) -> dict[str, Any]:
    return {
        "id": line.record.id if line.record else None,
        "faults": [remark(fault) for fault in line.faults],
    }


def _import(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        sheet = application.activity_intake.read(options.file, progress=console.progress())
        plan = application.activity_intake.plan(sheet, options.model)
        if options.dry_run:
            _tell_import(plan, plan.lines, None, console)
        else:
            result = application.activity_intake.run(plan, progress=console.progress())
            _tell_import(plan, result.lines, result.run.id if result.changes else None, console)
            if not result.changes:
                console.say(_("Nothing in the file is new; nothing was changed."))
    return Exit.FINDINGS if plan.count("faulty") else Exit.DONE


def _tell_import(
    plan: ActivityPlan, lines: tuple[PlannedLine, ...], run_id: str | None, console: Console
) -> None:
    counts = {outcome: plan.count(outcome) for outcome in ("new", "unchanged", "left_out", "faulty")}
    rows = []
    for each in lines:
        sheet, row = plan.sheet.place(each.line)
        why = " ".join(remark(finding) for finding in each.findings)
        rows.append({"sheet": sheet, "line": row, "result": each.outcome, "why": why})
    console.tell(
        {"file": str(plan.sheet.path), "run": run_id, **counts, "rows": rows},
        _(
            "{new} new, {unchanged} known already, {left_out} left out, {faulty} faulty.",
            new=counts["new"],
            unchanged=counts["unchanged"],
            left_out=counts["left_out"],
            faulty=counts["faulty"],
        ),
        *(_("Line {line}: {why}", line=row["line"], why=row["why"]) for row in rows if row["why"]),
    )
    for warning in plan.sheet.warnings:
        console.say(_("Line {line}: {why}", line=plan.sheet.place(warning.line)[1], why=warning.why))


def _deed(row: ActivityRow, catalogue: ActivityCatalogue) -> list[str]:
    """Return the kind, the title and the counts of an activity in words; what is not known here by its id."""
    kind = catalogue.kinds[row.kind].name if row.kind in catalogue.kinds else row.kind
    counts = (
        f"{count_text(count)} {catalogue.units[unit].name if unit in catalogue.units else unit}"
        for unit, count in row.quantities.items()
    )
    return [said for said in (kind, row.title, ", ".join(counts)) if said]


def _attach(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kept = application.activity_files.attach(options.activity, options.file).record
    console.tell(
        {"id": kept.id, "sha256": kept.file_sha256, "copy_sha256": kept.copy_sha256},
        _("«{file}» is kept with the activity.", file=kept.name),
    )
    return Exit.DONE


def _month(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        year, month = options.month
        sheet = application.activities.month(year, month, options.model)
    days = [day for week in sheet.weeks for day in week if day.inside and day.activities]
    console.tell(
        {
            "year": sheet.year,
            "month": sheet.month,
            "totals": sheet.totals,
            "days": [
                {
                    "on": day.on.isoformat(),
                    "activities": [{**asdict(row), "on": row.on.isoformat()} for row in day.activities],
                }
                for day in days
            ],
        },
        *(
            f"{day.on:%d/%m/%Y} · "
            + "; ".join(
                f"{row.model_name}: {', '.join(_deed(row, application.catalogues.activities))}"
                for row in day.activities
            )
            for day in days
        ),
    )
    return Exit.DONE
