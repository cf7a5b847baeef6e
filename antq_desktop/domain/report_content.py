"""What a periodic report says, as plain frozen data: kept with the record when it is signed off, and never worked out anew.

Names, results and states stand here in words, so that a signed report reads the same when catalogues or settings change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from antq_desktop.domain.ratios import Ratio

#: One number of a report.
Amount = int | Ratio
#: Where the figures of another period come from: its signed report, the records as they are now, or nowhere.
Source = Literal["signed", "counted", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who reports to whom, and who signs, as the settings had it."""

    parent: str
    agency: str
    agency_in_text: str
    place: str
    addressee: str
    signer_post: str
    signer: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Another period that the figures stand beside; ``code`` is empty where there is no such period."""

    code: str
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One indicator; ``before`` and ``last_year`` are None where nothing is known of that period.

    Of a share, ``part`` and ``whole`` are the ids of the indicators that count them, where there are such.
    """

    indicator: str
    name: str
    unit: str
    now: Amount
    before: Amount | None
    last_year: Amount | None
    part: str = ""
    whole: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the report: its figures, the paragraph written from them, and what the officer typed in its place."""

    id: str
    title: str
    generated: str
    typed: str
    figures: tuple[Figure, ...]

    @property
    def wording(self) -> str:
        return self.typed or self.generated


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFigures:
    """One residential area, or the models of the whole commune, which have no households: those are None."""

    name: str
    households: int | None
    people: int | None
    signed: int | None
    absent: int | None
    refused: int | None
    models: int
    activities: int
    result: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFigures:
    """One model; sites, groups and members are None for one that is not at work."""

    name: str
    sites: int | None
    groups: int | None
    members: int | None
    activities: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFigures:
    """The activities of one kind; ``quantities`` are sums by the name of their unit."""

    name: str
    activities: int
    quantities: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """One unit that is assessed, with its result and the decision that recognises it in words."""

    name: str
    result: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """Everything that a report says beside what was typed for it.

    ``catalogue_*`` name the catalogue of indicators, ``layout_version`` the one of sections and sentences.
    """

    sender: Sender
    catalogue_version: str
    catalogue_sha256: str
    layout_version: str
    before: Compared
    last_year: Compared
    replaces: date | None
    sections: tuple[Section, ...]
    areas: tuple[AreaFigures, ...]
    models: tuple[ModelFigures, ...]
    kinds: tuple[KindFigures, ...]
    units: tuple[UnitResult, ...]

    @property
    def figures(self) -> dict[str, Figure]:
        """Every figure by the id of its indicator."""
        return {figure.indicator: figure for section in self.sections for figure in section.figures}


def change(now: Amount, other: Amount | None) -> int | None:
    """Return by how much ``now`` is more than ``other``: things, or hundredths of a per cent as they are printed (cut).

    None where there is nothing to compare with, or one of both is nothing of nothing.
    """
    mine, theirs = _plain(now), None if other is None else _plain(other)
    return (
        None
        if mine is None or theirs is None or isinstance(now, Ratio) != isinstance(other, Ratio)
        else mine - theirs
    )


def _plain(amount: Amount) -> int | None:
    if isinstance(amount, int):
        return amount
    return amount.part * 10_000 // amount.whole if amount.whole else None
