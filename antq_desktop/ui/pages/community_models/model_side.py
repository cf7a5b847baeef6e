"""The chosen model beside the list: what is known of it, its steps, its sites and groups, its means, its ratings."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from antq_desktop.domain.community_models import CommunityModel
from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.community_models.means_panel import MeansPanel
from antq_desktop.ui.pages.community_models.model_form import Choices
from antq_desktop.ui.pages.community_models.model_rows import ModelLine, reasons, verdict_words
from antq_desktop.ui.pages.community_models.parts_panel import PartsPanel
from antq_desktop.ui.pages.community_models.rating import RatingBox
from antq_desktop.ui.pages.community_models.steps_panel import StepsPanel
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.sections import Sections
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.chip import chip
from antq_desktop.ui.widgets.flow import Flow

ABOUT, STEPS, PARTS, MEANS, RATINGS = "about", "steps", "parts", "means", "ratings"


class ModelSide(QWidget):
    """``changed`` when a deed in a part changed the model itself, ``part_shown`` when another part came into sight."""

    changed = Signal()
    part_shown = Signal(str)

    def __init__(self, desk: Desk, form: Sections, areas: Choices, parent: QWidget | None = None) -> None:
        """``areas`` is a list that the page may change later."""
        super().__init__(parent)
        self._saved = False
        self.form = form
        self.steps = StepsPanel(desk)
        self.parts = PartsPanel(desk, areas)
        self.means = MeansPanel(desk)
        self.rating = RatingBox(desk, desk.services.catalogues.ratings)
        for panel in (self.steps, self.parts):
            panel.changed.connect(self.changed)
        self._said = label("", "muted", wrap=True)
        self._tabs: dict[str, QPushButton] = {}
        self._all: dict[str, QWidget] = {
            ABOUT: form,
            STEPS: self.steps,
            PARTS: self.parts,
            MEANS: self.means,
            RATINGS: self.rating,
        }
        self._panels = Panels(*self._all.values())
        self._lay_out()
        self.show_part(ABOUT)

    @property
    def part(self) -> str:
        """The part in sight."""
        return next(part for part, made in self._tabs.items() if made.isChecked())

    def show_part(self, part: str) -> None:
        """Show one part; a model that is not saved yet has none but what is known of it."""
        part = part if self._saved else ABOUT
        self._tabs[part].setChecked(True)
        self._panels.show_only(self._all[part])
        self.part_shown.emit(part)

    def show_model(self, model: CommunityModel) -> None:
        """Show a model; the part in sight stays."""
        self._saved = bool(model.id)
        for known in (self._bar, self._said):
            known.setVisible(self._saved)
        self.steps.show_model(model.id)
        self.parts.show_model(model)
        self.means.show_model(model.id)
        self.rating.show_model(model.id)
        self.show_part(self.part)

    def say_standing(self, line: ModelLine | None) -> None:
        """Say where the model stands, and why; nothing where that is not known yet."""
        if line is None:
            self._said.clear()
            return
        copies = line.standing.copies
        told = [
            f"{verdict_words(line).capitalize()}.",
            reasons(line),
            _("{count} models grew out of it.", count=copies) if copies else "",
        ]
        self._said.setText(" ".join(part for part in told if part))

    def save(self) -> bool:
        """Keep what is typed in the part in sight; False where that is the model itself, which the page keeps."""
        panels = {STEPS: self.steps.save, PARTS: self.parts.save, MEANS: self.means.save}
        save = panels.get(self.part)
        if save is None:
            return self.part == RATINGS
        save()
        return True

    def _lay_out(self) -> None:
        words = {
            ABOUT: _("About it"),
            STEPS: _("Steps"),
            PARTS: _("Sites, groups"),
            MEANS: _("Money, equipment"),
            RATINGS: _("Ratings"),
        }
        self._bar = QWidget()
        row = Flow(self._bar, gap=4)
        group = QButtonGroup(self)
        for part, word in words.items():
            made = chip(word, partial(self.show_part, part))
            group.addButton(made)
            self._tabs[part] = made
            row.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for seen in (self._said, self._bar, self._panels):
            column.addWidget(seen)
        column.addStretch()
