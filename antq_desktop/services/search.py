"""Finds whatever the workspace holds by any of its words, and says which page opens it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from antq_desktop.domain.searched import BY_RECORD
from antq_desktop.domain.searching import Words
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.storage.queries import search as queries
from antq_desktop.storage.queries import search_gathering as gathering
from antq_desktop.storage.queries.search import RecordKey
from antq_desktop.storage.receiving import enrolled
from antq_desktop.storage.records import Record, kind_of
from antq_desktop.storage.unit_of_work import Reading, Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit:
    """One record that was found; ``page``, ``what`` and ``year`` say where it is opened, ``group`` what it is."""

    entity: str
    id: str
    unit_code: str
    group: str
    title: str
    detail: str
    page: str
    what: Mapping[str, object]
    year: int | None


class Search:
    """The search over all records of the workspace; at a receiving unit, over those of every commune."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, text: str, limit: int = 20) -> list[Hit]:
        """Return at most ``limit`` records that hold every word of ``text``, best first, those of one group together.

        Tone marks are not needed, nor the order of words, nor the end of the last word.
        """
        with self._store.reading() as work:
            hits = _Looks(work).hits([place.key for place in queries.find(work, text, limit)])
        groups = list(dict.fromkeys(hit.group for hit in hits))
        return sorted(hits, key=lambda hit: groups.index(hit.group))

    def is_gathered(self) -> bool:
        """Tell whether there is nothing to ``gather``."""
        with self._store.reading() as work:
            found = gathering.gathered(work)
        return found is not None and found.place is None

    def rebuild(self, progress: Progress | None = None) -> None:
        """Gather the words of every record anew. Raises SearchNotOffered, Cancelled; ``gather`` then goes on."""
        self.forget()
        self.gather(progress)

    def forget(self) -> None:
        """Let ``gather`` begin anew with the words of every record. Raises SearchNotOffered."""
        with self._store.writing("") as work:
            gathering.forget(work)
            work.commit()

    def gather(
        self, progress: Progress | None = None, is_awaited: Callable[[], bool] = lambda: False
    ) -> bool:
        """Gather the words that are still to be gathered, and return whether all are; it ends early when ``is_awaited``.

        There are some after an update that brings new words, and after a stop. Until then only part of the records is
        found. Raises Cancelled; what was gathered stays.
        """
        progress = progress or Progress()
        with self._store.reading() as work:
            now = gathering.gathered(work)
        while now is None or now.place is not None:
            progress.report(now.done if now else 0, now.total if now else 0, _("Words of the search"))
            with self._store.writing("") as writing:
                now = gathering.gather_some(writing)
                writing.commit()
            if now.place is not None and is_awaited():
                return False
        return True


class _Looks:
    """Reads what was found and all that it refers to, kind by kind instead of one by one."""

    def __init__(self, work: Reading) -> None:
        self._work = work
        self._read: dict[RecordKey, Record] = {}
        self._asked: set[RecordKey] = set()
        self._units: dict[str, str] = {}

    def hits(self, keys: Sequence[RecordKey]) -> list[Hit]:
        """Return what is to be shown of these records, in the same order."""
        hits: list[Hit] = []
        missing = set(keys)
        while missing:
            self._asked |= missing
            self._read |= queries.read(self._work, missing)
            known = set(self._asked)
            hits = [self._hit(record) for key in keys if (record := self._read.get(key)) is not None]
            missing = self._asked - known  # what the hits refer to; with it they are told once more
        return hits

    def _hit(self, record: Record) -> Hit:
        searched = BY_RECORD[type(record)]
        look = partial(self._look, record.unit_code)
        detail = searched.detail(record, look)
        page, what, year = searched.page, searched.what(record, look), searched.year(record)
        if record.unit_code != self._work.unit_code:
            # What a commune sent in is nobody's to edit here: its page at this level is that of the commune.
            detail = (self._unit_name(record.unit_code), *detail)
            page, what, year = "receiving", {"unit_code": record.unit_code}, None
        return Hit(
            kind_of(type(record)).entity,
            record.id,
            record.unit_code,
            _(searched.group),
            searched.title(record),
            _line(detail),
            page,
            what,
            year,
        )

    def _look(self, unit_code: str, record: type[T], key: str, /) -> T | None:
        """Return the record when it was read by now; else keep in mind that it is needed."""
        at = (record, unit_code, key)
        self._asked.add(at)
        return self._read.get(at)  # type: ignore[return-value] # it was read as one of this class

    def _unit_name(self, unit_code: str) -> str:
        if unit_code not in self._units:
            names = [device.unit_name for device in enrolled(self._work, unit_code)]
            self._units[unit_code] = names[-1] if names else unit_code
        return self._units[unit_code]


def _line(parts: Words) -> str:
    return " · ".join(f"{part:%d/%m/%Y}" if isinstance(part, date) else part for part in parts if part)
