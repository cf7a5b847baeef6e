"""Shows how one model was rated year by year, and rates it for the working year in one of the scales that provinces use."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.community_models import ModelRating, RatingCatalogue
from antq_desktop.runtime.language import _
from antq_desktop.services.results import Written, remark
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice


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
        column.addLayout(row)
        column.addWidget(self._said)
        self._offer(self._scale.value())

    def show_model(self, model_id: str) -> None:
        """Rate this model; one that is not saved yet cannot be rated."""
        if model_id != self._model_id:
            self._said.clear()
        self._model_id = model_id
        self._title.setText(_("Rating of {year}", year=self._desk.year))
        if model_id:
            self._read()

    def _offer(self, scale: object) -> None:
        ratings = self._catalogue.scales[str(scale)].ratings
        self._rating.set_choices(tuple((entry.id, entry.name) for entry in ratings.values()))

    def _rate(self) -> None:
        rate = self._desk.services.community_models.rate
        work = _rating(rate, self._model_id, self._desk.year, str(self._rating.value()))
        word = self._rating.currentText()
        self._desk.run(lambda _progress: work(), lambda written: self._rated(written, word), owner=self)

    def _rated(self, written: Written[ModelRating], word: str) -> None:
        done = _("Rated for {year}: {rating}.", year=written.record.year, rating=word)
        self._said.setText(" ".join([done, *map(remark, written.warnings)]))
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
        lines = [(_("Year {year}", year=kept.year), self._name(kept.rating)) for kept in rated.ratings]
        self._years.show_facts(lines or [(_("Not rated yet"), "")])

    def _name(self, rating: str) -> str:
        """Return what a rating is called; one of a scale that is gone is shown by its id."""
        for scale in self._catalogue.scales.values():
            if rating in scale.ratings:
                return scale.ratings[rating].name
        return rating


def _rating(
    rate: Callable[[str, int, str], Written[ModelRating]], model_id: str, year: int, rating: str
) -> Callable[[], Written[ModelRating]]:
    return lambda: rate(model_id, year, rating)
