"""Commands on self-managed models: list, register, the kinds they can be; their lives stand in model_lives."""

from argparse import Namespace
from dataclasses import asdict

from antq_desktop.cli import model_lives
from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.domain.community_models import CommunityModel, ModelState
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.services.catalogues import ShippedCatalogues
from antq_desktop.storage.queries.community_models import ModelFilter
from antq_desktop.storage.queries.window import Window

_MANY = 10_000


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
    for count in ("sites", "groups", "members"):
        register.takes(f"--{count}", type=int, default=0)
    models.add_parser("kinds", help=_("list the kinds of models")).does(_list_kinds)
    model_lives.add(models)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.community_models.page(ModelFilter(text=options.text), Window(limit=_MANY))
    console.tell(
        [
            {
                **asdict(row),
                "last_activity_on": row.last_activity_on.isoformat() if row.last_activity_on else None,
            }
            for row in rows
        ],
        *(f"{row.name} · {row.area_name or ''} · {row.id}" for row in rows),
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
    console.tell({"id": written.record.id}, _("Recorded as {number}.", number=written.record.id))
    return Exit.DONE


def _list_kinds(_options: Namespace, console: Console) -> Exit:
    kinds = ShippedCatalogues().models.kinds.values()
    console.tell(
        [{"id": kind.id, "name": kind.name} for kind in kinds],
        *(f"{kind.id} · {kind.name}" for kind in kinds),
    )
    return Exit.DONE
