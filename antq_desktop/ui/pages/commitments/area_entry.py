"""The papers of one area, one line a household, typed from the keyboard alone, with the share signed above."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState, Share, share
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commitments import Commitments
from antq_desktop.services.results import Written, remark
from antq_desktop.storage.queries.commitments import EntryRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.commitments import entry
from antq_desktop.ui.pages.commitments.scans import Paper, Scans
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.entry_grid import EntryGrid

_ROOM_FOR_THE_HINT = 280


class AreaEntry(QWidget):
    """``kept`` each time a paper was saved."""

    kept = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._campaign: Campaign | None = None
        self._area_name = ""
        self._usual_day: date | None = None
        self._asked_for_day = ""
        self._before: list[tuple[str, dict[str, Any]]] = []
        self._safe: dict[str, dict[str, Any]] = {}
        self.share = label("", "section")
        self.banner = Banner()
        self.grid = EntryGrid(entry.columns(), self._save, desk, name="commitments", check=self._check)
        self.grid.view.setAccessibleName(_("Papers of the households, line by line"))
        self.grid.set_default("state", CommitmentState.SIGNED)
        self.grid.saved.connect(self._after_saving)
        self.grid.lines.typed.connect(self._follow)
        self.scans = Scans(desk, self._paper, self)
        self.grid.view.selectionModel().currentRowChanged.connect(lambda _new, _old: self.scans.tell())
        self.grid.held.connect(self._go_to_day)
        self.scans.kept.connect(self._scan_kept)
        self.grid.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.grid.view.customContextMenuRequested.connect(
            lambda at: self.scans.offer(self.grid.view.viewport().mapToGlobal(at))
        )
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.share, 1)
        head.addWidget(self.scans.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.banner)
        column.addWidget(self.grid, 1)
        self._never = label(
            _("Scan the signed paper only. Never attach an identity card."), "hint", wrap=True
        )
        column.addWidget(self._never)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a low window to the lines; the button's tip and the file dialog then say alone what is never attached."""
        super().resizeEvent(event)
        self._never.setVisible(self.height() >= _ROOM_FOR_THE_HINT)

    @property
    def household_id(self) -> str:
        """The household of the current line, or nothing."""
        place = self.grid.view.currentIndex().row()
        return entry.household_of(self.grid.lines.key(place)) if place >= 0 else ""

    def show_rows(self, campaign: Campaign | None, area_name: str, rows: list[EntryRow]) -> None:
        """Show the lines of an area; the same area again keeps its current line."""
        current = self.grid.view.currentIndex()
        key = self.grid.lines.key(current.row()) if current.isValid() else ""
        if campaign is None or self._campaign is None or campaign.id != self._campaign.id:
            self._before.clear()
        if area_name != self._area_name:
            self.banner.clear()
        self._campaign = campaign
        self._area_name = area_name
        lines = [entry.line(row, campaign.id) for row in rows] if campaign else []
        self._safe = {line.key: dict(line.values) for line in lines}
        self.grid.set_lines(lines)
        place = self.grid.lines.place_of(key)
        if place is not None:
            self.grid.view.go_to(place)
        self._tell_share()
        self.scans.tell()

    def go_to(self, household_id: str) -> None:
        if self._campaign is not None:
            place = self.grid.lines.place_of(entry.line_key(household_id, self._campaign.id))
            if place is not None:
                self.grid.view.go_to(place)
                self.grid.view.setFocus()

    def undo(self) -> None:
        """Put the paper that was saved last back to what it was before."""
        if not self._before:
            self._desk.note(_("There is nothing to undo."))
            return
        key, values = self._before.pop()
        self._desk.run(self._work(key, values), partial(self._undone, key), owner=self)

    def _paper(self) -> Paper | None:
        """Return the paper of the current line."""
        place = self.grid.view.currentIndex().row()
        if place < 0 or self._campaign is None:
            return None
        values = self.grid.lines.values(place)
        return Paper(
            self.grid.lines.key(place), self.household_id, self._campaign.id, values["head"], values["sha256"]
        )

    def _go_to_day(self, place: int) -> None:
        """Lead a signature that lacks its day to the day: the figure typed next then never means a state."""
        values = self.grid.lines.values(place)
        if entry.lacks_day(values, self._usual_day):
            self.grid.view.go_to_column(place, "on")
            self._asked_for_day = self.grid.lines.key(place)

    def _follow(self, place: int, key: str) -> None:
        """Let day and name follow a state that was chosen: those of another state never stay beside it."""
        if key == "state":
            values = self.grid.lines.values(place)
            for cell, value in entry.following(values, self._safe[self.grid.lines.key(place)]).items():
                self.grid.lines.lay(place, cell, value)

    def _check(self, values: dict[str, Any]) -> str:
        return entry.fault(values, self._usual_day)

    def _save(self, key: str, values: dict[str, Any]) -> Callable[[Progress], Written[Commitment]]:
        meant = entry.typed(values, self._usual_day)
        if meant.signed_on is not None:
            # At once, not when it is safe: the next line is entered before that.
            self._usual_day = meant.signed_on
            self.grid.set_default("on", meant.signed_on)
        if key == self._asked_for_day:
            self._back_to_state(key)
        return self._work(key, values)

    def _back_to_state(self, key: str) -> None:
        """Leave the day that was asked for: the figures of the next lines mean states again."""
        self._asked_for_day = ""
        place = self.grid.lines.place_of(key)
        if place == self.grid.view.currentIndex().row():
            self.grid.view.go_to_column(place, "state")

    def _work(self, key: str, values: dict[str, Any]) -> Callable[[Progress], Written[Commitment]]:
        assert self._campaign is not None  # noqa: S101 - there are no lines without a campaign
        commitments: Commitments = self._desk.services.commitments
        meant = entry.typed(values, self._usual_day)
        campaign_id = self._campaign.id
        return lambda _progress: commitments.record(
            entry.household_of(key),
            campaign_id,
            meant.state,
            meant.signed_on,
            meant.signed_by,
            state_on=meant.state_on,
        )

    def _after_saving(self, key: str, result: Written[Commitment]) -> None:
        self._before.append((key, self._safe.get(key, {})))
        self._lay_in(key, result.record)
        if result.warnings:
            head = str(self._safe[key].get("head", ""))
            told = " ".join(remark(found) for found in result.warnings)
            self.banner.say(State.LOOK, _("{name}: {what}", name=head, what=told))
        else:
            self.banner.clear()

    def _undone(self, key: str, result: Written[Commitment]) -> None:
        self._lay_in(key, result.record)
        place = self.grid.lines.place_of(key)
        if place is not None:
            self.grid.view.go_to(place)
        self._desk.note(_("Undone."))

    def _scan_kept(self, key: str, result: Written[Commitment]) -> None:
        self._lay_in(key, result.record)

    def _lay_in(self, key: str, paper: Commitment) -> None:
        """Show what was kept, unless the line was typed in again since."""
        cells = entry.kept(paper)
        self._safe[key] = {**self._safe.get(key, {}), **cells}
        self.grid.lay_in(key, cells)
        self._tell_share()
        self.scans.tell()
        self.kept.emit()

    def _tell_share(self) -> None:
        states = [values.get("state") or CommitmentState.NOT_ISSUED for values in self._safe.values()]
        self.share.setText(said(self._area_name, share(("living", state) for state in states)))
        self.share.setVisible(bool(self._safe))


def said(name: str, signed: Share) -> str:
    """Return ``Bản Lác: 45/60 hộ đã ký (75 %)``."""
    return _(
        "{name}: {signed} of {living} households have signed ({percent})",
        name=name,
        signed=written.number(signed.signed),
        living=written.number(signed.living),
        percent=f"{signed.ratio.percent_text or '0'}\u00a0%",
    )
