"""Leads through the decision on data that was taken back or copied: what is known, what happened, what came of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.exchange.names import SUFFIX
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.recovery.mending import Mended
from antq_desktop.services.recovery.mending_words import moment, sentences
from antq_desktop.services.recovery.rebuilding import Rebuilt
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner, StateWord
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.text_field import TextLines
from antq_desktop.ui.widgets.wizard import Step, Wizard


class KnownStep(Step):
    """What is known here and elsewhere; a commune may bring its backup forward from its own sticks first."""

    came_forward = Signal(object)

    def __init__(self, desk: Desk, found: Trouble, *, upper: bool) -> None:
        super().__init__(
            _("What is known"), _("Look at both places before you decide; nothing is changed on this page.")
        )
        self._desk = desk
        self.said = Banner()
        self.facts = Facts()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self.facts)
        self.sticks = button(_("Take it from this laptop's own sticks…"), self.choose, icon="stick")
        self._about = label(
            _(
                "The bundles that this laptop put on sticks hold what it had entered. Whoever still has them brings the data forward without loss."
            ),
            "muted",
            wrap=True,
        )
        for part in (self._about, self.sticks):
            part.setVisible(not upper)
        column.addWidget(self._about)
        column.addWidget(self.sticks, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.said)
        column.addStretch()
        self.show_found(found)

    def show_found(self, found: Trouble) -> None:
        known = found.known_seq > 0
        self.facts.show_facts(
            [
                (_("How it was found"), sentences(found)[0]),
                (_("Last here"), _place(found.here_seq, found.here_at)),
                (
                    _("Known elsewhere"),
                    _place(found.known_seq, found.known_at) if known else _("nothing is known"),
                ),
                (_("Lost here"), written.number(found.lost) if known else _("not known")),
            ]
        )

    def choose(self) -> None:
        """Ask for bundles of this laptop and take them in."""
        files = dialogs.choose_files(
            self, _("Choose the bundles of this laptop"), ((_("Files of this program"), (SUFFIX[1:],)),)
        )
        if files:
            rebuilding = self._desk.services.rebuilding
            self._desk.run(
                lambda progress: rebuilding.rebuild(files, progress),
                self.came_forward.emit,
                self._refused,
                title=_("Taking bundles in"),
                owner=self,
            )

    def _refused(self, failure: KnownFailure) -> None:
        self.said.say(State.BAD, sentence(failure))


class DecideStep(Step):
    """Which of the two it is, and why."""

    def __init__(self, desk: Desk, *, upper: bool) -> None:
        super().__init__(
            _("What happened"), _("Choose what is true, and say why; your name is kept with it.")
        )
        self.next_word = _("Go on this way")
        self._desk = desk
        self.said = Banner()
        self.done: Mended | None = None
        self.restored = QRadioButton(_("The data was taken back, and no other copy of it is in use"))
        self.cloned = QRadioButton(_("This is a copy; the other one goes on too"))
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for way, about in (
            (self.restored, _upper_way() if upper else _restored_way()),
            (self.cloned, _cloned_way()),
        ):
            self._group.addButton(way)
            text = label(about, "muted", wrap=True)
            text.setContentsMargins(26, 0, 0, 8)
            column.addWidget(way)
            column.addWidget(text)
            way.toggled.connect(lambda _on: self.readiness_changed.emit())
            if upper and way is self.cloned:
                way.hide()
                text.hide()
        self.reason = TextLines(_("Reason"), 3)
        self.reason.textChanged.connect(self.readiness_changed.emit)
        column.addWidget(label(_("Reason"), "strong"))
        column.addWidget(self.reason)
        column.addWidget(self.said)
        column.addStretch()

    def is_ready(self) -> bool:
        return self._group.checkedButton() is not None and bool(self.reason.toPlainText().strip())

    def proceed(self, go_on: Callable[[], None]) -> None:
        kind = "cloned" if self.cloned.isChecked() else "restored"
        reason = self.reason.toPlainText()
        mending = self._desk.services.mending
        self._desk.run(
            lambda _progress: mending.mend(kind, reason), partial(self._mended, go_on), self._stay, owner=self
        )

    def _mended(self, go_on: Callable[[], None], done: Mended) -> None:
        self.done = done
        go_on()

    def _stay(self, failure: KnownFailure) -> None:
        self.said.say(State.BAD, sentence(failure))
        self.stayed.emit()


class DoneStep(Step):
    """What was done and what comes next."""

    is_last = True

    def __init__(self, decide: DecideStep) -> None:
        super().__init__(_("Done"))
        self._decide = decide
        self.state = StateWord()
        self.next = label("", wrap=True)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self.state)
        column.addWidget(self.next)
        column.addStretch()

    def enter(self) -> None:
        done = self._decide.done
        if done is None:
            return
        self.state.say(State.GOOD, _("It is settled."))
        self.next.setText(_after(done))


class MendingWizard(Wizard):
    """Three steps; leaving before the second is ended changes nothing."""

    def __init__(self, desk: Desk, found: Trouble, parent: QWidget | None = None) -> None:
        upper = desk.services.role == "receiving"
        self.known = KnownStep(desk, found, upper=upper)
        self.decide = DecideStep(desk, upper=upper)
        self.end = DoneStep(self.decide)
        super().__init__(_("Data that was taken back or copied"), [self.known, self.decide, self.end], parent)
        self._desk = desk
        self.known.came_forward.connect(self._came_forward)

    def _came_forward(self, done: Rebuilt) -> None:
        count = written.number(done.events)
        if done.is_whole:
            dialogs.tell(
                self,
                self.windowTitle(),
                _(
                    "{count} changes are here again, and nothing is missing any more. Work goes on.",
                    count=count,
                ),
            )
            self.accept()
            return
        self.known.said.say(
            State.LOOK,
            _(
                "{count} changes are here again. Bring more of the sticks, or go on without the rest.",
                count=count,
            ),
        )
        mending = self._desk.services.mending
        self._desk.run(lambda _progress: mending.state(), self._show_again, owner=self)

    def _show_again(self, found: Trouble | None) -> None:
        if found is not None:
            self.known.show_found(found)


def _place(seq: int, at: str) -> str:
    return _("number {seq}, {at}", seq=written.number(seq), at=moment(at))


def _restored_way() -> str:
    return _(
        "The log goes on behind the last place that everybody knows. What was lost here is taken back at the receiving unit with the next bundle; enter it anew."
    )


def _cloned_way() -> str:
    return _(
        "This copy becomes a laptop of its own with new keys, and is enrolled anew. What both changed is decided by a person later."
    )


def _upper_way() -> str:
    return _(
        "Acknowledgements are numbered on above all that went out, and each commune is asked to send what is missing. Enrolments and withdrawals since then must be repeated. Close every other copy for good."
    )


def _after(done: Mended) -> str:
    if done.kind == "cloned":
        return _("Now make a request on the page «Sending» and have this laptop enrolled.")
    if done.asks_again:
        return _("Give each commune its next acknowledgement; it then sends what is missing by itself.")
    return _("Now seal to the stick on the page «Sending», and enter anew what was lost.")
