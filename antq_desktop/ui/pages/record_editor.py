"""Opens, checks and saves one record in the details of a page, and keeps both sides when it was changed elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QObject

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.findings import Finding
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, Written
from antq_desktop.storage.failures import ChangedElsewhere
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.field import FieldBox

NEW = "new"


class Saved(Protocol):
    """A record that services give back; ``id`` is empty until it was first saved."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=Saved)


class Fields(Protocol):
    """What an editor needs of a form: one Form, or several under headings."""

    @property
    def boxes(self) -> Mapping[str, FieldBox]: ...
    def show_record(self, key: str, values: Mapping[str, object]) -> None: ...
    def values(self) -> dict[str, object]: ...
    def check(self) -> bool: ...
    def say_findings(self, findings: Iterable[Finding]) -> None: ...
    def saved(self) -> None: ...
    def focus_first(self) -> None: ...


class RecordEditor(Generic[R]):
    """``read`` and ``write`` run on the lane; ``shown`` and ``made`` turn a record into values of the form and back."""

    def __init__(
        self,
        desk: Desk,
        owner: QObject,
        form: Fields,
        banner: Banner,
        *,
        name: str,
        read: Callable[[str], R],
        write: Callable[[R], Written[R]],
        shown: Callable[[R], dict[str, object]],
        made: Callable[[R, dict[str, Any]], R],
    ) -> None:
        self._desk = desk
        self._owner = owner
        self._form = form
        self._banner = banner
        self._name = name
        self._read = read
        self._write = write
        self._shown = shown
        self._made = made
        self.record: R | None = None

    def open(self, record_id: str, then: Callable[[R], object] = lambda _record: None) -> None:
        """Read the record and show it; a draft of it comes back with it."""
        if self.record is not None and self.record.id == record_id:
            then(self.record)
            return
        self._desk.run(
            lambda _progress: self._read(record_id), partial(self._show, then=then), owner=self._owner
        )

    def begin(self, record: R) -> None:
        """Show a record that is not saved yet; ``record`` holds what is offered."""
        self._show(record)
        self._form.focus_first()

    def save(self, then: Callable[[R], object] = lambda _record: None) -> None:
        """Check and save what is shown; ``then`` gets the record that was kept."""
        if self.record is None or not self._form.check():
            return
        record = self._made(self.record, self._form.values())
        self._desk.run(
            lambda _progress: self._write(record),
            partial(self._kept, then=then),
            self._refused,
            owner=self._owner,
        )

    def _show(self, record: R, then: Callable[[R], object] = lambda _record: None) -> None:
        self.record = record
        self._banner.clear()
        self._form.show_record(f"{self._name}/{record.id or NEW}", self._shown(record))
        then(record)

    def _kept(self, written: Written[R], then: Callable[[R], object]) -> None:
        self._form.saved()
        self._show(written.record)
        self._form.say_findings(written.warnings)
        self._desk.note(_("Saved."))
        then(written.record)

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, ChangedElsewhere) and self.record is not None:
            record_id = self.record.id
            self._desk.run(lambda _progress: self._read(record_id), self._both_sides, owner=self._owner)
            return
        if isinstance(failure, Invalid):
            self._form.say_findings(failure.findings)
            if all(finding.field in self._form.boxes for finding in failure.findings):
                self._go_to(failure.findings[0].field)
                return
            hidden = next(f for f in failure.findings if f.field not in self._form.boxes)
            self._banner.say(State.BAD, _(hidden.message, **hidden.facts))
            return
        self._banner.say(State.BAD, sentence(failure))

    def _go_to(self, field: str) -> None:
        self._form.boxes[field].input.setFocus()

    def _both_sides(self, fresh: R) -> None:
        """Show what stands there now with only this officer's own changes laid over it, and say what differs."""
        if self.record is None:
            return
        base, theirs, mine = self._shown(self.record), self._shown(fresh), self._form.values()
        own = {
            name: self._form.boxes[name].typed() for name, value in mine.items() if value != base.get(name)
        }
        other = [
            name for name, value in theirs.items() if value != base.get(name) and name in self._form.boxes
        ]
        self._form.saved()
        self._show(fresh)
        for name, text in own.items():
            self._form.boxes[name].set_typed(text)
            self._form.boxes[name].edited.emit()
        fields = ", ".join(f"«{self._form.boxes[name].field.label}»" for name in other) or _(
            "nothing shown here"
        )
        self._banner.say(
            State.LOOK,
            _(
                "This record was changed elsewhere in the meantime: {fields}. What you typed is still here. "
                "Look at both, then save once more.",
                fields=fields,
            ),
        )
