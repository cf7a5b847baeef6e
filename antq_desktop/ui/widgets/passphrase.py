"""The locked screen: one passphrase, one clear sentence when it is wrong, and a wait that grows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.sign import Sign
from antq_desktop.ui.widgets.text_field import TextField

_LONGEST_WAIT = 60


class UnlockScreen(QWidget):
    """``opened`` carries what ``unlock`` returned."""

    opened = Signal(object)

    def __init__(
        self, unlock: Callable[[str], object], lane: Lane, place: str = "", parent: QWidget | None = None
    ) -> None:
        """``unlock`` runs on the lane and raises a known failure for a wrong passphrase.

        A failure with the fact ``seconds`` sets the wait itself; else it doubles with each failure.
        """
        super().__init__(parent)
        self._unlock = unlock
        self._lane = lane
        self._failures = 0
        self._wait = 0
        self._sentence = ""
        self._field = TextField(_("Passphrase"))
        self._field.setEchoMode(TextField.EchoMode.Password)
        self._field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        )
        self._field.entered.connect(self._try)
        self._open = button(_("Open"), self._try, kind="main")
        self._said = label("", "fault", wrap=True)
        self._said.setMinimumHeight(self._said.fontMetrics().lineSpacing() * 2)
        self._said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._place = label(place, "muted", wrap=True)
        self._ways = QVBoxLayout()
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._lay_out()

    def set_place(self, place: str) -> None:
        """Say which workspace is locked."""
        self._place.setText(place)

    def add_way(self, word: str, do: Callable[[], object]) -> None:
        """Offer another way on under the button."""
        self._ways.addWidget(button(word, do, kind="link"), 0, Qt.AlignmentFlag.AlignHCenter)

    def said(self) -> str:
        return self._said.text()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._field.clear()
        super().hideEvent(event)

    def _try(self) -> None:
        passphrase = self._field.text()
        if not passphrase or self._wait or not self._open.isEnabled():
            return
        self._set_busy(busy=True)
        self._said.setText("")
        self._lane.run(partial(_unlocked, self._unlock, passphrase), self._let_in, self._refuse, owner=self)

    def _let_in(self, result: object) -> None:
        self._failures = 0
        self._field.clear()
        self._set_busy(busy=False)
        self.opened.emit(result)

    def _refuse(self, failure: KnownFailure) -> None:
        self._failures += 1
        seconds = failure.facts.get("seconds")
        self._wait = seconds if isinstance(seconds, int) else min(2 ** (self._failures - 1), _LONGEST_WAIT)
        self._sentence = sentence(failure)
        self._field.clear()
        self._clock.start()
        self._show_wait()

    def _tick(self) -> None:
        self._wait -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        if self._wait > 0:
            self._said.setText(f"{self._sentence} " + _("Wait {seconds} seconds.", seconds=self._wait))
            return
        self._wait = 0
        self._clock.stop()
        self._said.setText(self._sentence)
        self._set_busy(busy=False)
        self._field.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        self._open.setDisabled(busy)
        self._field.setReadOnly(busy)

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(400)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(32, 28, 32, 24)
        inner.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Sign("lock", "accent", 28))
        head.addWidget(label(_("The workspace is locked"), "title"), 1)
        inner.addLayout(head)
        inner.addWidget(self._place)
        inner.addSpacing(8)
        inner.addWidget(label(_("Passphrase"), "strong"))
        inner.addWidget(self._field)
        inner.addWidget(self._said)
        inner.addWidget(self._open)
        inner.addLayout(self._ways)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)


def _unlocked(unlock: Callable[[str], object], passphrase: str, progress: Progress) -> object:
    progress.report(0)
    return unlock(passphrase)
