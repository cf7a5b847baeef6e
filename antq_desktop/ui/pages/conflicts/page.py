"""Where a commune decides what its laptops changed at once: the list, the versions beside each other, a reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from antq_desktop.domain.conflicts import ConflictDecision
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.commune_side import version_words
from antq_desktop.services.commune_side.conflict_sides import Conflict
from antq_desktop.services.record_fields import REFERENCES
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.conflicts import conflict_rows
from antq_desktop.ui.pages.conflicts.conflict_rows import ConflictRow
from antq_desktop.ui.pages.conflicts.versions import Versions
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.field import Field, FieldBox
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_NARROW = 720
#: Lower than this every line is left to the versions.
_LOW = 480
_LIST = 380
_OPEN, _DECIDED = "open", "decided"
#: A reason has no day in it.
_NO_YEAR = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """``open`` are the first of the ``count`` that are to be decided."""

    open: list[Conflict]
    decided: list[ConflictDecision]
    names: Mapping[tuple[str, str], str]
    count: int


class ConflictsPage(Page):
    """Keyboard: arrows in the list, Enter to the versions, arrows or Space to choose, Tab to the reason, Ctrl+S decides."""

    tables = frozenset({"set_aside", "conflict_decisions", "received_bundles"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Conflicts"),
            sentence=_(
                "What two laptops of the commune changed at once, side by side; a person decides, no clock does."
            ),
            help_text=_(
                "Choose a record at the left. Choose a version as a whole at its head, or single fields where that is possible. "
                "Say why, then decide. The decision goes to the other laptop and to the receiving unit with the next bundle. "
                "What was not taken stays under «Decided»: choosing it there takes the decision back."
            ),
            parent=parent,
        )
        self._conflicts = desk.services.conflicts
        self._read = _Read([], [], {}, 0)
        self._shown: Conflict | None = None
        self.set_main_action(_("Decide"), self.decide, icon="tick")
        self.on(Command.SAVE, self.decide)
        self.on(Command.LEAVE, self.back)
        self.chips = ChipLine((_OPEN, _DECIDED))
        self.chips.asked.connect(self.see)
        self.add_filter("", self.chips)
        self._model = RowsModel(conflict_rows.columns(), conflict_rows.source([]))
        self.table = Table(self._model, "conflicts", desk)
        self.table.setAccessibleName(_("Conflicts"))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(self._open)
        self._lay_out_body()
        self._show_read(self._read)

    def refresh(self) -> None:
        services = self.desk.services

        def work(_progress: object) -> _Read:
            decided = services.conflicts.decided()
            names = services.journal.names((each.entity, each.entity_id) for each in decided)
            return _Read(services.conflicts.open(REFERENCES), decided, names, services.conflicts.count())

        self.desk.run(work, self._show_read, owner=self)

    def see(self, view: str) -> None:
        """List what is open or what was decided."""
        self.chips.choose(view)
        self.back()
        self._fill()

    def back(self) -> None:
        """Close the versions; nothing is decided."""
        self._shown = None
        self._side.hide()
        self._make_place()

    def decide(self) -> None:
        """Let the chosen version stand; it asks for what is missing."""
        shown, choice = self._shown, self.versions.choice()
        if shown is None:
            self.banner.say(State.LOOK, _("Choose a record from the list first."))
            return
        if choice is None:
            self.banner.say(State.LOOK, _("Choose the version that is to stand first."))
            self.versions.heads[0].setFocus()
            return
        if not self.reason.look_again():
            self.reason.input.setFocus()
            return
        reason = self.reason.typed()
        self.desk.run(
            lambda _progress: self._conflicts.decide(shown, choice, reason),
            self._show_decided,
            self._refused,
            owner=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_place()

    def _lay_out_body(self) -> None:
        self._back = button("", self.back, icon="back", name=_("Back to the list"))
        self._name = label("", "section", wrap=True)
        self._why = label("", "muted", wrap=True)
        self.versions = Versions()
        self.reason = FieldBox(Field("reason", _("Why is this to stand?"), required=True), _NO_YEAR)
        self.reason.entered.connect(self.decide)
        inner = QWidget()
        inner.setObjectName("scrolled")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        for part in (self._why, self.versions, self.reason):
            column.addWidget(part)
        column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        inner.setAutoFillBackground(False)
        scroll.viewport().setAutoFillBackground(False)
        self._side = QWidget()
        beside = QVBoxLayout(self._side)
        beside.setContentsMargins(12, 0, 0, 0)
        beside.setSpacing(8)
        named = QHBoxLayout()
        named.addWidget(self._back)
        named.addWidget(self._name, 1)
        beside.addLayout(named)
        beside.addWidget(scroll, 1)
        self._side.hide()
        self._parts = QSplitter(Qt.Orientation.Horizontal)
        self._parts.setChildrenCollapsible(False)
        self._parts.addWidget(self.table)
        self._parts.addWidget(self._side)
        self._parts.setStretchFactor(0, 0)
        self._parts.setStretchFactor(1, 1)
        self.set_body(self._parts)

    def _make_place(self) -> None:
        """Put the versions beside the list, or in its place where the window is narrow."""
        is_narrow = self.width() < _NARROW
        is_open = not self._side.isHidden()
        self._back.setVisible(is_narrow and is_open)
        self.table.setHidden(is_narrow and is_open)
        self._why.setVisible(self.height() >= _LOW)

    def _show_read(self, read: _Read) -> None:
        self._read = read
        self.chips.show_words(
            {
                _OPEN: _("To be decided ({count})", count=written.number(read.count)),
                _DECIDED: _("Decided ({count})", count=len(read.decided)),
            }
        )
        self._fill()

    def _fill(self) -> None:
        if self.chips.chosen == _OPEN:
            rows = conflict_rows.open_rows(self._read.open)
            self.table.set_empty(
                _("Nothing is to be decided"),
                _(
                    "Where two laptops of the commune change the same record, both versions stand here side by side. "
                    "Bundles of the other laptop are taken in under Sending."
                ),
                (_("To Sending"), lambda: self.desk.go("sync")),
            )
        else:
            rows = conflict_rows.decided_rows(self._read.decided, self._read.names)
            self.table.set_empty(
                _("Nothing was decided yet"), _("Every decision stands here with its reason.")
            )
        self._model.set_source(conflict_rows.source(rows))

    def _choose(self, row: ConflictRow | None) -> None:
        if row is None or (self._shown is not None and row.id in {self._shown.id, self._shown.decision_id}):
            return
        self.desk.run(
            lambda _progress: self._conflicts.find(row.id, REFERENCES),
            self._show_conflict,
            self._refused,
            owner=self,
        )

    def _open(self, row: ConflictRow) -> None:
        if self._side.isHidden():
            self._choose(row)
        elif self.versions.heads:
            self.versions.heads[0].setFocus()

    def _show_conflict(self, conflict: Conflict) -> None:
        self._shown = conflict
        self.banner.clear()
        self._name.setText(version_words.called(conflict.entity, conflict.name))
        self._why.setText(version_words.why(conflict))
        self.versions.show_conflict(conflict, self._conflicts.own_laptop)
        self.reason.set_value("")
        if self._side.isHidden():
            self._side.show()
            self._parts.setSizes([_LIST, max(self.width() - _LIST, 1)])
        self._make_place()

    def _show_decided(self, _changes: object) -> None:
        self.back()
        self.banner.say(
            State.GOOD,
            _("Decided. It goes to the other laptop and to the receiving unit with the next bundle."),
            (_("To Sending"), lambda: self.desk.go("sync")),
        )

    def _refused(self, failure: KnownFailure) -> None:
        self.banner.say(State.BAD, sentence(failure))
        self.make_stale()
