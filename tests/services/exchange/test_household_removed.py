"""A household that was removed as entered by mistake is gone on every side, unless another laptop told something of it."""

from datetime import date
from typing import TYPE_CHECKING

from antq_desktop.domain.commitments import CommitmentState

if TYPE_CHECKING:
    from tests.services.exchange.conftest import Laptops, Parties


def test_it_is_gone_above_too(parties: "Parties") -> None:
    stays, twice = parties.work(2)
    campaign = parties.commune.commitments.yearly().id
    parties.commune.commitments.record(twice.id, campaign, CommitmentState.ISSUED)
    parties.receive(parties.send().path)
    assert len(parties.rows(parties.receiving)["households"]) == 2
    parties.commune.households.remove(twice.id, "Nhập hai lần")
    (verdict,) = parties.receive(parties.send().path)
    assert (verdict.verdict, verdict.set_aside) == ("taken", ())
    rows = parties.rows(parties.receiving)
    assert (len(rows["households"]), rows["commitments"]) == (1, [])
    assert stays.id in rows["households"][0]
    parties.assert_equal()


def test_a_paper_signed_meanwhile_on_the_other_laptop_keeps_it(two: "Laptops") -> None:
    (home,) = two.parties.work(1)
    campaign = two.first.commitments.yearly().id
    two.settle()
    two.second.commitments.record(home.id, campaign, CommitmentState.SIGNED, date(2026, 3, 1))
    two.first.households.remove(home.id, "Nhập hai lần")
    two.settle()
    two.assert_equal()
    assert two.first.households.get(home.id).head == home.head
    (paper,) = two.parties.rows(two.upper)["commitments"]
    assert "signed" in paper
