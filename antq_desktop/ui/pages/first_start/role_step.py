"""The first step: for whom this laptop works, or which backup is taken back."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui import dialogs
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.scrolled import scrolling_column
from antq_desktop.ui.widgets.wizard import Step


class RoleStep(Step):
    """``restored`` when a backup was laid into the folder: there is a workspace to open now."""

    restored = Signal()

    def __init__(self, answers: Answers, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Who works here"),
            _("The program asks a few things once, then never again. Nothing leaves this laptop."),
            parent,
        )
        self._answers = answers
        self._lane = lane
        self.commune = QRadioButton(_("Police of a commune, ward or special zone"))
        self.receiving = QRadioButton(_("Receiving unit of the upper level"))
        self.commune.setChecked(True)
        self._banner = Banner()
        column = scrolling_column(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.setSpacing(2)
        for choice, text in (
            (
                self.commune,
                _("Households, commitments, models, self-assessments, and the stick to the upper level."),
            ),
            (self.receiving, _("Takes in the sticks of the communes and gives each its acknowledgement.")),
        ):
            column.addWidget(choice)
            under = label(text, "muted", wrap=True)
            under.setContentsMargins(24, 0, 0, 12)
            column.addWidget(under)
        column.addWidget(hairline())
        column.addSpacing(12)
        column.addWidget(label(_("This laptop replaces another one?"), "strong"))
        column.addWidget(
            label(
                _("A backup brings everything back; it opens with the passphrase it was made under."),
                "muted",
                wrap=True,
            )
        )
        column.addSpacing(8)
        column.addLayout(_at_the_left(button(_("Take a backup back…"), self._ask_backup, icon="backup")))
        column.addSpacing(8)
        column.addWidget(self._banner)
        column.addStretch()

    def proceed(self, go_on: Callable[[], None]) -> None:
        self._answers.role = "receiving" if self.receiving.isChecked() else "commune"
        go_on()

    def said(self) -> str:
        return self._banner.text()

    def _ask_backup(self) -> None:
        file = dialogs.choose_file(self, _("Which backup?"), ((_("Backups"), ("antqbackup",)),))
        if file is None:
            return

        def work(_progress: object) -> None:
            from antq_desktop.services.recovery.taking_back import restore_workspace

            restore_workspace(file, self._answers.folder)

        self._banner.clear()
        self._lane.run(work, lambda _nothing: self.restored.emit(), self._refuse, owner=self)

    def _refuse(self, failure: KnownFailure) -> None:
        self._banner.say(State.BAD, sentence(failure))


def _at_the_left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch()
    return row
