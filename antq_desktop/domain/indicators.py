"""One definition for each figure, read from a catalogue, so that dashboard, target, report and assessment never disagree."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.measures import MEASURES, Measures
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.wording import N_

Amount = int | Ratio | Mapping[str, int]
#: What an indicator gives.
IndicatorKind = Literal["count", "share", "tally"]
_TERM = re.compile(r"([a-z_]+)(?:\[([a-z0-9/_-]+)\])?")

#: Figures that criteria, forms and pages ask for by name, and what each gives: every catalogue of indicators has them.
RELIED_ON: dict[str, IndicatorKind] = {
    "households_living": "count",
    "households_signed": "count",
    "share_signed": "share",
    "areas": "count",
    "areas_registered": "count",
    "areas_assessed": "count",
    "areas_met": "count",
    "areas_recognised": "count",
    "share_recognised": "share",
    "models_working": "count",
    "model_sites": "count",
    "model_groups": "count",
    "model_members": "count",
    "activity_count": "count",
    "activities": "tally",
    "quantities": "tally",
    "units": "count",
    "units_registered": "count",
    "units_recognised": "count",
    "share_units_registered": "share",
    "share_units_recognised": "share",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One measure, or one entry of a tally: written ``measure`` or ``measure[key]``."""

    measure: str
    key: str = ""

    def of(self, measures: Measures) -> int:
        """Return its whole number: the count, the entry, or all entries of a tally together."""
        value = measures[self.measure]
        if isinstance(value, int):
            return value
        return value.get(self.key, 0) if self.key else sum(value.values())


@dataclass(frozen=True, slots=True)
class Sum:
    """Whole numbers added up; one alone is a plain count."""

    terms: tuple[Term, ...]

    @property
    def reads(self) -> tuple[Term, ...]:
        """What it is worked out from."""
        return self.terms

    def of(self, measures: Measures) -> int:
        return sum(term.of(measures) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole that it was counted among, compared exactly."""

    part: Term
    whole: Term

    @property
    def reads(self) -> tuple[Term, ...]:
        return (self.part, self.whole)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the figure is told by: the rows of the part are looked for among those of the whole."""
        return (self.part,)

    def of(self, measures: Measures) -> Ratio:
        return Ratio(self.part.of(measures), self.whole.of(measures))


@dataclass(frozen=True, slots=True)
class Tally:
    """Whole numbers by kind, by unit of counting or the like; entries of different kinds are never added up here."""

    term: Term

    @property
    def terms(self) -> tuple[Term, ...]:
        return (self.term,)

    @property
    def reads(self) -> tuple[Term, ...]:
        return (self.term,)

    def of(self, measures: Measures) -> Mapping[str, int]:
        value = measures[self.term.measure]
        return {} if isinstance(value, int) else value


Formula = Sum | Share | Tally
_KINDS: dict[type[Formula], IndicatorKind] = {Sum: "count", Share: "share", Tally: "tally"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A figure with its name, unit, ground and the sentence that says how it is counted, all Vietnamese as they are shown."""

    id: str
    name: str
    unit: str
    source: str
    explanation: str
    formula: Formula

    @property
    def kind(self) -> IndicatorKind:
        return _KINDS[type(self.formula)]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorCatalogue(CatalogueHead):
    """The indicators by id, in the order in which they are listed."""

    indicators: Mapping[str, Indicator]


def parse_indicators(plain: Mapping[str, Any], sha256: str) -> IndicatorCatalogue:
    """Return the catalogue of indicators. Raises MalformedCatalogue, also where a figure of RELIED_ON is missing."""
    table = Table(plain)
    head = read_head(table, "indicators", sha256)
    indicators = read_entries(table, "indicators", _indicator)
    for key, kind in RELIED_ON.items():
        if key not in indicators or indicators[key].kind != kind:
            raise table.fault(N_("a figure that the program relies on is missing or of another kind"), key)
    table.finish()
    return IndicatorCatalogue(**head, indicators=indicators)


def evaluate(
    catalogue: IndicatorCatalogue, measures: Measures, names: Collection[str] | None = None
) -> dict[str, Amount]:
    """Return every figure by its id, in the catalogue's order, or only those that ``names`` asks for.

    ``measures`` holds every measure that these need.
    """
    return {
        key: indicator.formula.of(measures)
        for key, indicator in catalogue.indicators.items()
        if names is None or key in names
    }


def measured(catalogue: IndicatorCatalogue, names: Collection[str]) -> set[str]:
    """Return the measures that the figures ``names`` are worked out from."""
    formulas = [catalogue.indicators[name].formula for name in names]
    return {term.measure for formula in formulas for term in formula.reads}


def counting(term: Term, catalogue: IndicatorCatalogue) -> str:
    """Return the indicator that counts ``term`` and nothing else; empty where there is none."""
    return next((one.id for one in catalogue.indicators.values() if one.formula == Sum((term,))), "")


def count_of(amounts: Mapping[str, Amount], indicator_id: str) -> int:
    """Return a figure that is a count."""
    value = amounts[indicator_id]
    if not isinstance(value, int):
        raise TypeError(indicator_id)
    return value


def tally_of(amounts: Mapping[str, Amount], indicator_id: str) -> Mapping[str, int]:
    """Return a figure that is a tally."""
    value = amounts[indicator_id]
    if isinstance(value, int | Ratio):
        raise TypeError(indicator_id)
    return value


def _indicator(row: Table, indicator_id: str, name: str) -> Indicator:
    return Indicator(
        id=indicator_id,
        name=name,
        unit=row.text("unit"),
        source=row.text("source"),
        explanation=row.text("explanation"),
        formula=_formula(row),
    )


def _formula(row: Table) -> Formula:
    keys = [key for key in ("measure", "sum", "share", "tally") if row.has(key)]
    if len(keys) != 1:
        raise row.fault(N_("exactly one of measure, sum, share and tally is expected"))
    match keys[0]:
        case "measure":
            return Sum((_count(row, "measure", row.text("measure")),))
        case "sum":
            return _sum(row)
        case "share":
            return _share(row.table("share"))
        case _:
            return _tally(row)


def _sum(row: Table) -> Sum:
    terms = tuple(_term(row, "sum", text) for text in row.texts("sum"))
    if not terms:
        raise row.fault(N_("a list of texts is expected"), "sum")
    return Sum(terms)


def _share(row: Table) -> Share:
    part, whole = (_count(row, key, row.text(key)) for key in ("part", "whole"))
    if part.key or whole.key or MEASURES[part.measure].part_of != whole.measure:
        raise row.fault(N_("this is no part of that whole"), "part")
    row.finish()
    return Share(part, whole)


def _tally(row: Table) -> Tally:
    term = _term(row, "tally", row.text("tally"))
    if term.key or MEASURES[term.measure].shape != "tally":
        raise row.fault(N_("this is no count by kind"), "tally")
    return Tally(term)


def _count(row: Table, key: str, text: str) -> Term:
    term = _term(row, key, text)
    if MEASURES[term.measure].shape == "tally" and not term.key:
        raise row.fault(N_("this is a count by kind: name one of its kinds, or add them up with sum"), key)
    return term


def _term(row: Table, key: str, text: str) -> Term:
    match = _TERM.fullmatch(text)
    if match is None or match[1] not in MEASURES or (match[2] and MEASURES[match[1]].shape == "count"):
        raise row.fault(N_("nothing of this name is counted"), key)
    return Term(match[1], match[2] or "")
