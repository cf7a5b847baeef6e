"""Commands on records that two laptops of a commune changed at once: list them, show the versions, decide."""

from argparse import ArgumentTypeError, Namespace
from dataclasses import asdict
from typing import Any

from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.domain.conflicts import ConflictDecision, Side
from antq_desktop.domain.errors import BadInput, Exit
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side import version_words as words
from antq_desktop.services.commune_side.conflict_sides import Conflict
from antq_desktop.services.commune_side.conflicts import Choice, all_fields, differing_fields, may_mix
from antq_desktop.services.record_fields import REFERENCES


class NothingChosen(BadInput):
    code = "nothing-chosen"
    sentence = N_("Say which version is to stand: --take with its number, or --drop for none of them.")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("conflicts", help=_("records that two laptops changed at once")).group()
    group.add_parser("list", help=_("what is to be decided, and what was")).does(_list)
    show = group.add_parser("show", help=_("the versions beside each other")).does(_show)
    show.takes("conflict", metavar=_("CONFLICT"), help=_("its id from the list"))
    decide = group.add_parser("decide", help=_("let one version stand")).does(_decide)
    decide.takes("conflict", metavar=_("CONFLICT"), help=_("its id from the list"))
    decide.takes("--take", type=int, default=None, metavar=_("VERSION"), help=_("the number of a version"))
    decide.takes("--drop", action="store_true", help=_("the record is not to be at all"))
    decide.takes(
        "--fields",
        type=_field,
        nargs="+",
        default=[],
        metavar=_("FIELD=VERSION"),
        help=_("single fields from other versions"),
    )
    decide.takes("--reason", required=True)


def _field(text: str) -> tuple[str, int]:
    name, _sign, number = text.rpartition("=")
    try:
        return name, int(number)
    except ValueError as error:
        raise ArgumentTypeError(
            _("«{text}» is no field and version; type it as members=2", text=text)
        ) from error


def _list(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        found, decided = application.conflicts.open(), application.conflicts.decided()
        more = max(0, application.conflicts.count() - len(found))
        is_upper = application.role == "receiving"
        names = application.journal.names((each.entity, each.entity_id) for each in decided)
        own = application.conflicts.own_laptop
    console.tell(
        {
            "open": [_plain(each) for each in found],
            "more": more,
            "decided": [asdict(each) for each in decided],
        },
        *(f"{each.id}: {_called(each)}" for each in found),
        *([_("and {count} more of them", count=more)] if more else []),
        *(_decided(each, names.get((each.entity, each.entity_id), ""), own) for each in decided),
        *([] if found or is_upper else [_("Nothing is to be decided.")]),
        *([_("The communes decide; what is open there: antq receiving matters.")] if is_upper else []),
    )
    return Exit.FINDINGS if found else Exit.DONE


def _show(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        conflict = application.conflicts.find(options.conflict, REFERENCES)
        decided = [each for each in application.conflicts.decided() if each.id == conflict.decision_id]
        own = application.conflicts.own_laptop
    lines = [_called(conflict), words.why(conflict)]
    lines += [_("Decided: {what}", what=words.decided(each, own)) for each in decided]
    for number, side in enumerate(conflict.sides, 1):
        lines.append(f"{number}. {words.head(side)}: {words.who(side, own)}")
        lines += [f"   {name}: {text}" for name, text in _told(conflict, side)]
    console.tell(_plain(conflict), *lines)
    return Exit.DONE


def _decide(options: Namespace, console: Console) -> Exit:
    if options.drop == (options.take is not None):
        raise NothingChosen
    choice = Choice(
        None if options.drop else options.take - 1, {name: number - 1 for name, number in options.fields}
    )
    with console.workspace() as application:
        conflict = application.conflicts.find(options.conflict)
        application.conflicts.decide(conflict, choice, options.reason)
        left = application.conflicts.count()
    console.tell(
        {"conflict": conflict.id, "open": left},
        _("Decided. It goes to the other laptop and to the receiving unit with the next bundle."),
    )
    return Exit.DONE


def _called(conflict: Conflict) -> str:
    return words.called(conflict.entity, conflict.name or conflict.entity_id)


def _decided(decision: ConflictDecision, name: str, own: str) -> str:
    return _(
        "{id}: {record}, decided: {what}",
        id=decision.id,
        record=words.called(decision.entity, name or decision.entity_id),
        what=words.decided(decision, own),
    )


def _told(conflict: Conflict, side: Side) -> list[tuple[str, str]]:
    """Return what a version says: the fields as the window calls them, each with the name that --fields takes."""
    if side.op == "delete":
        return [(_("Why it was deleted"), str(side.body.get("reason") or "–"))]
    return [
        (
            f"{words.field(name)} [{name}]" if may_mix(conflict) else words.field(name),
            words.value(conflict, side, name),
        )
        for name in differing_fields(conflict) or all_fields(conflict)
    ]


def _plain(conflict: Conflict) -> dict[str, Any]:
    return {
        "id": conflict.id,
        "entity": conflict.entity,
        "entity_id": conflict.entity_id,
        "name": conflict.name,
        "code": conflict.code,
        "fields": differing_fields(conflict),
        "sides": [asdict(side) for side in conflict.sides],
    }
