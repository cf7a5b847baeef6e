"""Adds the counts of communes up, so that shares of the whole are worked out from sums and never averaged."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from antq_desktop.domain.indicators import Amount, Indicator, IndicatorCatalogue, Share, counting
from antq_desktop.domain.measures import NOTHING, Measures
from antq_desktop.domain.ratios import Ratio


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of figures: an indicator, or one kind of an indicator that counts by kind.

    Of a share, ``part`` and ``whole`` are the ids of the lines that count them, where there are such.
    """

    indicator: str
    key: str
    name: str
    unit: str
    explanation: str
    part: str = ""
    whole: str = ""

    @property
    def id(self) -> str:
        return f"{self.indicator}/{self.key}" if self.key else self.indicator

    def of(self, amounts: Mapping[str, Amount]) -> int | Ratio:
        """Return its number among the figures of a commune or of the whole."""
        amount = amounts[self.indicator]
        return amount if isinstance(amount, int | Ratio) else amount.get(self.key, 0)


def summed(parts: Iterable[Measures]) -> Measures:
    """Return what several units counted together: counts added up, tallies kind by kind."""
    counts: Counter[str] = Counter()
    tallies: dict[str, Counter[str]] = {}
    for measures in parts:
        for name, value in measures.items():
            if isinstance(value, int):
                counts[name] += value
            else:
                tallies.setdefault(name, Counter()).update(value)
    return {
        name: counts[name] if isinstance(nothing, int) else dict(sorted(tallies.get(name, {}).items()))
        for name, nothing in NOTHING.items()
    }


def lines_of(
    catalogue: IndicatorCatalogue, total: Mapping[str, Amount], key_names: Mapping[str, Mapping[str, str]]
) -> tuple[Line, ...]:
    """Return the lines in the catalogue's order; of what is counted by kind one for each kind that ``total`` has.

    ``key_names`` are what the kinds are called, by the id of the indicator; one without a name is shown as it is.
    """
    return tuple(
        line
        for indicator in catalogue.indicators.values()
        for line in _lines(indicator, total[indicator.id], key_names.get(indicator.id, {}), catalogue)
    )


def _lines(
    indicator: Indicator, amount: Amount, names: Mapping[str, str], catalogue: IndicatorCatalogue
) -> Iterator[Line]:
    if isinstance(amount, int | Ratio):
        share = indicator.formula if isinstance(indicator.formula, Share) else None
        yield Line(
            indicator.id,
            "",
            indicator.name,
            indicator.unit,
            indicator.explanation,
            counting(share.part, catalogue) if share else "",
            counting(share.whole, catalogue) if share else "",
        )
        return
    for key in amount:
        name = f"{indicator.name}: {names.get(key, key)}"
        yield Line(indicator.id, key, name, indicator.unit, indicator.explanation)
