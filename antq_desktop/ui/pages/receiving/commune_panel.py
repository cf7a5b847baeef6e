"""What is known of one commune: its laptops, its bundles with their verdicts, what was set aside and why, its conflicts."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.exchange.names import laptop_mark
from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.commune_details import BundleSeen, CommuneDetails
from antq_desktop.services.receiving_side.commune_rows import CommuneRow, laptop_words
from antq_desktop.services.receiving_side.machines import MachineRow
from antq_desktop.services.receiving_side.open_matters import OpenMatter
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.machines import words as key_words
from antq_desktop.ui.pages.receiving import commune_rows
from antq_desktop.ui.pages.receiving.conflict_box import ConflictBox
from antq_desktop.ui.pages.receiving.held_box import HeldBox
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.chip_line import ChipLine

#: So many lines are shown of what may be thousands.
MOST = 50
_STATES = {"taken": State.GOOD, "known": State.GOOD, "held": State.LOOK, "refused": State.BAD}
PARTS = ("laptops", "bundles", "aside", "conflicts", "told")


class CommunePanel(QWidget):
    """One part is in sight; the words above say how much there is of each.

    ``decided`` carries what a person decided on a bundle that waits: its number, "release" or "refuse", and the reason.
    """

    decided = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details: CommuneDetails | None = None
        self.parts = ChipLine(PARTS)
        self.parts.asked.connect(lambda _key: self._show_part())
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self.parts)
        column.addLayout(self._lines)
        column.addStretch()

    def show_commune(self, details: CommuneDetails) -> None:
        self._details = details
        self.parts.show_words(
            {
                "laptops": _("Laptops ({count})", count=len(details.laptops)),
                "bundles": _("Bundles ({count})", count=written.number(len(details.bundles))),
                "aside": _("Set aside ({count})", count=written.number(details.aside_count)),
                "conflicts": _("Conflicts ({count})", count=written.number(details.conflict_count)),
                "told": _("Undone, doubted ({count})", count=written.number(details.told_count)),
            }
        )
        self._show_part()

    def see(self, part: str) -> None:
        """Show one of PARTS."""
        self.parts.choose(part)
        self._show_part()

    def texts(self) -> list[str]:
        """Return the sentences that are in sight."""
        lines = [self._lines.itemAt(place) for place in range(self._lines.count())]
        widgets = [line.widget() for line in lines if line is not None]
        return [widget.text() for widget in widgets if isinstance(widget, VerdictLine)]

    def _show_part(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        if self._details is None:
            return
        made, all_of_them = self._part(self._details)
        for widget in made:
            self._lines.addWidget(widget)
        if all_of_them > MOST:
            more = written.number(all_of_them - MOST)
            self._lines.addWidget(label(_("and {count} more", count=more), "muted"))

    def _part(self, details: CommuneDetails) -> tuple[Iterator[QWidget], int]:
        match self.parts.chosen:
            case "laptops":
                return (widget for row in details.laptops for widget in _laptop(row, details.keys)), 0
            case "bundles":
                return self._bundles(details.bundles[:MOST]), len(details.bundles)
            case "aside":
                return _matters(details, details.set_aside), details.aside_count
            case "told":
                return _matters(details, details.told[-MOST:][::-1]), details.told_count
            case _:
                return _conflicts(details), details.conflict_count

    def _bundles(self, bundles: tuple[BundleSeen, ...]) -> Iterator[QWidget]:
        if not bundles:
            yield label(_("No bundle has come yet."), "muted")
        for bundle in bundles:
            line = VerdictLine()
            line.say(
                _STATES.get(bundle.verdict, State.NONE),
                _(
                    "{at}, changes {first} to {last}: {sentence}",
                    at=written.moment(bundle.at),
                    first=written.number(bundle.seq_from),
                    last=written.number(bundle.seq_to),
                    sentence=bundle.sentence,
                ),
            )
            yield line
            if bundle.needs_person:
                box = HeldBox(bundle.sha256, waits=bundle.verdict == "held")
                box.decided.connect(self.decided)
                yield box


def _laptop(row: CommuneRow, keys: Sequence[MachineRow]) -> Iterator[QWidget]:
    state = VerdictLine()
    state.say(commune_rows.state(row), commune_rows.word(row))
    yield state
    facts = Facts()
    facts.show_facts(
        [
            (_("Code of the unit"), commune_rows.code(row)),
            (_("Laptop"), commune_rows.name(row)),
            (_("Enrolled at"), written.moment(row.enrolled_at)),
            (_("Machine"), laptop_mark(row.device_id)),
            (_("Last range"), commune_rows.range_text(row)),
            (_("Taken in up to change"), written.number(row.last_seq)),
            (_("Taken in at"), written.moment(row.received_at) or "–"),
            (_("Figures of"), written.moment(row.as_of) or "–"),
            *([(_("Waits for"), commune_rows.waiting_text(row))] if row.held else []),
            *(
                (_("Withdrawn"), key_words.withdrawal(key))
                for key in keys
                if key.device_id == row.device_id and key.status != "active"
            ),
        ]
    )
    yield facts


def _matters(details: CommuneDetails, matters: Sequence[OpenMatter]) -> Iterator[QWidget]:
    if not matters:
        yield label(_("There is nothing of this kind."), "muted")
    laptops = laptop_words(details.laptops)
    for matter in matters:
        line = VerdictLine()
        line.say(
            State.LOOK,
            _(
                "Change {seq}{machine}, {kind} «{name}»: {reason} {turn}",
                seq=written.number(matter.seq),
                machine=laptops.get((matter.unit_code, matter.device_id), ""),
                kind=matter.kind,
                name=matter.name or matter.entity_id,
                reason=matter.reason,
                turn=matter.turn,
            ),
        )
        yield line


def _conflicts(details: CommuneDetails) -> Iterator[QWidget]:
    if not details.conflicts:
        yield label(_("No two laptops of the commune contradict each other."), "muted")
        return
    yield label(
        _("The commune decides which version holds; its decision comes with its next bundle."),
        "muted",
        wrap=True,
    )
    for conflict in details.conflicts[:MOST]:
        yield ConflictBox(conflict)
