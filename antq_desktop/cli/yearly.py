"""Commands of the yearly round: assess an area, recognise it, give out its certificate, see how far the year is."""

import tomllib
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.indicators import INDICATORS, Amount, amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.recognition import number_text
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.assessments import RESULT_NAMES, Given

_PARTS = {"value", "reason", "evidence"}


class AnswersUnreadable(BadInput):
    code = "answers-unreadable"
    sentence = N_("The answers in «{file}» cannot be read: {why} Correct the file, then try again.")


class NotAssessed(BadInput):
    code = "not-assessed"
    sentence = N_("«{unit}» has no self-assessment of {year}. Assess it first, then recognise it.")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    assess = parsers.add_parser(
        "assess", help=_("assess a residential area (TT 124/2021/TT-BCA, Điều 4)")
    ).does(_assess)
    assess.takes("unit", metavar=_("UNIT"), help=_("name or id of the residential area"))
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
        "--finish-on", type=day, default=None, metavar=_("DATE"), help=_("finish the assessment on this day")
    )
    recognise = parsers.add_parser(
        "recognise", help=_("record a decision and give out the certificate")
    ).does(_recognise)
    recognise.takes("unit", metavar=_("UNIT"), help=_("name or id of the residential area"))
    recognise.takes("--decision", required=True, help=_("number of the decision"))
    recognise.takes("--on", type=day, required=True, metavar=_("DATE"))
    recognise.takes("--signer", default="", help=_("who signs the certificate; default: as set"))
    recognise.takes("--signer-post", default="", help=_("post of who signs; default: as set"))
    recognise.takes("--year", type=int, default=None)
    targets = parsers.add_parser("targets", help=_("how far the year is")).does(_targets)
    targets.takes("--year", type=int, default=None)


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
        unit = area_id(application, options.unit)
        year = options.year or application.session.year
        known = next(
            (row.id for row in application.assessments.rows(year) if row.unit_id == unit and row.id), None
        )
        key = known or application.assessments.start(unit, year).record.id
        if known and options.refresh:
            application.assessments.refresh(key)
        if given:
            application.assessments.answer_all(key, given)
        outcome = application.assessments.outcome(key)
        if options.finish_on:
            application.assessments.finalise(key, options.finish_on)
    reasons = [
        {"item": reason.item, "verdict": reason.verdict, "why": _(reason.message, **reason.facts)}
        for reason in outcome.reasons
    ]
    console.tell(
        {"id": key, "result": outcome.result, "unanswered": list(outcome.unanswered), "reasons": reasons},
        _(
            "Result: {result}",
            result=_(RESULT_NAMES[outcome.result]) if outcome.result else _("not all is answered"),
        ),
        *(f"{reason['item']}: {reason['why']}" for reason in reasons if reason["verdict"] != "met"),
    )
    return Exit.FINDINGS if outcome.unanswered else Exit.DONE


def _recognise(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        unit = area_id(application, options.unit)
        year = options.year or application.session.year
        assessment = next((row.id for row in application.assessments.rows(year) if row.unit_id == unit), None)
        if not assessment:
            raise NotAssessed(unit=options.unit, year=year)
        recognition = application.recognitions.recognise(
            assessment,
            options.decision,
            options.on,
            signer=options.signer,
            signer_post=options.signer_post,
        ).record
        certificate = application.recognitions.issue(recognition.id, options.on).record
    number = number_text(certificate.number)
    console.tell(
        {"recognition": recognition.id, "certificate": certificate.id, "number": number},
        _("Recognised; certificate {number}.", number=number),
    )
    return Exit.DONE


def _targets(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        figures = application.reports.figures(str(options.year or application.session.year))
        catalogue = application.catalogues.activities
        names = {kind.id: kind.name for kind in catalogue.kinds.values()}
        names |= {unit.id: unit.name for unit in catalogue.units.values()}
    amounts = {name: amount(name, figures) for name in INDICATORS}
    console.tell(
        {
            name: {"part": value.part, "whole": value.whole} if isinstance(value, Ratio) else value
            for name, value in amounts.items()
        },
        *(f"{_(INDICATORS[name].name)}: {_said(value, names)}" for name, value in amounts.items()),
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
