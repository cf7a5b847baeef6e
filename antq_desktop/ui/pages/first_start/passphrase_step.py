"""The step that takes the passphrase and then makes the workspace."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.new_passphrase import NewPassphrase
from antq_desktop.ui.widgets.scrolled import scrolling_column
from antq_desktop.ui.widgets.wizard import Step

if TYPE_CHECKING:
    from antq_desktop.bootstrap import Created


class PassphraseStep(Step):
    """The data is encrypted with it; nobody can open it without, except with the recovery key of the next step."""

    def __init__(self, answers: Answers, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Passphrase"),
            _("It is asked each time the program opens. All data on this laptop is encrypted with it."),
            parent,
        )
        self.next_word = _("Make the workspace")
        self._answers = answers
        self._lane = lane
        self.new = NewPassphrase()
        self.new.changed.connect(self.readiness_changed)
        self._banner = Banner()
        column = scrolling_column(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.addWidget(self._banner)
        self.new.setMaximumWidth(440)
        column.addWidget(self.new)
        column.addStretch()

    def enter(self) -> None:
        self.new.first.setFocus()

    def is_ready(self) -> bool:
        return self.new.is_ready()

    def proceed(self, go_on: Callable[[], None]) -> None:
        answers, passphrase = self._answers, self.new.passphrase()
        self._banner.clear()
        self._lane.run(
            lambda _progress: _created(answers, passphrase),
            lambda made: self._take(*made, go_on),
            self._refuse,
            owner=self,
        )

    def said(self) -> str:
        return self._banner.text()

    def _take(self, created: "Created", sealing_key: str, go_on: Callable[[], None]) -> None:
        self._answers.application = created.application
        self._answers.recovery_key = created.recovery_key
        self._answers.sealing_key = sealing_key
        self.new.clear()
        go_on()

    def _refuse(self, failure: KnownFailure) -> None:
        self._banner.say(State.BAD, sentence(failure))
        self.stayed.emit()


def _created(answers: Answers, passphrase: str) -> "tuple[Created, str]":
    from antq_desktop.bootstrap import create_workspace
    from antq_desktop.services.first_start import new_commune, new_receiving_unit

    given = answers.values
    if answers.role == "commune":
        new = new_commune(
            answers.commune.code if answers.commune else "",
            receiving_unit=given["receiving_unit"],
            officer=given["officer"],
            rank=given["rank"],
            year=answers.year,
            passphrase=passphrase,
        )
    else:
        new = new_receiving_unit(
            given["name"], officer=given["officer"], year=answers.year, passphrase=passphrase
        )
    created = create_workspace(answers.folder, new)
    if answers.role == "commune":
        return created, ""
    return created, created.application.receiving.initialise(given["name"])
