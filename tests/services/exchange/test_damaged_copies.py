"""A damaged copy is called damaged, also when what it claims is on record already or belongs to nobody."""

from pathlib import Path
from typing import TYPE_CHECKING

from antq_desktop.services.receiving_side.taking_in import BundleVerdict

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Laptops, Parties


def flipped(good: Path, at: int) -> Path:
    """Return a copy with one bit flipped."""
    content = bytearray(good.read_bytes())
    content[at] ^= 1
    copy = good.with_name("hong.antq")
    copy.write_bytes(content)
    return copy


def code_of(verdicts: list[BundleVerdict]) -> str:
    (verdict,) = verdicts
    assert verdict.verdict == "refused"
    return verdict.code


def test_a_damaged_copy_of_what_is_known_is_refused(parties: "Parties") -> None:
    parties.work(3)
    sent = parties.send().path
    assert parties.receive(sent)[0].verdict == "taken"
    assert code_of(parties.receive(flipped(sent, -100))) == "payload-damaged"
    assert [
        row.sha256 for row in parties.receiving.communes.details("04978").bundles if row.verdict == "known"
    ] == []
    assert parties.receive(sent)[0].code == "all-known"


def test_a_damaged_copy_is_not_held_either(parties: "Parties") -> None:
    parties.work(2)
    first = parties.send()
    with parties.store(parties.commune).writing("An") as work:
        work.keep_local("acknowledged", {"epoch": 1, "seq": first.seq_to})
        work.commit()
    parties.work(2)
    sent = parties.send().path
    assert code_of(parties.receive(flipped(sent, -100))) == "payload-damaged"
    assert parties.receive(sent)[0].code == "gap"


def test_every_flipped_bit_of_a_label_is_damage_and_names_no_field(parties: "Parties") -> None:
    parties.work(1)
    sent = parties.send().path
    label = int.from_bytes(sent.read_bytes()[8:12])
    for at in range(12, 12 + label, 7):
        verdicts = parties.receive(flipped(sent, at))
        assert code_of(verdicts) in {"envelope-damaged", "wrong-signature", "unknown-sender"}, at
        assert "(" not in verdicts[0].sentence.replace("(đơn vị", ""), at
    assert code_of(parties.receive(flipped(sent, 60))) == "envelope-damaged"


def test_the_other_laptop_says_so_too(two: "Laptops") -> None:
    two.parties.work(2)
    sent = two.seal(two.first)
    two.second.laptops.take([sent])
    assert code_of(two.second.laptops.take([flipped(sent, -100)])) == "payload-damaged"
    assert code_of(two.second.laptops.take([flipped(sent, 60)])) == "envelope-damaged"
