"""Which stick is plugged in, what is done with it by itself, and what it newly brings."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.receiving.watch import StickWatch
from antq_desktop.ui.pages.stick_files import StickFile
from antq_desktop.ui.pages.sticks import StickChooser
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.flow import Flow

_BY_ITSELF, _ANSWER = "receive-by-itself", "answer-at-once"


class StickBar(QWidget):
    """``take`` carries bundles that a person or the bar itself wants taken in, ``enrol`` the file of a request."""

    take = Signal(list)
    enrol = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.stick = StickChooser(desk)
        self.by_itself = self._box(_("Take in by itself what a stick brings"), _BY_ITSELF, default=False)
        self.answer = self._box(_("Write the acknowledgement to the stick at once"), _ANSWER, default=True)
        self.found = Banner()
        self.watch = StickWatch(desk, self.stick, self)
        self.watch.brought.connect(self._offer)
        self.watch.gone.connect(self.found.clear)
        boxes = QWidget()
        row = Flow(boxes, gap=16)
        row.addWidget(self.by_itself)
        row.addWidget(self.answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.stick)
        column.addWidget(boxes)
        column.addWidget(self.found)

    def folder(self) -> Path | None:
        """Return the folder of the stick that is chosen, or None."""
        return self.stick.folder()

    def clear(self) -> None:
        self.found.clear()

    def offer_request(self, request: StickFile) -> None:
        """Say that the stick brings a request, with the way to enrol it."""
        self.found.say(
            State.LOOK,
            _(
                "The stick brings a request of the unit {unit}: «{file}».",
                unit=request.sender,
                file=request.path.name,
            ),
            (_("Enrol the laptop"), partial(self._emit_request, request.path)),
        )

    def _offer(self, files: Sequence[StickFile]) -> None:
        bundles = [file.path for file in files if file.kind == "bundle"]
        requests = [file for file in files if file.kind == "enrol"]
        if bundles and self.by_itself.isChecked():
            self.take.emit(bundles)
        elif bundles:
            self.found.say(
                State.LOOK,
                _("The stick brings {count} bundles.", count=len(bundles)),
                (_("Take them in"), self._take(bundles)),
            )
        if requests and not bundles:
            self.offer_request(requests[0])

    def _take(self, bundles: list[Path]) -> Callable[[], None]:
        def take() -> None:
            self.take.emit(bundles)

        return take

    def _emit_request(self, path: Path) -> None:
        self.enrol.emit(path)

    def _box(self, word: str, name: str, *, default: bool) -> QCheckBox:
        made = QCheckBox(word)
        made.setChecked(bool(self._desk.memory.get(name, default)))
        made.toggled.connect(partial(self._desk.memory.put, name))
        return made
