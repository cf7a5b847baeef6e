"""Commands on the households' papers: record one, see where every area stands."""

from argparse import Namespace
from pathlib import Path

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import say_warnings
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("commitments", help=_("households' papers")).group()
    record = group.add_parser("record", help=_("record where a paper stands")).does(_record)
    record.takes("--household", required=True, metavar="ID")
    record.takes("--campaign", default="", metavar="ID", help=_("default: the yearly one"))
    record.takes("--state", required=True, choices=[state.value for state in CommitmentState])
    record.takes("--signed-on", type=day, default=None, metavar=_("DATE"))
    record.takes("--signed-by", default="")
    record.takes(
        "--on",
        type=day,
        default=None,
        metavar=_("DATE"),
        help=_("day of a state without a signature; default: today"),
    )
    record.takes(
        "--paper", type=Path, default=None, help=_("scan of the signed paper, never of an identity card")
    )
    status = group.add_parser("status", help=_("households, signed and share by area")).does(_status)
    status.takes("--campaign", default="", metavar="ID", help=_("default: the yearly one"))


def _record(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        campaign = options.campaign or application.commitments.yearly().id
        state = CommitmentState(options.state)
        written = application.commitments.record(
            options.household, campaign, state, options.signed_on, options.signed_by, state_on=options.on
        )
        say_warnings(console, written)
        if options.paper is not None:
            written = application.commitments.attach_paper(options.household, campaign, options.paper)
    paper = written.record
    console.tell(
        {
            "id": paper.id,
            "state": paper.state.value,
            "signed_by": paper.signed_by,
            "paper": paper.paper_sha256,
        },
        _("Recorded."),
    )
    return Exit.DONE


def _status(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        campaign = options.campaign or application.commitments.yearly().id
        rows = application.commitments.status(campaign)
    console.tell(
        [
            {
                "area": row.area_name,
                "households": row.living,
                "signed": row.signed,
                "issued": row.issued,
                "absent": row.absent,
                "refused": row.refused,
                "not_issued": row.not_issued,
                "share": row.share.ratio.percent_text,
            }
            for row in rows
        ],
        *(
            f"{row.area_name}: {row.signed}/{row.living} ({row.share.ratio.percent_text or '-'} %)"
            for row in rows
        ),
    )
    return Exit.DONE
