"""Each row of the table of what a bundle is to a receiver, and an acknowledgement to a commune."""

from typing import TYPE_CHECKING, Any

import pytest

from antq_desktop.domain.events import GENESIS, chain_hash
from antq_desktop.exchange import judgement
from antq_desktop.exchange.acknowledgement import ChainTaken
from antq_desktop.exchange.judgement import OwnLog, Verdict
from antq_desktop.exchange.manifest import BundleManifest, ChainPoint, Payload
from antq_desktop.exchange.names import new_id

if TYPE_CHECKING:
    from tests.exchange.conftest import Bench

CATALOGUES = {("tt124", "2021")}


def chain(count: int, start: bytes = GENESIS, salt: bytes = b"") -> list[bytes]:
    """Return the hashes at 0 … count."""
    hashes = [start]
    for n in range(count):
        hashes.append(chain_hash(hashes[-1], b"%d" % n + salt))
    return hashes


OWN = chain(100)
OTHER = chain(100, salt=b"x")


class Judge:
    """A receiver that took in the first ``last`` events of ``OWN`` in epoch 1."""

    def __init__(self, bench: "Bench") -> None:
        self.bench = bench

    def __call__(
        self,
        first: int,
        last: int,
        *,
        known: int | None = 50,
        hashes: list[bytes] = OWN,
        epoch: int = 1,
        at: ChainPoint | None = None,
        **changes: Any,
    ) -> Verdict:
        draft = self.bench.draft(
            [],
            epoch=epoch,
            seq_from=first,
            seq_to=last,
            prev_event_hash=hashes[first - 1],
            head_event_hash=hashes[last],
            bundle_id=new_id(self.bench.draft([]).created_at),
            **changes,
        )
        made = BundleManifest(
            **{name: getattr(draft, name) for name in draft.__dataclass_fields__},
            count=last - first + 1,
            counts={"households": last - first + 1},
            payload=Payload(bytes(32), 1, 1, 1),
        )
        end = at or (None if known is None else ChainPoint(1, known, OWN[known]))

        def hash_at(asked_epoch: int, seq: int) -> bytes | None:
            return OWN[seq] if asked_epoch == 1 and seq <= (known or 0) else None

        verdict = judgement.judge_bundle(made, end, hash_at, schema_version=1, catalogues=CATALOGUES)
        assert judgement.SENTENCES[verdict.code].format(**verdict.facts(made))
        return verdict


@pytest.fixture
def judge(bench: "Bench") -> Judge:
    return Judge(bench)


def test_first_bundle_of_a_new_laptop_is_taken(judge: Judge) -> None:
    assert judge(1, 10, known=None) == Verdict("taken", "all-new", take_from=1)


def test_next_range_is_taken(judge: Judge) -> None:
    assert judge(51, 60) == Verdict("taken", "all-new", take_from=51)


def test_all_known_changes_nothing(judge: Judge) -> None:
    for first, last in ((1, 50), (1, 10), (30, 50), (50, 50)):
        assert judge(first, last) == Verdict("known", "all-known")


def test_overlap_gives_the_tail(judge: Judge) -> None:
    assert judge(1, 60) == Verdict("taken", "tail-new", take_from=51)
    assert judge(50, 60) == Verdict("taken", "tail-new", take_from=51)


def test_gap_is_held_and_named(judge: Judge) -> None:
    assert judge(53, 60) == Verdict("held", "gap", missing=(51, 52))
    assert judge(5, 60, known=None) == Verdict("held", "gap", missing=(1, 4))


def test_same_number_other_hash_is_a_fork(judge: Judge) -> None:
    for first, last in ((1, 50), (20, 30), (51, 60), (40, 60)):
        assert judge(first, last, hashes=OTHER) == Verdict("refused", "fork")


def test_leap_beyond_the_cap_is_held_for_a_person(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judgement, "MAX_LEAP", 5)
    assert judge(56, 60) == Verdict("held", "gap", missing=(51, 55))
    assert judge(57, 60) == Verdict("held", "leap", missing=(51, 56))


def test_higher_epoch_with_a_known_parent_is_a_restore(judge: Judge) -> None:
    again = [*OWN[:41], *chain(20, OWN[40], b"again")[1:]]
    parent = ChainPoint(1, 40, OWN[40])
    assert judge(41, 45, epoch=2, hashes=again, parent=parent) == Verdict(
        "taken", "restore", take_from=41, rolled_back=(41, 50)
    )
    at_head = ChainPoint(1, 50, OWN[50])
    assert judge(51, 55, epoch=3, parent=at_head) == Verdict("taken", "continued", take_from=51)
    fresh = ChainPoint(1, 0, GENESIS)
    assert judge(1, 5, epoch=2, known=None, parent=fresh) == Verdict("taken", "continued", take_from=1)


def test_unknown_epoch_is_held(judge: Judge) -> None:
    assert judge(51, 60, epoch=2).code == "epoch-unknown"
    assert judge(51, 60, epoch=3, parent=ChainPoint(2, 50, OWN[50])).code == "epoch-unknown"
    assert judge(61, 70, epoch=2, parent=ChainPoint(1, 60, OWN[60])) == Verdict(
        "held", "gap", missing=(51, 60)
    )


def test_parent_with_another_hash_is_a_fork(judge: Judge) -> None:
    assert judge(41, 45, epoch=2, hashes=OTHER, parent=ChainPoint(1, 40, OTHER[40])).code == "fork"


def test_lower_epoch_is_known_or_held(judge: Judge) -> None:
    now = ChainPoint(2, 70, bytes(32))
    assert judge(1, 50, at=now) == Verdict("known", "all-known")
    assert judge(41, 60, at=now) == Verdict("held", "epoch-older")
    assert judge(1, 40, hashes=OTHER, at=now) == Verdict("held", "epoch-older")


def test_first_bundle_of_an_epoch_again_with_more(judge: Judge) -> None:
    parent = ChainPoint(1, 40, OWN[40])
    again = [*OWN[:41], *chain(20, OWN[40], b"again")[1:]]
    now = ChainPoint(2, 45, again[45])
    assert judge(41, 50, epoch=2, hashes=again, parent=parent, at=now) == Verdict(
        "taken", "tail-new", take_from=46
    )


def test_newer_schema_or_catalogue_is_held(judge: Judge) -> None:
    assert judge(51, 60, schema_version=2) == Verdict("held", "schema-newer")
    assert judge(51, 60, catalogue_versions={"tt124": "2027"}) == Verdict("held", "catalogue-newer")
    assert judge(51, 60, catalogue_versions={"other": "1"}) == Verdict("held", "catalogue-newer")
    assert judge(51, 60, catalogue_versions={}) == Verdict("taken", "all-new", take_from=51)


def test_an_older_list_of_criteria_waits_for_nothing(judge: Judge) -> None:
    assert judge(51, 60, catalogue_versions={"tt124": "9"}).code == "all-new"


def test_fork_is_louder_than_an_update(judge: Judge) -> None:
    assert judge(51, 60, hashes=OTHER, schema_version=2).code == "fork"


def ack(
    last: int,
    *,
    sequence: int = 5,
    epoch: int = 1,
    hashes: list[bytes] = OWN,
    own: OwnLog | None = None,
    **more: Any,
) -> str:
    own = own or OwnLog(epoch=1, head_seq=60, acknowledged_epoch=1, acknowledged_seq=50, ack_sequence=4)
    taken = ChainTaken("laptop-1", epoch, last, hashes[last])

    def hash_at(asked: int, seq: int) -> bytes | None:
        return OWN[seq] if asked == 1 and seq <= own.head_seq else None

    code = judgement.judge_acknowledgement(own, sequence, taken, hash_at, was_taken=more.get("was_taken"))
    assert judgement.SENTENCES[code].format(last_seq=last)
    return code


def test_acknowledgement_moves_forward_or_says_nothing_new() -> None:
    assert ack(60) == "ack-forward"
    assert ack(50) == "ack-equal"
    assert ack(60, was_taken=True) == "ack-equal"
    assert ack(0, own=OwnLog(1, 0)) == "ack-forward"


def test_older_acknowledgement_is_ignored() -> None:
    assert ack(40, sequence=3) == "ack-older"
    assert ack(40, sequence=3, was_taken=True) == "ack-older"


def test_acknowledgement_behind_means_the_upper_level_was_restored() -> None:
    assert ack(40) == "ack-behind"
    assert ack(40, sequence=3, was_taken=False) == "ack-behind"
    assert ack(0) == "ack-behind"


def test_acknowledgement_ahead_means_the_laptop_was_restored() -> None:
    assert ack(61) == "ack-ahead"
    assert ack(50, epoch=2) == "ack-ahead"


def test_acknowledgement_of_another_history_is_an_alarm() -> None:
    assert ack(55, hashes=OTHER) == "ack-fork"
    assert ack(40, hashes=OTHER) == "ack-fork"


def test_acknowledgement_of_an_earlier_epoch_may_know_what_the_restore_lost() -> None:
    own = OwnLog(epoch=2, head_seq=45, acknowledged_epoch=1, acknowledged_seq=30, ack_sequence=4)
    assert ack(60, own=own) == "ack-equal"
    assert ack(40, own=own, hashes=OTHER) == "ack-fork"
