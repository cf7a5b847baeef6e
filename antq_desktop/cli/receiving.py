"""Commands of the upper level: make its workspace, enrol laptops, take bundles in, acknowledge, see where each commune stands."""

from argparse import Namespace
from dataclasses import asdict
from pathlib import Path

from antq_desktop.bootstrap import create_workspace, system_clock
from antq_desktop.cli import held, machines, received, receiving_report
from antq_desktop.cli.arguments import Parser, Parsers
from antq_desktop.cli.console import Console
from antq_desktop.cli.exchange import check_there
from antq_desktop.cli.verdicts import verdict_of
from antq_desktop.cli.workspace import tell_created
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.first_start import new_receiving_unit
from antq_desktop.services.papers import enrolment_sheet
from antq_desktop.services.receiving_side.bundle_files import sorted_out
from antq_desktop.services.receiving_side.commune_rows import laptop_words
from antq_desktop.services.receiving_side.open_matters import TOLD


class NothingAsked(BadInput):
    code = "nothing-asked"
    sentence = N_("Say what is to be done with catalogues: check, issue, list, or --to and a folder.")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("receiving", help=_("the upper level")).group()
    init = group.add_parser("init", help=_("make the workspace of a receiving unit")).does(_init)
    init.takes("--name", required=True)
    init.takes("--officer", default="")
    init.takes("--database", default="", metavar="URL", help=_("an empty PostgreSQL database for the data"))
    enrol = group.add_parser("enrol", help=_("enrol a laptop and write its trust file")).does(_enrol)
    enrol.takes("file", type=Path)
    number = enrol.add_mutually_exclusive_group(required=True)
    number.add_argument("--check-number", metavar="NNNNN-…", help=_("as the commune reads it out"))
    number.add_argument(
        "--sheet", type=Path, metavar="FILE", help=_("read it from a picture of the enrolment sheet")
    )
    enrol.takes("--to", type=Path, default=None, metavar=_("FOLDER"), help=_("default: beside the request"))
    receive = group.add_parser("receive", help=_("take bundles in")).does(_receive)
    receive.takes("files", type=Path, nargs="+", metavar="FILE|DIR", help=_("files, or folders of them"))
    acknowledge = group.add_parser("ack", help=_("write the acknowledgement for a unit")).does(_acknowledge)
    whom = acknowledge.add_mutually_exclusive_group(required=True)
    whom.add_argument("--unit", metavar=_("CODE"))
    whom.add_argument("--all", action="store_true", help=_("every unit from which something came"))
    acknowledge.takes("--to", type=Path, required=True, metavar=_("FOLDER"))
    _add_catalogues(group)
    machines.add(group)
    receiving_report.add(group)
    held.add(group)
    group.add_parser("status", help=_("where each commune stands")).does(_status)
    matters = group.add_parser("matters", help=_("changes set aside or rolled back, and whose turn it is"))
    matters.does(_matters).takes("--unit", default=None, metavar=_("CODE"))


def _add_catalogues(group: Parsers) -> None:
    parser = group.add_parser("catalogue", help=_("catalogues for the communes"))
    parser.does(_write_catalogues)
    parser.takes(
        "--to", type=Path, default=None, metavar=_("FOLDER"), help=_("write a signed file a commune")
    )
    parser.takes("--unit", action="append", default=None, metavar=_("CODE"), help=_("default: every commune"))
    commands = parser.add_subparsers(metavar=_("COMMAND"), parser_class=Parser)
    check = commands.add_parser("check", help=_("say what a catalogue file holds")).does(_check_catalogue)
    check.takes("file", type=Path)
    issue = commands.add_parser("issue", help=_("keep a catalogue to be sent down")).does(_issue_catalogue)
    issue.takes("file", type=Path)
    form = commands.add_parser("issue-form", help=_("keep a form as it is printed here to be sent down"))
    form.does(_issue_form).takes("form")
    commands.add_parser("list", help=_("what was issued")).does(_list_catalogues)


def _init(options: Namespace, console: Console) -> Exit:
    year = system_clock().astimezone().year
    new = new_receiving_unit(
        options.name, officer=options.officer, year=year, passphrase=console.passphrase(new=True)
    )
    created = create_workspace(console.data, new, database=options.database)
    try:
        recovery = created.application.receiving.initialise(options.name)
    finally:
        created.application.close()
    console.say(
        _("Recovery identity of the sealed files, shown only now; write it down: {key}", key=recovery)
    )
    tell_created(console, created)
    return Exit.DONE


def _enrol(options: Namespace, console: Console) -> Exit:
    check_there(options.file, *([options.sheet] if options.sheet else []))
    number = options.check_number or enrolment_sheet.read(options.sheet).check_number
    with console.workspace() as application:
        made = application.receiving.enrol(options.file, number, options.to)
    console.tell(
        {"trust": str(made.path), "unit": made.unit_code, "name": made.unit_name, "device": made.device_id},
        _("{name} is enrolled. Bring {file} back to the commune.", name=made.unit_name, file=made.path),
    )
    return Exit.DONE


def _receive(options: Namespace, console: Console) -> Exit:
    check_there(*options.files)
    files, left = sorted_out(options.files)
    with console.workspace() as application:
        verdicts = application.receiving.receive(files, console.progress())
        laptops = laptop_words(application.receiving.communes())
        doubts = received.doubts(application)
    console.tell(
        {
            "bundles": [verdict_of(verdict) for verdict in verdicts],
            "passed_over": [{"file": path.name, "kind": kind} for path, kind in left.items()],
            "in_doubt": bool(doubts),
        },
        *received.verdict_lines(verdicts, left, laptops),
        *doubts,
    )
    to_see = Exit.FINDINGS if doubts or "enrol" in left.values() else Exit.DONE
    return max([to_see, *(verdict.exit_code for verdict in verdicts)])


def _acknowledge(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        if not options.all:
            file = application.receiving.acknowledge(options.unit, options.to, console.progress())
            rows = [row for row in application.receiving.communes() if row.unit_code == options.unit]
            merged_into = received.merged_words(rows[0])
            said = _("The acknowledgement is {file}{merged}.", file=file, merged=merged_into)
            console.tell({"file": str(file)}, said)
            return Exit.DONE
        done = application.receiving.acknowledge_all(options.to, console.progress())
        merged = {row.unit_code: received.merged_words(row) for row in application.receiving.communes()}
    console.tell(
        {
            "files": [str(file) for file in done.files],
            "passed_over": [unit for unit, _why in done.passed_over],
        },
        *(
            _("The acknowledgement is {file}{merged}.", file=file, merged=merged.get(code, ""))
            for file, code in zip(done.files, done.unit_codes, strict=True)
        ),
        *(_("No acknowledgement for «{unit}»: {why}", unit=unit, why=why) for unit, why in done.passed_over),
    )
    return Exit.FINDINGS if done.passed_over else Exit.DONE


def _status(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.receiving.communes()
        withdrawn = machines.withdrawn(application.machines.rows())
        doubts = received.doubts(application)
    console.tell(
        {
            "in_doubt": bool(doubts),
            "communes": [
                {
                    **asdict(row),
                    "received_at": row.received_at.isoformat() if row.received_at else None,
                    "as_of": row.as_of.isoformat(timespec="seconds") if row.as_of else None,
                    "enrolled_at": row.enrolled_at.isoformat(timespec="seconds"),
                }
                for row in rows
            ],
        },
        *(received.status_line(row, withdrawn.get((row.unit_code, row.device_id), "")) for row in rows),
        *doubts,
    )
    to_see = doubts or any(row.state in {"alarm", "held", "aside"} for row in rows)
    return Exit.FINDINGS if to_see else Exit.DONE


def _matters(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        found = application.communes.open_matters(options.unit)
        laptops = laptop_words(application.receiving.communes())
    console.tell(
        {"matters": [asdict(each) for each in found.first], "more": found.more},
        *(received.matter_line(each, laptops) for each in found.first),
        *([_("and {count} more changes", count=found.more)] if found.more else []),
        *([] if found.first else [_("Every change was applied, and nothing was rolled back.")]),
    )
    return Exit.FINDINGS if any(each.code not in TOLD for each in found.first) else Exit.DONE


def _check_catalogue(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        offer = application.issuing.offer(options.file)
    last = offer.in_force_to
    console.tell(
        {
            **asdict(offer),
            "in_force_from": offer.in_force_from.isoformat(),
            "in_force_to": last.isoformat() if last else None,
        },
        _("{title}, version {version}", title=offer.title, version=offer.version),
        _("In force from {day}.", day=f"{offer.in_force_from:%d/%m/%Y}"),
        *(
            [
                _(
                    "{clauses} clauses, {province} of them of the province.",
                    clauses=offer.clauses,
                    province=offer.province_clauses,
                )
            ]
            if offer.clauses
            else []
        ),
        _("Issued before.") if offer.is_issued else _("Not issued yet."),
    )
    return Exit.DONE


def _issue_catalogue(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        record = application.issuing.issue(options.file).record
    console.tell(
        _issued(record),
        _("Issued: {title}, version {version}.", title=record.title, version=record.catalogue_version),
    )
    return Exit.DONE


def _issue_form(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        record = application.issuing.issue_form(options.form).record
    console.tell(_issued(record), _("Issued: form «{title}».", title=record.title))
    return Exit.DONE


def _list_catalogues(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        records = application.issuing.issued()
    console.tell(
        {"catalogues": [_issued(record) for record in records]},
        *(
            _("{title}, version {version}", title=record.title, version=record.catalogue_version)
            for record in records
        ),
    )
    return Exit.DONE


def _write_catalogues(options: Namespace, console: Console) -> Exit:
    if options.to is None:
        raise NothingAsked
    with console.workspace() as application:
        files = application.issuing.write_to(options.to, options.unit, console.progress())
    console.tell(
        {"files": [str(file) for file in files]},
        *(_("For the commune: {file}", file=file) for file in files),
    )
    return Exit.DONE


def _issued(record: IssuedCatalogue) -> dict[str, str]:
    return {
        "id": record.catalogue_id,
        "version": record.catalogue_version,
        "kind": record.kind,
        "title": record.title,
        "sha256": record.id,
        "issued_on": record.taken_on.isoformat(),
    }
