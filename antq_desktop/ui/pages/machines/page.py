"""The upper level's laptops and keys: whom it believes and from when no more, and what a commune gets back."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.receiving_side.handing_back import HandedBack
from antq_desktop.services.receiving_side.machines import MachineRow, Machines, Withdrawn
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.machines import words
from antq_desktop.ui.pages.machines.deeds_panel import DeedsPanel
from antq_desktop.ui.pages.machines.own_keys import OwnKeysPanel
from antq_desktop.ui.pages.mending.box import MendingBox
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.sticks import StickChooser
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table


class MachinesPage(Page):
    """One row a key; the panel beside it holds what can be done."""

    tables = frozenset({"devices", "chains", "local_state"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Machines and keys"),
            sentence=_(
                "Whose files are believed here, up to which change, and what a lost laptop gets back."
            ),
            help_text=_(
                "Each laptop of a commune has a key of its own. Withdraw it when the laptop is lost or in wrong hands, from the "
                "first change that is not believed any more. A new laptop is enrolled first, then everything of its unit is written "
                "to a stick for it. A merged commune goes on under its later code with all that it has sent."
            ),
            parent=parent,
        )
        self._machines: Machines = desk.services.machines
        self._row: MachineRow | None = None
        self._model = RowsModel(words.columns(), ListRows(()), sort="unit")
        self._text = FilterText(_("Find a commune"), _("Part of a name…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        self.add_filter("", self._text)
        self.add_filter_action(_("Keys of this unit…"), self._show_own, icon="key")
        self.table = Table(self._model, "machines", desk)
        self.table.setAccessibleName(_("Machines and keys"))
        self.table.set_empty(
            _("No laptop is enrolled yet"),
            _("Enrol the first one on the page «Receiving»."),
            (_("Receiving"), lambda: desk.go("receiving")),
        )
        self.table.chosen.connect(self._see)
        self.mending = MendingBox(desk)
        self.stick = StickChooser(desk)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.mending, self.stick):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.set_body(body)
        self.deeds = DeedsPanel(desk)
        self.deeds.withdrawn.connect(self._withdraw)
        self.deeds.handed.connect(self._hand_back)
        self.deeds.merged.connect(self._merge)
        self.own = OwnKeysPanel(desk, self)
        self._panels = Panels(self.deeds, self.own)
        self.set_details(_("Machine"), self._panels)
        self.on(Command.LEAVE, self.hide_details)

    def refresh(self) -> None:
        self.desk.run(lambda _progress: self._machines.rows(), self._show, owner=self)
        self.mending.refresh()

    def wanted(self, **what: object) -> None:
        """``unit_code`` narrows to one unit."""
        text = str(what.get("unit_code") or "")
        self._text.setText(text)
        self._model.ask(text=text)

    def leave(self) -> None:
        self.own.forget()
        super().leave()

    def _show(self, rows: list[MachineRow]) -> None:
        self._model.set_source(words.source(rows))
        shown = next((row for row in rows if self._row and row.id == self._row.id), None)
        if shown is not None and shown != self._row:
            self._see(shown)

    def _see(self, row: MachineRow | None) -> None:
        if row is None:
            return
        self._row = row
        self.deeds.show_row(row)
        self._panels.show_only(self.deeds)
        self.set_details_title(words.unit(row))
        self.show_details()

    def _show_own(self) -> None:
        self.own.forget()
        self._panels.show_only(self.own)
        self.set_details_title(_("Keys of this unit"))
        self.show_details()

    def _withdraw(self, since: int, reason: str) -> None:
        row = self._row
        if row is None or not dialogs.confirm(
            self,
            _("Withdraw this key"),
            _(
                "Nothing that the laptop of {name} signs with this key is believed from then on. It needs new keys to send again.",
                name=row.unit_name,
            ),
            _("Withdraw this key"),
            dangerous=True,
        ):
            return
        self.desk.run(
            lambda _progress: self._machines.revoke(
                row.unit_code, row.device_id, since or None, reason, row.key_id
            ),
            self._withdrawn,
            self._refused,
            owner=self,
        )

    def _withdrawn(self, done: Withdrawn) -> None:
        if done.taken_since:
            text = _(
                "{count} changes from that number on had been taken in before; a person must look at them.",
                count=written.number(done.taken_since),
            )
            see = partial(self.desk.go, "receiving", unit_code=done.unit_code, part="told")
            self.banner.say(State.LOOK, text, (_("See them"), see))
        else:
            self.banner.say(
                State.GOOD, _("The key is withdrawn; each laptop learns of it with its next acknowledgement.")
            )

    def _hand_back(self) -> None:
        row, folder = self._row, self.stick.folder()
        if folder is None or row is None:
            self.banner.say(State.LOOK, _("Plug a stick in first, or choose a folder."))
            return
        handing_back = self.desk.services.handing_back
        self.desk.run(
            lambda progress: handing_back.hand_back(row.unit_code, folder, progress),
            self._handed_back,
            self._refused,
            title=_("Writing what the new laptop needs"),
            owner=self,
        )

    def _handed_back(self, done: HandedBack) -> None:
        text = _(
            "{events} changes lie on the stick in {files} files. The new laptop takes them in on the page «Sending».",
            events=written.number(done.events),
            files=written.number(len(done.files)),
        )
        self.banner.say(State.GOOD, text)

    def _merge(self, later: str, reason: str) -> None:
        row = self._row
        if row is not None and dialogs.confirm(
            self,
            _("The commune was merged"),
            _(
                "{name} ({old}) goes under the code {later} from now on. What it has sent stays as it is.",
                name=row.unit_name,
                old=row.unit_code,
                later=later,
            ),
            _("Let it go under that code"),
        ):
            merged = partial(self._machines.merge, row.unit_code, later, reason)
            self.desk.run(lambda _progress: merged(), self._merged, self._refused, owner=self)

    def _merged(self, _changes: object) -> None:
        self.banner.say(State.GOOD, _("The unit goes under its later code from now on."))

    def _refused(self, failure: KnownFailure) -> None:
        self.banner.say(State.BAD, sentence(failure))
