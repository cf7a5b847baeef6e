"""Commands on the reports of periods: write one into a file, list a year's, sign one off, correct it."""

from argparse import Namespace
from dataclasses import replace
from typing import Any

from antq_desktop.cli.arguments import Parser, Parsers, day, new_file
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, paper_remarks, plain, say_warnings
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.periodic_reports import PeriodicReport, ReportNotBegun
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.reporting.report_agreement import named
from antq_desktop.services.reporting.report_rows import ReportRow
from antq_desktop.services.reporting.reporting_periods import period_name
from antq_desktop.services.results import Written, remark

_STATES = {
    "none": N_("not written yet"),
    "draft": N_("draft"),
    "signed": N_("signed off"),
    "correcting": N_("signed off, a correction is being written"),
}


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    report = parsers.add_parser("report", help=_("write the report of a period")).does(_report)
    report.takes("--period", required=True, metavar="2026-Q1|2026-H1|2026-9M|2026")
    report.takes("--out", type=new_file, required=True, metavar="FILE.(pdf|docx|xlsx)")
    group = parsers.add_parser("reports", help=_("reports of the year's periods")).group()
    listed = group.add_parser("list", help=_("list the periods of a year and their reports")).does(_list)
    listed.takes("--year", type=int, default=None)
    _of_period(group.add_parser("start", help=_("begin the draft of a report"))).does(_start)
    sections = group.add_parser("text", help=_("put a paragraph of your own in place of the written one"))
    _of_period(sections).does(_text)
    sections.takes("--section", required=True, metavar="ID", help=_("id of the section, such as cam-ket"))
    sections.takes("--text", required=True, help=_("an empty one brings the written paragraph back"))
    signed = _of_period(group.add_parser("sign", help=_("sign a report off and freeze it"))).does(_sign)
    signed.takes("--on", type=day, default=None, metavar=_("DATE"))
    corrected = group.add_parser("correct", help=_("begin a correction of a signed report"))
    _of_period(corrected).does(_correct)
    corrected.takes("--reason", required=True)
    numbered = _of_period(
        group.add_parser("number", help=_("keep the number of the paper, also once signed"))
    )
    numbered.does(_number).takes("number")
    discarded = _of_period(group.add_parser("discard", help=_("remove a draft"))).does(_discard)
    discarded.takes("--reason", required=True)


def _of_period(parser: Parser) -> Parser:
    parser.takes("period", metavar="2026-Q1|2026-H1|2026-9M|2026")
    return parser


def _report(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        view = application.periodic_reports.view_of(options.period)
        done = application.printing.periodic_report(view, options.out)
    remarks = paper_remarks(done)
    if view.differences:
        remarks.append(_("Records now otherwise than signed: {figures}", figures=named(view.differences)))
    for said in (*map(remark, view.warnings), *remarks):
        console.say(said)
    console.tell(
        {
            "file": str(options.out),
            "period": view.report.period,
            "state": str(view.report.state),
            "edition": view.report.edition,
            "remarks": remarks,
        },
        _("The report is {file}.", file=options.out),
    )
    return Exit.FINDINGS if done.missing_glyphs else Exit.DONE


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        reports = application.periodic_reports
        found = reports.disagreeing(options.year)
        rows = [replace(row, differing=len(found.get(row.period, ()))) for row in reports.rows(options.year)]
    console.tell([plain(row) for row in rows], *map(_row_line, rows))
    return Exit.DONE


def _row_line(row: ReportRow) -> str:
    days = f"{day_text(row.first)} - {day_text(row.last)}"
    edition = _("edition {number}", number=row.edition) if row.edition > 1 else ""
    late = _("overdue") if row.overdue else ""
    differs = _("{count} figures are otherwise now", count=row.differing) if row.differing else ""
    return line(row.period, days, _(_STATES[row.state]), day_text(row.signed_on), edition, late, differs)


def _start(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.periodic_reports.start(options.period)
    return _tell(console, written)


def _text(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        last = _last(application, options.period)
        written = application.periodic_reports.put_text(last.id, options.section, options.text)
    return _tell(console, written)


def _sign(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.periodic_reports.sign_off(_last(application, options.period).id, options.on)
    if not written.record.number:
        console.say(_("The paper has no number yet; it can also be added after signing."))
    return _tell(console, written)


def _correct(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.periodic_reports.correct(_last(application, options.period).id, options.reason)
    return _tell(console, written)


def _number(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        last = _last(application, options.period)
        written = application.periodic_reports.put_number(last.id, options.number)
    return _tell(console, written)


def _discard(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        last = _last(application, options.period)
        application.periodic_reports.discard(last.id, options.reason)
    console.tell({"id": last.id}, _("Removed."))
    return Exit.DONE


def _last(application: Application, period: str) -> PeriodicReport:
    """Return the last edition of the report of ``period``. Raises ReportNotBegun."""
    editions = application.periodic_reports.editions(period)
    if not editions:
        raise ReportNotBegun(period=period_name(period.strip().upper()), code=period)
    return editions[-1]


def _tell(console: Console, written: "Written[PeriodicReport]") -> Exit:
    say_warnings(console, written)
    report = written.record
    document: dict[str, Any] = {
        "id": report.id,
        "period": report.period,
        "edition": report.edition,
        "state": str(report.state),
        "signed_on": report.signed_on.isoformat() if report.signed_on else None,
    }
    console.tell(document, _("Recorded as {number}.", number=report.id))
    return Exit.DONE
