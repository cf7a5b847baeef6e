"""How members of the teams are rated each year: who can be, by which scale, and how many may stand at the top.

The yearly guideline (Hướng dẫn 01/HD-BCA-V05 of 2026) sets the period, the months of service and the share at the top; all of it is
data of the catalogue ``team-ratings``, so that the next guideline needs no new program.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from antq_desktop.domain.catalogues import CatalogueHead, Entry, Table, plain_entry, read_entries, read_head
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.findings import Finding
from antq_desktop.domain.periods import Period
from antq_desktop.domain.record_checks import written
from antq_desktop.domain.security_teams import TeamMember
from antq_desktop.domain.wording import N_

_MOST_MONTHS = 12
_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRating:
    """How one member was rated for one year; ``rating`` is an id of the catalogue. One record a member and year.

    ``rated_on`` is the day of the decision, None where nobody wrote it.
    """

    id: str
    unit_code: str
    member_id: str
    year: int
    rating: str
    rated_on: date | None = None
    version: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRatingCatalogue(CatalogueHead):
    """The levels, best first; a period from ``begins`` (month, day) of the year before to the day before it in the year.

    Those rated ``top`` may be at most ``percent`` of a hundred of those whose rating is one of ``of``.
    """

    ratings: Mapping[str, Entry]
    begins: tuple[int, int]
    least_months: int
    top: str
    of: tuple[str, ...]
    percent: int

    def period(self, year: int) -> Period:
        """Return the days that the rating of ``year`` looks at."""
        return Period(date(year - 1, *self.begins), date(year, *self.begins) - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class TopShare:
    """How many stand at the top, and of how many they may be ``percent`` at most; compared as whole numbers."""

    top: int
    base: int
    percent: int

    @property
    def most(self) -> int:
        """The most that may stand at the top."""
        return self.base * self.percent // _WHOLE

    @property
    def kept(self) -> bool:
        return self.top * _WHOLE <= self.base * self.percent


class TooShortToRate(BadInput):
    code = "too-short-to-rate"
    sentence = N_(
        "«{name}» cannot be rated for {year}: {least} months of service are needed between {first} and {last}. "
        "Check the days of joining and leaving."
    )


def parse_team_ratings(plain: Mapping[str, Any], sha256: str) -> TeamRatingCatalogue:
    """Return the catalogue of member ratings. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "team-ratings", sha256)
    ratings = read_entries(table, "ratings", plain_entry)
    cap = table.table("cap")
    of = cap.texts("of")
    if not of or not set(of) <= ratings.keys():
        raise cap.fault(N_("this word is not known here"), "of")
    catalogue = TeamRatingCatalogue(
        **head,
        ratings=ratings,
        begins=_begins(table),
        least_months=table.count("least_months", _MOST_MONTHS),
        top=cap.choice("rating", tuple(ratings)),
        of=of,
        percent=cap.count("at_most_percent", _WHOLE),
    )
    cap.finish()
    table.finish()
    return catalogue


def demand_served(member: TeamMember, year: int, catalogue: TeamRatingCatalogue, today: date) -> None:
    """See that a member served long enough, by ``today``, to be rated for ``year``. Raises TooShortToRate."""
    period = catalogue.period(year)
    first = max(member.joined_on, period.first)
    last = min(member.left_on or today, period.last, today)
    if months_later(first, catalogue.least_months) > last + timedelta(days=1):
        raise TooShortToRate(
            name=member.name,
            year=year,
            least=catalogue.least_months,
            first=written(period.first),
            last=written(period.last),
        )


def months_later(day: date, months: int) -> date:
    """Return the same day ``months`` later, the last day of that month where it is shorter."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def top_share(ratings: Iterable[str], catalogue: TeamRatingCatalogue) -> TopShare:
    """Return how the ratings of one year keep to the cap on the top level."""
    given = list(ratings)
    return TopShare(
        given.count(catalogue.top), sum(rating in catalogue.of for rating in given), catalogue.percent
    )


def check_top(share: TopShare) -> tuple[Finding, ...]:
    """Return a warning when more stand at the top than may."""
    if share.kept:
        return ()
    message = N_("{top} are rated at the top; of {base} rated good at most {most} may be ({percent} %).")
    facts = {"top": share.top, "base": share.base, "most": share.most, "percent": share.percent}
    return (Finding("rating", "too-many-at-top", message, facts, "warning"),)


def _begins(table: Table) -> tuple[int, int]:
    begins = table.month_day("begins")
    if begins == (2, 29):
        raise table.fault(N_("a month and day like 03-31 is expected"), "begins")
    return begins
