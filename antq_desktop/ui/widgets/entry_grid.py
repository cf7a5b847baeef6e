"""Fast entry from the keyboard: one line a record, Enter saves it and goes on, with a small tick when it is safe."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.results import remark
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.entry_lines import EntryColumn, EntryLines, Line, Standing
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.entry_view import EntryView

_ROOM_FOR_THE_LEGEND = 240
Save = Callable[[str, dict[str, Any]], Callable[[Progress], Any]]
SaveMany = Callable[[Sequence[tuple[str, dict[str, Any]]]], Callable[[Progress], "ManyKept"]]


class LineKept(Protocol):
    """What became of one of several lines that were saved together; ``faults`` kept it out."""

    @property
    def faults(self) -> Sequence[Finding]: ...


class ManyKept(Protocol):
    """What became of each line, in the order in which they were given."""

    @property
    def lines(self) -> Sequence[LineKept]: ...


class EntryGrid(QWidget):
    """``saved`` carries the key of a line and what its save returned; ``held`` the place of a line that has a fault."""

    saved = Signal(str, object)
    held = Signal(int)

    def __init__(
        self,
        columns: Sequence[EntryColumn],
        save: Save,
        desk: Desk,
        *,
        name: str,
        check: Callable[[dict[str, Any]], str] | None = None,
        save_many: SaveMany | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``save`` gets key and values of a line and returns the work for the lane.

        ``check`` returns a sentence that keeps a line from being saved, or nothing. Lines not saved yet are
        kept as drafts under ``name``. ``save_many`` keeps lines that were pasted in one go; without it each is saved by itself.
        """
        super().__init__(parent)
        self.lines = EntryLines(columns, lambda: desk.year, self)
        self.view = EntryView(self.lines)
        self._save = save
        self._check = check
        self._save_many = save_many
        self._desk = desk
        self._draft_key = f"draft/grid/{name}"
        self._defaults: dict[str, Any] = {}
        self._safe: dict[str, dict[str, Any]] = {}
        self._said = Banner()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addWidget(self.view, 1)
        self._legend = label(_legend(columns), "hint", wrap=True)
        column.addWidget(self._legend)
        self.view.setAccessibleName(_("Entry line by line"))
        self.view.line_entered.connect(self._enter_line)
        self.view.line_left.connect(self._leave_line)
        self.view.same_as_above.connect(self._copy_above)
        self.view.pasted.connect(self._paste)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the lines take the place of the keys' legend, which the help of the page holds too."""
        super().resizeEvent(event)
        self._legend.setVisible(self.height() >= _ROOM_FOR_THE_LEGEND)

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show ``lines``; cells that were typed before and not saved come back, and it is said that they did."""
        self._said.clear()
        self.lines.set_lines(lines)
        self._safe = {line.key: dict(line.values) for line in lines}
        for key, typed in self._drafts().items():
            place = self.lines.place_of(key)
            if place is not None:
                for name, value in typed.items():
                    self.lines.lay(place, name, _from_draft(value))
        self.view.go_to(0)
        waiting = self.unsaved()
        if waiting:
            text = _(
                "{count} lines hold what was typed before and not saved; Enter on a line saves it.",
                count=len(waiting),
            )
            self._said.say(State.LOOK, text, (_("Go there"), partial(self._go_to, waiting[0])))

    def set_default(self, key: str, value: object) -> None:
        """Give a line that nobody touched this value when Enter passes it; None for no default."""
        self._defaults[key] = value

    def unsaved(self) -> list[str]:
        """Return the keys of lines that were typed in and are not safe yet."""
        open_ = (Standing.EDITED, Standing.SAVING, Standing.FAULTY)
        return [key for place, key in enumerate(self.lines.keys()) if self.lines.standing(place) in open_]

    def lay_in(self, key: str, cells: Mapping[str, Any]) -> None:
        """Show what is kept now of the line ``key``; cells that were typed in since and are not safe stay."""
        self._safe[key] = {**self._safe.get(key, {}), **cells}
        place = self.lines.place_of(key)
        if place is None:
            return
        is_open = self.lines.standing(place) in (Standing.EDITED, Standing.FAULTY)
        typed = {column.key for column in self.lines.columns if column.kind != "fixed"} if is_open else set()
        for name, value in cells.items():
            if name not in typed:
                self.lines.lay(place, name, value)
        if not is_open:
            self.lines.set_standing(place, Standing.SAVED)

    def said(self) -> str:
        """Return the sentence about the line that could not be saved, or nothing."""
        return self._said.text()

    def _enter_line(self, place: int) -> None:
        if self.lines.standing(place) is Standing.UNTOUCHED:
            self._fill(place)
        if self._store(place):
            self.view.go_to(place + 1)

    def _leave_line(self, place: int) -> None:
        if place < self.lines.rowCount() and self.lines.standing(place) is Standing.EDITED:
            self._keep_draft(place)
            self._store(place)

    def _fill(self, place: int) -> None:
        """Fill the defaults in, when none of the cells they are for was filled before."""
        values = self.lines.values(place)
        defaults = {key: value for key, value in self._defaults.items() if value is not None}
        if not any(values.get(key) for key in defaults):
            for key, value in defaults.items():
                self.lines.put(place, key, value)

    def _store(self, place: int) -> bool:
        """Send an edited line to be saved; False when it has a fault and should not be left."""
        if self.lines.standing(place) not in (Standing.EDITED, Standing.FAULTY):
            return True
        if not self._is_sound(place):
            self.held.emit(place)
            return False
        key, values = self.lines.key(place), self.lines.values(place)
        self.lines.set_standing(place, Standing.SAVING)
        self._said.clear()
        self._desk.run(
            self._save(key, values),
            partial(self._confirm, key, values),
            partial(self._refuse, key),
            owner=self,
        )
        return True

    def _confirm(self, key: str, values: dict[str, Any], result: object) -> None:
        place = self.lines.place_of(key)
        self._safe[key] = values
        if place is not None and self.lines.values(place) == values:
            self.lines.set_standing(place, Standing.SAVED)
            drafts = self._drafts()
            if drafts.pop(key, None) is not None:
                self._desk.drafts.put(self._draft_key, drafts)
        self.saved.emit(key, result)

    def _refuse(self, key: str, failure: KnownFailure) -> None:
        place = self.lines.place_of(key)
        if place is not None:
            self._show_fault(place, sentence(failure))
            self._keep_draft(place)

    def _show_fault(self, place: int, fault: str) -> None:
        self.lines.set_standing(place, Standing.FAULTY, fault)
        self._said.say(State.BAD, fault)

    def _copy_above(self, place: int, section: int) -> None:
        column = self.lines.column(section)
        if place > 0 and column is not None and column.kind != "fixed":
            self.lines.put(place, column.key, self.lines.values(place - 1).get(column.key))

    def _paste(self, place: int, section: int) -> None:
        """Fill lines and cells from the current one on with what a spreadsheet copied, and save those lines together."""
        rows = [row.split("\t") for row in QApplication.clipboard().text().rstrip("\n").splitlines()]
        typed = [column for column in self.lines.columns[max(section - 1, 0) :] if column.kind != "fixed"]
        places = range(place, min(place + len(rows), self.lines.rowCount()))
        for at, row in zip(places, rows, strict=False):
            for column, text in zip(typed, row, strict=False):
                self.lines.put_text(at, column, text)
        self._store_many([at for at in places if self.lines.standing(at) is Standing.EDITED])
        if len(rows) > len(places):
            left = len(rows) - len(places)
            self._said.say(
                State.LOOK, _("{count} rows found no line any more and were not taken.", count=left)
            )

    def _store_many(self, places: Sequence[int]) -> None:
        if self._save_many is None:
            for place in places:
                self._store(place)
            return
        sound = [place for place in places if self._is_sound(place)]
        given = [(self.lines.key(place), self.lines.values(place)) for place in sound]
        if not given:
            return
        for place in sound:
            self.lines.set_standing(place, Standing.SAVING)
        self._desk.run(
            self._save_many(given),
            partial(self._confirm_many, given),
            partial(self._refuse_many, given),
            owner=self,
        )

    def _is_sound(self, place: int) -> bool:
        """Whether a line can be saved; what keeps it from that is shown on it."""
        fault = self.lines.unreadable(place) or (self._check(self.lines.values(place)) if self._check else "")
        if fault:
            self._show_fault(place, fault)
            self._keep_draft(place)
        return not fault

    def _confirm_many(self, given: Sequence[tuple[str, dict[str, Any]]], kept: ManyKept) -> None:
        for (key, values), line in zip(given, kept.lines, strict=True):
            place = self.lines.place_of(key)
            if not line.faults:
                self._confirm(key, values, line)
            elif place is not None:
                self._show_fault(place, " ".join(map(remark, line.faults)))
                self._keep_draft(place)

    def _refuse_many(self, given: Sequence[tuple[str, dict[str, Any]]], failure: KnownFailure) -> None:
        for key, _values in given:
            self._refuse(key, failure)

    def _keep_draft(self, place: int) -> None:
        """Keep the cells that differ from what is safe, and no others."""
        key, values = self.lines.key(place), self.lines.values(place)
        safe = self._safe.get(key, {})
        typed = {
            column.key: _for_draft(values.get(column.key))
            for column in self.lines.columns
            if column.kind != "fixed" and values.get(column.key) != safe.get(column.key)
        }
        drafts = {known: cells for known, cells in self._drafts().items() if known != key}
        self._desk.drafts.put(self._draft_key, {**drafts, key: typed} if typed else drafts)

    def _go_to(self, key: str) -> None:
        place = self.lines.place_of(key)
        if place is not None:
            self.view.go_to(place)
            self.view.setFocus()

    def _drafts(self) -> dict[str, dict[str, Any]]:
        return dict(self._desk.drafts.get(self._draft_key, {}))


def _for_draft(value: object) -> object:
    return {"day": value.isoformat()} if isinstance(value, date) else value


def _from_draft(value: Any) -> object:  # noqa: ANN401 - a JSON value
    return date.fromisoformat(value["day"]) if isinstance(value, dict) else value


def _legend(columns: Sequence[EntryColumn]) -> str:
    """Return the line under the grid: the keys of the choices and of moving on."""
    parts = [
        "   ".join(f"{number} {word}" for number, (_value, word) in enumerate(column.choices, 1))
        for column in columns
        if column.kind == "choice"
    ]
    return "     ".join(
        [
            *parts,
            _("Enter: save and go on"),
            _("Ctrl+D: the same as above"),
            _("Ctrl+V: rows copied from Excel"),
        ]
    )
