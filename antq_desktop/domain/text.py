"""Vietnamese text as this program keeps it: composed, searchable without tone marks, sorted by given name.

Every text that enters passes ``clean``; what people search passes ``fold``; lists of people order by ``name_key``.
Folding finds people and never identifies them: two people may share one folded name.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: One ASCII sign a letter, in order, above the digits and below DEL, so that plain binary order sorts.
_RANK = {letter: chr(ord("A") + index) for index, letter in enumerate(_ALPHABET)}
#: Dictionary order of tones: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
#: How many words and signs are kept as they were worked out; all papers of a commune hold some thousands and some hundreds.
_WORDS = 8_192
#: A longer word is none of a language, and is worked out each time: a file could fill the memory with such.
_LONGEST_WORD = 64
_SIGNS = 1_024
#: The key of no word.
_NO_WORD = ("", "0")
_NUMBER = re.compile(r"(?<![0-9])0*([0-9]{1,9})(?![0-9])")
#: No signs at all, and what stands for the bytes of a file name that are no text: that could be neither kept nor sent.
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\ud800-\udfff]")


def clean(text: str) -> str:
    """Return ``text`` in NFC with single ordinary spaces, no invisible signs, trimmed."""
    if text.isascii():
        return " ".join(text.split())
    # Invisible signs go first: one between a letter and its mark would keep the two from being composed.
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return " ".join(composed.split())


class _BareSigns(dict[int, str]):
    """What folding leaves of each sign, by its number; worked out once for those of the languages of Europe and Vietnam."""

    def __missing__(self, number: int) -> str:
        parts = unicodedata.normalize("NFD", chr(number))
        bare = "".join(part for part in parts if not unicodedata.combining(part)).replace("đ", "d")
        if number < _OFTEN:
            self[number] = bare
        return bare


#: The signs of Vietnamese, composed or not, and all before them.
_OFTEN = 0x2000
_BARE = _BareSigns()


def fold(text: str) -> str:
    """Return ``text`` for searching: lower case, no tone or vowel marks, đ as d, single spaces.

    ``fold("Đặng Thuý") == fold("dang thúy") == "dang thuy"``.
    """
    words = [
        word
        if word.isascii()
        else (_folded(word) if len(word) <= _LONGEST_WORD else _folded.__wrapped__(word))
        for word in text.casefold().split()
    ]
    return " ".join(filter(None, words))


@lru_cache(maxsize=_WORDS)
def _folded(word: str) -> str:
    return clean(word.translate(_BARE))


def proper_name(text: str) -> str:
    """Return a name in ordinary capitals when it was typed all in capitals or all small; else as typed, cleaned."""
    name = clean(text)
    if name.isupper() or name.islower():
        return " ".join(word[:1].upper() + word[1:].lower() for word in name.split(" "))
    return name


def sort_key(text: str) -> str:
    """Return a string whose plain binary order is the Vietnamese dictionary order of ``text``.

    Letters decide first (a ă â b c d đ …), word by word; numbers up to nine digits go by their value (Thôn 2 before
    Thôn 10); tones only decide between texts of equal letters. Shape: the letters' ranks, words parted by a space, then
    U+0002 and one tone digit a word. ASCII only.
    """
    return _joined(_keys(text))


def name_key(full_name: str) -> str:
    """Return the sort key of a person's name: tên, then chữ lót, then họ, each with its tones, as lists do.

    Shape: three ``sort_key`` parted by U+0001.
    """
    *before, (given, tone) = _keys(full_name)
    family, family_tone = before[0] if before else _NO_WORD
    return f"{given}\x02{tone}\x01{_joined(before[1:] or [_NO_WORD])}\x01{family}\x02{family_tone}"


def _keys(text: str) -> list[tuple[str, str]]:
    """Return the key of each word of ``text``, at least one."""
    keys = [
        _word_key(word) if len(word) <= _LONGEST_WORD else _word_key.__wrapped__(word)
        for word in text.split()
    ]
    return [key for key in keys if key] or [_NO_WORD]


def _joined(keys: Sequence[tuple[str, str]]) -> str:
    return " ".join([letters for letters, _ in keys]) + "\x02" + "".join([tone for _, tone in keys])


@lru_cache(maxsize=_WORDS)
def _word_key(typed: str) -> tuple[str, str] | None:
    """Return the ranks of the letters of one word, and its tone; None where no sign of it can be seen."""
    word = clean(typed)
    if not word:
        return None
    ranks: list[str] = []
    tone = "0"
    for sign in _NUMBER.sub(_number_key, word.casefold()):
        rank, mark = _sign_key(sign)
        tone = mark or tone
        ranks.append(rank)
    return "".join(ranks), tone


@lru_cache(maxsize=_SIGNS)
def _sign_key(sign: str) -> tuple[str, str]:
    """Return the rank of one sign, empty for what is no letter or digit, and its tone."""
    base, mark = _without_tone(sign)
    return _RANK.get(base, base if base.isascii() and base.isdigit() else ""), mark


def _number_key(match: re.Match[str]) -> str:
    """Return a number behind the count of its digits, so that 2 comes before 10."""
    return f"{len(match[1])}{match[1]}"


def _without_tone(sign: str) -> tuple[str, str]:
    mark = ""
    kept = []
    for part in unicodedata.normalize("NFD", sign):
        if part in _TONES:
            mark = _TONES[part]
        else:
            kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept)), mark
