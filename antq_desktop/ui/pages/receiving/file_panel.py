"""What became of one file, in full: the verdict, why, what to do next, and whether its answer lies beside it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.receiving import file_rows
from antq_desktop.ui.pages.receiving.deeds import FileRow
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label


class FilePanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict = VerdictLine()
        self._why = label("", wrap=True)
        self._next = label("", "strong", wrap=True)
        self._answer = VerdictLine()
        self._facts = Facts()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._verdict)
        column.addWidget(self._why)
        column.addWidget(label(_("What to do next"), "section"))
        column.addWidget(self._next)
        column.addWidget(self._answer)
        column.addWidget(self._facts)
        column.addStretch()

    def show_row(self, row: FileRow) -> None:
        self._verdict.say(row.state, file_rows.word(row))
        self._why.setText(row.sentence)
        self._next.setText(row.next_step)
        if row.answer_fault:
            self._answer.say(State.BAD, _("No acknowledgement was written: {why}", why=row.answer_fault))
        elif row.answer:
            self._answer.say(State.GOOD, _("The acknowledgement is «{file}».", file=row.answer))
        else:
            self._answer.say(State.NONE, "")
        self._facts.show_facts(
            [
                (_("File"), row.file),
                (_("Folder"), str(row.folder)),
                (_("Code of the unit"), row.unit_code or _("unknown")),
            ]
        )

    def texts(self) -> list[str]:
        return [self._verdict.text(), self._why.text(), self._next.text(), self._answer.text()]
