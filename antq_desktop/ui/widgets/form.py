"""The fields of one record, checked as they are left; what was typed outlives page, lock and crash as a draft."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.date_edit import DateEdit
from antq_desktop.ui.widgets.field import Field, FieldBox

_MILLISECONDS_UNTIL_KEPT = 300


class Form(QWidget):
    """``editing`` when a person changes something, ``finished`` on Enter in the last field."""

    editing = Signal()
    finished = Signal()

    def __init__(self, fields: Sequence[Field], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts = desk.drafts
        self._key = ""
        self._edited = False
        self._shown: dict[str, str] = {}
        self.boxes = {field.name: FieldBox(field, desk.year) for field in fields}
        self._from_draft = Banner()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._from_draft)
        self._lay_out(fields)
        self._timer = QTimer(self, singleShot=True, interval=_MILLISECONDS_UNTIL_KEPT)
        self._timer.timeout.connect(self.keep_draft)
        for box in self.boxes.values():
            box.edited.connect(self._note_edit)
            box.entered.connect(self._go_on)
        desk.year_changed.connect(self._set_year)

    @property
    def edited(self) -> bool:
        """Whether something was typed that is not saved yet."""
        return self._edited

    @property
    def key(self) -> str:
        """The key of the record shown, or nothing."""
        return self._key

    def show_record(self, key: str, values: Mapping[str, object]) -> None:
        """Show the record ``key``; what was typed before is kept as its draft, and an old draft of ``key`` comes back.

        A draft holds the fields that were changed and no others, so that it never hides a newer value elsewhere.
        """
        self.keep_draft()
        self._key = key
        self._lay_in(values)
        draft = self._drafts.get(self._draft_key()) or {}
        for name, text in draft.items():
            if name in self.boxes:
                self.boxes[name].set_typed(text)
        changed = self._changed()
        if not changed:
            self._drafts.drop(self._draft_key())
            return
        self._edited = True
        self._from_draft.say(
            State.LOOK,
            _(
                "Not saved yet, typed before: {fields}.",
                fields=", ".join(f"«{self.boxes[name].field.label}»" for name in changed),
            ),
            (_("Throw it away"), lambda: self._throw_away(values)),
        )

    def values(self) -> dict[str, object]:
        return {name: box.value() for name, box in self.boxes.items()}

    def check(self) -> bool:
        """Say what is missing or wrong under each field and go to the first; False when it may not be saved."""
        wrong = [box for box in self.boxes.values() if not box.look_again()]
        if wrong:
            wrong[0].input.setFocus()
        return not wrong

    def say_fault(self, name: str, sentence: str) -> None:
        """Say a fault under one field and go to it."""
        self.boxes[name].say_fault(sentence)
        self.boxes[name].input.setFocus()

    def say_findings(self, findings: Iterable[Finding]) -> None:
        """Say what a rule of the work found, each under its field; faults before doubts."""
        for finding in sorted(findings, key=lambda found: found.severity == "error"):
            box = self.boxes.get(finding.field)
            if box is not None:
                text = _(finding.message, **finding.facts)
                (box.say_fault if finding.severity == "error" else box.say_warning)(text)

    def saved(self) -> None:
        """Take it that the record is safe: drop its draft."""
        self._timer.stop()
        self._edited = False
        self._from_draft.clear()
        self._drafts.drop(self._draft_key())

    def keep_draft(self) -> None:
        """Keep the fields that were changed, as they were typed, readable or not."""
        self._timer.stop()
        if not self._edited or not self._key:
            return
        changed = self._changed()
        if changed:
            self._drafts.put(self._draft_key(), changed)
        else:
            self._drafts.drop(self._draft_key())

    def focus_first(self) -> None:
        next(iter(self.boxes.values())).input.setFocus()

    def _lay_in(self, values: Mapping[str, object]) -> None:
        self._edited = False
        self._from_draft.clear()
        for name, box in self.boxes.items():
            box.blockSignals(True)
            box.set_value(values.get(name))
            box.blockSignals(False)
        self._shown = {name: box.typed() for name, box in self.boxes.items()}
        self._timer.stop()

    def _throw_away(self, values: Mapping[str, object]) -> None:
        self.saved()
        self._lay_in(values)

    def _changed(self) -> dict[str, str]:
        """Return the fields that differ from the record shown, with what stands in them."""
        typed = {name: box.typed() for name, box in self.boxes.items()}
        return {name: text for name, text in typed.items() if text != self._shown.get(name, "")}

    def _draft_key(self) -> str:
        return f"draft/{self._key}"

    def _note_edit(self) -> None:
        self._edited = True
        self._timer.start()
        self.editing.emit()

    def _go_on(self) -> None:
        boxes = list(self.boxes.values())
        place = boxes.index(self.sender())  # type: ignore[arg-type]  # only boxes are connected here
        if place + 1 < len(boxes):
            boxes[place + 1].input.setFocus()
        else:
            self.finished.emit()

    def _set_year(self, year: int) -> None:
        for box in self.boxes.values():
            if isinstance(box.input, DateEdit):
                box.input.set_year(year)

    def _lay_out(self, fields: Sequence[Field]) -> None:
        row: QHBoxLayout | None = None
        for field in fields:
            if row is None:
                row = QHBoxLayout()
                row.setSpacing(12)
                self._column.addLayout(row)
            row.addWidget(self.boxes[field.name], 1, Qt.AlignmentFlag.AlignTop)
            if not field.pair:
                row = None
        self._column.addStretch(1)
