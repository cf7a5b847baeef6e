"""Everything that is read keeps AA contrast, in light and in dark; the sheet leaves no place unfilled."""

import re

import pytest
from PySide6.QtGui import QColor, QPalette, QRawFont
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from antq_desktop.ui import icons, theme
from antq_desktop.ui.theme import DARK, LIGHT, Colours, State

TEXT = [
    ("ink", "paper"), ("ink", "surface"), ("ink", "rail"), ("ink", "hover"), ("ink", "accent_tint"),
    ("muted", "paper"), ("muted", "surface"), ("muted", "rail"), ("muted", "hairline"), ("accent", "surface"),
    ("accent", "accent_tint"), ("accent", "paper"), ("on_accent", "accent"), ("on_accent", "accent_hover"),
    ("good", "good_tint"), ("good", "surface"), ("good", "accent_tint"), ("bad", "bad_tint"), ("bad", "surface"),
    ("bad", "paper"), ("bad", "accent_tint"), ("look", "look_tint"), ("look", "surface"), ("look", "paper"),
    ("look", "accent_tint"),
]  # fmt: skip
SIGNS = [
    ("edge", "surface"),
    ("edge", "paper"),
    ("accent", "hairline"),
    ("look", "hairline"),
    ("bad", "hairline"),
]


def contrast(one: str, other: str) -> float:
    """Return the ratio of WCAG 2.2 for two colours."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_contrast_is_aa(colours: Colours) -> None:
    low = [pair for pair in TEXT if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < 4.5]
    low += [pair for pair in SIGNS if contrast(getattr(colours, pair[0]), getattr(colours, pair[1])) < 3]
    assert low == []


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
def test_the_sheet_is_filled_and_names_only_files_that_are_there(qapp: QApplication, dark: bool) -> None:
    theme.apply(qapp, dark=dark)
    sheet = qapp.styleSheet()
    assert "$" not in sheet
    files = re.findall(r'url\("([^"]+)"\)', sheet)
    assert files
    for name in files:
        assert (icons._FOLDER / name.rsplit("/", 1)[1]).is_file()
    assert theme.colours() is (DARK if dark else LIGHT)


def test_an_icon_follows_the_colours(qapp: QApplication, qtbot: QtBot) -> None:
    icon = icons.icon("plus")
    centre = []
    for dark in (False, True):
        theme.apply(qapp, dark=dark)
        centre.append(icon.pixmap(48, 48).toImage().pixelColor(24, 24).name())
    assert centre == [LIGHT.ink, DARK.ink]


def test_every_drawing_is_of_one_kind() -> None:
    for path in icons._FOLDER.glob("*.svg"):
        drawing = path.read_text(encoding="utf-8")
        assert 'viewBox="0 0 24 24"' in drawing, path.name
        if not path.stem.startswith(("arrow-", "tick-")):
            assert 'stroke="currentColor" stroke-width="1.75"' in drawing, path.name


def test_each_state_has_word_and_icon() -> None:
    for state in (State.GOOD, State.BAD, State.LOOK):
        assert state.word
        assert (icons._FOLDER / f"{state.icon}.svg").is_file()


def test_the_type_holds_every_vietnamese_letter(qapp: QApplication, qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert label.font().pointSizeF() == pytest.approx(10.5)
    face = QRawFont.fromFont(label.font())
    assert [letter for letter in "ắằẳẵặấầẩẫậđơờởỡợưừửữựỹỵ" if not face.supportsCharacter(ord(letter))] == []
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.paper
