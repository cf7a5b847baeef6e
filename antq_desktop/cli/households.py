"""Commands on households: take spreadsheets in, find a household."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.intake.household_sheet import HouseholdSheet, as_json, read_households
from antq_desktop.runtime.language import _
from antq_desktop.services import record_words
from antq_desktop.storage.queries.intake import ImportRow


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
    console.tell(
        [{**asdict(row), "signed_on": row.signed_on.isoformat() if row.signed_on else None} for row in rows],
        *(
            f"{row.head} · {record_words.value('households', 'birth', row.birth, {})} · {row.area_name} · {row.citizen_id or ''} · {row.id}"
            for row in rows
        ),
    )
    return Exit.DONE
