"""The one page of the upper level that stays open: stick after stick, a verdict a file, and the table of communes."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.exchange.names import SUFFIX
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.receiving_side.commune_details import CommuneDetails
from antq_desktop.services.receiving_side.commune_rows import CommuneRow
from antq_desktop.services.record_fields import REFERENCES
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages import stick_files
from antq_desktop.ui.pages.mending.box import MendingBox
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.receiving import commune_rows, deeds
from antq_desktop.ui.pages.receiving.commune_panel import CommunePanel
from antq_desktop.ui.pages.receiving.deeds import FileRow, Received
from antq_desktop.ui.pages.receiving.enrolling import Enrolling
from antq_desktop.ui.pages.receiving.file_panel import FilePanel
from antq_desktop.ui.pages.receiving.lists import Lists
from antq_desktop.ui.pages.receiving.stick_bar import StickBar
from antq_desktop.ui.pages.receiving.watch import KINDS
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.stick_files import StickFile
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.page import Page

#: A low window scrolls the page rather than squeeze the list.
_LEAST_HEIGHT = 220


class ReceivingPage(Page):
    """Bundles by stick, by drop or by choice; what a stick brings can be taken in by itself."""

    tables = frozenset({"devices", "chains", "received_bundles", "set_aside", "settings"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Receiving"),
            sentence=_(
                "Leave this page open and put in stick after stick; each file gets its verdict and its answer."
            ),
            help_text=_(
                "Plug a stick in, or drop files and folders on this page. Each bundle is checked and taken in whole or not at all, "
                "and the acknowledgement is written beside it at once: give the stick back with it. What needs a look stands on top. "
                "A laptop that is not known yet brings a request; enrol it with the number on its sheet."
            ),
            parent=parent,
        )
        self._receiving = desk.services.receiving
        self._next_id = 1
        self._shown: FileRow | CommuneRow | None = None
        self.setAcceptDrops(True)
        self.set_main_action(_("Take in from the stick"), self.take_from_stick, icon="receiving")
        self.mending = MendingBox(desk)
        self.bar = StickBar(desk)
        self.bar.take.connect(self.take)
        self.enrolling = Enrolling(desk, self.bar.folder, self)
        self.enrolling.wanted.connect(self._show_enrolment)
        self.enrolling.enrolled.connect(self._enrolled)
        self.enrolling.failed.connect(self._refused)
        self.bar.enrol.connect(self.enrolling.begin)
        self.lists = Lists(desk, self.enrolling.begin)
        self.lists.chosen.connect(self._see)
        self.lists.opened.connect(self._open)
        self.add_filter("", self.lists.chips)
        self.add_filter("", self.lists.text)
        self.add_filter("", self.lists.to_do)
        self.add_filter_action(_("Choose files…"), self._choose, icon="open")
        self.bar.stick.add_button(button(_("Enrol a laptop"), self.enrolling.begin, icon="key"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.mending)
        column.addWidget(self.bar)
        column.addWidget(self.lists, 1)
        self.lists.setMinimumHeight(_LEAST_HEIGHT)
        self._scrolled = self.set_scrolled_body(body)
        self._make_details()
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        self.mending.refresh()
        self.desk.run(lambda _progress: self._receiving.communes(), self.lists.show_communes, owner=self)
        if isinstance(self._shown, CommuneRow) and self.commune.isVisible():
            self._open(self._shown)

    def wanted(self, **what: object) -> None:
        """``unit_code`` narrows to one unit, ``text`` searches, ``to_do`` keeps to what needs a look.

        With ``part`` the details of that unit are opened at one of the parts of their panel.
        """
        self.lists.to_do.setChecked(bool(what.get("to_do")))
        self.lists.search(str(what.get("unit_code") or what.get("text") or ""))
        self.lists.see("communes")
        if what.get("part"):
            self.commune.see(str(what["part"]))
            self._open_unit(str(what["unit_code"]))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.bar.watch.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.bar.watch.stop()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(_dropped(event))

    def take(self, places: Sequence[Path]) -> None:
        """Take files and folders in; each unit is answered where its files lie, when that is asked for."""
        if not places:
            return
        self.bar.clear()
        answer, first = self.bar.answer.isChecked(), self._next_id
        self.desk.run(
            lambda progress: deeds.receive(self._receiving, places, first, progress, answer=answer),
            self._show_received,
            self._refused,
            title=_("Taking bundles in"),
            owner=self,
        )

    def take_from_stick(self) -> None:
        """Take in every bundle that lies on the chosen stick, also those taken in before."""
        folder = self.bar.folder()
        if folder is None:
            self.banner.say(State.LOOK, _("Plug a stick in first, or choose files or a folder."))
            return
        self.desk.run(
            lambda _progress: stick_files.found(folder, KINDS), partial(self._take_found, folder), owner=self
        )

    def _take_found(self, folder: Path, files: list[StickFile]) -> None:
        requests = [file for file in files if file.kind == "enrol"]
        if requests and len(requests) == len(files):
            self.bar.offer_request(requests[0])
        else:
            self.take([folder])

    def _make_details(self) -> None:
        self.commune, self.file = CommunePanel(), FilePanel()
        self.commune.decided.connect(self._decide)
        self._panels = Panels(self.commune, self.file, self.enrolling.form)
        self.set_details(_("Commune"), self._panels)
        self._enrol_button = button(_("Enrol"), self.enrolling.form.send, icon="key", kind="main")
        self.answer_button = button(_("Write the acknowledgement"), self._acknowledge, icon="stick")
        self._commune_button = button(_("See the commune"), self._go_to_commune, icon="forward")
        self.set_details_actions(self._enrol_button, self.answer_button, self._commune_button)

    def _show_panel(self, panel: QWidget, title: str) -> None:
        shown = self._shown
        self._panels.show_only(panel)
        self._enrol_button.setVisible(panel is self.enrolling.form)
        self.answer_button.setVisible(panel is not self.enrolling.form and bool(shown and shown.unit_code))
        self._commune_button.setVisible(panel is self.file and bool(shown and shown.unit_code))
        self.set_details_title(title)
        self.show_details()

    def _see(self, row: FileRow | CommuneRow | None) -> None:
        """Show the details of a row that was chosen; a list that was read anew does not open what was closed."""
        if row is None or (_is_same(row, self._shown) and not self._panels.isVisible()):
            return
        self._open(row)

    def _open(self, row: FileRow | CommuneRow) -> None:
        self._shown = row
        if isinstance(row, FileRow):
            self.file.show_row(row)
            self._show_panel(self.file, row.unit_name or row.file)
        else:
            self._open_unit(row.unit_code)

    def _open_unit(self, unit_code: str) -> None:
        self.desk.run(
            lambda _progress: self.desk.services.communes.details(unit_code, REFERENCES),
            self._show_commune,
            owner=self,
        )

    def _show_commune(self, details: CommuneDetails) -> None:
        self.commune.show_commune(details)
        if not details.laptops:
            return
        if not (isinstance(self._shown, CommuneRow) and self._shown.unit_code == details.unit_code):
            self._shown = details.laptops[0]
        self._show_panel(self.commune, commune_rows.unit(details.laptops[0]))

    def _decide(self, bundle_id: str, verb: str, reason: str) -> None:
        held = self.desk.services.held_bundles
        decide = held.release if verb == "release" else held.refuse
        self.desk.run(
            lambda _progress: decide(bundle_id, reason), lambda _changes: None, self._refused, owner=self
        )

    def _go_to_commune(self) -> None:
        if self._shown is not None:
            self.hide_details()
            self.wanted(unit_code=self._shown.unit_code)

    def _show_received(self, received: Received) -> None:
        rows = received.rows
        self._next_id += len(rows)
        if rows:
            self.lists.add_files(rows)
            self._scrolled.ensureWidgetVisible(self.lists, 0, 0)  # a low window begins at the stick
        bad = sum(row.state is not State.GOOD for row in rows)
        done = _(
            "{count} files: {good} in order, {bad} to look at.",
            count=written.number(len(rows)),
            good=written.number(len(rows) - bad),
            bad=written.number(bad),
        )
        if received.stopped is not None:
            text = sentence(received.stopped)
            if isinstance(received.stopped, Cancelled):
                text = _("Stopped as you asked. What was taken in stays; no acknowledgement was written yet.")
            self._say(State.LOOK, _("{why} {done}", why=text, done=done))
        elif len(rows) > 1:
            self._say(State.LOOK if bad else State.GOOD, done)
        elif bad:
            (row,) = rows
            self._say(row.state, f"{row.sentence} {row.next_step}")
        else:
            self.banner.clear()

    def _choose(self) -> None:
        self.take(
            dialogs.choose_files(self, _("Choose bundles"), ((_("Files of this program"), (SUFFIX[1:],)),))
        )

    def _show_enrolment(self) -> None:
        self.bar.clear()
        self._shown = None
        self._show_panel(self.enrolling.form, _("Enrol a laptop"))

    def _enrolled(self, text: str) -> None:
        self.hide_details()
        self._say(State.GOOD, text)

    def _acknowledge(self) -> None:
        """Write the acknowledgement of the row in the details: to the stick, of a file else beside it."""
        shown, folder = self._shown, self.bar.folder()
        if isinstance(shown, FileRow):
            self.desk.run(
                lambda _progress: deeds.acknowledge(self._receiving, [shown], folder),
                self._answered,
                self._refused,
                owner=self,
            )
        elif folder is None:
            say(self, State.LOOK, _("Plug a stick in first, or choose a folder."))
        elif shown is not None:
            self.desk.run(
                lambda _progress: deeds.write_answer(self._receiving, shown.unit_code, folder),
                partial(self._say_answer, commune_rows.unit(shown)),
                self._refused,
                owner=self,
            )

    def _answered(self, rows: list[FileRow]) -> None:
        self.lists.replace_files(rows)
        for row in rows:
            self._open(row)
            self._say_answer(row.unit_name, (row.answer, row.answer_fault))

    def _say_answer(self, name: str, written_there: tuple[str, str]) -> None:
        file, fault = written_there
        if fault:
            self._say(State.BAD, _("No acknowledgement for {name}: {why}", name=name, why=fault))
        else:
            self._say(
                State.GOOD,
                _("The acknowledgement for {name} lies on the stick: «{file}».", name=name, file=file),
            )

    def _refused(self, failure: KnownFailure) -> None:
        """Say why it stopped; what was taken in before stays and is shown."""
        self._say(State.LOOK if isinstance(failure, Cancelled) else State.BAD, sentence(failure))
        self.make_stale()

    def _say(self, state: State, text: str) -> None:
        say(self, state, text)


def _is_same(row: FileRow | CommuneRow, other: FileRow | CommuneRow | None) -> bool:
    if isinstance(row, FileRow):
        return isinstance(other, FileRow) and row.id == other.id
    return isinstance(other, CommuneRow) and commune_rows.key(row) == commune_rows.key(other)


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
