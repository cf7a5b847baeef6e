"""What happened in a unit's year that counts against it: a day, a count and a document number, never a person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.criteria import Item
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.yearly_steps import Occurrence
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, Written, remark
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.yearly_board.steps_panel import Say
from antq_desktop.ui.pages.yearly_board.unit_facts import UnitFacts
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.in_sight import bring_into_sight
from antq_desktop.ui.widgets.reason_box import ReasonBox


class OccurrencesPanel(QWidget):
    """``assessment_asked`` when the officer wants to answer the criteria themselves."""

    assessment_asked = Signal()

    def __init__(self, desk: Desk, say: Say, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._say = say
        self._facts: UnitFacts | None = None
        self._changed: Occurrence | None = None
        self._removed = ""
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._items: list[tuple[object, str]] = []
        self.form = Form(_fields(self._items), desk)
        self._wording = label("", "hint", wrap=True)
        self.form.boxes["item"].edited.connect(self._say_wording)
        self.form.finished.connect(self.save)
        self._heading = label("", "section")
        self.reason = ReasonBox(_("Why it is removed"), _("Remove"))
        self.reason.given.connect(self._remove)
        self.reason.hide()
        self._entry = QWidget()
        self._lay_out()

    def show_unit(self, facts: UnitFacts) -> None:
        """Show what was recorded; what is being typed for the same unit stays."""
        before, self._facts = self._facts, facts
        same = before is not None and (before.key, before.year) == (facts.key, facts.year)
        if not same:
            self.form.show_record(
                "", {}
            )  # what was typed of another unit is put away before the choices change
        self._fill_list(facts)
        self._entry.setVisible(bool(facts.items))
        choice = self.form.boxes["item"].input
        if isinstance(choice, Choice):
            self._items[:] = [(item.id, _named(item)) for item in facts.items]
            choice.set_choices(self._items)
        if not same:
            self.reason.forget()
            self.begin()

    def begin(self, item: str = "") -> None:
        """Record another one, against the criterion ``item`` when it is named."""
        if self._facts is None:
            return
        self._changed = None
        self._heading.setText(_("Record what happened"))
        items = self._facts.items
        offered = item or (items[0].id if items else "")
        self.form.show_record(self._key("new"), {"item": offered, "count": 1})
        if item:
            self.form.boxes["item"].set_value(item)
        self._say_wording()

    def change(self, one: Occurrence) -> None:
        """Correct what was recorded."""
        self._changed = one
        self._heading.setText(_("Correct what was recorded"))
        values = {"item": one.item, "on": one.on, "count": one.count, "number": one.number}
        self.form.show_record(self._key(one.id), values)
        self._say_wording()
        self.form.boxes["on"].input.setFocus()
        bring_into_sight(self._entry)

    def save(self) -> None:
        facts, one = self._facts, self._changed
        if facts is None or not self.form.check():
            return
        board, values = self._desk.services.year_board, self.form.values()
        item, on, count, number = _typed(values)

        def work(_progress: object) -> Written[Occurrence]:
            if one is None:
                recorded: Written[Occurrence] = board.record_occurrence(
                    facts.key, item, on, count, number, year=facts.year
                )
                return recorded
            changed: Written[Occurrence] = board.change_occurrence(
                one.id, item=item, on=on, count=count, number=number
            )
            return changed

        self._desk.run(work, self._saved, self._refused, owner=self)

    def _say_wording(self) -> None:
        """Say the chosen criterion in full; the choice itself shows only its beginning."""
        self._wording.setText(dict(self._items).get(self.form.boxes["item"].value(), ""))

    def _saved(self, result: Written[Occurrence]) -> None:
        self.form.saved()
        self._desk.note(_("Saved."))
        if result.warnings:
            self._say(State.LOOK, " ".join(remark(finding) for finding in result.warnings))
        self.begin()

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid):
            self.form.say_findings(failure.findings)
            self.form.boxes[failure.findings[0].field].input.setFocus()
        else:
            self._say(State.BAD, sentence(failure))

    def _ask_removal(self, one: Occurrence) -> None:
        self._removed = one.id
        self.reason.ask()

    def _remove(self, reason: str) -> None:
        board, key = self._desk.services.year_board, self._removed
        self._desk.run(
            lambda _progress: board.remove_occurrence(key, reason),
            lambda _changes: self._gone(key),
            lambda failure: self._say(State.BAD, sentence(failure)),
            owner=self,
        )

    def _gone(self, key: str) -> None:
        self.reason.forget()
        self._desk.note(_("Removed."))
        if self._changed is not None and self._changed.id == key:
            self.form.saved()
            self.begin()

    def _fill_list(self, facts: UnitFacts) -> None:
        empty(self._list)
        if not facts.items:
            self._list.addWidget(
                label(_("The criteria of such units count no occurrences."), "muted", wrap=True)
            )
            return
        for item in facts.items:
            happened = [one for one in facts.occurrences if one.item == item.id]
            if happened:
                self._list.addWidget(label(_named(item), "strong", wrap=True))
            for one in happened:
                self._list.addWidget(self._line(one))
        if not facts.occurrences:
            text = _("Nothing was recorded. That alone is no answer: the criteria are answered by hand.")
            self._list.addWidget(label(text, "muted", wrap=True))

    def _line(self, one: Occurrence) -> QWidget:
        line = QWidget()
        row = Flow(line)
        what = _(
            "{day} · {count} times · {number}", day=written.day(one.on), count=one.count, number=one.number
        )
        row.addWidget(label(what if one.number else what.rstrip(" ·")))
        row.addWidget(
            button(_("Correct"), lambda: self.change(one), kind="link", name=f"{_('Correct')}: {what}")
        )
        row.addWidget(
            button(_("Remove…"), lambda: self._ask_removal(one), kind="link", name=f"{_('Remove…')}: {what}")
        )
        return line

    def _key(self, which: str) -> str:
        if self._facts is None:
            return which
        key = self._facts.key
        return f"occurrence/{key.kind}/{key.id}/{self._facts.year}/{which}"

    def _lay_out(self) -> None:
        warning = _(
            "Only the day, how often, and the number of a document. No name of a person and no state secret belongs here."
        )
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Save"), self.save, icon="save", kind="main"))
        row.addWidget(button(_("Another one"), self.begin))
        inner = QVBoxLayout(self._entry)
        inner.setContentsMargins(0, 8, 0, 0)
        inner.setSpacing(8)
        inner.addWidget(self._heading)
        inner.addWidget(self._wording)
        inner.addWidget(self.form)
        inner.addWidget(tools)
        way = QWidget()
        Flow(way).addWidget(button(_("Answer the criteria"), self.assessment_asked.emit, kind="link"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(warning, "warning", wrap=True))
        column.addLayout(self._list)
        column.addWidget(self.reason)
        column.addWidget(self._entry)
        column.addWidget(way)
        column.addStretch()


def _fields(items: Sequence[tuple[object, str]]) -> list[Field]:
    return [
        Field("item", _("Criterion"), kind="choice", required=True, choices=items),
        Field("on", _("Day"), kind="date", required=True, pair=True),
        Field("count", _("How many times"), kind="number", required=True),
        Field("number", _("Document number")),
    ]


def _named(item: Item) -> str:
    return f"{item.legal_basis}: {item.wording}" if item.wording else item.legal_basis


def _typed(values: dict[str, Any]) -> tuple[str, date, int, str]:
    return str(values["item"]), values["on"], int(values["count"]), str(values["number"])
