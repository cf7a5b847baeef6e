"""Commands that print: any form for one or all."""

from argparse import Namespace
from dataclasses import dataclass, replace
from typing import cast

from antq_desktop.cli.arguments import Parsers, new_file
from antq_desktop.cli.assessed import takes_kind, unit_key
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import paper_remarks
from antq_desktop.documents.pdf import Overprint, RecordResult, Rendered
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import BadInput, Exit, NotFound
from antq_desktop.domain.text import clean
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.area_names import fitting
from antq_desktop.services.papers.printing import ReprintNeedsReason
from antq_desktop.services.papers.unit_papers import JOINT_FORMS, UNIT_FORMS
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.register import RegisterRow

_ALL = "all"


@dataclass(frozen=True, slots=True)
class _OfUnit:
    id: str
    name: str


class NotForAll(BadInput):
    code = "not-for-all"
    sentence = N_("The test sheet is printed for one printer. Type its name after --for.")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    paper = parsers.add_parser("print", help=_("print a form")).does(_print)
    paper.takes("form", metavar=_("FORM"), choices=list(_PRINTS))
    whom = paper.add_mutually_exclusive_group(required=True)
    whom.add_argument(
        "--for",
        dest="whom",
        metavar=_("ID|all"),
        help=_(
            "id; a unit also by its name, a decision or certificate by its number, a test sheet by the printer"
        ),
    )
    whom.add_argument("--all", dest="whom", action="store_const", const=_ALL, help=_("the same as --for all"))
    paper.takes("--out", type=new_file, required=True, metavar="FILE.(pdf|docx)")
    paper.takes("--year", type=int, default=None)
    takes_kind(paper)
    paper.takes("--reason", default="", help=_("why a certificate is printed again"))
    paper.takes(
        "--draft", action="store_true", help=_("a certificate before it is issued, marked as a draft")
    )
    paper.takes(
        "--on-blank",
        default=None,
        metavar=_("PRINTER"),
        help=_("leave out what a bought blank bears, moved as this printer needs it"),
    )
    paper.takes(
        "--offset",
        type=float,
        nargs=2,
        default=None,
        metavar=_("MM"),
        help=_("with a test sheet: keep for this printer how far right and down it has to move"),
    )
    paper.takes("--campaign", default="", metavar="ID", help=_("default: the yearly one"))


def _commitments(application: Application, options: Namespace, console: Console) -> Rendered:
    campaign = options.campaign or application.commitments.yearly().id
    chosen = None if options.whom == _ALL else [application.households.get(options.whom).id]
    return application.printing.commitments(
        options.out, campaign, household_ids=chosen, progress=console.progress()
    )


def _assessments(application: Application, options: Namespace, console: Console) -> Rendered:
    chosen = [row.id for row in _rows(application, options) if row.id]
    if options.whom != _ALL:
        chosen = [_assessment_id(application, options)]
    return application.printing.self_assessments(chosen, options.out, console.progress())


def _certificates(application: Application, options: Namespace, console: Console) -> Rendered:
    if options.draft and options.whom != _ALL:
        return application.printing.certificate_draft(_assessment_id(application, options), options.out)
    printing = application.printing
    overprint = None
    if options.on_blank is not None:
        overprint = Overprint(*printing.offset(options.on_blank))
        if not printing.has_offset(options.on_blank):
            console.say(_no_offset(options.on_blank))
    rows = application.recognitions.register(options.year, options.kind)
    if options.whom != _ALL:
        chosen, before = [_certificate_id(rows, options.whom)], []
    else:
        valid = [row for row in rows if row.withdrawn_on is None]
        before = [row for row in valid if row.printed and not clean(options.reason)]
        chosen = [row.certificate_id for row in valid if row not in before]
    if before and not chosen:
        raise ReprintNeedsReason(number=", ".join(row.number_text for row in before))
    done = printing.certificates(
        chosen, options.out, reason=options.reason, overprint=overprint, progress=console.progress()
    )
    left_out = [
        RecordResult(number, 0, 0, (), ReprintNeedsReason(number=row.number_text), row.unit_name)
        for number, row in enumerate(before, len(chosen) + 1)
    ]
    return replace(done, results=(*done.results, *left_out))


def _certificate_id(rows: list[RegisterRow], named: str) -> str:
    """Return the certificate with this id or number («4», «04/GCN»), or that of the unit so named; else what was typed."""
    number, _slash, symbol = clean(named).casefold().partition("/")
    for row in rows:
        symbols = ("", row.number_text.casefold().partition("/")[2])
        if number.isdecimal() and int(number) == row.number and symbol in symbols:
            return row.certificate_id
    valid = [_OfUnit(row.certificate_id, row.unit_name) for row in rows if row.withdrawn_on is None]
    found = fitting(clean(named), valid)
    return found[0] if len(found) == 1 else named


def _unit_papers(application: Application, options: Namespace, console: Console) -> Rendered:
    rows = _rows(application, options)
    if options.form in JOINT_FORMS:
        met = [
            row for row in rows if (row.state, row.result) == ("final", "met") and row.unit_kind != "commune"
        ]
        # Once all are decided, the letter and the list of the year as they went out.
        rows = [row for row in met if not row.recognised] or met
    keys = [UnitKey(cast("UnitKind", row.unit_kind), row.unit_id) for row in rows]
    year = options.year or application.session.year
    if options.whom != _ALL:
        keys = [unit_key(application, options.whom, year, options.kind)]
    return application.printing.unit_papers(options.form, keys, year, options.out, console.progress())


def _decision(application: Application, options: Namespace, _console: Console) -> Rendered:
    year = options.year or application.session.year
    if options.whom == _ALL:
        return application.printing.decision_to_sign(year, options.out)
    return application.printing.decision(options.whom, year, options.out)


def _test_sheet(application: Application, options: Namespace, console: Console) -> Rendered:
    if options.whom == _ALL:
        raise NotForAll
    printing = application.printing
    if options.offset is not None:
        printing.keep_offset(options.whom, *options.offset)
    elif not printing.has_offset(options.whom):
        console.say(_no_offset(options.whom))
    return printing.overprint_test(options.out, Overprint(*printing.offset(options.whom)), options.whom)


def _no_offset(printer: str) -> str:
    return _("No offset is kept for the printer «{printer}»: nothing is moved.", printer=printer)


def _rows(application: Application, options: Namespace) -> list[AssessmentRow]:
    return [
        row for row in application.assessments.rows(options.year) if options.kind in (None, row.unit_kind)
    ]


def _assessment_id(application: Application, options: Namespace) -> str:
    """Return the assessment with the id that was typed, or that of the unit so named."""
    rows = application.assessments.rows(options.year)
    if any(row.id == options.whom for row in rows):
        return str(options.whom)
    key = unit_key(application, options.whom, options.year or application.session.year, options.kind)
    found = next((row.id for row in rows if (row.unit_kind, row.unit_id) == (key.kind, key.id)), None)
    if found is None:
        raise NotFound(what=options.whom)
    return found


_PRINTS = {
    "household-commitment": _commitments,
    "self-assessment": _assessments,
    **dict.fromkeys((*UNIT_FORMS, *JOINT_FORMS), _unit_papers),
    "recognition-decision": _decision,
    "certificate": _certificates,
    "overprint-test": _test_sheet,
}


def _print(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        done = _PRINTS[options.form](application, options, console)
    failed = [result for result in done.results if result.failure is not None]
    remarks = paper_remarks(done)
    for remark in remarks:
        console.say(remark)
    console.tell(
        {
            "file": str(options.out),
            "pages": done.pages,
            "records": done.records,
            "failed": len(failed),
            "remarks": remarks,
        },
        _("{file}: {pages} pages.", file=options.out, pages=done.pages)
        if done.pages
        else _("{file}: {count} papers.", file=options.out, count=done.records),
    )
    return Exit.FINDINGS if failed or done.missing_glyphs else Exit.DONE
