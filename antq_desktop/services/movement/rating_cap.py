"""Says in a report when more members are rated at the top than the yearly guideline allows, and how sure that rule is."""

from collections.abc import Mapping

from antq_desktop.domain.member_ratings import TeamRatingCatalogue, TopShare, top_share
from antq_desktop.runtime.language import _

#: The indicator, and the measure of the same name, that tells how many members have each rating.
RATED = "members_by_rating"


def share_at_top(amounts: Mapping[str, object], catalogue: TeamRatingCatalogue) -> TopShare:
    """Return the share at the top among the members that the figures of a period count."""
    tally = amounts.get(RATED)
    counted = tally if isinstance(tally, Mapping) else {}
    return top_share((rating for rating, count in counted.items() for _one in range(count)), catalogue)


def over_the_cap(amounts: Mapping[str, object], catalogue: TeamRatingCatalogue) -> str:
    """Return the sentence for the report, nothing while the cap is kept."""
    share = share_at_top(amounts, catalogue)
    if share.kept:
        return ""
    return _(
        "At «{level}» stand {top} members, more than {percent} % of the {base} rated «{good}» (at most {most}). "
        "The rule was read on public pages of guideline 01/HD-BCA-V05 (2026), not in its original text.",
        level=catalogue.ratings[catalogue.top].name,
        top=share.top,
        percent=share.percent,
        base=share.base,
        good=", ".join(catalogue.ratings[rating].name for rating in catalogue.of),
        most=share.most,
    )
