"""The door of a workspace: the passphrase, the way in with the recovery key, and what to do when it does not open."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.new_passphrase import NewPassphrase
from antq_desktop.ui.widgets.passphrase import UnlockScreen
from antq_desktop.ui.widgets.scrolled import scrolling_column
from antq_desktop.ui.widgets.sign import Sign
from antq_desktop.ui.widgets.text_field import TextField

#: Failures that another try at the passphrase can cure; all others get a page of their own.
_TRY_AGAIN = ("wrong-passphrase", "too-many-tries")
_CARD_WIDTH = 440
_CARD_MARGIN = 32
Way = tuple[str, Callable[[], object]]


class Gate(QWidget):
    """``opened`` carries what ``open_`` returned; ``restoring`` when the officer wants a backup taken back."""

    opened = Signal(object)
    restoring = Signal()

    def __init__(
        self,
        lane: Lane,
        *,
        free: Callable[[], object],
        open_: Callable[[str], object],
        reset: Callable[[str, str], object],
        place: str = "",
    ) -> None:
        """``free`` sees that nobody else has it open, ``open_`` takes the passphrase, ``reset`` a recovery key and a new one.

        All three run on the lane.
        """
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(_("Security of the commune"))
        self._lane = lane
        self._free = free
        self._reset = reset
        self._open = open_
        self._unlock = UnlockScreen(partial(_told_apart, open_), lane, place)
        self._unlock.add_way(_("Forgotten? Open with the recovery key"), self.ask_recovery_key)
        self._unlock.opened.connect(self._take)
        self._forgotten = ForgottenScreen(self._try_recovery_key, self.ask_passphrase)
        self._trouble = TroubleScreen()
        self._stack = QStackedWidget()
        for screen in (self._unlock, self._forgotten, self._trouble):
            self._stack.addWidget(screen)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.resize(760, 560)

    @property
    def screen_shown(self) -> QWidget | None:
        return self._stack.currentWidget()

    def look(self) -> None:
        """See that the workspace can be opened from here at all, before a passphrase is asked for."""
        self._lane.run(lambda _progress: self._free(), failed=self.show_trouble, owner=self)

    def open_with(self, passphrase: str) -> None:
        """Open at once with a passphrase that is known; when it is wrong, ask."""
        self._lane.run(
            lambda _progress: _told_apart(self._open, passphrase), self._take, self._refuse_known, owner=self
        )

    def ask_passphrase(self) -> None:
        self._stack.setCurrentWidget(self._unlock)

    def ask_recovery_key(self) -> None:
        self._stack.setCurrentWidget(self._forgotten)
        self._forgotten.start()

    def show_trouble(self, failure: KnownFailure) -> None:
        """Say why the workspace does not open and offer what helps."""
        ways: list[Way] = [(_("Try again"), self._again), (_("Close the program"), self.close)]
        if failure.code in {"workspace-damaged", "key-file-damaged"}:
            ways.insert(0, (_("Take a backup back…"), self.restoring.emit))
        self._trouble.show_failure(failure, ways)
        self._stack.setCurrentWidget(self._trouble)

    def _again(self) -> None:
        self.ask_passphrase()
        self.look()

    def _take(self, result: object) -> None:
        if isinstance(result, KnownFailure):
            self.show_trouble(result)
        else:
            self.opened.emit(result)

    def _refuse_known(self, _failure: KnownFailure) -> None:
        self.ask_passphrase()

    def _try_recovery_key(self, recovery_key: str, passphrase: str) -> None:
        def work(_progress: Progress) -> object:
            self._reset(recovery_key, passphrase)
            return _told_apart(self._open, passphrase)

        self._lane.run(work, self._take, self._forgotten.refuse, owner=self)


class ForgottenScreen(QWidget):
    """Asks for the recovery key and a new passphrase."""

    def __init__(self, try_: Callable[[str, str], object], back: Callable[[], object]) -> None:
        super().__init__()
        self._try = try_
        self.key = TextField(_("Recovery key"))
        self.key.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX")
        self.new = NewPassphrase()
        self._said = label("", "fault", wrap=True)
        self._go = button(_("Open with the new passphrase"), self._send, kind="main")
        self.key.entered.connect(self.new.first.setFocus)
        self.key.textChanged.connect(self._look)
        self.new.changed.connect(self._look)
        self.new.finished.connect(self._send)
        foot = QHBoxLayout()
        foot.addWidget(button(_("Back"), back, icon="back"))
        foot.addStretch()
        foot.addWidget(self._go)
        card, inner = _card("key", _("Open with the recovery key"))
        inner.addWidget(
            label(
                _("The key stands on the sheet that was printed when the workspace was made."),
                "muted",
                wrap=True,
            )
        )
        inner.addSpacing(4)
        inner.addWidget(label(_("Recovery key"), "strong"))
        inner.addWidget(self.key)
        inner.addWidget(self.new)
        inner.addWidget(self._said)
        inner.addLayout(foot)
        _in_the_middle(self, card)
        self._look()

    def start(self) -> None:
        self.key.clear()
        self.new.clear()
        self._said.clear()
        self.key.setFocus()

    def refuse(self, failure: KnownFailure) -> None:
        self._said.setText(sentence(failure))
        self._look()
        self.key.setFocus()

    def said(self) -> str:
        return self._said.text()

    def _look(self) -> None:
        self._go.setEnabled(bool(self.key.written()) and self.new.is_ready())

    def _send(self) -> None:
        if self._go.isEnabled():
            self._go.setEnabled(False)
            self._said.clear()
            self._try(self.key.written(), self.new.passphrase())


class TroubleScreen(QWidget):
    """Says what keeps the workspace shut, with the ways on."""

    def __init__(self) -> None:
        super().__init__()
        self._text = label("", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._ways = QVBoxLayout()
        self._ways.setSpacing(8)
        card, inner = _card("state-bad", _("The workspace does not open"), colour="bad")
        inner.addWidget(self._text)
        inner.addSpacing(8)
        inner.addLayout(self._ways)
        _in_the_middle(self, card)

    def said(self) -> str:
        return self._text.text()

    def show_failure(self, failure: KnownFailure, ways: Sequence[Way]) -> None:
        """Show the failure's sentence; the first way is the one to take."""
        self._text.setText(sentence(failure))
        # A card in the middle is measured before its text is wrapped; the room for all lines is asked for here.
        self._text.setMinimumHeight(self._text.heightForWidth(_CARD_WIDTH - 2 * _CARD_MARGIN))
        empty(self._ways)
        for place, (word, do) in enumerate(ways):
            self._ways.addWidget(button(word, do, kind="quiet" if place else "main"))


def _told_apart(open_: Callable[[str], object], passphrase: str) -> object:
    """Return what opening gave, or the failure that no other passphrase can cure."""
    try:
        return open_(passphrase)
    except KnownFailure as failure:
        if failure.code in _TRY_AGAIN:
            raise
        return failure


def _card(icon: str, title: str, colour: str = "accent") -> tuple[QFrame, QVBoxLayout]:
    card = QFrame()
    card.setProperty("role", "card")
    card.setFixedWidth(_CARD_WIDTH)
    inner = QVBoxLayout(card)
    inner.setContentsMargins(_CARD_MARGIN, 28, _CARD_MARGIN, 24)
    inner.setSpacing(8)
    head = QHBoxLayout()
    head.setSpacing(12)
    head.addWidget(Sign(icon, colour, 28))
    head.addWidget(label(title, "title", wrap=True), 1)
    inner.addLayout(head)
    return card, inner


def _in_the_middle(screen: QWidget, card: QWidget) -> None:
    """Lay ``card`` into the middle of ``screen`` so that a low window scrolls."""
    column = scrolling_column(screen)
    column.addStretch(2)
    column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
    column.addStretch(3)
