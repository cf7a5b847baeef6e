"""One criterion beside the list: our wording and rule, and the official text, typed in once from the paper."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.criteria import Item
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.assessments.ways import is_on_board
from antq_desktop.ui.pages.criteria import item_rows
from antq_desktop.ui.pages.criteria.reading import ItemLine
from antq_desktop.ui.pages.criteria.rule_words import rule_words
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.in_sight import bring_into_sight


class ItemPanel(QWidget):
    """``finished`` on Enter in the last field; ``back_asked`` carries the reason why a text is taken back."""

    finished = Signal()
    back_asked = Signal(str)

    def __init__(self, desk: Desk, *, writes: bool, parent: QWidget | None = None) -> None:
        """Without ``writes`` official texts are only shown: an upper level writes them into the catalogue it issues."""
        super().__init__(parent)
        self.line: ItemLine | None = None
        self._wording = label("", "strong", wrap=True)
        self._status = VerdictLine()
        self._facts = Facts()
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._typed_by = label("", "hint", wrap=True)
        self.form = Form(
            [
                Field("text", _("Official text"), kind="lines", required=True),
                Field(
                    "source",
                    _("Source of the text"),
                    required=True,
                    hint=_("Number, day and page of the paper"),
                ),
            ],
            desk,
        )
        self.form.finished.connect(self.finished)
        self.reason = Form([Field("reason", _("Why it is taken back"), required=True)], desk)
        self.reason.finished.connect(self.take_back)
        self._back = QWidget()
        back = QVBoxLayout(self._back)
        back.setContentsMargins(0, 0, 0, 0)
        back.setSpacing(8)
        back.addWidget(hairline())
        back.addWidget(self.reason)
        back.addWidget(
            button(_("Take the official text back"), self.take_back, icon="undo"),
            0,
            Qt.AlignmentFlag.AlignLeft,
        )
        self._writes = writes
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self._wording, self._status, self._facts, hairline()):
            column.addWidget(part)
        if not writes:
            column.addWidget(label(_("Official text"), "section"))
        column.addWidget(self._text)
        column.addWidget(self._typed_by)
        if writes:
            column.addWidget(
                label(
                    _(
                        "Type it in once, word for word. It stands beside our wording and never changes the rule."
                    ),
                    "muted",
                    wrap=True,
                )
            )
        column.addWidget(self.form)
        column.addWidget(self._back)
        column.addStretch()
        self.form.setVisible(writes)
        self._back.hide()

    def show_line(self, line: ItemLine) -> None:
        """Show a criterion; what was typed for it before and not saved comes back."""
        self.line = line
        official = line.row.official
        self._wording.setText(line.row.wording)
        self._status.say(item_rows.state(line), item_rows.word(line))
        self._facts.show_facts(_facts(line))
        self._text.setText(_said(line) if not self._writes else "")
        self._text.setVisible(bool(self._text.text()))
        self._typed_by.setVisible(official is not None)
        self._back.setVisible(self._writes and official is not None)
        if official is not None:
            self._typed_by.setText(
                _(
                    "Typed in by {who} on {day} from {source}",
                    who=official.typed_by,
                    day=written.day(official.typed_on),
                    source=official.source,
                )
            )
        shown = {"text": official.text, "source": official.source} if official is not None else {}
        # A list that was read anew must not take away what is being typed just now.
        if not (self.form.edited and self.form.key == f"official/{line.id}"):
            self.form.show_record(f"official/{line.id}", shown)
        self.reason.show_record(f"official-back/{line.id}", {})

    def values(self) -> dict[str, Any]:
        return self.form.values()

    def check(self) -> bool:
        """Say what is missing and bring the first such field into sight; False when the text may not be saved."""
        wrong = [box for box in self.form.boxes.values() if not box.look_again()]
        if not self.form.check():
            bring_into_sight(wrong[0])
        return not wrong

    def take_back(self) -> None:
        if self.reason.check():
            self.back_asked.emit(str(self.reason.values()["reason"]))

    def status(self) -> str:
        return self._status.text()

    def typed_by(self) -> str:
        return "" if self._typed_by.isHidden() else self._typed_by.text()


def _said(line: ItemLine) -> str:
    if line.row.official is not None:
        return line.row.official.text
    return _("The official text of this criterion goes to the communes within a catalogue that is issued.")


def _facts(line: ItemLine) -> list[tuple[str, str]]:
    row, item = line.row, line.item
    facts = [
        (_("Clause"), line.clause_title),
        (_("Holds when"), rule_words(item.rule)),
        *((_("In the group"), words) for words in line.joined),
        (_("Evidence"), item.evidence),
        (_("Filled in from"), _filled_from(item)),
        (_("Note"), row.note),
        (
            _("Catalogue of criteria"),
            _("{title}, version {version}", title=row.catalogue_title, version=row.version),
        ),
    ]
    if row.origin == item_rows.PROVINCE:
        facts.append((_("Set by"), _("the province, beside the circular")))
    return [(word, value) for word, value in facts if value]


def _filled_from(item: Item) -> str:
    if item.filled_by is None:
        return ""
    if item.counted:
        return _("the occurrences recorded on the board of the year")
    return _("the steps on the board of the year") if is_on_board(item) else _("the data of this workspace")
