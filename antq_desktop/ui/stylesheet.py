"""The one stylesheet, with places for colours; nothing else in the program sets a style of its own."""

from antq_desktop.runtime.resources import RESOURCES

_SHEET = """
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget#page, QWidget#shell, QStackedWidget#pages { background: $paper; }
QToolTip { background: $ink; color: $surface; border: 0; padding: 4px 8px; }

QLabel { background: transparent; }
QLabel[role="title"] { font-size: 15pt; font-weight: 600; }
QLabel[role="section"] { font-size: 12pt; font-weight: 600; }
QLabel[role="muted"], QLabel[role="hint"] { color: $muted; }
QLabel[role="hint"], QLabel[role="group"] { font-size: 9pt; }
QLabel[role="group"] { color: $muted; font-weight: 600; padding: 0 12px; }
QLabel[role="strong"], QLabel[role="commune"] { font-weight: 600; }
QLabel[role="figure"] { font-size: 20pt; font-weight: 600; }
QLabel[role="fault"] { color: $bad; font-size: 9.5pt; }
QLabel[role="warning"] { color: $look; font-size: 9.5pt; }
QLabel[role="good"] { color: $good; }
QLabel[role="bad"] { color: $bad; }
QLabel[role="look"] { color: $look; }

QFrame#rail { background: $rail; border: 0; border-right: 1px solid $hairline; }
QFrame#header { background: $surface; border: 0; border-bottom: 1px solid $hairline; }
QFrame#status { background: $surface; border: 0; border-top: 1px solid $hairline; }
QFrame#status QLabel, QFrame#status QPushButton { font-size: 9.5pt; }
QFrame#status QPushButton { min-height: 20px; padding: 0 8px; }
QFrame[role="hairline"] { background: $hairline; border: 0; max-height: 1px; min-height: 1px; }
QFrame#details { background: $surface; border: 0; border-left: 1px solid $hairline; }
QFrame#steps { background: $rail; border: 0; border-right: 1px solid $hairline; }
QFrame[role="card"] { background: $surface; border: 1px solid $hairline; border-radius: 8px; }
QFrame[role="popup"] { background: $surface; border: 1px solid $edge; border-radius: 6px; }

QPushButton, QToolButton { border: 1px solid $edge; border-radius: 6px; background: $surface; padding: 0 12px;
  min-height: 30px; }
QPushButton:hover, QToolButton:hover { background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $hairline; }
QPushButton:disabled, QToolButton:disabled { color: $edge; border-color: $hairline; background: $paper; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: 28px; }
QPushButton[kind="main"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
  padding: 0 16px; }
QPushButton[kind="main"]:hover, QPushButton[kind="main"]:pressed { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="main"]:focus { border: 2px solid $ink; padding: 0 15px; }
QPushButton[kind="main"]:disabled { background: $hairline; color: $muted; border-color: $hairline; }
QPushButton[kind="danger"] { color: $bad; border-color: $bad; }
QPushButton[kind="danger"]:hover { background: $bad_tint; }
QPushButton[kind="link"] { border: 1px solid transparent; background: transparent; color: $accent; padding: 0 4px; }
QPushButton[kind="link"][state="look"] { color: $look; }
QPushButton[kind="link"][state="bad"] { color: $bad; font-weight: 600; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; padding: 0 4px; min-height: 30px; }
QPushButton[kind="bare"] { border: 1px solid transparent; background: transparent; padding: 0 7px; }
QPushButton[kind="bare"]:hover { background: $hover; }
QPushButton[kind="bare"]:focus { border: 1px solid $accent; padding: 0 7px; min-height: 30px; }
QPushButton[kind="nav"] { border: 1px solid transparent; background: transparent; text-align: left; padding: 0 11px;
  min-height: 30px; max-height: 30px; border-radius: 6px; }
QPushButton[kind="nav"]:hover { background: $hover; }
QPushButton[kind="nav"]:checked { background: $accent_tint; color: $accent; font-weight: 600; }
QPushButton[kind="nav"]:focus { border: 1px solid $accent; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox { background: $surface; border: 1px solid $edge; border-radius: 6px;
  padding: 0 8px; min-height: 30px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: 0 7px; min-height: 28px; }
QPlainTextEdit:focus { padding: 3px; }
QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled { background: $paper;
  color: $muted; border-color: $hairline; }
QLineEdit[fault="true"], QComboBox[fault="true"], QPlainTextEdit[fault="true"] { border-color: $bad; }
QLineEdit#search { background: $paper; }
QLineEdit QToolButton { border: 0; background: transparent; padding: 0; min-height: 0; margin: 0 0 0 4px; }
QAbstractItemView QLineEdit, QAbstractItemView QComboBox { border-radius: 0; min-height: 0; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url("$icons/arrow-down.svg"); width: 16px; height: 16px; }
QComboBox[kind="bare"] { border-color: transparent; background: transparent; font-weight: 600; }
QComboBox[kind="bare"]:hover { background: $hover; }
QComboBox[kind="bare"]:focus { border-color: $accent; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $edge; padding: 4px 0; outline: 0; }
QComboBox QAbstractItemView::item { min-height: 30px; padding: 0 8px; }
QCheckBox, QRadioButton { spacing: 8px; min-height: 28px; background: transparent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$icons/$tick.svg"); }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $edge; border-radius: 8px; background: $surface; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QTableView, QListView, QTreeView { background: $surface; alternate-background-color: $surface; border: 1px solid $hairline;
  border-radius: 4px; gridline-color: $hairline; outline: 0; selection-background-color: $accent_tint;
  selection-color: $ink; }
QTableView::item { padding: 0 8px; border: 0; border-bottom: 1px solid $hairline; }
QTableView::item:selected { background: $accent_tint; color: $ink; }
QTableView#entry::item:focus { border: 2px solid $accent; background: $surface; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QTableView:focus, QListView:focus { border-color: $accent; }
QListView#found { border: 0; border-radius: 0; }
QListView::item { min-height: 32px; padding: 0 8px; }
QListView::item:selected { background: $accent_tint; color: $ink; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $muted; border: 0; border-bottom: 1px solid $edge; padding: 0 11px;
  height: 32px; font-weight: 600; }
QHeaderView::section:hover { color: $ink; }
QHeaderView::up-arrow { image: url("$icons/arrow-up.svg"); width: 14px; height: 14px; }
QHeaderView::down-arrow { image: url("$icons/arrow-down.svg"); width: 14px; height: 14px; }
QTableCornerButton::section { background: $surface; border: 0; }

QMessageBox QLabel#qt_msgbox_label { font-size: 12pt; font-weight: 600; }
QMessageBox QLabel#qt_msgbox_informativelabel { min-width: 340px; }
QMenu { background: $surface; border: 1px solid $edge; padding: 4px 0; }
QMenu::item { padding: 6px 24px 6px 16px; }
QMenu::item:selected { background: $accent_tint; color: $ink; }
QMenu::item:disabled { color: $edge; }
QMenu::separator { height: 1px; background: $hairline; margin: 4px 0; }

QLabel[role="badge"] { background: $look_tint; color: $look; border-radius: 8px; padding: 0 5px; min-height: 16px;
  max-height: 16px; font-size: 9pt; font-weight: 600; }
QProgressBar { background: $hairline; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }
QScrollArea { background: transparent; border: 0; }
QScrollArea#paper { background: $rail; border: 1px solid $hairline; border-radius: 4px; }
QScrollArea#paper:focus { border-color: $accent; }
QScrollArea > QWidget > QWidget#scrolled { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QFrame#rail QScrollBar:vertical { width: 6px; }
QFrame#rail QScrollBar::handle:vertical { margin: 1px; background: $hairline; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border: 3px solid transparent; border-radius: 6px; }
QScrollBar::handle:vertical { background: $edge; border-radius: 3px; margin: 2px 3px; min-height: 32px; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 3px; margin: 3px 2px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QFrame[role="banner"][state="good"] { background: $good_tint; border: 0; border-radius: 6px; }
QFrame[role="banner"][state="bad"] { background: $bad_tint; border: 0; border-radius: 6px; }
QFrame[role="banner"][state="look"] { background: $look_tint; border: 0; border-radius: 6px; }
QFrame[role="banner"][state=""] { background: $hover; border: 0; border-radius: 6px; }
QFrame[role="banner"][state="good"] QLabel { color: $good; }
QFrame[role="banner"][state="bad"] QLabel { color: $bad; }
QFrame[role="banner"][state="look"] QLabel { color: $look; }
"""


def written(colours: dict[str, str], *, dark: bool) -> str:
    """Return the sheet with its places filled; longer names first, so that none swallows another."""
    places = {
        **colours,
        "icons": (RESOURCES / "icons").as_posix(),
        "tick": "tick-dark" if dark else "tick-light",
    }
    sheet = _SHEET
    for name in sorted(places, key=len, reverse=True):
        sheet = sheet.replace(f"${name}", places[name])
    return sheet
