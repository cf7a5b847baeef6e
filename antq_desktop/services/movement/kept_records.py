"""What the lists of the year's work share: one record read, tidied, removed with a reason, its paper attached and taken off."""

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Generic, TypeVar

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.text import clean
from antq_desktop.services import scans
from antq_desktop.services.results import Written, reason_given
from antq_desktop.services.scans import HasPaper
from antq_desktop.services.session import Session
from antq_desktop.storage import attachments
from antq_desktop.storage.records import Record
from antq_desktop.storage.unit_of_work import Store, Writing

P = TypeVar("P", bound=HasPaper)
R = TypeVar("R", bound=Record)


class KeptRecords(Generic[P]):
    """The records of one kind in the open workspace, each with one paper or photograph."""

    def __init__(self, store: Store, session: Session, kind: type[P]) -> None:
        self._store = store
        self._session = session
        self._kind = kind

    def get(self, record_id: str) -> P:
        """Return one record. Raises NotFound."""
        with self._store.reading() as work:
            return work.get(self._kind, record_id)

    def delete(self, record_id: str, reason: str) -> Changes:
        """Remove a record that was typed by mistake; the journal keeps what it said and the reason.

        Raises ReasonMissing, NotFound, and what ``_demand_free`` says of records that hang on it.
        """
        why = reason_given(reason)
        with self._store.writing(self._session.user) as work:
            record = work.get(self._kind, record_id)
            self._demand_free(work, record)
            work.delete(record, why)
            for key in self._files(record):
                attachments.forget_unused(work, key)
            return work.commit()

    def attach_paper(self, record_id: str, path: Path) -> Written[P]:
        """Keep a scan or photograph with a record. Raises NotAScan, FileNotReadable, NotFound."""
        with self._store.writing(self._session.user) as work:
            saved = scans.attach(work, work.get(self._kind, record_id), path)
            return Written(saved, work.commit())

    def detach_paper(self, record_id: str) -> Written[P]:
        """Take the scan or photograph off a record. Raises NoScan, NotFound."""
        with self._store.writing(self._session.user) as work:
            saved = scans.detach(work, work.get(self._kind, record_id))
            return Written(saved, work.commit())

    def _files(self, record: P) -> tuple[str, ...]:
        """Return the files of ``record`` by their SHA-256."""
        return () if record.paper_sha256 is None else (record.paper_sha256,)

    def _demand_free(self, work: Writing, record: P) -> None:
        """Raise what keeps ``record`` from being removed; nothing does unless a kind says so."""


def tidied(record: R, session: Session) -> R:
    """Return a record as it is kept: its texts cleaned, an id for a new one, this unit's code."""
    texts: dict[str, object] = dict(_texts(record))
    given = {**texts, "id": record.id or session.new_id(), "unit_code": session.unit_code}
    return replace(record, **given)  # type: ignore[type-var] # every record is a dataclass


def _texts(record: Record) -> Iterator[tuple[str, str]]:
    for each in fields(record):  # type: ignore[arg-type] # every record is a dataclass
        value = getattr(record, each.name)
        if type(value) is str:  # a word of an enumeration is a text too, and stays what it is
            yield each.name, clean(value)
