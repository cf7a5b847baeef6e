"""Turns text of before Unicode into Unicode: TCVN3 (fonts .Vn…) and VNI (fonts VNI-…), told by font or by content.

Such text reaches us as the Latin-1 signs that share its bytes. TCVN3 fonts have no capitals with a tone mark: whole
capitals come from a second font (.VnTimeH) that draws small letters as capitals, and a name that begins with such a
letter is typed small («¸nh» for Ánh). VNI writes most vowels as a letter and a mark («aù» for á).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from antq_desktop.intake.syllables import marked_words, plausible

Encoding = Literal["unicode", "tcvn3", "vni"]
ENCODINGS: tuple[Encoding, ...] = ("unicode", "tcvn3", "vni")

#: TCVN 5712:1993, the letters that every .Vn font draws; checked against iconv TCVN5712-1 in the tests.
TCVN3 = dict(
    zip(
        "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae"
        "\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6"
        "\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee"
        "\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
#: The standard's capitals with a tone mark: no .Vn font has them, a plain text file may.
TCVN3_TONED_CAPITALS = dict(
    zip(
        "\x80\x81\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8d\x8e\x8f"
        "\x90\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9d\x9e\x9f"
        "\xaf\xba\xbf\xc0\xc1\xc2\xc3\xc4\xc5\xcd\xd9\xda\xdb\xe0\xf0\xff",
        "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨẰẲẴẮẦẨẪẤỀỂỄẾỒỔỖỐ",
        strict=True,
    )
)

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_VNI_SINGLE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "î": "ỵ", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}


def _vni_table() -> dict[str, str]:
    small = dict(_VNI_SINGLE)
    for base in "aeouyôö":
        letter = _VNI_SINGLE.get(base, base)
        small.update({base + mark: letter + tone for mark, tone in _VNI_TONES.items()})
    for base in "aeo":
        small.update({base + mark: base + "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()})
    small.update({"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()})
    table: dict[str, str] = {}
    for code, letter in small.items():
        whole = unicodedata.normalize("NFC", letter)
        table[code] = whole
        # A capital's mark is typed in either case: «AÁp» and «Aáp».
        table[code[0].upper() + code[1:]] = whole.upper()
        table[code.upper()] = whole.upper()
    return table


VNI = _vni_table()

_TO_TCVN3 = str.maketrans(TCVN3)
_TO_TCVN3_FULL = str.maketrans({**TCVN3, **TCVN3_TONED_CAPITALS})
_VNI_CODES = re.compile("|".join(sorted((re.escape(code) for code in VNI), key=len, reverse=True)))
#: Letters that neither old encoding can hold: such text is Unicode, whatever its font says.
_UNICODE_ONLY = re.compile("[\u0100-\u1eff]")
#: Vowels with a tone mark: the letters that a TCVN3 font cannot draw as capitals.
_TONED = frozenset("àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ")
_CAPITAL_RUN = re.compile("[A-Z]{2}|[A-Z][ĂÂÊÔƠƯĐ]|[ĂÂÊÔƠƯĐ][A-Z]")
_SAMPLE = 2_000


def encoding_of_font(font: str) -> Encoding:
    """Return the encoding that a cell's font means: .VnTime → tcvn3, VNI-Times → vni, anything else → unicode."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith(("vni-", "vni ")) else "unicode"


def draws_capitals(font: str) -> bool:
    """Whether a .Vn font draws small letters as capitals (.VnTimeH, .VnArialH, …)."""
    name = font.strip().casefold()
    return name.startswith(".vn") and name.endswith("h")


def decode_tcvn3(text: str, font: str = "") -> str:
    """Return TCVN3 ``text`` as Unicode NFC. Without a font the toned capitals of the standard count too."""
    decoded = text.translate(_TO_TCVN3 if font else _TO_TCVN3_FULL)
    if draws_capitals(font):
        return decoded.upper()
    if _CAPITAL_RUN.search(decoded) and not re.search("[a-z]", decoded):
        return decoded.upper()  # capitals typed with the lock key: only the toned letters stayed small
    return decoded


def decode_vni(text: str) -> str:
    """Return VNI ``text`` as Unicode NFC."""
    return _VNI_CODES.sub(lambda found: VNI[found[0]], text)


def decode(text: str, encoding: Encoding, font: str = "") -> str:
    """Return ``text`` read as ``encoding``; text that holds letters of Unicode alone stays as it is."""
    if encoding == "unicode" or _UNICODE_ONLY.search(text):
        return text
    return decode_tcvn3(text, font) if encoding == "tcvn3" else decode_vni(text)


def encoding_of_texts(texts: Iterable[str]) -> Encoding:
    """Return the encoding in which most marked words of ``texts`` are Vietnamese syllables; unicode in doubt."""
    hits: Counter[Encoding] = Counter()
    words = 0
    for text in texts:
        found = len(marked_words(text))
        if not found:
            continue
        words += found
        for encoding in ENCODINGS:
            hits[encoding] += plausible(decode(text, encoding))
        if words > _SAMPLE:
            break
    best = max(ENCODINGS, key=lambda encoding: hits[encoding])
    return best if hits[best] > 1.3 * hits["unicode"] and 2 * hits[best] > words else "unicode"


def encoding_of_cell(text: str, font: str, fallback: Encoding) -> Encoding:
    """Return how to read one cell: by its font, else as the sheet; but as Unicode where only that makes words."""
    encoding = encoding_of_font(font)
    if encoding == "unicode":
        encoding = fallback
    if encoding == "unicode" or _UNICODE_ONLY.search(text):
        return "unicode"
    decoded = decode(text, encoding, font)
    return encoding if decoded != text and plausible(decoded) >= plausible(text) else "unicode"


def with_capitals(name: str) -> str:
    """Give back the capitals that a TCVN3 font could not draw at the beginning of a name's words.

    Only where the font is to blame: «Hoàng Bích ánh» → «Hoàng Bích Ánh»; «ấp» inside an address is a common word.
    """
    words = name.split(" ")
    return " ".join(
        word[0].upper() + word[1:] if word and word[0] in _TONED and not (index and word == "ấp") else word
        for index, word in enumerate(words)
    )
