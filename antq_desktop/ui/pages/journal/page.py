"""Where the officer sees who did what and when, and checks that nobody changed it by hand."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services import record_words as words
from antq_desktop.services.journal import ChainCheck
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.journal.lines import JournalSource, Line, columns, link, moment
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table


class JournalPage(Page):
    """Lines are only read here; the details show each field before and after."""

    tables = frozenset({"journal", *words.ENTITIES})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Journal"),
            sentence=_("Who did what and when. Lines are added, never changed or removed."),
            help_text=_(
                "Choose a line to see at the right what it changed, before and after. "
                "«Check the journal» proves that no line of it and nothing that waits to be sent was changed by hand."
            ),
            parent=parent,
        )
        self.model = RowsModel(
            columns(), JournalSource(desk.services.journal), lane=desk.lane, sort="at", descending=True
        )
        self._kind = Choice(
            _("Kind of record"),
            (("", _("All records")), *((code, _(word)) for code, word in words.ENTITIES.items())),
        )
        self._kind.picked.connect(lambda code: self._narrow(entity=code))
        self._did = Choice(
            _("Did what"),
            (("", _("All that was done")), *((code, words.action(code)) for code in words.ACTIONS)),
        )
        self._did.picked.connect(lambda code: self._narrow(action=code))
        self._text = FilterText(_("Find in the journal"), _("Officer or note…"))
        self._text.wanted.connect(lambda text: self.model.ask(text=text))
        for widget in (self._kind, self._did, self._text):
            self.add_filter("", widget)
        self._one = self.add_filter_action(_("All records"), self._drop_record, icon="close")
        self._one.hide()
        self.add_filter_action(_("Check the journal"), self.check, icon="tick")
        self.table = Table(self.model, "journal", desk)
        self.table.setAccessibleName(_("Journal"))
        self.table.set_empty(_("Nothing was done yet"), _("Each entry, print and backup leaves a line here."))
        self.table.chosen.connect(self._show)
        self.table.set_export(to_workbook(desk, _("Journal")))
        self.set_body(self.table)
        self._line = LineDetails(self._go, self._narrow_to)
        self.set_details(_("Line of the journal"), self._line)

    def refresh(self) -> None:
        self.model.reload()

    def year_changed(self, _year: int) -> None:
        """Change nothing: the journal belongs to no year."""

    def wanted(self, **what: object) -> None:
        """``entity`` and ``entity_id`` narrow to one record."""
        self._narrow_to(str(what.get("entity", "")), str(what.get("entity_id", "")))

    def check(self) -> None:
        """Walk both chains from their beginning and say what came of it."""
        self.banner.clear()
        self.desk.run(
            lambda _progress: self.desk.services.journal.check(),
            self._say_checked,
            title=_("Checking the journal"),
            owner=self,
        )

    def _say_checked(self, result: ChainCheck) -> None:
        if result.holds:
            self.banner.say(
                State.GOOD,
                _(
                    "Every line of the journal and every event that is or was to be sent is as it was written."
                ),
            )
            return
        found = []
        if result.journal is not None:
            found.append(_("line {number} of the journal", number=result.journal))
        if result.outbox is not None:
            found.append(_("event {number} of what is sent", number=f"{result.outbox[0]}/{result.outbox[1]}"))
        self.banner.say(
            State.BAD,
            _(
                "Changed by hand from here on: {what}. Stop entering, keep this laptop as it is and tell the upper level.",
                what=", ".join(found),
            ),
        )

    def _narrow(self, **filters: object) -> None:
        """Narrow by what is asked for; an empty value asks for everything."""
        self.model.ask(None, **{name: value or None for name, value in filters.items()})

    def _narrow_to(self, entity: str, entity_id: str) -> None:
        self._kind.set_value(entity)
        self._one.setVisible(bool(entity_id))
        self._narrow(entity=entity, entity_id=entity_id)

    def _drop_record(self) -> None:
        self._narrow_to("", "")

    def _show(self, line: Line | None) -> None:
        if line is not None:
            self.set_details_title(words.action(line.row.action))
            self._line.show_line(line)
            self.show_details()

    def _go(self, page: str, what: dict[str, str]) -> None:
        self.desk.go(page, **what)


class LineDetails(QWidget):
    """One line: when, who, about what, and each field before and after."""

    def __init__(
        self,
        go: Callable[[str, dict[str, str]], object],
        narrow: Callable[[str, str], object],
        parent: QWidget | None = None,
    ) -> None:
        """``go`` opens a page on a record, ``narrow`` narrows the list to one."""
        super().__init__(parent)
        self._go = go
        self._narrow = narrow
        self._said: list[str] = []
        self._head = label("", "strong", wrap=True)
        self._when = label("", "muted", wrap=True)
        self._note = label("", wrap=True)
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._when)
        column.addWidget(self._note)
        column.addLayout(self._ways)
        column.addLayout(self._rows)
        column.addStretch()

    def show_line(self, line: Line) -> None:
        row = line.row
        kind = words.entity(row.entity)
        self._head.setText(f"{kind}: {line.subject}" if line.subject else kind)
        self._head.setVisible(bool(self._head.text()))
        self._when.setText(f"{moment(row.at)} · {row.user}")
        self._note.setText(row.note)
        self._note.setVisible(bool(row.note))
        empty(self._ways)
        way = link(row.entity, row.entity_id)
        if way is not None and line.subject:
            self._ways.addWidget(_link(_("Open the record"), lambda: self._go(*way)))
        if row.entity in words.ENTITIES:
            self._ways.addWidget(
                _link(_("All lines of this record"), lambda: self._narrow(row.entity, row.entity_id))
            )
        self._ways.addStretch()
        empty(self._rows)
        parts = [_change(*change) for change in words.readable(row.entity, row.changes, line.names)]
        self._said = [part.accessibleName() for part in parts]
        for part in parts:
            self._rows.addWidget(part)

    def shown(self) -> list[str]:
        """Return the texts of the changes, for reading aloud and tests."""
        return list(self._said)


def _change(name: str, before: str | None, after: str) -> QWidget:
    part = QWidget()
    said = after if before is None else f"{before or '–'} → {after or '–'}"
    part.setAccessibleName(f"{name}: {said}")
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(2)
    grid.addWidget(hairline(), 0, 0, 1, 2)
    grid.addWidget(label(name, "strong", wrap=True), 1, 0, 1, 2)
    lines = (("", after),) if before is None else ((_("Before"), before), (_("After"), after))
    for place, (word, text) in enumerate(lines, 2):
        if word:
            grid.addWidget(label(word, "hint"), place, 0, Qt.AlignmentFlag.AlignTop)
        value: QLabel = label(text or "–", wrap=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(value, place, 1 if word else 0, 1, 1 if word else 2)
    grid.setColumnStretch(1, 1)
    return part


def _link(word: str, do: Callable[[], object]) -> QPushButton:
    return button(word, do, kind="link")
