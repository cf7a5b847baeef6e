"""Vietnamese text: one form, found without marks, sorted by given name."""

import random
import tracemalloc
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain.text import clean, fold, name_key, proper_name, sort_key

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
words = st.text(alphabet=LETTERS + LETTERS.upper(), min_size=1, max_size=7)
texts = st.lists(words, min_size=1, max_size=4).map(" ".join)


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()
    assert "  " not in once


@given(texts)
def test_both_forms_of_unicode_are_one_text(text: str) -> None:
    assert clean(nfd(text)) == clean(text)
    assert fold(nfd(text)) == fold(text)
    assert sort_key(nfd(text)) == sort_key(text)
    assert name_key(nfd(text)) == name_key(text)


def test_an_invisible_sign_between_letter_and_mark_is_taken_out_first() -> None:
    assert clean("Đa\u200b\u0323i\ufeff") == "Đại"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Nguyễn\u00a0Văn \t Nam\n", "Nguyễn Văn Nam"),
        ("", ""),
        ("\u200b\ufeff", ""),
        ("Hoà", "Hoà"),  # the place of the tone stays as typed
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(texts)
def test_a_folded_text_is_plain_and_stays(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower()
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Đặng Công Kiên", "dang cong kien"),
        ("Hoà", "Hòa"),
        ("Thuỷ", "thúy"),
        ("QUÁCH THỊ ƯỚC", "Quách Thị Ước"),
        ("Khu  Phố", "khu phố"),
    ],
)
def test_these_are_found_by_each_other(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("NGUYỄN THỊ HÒA", "Nguyễn Thị Hòa"),
        ("đặng công kiên", "Đặng Công Kiên"),
        ("Y Blơk Niê Kdăm", "Y Blơk Niê Kdăm"),
        ("Nguyễn Thị  McKay", "Nguyễn Thị McKay"),
        ("ĐINH", "Đinh"),
        ("", ""),
    ],
)
def test_proper_name(typed: str, name: str) -> None:
    assert proper_name(typed) == name


def test_letters_and_tones_stand_as_in_the_dictionary() -> None:
    tones = ["a", "à", "ả", "ã", "á", "ạ"]
    letters = ["an", "anh", "ăn", "ân", "ba", "ca", "da", "đa", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y"]
    for right in (tones, letters):
        shuffled = random.sample(right, len(right))
        assert sorted(shuffled, key=sort_key) == right


def test_letters_decide_before_tones_and_words_before_letters() -> None:
    assert sort_key("hòa an") > sort_key("hóa") > sort_key("hòa")
    assert sort_key("hòa b") > sort_key("hóa a")
    assert sort_key("hoa binh") < sort_key("hoan")
    assert sort_key("Thôn An") == sort_key("thôn an")


@given(st.lists(texts, min_size=2, max_size=6))
def test_the_key_orders_as_a_second_way_of_writing_the_rule_does(many: list[str]) -> None:
    """The rule again, on numbers instead of signs: letters of all words, then tones of all words."""
    bases = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    order = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

    def rule(text: str) -> tuple[list[list[int]], list[int]]:
        letters, tones = [], []
        for word in unicodedata.normalize("NFC", text.lower()).split():
            tone, ranks = 0, []
            for sign in word:
                marks = [m for m in nfd(sign) if m in order]
                bare = unicodedata.normalize("NFC", "".join(m for m in nfd(sign) if m not in order))
                ranks.append(bases.index(bare))
                tone = order.index(marks[0]) if marks else tone
            letters.append(ranks)
            tones.append(tone)
        return letters, tones

    for one, other in pairwise(many):
        assert (rule(one) < rule(other)) == (sort_key(one) < sort_key(other))


@given(texts)
def test_keys_are_plain_ascii_so_that_any_binary_order_sorts(text: str) -> None:
    assert sort_key(text).isascii()
    assert name_key(text).isascii()


def test_names_sort_by_given_name_then_middle_then_family() -> None:
    people = [
        "Bùi Văn An",
        "Đinh Văn An",
        "Lê Văn Ân",
        "Nguyễn Thị Bình",
        "Bùi Đức Đạt",
        "Quách Thị Hoa",
        "Trần Thị Hoà",
        "Hoàng Văn Hóa",
        "Bình",
    ]
    expected = [
        "Bùi Văn An",
        "Đinh Văn An",
        "Lê Văn Ân",
        "Bình",
        "Nguyễn Thị Bình",
        "Bùi Đức Đạt",
        "Quách Thị Hoa",
        "Trần Thị Hoà",
        "Hoàng Văn Hóa",
    ]
    random.shuffle(people)
    assert sorted(people, key=name_key) == expected


def test_a_word_that_cannot_be_seen_is_no_word_of_a_name() -> None:
    assert name_key("\u200b Lê \ufeff Văn\u200b An \u200b") == name_key("Lê Văn An")
    assert name_key("\u200b") == name_key("")


def test_numbers_in_names_of_places_go_by_their_value() -> None:
    places = ["Thôn 1", "Thôn 2", "Thôn 02b", "Thôn 10", "Tổ dân phố số 9", "Tổ dân phố số 11", "Khu 007"]
    assert sorted(places, key=sort_key) == [
        "Khu 007",
        "Thôn 1",
        "Thôn 2",
        "Thôn 02b",
        "Thôn 10",
        "Tổ dân phố số 9",
        "Tổ dân phố số 11",
    ]


def test_a_number_too_long_to_count_still_has_a_key() -> None:
    assert sort_key("Tổ 123456789012").startswith("ZT 123456789012")


def test_what_cannot_be_written_as_text_does_not_come_in() -> None:
    name = b"danh s\xe1ch.xls".decode(errors="surrogateescape")
    assert clean(name) == "danh sch.xls"
    clean(name).encode()


@given(st.lists(st.text(max_size=8), max_size=5))
def test_keys_are_those_of_the_words_one_by_one(parts: list[str]) -> None:
    names = clean(" ".join(parts)).split(" ")
    assert fold(" ".join(parts)) == " ".join(filter(None, map(fold, parts)))
    family = names[0] if len(names) > 1 else ""
    keys = (sort_key(names[-1]), sort_key(" ".join(names[1:-1])), sort_key(family))
    assert name_key(" ".join(parts)) == "\x01".join(keys)


def test_words_longer_than_any_of_a_language_are_not_kept_in_memory() -> None:
    long = ["ế" * 5_000 + f"{n}" for n in range(200)]
    tracemalloc.start()
    try:
        for word in long:
            assert fold(word) == "e" * 5_000 + word[5_000:]
            assert sort_key(word).startswith("I" * 5_000)
        kept, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 1_000_000, "each word and its key would be 15 KB"
