"""The fields with which a step of the year is recorded or corrected, in place or for several units at once."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.yearly_process import ProcessStep
from antq_desktop.domain.yearly_steps import YearStep
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.yearly_board.words import OUTCOMES
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.reason_box import ReasonBox


def fields(step: ProcessStep) -> list[Field]:
    """Return what is asked when ``step`` is recorded."""
    asked = [
        Field("on", _("Day"), kind="date", required=True, pair=True),
        Field("number", _("Document number")),
    ]
    if "count" in step.asks:
        asked += [
            Field("part", _("How many"), kind="number", required=True, pair=True),
            Field("whole", _("Of how many"), kind="number", required=True),
        ]
    if "outcome" in step.asks:
        choices = (("", "–"), *((outcome, _(word)) for outcome, word in OUTCOMES.items()))
        asked.append(Field("outcome", _("Outcome"), kind="choice", choices=choices))
    return [
        *asked,
        Field("by", _("By which body"), hint=_("The body or meeting, never the name of a person")),
        Field("note", _("Note")),
    ]


def shown(record: YearStep | None) -> dict[str, object]:
    """Return what the fields show of a record."""
    if record is None:
        return {}
    names = ("on", "number", "part", "whole", "outcome", "by", "note")
    return {name: getattr(record, name) for name in names}


class StepForm(QWidget):
    """``save_asked`` on Save or Enter in the last field, ``take_back_asked`` with the reason, ``left`` to close it."""

    save_asked = Signal()
    take_back_asked = Signal(str)
    left = Signal()

    def __init__(
        self, step: ProcessStep, key: str, record: YearStep | None, desk: Desk, parent: QWidget | None = None
    ) -> None:
        """``key`` is the one under which what was typed is kept."""
        super().__init__(parent)
        self.step = step
        self.form = Form(fields(step), desk)
        self.form.show_record(key, shown(record))
        self.form.finished.connect(self.save_asked)
        self.reason = ReasonBox(_("Why it is taken back"), _("Take back"))
        self.reason.given.connect(self.take_back_asked)
        self.reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        if step.note:
            column.addWidget(label(step.note, "hint", wrap=True))
        column.addWidget(self.form)
        column.addWidget(self._tools(taken=record is not None))
        column.addWidget(self.reason)

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        return dict(self.form.values())

    def _tools(self, *, taken: bool) -> QWidget:
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Save"), self.save_asked.emit, icon="save", kind="main"))
        row.addWidget(button(_("Leave it"), self.left.emit))
        if taken:
            row.addWidget(button(_("Take back…"), self.reason.ask, kind="danger"))
        return tools
