"""Commands on the lives of models: steps, sites and groups, money, equipment, ratings, own kinds, where each stands."""

from argparse import Namespace

from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.model_means import OwnModelKind, dotted
from antq_desktop.domain.model_parts import PART_NAMES, ModelPart
from antq_desktop.domain.model_standing import VERDICT_NAMES
from antq_desktop.runtime.language import _
from antq_desktop.services.results import remark


def add(models: Parsers) -> None:
    """Add the commands to those of the group «models»."""
    step = models.add_parser("step", help=_("list or record the steps of a model")).does(_step)
    step.takes("model", metavar="ID")
    step.takes("--step", default="", help=_("id of the step; without it the steps are listed"))
    step.takes("--on", type=day, default=None, metavar=_("DATE"), help=_("default: today"))
    step.takes("--number", default="", help=_("number of the document"))
    step.takes("--by", default="", help=_("the body that took the step"))
    step.takes("--reason", default="")
    step.takes("--end-parts", action="store_true", help=_("end all sites and groups on the same day"))
    parts = models.add_parser("parts", help=_("list, add or end the sites and groups of a model")).does(
        _parts
    )
    parts.takes("model", metavar="ID")
    parts.takes("--add", default="", metavar=_("NAME"))
    parts.takes("--kind", choices=tuple(PART_NAMES), default="group")
    parts.takes("--area", default="", help=_("name or id of the residential area"))
    parts.takes("--leader", default="")
    parts.takes("--members", type=int, default=None)
    parts.takes("--end", default="", metavar="ID", help=_("id of the site or group that ended"))
    parts.takes(
        "--on", type=day, default=None, metavar=_("DATE"), help=_("first or last day; default: today")
    )
    parts.takes("--reason", default="")
    budget = models.add_parser("budget", help=_("list or set the money of a model")).does(_budget)
    budget.takes("model", metavar="ID")
    budget.takes("--year", type=int, default=None, help=_("default: the working year"))
    budget.takes("--source", default="")
    budget.takes("--amount", type=int, default=None, help=_("in đồng; without it the money is listed"))
    equipment = models.add_parser("equipment", help=_("list or set the equipment of a model")).does(
        _equipment
    )
    equipment.takes("model", metavar="ID")
    equipment.takes("--kind", default="", help=_("id or name of a kind of equipment"))
    equipment.takes("--count", type=int, default=None)
    rate = models.add_parser("rate", help=_("rate a model for a year")).does(_rate)
    rate.takes("model", metavar="ID")
    rate.takes("rating")
    rate.takes("--year", type=int, default=None, help=_("default: the working year"))
    rate.takes(
        "--on",
        type=day,
        default=None,
        metavar=_("DATE"),
        help=_("day of the decision; without it only figures of the year count it"),
    )
    own = models.add_parser("add-kind", help=_("add a kind of model that the catalogue lacks")).does(
        _add_kind
    )
    own.takes("--name", required=True)
    own.takes("--field", required=True)
    own.takes("--block", required=True)
    standing = models.add_parser(
        "standing", help=_("say which models work, are only on paper, are to replicate or to remove")
    ).does(_standing)
    standing.takes("--as-of", type=day, default=None, metavar=_("DATE"), help=_("default: today"))
    standing.takes("--only", choices=tuple(VERDICT_NAMES), default=None)


def _step(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        lives, today = application.model_lives, application.session.today()
        names = {step.id: step.name for step in application.catalogues.lifecycle.steps.values()}
        if options.step:
            written = lives.take_step(
                options.model,
                options.step,
                options.on or today,
                number=options.number,
                by=options.by,
                reason=options.reason,
                end_parts=options.end_parts,
            )
            _say(written.warnings, console)
        application.community_models.get(options.model)
        taken, offered = lives.steps(options.model), lives.choices(options.model)
    console.tell(
        {
            "steps": [
                {
                    "id": step.id,
                    "step": step.step,
                    "on": step.on.isoformat(),
                    "number": step.number,
                    "by": step.by,
                    "reason": step.reason,
                }
                for step in taken
            ],
            "open": [choice.step.id for choice in offered if choice.why_not is None],
        },
        *(
            " · ".join(
                word
                for word in (f"{s.on:%d/%m/%Y}", names.get(s.step, s.step), s.number, s.by, s.reason)
                if word
            )
            for s in taken
        ),
        _(
            "Can follow: {steps}.",
            steps=", ".join(f"{c.step.name} ({c.step.id})" for c in offered if c.why_not is None) or "–",
        ),
    )
    return Exit.DONE


def _parts(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        lives = application.model_lives
        on = options.on or application.session.today()
        if options.add:
            part = ModelPart(
                id="",
                unit_code="",
                model_id=options.model,
                kind=options.kind,
                name=options.add,
                area_id=area_id(application, options.area) if options.area else None,
                leader=options.leader,
                members=options.members,
                valid_from=on,
            )
            _say(lives.save_part(part).warnings, console)
        elif options.end:
            lives.end_part(options.end, on, options.reason)
        counts, parts = lives.counts(options.model), lives.parts(options.model)
    console.tell(
        {
            "sites": counts.sites,
            "groups": counts.groups,
            "members": counts.members,
            "from_parts": sorted(counts.from_parts),
            "parts": [
                {
                    "id": part.id,
                    "kind": part.kind,
                    "name": part.name,
                    "members": part.members,
                    "valid_from": part.valid_from.isoformat(),
                    "valid_to": part.valid_to.isoformat() if part.valid_to else None,
                }
                for part in parts
            ],
        },
        _(
            "{sites} sites, {groups} groups, {members} members.",
            sites=counts.sites,
            groups=counts.groups,
            members=counts.members,
        ),
        *(
            f"{_(PART_NAMES[part.kind])} · {part.name} · {part.valid_from:%d/%m/%Y}–"
            + (f"{part.valid_to:%d/%m/%Y}" if part.valid_to else "")
            + f" · {part.id}"
            for part in parts
        ),
    )
    return Exit.DONE


def _budget(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        if options.amount is not None:
            year = options.year or application.session.year
            written = application.model_means.set_budget(options.model, year, options.source, options.amount)
            _say(written.warnings, console)
        years = application.model_means.budgets(options.model)
    console.tell(
        [
            {
                "year": one.year,
                "total_vnd": one.total_vnd,
                "norm_vnd": one.norm_vnd,
                "over": one.over,
                "sources": [{"source": part.source, "amount_vnd": part.amount_vnd} for part in one.sources],
            }
            for one in years
        ],
        *(
            f"{one.year}: {dotted(one.total_vnd)} / {dotted(one.norm_vnd)} · "
            + ", ".join(f"{part.source} {dotted(part.amount_vnd)}" for part in one.sources)
            for one in years
        ),
    )
    return Exit.DONE


def _equipment(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        if options.count is not None:
            application.model_means.set_equipment(options.model, options.kind, options.count)
        lines = application.model_means.equipment(options.model)
    console.tell(
        [{"kind": line.kind, "name": name, "count": line.count} for line, name in lines],
        *(f"{name}: {line.count}" for line, name in lines),
    )
    return Exit.DONE


def _rate(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        year = options.year or application.session.year
        written = application.community_models.rate(options.model, year, options.rating, options.on)
    _say(written.warnings, console)
    console.tell(
        {
            "id": written.record.id,
            "year": year,
            "rating": written.record.rating,
            "rated_on": written.record.rated_on and written.record.rated_on.isoformat(),
        },
        _("Recorded as {number}.", number=written.record.id),
    )
    return Exit.DONE


def _add_kind(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        kind = OwnModelKind(id="", unit_code="", name=options.name, field=options.field, block=options.block)
        added = application.model_means.save_own_kind(kind).record
    console.tell({"id": added.id}, _("Recorded as {number}.", number=added.id))
    return Exit.DONE


def _standing(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.model_lives.standing(options.as_of)
    shown = [row for row in rows if options.only is None or options.only in row.verdicts]
    console.tell(
        [
            {
                "id": row.model.id,
                "name": row.model.name,
                "activities": row.activities,
                "last_activity_on": row.last_activity_on.isoformat() if row.last_activity_on else None,
                "rating": row.rating,
                "copies": row.copies,
                "verdicts": {name: remark(why) for name, why in row.verdicts.items()},
            }
            for row in shown
        ],
        *(
            f"{row.model.name}: "
            + (
                "; ".join(f"{_(VERDICT_NAMES[name])} ({remark(why)})" for name, why in row.verdicts.items())
                or "–"
            )
            for row in shown
        ),
    )
    return Exit.DONE


def _say(warnings: tuple[Finding, ...], console: Console) -> None:
    for warning in warnings:
        console.say(remark(warning))
