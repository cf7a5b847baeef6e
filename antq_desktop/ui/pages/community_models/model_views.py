"""Offers the views of the list of models, by where models stand and how they are rated, each with its number of models."""

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.community_models import RatingScale
from antq_desktop.domain.model_standing import Verdict
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.ui.pages.community_models.model_rows import UNRATED, ModelLine, count_in, rated_view
from antq_desktop.ui.widgets.choice import Choice

#: Message ids.
_VERDICTS: dict[Verdict, str] = {
    "works": N_("At work"),
    "on_paper": N_("Only on paper"),
    "replicate": N_("To replicate"),
    "remove": N_("To remove"),
}


class ModelViews(Choice):
    """The view that was asked for stays chosen and on offer, also while no model stands in it or none was read yet."""

    def __init__(self, scales: Iterable[RatingScale], year: int, parent: QWidget | None = None) -> None:
        """``year`` is the year that models are rated for."""
        super().__init__(_("Which models"), parent=parent)
        self._ratings = {key: word.name for scale in scales for key, word in scale.ratings.items()}
        self._lines: Sequence[ModelLine] = ()
        self._year = year
        self._asked = ""
        self.picked.connect(self._note)
        self._say()

    def ask(self, view: str) -> None:
        """Choose ``view``, as a person does: a verdict, ``rated_view`` of a rating, or empty for all models."""
        self._asked = view
        self._say()

    def show_lines(self, lines: Sequence[ModelLine], year: int) -> None:
        """Offer the views of ``lines`` as they are rated for ``year``."""
        self._lines, self._year = lines, year
        self._say()

    def _note(self, view: object) -> None:
        self._asked = str(view or "")

    def _say(self) -> None:
        views: list[tuple[object, str]] = [
            (view, _("{view} ({count})", view=_(word), count=count_in(self._lines, view)))
            for view, word in _VERDICTS.items()
        ]
        everything = ("", _("All models ({count})", count=len(self._lines)))
        self.set_choices((everything, *views, *self._rated()))
        self.set_value(self._asked)

    def _rated(self) -> list[tuple[object, str]]:
        """Return a view for each rating that a model has in the year, and for those at work without one."""
        given = {line.rating for line in self._lines if line.rating}
        if self._asked.startswith(rated_view("")):
            given.add(self._asked.removeprefix(rated_view("")))
        known = [key for key in self._ratings if key in given]
        words = [
            (key, self._ratings.get(key, key)) for key in (*known, *sorted(given - {*self._ratings, UNRATED}))
        ]
        if self._lines:
            words.append((UNRATED, _("not rated yet")))
        return [
            (
                rated_view(key),
                _(
                    "Rated {year}: {rating} ({count})",
                    year=self._year,
                    rating=word,
                    count=count_in(self._lines, rated_view(key)),
                ),
            )
            for key, word in words
        ]
