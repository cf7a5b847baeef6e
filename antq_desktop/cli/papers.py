"""Commands that print: any form for one or all, and the report of a period."""

from argparse import Namespace
from pathlib import Path

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.documents.pdf import Rendered
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.periods import reporting_period
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application

_ALL = "all"


class OnlyYears(BadInput):
    code = "only-years"
    sentence = N_("Only the report of a whole year is written so far. Type the year, such as 2026.")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    paper = parsers.add_parser("print", help=_("print a form")).does(_print)
    paper.takes("form", metavar=_("FORM"), choices=list(_PRINTS))
    whom = paper.add_mutually_exclusive_group(required=True)
    whom.add_argument("--for", dest="whom", metavar=_("ID|all"))
    whom.add_argument("--all", dest="whom", action="store_const", const=_ALL, help=_("the same as --for all"))
    paper.takes("--out", type=Path, required=True, metavar="FILE.pdf")
    paper.takes("--reason", default="", help=_("why a certificate is printed again"))
    paper.takes("--campaign", default="", metavar="ID", help=_("default: the yearly one"))
    report = parsers.add_parser("report", help=_("write the report of a period")).does(_report)
    report.takes("--period", required=True, metavar="2026")
    report.takes("--out", type=Path, required=True, metavar="FILE.(pdf|xlsx)")


def _commitments(application: Application, options: Namespace, console: Console) -> Rendered:
    campaign = options.campaign or application.commitments.yearly().id
    chosen = None if options.whom == _ALL else [application.households.get(options.whom).id]
    return application.printing.commitments(
        options.out, campaign, household_ids=chosen, progress=console.progress()
    )


def _assessment(application: Application, options: Namespace, _console: Console) -> Rendered:
    return application.printing.assessment(options.whom, options.out)


def _certificates(application: Application, options: Namespace, console: Console) -> Rendered:
    rows = application.recognitions.rows()
    chosen = (
        [row.certificate_id for row in rows if row.certificate_id] if options.whom == _ALL else [options.whom]
    )
    return application.printing.certificates(
        chosen, options.out, reason=options.reason, progress=console.progress()
    )


_PRINTS = {
    "household-commitment": _commitments,
    "self-assessment": _assessment,
    "certificate": _certificates,
}


def _print(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        done = _PRINTS[options.form](application, options, console)
    failed = [result for result in done.results if result.failure is not None]
    console.tell(
        {"file": str(options.out), "pages": done.pages, "records": done.records, "failed": len(failed)},
        _("{file}: {pages} pages.", file=options.out, pages=done.pages),
    )
    return Exit.FINDINGS if failed or done.missing_glyphs else Exit.DONE


def _report(options: Namespace, console: Console) -> Exit:
    period = reporting_period(options.period)
    if options.period != str(period.year):
        raise OnlyYears
    with console.workspace() as application:
        file = application.printing.report(options.out, period.year)
    console.tell({"file": str(file)}, _("The report is {file}.", file=file))
    return Exit.DONE
