"""Commands on self-assessments: one unit with its answers, or a draft for every unit that has none yet."""

import tomllib
from argparse import Namespace
from pathlib import Path
from typing import Any, cast

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.assessed import takes_kind, unit_key
from antq_desktop.cli.console import Console
from antq_desktop.domain.assessment import SelfAssessment, against
from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Written, each_row, remark
from antq_desktop.services.yearly.assessments import RESULT_NAMES, Given

_PARTS = {"value", "reason", "evidence"}


class AnswersUnreadable(BadInput):
    code = "answers-unreadable"
    sentence = N_("The answers in «{file}» cannot be read: {why} Correct the file, then try again.")


class OneOrAll(BadInput):
    code = "one-or-all"
    sentence = N_(
        "Name the unit to assess, or give --all to begin the assessment of every unit; answers, a day and a reason are of one unit."
    )


def add(parsers: Parsers) -> None:
    """Add the command of this group."""
    assess = parsers.add_parser(
        "assess", help=_("assess a unit of any kind (TT 124/2021/TT-BCA, Điều 4 to 7)")
    ).does(_assess)
    assess.takes("unit", nargs="?", default="", metavar=_("UNIT"), help=_("name or id of the unit"))
    assess.takes("--all", action="store_true", help=_("begin the assessment of every unit that has none yet"))
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
    one = any((options.unit, options.answers, options.reopen, options.finish_on))
    if (one and (options.all or not options.unit)) or not (one or options.all):
        raise OneOrAll
    return _begin_all(options, console) if options.all else _assess_one(options, console)


def _begin_all(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        year = options.year or application.session.year
        assessments = application.assessments
        rows = [row for row in assessments.rows(year) if options.kind in (None, row.unit_kind)]
        fresh = {row.unit_id: row for row in rows if row.id is None and row.ended_on is None}
        begun = each_row(
            {key: row.unit_name for key, row in fresh.items()},
            lambda key: assessments.start(key, year, cast("UnitKind", fresh[key].unit_kind)),
            console.progress(),
        )
        drafts = {row.id: row.unit_name for row in rows if row.id and row.state == "draft"}
        refreshed = each_row(drafts if options.refresh else {}, assessments.refresh, console.progress())
    done = [*begun, *refreshed]
    why = {row.name: sentence(row.failure) for row in done if row.failure}
    for name, said in why.items():
        console.say(_("{unit}: {why}", unit=name, why=said))
    console.tell(
        {
            "begun": [row.written.record.id for row in begun if row.written],
            "refreshed": [row.id for row in refreshed if row.written],
            "failed": why,
        },
        _("{count} assessments were begun.", count=sum(row.written is not None for row in begun)),
        _("{count} drafts were filled anew.", count=sum(row.written is not None for row in refreshed)),
    )
    return Exit.FINDINGS if why else Exit.DONE


def _assess_one(options: Namespace, console: Console) -> Exit:
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
