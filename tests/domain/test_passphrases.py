"""What is said of a passphrase, from the first key to a good one."""

import pytest

from antq_desktop.domain.passphrases import SHORTEST, Strength, strength
from antq_desktop.storage.key_file import SHORTEST_PASSPHRASE


@pytest.mark.parametrize(
    ("passphrase", "expected"),
    [
        ("", Strength.TOO_SHORT),
        ("bảy chữ", Strength.TOO_SHORT),
        ("   a     b   ", Strength.TOO_SHORT),
        ("19081945", Strength.WEAK),
        ("aaaaaaaaaaaa", Strength.WEAK),
        ("matkhau123", Strength.WEAK),
        ("Công an 123456", Strength.WEAK),
        ("xã kim bôi", Strength.FAIR),
        ("cây đa bến nước", Strength.STRONG),
        ("q7Rw-9kLm-2xTf-hPz4", Strength.STRONG),
    ],
)
def test_it_is_told_coarsely(passphrase: str, expected: Strength) -> None:
    assert strength(passphrase) is expected


def test_composed_or_not_is_the_same_passphrase() -> None:
    assert strength("ca\u0302y \u0111a be\u0301n nu\u031bo\u031b\u0301c") is strength("cây đa bến nước")


def test_the_shortest_is_what_the_key_file_takes() -> None:
    assert SHORTEST == SHORTEST_PASSPHRASE
