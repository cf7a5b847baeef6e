"""All message boxes, file dialogs and the print dialog; closing one or pressing Esc never chooses the side that cannot be undone."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui import icons, theme
from antq_desktop.ui.widgets.buttons import restyle

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

#: A kind of file: its name for people, and its endings without the dot.
Kind = tuple[str, Sequence[str]]


def confirm(parent: QWidget | None, title: str, text: str, verb: str, *, dangerous: bool = False) -> bool:
    """Ask before something that cannot be undone; True only when the button ``verb`` was pressed."""
    box = _box(parent, title, text, theme.State.LOOK)
    no = box.addButton(_("Do not"), QMessageBox.ButtonRole.RejectRole)
    yes = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
    restyle(yes, kind="danger" if dangerous else "main")
    box.setEscapeButton(no)
    box.setDefaultButton(no if dangerous else _push(yes))
    return _pressed(box) is yes


def choose(parent: QWidget | None, title: str, text: str, verbs: Sequence[tuple[str, str]]) -> str | None:
    """Offer several ways on, each (key, verb); return the key chosen, or None when left."""
    box = _box(parent, title, text, theme.State.LOOK)
    leave = box.addButton(_("Go back"), QMessageBox.ButtonRole.RejectRole)
    made = {key: box.addButton(verb, QMessageBox.ButtonRole.AcceptRole) for key, verb in verbs}
    box.setEscapeButton(leave)
    box.setDefaultButton(leave)
    pressed = _pressed(box)
    return next((key for key, button in made.items() if button is pressed), None)


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must be read before going on."""
    box = _box(parent, title, text, theme.State.NONE)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    _pressed(box)


def show_failure(parent: QWidget | None, failure: KnownFailure) -> None:
    """Say what happened, why and what to do next."""
    box = _box(parent, _("It did not work"), sentence(failure), theme.State.BAD)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    _pressed(box)


def choose_file(parent: QWidget | None, title: str, kinds: Sequence[Kind] = ()) -> Path | None:
    name, _kind = QFileDialog.getOpenFileName(parent, title, _start(), _filters(kinds))
    return Path(name) if name else None


def choose_files(parent: QWidget | None, title: str, kinds: Sequence[Kind] = ()) -> list[Path]:
    names, _kind = QFileDialog.getOpenFileNames(parent, title, _start(), _filters(kinds))
    return [Path(name) for name in names]


def save_file(parent: QWidget | None, title: str, name: str, kinds: Sequence[Kind] = ()) -> Path | None:
    """Ask where to write; ``name`` is offered. The ending of the first kind is added when none was typed."""
    offered = str(Path(_start()) / name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, offered, _filters(kinds))
    if not chosen:
        return None
    path = Path(chosen)
    if not path.suffix and kinds:
        path = path.with_suffix(f".{kinds[0][1][0]}")
    return path


def choose_folder(parent: QWidget | None, title: str) -> Path | None:
    name = QFileDialog.getExistingDirectory(parent, title, _start())
    return Path(name) if name else None


def choose_printer(parent: QWidget | None, printer: "QPrinter", pages: int) -> bool:
    """Let the system ask for printer, pages and copies and write the answer into ``printer``; False when it was left."""
    from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog

    asked = QPrintDialog(printer, parent)
    asked.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange)
    asked.setMinMax(1, pages)
    chosen = asked.exec() == QPrintDialog.DialogCode.Accepted
    asked.deleteLater()
    return chosen


def _box(parent: QWidget | None, title: str, text: str, state: theme.State) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setText(title)
    box.setInformativeText(text)
    box.setIconPixmap((icons.state_icon(state) if state.icon else icons.icon("info", "muted")).pixmap(32, 32))
    return box


def _pressed(box: QMessageBox) -> object:
    for button in box.buttons():
        button.setIcon(icons.icon(""))
    box.exec()
    pressed = box.clickedButton()
    box.deleteLater()
    return pressed


def _push(button: object) -> QPushButton:
    assert isinstance(button, QPushButton)  # noqa: S101 - QMessageBox makes no other kind
    return button


def _filters(kinds: Sequence[Kind]) -> str:
    made = [
        f"{word} ({' '.join(f'*.{ending} *.{ending.upper()}' for ending in endings)})"
        for word, endings in kinds
    ]
    return ";;".join([*made, _("All files") + " (*)"])


def _start() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
