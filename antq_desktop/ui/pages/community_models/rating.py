"""Shows how one model was rated year by year, and rates it for the working year in one of the scales that provinces use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.community_models import ModelRating, RatingCatalogue
from antq_desktop.runtime.language import _
from antq_desktop.services.results import Written, remark
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.date_edit import DateEdit


@dataclass(frozen=True, slots=True)
class _Rated:
    ratings: list[ModelRating]
    scale: str


class RatingBox(QWidget):
    """A scale, a rating of it and a button; the scale that the settings name is offered first."""

    def __init__(self, desk: Desk, catalogue: RatingCatalogue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._catalogue = catalogue
        self._model_id = ""
        self._usual = ""
        self._title = label("", "strong")
        self._scale = Choice(_("Scale"), tuple((s.id, s.name) for s in catalogue.scales.values()))
        self._scale.picked.connect(self._offer)
        self._rating = Choice(_("Rating"))
        self.day = DateEdit(_("Day of the rating"), desk.year)
        self._said = label("", "hint", wrap=True)
        self._years = Facts()
        self._scale.let_shrink()
        self._rating.let_shrink()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._rating, 1)
        row.addWidget(button(_("Rate"), self._rate))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Ratings"), "section"))
        column.addWidget(self._years)
        column.addWidget(self._title)
        column.addWidget(self._scale)
        column.addWidget(label(_("Day of the rating")))
        column.addWidget(self.day)
        column.addWidget(
            label(
                _("Without a day the rating counts for the report of the whole year only."), "hint", wrap=True
            )
        )
        column.addLayout(row)
        column.addWidget(self._said)
        self._offer(self._scale.value())

    def show_model(self, model_id: str) -> None:
        """Rate this model; one that is not saved yet cannot be rated."""
        if model_id != self._model_id:
            self._said.clear()
            self.day.set_date(None)
        self.day.set_year(self._desk.year)
        self._model_id = model_id
        self._title.setText(_("Rating of {year}", year=self._desk.year))
        if model_id:
            self._read()

    def _offer(self, scale: object) -> None:
        ratings = self._catalogue.scales[str(scale)].ratings
        first = ("", _("Choose a rating"))  # none is chosen beforehand: one stray click rates no model
        self._rating.set_choices((first, *((entry.id, entry.name) for entry in ratings.values())))

    def _rate(self) -> None:
        fault = self.day.fault()
        if fault:
            self._said.setText(fault)
            self.day.setFocus()
            return
        if not self._rating.value():
            self._said.setText(_("Choose a rating first."))
            self._rating.setFocus()
            return
        rate = self._desk.services.community_models.rate
        work = _rating(rate, self._model_id, self._desk.year, str(self._rating.value()), self.day.date())
        word = self._rating.currentText()
        self._desk.run(lambda _progress: work(), lambda kept: self._rated(kept, word), owner=self)

    def _rated(self, kept: Written[ModelRating], word: str) -> None:
        done = _("Rated for {year}: {rating}.", year=kept.record.year, rating=word)
        self._said.setText(" ".join([done, *map(remark, kept.warnings)]))
        self._read()

    def _read(self) -> None:
        model_id, services = self._model_id, self._desk.services
        self._desk.run(
            lambda _progress: _Rated(
                services.community_models.ratings(model_id), services.settings.get("models.rating_scale")
            ),
            partial(self._show, model_id),
            owner=self,
        )

    def _show(self, model_id: str, rated: _Rated) -> None:
        if model_id != self._model_id:
            return
        if rated.scale != self._usual:
            self._usual = rated.scale
            self._scale.set_value(rated.scale)
            self._offer(rated.scale)
        if self.day.date() is None and not self.day.hasFocus():
            days = {kept.year: kept.rated_on for kept in rated.ratings}
            self.day.set_date(days.get(self._desk.year))
        lines = [(_("Year {year}", year=kept.year), self._said_of(kept)) for kept in rated.ratings]
        self._years.show_facts(lines or [(_("Not rated yet"), "")])

    def _said_of(self, kept: ModelRating) -> str:
        name = self._name(kept.rating)
        if kept.rated_on is None:
            return name
        return _("{rating} (on {day})", rating=name, day=written.day(kept.rated_on))

    def _name(self, rating: str) -> str:
        """Return what a rating is called; one of a scale that is gone is shown by its id."""
        for scale in self._catalogue.scales.values():
            if rating in scale.ratings:
                return scale.ratings[rating].name
        return rating


def _rating(
    rate: Callable[[str, int, str, date | None], Written[ModelRating]],
    model_id: str,
    year: int,
    rating: str,
    rated_on: date | None,
) -> Callable[[], Written[ModelRating]]:
    return lambda: rate(model_id, year, rating, rated_on)
