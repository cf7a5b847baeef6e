"""What is known of one laptop of a commune, and the changes of its unit that were set aside, each with why."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_rows import CommuneRow
from antq_desktop.services.paper_records import TABLE_NAMES
from antq_desktop.services.taking_in import SetAsideEvent
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.receiving import commune_rows
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label

_MOST = 50


class AsidePanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = VerdictLine()
        self._facts = Facts()
        self._title = label(_("Changes that were set aside"), "section")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addWidget(self._state)
        column.addWidget(self._facts)
        column.addWidget(self._title)
        column.addLayout(self._lines)
        column.addStretch()

    def show_row(self, row: CommuneRow, aside: Sequence[SetAsideEvent]) -> None:
        self._state.say(commune_rows.state(row), commune_rows.word(row))
        self._facts.show_facts(
            [
                (_("Code of the unit"), row.unit_code),
                (_("Machine"), row.device_id),
                (_("Taken in up to change"), written.number(row.last_seq)),
                (_("Taken in at"), written.moment(row.received_at) or "–"),
            ]
        )
        while (item := self._lines.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._title.setVisible(bool(aside))
        for event in aside[:_MOST]:
            line = VerdictLine(self)
            name = TABLE_NAMES.get(event.entity)
            line.say(
                State.LOOK,
                _(
                    "Change {seq}, {table}: {reason}",
                    seq=written.number(event.seq),
                    table=_(name) if name else event.entity,
                    reason=event.reason,
                ),
            )
            self._lines.addWidget(line)
        if len(aside) > _MOST:
            self._lines.addWidget(
                label(_("and {count} more", count=written.number(len(aside) - _MOST)), "muted")
            )

    def texts(self) -> list[str]:
        lines = [self._lines.itemAt(place) for place in range(self._lines.count())]
        widgets = [line.widget() for line in lines if line is not None]
        return [widget.text() for widget in widgets if isinstance(widget, VerdictLine)]
