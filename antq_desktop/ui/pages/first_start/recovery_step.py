"""The step that shows the recovery key, once, and does not go on before it was put on paper."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui import dialogs
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.pages.first_start.answers import Answers
from antq_desktop.ui.pages.opened_file import open_file
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.scrolled import scrolling_column
from antq_desktop.ui.widgets.wizard import Step


class RecoveryStep(Step):
    """The key is kept nowhere: without the sheet a forgotten passphrase cannot be replaced by anybody."""

    def __init__(self, answers: Answers, lane: Lane, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Recovery key"),
            _("It opens the data when the passphrase is forgotten. It is shown now and never again."),
            parent,
        )
        self._answers = answers
        self._lane = lane
        self.key = label("", "section")
        self.key.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.key.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        frame = QFrame()
        frame.setProperty("role", "card")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(self.key)
        self.sealing = label("", "muted", wrap=True)
        self.sealing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(self.sealing)
        self.tick = QCheckBox(_("I have printed it or written it down"))
        self.tick.toggled.connect(lambda _on: self.readiness_changed.emit())
        self._banner = Banner()
        row = QHBoxLayout()
        row.addWidget(button(_("Save the sheet to print…"), self._ask_file, icon="print"))
        row.addStretch()
        column = scrolling_column(self)
        column.setContentsMargins(0, 8, 4, 0)
        column.setSpacing(12)
        column.addWidget(frame)
        column.addWidget(
            label(
                _(
                    "Print the sheet, put it into an envelope and lock it into the safe. Do not keep the file on this laptop."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addLayout(row)
        column.addWidget(self._banner)
        column.addWidget(self.tick)
        column.addStretch()

    def enter(self) -> None:
        groups = self._answers.recovery_key.split("-")
        half = len(groups) // 2
        self.key.setText("-".join(groups[:half]) + "-\n" + "-".join(groups[half:]))
        self.key.setAccessibleName(_("Recovery key") + f": {self._answers.recovery_key}")
        sealing = self._answers.sealing_key
        self.sealing.setVisible(bool(sealing))
        self.sealing.setText(
            _("The key that opens sealed bundles when this machine is lost goes on a second sheet:")
            + f"\n{sealing}"
        )

    def is_ready(self) -> bool:
        return self.tick.isChecked()

    def can_go_back(self) -> bool:
        return False

    def said(self) -> str:
        return self._banner.text()

    def save_sheet(self, path: Path) -> None:
        """Write the sheet as a PDF and offer to open it."""
        answers = self._answers

        def work(_progress: object) -> object:
            assert answers.application is not None  # noqa: S101 - the step before has made it
            printing = answers.application.printing
            if answers.sealing_key:
                printing.sealing_recovery_sheet(answers.sealing_key, _second(path))
            return printing.recovery_sheet(answers.recovery_key, path)

        self._lane.run(work, lambda _done: self._say_saved(path), self._refuse, owner=self)

    def _ask_file(self) -> None:
        path = dialogs.save_file(
            self, _("Where is the PDF file to go?"), _("recovery-key") + ".pdf", ((_("PDF file"), ("pdf",)),)
        )
        if path is not None:
            self.save_sheet(path)

    def _say_saved(self, path: Path) -> None:
        said = _("The sheet lies in «{path}». Print it, then delete the file.", path=str(path))
        if self._answers.sealing_key:
            said = _(
                "The sheets lie in «{path}» and «{second}». Print both, then delete the files.",
                path=str(path),
                second=_second(path).name,
            )
        self._banner.say(
            State.GOOD,
            said,
            (_("Open the file"), lambda: open_file(path)),
        )

    def _refuse(self, failure: KnownFailure) -> None:
        self._banner.say(State.BAD, sentence(failure))


def _second(path: Path) -> Path:
    return path.with_name(f"{path.stem}-2{path.suffix}")
