"""Shows who did what, and checks that nobody changed the journal or the outbox by hand."""

from dataclasses import dataclass

from antq_desktop.storage import journal as lines
from antq_desktop.storage import outbox
from antq_desktop.storage.queries import journal as queries
from antq_desktop.storage.queries.journal import JournalFilter, JournalRow
from antq_desktop.storage.queries.window import Window
from antq_desktop.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """The first line that does not hold, or None: a journal id, and (epoch, sequence number) of an event."""

    journal: int | None
    outbox: tuple[int, int] | None

    @property
    def holds(self) -> bool:
        return self.journal is None and self.outbox is None


class Journal:
    """Reads the journal of the open workspace."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def count(self, which: JournalFilter) -> int:
        with self._store.reading() as work:
            return queries.count(work, which)

    def page(self, which: JournalFilter, window: Window) -> list[JournalRow]:
        with self._store.reading() as work:
            return queries.page(work, which, window)

    def check(self) -> ChainCheck:
        """Walk both chains from their beginning."""
        with self._store.reading() as work:
            return ChainCheck(lines.first_broken(work.connection), outbox.first_broken(work.connection))
