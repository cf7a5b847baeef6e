"""Tells Vietnamese from noise: whether a word is built like a Vietnamese syllable decides which encoding was read right."""

import re
import unicodedata
from functools import lru_cache

_ONSETS = """
b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x
""".split()  # noqa: SIM905 - a list of words reads as text
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo
ep et ê êch êm ên ênh êp êt êu êng i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac
oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong op
ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um un ung uơ uôc
uôi uôm uôn uông uôt up ut uy uya uych uyên uyêt uynh uyt uyu uyn ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm
ươn ương ươp ươt ươu y yên yêm yêng yêt yêu ynh yt ych yn
""".split()  # noqa: SIM905 - a list of words reads as text
_SHAPE = re.compile(f"(?:{'|'.join(sorted(_ONSETS, key=len, reverse=True))})?(?:{'|'.join(_RHYMES)})")
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_MARKED = re.compile(r"[^\x00-\x7f]")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Whether ``word`` could be a Vietnamese syllable in ordinary, small or all capital letters."""
    composed = unicodedata.normalize("NFC", word)
    if not (composed.islower() or composed.isupper() or composed.istitle()):
        return False
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", composed.lower()))
    return tones <= 1 and _SHAPE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def marked_words(text: str) -> list[str]:
    """Return the words of ``text`` that hold a letter outside ASCII, the only ones that betray an encoding."""
    pieces = re.split(r"[\s,.;:/()\[\]\"'!?&+*=<>|–—-]+", text)
    return [piece for piece in pieces if _MARKED.search(piece)]


def plausible(text: str) -> int:
    """Return how many of the marked words of ``text`` are Vietnamese syllables."""
    return sum(is_syllable(word) for word in marked_words(text))
