"""One section of settings as a form with its own button to save."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.settings import setting_fields
from antq_desktop.ui.pages.settings.setting_fields import Section
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.form import Form


class FormSection(QWidget):
    """What was typed and not saved comes back as a draft, as everywhere."""

    def __init__(self, section: Section, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._desk = desk
        self._settings: Mapping[str, Any] = {}
        scales = desk.services.catalogues.ratings.scales.values()
        choices = {"models.rating_scale": tuple((scale.id, scale.name) for scale in scales)}
        self.form = Form(setting_fields.fields(section.names, choices), desk)
        self.form.finished.connect(self.save)
        foot = QHBoxLayout()
        foot.addWidget(button(_("Save"), self.save, icon="save", kind="main"))
        foot.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(_(section.title), "section"))
        column.addWidget(label(_(section.sentence), "muted", wrap=True))
        column.addWidget(self.form)
        column.addLayout(foot)
        column.addStretch()

    def show_settings(self, settings: Mapping[str, Any]) -> None:
        self._settings = settings
        self.form.show_record(
            f"settings/{self.section.key}", setting_fields.shown(self.section.names, settings)
        )

    def save(self) -> None:
        """Keep what was changed; says so in the status line."""
        if not self.form.check():
            return
        changed = setting_fields.made(self.section.names, self.form.values(), self._settings)
        if not changed:
            self.form.saved()
            self._desk.note(_("Nothing was changed."))
            return
        settings = self._desk.services.settings
        self._desk.run(lambda _progress: settings.put_all(changed), self._saved, owner=self)

    def _saved(self, _changes: object) -> None:
        self.form.saved()
        self._desk.note(_("Saved."))
