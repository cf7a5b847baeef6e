"""What a periodic report is made of, read from a catalogue: sections, their figures, and the sentences written from figures.

A sentence names figures in braces: ``{activity_count}`` is the number (or the list of a count by kind), ``{activity_count.before}``
and ``{activity_count.last_year}`` what it is compared with the period before and with the same period last year, if anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from antq_desktop.domain.catalogues import CatalogueHead, Table, read_entries, read_head
from antq_desktop.domain.wording import N_

#: A figure inside a sentence, with what is said of it.
PLACE = re.compile(r"\{([a-z_]+)(?:\.(before|last_year))?\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; it is left out while the figure ``when``, where one is named, is 0 or empty."""

    text: str
    when: str = ""

    @property
    def figures(self) -> frozenset[str]:
        """The ids of the indicators that it names."""
        named = {match[1] for match in PLACE.finditer(self.text)}
        return frozenset(named | ({self.when} if self.when else set()))


@dataclass(frozen=True, slots=True)
class LayoutSection:
    """One section: the indicators in its table, in order, and its sentences."""

    id: str
    title: str
    indicators: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLayout(CatalogueHead):
    """The sections by id, in the order of the report."""

    sections: Mapping[str, LayoutSection]

    @property
    def indicators(self) -> frozenset[str]:
        """The ids of all indicators that the report shows or names."""
        return frozenset(
            {name for section in self.sections.values() for name in section.indicators}
            | {
                name
                for section in self.sections.values()
                for one in section.sentences
                for name in one.figures
            }
        )


def parse_layout(plain: Mapping[str, Any], sha256: str) -> ReportLayout:
    """Return the layout of periodic reports. Raises MalformedCatalogue."""
    table = Table(plain)
    head = read_head(table, "report-layout", sha256)

    def section(row: Table, section_id: str, name: str) -> LayoutSection:
        return LayoutSection(
            section_id,
            name,
            row.texts("indicators"),
            tuple(_sentence(sentence) for sentence in row.tables("sentences")),
        )

    sections = read_entries(table, "sections", section)
    shown = [name for each in sections.values() for name in each.indicators]
    if len(set(shown)) < len(shown):
        raise table.fault(N_("something stands there twice"), "sections")
    table.finish()
    return ReportLayout(**head, sections=sections)


def _sentence(row: Table) -> Sentence:
    text, when = row.text("text"), row.text("when", "")
    if set(PLACE.sub("", text)) & set("{}"):
        raise row.fault(N_("a figure in braces is not written as it must be"), "text")
    row.finish()
    return Sentence(text, when)
