"""Finds a serif face that can write Vietnamese, because a face that cannot prints boxes without a word.

Nghị định 30/2020/NĐ-CP, Phụ lục I, asks for Times New Roman. It is taken where the system has it; Liberation Serif
and Tinos have the same widths and stand in elsewhere. No font file belongs to the source of this program.
"""

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.resources import RESOURCES

#: Style numbers of text: 0 regular, 1 bold, 2 italic, 3 both; so bold and italic add up.
BOLD, ITALIC = 1, 2

#: File names of regular, bold, italic, bold italic, in the order in which faces are preferred.
_FACES = (
    ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"),
    (
        "Times_New_Roman.ttf",
        "Times_New_Roman_Bold.ttf",
        "Times_New_Roman_Italic.ttf",
        "Times_New_Roman_Bold_Italic.ttf",
    ),
    (
        "LiberationSerif-Regular.ttf",
        "LiberationSerif-Bold.ttf",
        "LiberationSerif-Italic.ttf",
        "LiberationSerif-BoldItalic.ttf",
    ),
    ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
)
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LETTERS = "".join(
    unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in _TONES
)
#: Every sign that a Vietnamese paper needs: all letters with all tones, digits and the marks between them.
VIETNAMESE = frozenset(
    _LETTERS + "bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVXfjwzFJWZ0123456789 .,;:!?()/-–“”\"'%&+=…«»°"
)


class NoVietnameseFont(MachineFailed):
    """No face on this machine has all Vietnamese letters in all four styles."""

    code = "no-vietnamese-font"
    sentence = N_(
        "No printing font with all Vietnamese letters was found on this machine. Install Times New Roman "
        "or the package fonts-liberation2 (Liberation Serif 2), then print again."
    )


@dataclass(frozen=True, slots=True, eq=False)
class Serif:
    """A face of four styles that is ready to print. ``names[style]`` is what the page canvas knows it by."""

    family: str
    files: tuple[Path, ...]
    names: tuple[str, ...]
    letters: frozenset[str]
    _widths: dict[tuple[int, str], float] = field(default_factory=dict, repr=False)

    def width(self, style: int, text: str) -> float:
        """Return how wide ``text`` is at size 1; multiply by the size in points."""
        known = self._widths.get((style, text))
        if known is None:
            from reportlab.pdfbase.pdfmetrics import stringWidth

            if len(self._widths) > 50_000:
                self._widths.clear()
            known = self._widths[style, text] = stringWidth(text, self.names[style], 1000) / 1000
        return known


@lru_cache(maxsize=1)
def serif() -> Serif:
    """Return the face that papers are printed with. Raises NoVietnameseFont."""
    return find_serif([RESOURCES / "fonts", *_system_folders()])


def find_serif(folders: Iterable[Path]) -> Serif:
    """Return the most preferred complete face in ``folders``, registered. Raises NoVietnameseFont."""
    by_name: dict[str, list[Path]] = {}
    for path in _font_files(folders):
        by_name.setdefault(path.name.lower(), []).append(path)
    for names in _FACES:
        for regular in by_name.get(names[0].lower(), []):
            beside = tuple(_beside(regular, name, by_name) for name in names)
            if all(beside) and (face := _load(tuple(path for path in beside if path))) is not None:
                return face
    raise NoVietnameseFont


def _beside(regular: Path, name: str, by_name: dict[str, list[Path]]) -> Path | None:
    return next((path for path in by_name.get(name.lower(), []) if path.parent == regular.parent), None)


def _load(files: tuple[Path, ...]) -> Serif | None:
    """Register four files as one face, or return None when one of them lacks a letter or cannot be read."""
    from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    fonts = []
    letters: frozenset[str] | None = None
    for path in files:
        try:
            font = TTFont(path.stem, str(path))
        except (TTFError, OSError):
            return None
        covered = frozenset(map(chr, font.face.charToGlyph))
        if not covered >= VIETNAMESE:
            return None
        letters = covered if letters is None else letters & covered
        fonts.append(font)
    # A PDF reader tells embedded faces apart by PostScript name: that name is the one they are registered by.
    names = tuple(_text(font.face.name) for font in fonts)
    if len(set(names)) < len(names):
        return None
    known = set(getRegisteredFontNames())
    for font, name in zip(fonts, names, strict=True):
        if name not in known:
            font.fontName = name
            registerFont(font)
    return Serif(_text(fonts[0].face.familyName), files, names, letters or frozenset())


def _text(name: str | bytes) -> str:
    return name.decode("latin-1") if isinstance(name, bytes) else name


def _font_files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, inner, files in os.walk(folder):
            inner.sort()
            yield from (Path(place, name) for name in sorted(files) if name.lower().endswith(".ttf"))


def _system_folders() -> list[Path]:
    if os.name == "nt":
        return [
            Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"),
            Path(os.environ.get("LOCALAPPDATA", ""), "Microsoft", "Windows", "Fonts"),
        ]
    home = Path.home()
    return [
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
    ]
