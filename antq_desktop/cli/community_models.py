"""Commands on self-managed models: list, register, the kinds they can be; their lives stand in model_lives."""

from argparse import Namespace
from dataclasses import asdict, replace

from antq_desktop.cli import model_lives
from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import line, tell_kept
from antq_desktop.domain.community_models import STATE_NAMES, CommunityModel, ModelState
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.storage.queries.community_models import ModelFilter
from antq_desktop.storage.queries.window import Window

_MANY = 10_000
_COUNTS = ("sites", "groups", "members")


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    models = parsers.add_parser("models", help=_("self-managed models")).group()
    listed = models.add_parser("list", help=_("list models")).does(_list)
    listed.takes("--text", default="")
    register = models.add_parser("add", help=_("register a model")).does(_add)
    register.takes("--name", required=True)
    register.takes("--kind", required=True, help=_("id of a kind, as «models kinds» lists them"))
    register.takes("--area", default="", help=_("name or id of the residential area"))
    register.takes(
        "--launched-on",
        type=day,
        default=None,
        metavar=_("DATE"),
        help=_("without it the model is only proposed"),
    )
    register.takes("--decision", default="")
    register.takes("--leader", default="")
    for count in _COUNTS:
        register.takes(f"--{count}", type=int, default=0)
    change = models.add_parser("change", help=_("change a model; what is not named stays")).does(_change)
    change.takes("id", metavar="ID")
    change.takes("--name", default=None)
    change.takes("--kind", default=None, help=_("id of a kind, as «models kinds» lists them"))
    change.takes("--area", default=None, help=_("name or id of the residential area"))
    change.takes("--launched-on", type=day, default=None, metavar=_("DATE"))
    change.takes("--decision", default=None)
    change.takes("--decision-date", type=day, default=None, metavar=_("DATE"))
    change.takes("--leader", default=None)
    for count in _COUNTS:
        change.takes(f"--{count}", type=int, default=None)
    models.add_parser("kinds", help=_("list the kinds of models")).does(_list_kinds)
    model_lives.add(models)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.community_models.page(ModelFilter(text=options.text), Window(limit=_MANY))
    names = {kind.id: kind.name for kind in application.catalogues.models.kinds.values()}
    console.tell(
        [
            {
                **asdict(row),
                "last_activity_on": row.last_activity_on.isoformat() if row.last_activity_on else None,
            }
            for row in rows
        ],
        *(
            line(
                row.name,
                row.area_name or "",
                names.get(row.kind, row.kind),
                _(STATE_NAMES[ModelState(row.state)]),
                row.id,
            )
            for row in rows
        ),
    )
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kind = application.catalogues.models.kinds.get(options.kind)
        written = application.community_models.save(
            CommunityModel(
                id="",
                unit_code="",
                area_id=area_id(application, options.area) if options.area else None,
                kind=options.kind,
                name=options.name,
                field=kind.field if kind else "",
                block=kind.block if kind else "",
                launched_on=options.launched_on,
                decision_number=options.decision,
                leader=options.leader,
                sites=options.sites,
                groups=options.groups,
                members=options.members,
                state=ModelState.WORKING if options.launched_on else ModelState.PROPOSED,
            )
        )
    tell_kept(console, written)
    return Exit.DONE


def _change(options: Namespace, console: Console) -> Exit:
    asked = {name: getattr(options, name) for name in ("name", "kind", "launched_on", "leader", *_COUNTS)}
    asked |= {"decision_number": options.decision, "decision_date": options.decision_date}
    with console.workspace() as application:
        if options.area is not None:
            asked["area_id"] = area_id(application, options.area)
        known = application.community_models.get(options.id)
        wanted = {name: value for name, value in asked.items() if value is not None}
        tell_kept(console, application.community_models.save(replace(known, **wanted)))
    return Exit.DONE


def _list_kinds(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kinds = application.catalogues.models.kinds.values()
    console.tell(
        [{"id": kind.id, "name": kind.name} for kind in kinds],
        *(f"{kind.id} · {kind.name}" for kind in kinds),
    )
    return Exit.DONE
