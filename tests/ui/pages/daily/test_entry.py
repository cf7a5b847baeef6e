"""A line of the entry grid reads days, states and keys as an officer types them."""

from datetime import date

from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.ui.pages.commitments import entry

LAST = date(2026, 3, 5)


def test_signed_without_a_day_takes_the_day_typed_last() -> None:
    assert entry.typed({"state": CommitmentState.SIGNED}, LAST).signed_on == LAST
    assert entry.fault({"state": CommitmentState.SIGNED}, LAST) == ""


def test_signed_without_any_day_is_asked_for_one() -> None:
    assert "5/3" in entry.fault({"state": CommitmentState.SIGNED}, None)


def test_a_day_alone_means_signed() -> None:
    meant = entry.typed({"on": date(2026, 2, 1)}, LAST)
    assert (meant.state, meant.signed_on) == (CommitmentState.SIGNED, date(2026, 2, 1))


def test_an_empty_line_is_a_paper_not_issued() -> None:
    assert entry.typed({}, LAST).state is CommitmentState.NOT_ISSUED


def test_whoever_did_not_sign_has_no_day() -> None:
    meant = entry.typed({"state": CommitmentState.REFUSED, "on": LAST, "by": "An"}, LAST)
    assert (meant.signed_on, meant.signed_by) == (None, None)


def test_key_of_a_line_names_household_and_campaign() -> None:
    key = entry.line_key("h1", "c1")
    assert entry.household_of(key) == "h1"
    assert key != entry.line_key("h1", "c2")
