"""The section on the search: what it rests on, and how to gather it anew when something is not found."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.words_gathering import WordsGathering


class SearchSection(QWidget):
    """The work itself shows in the status line, where it can be stopped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.banner = Banner()
        self.rebuild_button = button(_("Make the search index anew"), self.rebuild, icon="refresh")
        row = QHBoxLayout()
        row.addWidget(self.rebuild_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Search over everything"), "section"))
        column.addWidget(
            label(
                _(
                    "The search at the top finds by an index that the program keeps by itself. When it does not find something that "
                    "stands in a list, make the index anew: no record is changed, and other work goes on meanwhile."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addLayout(row)
        column.addWidget(self.banner)
        column.addStretch()

    def rebuild(self) -> None:
        """Gather anew, or go on where it was stopped; nothing while it is being gathered."""
        if any(job.goes_on for job in self._desk.lane.jobs):
            self.banner.say(State.NONE, _("It is being made; the line at the bottom shows how far it is."))
            return
        search = self._desk.services.search

        def forget(_progress: Progress) -> None:
            if search.is_gathered():
                search.forget()

        self._desk.run(forget, lambda _nothing: self._gather(), self._refuse, owner=self)

    def _gather(self) -> None:
        self.rebuild_button.setEnabled(False)
        self.banner.say(State.NONE, _("It is being made; the line at the bottom shows how far it is."))
        gathering = WordsGathering(self._desk, self)
        gathering.gathered.connect(
            lambda: self._end(State.GOOD, _("The search index was made anew and is complete."))
        )
        gathering.stopped.connect(lambda said: self._end(State.LOOK, said))

    def _end(self, state: State, said: str) -> None:
        self.rebuild_button.setEnabled(True)
        self.banner.say(state, said)

    def _refuse(self, failure: KnownFailure) -> None:
        self.banner.say(State.BAD, sentence(failure))
