"""Keeps what the window remembers on this laptop (drafts, chosen columns, size) inside the encrypted workspace."""

from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Store


class KeptTexts:
    """Texts by name; they belong to this laptop alone, are never sent and leave no journal line."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def read(self, name: str) -> str:
        """Return what was kept under ``name``, or nothing."""
        with self._store.reading() as work:
            return work.local(f"kept/{name}", "")

    def write(self, name: str, text: str) -> None:
        with self._store.writing(self._session.user) as work:
            work.keep_local(f"kept/{name}", text)
            work.commit()
