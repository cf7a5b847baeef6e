"""One field of a form: its label above, its input, and the sentence under it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui.widgets.buttons import label, restyle
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.date_edit import DateEdit
from antq_desktop.ui.widgets.number_field import NumberField
from antq_desktop.ui.widgets.text_field import TextField, TextLines

_NUMBERS = ("number", "year")


def nothing_to_say(_text: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Field:
    """``kind`` is text, date, number, year, choice, lines or check. ``check`` and ``warn`` return a sentence or nothing.

    A number has points between its thousands, a year has none. A warning never keeps a record from being saved. ``pair``
    shares the line with the field that follows.
    """

    name: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: Sequence[tuple[object, str]] = ()
    hint: str = ""
    check: Callable[[str], str] = nothing_to_say
    warn: Callable[[str], str] = nothing_to_say
    width: int = 0
    pair: bool = False
    read_only: bool = False


class FieldBox(QWidget):
    """``edited`` on every change by a person, ``entered`` on Enter; checked when it is left."""

    edited = Signal()
    entered = Signal()

    def __init__(self, field: Field, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.input = self._made(field, year)
        self._under = label("", "hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if field.kind != "check":
            column.addLayout(self._head(field))
        column.addWidget(self.input)
        column.addWidget(self._under)
        if field.width:
            self.input.setMaximumWidth(field.width)
        self._say("hint", field.hint)

    def value(self) -> object:
        """Return what the program works with: text, day, whole number, the choice's value, or a truth."""
        match self.input:
            case DateEdit():
                return self.input.date()
            case Choice():
                return self.input.value()
            case QCheckBox():
                return self.input.isChecked()
        text = self.typed()
        return written.read_number(text) if self.field.kind in _NUMBERS else text

    def set_value(self, value: object) -> None:
        match self.input:
            case DateEdit():
                self.input.set_date(value if isinstance(value, date) else None)
            case Choice():
                self.input.set_value(value)
            case QCheckBox():
                self.input.setChecked(bool(value))
            case TextLines():
                self.input.setPlainText("" if value is None else str(value))
            case NumberField() if isinstance(value, int):
                self.input.show_number(value)
            case _:
                self.input.setText("" if value is None else str(value))
        self._say("hint", self.field.hint)

    def typed(self) -> str:
        """Return the raw text, cleaned; for choices and ticks their value as text."""
        match self.input:
            case TextField() | TextLines():
                return self.input.written()
            case QCheckBox():
                return "1" if self.input.isChecked() else ""
        return "" if self.input.value() is None else str(self.input.value())

    def set_typed(self, text: str) -> None:
        """Put back what ``typed`` gave, readable or not."""
        match self.input:
            case Choice():
                found = [
                    value
                    for value, _word in self.field.choices
                    if ("" if value is None else str(value)) == text
                ]
                self.input.set_value(found[0] if found else None)
            case QCheckBox():
                self.input.setChecked(text == "1")
            case TextLines():
                self.input.setPlainText(text)
            case _:
                self.input.setText(text)

    def fault(self) -> str:
        """Return the sentence that keeps the record from being saved, or nothing."""
        typed = self.typed()
        if self.field.required and not typed:
            return _("«{label}» is needed here. Fill it in.", label=self.field.label)
        if isinstance(self.input, DateEdit) and self.input.fault():
            return self.input.fault()
        if self.field.kind in _NUMBERS and written.below_zero(typed):
            return _("A count cannot be below 0, but here it is {count}.", count=typed)
        if self.field.kind in _NUMBERS and typed and written.read_number(typed) is None:
            return _("«{typed}» is not a whole number. Type figures only.", typed=typed)
        return self.field.check(typed) if typed else ""

    def look_again(self) -> bool:
        """Say what is wrong or doubtful under the field; return whether it may be saved."""
        fault = self.fault()
        warning = "" if fault else self.field.warn(self.typed())
        if fault:
            self._say("fault", fault)
        elif warning:
            self._say("warning", warning)
        else:
            self._say("hint", self.field.hint)
        return not fault

    def say_fault(self, sentence: str) -> None:
        self._say("fault", sentence)

    def say_warning(self, sentence: str) -> None:
        self._say("warning", sentence)

    def said(self) -> str:
        """Return the sentence under the field."""
        return self._under.text()

    def _say(self, role: str, sentence: str) -> None:
        self._under.setText(sentence)
        self._under.setVisible(bool(sentence))
        restyle(self._under, role=role)
        restyle(self.input, fault=role == "fault")
        self.input.setAccessibleDescription(sentence)

    def _head(self, field: Field) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        word = label(field.label, "strong")
        word.setBuddy(self.input)
        head.addWidget(word)
        if field.required:
            head.addWidget(label(_("required"), "hint"))
        head.addStretch()
        return head

    def _made(self, field: Field, year: int) -> DateEdit | TextField | TextLines | Choice | QCheckBox:
        if field.kind == "choice":
            choice = Choice(field.label, field.choices)
            choice.let_shrink()
            choice.picked.connect(self._change)
            choice.entered.connect(self.entered)
            choice.left.connect(self.look_again)
            choice.setDisabled(field.read_only)
            return choice
        if field.kind == "check":
            tick = QCheckBox(field.label)
            tick.setAccessibleName(field.label)
            tick.clicked.connect(self._change)
            tick.setDisabled(field.read_only)
            return tick
        if field.kind == "lines":
            lines = TextLines(field.label)
            lines.textChanged.connect(self.edited)
            lines.left.connect(self.look_again)
            lines.setReadOnly(field.read_only)
            return lines
        line = self._line(field, year)
        line.textEdited.connect(self.edited)
        line.entered.connect(self.entered)
        line.left.connect(self.look_again)
        line.setReadOnly(field.read_only)
        return line

    @staticmethod
    def _line(field: Field, year: int) -> DateEdit | TextField:
        if field.kind == "date":
            return DateEdit(field.label, year)
        return NumberField(field.label) if field.kind == "number" else TextField(field.label)

    def _change(self) -> None:
        self.edited.emit()
        self.look_again()
