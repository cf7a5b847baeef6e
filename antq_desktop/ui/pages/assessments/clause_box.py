"""One clause of the criteria as a part of the form: its heading with how it stands, its groups set in, its items."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.assessment import Reason
from antq_desktop.domain.criteria import Catalogue, Clause, Item
from antq_desktop.domain.rule_trees import AllOf, NoneOf, Verdict
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.assessments.arrangement import Joined, Part, arranged, standing
from antq_desktop.ui.pages.assessments.item_row import ItemRow
from antq_desktop.ui.pages.criteria.rule_words import tree_words
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import button, hairline, label

_INDENT = 24
NoneHappened = Callable[[Sequence[str]], object]


class GroupBox(QWidget):
    """Items that a rule joins, set in under what the rule says; a group of what must not happen can be answered at once."""

    def __init__(self, joined: Joined, none_happened: NoneHappened, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.joined = joined
        self._word = StateWord()
        self._none = button(
            _("Nothing happened: put 0 where nothing stands"),
            lambda: none_happened([item.id for item in joined.items]),
            icon="tick",
            kind="link",
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(joined.group.title, "strong", wrap=True), 1)
        head.addWidget(self._word)
        words = tree_words(joined.group.holds)
        if joined.elsewhere:
            words += " " + _("Counted with it: {parts}.", parts="; ".join(joined.elsewhere))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(_INDENT, 12, 0, 8)
        self.column.setSpacing(0)
        self.column.addLayout(head)
        self.column.addSpacing(4)
        self.column.addWidget(label(words, "hint", wrap=True))
        links = QHBoxLayout()
        links.addWidget(self._none)
        links.addStretch()
        self.column.addLayout(links)
        self.column.addSpacing(4)
        self._can_say_none = isinstance(joined.group.holds, NoneOf) and all(
            item.answer == "count" for item in joined.items
        )

    def show_standing(self, state: State, word: str, *, has_open: bool) -> None:
        """``has_open``: an answer of the group is still missing and can be given."""
        self._word.say(state, word)
        self._none.setVisible(self._can_say_none and has_open)

    def word(self) -> str:
        return self._word.accessibleName()

    def say_none(self) -> None:
        """Press the button that answers all that is left with 0."""
        self._none.click()


class ClauseBox(QWidget):
    """``rows`` are its items by id, in the order in which they stand."""

    def __init__(
        self,
        catalogue: Catalogue,
        clause: Clause,
        made: Callable[[Item, Clause], ItemRow],
        none_happened: NoneHappened,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.clause = clause
        self.rows: dict[str, ItemRow] = {}
        self.groups: dict[str, GroupBox] = {}
        self._made = made
        self._none_happened = none_happened
        self._word = StateWord()
        head = QHBoxLayout()
        head.setContentsMargins(0, 20, 0, 8)
        head.setSpacing(12)
        head.addWidget(label(f"{clause.legal_basis}. {clause.title}", "section", wrap=True), 1)
        head.addWidget(self._word)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        told = [_("Set by the province.")] if clause.origin == "province" else []
        if not isinstance(clause.holds, AllOf):
            told.append(tree_words(clause.holds))
        if told:
            column.addWidget(label(" ".join(told), "hint", wrap=True))
        self._add(column, arranged(catalogue, clause))

    def show_standing(
        self, verdicts: Mapping[str, Verdict], reasons: Mapping[str, Reason], *, read_only: bool
    ) -> None:
        """Show how the clause and its groups stand."""
        self._word.say(*standing(verdicts[self.clause.id], reasons, self.clause.items))
        for group_id, box in self.groups.items():
            items = box.joined.items
            has_open = any(reasons[item.id].verdict == "unanswered" for item in items)
            box.show_standing(
                *standing(verdicts[group_id], reasons, items), has_open=has_open and not read_only
            )

    def word(self) -> str:
        """Return what is said about how the clause stands."""
        return self._word.accessibleName()

    def _add(self, column: QVBoxLayout, parts: Iterable[Part]) -> None:
        for part in parts:
            column.addWidget(hairline())
            if isinstance(part, Joined):
                box = GroupBox(part, self._none_happened)
                self.groups[part.group.id] = box
                self._add(box.column, part.parts)
                column.addWidget(box)
            else:
                row = self._made(part, self.clause)
                self.rows[part.id] = row
                column.addWidget(row)
