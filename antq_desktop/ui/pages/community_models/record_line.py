"""One record among others in the details of a model: its name, what is known of it, and what can be done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.flow import Flow

Way = tuple[str, Callable[[], object]]


class RecordLine(QWidget):
    """``role`` tints the facts: muted, or warning for what deserves a look."""

    def __init__(
        self,
        name: str,
        facts: Sequence[str],
        ways: Sequence[Way] = (),
        *,
        role: str = "muted",
        parent: QWidget | None = None,
    ) -> None:
        """``facts`` that are empty are left out; ``ways`` are words and what they do."""
        super().__init__(parent)
        self.said = " · ".join(fact for fact in facts if fact)
        self.ways = {word: button(word, do, kind="link", name=f"{word}: {name}") for word, do in ways}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(name, "strong", wrap=True))
        if self.said:
            column.addWidget(label(self.said, role, wrap=True))
        if ways:
            row = QWidget()
            flow = Flow(row, gap=16)
            for made in self.ways.values():
                flow.addWidget(made)
            column.addWidget(row)
        column.addWidget(hairline())
        self.setAccessibleName(f"{name}. {self.said}")
