"""The section that lists which items of law were not compared with the official text yet."""

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from antq_desktop.domain.criteria import Catalogue, Item
from antq_desktop.runtime.language import _
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import hairline, label

NOT_COMPARED = "chưa đối chiếu văn bản gốc"


class LawSection(QWidget):
    """Law is never invented: what was only seen in the press, or not at all, says so."""

    def __init__(self, catalogue: Catalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.items = [item for item in catalogue.items if not item.compared]
        titles = {clause.id: clause.title for clause in catalogue.clauses}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Law not compared with its text yet"), "section"))
        column.addWidget(
            label(
                _(
                    "{missing} of {all} items of «{title}». Compare them with the official text before you rely on them.",
                    missing=len(self.items),
                    all=len(catalogue.items),
                    title=catalogue.title,
                ),
                "muted",
                wrap=True,
            )
        )
        for item in self.items:
            column.addWidget(hairline())
            column.addWidget(self._line(item, titles[item.clause]))
        column.addStretch()

    @staticmethod
    def _line(item: Item, clause: str) -> QWidget:
        line = QFrame()
        inner = QVBoxLayout(line)
        inner.setContentsMargins(0, 4, 0, 4)
        inner.setSpacing(4)
        inner.addWidget(label(item.legal_basis, "strong", wrap=True))
        inner.addWidget(label(item.wording or clause, wrap=True))
        state = StateWord()
        state.say(State.LOOK, NOT_COMPARED)
        inner.addWidget(state)
        return line
