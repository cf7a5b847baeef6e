"""Commands on the year as a board: where every unit stands, the steps it took, what happened that counts against it."""

from argparse import ArgumentTypeError, Namespace
from typing import Any

from antq_desktop.cli.arguments import Parser, Parsers, day
from antq_desktop.cli.assessed import takes_kind, unit_key
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.units import UnitKey
from antq_desktop.domain.yearly_process import StepState
from antq_desktop.domain.yearly_steps import Occurrence
from antq_desktop.runtime.language import _
from antq_desktop.services.application import Application
from antq_desktop.services.results import remark
from antq_desktop.services.yearly.year_standing import BoardRow, state_name


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    board = parsers.add_parser("board", help=_("where every unit stands in its year")).does(_board)
    board.takes("unit", nargs="?", default=None, metavar=_("UNIT"), help=_("only this unit, step by step"))
    board.takes("--year", type=int, default=None)
    takes_kind(board)

    steps = parsers.add_parser("steps", help=_("steps of a unit's year")).group()
    record = steps.add_parser("record", help=_("record that a unit took a step; again to correct it")).does(
        _record
    )
    _takes_step(record)
    record.takes("--on", type=day, required=True, metavar=_("DATE"))
    record.takes("--number", default="", help=_("number of the document"))
    record.takes("--by", default="", help=_("the body, not the person, that took the step"))
    record.takes(
        "--count", type=_part_of_whole, default=(None, None), metavar="38/40", help=_("how many of how many")
    )
    record.takes("--outcome", choices=("agreed", "not_agreed"), default="")
    record.takes("--note", default="")
    back = steps.add_parser("take-back", help=_("remove the record of a step that was not taken")).does(
        _take_back
    )
    _takes_step(back)
    back.takes("--reason", required=True)

    happened = parsers.add_parser("occurrences", help=_("what happened that counts against a unit")).group()
    one = happened.add_parser(
        "record", help=_("record a day, a count and the number of a document, never a name")
    ).does(_record_occurrence)
    _takes_unit(one)
    one.takes("--item", required=True, help=_("id of the criterion it counts against"))
    one.takes("--on", type=day, required=True, metavar=_("DATE"))
    one.takes("--count", type=int, default=1)
    one.takes("--number", default="", help=_("number of the document"))
    _takes_unit(happened.add_parser("list", help=_("list what was recorded against a unit")).does(_list))


def _takes_unit(parser: Parser) -> None:
    parser.takes("unit", metavar=_("UNIT"), help=_("name or id of the unit"))
    parser.takes("--year", type=int, default=None)
    takes_kind(parser)


def _takes_step(parser: Parser) -> None:
    _takes_unit(parser)
    parser.takes("--step", required=True, help=_("id of the step, as «board UNIT» lists them"))


def _part_of_whole(text: str) -> tuple[int, int]:
    part, _sign, whole = text.partition("/")
    try:
        return int(part), int(whole)
    except ValueError as error:
        raise ArgumentTypeError(_("«{text}» is no part of a whole; type it as 38/40", text=text)) from error


def _asked(application: Application, options: Namespace) -> tuple[UnitKey, int]:
    year = options.year or application.session.year
    return unit_key(application, options.unit, year, options.kind), year


def _board(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        if options.unit is not None:
            row = application.year_board.row(*_asked(application, options))
            console.tell(
                _document(row), *([row.excluded_why] if row.excluded_why else map(_step_line, row.steps))
            )
            return Exit.DONE
        rows = [
            row for row in application.year_board.rows(options.year) if options.kind in (None, row.key.kind)
        ]
    console.tell([_document(row) for row in rows], *map(_line, rows))
    return Exit.DONE


def _record(options: Namespace, console: Console) -> Exit:
    part, whole = options.count
    with console.workspace() as application:
        key, year = _asked(application, options)
        written = application.year_board.record(
            key,
            year,
            options.step,
            options.on,
            number=options.number,
            by=options.by,
            part=part,
            whole=whole,
            outcome=options.outcome,
            note=options.note,
        )
        after = application.year_board.row(key, year)
    for warning in written.warnings:
        console.say(remark(warning))
    console.tell(_document(after), _line(after))
    return Exit.DONE


def _take_back(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        key, year = _asked(application, options)
        application.year_board.take_back(key, year, options.step, options.reason)
        after = application.year_board.row(key, year)
    console.tell(_document(after), _line(after))
    return Exit.DONE


def _record_occurrence(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        key, year = _asked(application, options)
        written = application.year_board.record_occurrence(
            key, options.item, options.on, options.count, options.number, year=year
        )
    for warning in written.warnings:
        console.say(remark(warning))
    console.tell(_occurrence(written.record), _occurrence_line(written.record))
    return Exit.DONE


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        found = application.year_board.occurrences(*_asked(application, options))
    console.tell([_occurrence(one) for one in found], *map(_occurrence_line, found))
    return Exit.DONE


def _document(row: BoardRow) -> dict[str, Any]:
    return {
        "kind": row.key.kind,
        "id": row.key.id,
        "name": row.name,
        "excluded_why": row.excluded_why,
        "ended_on": row.ended_on.isoformat() if row.ended_on else None,
        "next": row.next.step.id if row.next else None,
        "overdue": row.overdue,
        "steps": [
            {
                "step": state.step.id,
                "name": state.step.name,
                "state": state.state,
                "on": state.on.isoformat() if state.on else None,
                "deadline": state.deadline.isoformat() if state.deadline else None,
                "late": state.late,
                "number": state.number,
                "by": state.by,
                "source": state.source,
                "detail": state.detail,
                "outcome": state.outcome,
            }
            for state in row.steps
        ],
    }


def _line(row: BoardRow) -> str:
    parts = [row.name]
    if row.excluded_why:
        parts.append(row.excluded_why)
    elif row.ended_on:
        parts.append(_("ended on {day}", day=f"{row.ended_on:%d/%m/%Y}"))
    elif row.next:
        parts.append(_("next: {step}", step=row.next.step.name))
    if row.overdue:
        parts.append(_("{count} overdue", count=row.overdue))
    return " · ".join(parts)


def _step_line(state: StepState) -> str:
    parts = [state.step.id, state.step.name, state_name(state)]
    if state.on:
        parts.append(f"{state.on:%d/%m/%Y}")
    parts += [part for part in (state.number, state.detail) if part]
    if state.state in ("due", "overdue") and state.deadline:
        parts.append(_("by {day}", day=f"{state.deadline:%d/%m/%Y}"))
    return " · ".join(parts)


def _occurrence(one: Occurrence) -> dict[str, Any]:
    return {
        "id": one.id,
        "item": one.item,
        "on": one.on.isoformat(),
        "count": one.count,
        "number": one.number,
    }


def _occurrence_line(one: Occurrence) -> str:
    return f"{one.on:%d/%m/%Y} · {one.item} · {one.count} · {one.number or '-'} · {one.id}"
