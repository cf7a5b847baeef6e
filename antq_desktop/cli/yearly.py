"""Commands of the yearly round: recognise units, give out certificates, see how far the year is."""

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.assessed import takes_kind, unit_key
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.application import Application
from antq_desktop.services.results import RowResult, remark


class NotAssessed(BadInput):
    code = "not-assessed"
    sentence = N_("«{unit}» has no self-assessment of {year}. Assess it first, then recognise it.")


class LeftOut(BadInput):
    code = "unit-left-out"
    sentence = N_("«{unit}» cannot be recognised. {why}")


class NobodyNamed(BadInput):
    code = "nobody-named"
    sentence = N_("Name the units to recognise, or give --all for every one that can be. Not both.")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    recognise = parsers.add_parser(
        "recognise", help=_("record a decision and give out the certificates")
    ).does(_recognise)
    recognise.takes("units", nargs="*", metavar=_("UNIT"), help=_("name or id of the unit"))
    recognise.takes(
        "--all", action="store_true", help=_("every unit that meets the criteria and is not recognised yet")
    )
    takes_kind(recognise)
    recognise.takes("--decision", required=True, help=_("number of the decision"))
    recognise.takes("--on", type=day, required=True, metavar=_("DATE"))
    recognise.takes("--decided-by", default="", help=_("who decides; default: as set"))
    recognise.takes("--signer", default="", help=_("who signs the certificate; default: as set"))
    recognise.takes("--signer-post", default="", help=_("post of who signs; default: as set"))
    recognise.takes(
        "--reason", default="", help=_("why, where a meeting or the appraisal was recorded as not agreed")
    )
    recognise.takes("--year", type=int, default=None)
    figures = parsers.add_parser("figures", help=_("how far the year is")).does(_figures)
    figures.takes("--year", type=int, default=None)


def _recognise(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        year = options.year or application.session.year
        decided = application.recognitions.recognise_all(
            _chosen(application, options, year),
            options.decision,
            options.on,
            decided_by=options.decided_by,
            signer=options.signer,
            signer_post=options.signer_post,
            reason=options.reason,
            progress=console.progress(),
        )
        one = len(options.units) == 1
        papers = application.recognitions.issue_all(
            [
                row.written.record.id
                for row in decided
                if row.written is not None and row.written.record.unit_kind != "commune"
            ],
            options.on,
            console.progress(),
        )
    failures = [row.failure for row in decided if row.failure] + [
        row.failure for row in papers if row.failure
    ]
    if one and failures:
        raise failures[0]
    by_decision = {row.id: row for row in papers}
    lines = [_line(row, by_decision) for row in decided]
    doubtful = [line for line in lines if line["warnings"]]
    for line in doubtful:
        console.say(_("{unit}: {why}", unit=line["unit"], why=" ".join(line["warnings"])))
    console.tell(lines[0] if one else {"units": lines}, *(_said_of(line) for line in lines))
    return Exit.FINDINGS if failures or doubtful else Exit.DONE


def _chosen(application: Application, options: Namespace, year: int) -> list[str]:
    """Return the ids of the assessments that are meant. Raises NotAssessed, LeftOut, NobodyNamed, NotFound."""
    if options.all == bool(options.units):
        raise NobodyNamed
    if options.all:
        return [
            row.id
            for row in application.recognitions.rows(year)
            if row.id and not row.recognition_id and options.kind in (None, row.unit_kind)
        ]
    left_out = {row.id: row.excluded_why for row in application.units.rows(year) if row.excluded_why}
    assessed = {(row.unit_kind, row.unit_id): row.id for row in application.assessments.rows(year)}
    chosen = []
    for named in options.units:
        unit = unit_key(application, named, year, options.kind)
        assessment = assessed.get((unit.kind, unit.id))
        if assessment is None and unit.id in left_out:
            raise LeftOut(unit=named, why=left_out[unit.id])
        if assessment is None:
            raise NotAssessed(unit=named, year=year)
        chosen.append(assessment)
    return chosen


def _line(row: RowResult[Recognition], papers: Mapping[str, RowResult[Certificate]]) -> dict[str, Any]:
    """Return what became of one unit; ``why`` is empty when it went well."""
    decision = row.written.record if row.written is not None else None
    paper = papers.get(decision.id) if decision is not None else None
    certificate = paper.written.record if paper is not None and paper.written is not None else None
    failure = row.failure or (paper.failure if paper is not None else None)
    found = [
        doubt
        for done in (row, paper)
        if done is not None and done.written is not None
        for doubt in done.written.warnings
    ]
    return {
        "unit": row.name,
        "recognition": decision.id if decision is not None else None,
        "certificate": certificate.id if certificate is not None else None,
        "number": number_text(certificate.number) if certificate is not None else None,
        "why": sentence(failure) if failure is not None else "",
        "warnings": [remark(doubt) for doubt in found],
    }


def _said_of(line: Mapping[str, Any]) -> str:
    if line["why"]:
        return _("{unit}: {why}", unit=line["unit"], why=line["why"])
    if line["number"]:
        return _("{unit}: recognised; certificate {number}.", unit=line["unit"], number=line["number"])
    return _("{unit}: the decision is recorded; no certificate of ours goes with it.", unit=line["unit"])


def _figures(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        amounts = application.period_figures.amounts(str(options.year or application.session.year))
        names = application.period_figures.key_names()
        indicators = application.catalogues.indicators.indicators
    console.tell(
        {
            name: {"part": value.part, "whole": value.whole} if isinstance(value, Ratio) else value
            for name, value in amounts.items()
        },
        *(f"{indicators[name].name}: {_said(value, names.get(name, {}))}" for name, value in amounts.items()),
    )
    return Exit.DONE


def _said(value: Amount, names: Mapping[str, str]) -> str:
    match value:
        case int():
            return str(value)
        case Ratio():
            return f"{value.part}/{value.whole} ({value.percent_text or '-'} %)"
        case _:
            return ", ".join(f"{names.get(name, name)} {count}" for name, count in value.items()) or "0"
