"""Takes a proven acknowledgement into a commune: judged against the own log, which it confirms, leaves, or contradicts."""

from dataclasses import dataclass

from antq_desktop.domain.events import GENESIS
from antq_desktop.domain.wording import N_
from antq_desktop.exchange import acknowledgement, judgement, opening, plain_fields
from antq_desktop.exchange.acknowledgement import Acknowledgement, ChainTaken
from antq_desktop.exchange.judgement import OwnLog
from antq_desktop.exchange.trust import Trust
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side import ack_notices, believed, taking_trust
from antq_desktop.services.recovery import trouble
from antq_desktop.services.recovery.trouble import Trouble
from antq_desktop.storage import outbox
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.sending import TakenAcknowledgement
from antq_desktop.storage.unit_of_work import Store, Writing

ALARMS = ("ack-ahead", "ack-fork")
_NOTHING_YET = N_(
    "The acknowledgement was taken in. The receiving unit has no change of this laptop yet; what waits is to be sent."
)
_MOVES = ("ack-forward", "ack-behind")


@dataclass(frozen=True, slots=True)
class JudgedAcknowledgement:
    """What came of an acknowledgement; ``last_seq`` is its place in our log, ``delivered``: events newly confirmed."""

    content: Acknowledgement
    code: str
    sentence: str
    last_seq: int
    delivered: int


class TakingAcknowledgements:
    """Works in the transaction of who takes the file."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def take(self, work: Writing, content: bytes, current: Trust, sha256: str) -> JudgedAcknowledgement:
        """Take in the ``content`` of the file with this hash; ``current`` is the trust document in use.

        Raises WrongRecipient, and the failures of ``acknowledgement.decode`` and ``trust.open_trust``.
        """
        said = acknowledgement.decode(content)
        if current.current_code(said.unit_code) != current.current_code(self._store.unit_code):
            raise opening.WrongRecipient
        before = kept.acknowledged(work)
        code, place = self._judge(work, said, sha256)
        known_before = kept.acknowledgement_sha256(work, said.sequence - 1)
        if code in ALARMS:
            self._raise_alarm(work, code, said.sequence, place)
            work.note(Deed("alarm", "security", sha256, note=code))
        elif code != "ack-older":
            self._keep(work, said, sha256, place, moves=code in _MOVES)
            if said.trust is not None:
                taking_trust.take_inner(work, said.trust.encode(), current)
            work.note(Deed("acknowledgement_taken", "taken_acknowledgements", str(said.sequence), note=code))
        nothing_yet = code == "ack-forward" and place.last_seq == 0
        said_of_it = _NOTHING_YET if nothing_yet else judgement.SENTENCES[code]
        news = ack_notices.of_trust(current, believed.current(work) or current, self._store.unit_code)
        # What names other laptops says something new, wherever the log stands.
        sentences = [] if news and code == "ack-equal" else [_(said_of_it, last_seq=place.last_seq)]
        sentences += news
        if code != "ack-older":
            sentences += ack_notices.of(work, said, known_before, sha256)
        delivered = max(0, kept.acknowledged(work)[1] - before[1])
        return JudgedAcknowledgement(said, code, " ".join(sentences), place.last_seq, delivered)

    def _judge(self, work: Writing, said: Acknowledgement, sha256: str) -> tuple[str, ChainTaken]:
        nothing = ChainTaken(self._store.device_id, 1, 0, GENESIS)
        place = next((each for each in said.chains if each.device_id == self._store.device_id), nothing)
        if kept.is_superseded(work, sha256):
            return "ack-older", place
        epoch, seq = kept.acknowledged(work)
        last = kept.last_acknowledgement(work)
        log = OwnLog(
            self._store.epoch,
            outbox.head(work.connection, self._store.epoch).seq,
            epoch,
            seq,
            last.sequence if last else 0,
        )
        known = kept.acknowledgement_sha256(work, said.sequence)
        code = judgement.judge_acknowledgement(
            log,
            said.sequence,
            place,
            lambda at_epoch, at_seq: outbox.hash_at(work.connection, at_epoch, at_seq),
            was_taken=None if known is None else known == sha256,
        )
        if code == "ack-behind" and outbox.hash_at(work.connection, place.epoch, place.last_seq) is None:
            place = nothing  # a place that our own restore lost: what is before it is not proven to be there
        return code, place

    def _raise_alarm(self, work: Writing, code: str, sequence: int, place: ChainTaken) -> None:
        here = outbox.head(work.connection, self._store.epoch)
        epoch, seq = kept.acknowledged(work)
        alarm = Trouble(
            code=code,
            sequence=sequence,
            here_epoch=here.epoch,
            here_seq=here.seq,
            here_at=outbox.last_at(work.connection),
            known_epoch=place.epoch,
            known_seq=place.last_seq,
            known_at=work.at_text,
            common_epoch=epoch,
            common_seq=seq,
        )
        trouble.raise_alarm(work, alarm)

    def _keep(
        self, work: Writing, said: Acknowledgement, sha256: str, place: ChainTaken, *, moves: bool
    ) -> None:
        content = plain_fields.write(said)
        content.pop("trust")
        kept.keep_acknowledgement(
            work,
            TakenAcknowledgement(
                said.sequence,
                sha256,
                place.epoch,
                place.last_seq,
                place.head_hash.hex(),
                content,
                work.at_text,
            ),
        )
        # An acknowledgement from before the alarm proves nothing about what came after it.
        trouble.end_alarm(work, said.sequence)
        if moves:
            kept.keep_acknowledged(work, place.epoch, place.last_seq)
