"""The number on the sheet forgives typing habits and no wrong digit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.exchange import check_number
from antq_desktop.exchange.check_number import WrongCheckNumber

NUMBER = "01234-56789-01234-56789-01234-56789"


def test_new_numbers_have_their_shape_and_differ() -> None:
    numbers = {check_number.new_number() for _ in range(200)}
    assert len(numbers) == 200
    assert all(re.fullmatch(r"[0-9]{5}(-[0-9]{5}){5}", number) for number in numbers)


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER.replace("-", ""),
        NUMBER.replace("-", " "),
        f"  {NUMBER}\n",
        NUMBER.replace("-", " – "),
        NUMBER.replace("-", "."),
        NUMBER.translate({ord("0"): "０", ord("1"): "１"}),
        "\n".join(NUMBER.split("-")),
    ],
)
def test_typed_in_any_way(typed: str) -> None:
    assert check_number.normalized(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "12345", NUMBER[:-1], NUMBER + "1", NUMBER.replace("0", "O"), NUMBER + "đ"]
)
def test_what_is_no_check_number(typed: str) -> None:
    with pytest.raises(WrongCheckNumber):
        check_number.normalized(typed)


@pytest.mark.parametrize(
    ("typed", "code", "facts"),
    [
        (NUMBER[:-6], "check-number-short", {"digits": 25, "groups": 5}),
        (NUMBER.replace("-", "")[:-1], "check-number-short", {"digits": 29, "groups": 5}),
        (NUMBER.replace("56789-01234", "5678-01234", 1), "check-number-group", {"number": 2, "digits": 4}),
        (NUMBER + "-01234", "wrong-check-number", {}),
    ],
)
def test_what_is_missing_is_named(typed: str, code: str, facts: dict[str, object]) -> None:
    with pytest.raises(WrongCheckNumber) as refused:
        check_number.normalized(typed)
    assert (refused.value.code, refused.value.facts) == (code, facts)


@given(st.integers(0, 29), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(at: int, more: int) -> None:
    facts: dict[str, object] = {"sign": "a"}
    claimed = check_number.mac(NUMBER, "enrol", facts)
    digits = list(NUMBER.replace("-", ""))
    digits[at] = str((int(digits[at]) + more) % 10)
    with pytest.raises(WrongCheckNumber):
        check_number.check_mac("".join(digits), "enrol", facts, claimed)


def test_mac_binds_purpose_and_facts() -> None:
    claimed = check_number.mac(NUMBER, "enrol", {"a": "b"})
    check_number.check_mac(NUMBER.replace("-", ""), "enrol", {"a": "b"}, claimed)
    for purpose, facts in (("answer", {"a": "b"}), ("enrol", {"a": "c"}), ("enrol", {"b": "b"})):
        with pytest.raises(WrongCheckNumber):
            check_number.check_mac(NUMBER, purpose, dict(facts), claimed)
    with pytest.raises(WrongCheckNumber):
        check_number.check_mac(NUMBER, "enrol", {"a": "b"}, "é")


def test_digest_is_spoken_in_the_same_shape() -> None:
    assert check_number.spoken_digest(bytes(31) + b"\x7b") == "00000-00000-00000-00000-00000-00123"
    assert check_number.spoken_digest(b"\xff" * 32) != check_number.spoken_digest(b"\xfe" * 32)
