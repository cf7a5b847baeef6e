"""What waits for its confirmation and since when, in figures that lead to what is behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side.sending import WaitingToSend
from antq_desktop.ui import format as written
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import StateWord
from antq_desktop.ui.widgets.figure import Figure


@dataclass(frozen=True, slots=True)
class Alarm:
    """From how many days on waiting is marked, and what time it is."""

    amber_days: int
    red_days: int
    now: datetime


class WaitingBox(QWidget):
    def __init__(
        self,
        see_counts: Callable[[], object],
        see_history: Callable[[], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.waiting = Figure(_("Changes not confirmed yet"), see_counts)
        self._last = Figure(_("Last confirmation"), see_history)
        self._age = StateWord()
        figures = QHBoxLayout()
        figures.setSpacing(16)
        figures.addWidget(self.waiting)
        figures.addWidget(self._last)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(figures)
        column.addWidget(self._age)

    def show_waiting(self, waiting: WaitingToSend, alarm: Alarm) -> None:
        oldest, confirmed = waiting.oldest_at, waiting.last_ack_at
        days = (alarm.now - oldest).days if oldest else 0
        self.waiting.set_value(
            written.number(waiting.count),
            _("since {day}", day=written.moment(oldest)) if oldest else _("Everything is confirmed."),
        )
        self._last.set_value(
            written.day(confirmed.astimezone().date()) if confirmed else "–",
            waiting.receiving_name or _("Not enrolled at a receiving unit yet"),
        )
        state = (
            State.BAD if days >= alarm.red_days else State.LOOK if days >= alarm.amber_days else State.NONE
        )
        self._age.say(state, _("The oldest change has waited {days} days.", days=days))
        self._age.setVisible(oldest is not None and state is not State.NONE)
