"""Commands on the steering committee and on coordination programmes: list, record, remove."""

from argparse import Namespace
from pathlib import Path

from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, plain, tell_kept, with_paper
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.steering import CoordinationProgramme, SteeringCommittee
from antq_desktop.runtime.language import _


def add(parsers: Parsers) -> None:
    """Add the commands of these groups."""
    committee = parsers.add_parser("committee", help=_("the steering committee")).group()
    listed = committee.add_parser("list", help=_("list the committees of a year")).does(_list_committees)
    listed.takes("--year", type=int, default=None)
    new = committee.add_parser("add", help=_("record a committee")).does(_add_committee)
    new.takes("--name", required=True)
    new.takes("--decision", default="", help=_("number of the decision"))
    new.takes("--decided-on", type=day, default=None, metavar=_("DATE"))
    new.takes("--head-post", default="", help=_("post of who heads it, never a name"))
    new.takes("--standing-body", default="")
    new.takes("--members", type=int, default=0)
    new.takes("--from", dest="valid_from", type=day, required=True, metavar=_("DATE"))
    new.takes("--to", dest="valid_to", type=day, default=None, metavar=_("DATE"))
    new.takes("--paper", type=Path, default=None, help=_("scan or photograph to keep with it"))
    delete = committee.add_parser("delete", help=_("remove what was typed by mistake")).does(
        _delete_committee
    )
    delete.takes("id", metavar="ID")
    delete.takes("--reason", required=True)
    programmes = parsers.add_parser("programmes", help=_("coordination programmes")).group()
    signed = programmes.add_parser("list", help=_("list the programmes of a year")).does(_list_programmes)
    signed.takes("--year", type=int, default=None)
    sign = programmes.add_parser("add", help=_("record a programme")).does(_add_programme)
    sign.takes("--partner", required=True)
    sign.takes("--subject", required=True)
    sign.takes("--number", default="")
    sign.takes("--signed-on", type=day, required=True, metavar=_("DATE"))
    sign.takes("--to", dest="ends_on", type=day, default=None, metavar=_("DATE"))
    sign.takes("--paper", type=Path, default=None, help=_("scan or photograph to keep with it"))
    drop = programmes.add_parser("delete", help=_("remove what was typed by mistake")).does(_delete_programme)
    drop.takes("id", metavar="ID")
    drop.takes("--reason", required=True)


def _list_committees(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.committees.rows(options.year)
    console.tell(
        [plain(row) for row in rows],
        *(line(row.name, row.decision_number, day_text(row.valid_from), row.members, row.id) for row in rows),
    )
    return Exit.DONE


def _add_committee(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        committee = SteeringCommittee(
            id="",
            unit_code="",
            name=options.name,
            decision_number=options.decision,
            decision_date=options.decided_on,
            head_post=options.head_post,
            standing_body=options.standing_body,
            members=options.members,
            valid_from=options.valid_from,
            valid_to=options.valid_to,
        )
        written = application.committees.save(committee)
        with_paper(application.committees, written, options.paper)
    tell_kept(console, written)
    return Exit.DONE


def _delete_committee(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.committees.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE


def _list_programmes(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.programmes.rows(options.year)
    console.tell(
        [plain(row) for row in rows],
        *(line(row.partner, row.number, day_text(row.signed_on), row.subject, row.id) for row in rows),
    )
    return Exit.DONE


def _add_programme(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        programme = CoordinationProgramme(
            id="",
            unit_code="",
            partner=options.partner,
            number=options.number,
            signed_on=options.signed_on,
            subject=options.subject,
            ends_on=options.ends_on,
        )
        written = application.programmes.save(programme)
        with_paper(application.programmes, written, options.paper)
    tell_kept(console, written)
    return Exit.DONE


def _delete_programme(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.programmes.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE
