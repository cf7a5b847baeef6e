"""The code on a paper opens only whole, and only under the key that signed it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.exchange import keys
from antq_desktop.exchange.summary import SummaryRefused, SummaryTooLong, open_summary, sign_summary

SEED = bytes(32)
PUBLIC = keys.public_of(SEED)
FACTS: dict[str, str | int] = {
    "u": "04978",
    "n": 12,
    "y": 2026,
    "t": "Tổ dân phố Lác Ước, xã Kim Bôi",
    "d": "2026-11-19",
}


def lookup(short_id: str) -> bytes | None:
    return PUBLIC if keys.key_id(PUBLIC).startswith(short_id) else None


def test_facts_come_back_and_fit_a_small_code() -> None:
    text = sign_summary(SEED, FACTS)
    assert open_summary(text, lookup) == FACTS
    assert len(text) < 300
    assert set(text) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


def test_base45_is_that_of_the_standard() -> None:
    from antq_desktop.exchange import summary

    # The examples of RFC 9285.
    assert summary._to_base45(b"AB") == "BB8"
    assert summary._to_base45(b"Hello!!") == "%69 VD92EX0"
    assert summary._to_base45(b"base-45") == "UJCLQE7W581"
    assert summary._from_base45("QED8WEX0") == b"ietf!"


def test_every_changed_sign_is_refused() -> None:
    text = sign_summary(SEED, FACTS)
    for at in range(len(text)):
        for sign in "A7":
            if text[at] != sign:
                with pytest.raises(SummaryRefused):
                    open_summary(text[:at] + sign + text[at + 1 :], lookup)
    for end in range(len(text)):
        with pytest.raises(SummaryRefused):
            open_summary(text[:end], lookup)


def test_unknown_or_other_key_is_refused() -> None:
    text = sign_summary(SEED, FACTS)
    with pytest.raises(SummaryRefused):
        open_summary(text, lambda _name: None)
    other = keys.public_of(bytes(31) + b"\1")
    with pytest.raises(SummaryRefused):
        open_summary(text, lambda _name: other)


@given(st.text(max_size=300))
def test_any_text_is_refused(text: str) -> None:
    for given_text in (text, "ANTQ1:" + text):
        with pytest.raises(SummaryRefused):
            open_summary(given_text, lookup)


def test_facts_that_do_not_fit_are_named() -> None:
    with pytest.raises(SummaryTooLong):
        sign_summary(SEED, {"t": "ướ" * 300})
