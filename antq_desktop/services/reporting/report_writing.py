"""Writes the paragraphs of a report from its figures, by the sentences of the layout."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from antq_desktop.domain.activities import ActivityUnit
from antq_desktop.domain.indicators import Amount as Counted
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.report_content import Amount, change
from antq_desktop.domain.report_layout import PLACE, LayoutSection, Sentence
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.report_words import amount_text, count_text, quantities_text, size_text
from antq_desktop.services.reporting.reporting_periods import period_name


@dataclass(frozen=True, slots=True)
class Beside:
    """The figures of another period by their indicators, and its code; no figures where nothing is known of it."""

    code: str
    amounts: Mapping[str, Amount]


@dataclass(frozen=True, slots=True)
class Sources:
    """What sentences are written from: the figures now, what the keys of tallies are called, and what to compare with.

    ``quantities`` are the ids of tallies whose keys are ``units`` of the catalogue of activities.
    """

    amounts: Mapping[str, Counted]
    key_names: Mapping[str, Mapping[str, str]]
    quantities: frozenset[str]
    units: Mapping[str, ActivityUnit]
    before: Beside
    last_year: Beside


def paragraph(section: LayoutSection, sources: Sources) -> str:
    """Return the paragraph of a section; one sentence says so where nothing happened."""
    written = [_sentence(one, sources) for one in section.sentences if _is_said(one, sources)]
    return " ".join(written) or _("Nothing to report in this period.")


def _is_said(sentence: Sentence, sources: Sources) -> bool:
    if not sentence.when:
        return True
    amount = sources.amounts[sentence.when]
    return bool(amount.part if isinstance(amount, Ratio) else amount)


def _sentence(sentence: Sentence, sources: Sources) -> str:
    def fill(match: re.Match[str]) -> str:
        name, beside = match[1], match[2]
        if not beside:
            return _said(name, sources)
        return _compared(name, sources, sources.before if beside == "before" else sources.last_year)

    return PLACE.sub(fill, sentence.text)


def _said(name: str, sources: Sources) -> str:
    amount = sources.amounts[name]
    if isinstance(amount, int | Ratio):
        return amount_text(amount)
    if name in sources.quantities:
        return quantities_text(amount, sources.units)
    names = sources.key_names[name]
    return ", ".join(f"{_inside(names.get(key, key))} {count_text(count)}" for key, count in amount.items())


def _inside(name: str) -> str:
    """Return a name as it stands inside a sentence; capitals of a short form stay."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _compared(name: str, sources: Sources, beside: Beside) -> str:
    """Return ``, tăng 5 so với quý IV năm 2025``; nothing where there is nothing to compare with.

    Of two periods that are the same (a year before) the first one says it.
    """
    now = sources.amounts[name]
    if not isinstance(now, int | Ratio) or (
        beside is sources.last_year and beside.code == sources.before.code
    ):
        return ""
    changed = change(now, beside.amounts.get(name))
    if changed is None:
        return ""
    facts = {"size": size_text(now, changed), "period": period_name(beside.code)}
    if changed == 0:
        return _(", the same as in {period}", **facts)
    if isinstance(now, Ratio):
        up, down = (
            _(", up {size} points on {period}", **facts),
            _(", down {size} points on {period}", **facts),
        )
    else:
        up, down = _(", up {size} on {period}", **facts), _(", down {size} on {period}", **facts)
    return up if changed > 0 else down
