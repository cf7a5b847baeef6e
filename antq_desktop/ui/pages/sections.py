"""Several forms of one record under headings, handled as one."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.findings import Finding
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.form import Form


class Sections(QWidget):
    """``finished`` on Enter in the last field of the last section."""

    finished = Signal()

    def __init__(
        self, sections: Sequence[tuple[str, Sequence[Field]]], desk: Desk, parent: QWidget | None = None
    ) -> None:
        """``sections`` are headings with their fields; names of fields are unique over all of them."""
        super().__init__(parent)
        self._forms = [Form(fields, desk) for _heading, fields in sections]
        self._boxes = {name: box for form in self._forms for name, box in form.boxes.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for place, ((heading, _fields), form) in enumerate(zip(sections, self._forms, strict=True)):
            if place:
                column.addSpacing(16)
            if heading:
                column.addWidget(label(heading, "section"))
            column.addWidget(form)
            form.finished.connect(partial(self._go_on, place))

    @property
    def boxes(self) -> Mapping[str, FieldBox]:
        return self._boxes

    @property
    def edited(self) -> bool:
        return any(form.edited for form in self._forms)

    def show_record(self, key: str, values: Mapping[str, object]) -> None:
        """Show the record ``key``; every section keeps its own part of a draft."""
        for place, form in enumerate(self._forms):
            form.show_record(f"{key}/{place}", values)

    def values(self) -> dict[str, object]:
        return {name: box.value() for name, box in self._boxes.items()}

    def check(self) -> bool:
        """Say what is wrong under each field and go to the first; False when it may not be saved."""
        wrong = [box for box in self._boxes.values() if not box.look_again()]
        if wrong:
            wrong[0].input.setFocus()
        return not wrong

    def say_findings(self, findings: Iterable[Finding]) -> None:
        told = list(findings)
        for form in self._forms:
            form.say_findings(told)

    def saved(self) -> None:
        for form in self._forms:
            form.saved()

    def focus_first(self) -> None:
        self._forms[0].focus_first()

    def _go_on(self, place: int) -> None:
        if place + 1 < len(self._forms):
            self._forms[place + 1].focus_first()
        else:
            self.finished.emit()
