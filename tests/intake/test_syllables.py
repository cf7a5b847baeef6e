"""A word is known for Vietnamese by its build, so that the right reading of an encoding shows."""

import pytest

from antq_desktop.intake.syllables import is_syllable, marked_words, plausible


@pytest.mark.parametrize(
    "word",
    [
        "Nguyễn",
        "NGUYỄN",
        "quỳnh",
        "Thuỷ",
        "Thúy",
        "Hoà",
        "nghiêng",
        "khuỷu",
        "giường",
        "Ỷ",
        "ưng",
        "Huỳnh",
        "xoăn",
        "ước",
    ],
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["NguyÔn", "Hoµng", "BÝch", "Nguyeãn", "Troïng", "Möôøng", "ThÞ", "bcd", "hÀ", "ảả"]
)
def test_misread_words_are_none(word: str) -> None:
    assert not is_syllable(word)


def test_only_marked_words_count() -> None:
    assert marked_words("Tran Van Bình, thôn 5") == ["Bình", "thôn"]
    assert plausible("Tran Van Bình, thôn 5") == 2
