"""The last step: what was made, where it lies, and what to do first."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.scrolled import scrolling_column
from antq_desktop.ui.widgets.wizard import Step


class DoneStep(Step):
    is_last = True

    def __init__(self, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(_("Done"), "", parent)
        self.next_word = _("Begin to work")
        self._answers = answers
        self._good = StateWord()
        self._facts = QFormLayout()
        self._facts.setHorizontalSpacing(24)
        self._facts.setVerticalSpacing(8)
        self._facts.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self._next = label("", wrap=True)
        column = scrolling_column(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.setSpacing(16)
        column.addWidget(self._good)
        column.addLayout(self._facts)
        column.addWidget(label(_("What to do first"), "section"))
        column.addWidget(self._next)
        column.addStretch()

    def enter(self) -> None:
        answers = self._answers
        commune = answers.role == "commune" and answers.commune
        self._good.say(State.GOOD, _("The workspace is ready."))
        while self._facts.rowCount():
            self._facts.removeRow(0)
        for word, value in (
            (_("Unit"), f"{commune.name}, {commune.province_name}" if commune else answers.values["name"]),
            (_("Officer"), f"{answers.values.get('rank', '')} {answers.values['officer']}".strip()),
            (_("Working year"), str(answers.year)),
            (_("Data folder"), str(answers.folder)),
        ):
            self._facts.addRow(label(word, "muted"), _selectable(value))
        self._next.setText(
            _(
                "Import the list of households that the commune has as a spreadsheet, then enter the commitments."
            )
            if commune
            else _("Enrol the communes one by one on the page «Receiving», then take in their sticks there.")
        )


def _selectable(text: str) -> QLabel:
    made = label(text, "strong", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made
