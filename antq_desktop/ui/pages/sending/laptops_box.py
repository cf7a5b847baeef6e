"""Takes in what another laptop of the commune sealed, and says how far each of them came here."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.exchange.names import SUFFIX, laptop_mark
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side.laptops import OtherLaptop, RegisterKeeper, way_on
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.receiving_side.bundle_files import bundles_in
from antq_desktop.services.receiving_side.taking_in import BundleVerdict
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.flow import Flow

_SHOWN = 5
_STATES = {"taken": State.GOOD, "known": State.GOOD, "held": State.LOOK, "refused": State.BAD}
_WORST = (State.GOOD, State.LOOK, State.BAD)


class LaptopsBox(QWidget):
    """``folder`` gives the chosen stick or folder, None when there is none."""

    def __init__(self, desk: Desk, folder: Callable[[], Path | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._folder = folder
        self.conflicts = Banner()
        self.result = Banner()
        self.state = label("", "muted", wrap=True)
        self.register = label("", "muted", wrap=True)
        self.keep = button(_("Keep the register on this laptop"), self.keep_register)
        self.whole = button(_("Make a whole bundle for another laptop"), self.make_whole, icon="stick")
        ways = QWidget()
        row = Flow(ways)
        row.addWidget(button(_("Take in from another laptop"), self.take_from_stick, icon="receiving"))
        row.addWidget(button(_("Choose files…"), self._choose, icon="open"))
        row.addWidget(self.whole)
        row.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Other laptops of this commune"), "section"))
        column.addWidget(self.state)
        column.addWidget(self.register)
        column.addWidget(self.conflicts)
        column.addWidget(self.result)
        column.addWidget(ways)

    def refresh(self) -> None:
        services = self._desk.services
        self._desk.run(
            lambda _progress: (
                services.laptops.others(),
                services.laptops.register(),
                services.conflicts.count(),
            ),
            lambda read: self._show(*read),
            owner=self,
        )

    def take_from_stick(self) -> None:
        """Take in every bundle that lies on the chosen stick."""
        folder = self._folder()
        if folder is None:
            self.result.say(
                State.LOOK, _("Plug the stick of the other laptop in first, or choose its files.")
            )
            return
        self.take([folder])

    def take(self, places: Sequence[Path]) -> None:
        services = self._desk.services

        def work(progress: Progress) -> list[BundleVerdict]:
            # What lies on a shared stick of this laptop's own is no mistake: it is passed over.
            verdicts: list[BundleVerdict] = services.laptops.take(bundles_in(places), progress)
            own = [each for each in verdicts if each.code == "own-bundle"]
            return verdicts if len(own) == len(verdicts) else [each for each in verdicts if each not in own]

        self._desk.run(
            work, self._show_taken, self._refused, title=_("Taking in from another laptop"), owner=self
        )

    def make_whole(self) -> None:
        """Seal everything to the chosen stick, for a laptop that lacks what was delivered before it was known."""
        folder = self._folder()
        if folder is None:
            self.result.say(
                State.LOOK, _("Plug the stick in first, or choose a folder; then press the button again.")
            )
            return
        self._desk.run(
            lambda progress: self._desk.services.sending.send(folder, progress, whole=True),
            self._show_whole,
            self._refused,
            title=_("Sealing to the stick"),
            owner=self,
        )

    def keep_register(self) -> None:
        """Give out the numbers of certificates here, after a person has agreed."""
        if dialogs.confirm(
            self,
            _("Keep the register of certificates here?"),
            _(
                "From now on only this laptop issues certificates. Take in the newest bundles of the other laptop first, so that "
                "no number is given out twice."
            ),
            _("Keep it here"),
        ):
            self._desk.run(
                lambda _progress: self._desk.services.laptops.keep_register(),
                lambda _changes: self.refresh(),
                self._refused,
                owner=self,
            )

    def _choose(self) -> None:
        files = dialogs.choose_files(
            self, _("Choose bundles of another laptop"), ((_("Files of this program"), (SUFFIX[1:],)),)
        )
        if files:
            self.take(files)

    def _show(self, others: Sequence[OtherLaptop], keeper: RegisterKeeper, conflicts: int) -> None:
        self.register.setVisible(keeper.several)
        self.register.setText(_kept_by(keeper))
        self.keep.setVisible(keeper.several and not keeper.is_here)
        self.whole.setVisible(keeper.several)
        lines = [_line(each) for each in others]
        self.state.setText(
            "\n".join(lines)
            or _("This laptop is the only one. A second one enrols at the receiving unit like the first.")
        )
        if conflicts:
            self.conflicts.say(
                State.BAD,
                _("{count} records were changed on two laptops and wait for a decision.", count=conflicts),
                (_("Decide"), lambda: self._desk.go("conflicts")),
            )
        else:
            self.conflicts.clear()

    def _show_taken(self, verdicts: Sequence[BundleVerdict]) -> None:
        states = [_STATES[each.verdict] for each in verdicts]
        lines = [" ".join([f"{each.file}:", each.sentence, *_undone(each)]) for each in verdicts[:_SHOWN]]
        if len(verdicts) > _SHOWN:
            lines.append(_("and {count} more files", count=len(verdicts) - _SHOWN))
        lines += way_on(verdicts)
        self.result.say(max(states, key=_WORST.index, default=State.GOOD), "\n".join(lines))
        for verdict in verdicts:
            self._desk.announce(verdict.changes)
        self.refresh()

    def _show_whole(self, sent: Sent) -> None:
        self.result.say(
            State.GOOD,
            _(
                "The whole bundle lies on the stick: «{file}». Take it in on the other laptop, under Sending.",
                file=sent.path.name,
            ),
        )

    def _refused(self, failure: KnownFailure) -> None:
        self.result.say(State.BAD, sentence(failure))


def _undone(verdict: BundleVerdict) -> list[str]:
    if verdict.rolled_back is None:
        return []
    first, last = verdict.rolled_back
    return [
        _(
            "Its changes {first} to {last} were undone by a restore there.",
            first=written.number(first),
            last=written.number(last),
        )
    ]


def _kept_by(keeper: RegisterKeeper) -> str:
    if keeper.is_here:
        return _("The register of certificates is kept on this laptop.")
    if keeper.device_id:
        mark = laptop_mark(keeper.device_id)
        return _("The register of certificates is kept on laptop {device}.", device=mark)
    return _("No laptop keeps the register of certificates yet: none of them issues any.")


def _line(laptop: OtherLaptop) -> str:
    mark = laptop_mark(laptop.device_id)
    if laptop.taken_at is None:
        return _("Laptop {device}: nothing came from it yet.", device=mark)
    return _(
        "Laptop {device}: up to change {seq}, taken in {at}.",
        device=mark,
        seq=written.number(laptop.last_seq),
        at=written.moment(laptop.taken_at),
    )
