"""One catalogue beside the list: where it comes from, how sure it is as figures, and what of it nobody has seen."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.grading import GradingCatalogue
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.criteria import catalogue_rows, item_rows
from antq_desktop.ui.pages.criteria.reading import CatalogueLine, kind_word, unseen
from antq_desktop.ui.pages.criteria.rule_words import STATUS_NAMES, status_state, status_word
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.flow import Flow

ShowItems = Callable[[str, str], object]


class CatalogueCard(QWidget):
    """Made anew for each catalogue; ``show_items`` takes its id and what its criteria are narrowed to."""

    def __init__(self, line: CatalogueLine, show_items: ShowItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        facts = Facts()
        facts.show_facts(_facts(line))
        self._column.addWidget(facts)
        self._column.addWidget(hairline())
        self._column.addWidget(label(_("How sure it is"), "section"))
        self._add_figures(line, show_items)
        if isinstance(line.catalogue, GradingCatalogue):
            self._add_grading(line.catalogue)
        told = unseen(line.catalogue)
        if told:
            self._column.addWidget(hairline())
            self._column.addWidget(label(_("Not seen in the official text"), "section"))
        for name, basis, status in told:
            sign = VerdictLine()
            sign.say(State.LOOK, f"{name} · {status_word(status)}")
            self._column.addWidget(sign)
            self._column.addWidget(label(basis, "hint", wrap=True))

    def _add_figures(self, line: CatalogueLine, show_items: ShowItems) -> None:
        """Show each status as a figure; of criteria each leads to its rows."""
        for status in STATUS_NAMES:
            count = line.counts[status]
            word = _("{status}: {count}", status=status_word(status), count=written.number(count))
            if count and line.kind == "criteria":
                self._link(word, partial(show_items, line.id, status))
            else:
                sign = VerdictLine()
                sign.say(status_state(status) if count else State.NONE, word)
                self._column.addWidget(sign)
        if line.typed:
            word = _("Official texts typed in: {count}", count=written.number(line.typed))
            self._link(word, partial(show_items, line.id, item_rows.TYPED))

    def _link(self, word: str, do: Callable[[], object]) -> None:
        place = QWidget()
        Flow(place).addWidget(button(word, do, icon="forward", kind="link"))
        self._column.addWidget(place)

    def _add_grading(self, catalogue: GradingCatalogue) -> None:
        self._column.addWidget(hairline())
        self._column.addWidget(label(_("Points"), "section"))
        if not catalogue.complete:
            sign = VerdictLine()
            sign.say(State.LOOK, _("Nothing is graded until every point is known."))
            self._column.addWidget(sign)
        said = [
            (_("In all"), written.number(catalogue.total)),
            *((group.name, _points(group.most)) for group in catalogue.groups.values()),
            *((band.name, _from_points(band.at_least)) for band in catalogue.bands),
        ]
        for name, points in said:
            self._column.addWidget(label(f"{name}: {points}", wrap=True))


class CataloguePanel(QWidget):
    """Holds the card of the catalogue that is chosen."""

    def __init__(self, show_items: ShowItems, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_items = show_items
        self.card: CatalogueCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch()

    def show_line(self, line: CatalogueLine) -> None:
        if self.card is not None:
            self.card.hide()
            self._column.removeWidget(self.card)
            self.card.deleteLater()
        self.card = CatalogueCard(line, self._show_items)
        self._column.insertWidget(0, self.card)


def _facts(line: CatalogueLine) -> list[tuple[str, str]]:
    head = line.head
    facts = [
        (_("What it says"), kind_word(line.kind)),
        (_("Version"), head.version),
        (_("Time in force"), catalogue_rows.in_force(line)),
        (_("From"), catalogue_rows.origin(line)),
        (_("Taken in on"), written.day(line.issued.taken_on) if line.issued is not None else ""),
        (_("Source"), head.source),
        (_("Note"), head.note),
        (_("Check number of the file"), " ".join(head.sha256[at : at + 8] for at in range(0, 64, 8))),
    ]
    return [(word, value) for word, value in facts if value]


def _points(most: int | None) -> str:
    return _("no points known") if most is None else _("at most {count}", count=most)


def _from_points(at_least: int | None) -> str:
    return _("no points known") if at_least is None else _("from {count} points", count=at_least)
