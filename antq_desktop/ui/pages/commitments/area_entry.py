"""The papers of one area, one line a household, typed from the keyboard alone, with the share signed above."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.commitments import Campaign, Commitment, CommitmentState, Share, share
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commitments import Commitments
from antq_desktop.services.results import Written
from antq_desktop.storage.queries.commitments import EntryRow
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.entry_lines import Standing
from antq_desktop.ui.pages.commitments import entry
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.entry_grid import EntryGrid

_ROOM_FOR_THE_FOOT = 280


class AreaEntry(QWidget):
    """``kept`` each time a paper was saved."""

    kept = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._campaign: Campaign | None = None
        self._area_name = ""
        self._usual_day: date | None = None
        self._before: list[tuple[str, dict[str, Any]]] = []
        self._safe: dict[str, dict[str, Any]] = {}
        self.share = label("", "section")
        self.grid = EntryGrid(entry.columns(), self._save, desk, name="commitments", check=self._check)
        self.grid.view.setAccessibleName(_("Papers of the households, line by line"))
        self.grid.set_default("state", CommitmentState.SIGNED)
        self.grid.saved.connect(self._after_saving)
        self.grid.view.selectionModel().currentRowChanged.connect(lambda _new, _old: self._tell_household())
        self._household = label("", "muted")
        self._attach = button(_("Attach the scan…"), self.attach, icon="attach")
        self._attach.setEnabled(False)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(12)
        foot.addWidget(self._attach)
        foot.addWidget(self._household, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.share)
        column.addWidget(self.grid, 1)
        column.addWidget(self._foot)
        self._never = label(
            _("Scan the signed paper only. Never attach an identity card."), "hint", wrap=True
        )
        column.addWidget(self._never)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a low window to the lines; the file dialog then says alone what is never attached."""
        super().resizeEvent(event)
        for part in (self._foot, self._never):
            part.setVisible(self.height() >= _ROOM_FOR_THE_FOOT)

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
        self._campaign = campaign
        self._area_name = area_name
        lines = [entry.line(row, campaign.id) for row in rows] if campaign else []
        self._safe = {line.key: dict(line.values) for line in lines}
        self.grid.set_lines(lines)
        place = self.grid.lines.place_of(key)
        if place is not None:
            self.grid.view.go_to(place)
        self._tell_share()
        self._tell_household()

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

    def attach(self) -> None:
        """Ask for the scan of the current household's paper and keep it."""
        if not self.household_id or self._campaign is None:
            return
        kinds = ((_("Scan of the signed paper"), ("pdf", "jpg", "jpeg", "png")),)
        path = dialogs.choose_file(self, _("The signed paper, never an identity card"), kinds)
        if path is not None:
            commitments: Commitments = self._desk.services.commitments
            key = self.grid.lines.key(self.grid.view.currentIndex().row())
            work = partial(commitments.attach_paper, self.household_id, self._campaign.id, path)
            self._desk.run(lambda _progress: work(), partial(self._attached, key), owner=self)

    def _check(self, values: dict[str, Any]) -> str:
        return entry.fault(values, self._usual_day)

    def _save(self, key: str, values: dict[str, Any]) -> Callable[[Progress], Written[Commitment]]:
        meant = entry.typed(values, self._usual_day)
        if meant.signed_on is not None:
            # At once, not when it is safe: the next line is entered before that.
            self._usual_day = meant.signed_on
            self.grid.set_default("on", meant.signed_on)
        return self._work(key, values)

    def _work(self, key: str, values: dict[str, Any]) -> Callable[[Progress], Written[Commitment]]:
        assert self._campaign is not None  # noqa: S101 - there are no lines without a campaign
        commitments: Commitments = self._desk.services.commitments
        meant = entry.typed(values, self._usual_day)
        campaign_id = self._campaign.id
        return lambda _progress: commitments.record(
            entry.household_of(key), campaign_id, meant.state, meant.signed_on, meant.signed_by
        )

    def _after_saving(self, key: str, result: Written[Commitment]) -> None:
        self._before.append((key, self._safe.get(key, {})))
        self._lay_in(key, result.record)

    def _undone(self, key: str, result: Written[Commitment]) -> None:
        self._lay_in(key, result.record)
        place = self.grid.lines.place_of(key)
        if place is not None:
            self.grid.view.go_to(place)
        self._desk.note(_("Undone."))

    def _attached(self, key: str, result: Written[Commitment]) -> None:
        self._lay_in(key, result.record)
        self._desk.note(_("The scan is kept with the paper."))

    def _lay_in(self, key: str, paper: Commitment) -> None:
        """Show what was kept, unless the line was typed in again since."""
        cells = entry.kept(paper)
        self._safe[key] = {**self._safe.get(key, {}), **cells}
        place = self.grid.lines.place_of(key)
        if place is not None and self.grid.lines.standing(place) is not Standing.EDITED:
            for name, value in cells.items():
                self.grid.lines.put(place, name, value)
            self.grid.lines.set_standing(place, Standing.SAVED)
        self._tell_share()
        self._tell_household()
        self.kept.emit()

    def _tell_share(self) -> None:
        states = [values.get("state") or CommitmentState.NOT_ISSUED for values in self._safe.values()]
        self.share.setText(said(self._area_name, share(("living", state) for state in states)))
        self.share.setVisible(bool(self._safe))

    def _tell_household(self) -> None:
        place = self.grid.view.currentIndex().row()
        self._attach.setEnabled(place >= 0)
        if place < 0:
            self._household.clear()
            return
        values = self.grid.lines.values(place)
        scan = _("the scan is attached") if values.get("scan") else _("no scan attached")
        self._household.setText(f"{values['head']}: {scan}")


def said(name: str, signed: Share) -> str:
    """Return ``Bản Lác: 45/60 hộ đã ký (75 %)``."""
    return _(
        "{name}: {signed} of {living} households have signed ({percent})",
        name=name,
        signed=written.number(signed.signed),
        living=written.number(signed.living),
        percent=f"{signed.ratio.percent_text or '0'}\u00a0%",
    )
