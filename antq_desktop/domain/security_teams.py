"""The force that takes part in protecting security at the grassroots (Luật 30/2023/QH15): teams, members, training.

Of a member only the name, the birth and the post are kept, and whether a proof of health was shown: no number of an identity
card, and no other word about health. How members are rated stands in ``member_ratings``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from antq_desktop.domain.findings import Finding
from antq_desktop.domain.households import is_birth
from antq_desktop.domain.record_checks import (
    future_days,
    missing_decision,
    negative_counts,
    written,
    wrong_order,
)
from antq_desktop.domain.territory import Moves
from antq_desktop.domain.wording import N_

#: Tổ trưởng, tổ phó, tổ viên.
Post = Literal["leader", "deputy", "member"]
#: What each post is called, as message ids, in the order of lists.
POST_NAMES: dict[Post, str] = {
    "leader": N_("team leader"),
    "deputy": N_("deputy team leader"),
    "member": N_("team member"),
}
#: From the 18th birthday; whoever is older than 70 needs a proof of health (Luật 30/2023/QH15, Điều 13). Completed years.
YOUNGEST, OLDEST = 18, 70
#: Every team that was seen has three or more; a smaller one is only remarked on.
FEWEST = 3
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityTeam:
    """One Tổ bảo vệ an ninh, trật tự of a residential area, there from ``valid_from`` to ``valid_to`` (both included).

    ``past_areas``: as domain.territory.Moves.
    """

    id: str
    unit_code: str
    area_id: str
    past_areas: Moves = None
    name: str
    decision_number: str = ""
    decision_date: date | None = None
    valid_from: date
    valid_to: date | None = None
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)

    def alive_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """One person's time in a team; ``birth`` is ``YYYY-MM-DD`` or ``YYYY``.

    Whoever leaves and comes back is recorded anew. ``health_proof`` says that a proof was shown, never what stands in it.
    """

    id: str
    unit_code: str
    team_id: str
    name: str
    birth: str
    post: Post = "member"
    joined_on: date
    left_on: date | None = None
    health_proof: bool = False
    version: dict[str, int] = field(default_factory=dict)

    def serves_on(self, day: date) -> bool:
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTraining:
    """One training of a team (bồi dưỡng, huấn luyện); ``attendees`` is a count."""

    id: str
    unit_code: str
    team_id: str
    on: date
    title: str
    attendees: int
    paper_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)


def ages(birth: str, day: date) -> tuple[int, int]:
    """Return the youngest and the oldest that somebody born then can be on ``day``, in completed years.

    Both are the same where the day of birth is known. Whoever was born on 29/02 grows older on 01/03 of other years.
    """
    if len(birth) > _YEAR_DIGITS:
        born = date.fromisoformat(birth)
        age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        return age, age
    oldest = day.year - int(birth)
    return (oldest if (day.month, day.day) == (12, 31) else oldest - 1), oldest


def check_team(
    team: SecurityTeam, others: Iterable[SecurityTeam], members: Iterable[TeamMember], today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a team beside the ``others`` of the commune and with its ``members``."""
    return (*_team_remarks(team, others, today), *check_line_up(team, members, today))


def check_line_up(team: SecurityTeam, members: Iterable[TeamMember], today: date) -> tuple[Finding, ...]:
    """Return what is odd about who serves in a team today; nothing of a team that is over."""
    return tuple(_line_up_remarks(team, list(members), today))


def check_member(member: TeamMember, team: SecurityTeam, today: date) -> tuple[Finding, ...]:
    """Return what is wrong or odd about one member; the age is a warning in both directions (Luật 30/2023/QH15)."""
    return tuple(_member_remarks(member, team, today))


def check_training(
    training: TeamTraining, team: SecurityTeam, members: Iterable[TeamMember], today: date
) -> tuple[Finding, ...]:
    """Return what is wrong or odd about a training of a team."""
    return tuple(_training_remarks(training, team, members, today))


def _team_remarks(team: SecurityTeam, others: Iterable[SecurityTeam], today: date) -> Iterator[Finding]:
    if not team.name.strip():
        yield Finding("name", "team-name-missing", N_("The team has no name."))
    yield from wrong_order("valid_to", team.valid_from, team.valid_to)
    yield from future_days(today, decision_date=team.decision_date)
    yield from missing_decision(team.decision_number, team.decision_date)
    if any(other.id != team.id and other.area_id == team.area_id and _meet(team, other) for other in others):
        message = N_("The residential area has another team at that time: look again.")
        yield Finding("area_id", "second-team", message, {}, "warning")


def _meet(one: SecurityTeam, other: SecurityTeam) -> bool:
    """Whether both are there on some day."""
    first = max(one.valid_from, other.valid_from)
    return all(team.valid_to is None or first <= team.valid_to for team in (one, other))


def _line_up_remarks(team: SecurityTeam, members: list[TeamMember], today: date) -> Iterator[Finding]:
    if not team.alive_on(today):
        left_behind = sum(member.left_on is None for member in members)
        if team.valid_to is not None and team.valid_to < today and left_behind:
            message = N_("The team is over, but {count} members have no day of leaving.")
            yield Finding("valid_to", "members-of-ended-team", message, {"count": left_behind}, "warning")
        return
    serving = [member for member in members if member.serves_on(today)]
    if len(serving) < FEWEST:
        message = N_("The team has {count} members; {least} or more are usual.")
        yield Finding(
            "members", "too-few-members", message, {"count": len(serving), "least": FEWEST}, "warning"
        )
    leaders = sum(member.post == "leader" for member in serving)
    if leaders != 1:
        message = N_("A team has one leader, here there are {count}.")
        yield Finding("members", "not-one-leader", message, {"count": leaders}, "warning")


def _member_remarks(member: TeamMember, team: SecurityTeam, today: date) -> Iterator[Finding]:
    if not member.name.strip():
        yield Finding("name", "member-name-missing", N_("The member has no name."))
    yield from future_days(today, joined_on=member.joined_on, left_on=member.left_on)
    yield from wrong_order("left_on", member.joined_on, member.left_on)
    if member.joined_on < team.valid_from:
        message = N_("The team is there only from {day} on: look again.")
        yield Finding(
            "joined_on", "joined-before-team", message, {"day": written(team.valid_from)}, "warning"
        )
    if team.valid_to is not None and (member.left_on or member.joined_on) > team.valid_to:
        message = N_("The team ended on {day} already: look again.")
        yield Finding("joined_on", "after-team", message, {"day": written(team.valid_to)}, "warning")
    if not is_birth(member.birth):
        message = N_("«{birth}» is no day and no year of birth.")
        yield Finding("birth", "birth-unreadable", message, {"birth": member.birth})
    elif member.birth > today.isoformat():
        message = N_("The birth {birth} lies in the future.")
        yield Finding("birth", "birth-in-future", message, {"birth": member.birth})
    else:
        yield from _age_remarks(member, min(member.left_on or today, today))


def _age_remarks(member: TeamMember, last: date) -> Iterator[Finding]:
    """Yield a warning for whoever joined too young or is too old on the ``last`` day of service so far."""
    youngest, oldest = ages(member.birth, member.joined_on)
    if oldest < YOUNGEST:
        message = N_("The member was {age} on joining; members are {least} or older.")
        yield Finding("birth", "member-too-young", message, {"age": oldest, "least": YOUNGEST}, "warning")
    elif youngest < YOUNGEST:
        yield _unsure(YOUNGEST)
    if member.health_proof:
        return
    youngest, oldest = ages(member.birth, last)
    if youngest > OLDEST:
        message = N_("The member is {age}; above {most} a proof of health is needed.")
        yield Finding("health_proof", "member-too-old", message, {"age": youngest, "most": OLDEST}, "warning")
    elif oldest > OLDEST:
        yield _unsure(OLDEST)


def _unsure(age: int) -> Finding:
    message = N_(
        "The year of birth does not tell whether the member is {age} already: type the day of birth."
    )
    return Finding("birth", "age-unsure", message, {"age": age}, "warning")


def _training_remarks(
    training: TeamTraining, team: SecurityTeam, members: Iterable[TeamMember], today: date
) -> Iterator[Finding]:
    if not training.title.strip():
        yield Finding("title", "training-title-missing", N_("Say what the training was about."))
    yield from future_days(today, on=training.on)
    yield from negative_counts(attendees=training.attendees)
    if not team.alive_on(training.on):
        message = N_("The team is not there on {day}. Correct the day.")
        yield Finding("on", "outside-team", message, {"day": written(training.on)})
        return
    serving = sum(member.serves_on(training.on) for member in members)
    if training.attendees > serving:
        message = N_("{count} attended, but the team had {most} members on that day: look again.")
        facts = {"count": training.attendees, "most": serving}
        yield Finding("attendees", "more-than-members", message, facts, "warning")
