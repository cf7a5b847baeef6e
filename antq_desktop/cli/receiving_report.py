"""The command that adds up what all communes sent and writes the consolidated report of a period."""

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from antq_desktop.cli.arguments import Parsers, new_file
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.indicators import Amount
from antq_desktop.domain.ratios import Ratio
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.consolidating import (
    CommuneFigures,
    Consolidated,
    as_of_text,
    running_text,
)
from antq_desktop.services.reporting.report_words import amount_text


def add(group: Parsers) -> None:
    """Add the command to the group of the upper level."""
    report = group.add_parser("report", help=_("figures of all communes together")).does(_report)
    report.takes("--period", required=True, metavar="2026-Q1|2026-H1|2026-9M|2026")
    report.takes("--out", type=new_file, default=None, metavar="FILE.(pdf|docx|xlsx)")


def _report(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        found = application.consolidating.report(options.period, console.progress())
        if options.out:
            application.printing.consolidated_report(found, options.out, console.progress())
    console.tell(_document(found, options.out), *_sentences(found, options.out))
    return Exit.FINDINGS if found.behind else Exit.DONE


def _sentences(found: Consolidated, file: Path | None) -> list[str]:
    said = [f"{line.name}: {amount_text(line.of(found.total))}" for line in found.lines]
    if found.is_running:
        said.append(running_text(found))
    said += [
        _(
            "Not sent until the end of the period: {name}, figures of {day}.",
            name=each.unit_name,
            day=as_of_text(each),
        )
        for each in found.behind
    ]
    said += [
        _(
            "{name}: {count} figures differ from the report it signed on {day}.",
            name=each.unit_name,
            count=len(each.report.differences),
            day=day_text(each.report.signed_on),
        )
        for each in found.communes
        if each.report and each.report.differences
    ]
    return [*said, _("The report is {file}.", file=file)] if file else said


def _document(found: Consolidated, file: Path | None) -> dict[str, Any]:
    return {
        "period": found.period.code,
        "first": found.period.days.first.isoformat(),
        "last": found.period.days.last.isoformat(),
        "file": str(file) if file else None,
        "indicators": {line.id: line.name for line in found.lines},
        "total": _amounts(found.total),
        "behind": [each.unit_name for each in found.behind],
        "communes": [_commune(each) for each in found.communes],
    }


def _commune(each: CommuneFigures) -> dict[str, Any]:
    signed = each.report
    return {
        "unit": each.unit_code,
        "name": each.unit_name,
        "as_of": each.as_of.isoformat(timespec="seconds") if each.as_of else None,
        "complete": each.complete,
        "figures": _amounts(each.amounts),
        "signed": signed
        and {
            "edition": signed.edition,
            "signed_on": signed.signed_on.isoformat() if signed.signed_on else None,
            "first": signed.first.isoformat(),
            "last": signed.last.isoformat(),
            "differences": [
                {"figure": found.name, "signed": found.signed, "counted": found.counted}
                for found in signed.differences
            ],
        },
    }


def _amounts(amounts: Mapping[str, Amount]) -> dict[str, Any]:
    return {name: _plain(amount) for name, amount in amounts.items()}


def _plain(amount: Amount) -> Any:  # noqa: ANN401 - a JSON value
    if isinstance(amount, Ratio):
        return {"part": amount.part, "whole": amount.whole}
    return amount if isinstance(amount, int) else dict(amount)
