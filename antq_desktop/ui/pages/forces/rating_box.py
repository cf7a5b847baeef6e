"""Rates the members of all teams for one year, line by line, while the share at the top is shown as it is typed."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.member_ratings import TeamRatingCatalogue, TopShare, check_top, top_share
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.movement.member_ratings import MemberRatings, RatingRow
from antq_desktop.services.results import ReasonMissing, remark
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.entry_lines import EntryColumn, Line
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label, restyle
from antq_desktop.ui.widgets.entry_grid import EntryGrid
from antq_desktop.ui.widgets.reason_box import ReasonBox
from antq_desktop.ui.widgets.sign import Sign

_ROOM_FOR_THE_REASON = 240


class RatingBox(QWidget):
    """Who served in the rated period, one line each; a rating that was given is taken back with a reason only.

    ``back`` is the button for that, which the page puts where it has room. ``failed`` carries why it was not done.
    """

    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._year = desk.year
        self._kept: dict[str, str | None] = {}
        self._sign = Sign()
        self._sign.show_icon(State.LOOK.icon, State.LOOK.value)
        self.share = label("", wrap=True)
        self.grid = EntryGrid(
            _columns(self._catalogue), self._save, desk, name="member-ratings", check=_without_rating
        )
        self.grid.lines.dataChanged.connect(self._count)
        self.grid.view.selectionModel().currentRowChanged.connect(self._follow)
        self.back = button(_("Take the rating back…"), self._ask_back, icon="undo")
        self.reason = ReasonBox(_("Why the rating is taken back"), _("Take the rating back"))
        self.reason.given.connect(self._take_back)
        self.reason.hide()
        self.why = label("", "warning", wrap=True)
        share = QHBoxLayout()
        share.setSpacing(6)
        share.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        share.addWidget(self.share, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(share)
        column.addWidget(self.grid, 1)
        column.addWidget(self.why)
        column.addWidget(self.reason)

    def show_rows(self, year: int, rows: Sequence[RatingRow]) -> None:
        """Show the members of a year; while they are the same as before, only what changed is laid in."""
        lines = [_line(row, year) for row in rows]
        self._kept = {line.key: line.values["rating"] for line in lines}
        same = self._year == year and [line.key for line in lines] == self.grid.lines.keys()
        self._year = year
        if same:
            for place, line in enumerate(lines):
                shown = self.grid.lines.values(place)
                changed = {name: value for name, value in line.values.items() if shown.get(name) != value}
                if changed:
                    self.grid.lay_in(line.key, changed)
        else:
            self.reason.forget()
            self.grid.set_lines(lines)
        self._count()
        self._follow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the lines take the room of the sentence that stands in the last column too."""
        super().resizeEvent(event)
        self._show_why()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the names: out of sight the lines had no width, and went to what is typed in."""
        super().showEvent(event)
        self.grid.view.horizontalScrollBar().setValue(0)

    def live_share(self) -> TopShare:
        """Return the share at the top as the lines stand now, saved or not."""
        lines = self.grid.lines
        typed = (lines.values(place)["rating"] for place in range(lines.rowCount()))
        return top_share((rating for rating in typed if rating), self._catalogue)

    @property
    def _catalogue(self) -> TeamRatingCatalogue:
        catalogue: TeamRatingCatalogue = self._desk.services.catalogues.team_ratings
        return catalogue

    @property
    def _ratings(self) -> MemberRatings:
        ratings: MemberRatings = self._desk.services.member_ratings
        return ratings

    def _count(self) -> None:
        """Say how many stand at the top and how many may; too many are only remarked on."""
        share, period = self.live_share(), self._catalogue.period(self._year)
        found = check_top(share)
        self._sign.setVisible(bool(found))
        restyle(self.share, role="warning" if found else "muted")
        if found:
            self.share.setText(remark(found[0]))
            return
        self.share.setText(
            _(
                "Rated period {first} – {last}. At the top: {top} of at most {most}, which are {percent} % of {base} rated good.",
                first=written.day(period.first),
                last=written.day(period.last),
                top=share.top,
                most=share.most,
                percent=share.percent,
                base=share.base,
            )
        )

    def _save(self, key: str, values: dict[str, Any]) -> Callable[[Progress], object]:
        """Return the work that keeps the rating of a line; one that was given is not lost by emptying its cell."""
        rating, ratings, member_id, year = values["rating"], self._ratings, _member_of(key), self._year
        if rating is not None:
            on = values["rated_on"]
            return lambda _progress: ratings.rate(member_id, year, rating, on)
        kept = self._kept.get(key)

        def nothing(_progress: Progress) -> None:
            if kept is not None:
                raise ReasonMissing

        return nothing

    def _follow(self, *_places: object) -> None:
        """Offer to take back only what was given, and say why the member of the line cannot be rated."""
        key = self._current()
        place = self.grid.lines.place_of(key) if key is not None else None
        why = str(self.grid.lines.values(place)["refused"]) if place is not None else ""
        self.why.setText(why)
        self._show_why()
        self.back.setEnabled(key is not None and self._kept.get(key) is not None)
        self.reason.forget()

    def _show_why(self) -> None:
        self.why.setVisible(bool(self.why.text()) and self.height() >= _ROOM_FOR_THE_REASON)

    def _current(self) -> str | None:
        place = self.grid.view.currentIndex().row()
        return self.grid.lines.key(place) if 0 <= place < self.grid.lines.rowCount() else None

    def _ask_back(self) -> None:
        self.reason.ask()

    def _take_back(self, reason: str) -> None:
        key = self._current()
        if key is not None:
            work = partial(self._ratings.take_back, _member_of(key), self._year, reason)
            self._desk.run(
                lambda _progress: work(), lambda _changes: self._taken_back(key), self.failed.emit, owner=self
            )

    def _taken_back(self, key: str) -> None:
        self.reason.forget()
        self._desk.note(_("The rating was taken back."))
        place = self.grid.lines.place_of(key)
        if place is not None:
            self.grid.view.go_to(place)
            self.grid.view.setFocus()


def _columns(catalogue: TeamRatingCatalogue) -> list[EntryColumn]:
    choices = tuple((entry.id, entry.name) for entry in catalogue.ratings.values())
    return [
        EntryColumn("name", _("Member"), width=170),
        EntryColumn("rating", _("Rating"), kind="choice", choices=choices, width=230),
        EntryColumn("rated_on", _("Day of the rating"), kind="date", width=130),
        EntryColumn("area", _("Residential area"), width=180),
        EntryColumn("post", _("Post"), width=110),
        EntryColumn("refused", _("Cannot be rated because"), width=200),
    ]


def _line(row: RatingRow, year: int) -> Line:
    """Return the line of a member; its key names the year too, so that a draft never lands in another one."""
    return Line(
        f"{row.member_id} {year}",
        {
            "name": row.name,
            "area": row.area_name,
            "post": row.post_name,
            "rating": row.rating,
            "rated_on": row.rated_on,
            "refused": row.refused or "",
        },
    )


def _without_rating(values: Mapping[str, object]) -> str:
    """Return what is wrong with a line that has a day and no rating."""
    if values["rated_on"] is not None and values["rating"] is None:
        return _("There is a day but no rating. Choose the rating, or empty the day.")
    return ""


def _member_of(key: str) -> str:
    return key.partition(" ")[0]
