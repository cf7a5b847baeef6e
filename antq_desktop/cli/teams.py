"""Commands on the teams of the grassroots force: teams, members, trainings, yearly ratings."""

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import get_args

from antq_desktop.cli.areas import area_id
from antq_desktop.cli.arguments import Parsers, day
from antq_desktop.cli.console import Console
from antq_desktop.cli.rows import day_text, line, plain, say_warnings, tell_kept, with_paper
from antq_desktop.domain.errors import Exit
from antq_desktop.domain.member_ratings import check_top
from antq_desktop.domain.security_teams import Post, SecurityTeam, TeamMember, TeamTraining
from antq_desktop.runtime.language import _
from antq_desktop.services.results import remark


def add(parsers: Parsers) -> None:
    """Add the commands of this group."""
    group = parsers.add_parser("teams", help=_("the grassroots force")).group()
    listed = group.add_parser("list", help=_("list the teams, with what is odd about them")).does(_list)
    listed.takes("--year", type=int, default=None)
    group.add_parser("missing", help=_("name the areas without a team")).does(_missing)
    new = group.add_parser("add", help=_("record a team")).does(_add)
    new.takes("--area", required=True, help=_("name or id of the residential area"))
    new.takes("--name", required=True)
    new.takes("--decision", default="", help=_("number of the decision"))
    new.takes("--decided-on", type=day, default=None, metavar=_("DATE"))
    new.takes("--from", dest="valid_from", type=day, required=True, metavar=_("DATE"))
    new.takes("--paper", type=Path, default=None, help=_("scan or photograph to keep with it"))
    close = group.add_parser("close", help=_("say that a team is over")).does(_close)
    close.takes("team", metavar="ID")
    close.takes("--on", type=day, required=True, metavar=_("DATE"), help=_("its last day"))
    delete = group.add_parser("delete", help=_("remove what was typed by mistake")).does(_delete)
    delete.takes("id", metavar="ID")
    delete.takes("--reason", required=True)
    _add_members(group)
    _add_year(group)


def _add_members(group: Parsers) -> None:
    members = group.add_parser("members", help=_("list members, of one team or all")).does(_members)
    members.takes("--team", default="", metavar="ID")
    join = group.add_parser("join", help=_("record a member")).does(_join)
    join.takes("team", metavar="ID")
    join.takes("--name", required=True)
    join.takes("--birth", required=True, metavar="1980|1980-03-12")
    join.takes("--post", choices=get_args(Post), default="member")
    join.takes("--on", type=day, required=True, metavar=_("DATE"), help=_("day of joining"))
    join.takes("--health-proof", action="store_true", help=_("a proof of health was shown"))
    leave = group.add_parser("leave", help=_("record that a member left")).does(_leave)
    leave.takes("member", metavar="ID")
    leave.takes("--on", type=day, required=True, metavar=_("DATE"), help=_("the last day of service"))


def _add_year(group: Parsers) -> None:
    trained = group.add_parser("train", help=_("record a training")).does(_train)
    trained.takes("team", metavar="ID")
    trained.takes("--on", type=day, required=True, metavar=_("DATE"))
    trained.takes("--title", required=True)
    trained.takes("--attendees", type=int, required=True)
    trained.takes("--paper", type=Path, default=None, help=_("scan or photograph to keep with it"))
    trainings = group.add_parser("trainings", help=_("list the trainings of a year")).does(_trainings)
    trainings.takes("--year", type=int, default=None)
    trainings.takes("--team", default="", metavar="ID")
    ratings = group.add_parser("ratings", help=_("list the ratings of a year")).does(_ratings)
    ratings.takes("--year", type=int, default=None)
    rate = group.add_parser("rate", help=_("rate a member; once more replaces the rating")).does(_rate)
    rate.takes("member", metavar="ID")
    rate.takes("--rating", required=True, help=_("id of a level, as «teams levels» lists them"))
    rate.takes("--year", type=int, default=None)
    rate.takes(
        "--on",
        type=day,
        default=None,
        metavar=_("DATE"),
        help=_("day of the decision; without it only figures of the year count it"),
    )
    group.add_parser("levels", help=_("list the levels of the rating")).does(_levels)


def _list(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.security_teams.rows(options.year)
    console.tell(
        [plain(row) for row in rows],
        *(
            line(row.area_name, row.name, row.leader, row.members, " ".join(row.remarks), row.id)
            for row in rows
        ),
    )
    return Exit.DONE


def _missing(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        areas = application.security_teams.areas_without()
    console.tell([{"id": area.id, "name": area.name} for area in areas], *(area.name for area in areas))
    return Exit.DONE


def _add(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        team = SecurityTeam(
            id="",
            unit_code="",
            area_id=area_id(application, options.area),
            name=options.name,
            decision_number=options.decision,
            decision_date=options.decided_on,
            valid_from=options.valid_from,
        )
        written = application.security_teams.save(team)
        with_paper(application.security_teams, written, options.paper)
    tell_kept(console, written)
    return Exit.DONE


def _close(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        teams = application.security_teams
        written = teams.save(replace(teams.get(options.team), valid_to=options.on))
    tell_kept(console, written)
    return Exit.DONE


def _delete(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        application.security_teams.delete(options.id, options.reason)
    console.tell({"id": options.id}, _("Removed."))
    return Exit.DONE


def _members(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.security_teams.members(options.team)
    console.tell(
        [plain(row) for row in rows],
        *(
            line(row.team_name, row.name, row.post_name, row.age, " ".join(row.remarks), row.id)
            for row in rows
        ),
    )
    return Exit.DONE


def _join(options: Namespace, console: Console) -> Exit:
    member = TeamMember(
        id="",
        unit_code="",
        team_id=options.team,
        name=options.name,
        birth=options.birth,
        post=options.post,
        joined_on=options.on,
        health_proof=options.health_proof,
    )
    with console.workspace() as application:
        written = application.security_teams.save_member(member)
    tell_kept(console, written)
    return Exit.DONE


def _leave(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        teams = application.security_teams
        written = teams.save_member(replace(teams.member(options.member), left_on=options.on))
    tell_kept(console, written)
    return Exit.DONE


def _train(options: Namespace, console: Console) -> Exit:
    training = TeamTraining(
        id="",
        unit_code="",
        team_id=options.team,
        on=options.on,
        title=options.title,
        attendees=options.attendees,
    )
    with console.workspace() as application:
        written = application.team_trainings.save(training)
        with_paper(application.team_trainings, written, options.paper)
    tell_kept(console, written)
    return Exit.DONE


def _trainings(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.team_trainings.rows(options.year, options.team)
    console.tell(
        [plain(row) for row in rows],
        *(line(day_text(row.on), row.team_name, row.title, row.attendees, row.id) for row in rows),
    )
    return Exit.DONE


def _ratings(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        rows = application.member_ratings.rows(options.year)
        top = application.member_ratings.top(options.year)
    for finding in check_top(top):
        console.say(remark(finding))
    console.tell(
        {
            "members": [plain(row) for row in rows],
            "top": top.top,
            "of": top.base,
            "most": top.most,
            "kept": top.kept,
        },
        *(
            line(
                row.team_name,
                row.name,
                row.rating_name or row.refused or "–",
                day_text(row.rated_on),
                row.member_id,
            )
            for row in rows
        ),
    )
    return Exit.DONE if top.kept else Exit.FINDINGS


def _rate(options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        year = options.year or application.session.year
        written = application.member_ratings.rate(options.member, year, options.rating, options.on)
    say_warnings(console, written)
    kept = written.record
    facts = {
        "member": kept.member_id,
        "year": kept.year,
        "rating": kept.rating,
        "rated_on": kept.rated_on and kept.rated_on.isoformat(),
    }
    console.tell(facts, _("Recorded."))
    return Exit.DONE


def _levels(_options: Namespace, console: Console) -> Exit:
    with console.workspace() as application:
        levels = application.catalogues.team_ratings.ratings.values()
    console.tell(
        [{"id": level.id, "name": level.name} for level in levels],
        *(line(each.id, each.name) for each in levels),
    )
    return Exit.DONE
