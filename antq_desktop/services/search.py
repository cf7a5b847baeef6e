"""Finds whatever the workspace holds by any of its words, and says which page opens it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from antq_desktop.domain.searched import BY_RECORD
from antq_desktop.domain.searching import Words
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.storage.queries import search as queries
from antq_desktop.storage.queries import search_gathering as gathering
from antq_desktop.storage.queries.search import RecordKey
from antq_desktop.storage.receiving import enrolled
from antq_desktop.storage.records import kind_of
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
            hits = _hits(work, [place.key for place in queries.find(work, text, limit)])
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


def _hits(work: Reading, keys: Sequence[RecordKey]) -> list[Hit]:
    """Return what is to be shown of these records, in the same order."""
    shown = queries.read(work, keys)
    unit_names: dict[str, str] = {}
    hits: list[Hit] = []
    for key in keys:
        if key not in shown:
            continue
        (kind, unit_code, id_), (record, others) = key, shown[key]
        searched = BY_RECORD[kind]
        look = partial(_look, others)
        detail = searched.detail(record, look)
        if unit_code == work.unit_code:
            page, what, year = searched.page, searched.what(record, look), searched.year(record)
        else:
            # What a commune sent in is nobody's to edit here: its page at this level is that of the commune.
            if unit_code not in unit_names:
                unit_names[unit_code] = _unit_name(work, unit_code)
            detail = (unit_names[unit_code], *detail)
            page, what, year = "receiving", {"unit_code": unit_code}, None
        hits.append(
            Hit(
                kind_of(kind).entity,
                id_,
                unit_code,
                _(searched.group),
                searched.title(record),
                _line(detail),
                page,
                what,
                year,
            )
        )
    return hits


def _look(others: Mapping[type[Any], Any], record: type[T], _key: str, /) -> T | None:
    """Return what was read of a record that is referred to; it was read with the one that names its id."""
    return others.get(record)


def _unit_name(work: Reading, unit_code: str) -> str:
    names = [device.unit_name for device in enrolled(work, unit_code)]
    return names[-1] if names else unit_code


def _line(parts: Words) -> str:
    return " · ".join([f"{part:%d/%m/%Y}" if isinstance(part, date) else part for part in parts if part])
