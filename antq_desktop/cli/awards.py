"""Commands on awards: put one forward, record what was decided, write the list of certificates."""

from argparse import ArgumentTypeError, Namespace
from typing import get_args

from antq_desktop.cli.arguments import Parsers, day, new_file
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import line, plain, say_warnings, tell_kept
from antq_desktop.domain.awards import Award, RecipientKind
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("awards", help=_("awards of the movement")).group()
    listed = group.add_parser("list", help=_("list the awards of a year")).does(_list)
    listed.takes("--year", type=int, default=None)
    new = group.add_parser("propose", help=_("put an award forward")).does(_propose)
    new.takes("--kind", required=True, help=_("id of a kind, as «awards kinds» lists them"))
    new.takes("--authority", required=True, help=_("id of who awards it, as «awards kinds» lists them"))
    new.takes("--recipient", required=True)
    new.takes("--recipient-kind", choices=get_args(RecipientKind), default="person")
    new.takes(
        "--place", default="", help=_("where the person works or lives, or whom the collective belongs to")
    )
    new.takes("--merit", default="")
    new.takes("--number", default="", help=_("number of the proposal"))
    new.takes("--on", type=day, default=None, metavar=_("DATE"), help=_("day of the proposal"))
    new.takes("--year", type=int, default=None)
    decided = group.add_parser("decide", help=_("record one decision on proposals")).does(_decide)
    decided.takes("award", nargs="+", type=_numbered, metavar=_("ID[=CERTIFICATE]"))
    decided.takes("--decision", required=True, help=_("number of the decision"))
    decided.takes("--on", type=day, required=True, metavar=_("DATE"))
    declined = group.add_parser("decline", help=_("record that a proposal was turned down")).does(_decline)
    declined.takes("award", metavar="ID")
    declined.takes("--reason", required=True)
    delete = group.add_parser("delete", help=_("remove what was typed by mistake")).does(_delete)
    delete.takes("id", metavar="ID")
    delete.takes("--reason", required=True)
    written = group.add_parser("export", help=_("write the list of those awarded")).does(_export)
    written.takes("--out", type=new_file, required=True, metavar="FILE.xlsx")
    written.takes("--year", type=int, default=None)
    group.add_parser("kinds", help=_("list the kinds of awards and who awards them")).does(_kinds)


def _numbered(text: str) -> tuple[str, str]:
    award, _sign, number = text.partition("=")
    if not award:
        raise ArgumentTypeError(_("«{text}» names no award; type its id, or ID=CERTIFICATE", text=text))
    return award, number


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.awards.rows(options.year)
    console.tell(
        [plain(row) for row in rows],
        *(
            line(
                row.kind_name,
                row.authority_name,
                row.recipient,
                row.state_name,
                row.certificate_number,
                row.id,
            )
            for row in rows
        ),
    )
    return Exit.DONE


def _propose(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        award = Award(
            id="",
            unit_code="",
            year=options.year or application.session.year,
            kind=options.kind,
            authority=options.authority,
            recipient_kind=options.recipient_kind,
            recipient=options.recipient,
            recipient_place=options.place,
            merit=options.merit,
            proposal_number=options.number,
            proposed_on=options.on,
        )
        written = application.awards.save(award)
    tell_kept(console, written)
    return Exit.DONE


def _decide(options: Namespace, console: Console) -> Exit:
    numbers = dict(options.award)
    with console.workspace() as application:
        written = application.awards.decide(list(numbers), options.decision, options.on, numbers)
    say_warnings(console, written)
    console.tell(
        [{"id": award.id, "certificate_number": award.certificate_number} for award in written.record],
        _("Decided: {count} awards.", count=len(written.record)),
    )
    return Exit.DONE


def _decline(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        written = application.awards.decline(options.award, options.reason)
    tell_kept(console, written)
    return Exit.DONE


def _delete(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.awards.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE


def _export(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        file = application.awards.export(options.out, options.year)
    console.tell({"file": str(file)}, _("The list is {file}.", file=file))
    return Exit.DONE


def _kinds(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        catalogue = application.catalogues.awards
    console.tell(
        [
            {
                "id": kind.id,
                "name": kind.name,
                "recipients": list(kind.recipients),
                "once": kind.once,
                "authorities": {each: catalogue.authorities[each].name for each in kind.authorities},
            }
            for kind in catalogue.kinds.values()
        ],
        *(
            line(
                kind.id,
                kind.name,
                ", ".join(f"{a} ({catalogue.authorities[a].name})" for a in kind.authorities),
            )
            for kind in catalogue.kinds.values()
        ),
    )
    return Exit.DONE
