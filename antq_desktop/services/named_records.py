"""Finds what bears a person's name where no citizen id is kept: in the grassroots force and among the awards."""

from collections.abc import Iterable
from dataclasses import dataclass

from antq_desktop.domain.awards import Award
from antq_desktop.domain.member_ratings import MemberRating
from antq_desktop.domain.security_teams import TeamMember
from antq_desktop.domain.text import sort_key
from antq_desktop.storage.unit_of_work import Reading


@dataclass(frozen=True, slots=True)
class NamedRecords:
    """Members of name and birth with their ratings, and awards of the name alone: somebody has to look who is meant."""

    members: tuple[TeamMember, ...] = ()
    ratings: tuple[MemberRating, ...] = ()
    awards: tuple[Award, ...] = ()

    @property
    def ids(self) -> list[str]:
        return [*(m.id for m in self.members), *(r.id for r in self.ratings), *(a.id for a in self.awards)]


def named_records(work: Reading, persons: Iterable[tuple[str, str | None]]) -> NamedRecords:
    """Return what bears the name of one of ``persons`` (name, birth); two ways of placing a tone mark are one name."""
    births: dict[str, list[str | None]] = {}
    for name, birth in persons:
        if name:
            births.setdefault(sort_key(name), []).append(birth)
    if not births:
        return NamedRecords()
    members = tuple(
        member
        for member in work.all(TeamMember)
        if any(_agree(member.birth, birth) for birth in births.get(sort_key(member.name), ()))
    )
    ratings = tuple(kept for member in members for kept in work.all(MemberRating, member_id=member.id))
    awards = tuple(
        award for award in work.all(Award, recipient_kind="person") if sort_key(award.recipient) in births
    )
    return NamedRecords(members, ratings, awards)


def _agree(one: str, other: str | None) -> bool:
    """Whether two births can be the same: a year alone agrees with every day of it, an unknown one with any."""
    return not other or one.startswith(other) or other.startswith(one)
