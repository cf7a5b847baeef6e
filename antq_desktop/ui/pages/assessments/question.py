"""What one item of the criteria asks: our wording, how sure it is, and the official text once someone has typed it in."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.criteria import Item
from antq_desktop.domain.official_texts import OfficialWording
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label


class Question(QWidget):
    """The left side of an item."""

    def __init__(
        self, item: Item, clause_basis: str, to_text: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        """``clause_basis`` stands over the item already and is not said again; ``to_text`` opens where the text is typed in."""
        super().__init__(parent)
        self._compared = item.compared
        self._mark = VerdictLine(self)
        self._type_in = button(_("Type the official text in"), lambda: to_text(item.id), kind="link")
        self._type_in.setAccessibleName(_("Type in the official text of «{item}»", item=item.wording))
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._typed_by = label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(item.wording, wrap=True))
        column.addWidget(self._mark)
        column.addWidget(self._type_in, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._text)
        column.addWidget(self._typed_by)
        if item.note:
            column.addWidget(label(item.note, "hint", wrap=True))
        if item.legal_basis != clause_basis:
            column.addWidget(label(item.legal_basis, "hint", wrap=True))
        column.addStretch()
        self.show_official(None)

    def show_official(self, official: OfficialWording | None) -> None:
        """Show the official text under our wording, with who typed it in when; None: nobody has."""
        is_open = official is None and not self._compared
        self._mark.say(State.LOOK, _("Not compared with the official text") if is_open else "")
        self._type_in.setVisible(is_open)
        self._text.setVisible(official is not None)
        self._typed_by.setVisible(official is not None)
        if official is not None:
            self._text.setText(_("Official text: {text}", text=official.text))
            self._typed_by.setText(
                _(
                    "Typed in by {who} on {day} from {source}",
                    who=official.typed_by,
                    day=written.day(official.typed_on),
                    source=official.source,
                )
            )

    def official(self) -> str:
        """Return the official text as it is shown, or nothing."""
        return "" if self._text.isHidden() else self._text.text()
