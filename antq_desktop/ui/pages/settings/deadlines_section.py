"""The section of settings with the deadlines of the yearly process: what each rests on, and the office's own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.criteria import UnitKind
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.yearly_process import ProcessCatalogue, ProcessStep
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.yearly_board.words import certainty
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.form import Form

#: Completes a day and month that are read; it has a 29 February, as a deadline may.
_LEAP_YEAR = 2024
_MOST_DIGITS = 4
_SHORT_NAME = 30


class DeadlinesSection(QWidget):
    """The steps of one kind of unit at a time; an empty field means the deadline that is shipped."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._own: dict[str, str] = {}
        catalogues = desk.services.catalogues
        self._process: ProcessCatalogue = catalogues.process
        kinds = [(kind, unit.name) for kind, unit in catalogues.scope.units.items()]
        self.kind = Choice(_("Kind of unit"), kinds)
        self.kind.picked.connect(lambda _kind: self._show_form())
        self.forms: dict[UnitKind, Form] = {kind: self._form(kind) for kind, _name in kinds}
        self.banner = Banner()
        tools = QWidget()
        Flow(tools).addWidget(button(_("Save"), self.save, icon="save", kind="main"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(_("Deadlines of the year"), "section"))
        column.addWidget(
            label(
                _(
                    "The last day and month of each step, within the assessed year. Leave a field empty to go by the text; "
                    "where no deadline was seen, the office may set one of its own."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addWidget(self.kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.banner)
        for form in self.forms.values():
            column.addWidget(form)
        column.addWidget(tools)
        column.addStretch()
        self._show_form()

    def show_settings(self, settings: Mapping[str, Any]) -> None:
        """Show the deadlines that the office set; what was typed and not saved comes back."""
        self._own = dict(settings["deadlines"])
        for kind, form in self.forms.items():
            values = {step: _shown(self._own.get(f"{kind}.{step}", "")) for step in form.boxes}
            form.show_record(f"settings/deadlines/{kind}", values)

    def save(self) -> None:
        """Keep the deadlines of the kind in sight; those of the others stay."""
        kind = self._kind()
        form = self.forms[kind]
        if not form.check():
            return
        typed = {f"{kind}.{step}": _read(box.typed()) for step, box in form.boxes.items()}
        others = {name: day for name, day in self._own.items() if name not in typed}
        wanted = others | {name: day for name, day in typed.items() if day}
        if wanted == self._own:
            form.saved()
            self._desk.note(_("Nothing was changed."))
            return
        board = self._desk.services.year_board
        self._desk.run(
            lambda _progress: board.set_deadlines(wanted),
            lambda _changes: self._saved(form),
            self._refused,
            owner=self,
        )

    def _saved(self, form: Form) -> None:
        form.saved()
        self.banner.clear()
        self._desk.note(_("Saved."))

    def _refused(self, failure: KnownFailure) -> None:
        self.banner.say(State.BAD, sentence(failure))

    def _kind(self) -> UnitKind:
        return next(kind for kind in self.forms if kind == self.kind.value())

    def _show_form(self) -> None:
        for kind, form in self.forms.items():
            form.setVisible(kind == self._kind())

    def _form(self, kind: UnitKind) -> Form:
        steps = [step for step in self._process.of(kind) if step.need != "if_happened"]
        form = Form(list(_fields(steps)), self._desk)
        form.finished.connect(self.save)
        return form


def _fields(steps: Sequence[ProcessStep]) -> Iterator[Field]:
    """Yield a field for each step; two share a line where both names are short."""
    alone = True
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        pair = alone and after is not None and max(len(step.name), len(after.name)) <= _SHORT_NAME
        yield _field(step, pair=pair)
        alone = not pair


def _field(step: ProcessStep, *, pair: bool) -> Field:
    if step.deadline is None:
        hint = _("No deadline was seen in the text · {basis}", basis=step.legal_basis)
    else:
        month, day = step.deadline.month_day
        hint = _(
            "By default {day} · {basis} · {certainty}",
            day=f"{day:02}/{month:02}",
            basis=step.deadline.legal_basis,
            certainty=certainty(step.deadline.status),
        )
    return Field(step.id, step.name, width=120, hint=hint, check=_fault, pair=pair)


def _shown(month_day: str) -> str:
    """Return ``03-31`` as ``31/03``; nothing for nothing."""
    month, _sign, day = month_day.partition("-")
    return f"{day}/{month}" if month_day else ""


def _read(typed: str) -> str:
    """Return what was typed (31/3, 3103) as ``03-31``, nothing for nothing. Raises ValueError."""
    if sum(sign.isdecimal() for sign in typed) > _MOST_DIGITS:
        raise ValueError(typed)
    day = written.read_day(typed, _LEAP_YEAR)
    return f"{day.month:02}-{day.day:02}" if day else ""


def _fault(typed: str) -> str:
    try:
        _read(typed)
    except ValueError:
        return _("«{typed}» is not a day and month. Type it as 31/3.", typed=typed)
    return ""
