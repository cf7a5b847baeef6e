"""Keeps catalogues that a receiving unit issued, at that unit and at each commune alike: the file and the record of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from antq_desktop.domain import criteria
from antq_desktop.domain.activities import ActivityCatalogue, parse_activities
from antq_desktop.domain.awards import AwardCatalogue, parse_awards
from antq_desktop.domain.catalogues import CatalogueHead, MalformedCatalogue
from antq_desktop.domain.commitments import CampaignCatalogue, parse_campaigns
from antq_desktop.domain.community_models import (
    ModelCatalogue,
    RatingCatalogue,
    parse_models,
    parse_ratings,
)
from antq_desktop.domain.grading import parse_grading
from antq_desktop.domain.indicators import IndicatorCatalogue, parse_indicators
from antq_desktop.domain.member_ratings import parse_team_ratings
from antq_desktop.domain.model_lifecycle import parse_lifecycle
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.outreach import parse_outreach
from antq_desktop.domain.unit_scope import parse_scope
from antq_desktop.domain.wording import N_
from antq_desktop.domain.yearly_process import parse_process
from antq_desktop.runtime import catalogue_files
from antq_desktop.runtime.catalogue_files import read_shipped
from antq_desktop.storage import attachments
from antq_desktop.storage.unit_of_work import Writing

Parse = Callable[[Mapping[str, Any], str], CatalogueHead]
_GONE = N_("an entry is missing that records, reports or targets name; it may be worded anew, not left out")


def _whole(shipped: str, parse: Parse, named: Callable[[Any], Iterable[tuple[str, ...]]]) -> Parse:
    """Return a reader of catalogues that have all that the ``shipped`` one names: records, reports and targets name it, too."""

    def whole(plain: Mapping[str, Any], sha256: str) -> CatalogueHead:
        made = parse(plain, sha256)
        there = set(named(made))
        for words in named(read_shipped(shipped, parse)):
            if words not in there:
                raise MalformedCatalogue(place=words[0], why=_GONE)
        return made

    return whole


def _keys(*tables: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """Yield each id with the place of its table: the same word may stand in two of them."""
    yield from ((key, str(place)) for place, table in enumerate(tables) for key in table)


def _indicators(catalogue: IndicatorCatalogue) -> Iterator[tuple[str, ...]]:
    yield from ((key, each.kind) for key, each in catalogue.indicators.items())


def _activities(catalogue: ActivityCatalogue) -> Iterator[tuple[str, ...]]:
    yield from _keys(catalogue.kinds, catalogue.units)
    yield from ((key, unit) for key, kind in catalogue.kinds.items() for unit in kind.units)


def _models(catalogue: ModelCatalogue) -> Iterator[tuple[str, ...]]:
    yield from _keys(
        catalogue.kinds, catalogue.fields, catalogue.blocks, catalogue.levels, catalogue.equipment
    )


def _campaigns(catalogue: CampaignCatalogue) -> Iterator[tuple[str, ...]]:
    yield from ((key, "yearly" if kind.yearly else "") for key, kind in catalogue.kinds.items())


def _scales(catalogue: RatingCatalogue) -> Iterator[tuple[str, ...]]:
    yield from ((key, rating) for key, scale in catalogue.scales.items() for rating in scale.ratings)


def _awards(catalogue: AwardCatalogue) -> Iterator[tuple[str, ...]]:
    yield from _keys(catalogue.kinds, catalogue.authorities)


#: The kinds of catalogue that can be issued, and what reads each.
PARSERS: Mapping[str, Parse] = {
    "criteria": criteria.parse,
    "scope": parse_scope,
    "process": parse_process,
    "grading": parse_grading,
    "indicators": _whole("indicators", parse_indicators, _indicators),
    "model-lifecycle": _whole("model-lifecycle", parse_lifecycle, lambda catalogue: _keys(catalogue.steps)),
    "model-kinds": _whole("model-kinds", parse_models, _models),
    "activity-kinds": _whole("activity-kinds", parse_activities, _activities),
    "commitment-campaigns": _whole("commitment-campaigns", parse_campaigns, _campaigns),
    "rating-scales": _whole("rating-scales", parse_ratings, _scales),
    "team-ratings": _whole("team-ratings", parse_team_ratings, lambda catalogue: _keys(catalogue.ratings)),
    "outreach-kinds": _whole("outreach-kinds", parse_outreach, lambda catalogue: _keys(catalogue.kinds)),
    "award-kinds": _whole("award-kinds", parse_awards, _awards),
}
_MEDIA_TYPE = "application/toml"


def read(file_name: str, content: bytes) -> tuple[str, CatalogueHead]:
    """Return the kind of the catalogue in ``content`` and what it says. Raises FaultyCatalogueFile, NoTomlFile."""
    found: list[str] = []

    def parse(plain: Mapping[str, Any], sha256: str) -> CatalogueHead:
        kind = plain.get("kind")
        if not isinstance(kind, str) or kind not in PARSERS:
            raise MalformedCatalogue(place="kind", why=N_("a catalogue of this kind cannot be issued"))
        found.append(kind)
        return PARSERS[kind](plain, sha256)

    head = catalogue_files.from_bytes(file_name, content, parse)
    return found[0], head


def keep(
    work: Writing, content: bytes, kind: str, head: CatalogueHead, *, issued_by: str, today: date
) -> IssuedCatalogue:
    """Keep a catalogue that was read from ``content``; the same one again only comes back as it is kept."""
    known = work.find(IssuedCatalogue, head.sha256)
    attachments.keep_content(work, content, f"{head.id}-{head.version}.toml", _MEDIA_TYPE)
    return known or work.save(
        IssuedCatalogue(
            id=head.sha256,
            unit_code=work.unit_code,
            catalogue_id=head.id,
            catalogue_version=head.version,
            kind=kind,
            title=head.title,
            issued_by=issued_by,
            taken_on=today,
        )
    )
