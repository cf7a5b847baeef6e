"""Lets everything be sent once more, when the receiving unit has other data although it has every change."""

from antq_desktop.services.recovery import trouble
from antq_desktop.services.session import Session
from antq_desktop.storage import sending as kept
from antq_desktop.storage import untold
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Store


class SendingAgain:
    """Use case of the commune before it sends."""

    def __init__(self, store: Store, session: Session) -> None:
        self._store = store
        self._session = session

    def everything(self) -> int:
        """Let the whole log wait to be sent, with what differs from it told anew; return how many records did.

        Raises Restored, SendingHalted.
        """
        with self._store.writing(self._session.user) as work:
            trouble.check(work)
            count = untold.tell(work, self._store.writer, self._store.epoch)
            kept.keep_acknowledged(work, 0, 0)
            work.note(Deed("everything_again", "sent_bundles", note=str(count)))
            work.commit()
        return count
