"""Where a commune hands its data over: what waits, the stick, and what the upper level answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.exchange.names import SUFFIX
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side.ack_notices import TELL_AGAIN
from antq_desktop.services.commune_side.answers import LaptopWithdrawn, Taken
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.commune_side.sending import (
    Enrolment,
    NotEnrolled,
    NothingToSend,
    SentRow,
    WaitingToSend,
)
from antq_desktop.services.recovery.trouble import Restored, SendingHalted
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import stick_files
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.mending.box import MendingBox
from antq_desktop.ui.pages.sending import papers, words
from antq_desktop.ui.pages.sending.enrol_box import EnrolBox
from antq_desktop.ui.pages.sending.handed_back import HandedBackOffer
from antq_desktop.ui.pages.sending.history import History
from antq_desktop.ui.pages.sending.laptops_box import LaptopsBox
from antq_desktop.ui.pages.sending.waiting_box import Alarm, WaitingBox
from antq_desktop.ui.pages.stick_files import StickFile
from antq_desktop.ui.pages.sticks import StickChooser
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.page import Page

_ANSWERS = ("ack", "trust", "catalogue")


@dataclass(frozen=True, slots=True)
class _Read:
    waiting: WaitingToSend
    history: list[SentRow]
    alarm: Alarm


def _brings_news(file: StickFile, waiting: WaitingToSend) -> bool:
    """Whether a file on the stick is worth offering: who waits to be enrolled looks for its trust file alone."""
    if not waiting.is_enrolled:
        return file.kind == "trust"
    if file.kind == "trust":
        return waiting.is_asking
    known = {"ack": waiting.last_ack_at, "catalogue": waiting.catalogues_made_at}
    if file.kind not in known:
        return False
    taken = known[file.kind]
    return taken is None or file.created_at > taken


class SendingPage(Page):
    """One page from what waits to the slip of the hand-over."""

    tables = frozenset(
        {"outbox", "sent_bundles", "taken_acknowledgements", "trust_documents", "local_state", "settings"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Sending"),
            sentence=_(
                "Data goes to the receiving unit on a stick; it counts as delivered when the unit confirms it."
            ),
            help_text=_(
                "Plug the stick in, press the main button, print the slip and hand both over. What was sent stays on this laptop "
                "until an acknowledgement comes back on a stick; take it in here. A lost stick costs nothing: send again."
            ),
            parent=parent,
        )
        self._services = desk.services
        self._read: _Read | None = None
        self._sent: Sent | None = None
        self._answer: StickFile | None = None
        self.action = self.set_main_action(_("Seal to the stick"), self._next_step, icon="stick")
        self.stick = StickChooser(desk)
        self.stick.changed.connect(self._look_at_stick)
        self.enrolment = EnrolBox(desk)
        self.enrolment.request_asked.connect(self._request)
        self.enrolment.sheet_asked.connect(self._print_sheet)
        self.enrolment.file_asked.connect(self._choose_answer)
        self.found = Banner()
        self.again = Banner()
        self.mending = MendingBox(desk)
        self.handed_back = HandedBackOffer(desk)
        self.history = History(desk)
        self.laptops = LaptopsBox(desk, self.stick.folder)
        self._lay_out_body()
        self._facts = Facts()
        details = QWidget()
        column = QVBoxLayout(details)
        column.addWidget(self._facts)
        column.addStretch()
        self.set_details(_("What waits"), details)
        self._slip = button(_("Print the slip"), self.print_slip, icon="print", kind="main")
        self.set_details_actions(self._slip)
        self.on(Command.PRINT, self.print_slip)
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        services = self._services
        self.laptops.refresh()

        def work(_progress: object) -> _Read:
            get = services.settings.get
            return _Read(
                services.sending.waiting(),
                services.sending.history(),
                Alarm(get("alarm.amber_days"), get("alarm.red_days"), services.session.now()),
            )

        self.desk.run(work, self._show, owner=self)
        self.mending.refresh()

    def changed(self, _changes: object) -> None:
        """Read anew after every write: each of them adds to what waits."""
        self.make_stale()

    def send(self) -> None:
        """Seal what waits to the chosen stick."""
        folder = self._folder()
        if folder is None:
            return
        self.desk.run(
            lambda progress: self._services.sending.send(folder, progress),
            self._show_sent,
            self._refused,
            title=_("Sealing to the stick"),
            owner=self,
        )

    def send_again(self) -> None:
        """Let everything wait once more, and seal it to the chosen stick."""
        folder = self._folder()
        if folder is None:
            return

        def work(progress: Progress) -> Sent:
            self._services.sending_again.everything()
            sent: Sent = self._services.sending.send(folder, progress)
            return sent

        self.desk.run(work, self._show_sent, self._refused, title=_("Sealing to the stick"), owner=self)

    def take(self, file: Path) -> None:
        """Take in what the receiving unit answered."""
        self.desk.run(
            lambda progress: self._services.sending.take(file, progress),
            self._show_taken,
            self._refused,
            title=_("Taking in the answer"),
            owner=self,
        )

    def print_slip(self) -> None:
        """Lay the slip of the bundle that was sealed last over the page."""
        if self._sent is not None:
            show_paper(self, papers.slip(self._sent))

    def _lay_out_body(self) -> None:
        self.waiting = WaitingBox(self._show_counts, self.history.setFocus)
        self._keys = button(_("Change this laptop's keys…"), self._change_keys, icon="key")
        self.stick.add_button(self._keys)
        self.stick.add_button(button(_("Take in an answer…"), self._choose_answer, icon="import"))
        body = QWidget()
        body.setObjectName("scrolled")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.mending)
        column.addWidget(self.waiting)
        column.addWidget(self.handed_back)
        column.addWidget(self.found)
        column.addWidget(self.again)
        column.addWidget(self.enrolment)
        column.addWidget(label(_("Stick"), "section"))
        column.addWidget(self.stick)
        column.addWidget(self.laptops)
        column.addWidget(label(_("Bundles sealed on this laptop"), "section"))
        self.history.setMinimumHeight(180)
        column.addWidget(self.history, 1)
        self.set_scrolled_body(body)

    def _show(self, read: _Read) -> None:
        self._read = read
        waiting = read.waiting
        self.waiting.show_waiting(waiting, read.alarm)
        self.enrolment.show_state(enrolled=waiting.is_enrolled and not waiting.is_asking)
        self._keys.setVisible(waiting.is_enrolled)
        self.action.setText(_("Seal to the stick") if waiting.is_enrolled else _("Make the request"))
        self.history.show_rows(read.history)
        if waiting.wants_everything:
            self.again.say(State.LOOK, _(TELL_AGAIN), (_("Send everything once more"), self.send_again))
        else:
            self.again.clear()
        self._look_at_stick(self.stick.folder())

    def _look_at_stick(self, folder: Path | None) -> None:
        if self._read is not None and not self._read.history and self._read.waiting.is_enrolled:
            self.handed_back.look(folder)
        if folder is None:
            self._offer_answer([])
            return
        self.desk.run(lambda _progress: stick_files.found(folder, _ANSWERS), self._offer_answer, owner=self)

    def _offer_answer(self, files: list[StickFile]) -> None:
        """Offer the newest file on the stick that is for this unit and says something new."""
        self.found.clear()
        self._answer = None
        if self._read is None:
            return
        waiting, own = self._read.waiting, self._services.session.unit_code
        for file in files:
            if file.recipient == own and _brings_news(file, waiting):
                self._answer = file
                self.found.say(
                    State.LOOK,
                    _("The stick brings an answer of the receiving unit: «{file}».", file=file.path.name),
                    (_("Take it in"), partial(self.take, file.path)),
                )
                return

    def _next_step(self) -> None:
        if self._read is not None and not self._read.waiting.is_enrolled:
            self._request()
        else:
            self.send()

    def _folder(self) -> Path | None:
        folder = self.stick.folder()
        if folder is None:
            self.banner.say(
                State.LOOK, _("Plug the stick in first, or choose a folder; then press the button again.")
            )
        return folder

    def _show_sent(self, sent: Sent) -> None:
        self._sent = sent
        self.set_details_title(_("On the stick"))
        self._facts.show_facts(words.of_bundle(sent))
        self._slip.show()
        self.show_details()
        self.banner.say(
            State.GOOD,
            _(
                "{count} changes lie on the stick; it gives back every byte as it was written. Print the slip and hand the stick over.",
                count=written.number(sum(part.count for part in sent.parts)),
            ),
            (_("Print the slip"), self.print_slip),
        )

    def _show_counts(self) -> None:
        if self._read is None:
            return
        self.set_details_title(_("What waits"))
        self._slip.setVisible(self._sent is not None)
        self._facts.show_facts(words.counts(self._read.waiting.counts))
        self.show_details()

    def _show_taken(self, taken: Taken) -> None:
        state = State.BAD if taken.is_alarm else State.GOOD
        lines = [taken.sentence]
        if taken.set_aside_total:
            state = State.BAD if taken.is_alarm else State.LOOK
            lines.append(
                _("{count} changes were set aside by the receiving unit:", count=taken.set_aside_total)
            )
            lines += [f"{words.table(each.entity)}: {each.reason}" for each in taken.set_aside[:5]]
        if taken.conflicts:
            lines.append(_("Take in the bundles of the other laptop, then decide under Conflicts."))
        self.found.clear()
        self.banner.say(state, "\n".join(lines))

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, Cancelled):
            self.desk.note(sentence(failure))
            return
        way: tuple[str, Callable[[], object]] | None = None
        if isinstance(failure, NotEnrolled):
            way = (_("Make the request"), self._request)
        elif isinstance(failure, LaptopWithdrawn):
            way = (_("Change this laptop's keys…"), self._change_keys)
        elif isinstance(failure, Restored | SendingHalted):
            way = (_("Settle it…"), self.mending.open_wizard)
        self.banner.say(
            State.GOOD if isinstance(failure, NothingToSend) else State.BAD, sentence(failure), way
        )

    def _change_keys(self) -> None:
        self._request(new_keys=True)

    def _request(self, *, new_keys: bool = False) -> None:
        folder = self._folder()
        if folder is not None:
            self.desk.run(
                lambda _progress: self._services.sending.enrolment_request(folder, new_keys=new_keys),
                self._show_request,
                self._refused,
                owner=self,
            )

    def _show_request(self, made: Enrolment) -> None:
        self.enrolment.show_made(made)
        self.banner.say(
            State.GOOD,
            _(
                "The request lies on the stick: «{file}». Print its sheet and bring both.",
                file=made.path.name,
            ),
            (_("Print the sheet"), self._print_sheet),
        )

    def _print_sheet(self) -> None:
        if self.enrolment.made is not None:
            show_paper(self, papers.sheet(self.enrolment.made))

    def _choose_answer(self) -> None:
        file = dialogs.choose_file(
            self, _("Choose the file of the receiving unit"), ((_("Files of this program"), (SUFFIX[1:],)),)
        )
        if file is not None:
            self.take(file)
