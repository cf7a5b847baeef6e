"""Where the office sets once what papers, periods and reminders need, and looks after passphrase and backups."""

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.runtime.language import _
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.settings.about_section import AboutSection
from antq_desktop.ui.pages.settings.backups_section import BackupsSection
from antq_desktop.ui.pages.settings.deadlines_section import DeadlinesSection
from antq_desktop.ui.pages.settings.form_section import FormSection
from antq_desktop.ui.pages.settings.passphrase_section import PassphraseSection
from antq_desktop.ui.pages.settings.search_section import SearchSection
from antq_desktop.ui.pages.settings.setting_fields import INTERVAL, SECTIONS
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.scrolled import scrolled

_WIDEST = 640
_NAMES_WIDTH = 216
_ROOM_FOR_THE_LIST = 760


class SettingsPage(Page):
    """Sections at the left, the chosen one beside them."""

    tables = frozenset({"settings"})
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Settings"),
            sentence=_("What the office sets once."),
            help_text=_(
                "Choose a section at the left; Ctrl+S saves the section in sight. Settings that rest on a law name it underneath."
            ),
            parent=parent,
        )
        commune = desk.services.role == "commune"
        self._forms = [FormSection(section, desk) for section in SECTIONS[desk.services.role]]
        self.passphrase = PassphraseSection(desk)
        self.backups = BackupsSection(desk, INTERVAL)
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._stack = QStackedWidget()
        self._choice = Choice(_("Section"))
        self.add_filter("", self._choice)
        self._names = QVBoxLayout()
        self._names.setSpacing(2)
        for form in self._forms:
            self._add(form.section.key, _(form.section.title), form)
        self._add("passphrase", _("Passphrase"), self.passphrase)
        self._add("backups", _("Backups"), self.backups)
        self.search = SearchSection(desk)
        self._add("search", _("Search over everything"), self.search)
        self.deadlines = DeadlinesSection(desk) if commune else None
        if self.deadlines is not None:
            self._add("deadlines", _("Deadlines"), self.deadlines)
        self._add("about", _("About"), AboutSection(desk.services.session.unit_code))
        self._names.addStretch()
        self.on(Command.SAVE, self._save)
        self._put_together()
        self.show_section(next(iter(self._buttons)))

    @property
    def section(self) -> str:
        """The key of the section in sight."""
        return next(key for key, made in self._buttons.items() if made.isChecked())

    @property
    def section_keys(self) -> tuple[str, ...]:
        return tuple(self._buttons)

    def refresh(self) -> None:
        services = self.desk.services
        self.desk.run(
            lambda _progress: (services.settings.all(), services.backups.last()), self._show, owner=self
        )

    def wanted(self, **what: object) -> None:
        """``section`` opens one."""
        if what.get("section") in self._buttons:
            self.show_section(str(what["section"]))

    def year_changed(self, _year: int) -> None:
        """Change nothing: settings belong to no year."""

    def leave(self) -> None:
        super().leave()
        self.passphrase.forget()

    def show_section(self, key: str) -> None:
        self._buttons[key].setChecked(True)
        self._choice.set_value(key)
        self._stack.setCurrentIndex(list(self._buttons).index(key))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for the list of sections, a choice stands above instead."""
        super().resizeEvent(event)
        roomy = self.width() >= _ROOM_FOR_THE_LIST
        self._list.setVisible(roomy)
        self._choice.setVisible(not roomy)

    def _show(self, found: tuple[dict[str, Any], datetime | None]) -> None:
        settings, last = found
        for form in (*self._forms, self.backups.interval):
            form.show_settings(settings)
        if self.deadlines is not None:
            self.deadlines.show_settings(settings)
        self.backups.show_last(last)

    def _save(self) -> None:
        form = next((form for form in self._forms if form.section.key == self.section), None)
        if form is not None:
            form.save()
        elif self.section == "passphrase":
            self.passphrase.save()
        elif self.section == "backups":
            self.backups.interval.save()
        elif self.section == "deadlines" and self.deadlines is not None:
            self.deadlines.save()

    def _add(self, key: str, word: str, content: QWidget) -> None:
        made = button(word, partial(self.show_section, key), kind="nav")
        made.setCheckable(True)
        self._group.addButton(made)
        self._buttons[key] = made
        self._names.addWidget(made)
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 8, 8)
        content.setMaximumWidth(_WIDEST)
        row.addWidget(content, 10)
        row.addStretch(1)
        self._stack.addWidget(scrolled(room))

    def _put_together(self) -> None:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        names = QWidget()
        names.setLayout(self._names)
        self._names.setContentsMargins(0, 0, 0, 0)
        names.setFixedWidth(_NAMES_WIDTH)
        self._list = names
        self._choice.set_choices([(key, made.text()) for key, made in self._buttons.items()])
        self._choice.picked.connect(lambda key: self.show_section(str(key)))
        row.addWidget(names)
        row.addWidget(self._stack, 1)
        self.set_body(body)
