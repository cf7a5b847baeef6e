"""The look of the program in one place: colours, type and the one stylesheet, light and dark."""

from dataclasses import dataclass, fields
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from antq_desktop.domain.wording import N_
from antq_desktop.ui import stylesheet

ROW_HEIGHT = 32
_FACES = ("Segoe UI Variable Text", "Segoe UI", "Noto Sans")
_TEXT_POINTS = 10.5


@dataclass(frozen=True, slots=True)
class Colours:
    """One set of colours; every pair that meets on the screen keeps AA contrast (a test computes it)."""

    paper: str
    surface: str
    rail: str
    ink: str
    muted: str
    hairline: str
    edge: str
    hover: str
    accent: str
    accent_hover: str
    accent_tint: str
    on_accent: str
    good: str
    good_tint: str
    bad: str
    bad_tint: str
    look: str
    look_tint: str


LIGHT = Colours(
    paper="#f8f9f8",
    surface="#ffffff",
    rail="#f0f3f1",
    ink="#1a211d",
    muted="#56615b",
    hairline="#e0e5e2",
    edge="#87928c",
    hover="#e8ece9",
    accent="#1d6b48",
    accent_hover="#16553a",
    accent_tint="#dfeee6",
    on_accent="#ffffff",
    good="#1d6b48",
    good_tint="#e3f1e9",
    bad="#b0271c",
    bad_tint="#fbe9e7",
    look="#855000",
    look_tint="#fcf0da",
)
DARK = Colours(
    paper="#141816",
    surface="#1b201d",
    rail="#101412",
    ink="#e7ebe8",
    muted="#a1aca6",
    hairline="#2c3430",
    edge="#717d77",
    hover="#262d29",
    accent="#74cb9f",
    accent_hover="#8fd8b3",
    accent_tint="#1f3a2d",
    on_accent="#0c1a13",
    good="#7ccfa6",
    good_tint="#1c3429",
    bad="#f4a59d",
    bad_tint="#3d2422",
    look="#ecbd6c",
    look_tint="#382a11",
)


class State(Enum):
    """What a line says about itself; shown with a word and an icon, never by colour alone."""

    NONE = ""
    GOOD = "good"
    BAD = "bad"
    LOOK = "look"

    @property
    def icon(self) -> str:
        return {"good": "state-good", "bad": "state-bad", "look": "state-look"}.get(self.value, "")

    @property
    def word(self) -> str:
        """The message id of the state's usual word."""
        return _WORDS[self.value]


_WORDS = {"": "", "good": N_("Met"), "bad": N_("Not met"), "look": N_("To be looked at again")}


def colours() -> Colours:
    """Return the colours in use now, told from the program's own palette."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def colour(role: str) -> QColor:
    """Return one colour in use now by its name in ``Colours``."""
    return QColor(getattr(colours(), role))


def apply(app: QApplication, *, dark: bool) -> None:
    """Dress the whole program."""
    chosen = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(chosen))
    app.setFont(_font())
    app.setStyleSheet(
        stylesheet.written({f.name: getattr(chosen, f.name) for f in fields(chosen)}, dark=dark)
    )


def follow_system(app: QApplication) -> None:
    """Dress the program as the system is now, light or dark, and again whenever the system changes."""
    hints = app.styleHints()
    apply(app, dark=hints.colorScheme() == Qt.ColorScheme.Dark)
    hints.colorSchemeChanged.connect(_follow)


def _follow(scheme: Qt.ColorScheme) -> None:
    app = QApplication.instance()
    if isinstance(app, QApplication):
        apply(app, dark=scheme == Qt.ColorScheme.Dark)


def _font() -> QFont:
    present = set(QFontDatabase.families())
    font = QFont([face for face in _FACES if face in present] or ["Noto Sans"])
    font.setPointSizeF(_TEXT_POINTS)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(c: Colours) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, value in {
        roles.Window: c.paper,
        roles.WindowText: c.ink,
        roles.Base: c.surface,
        roles.AlternateBase: c.paper,
        roles.Text: c.ink,
        roles.PlaceholderText: c.muted,
        roles.Button: c.surface,
        roles.ButtonText: c.ink,
        roles.BrightText: c.on_accent,
        roles.Highlight: c.accent_tint,
        roles.HighlightedText: c.ink,
        roles.Accent: c.accent,
        roles.Link: c.accent,
        roles.LinkVisited: c.accent,
        roles.ToolTipBase: c.ink,
        roles.ToolTipText: c.surface,
        roles.Light: c.surface,
        roles.Midlight: c.hairline,
        roles.Mid: c.hairline,
        roles.Dark: c.edge,
        roles.Shadow: c.edge,
    }.items():
        palette.setColor(role, QColor(value))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.edge))
    return palette
