"""What changes several records at once: a form with the day from which it holds, asked and said in the details."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form


class Task(QWidget):
    """One kind of change. ``finished`` carries what ``work`` returned."""

    finished = Signal(object)
    title = ""
    #: Under which field a failure of its kind is said.
    field_of: Mapping[type[KnownFailure], str] = {}

    def __init__(self, desk: Desk, fields: Sequence[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._about = label("", "muted", wrap=True)
        self.banner = Banner()
        self.form = Form(fields, desk)
        self.form.finished.connect(self.save)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(self._about)
        self._column.addWidget(self.banner)
        self._column.addWidget(self.form)

    def begin(self, key: str) -> None:
        """Show the form; what is typed is kept under ``key``."""
        self._about.setText(self.about())
        self._about.setVisible(bool(self._about.text()))
        self.banner.clear()
        self.form.show_record(key, self.offered())
        self.form.focus_first()

    def about(self) -> str:
        return ""

    def offered(self) -> dict[str, object]:
        return {}

    def agreed(self, _values: dict[str, Any]) -> bool:
        """Ask before what cannot be undone."""
        return True

    def work(self, values: dict[str, Any]) -> Callable[[], object]:  # noqa: ARG002 - each task has its own
        """Return what is to be done on the lane."""
        raise TypeError(type(self).__name__)

    def save(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        if self.agreed(values):
            do = self.work(values)
            self._desk.run(lambda _progress: do(), self._done, self._refused, owner=self)

    def _done(self, result: object) -> None:
        self.form.saved()
        self._desk.note(_("Saved."))
        self.finished.emit(result)

    def _refused(self, failure: KnownFailure) -> None:
        field = self.field_of.get(type(failure), "")
        if field in self.form.boxes:
            self.form.say_fault(field, sentence(failure))
        elif isinstance(failure, Invalid) and all(one.field in self.form.boxes for one in failure.findings):
            self.form.say_findings(failure.findings)
        else:
            self.banner.say(State.BAD, sentence(failure))
