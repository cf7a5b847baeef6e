"""The one table of what the keyboard does; the shell makes it work and F1 shows it."""

from dataclasses import dataclass
from enum import Enum

from antq_desktop.domain.wording import N_


class Command(Enum):
    """What a page can offer to the keyboard, by the name a page registers it under."""

    NEW = "new"
    SAVE = "save"
    SAVE_AND_NEW = "save-and-new"
    EDIT = "edit"
    PRINT = "print"
    UNDO = "undo"
    LEAVE = "leave"


class ShellCommand(Enum):
    """What the shell itself does, on every page."""

    SEARCH = "search"
    HELP = "help"
    LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """``keys`` as Qt writes them; ``word`` is a message id."""

    command: Command | ShellCommand
    keys: str
    word: str


SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut(ShellCommand.SEARCH, "Ctrl+K", N_("Search")),
    Shortcut(Command.NEW, "Ctrl+N", N_("Add new")),
    Shortcut(Command.EDIT, "F2", N_("Edit the chosen row")),
    Shortcut(Command.SAVE, "Ctrl+S", N_("Save")),
    Shortcut(Command.SAVE_AND_NEW, "Ctrl+Return", N_("Save and add another")),
    Shortcut(Command.PRINT, "Ctrl+P", N_("Print")),
    Shortcut(Command.UNDO, "Ctrl+Z", N_("Undo")),
    Shortcut(Command.LEAVE, "Esc", N_("Leave; what was typed is kept")),
    Shortcut(ShellCommand.HELP, "F1", N_("Help of this page")),
    Shortcut(ShellCommand.LOCK, "Ctrl+L", N_("Lock the screen")),
)

#: Keys that parts of pages answer themselves; listed so that F1 shows all of them.
OF_PARTS: tuple[tuple[str, str], ...] = (
    ("Enter", N_("Next field; in a grid the next line")),
    ("Ctrl+D", N_("In a grid: the same value as above")),
    ("Ctrl+V", N_("In a grid: rows copied from a spreadsheet, from the current cell on")),
    ("Ctrl+C", N_("Copy the chosen rows for a spreadsheet")),
    ("PgUp, PgDn", N_("On a paper: the page before, the next page")),
    ("+, -, 0", N_("On a paper: larger, smaller, the whole page or its whole width")),
)

PAGE_KEYS = N_("Pages 1 to 9, in the order of the left side")


def page_keys(index: int) -> str:
    """Return the keys that open the page at ``index`` (0 to 8), or nothing beyond."""
    return f"Alt+{index + 1}" if index < 9 else ""


def shown(keys: str) -> str:
    """Return ``keys`` as they stand on the keyboard."""
    return keys.replace("Return", "Enter")
