"""Commands of the yearly round: assess a unit, recognise units, give out certificates, see how far the year is."""

import tomllib
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.assessed import takes_kind, unit_key
from antq_desktop.cli.console import Console
from antq_desktop.domain.assessment import SelfAssessment, against
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import Certificate, Recognition, number_text
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.application import Application
from antq_desktop.services.assessments import RESULT_NAMES, Given
from antq_desktop.services.results import RowResult, Written, remark

_PARTS = {"value", "reason", "evidence"}


class AnswersUnreadable(BadInput):
    code = "answers-unreadable"
    sentence = N_("The answers in «{file}» cannot be read: {why} Correct the file, then try again.")


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
    assess = parsers.add_parser(
        "assess", help=_("assess a unit of any kind (TT 124/2021/TT-BCA, Điều 4 to 7)")
    ).does(_assess)
    assess.takes("unit", metavar=_("UNIT"), help=_("name or id of the unit"))
    takes_kind(assess)
    assess.takes(
        "--answers",
        type=Path,
        default=None,
        help=_("TOML file: item = answer, or item.value, item.reason, item.evidence"),
    )
    assess.takes("--year", type=int, default=None)
    assess.takes(
        "--refresh",
        action="store_true",
        help=_("fill a draft with the figures of today; what was changed by hand stays"),
    )
    assess.takes(
        "--reopen", default=None, metavar=_("REASON"), help=_("make a finished assessment a draft again")
    )
    assess.takes(
        "--finish-on", type=day, default=None, metavar=_("DATE"), help=_("finish the assessment on this day")
    )
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


def read_answers(path: Path) -> dict[str, Given]:
    """Read a file of answers. Raises AnswersUnreadable."""
    try:
        plain: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AnswersUnreadable(file=path.name, why=N_("it is not there, or may not be read.")) from error
    except ValueError as error:
        raise AnswersUnreadable(file=path.name, why=f"{error}.") from error
    for item, answer in plain.items():
        if isinstance(answer, dict) and ("value" not in answer or not answer.keys() <= _PARTS):
            raise AnswersUnreadable(
                file=path.name,
                why=_(
                    "«{item}» is given as value, reason and evidence, of which only value is needed.",
                    item=item,
                ),
            )
    return {
        item: Given(**answer) if isinstance(answer, dict) else Given(answer) for item, answer in plain.items()
    }


def _assess(options: Namespace, console: Console) -> Exit:
    given = read_answers(options.answers) if options.answers else {}
    with console.workspace() as application:
        year = options.year or application.session.year
        unit = unit_key(application, options.unit, year, options.kind)
        known = next(
            (row.id for row in application.assessments.rows(year) if row.unit_id == unit.id and row.id), None
        )
        doubts: list[str] = []

        def kept(written: Written[SelfAssessment]) -> str:
            doubts.extend(remark(found) for found in written.warnings)
            return written.record.id

        key = known or kept(application.assessments.start(unit.id, year, unit.kind))
        if options.reopen is not None:
            kept(application.assessments.reopen(key, options.reopen))
        if known and options.refresh:
            kept(application.assessments.refresh(key))
        if given:
            kept(application.assessments.answer_all(key, given))
        outcome = application.assessments.outcome(key)
        answers, criteria = application.assessments.get(key).answers, application.assessments.catalogue(key)
        happened = {item.id: against(item, answers.get(item.id)) for item in criteria.items}
        if options.finish_on:
            kept(application.assessments.finalise(key, options.finish_on))
    for doubt in doubts:
        console.say(doubt)
    reasons = [
        {
            "item": reason.item,
            "verdict": reason.verdict,
            "why": _(reason.message, **reason.facts),
            "occurrences": happened[reason.item],
        }
        for reason in outcome.reasons
    ]
    console.tell(
        {
            "id": key,
            "result": outcome.result,
            "unanswered": list(outcome.unanswered),
            "reasons": reasons,
            "warnings": doubts,
        },
        _(
            "Result: {result}",
            result=_(RESULT_NAMES[outcome.result]) if outcome.result else _("not all is answered"),
        ),
        *(f"{reason['item']}: {reason['why']}" for reason in reasons if reason["verdict"] != "met"),
        *(
            f"{item}: {_('{count} occurrences recorded in the period', count=count)}"
            for item, count in happened.items()
            if count
        ),
    )
    return Exit.FINDINGS if outcome.unanswered or doubts else Exit.DONE


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
