"""Gives Qt's own few words (menus of text fields, file dialogs) in the program's language."""

from PySide6.QtCore import QTranslator

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _

_WORDS = {
    "&Undo": N_("Undo"),
    "&Redo": N_("Redo"),
    "Cu&t": N_("Cut"),
    "&Copy": N_("Copy"),
    "&Paste": N_("Paste"),
    "Delete": N_("Delete"),
    "Select All": N_("Select all"),
    "OK": N_("Agree"),
    "Cancel": N_("Go back"),
    "&Open": N_("Open"),
    "Open": N_("Open"),
    "&Save": N_("Save"),
    "Save": N_("Save"),
    "Save As": N_("Save"),
    "&Choose": N_("Choose"),
    "Look in:": N_("Folder:"),
    "Save in:": N_("Folder:"),
    "File &name:": N_("File name:"),
    "Directory:": N_("Folder:"),
    "Files of type:": N_("Kind of file:"),
    "Name": N_("Name"),
    "Size": N_("Size"),
    "Type": N_("Kind"),
    "Kind": N_("Kind"),
    "Date Modified": N_("Changed on"),
    "Back": N_("Back"),
    "Forward": N_("Forward"),
    "Parent Directory": N_("One folder up"),
    "Create New Folder": N_("New folder"),
    "List View": N_("As a list"),
    "Detail View": N_("With details"),
    "Computer": N_("Computer"),
    "All Files (*)": N_("All files (*)"),
    "%1 already exists.\nDo you want to replace it?": N_("«%1» is already there.\nReplace it?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": N_(
        "«%1» was not found. Check the name."
    ),
    "&Yes": N_("Yes"),
    "&No": N_("No"),
}


class QtWords(QTranslator):
    """Install with ``app.installTranslator``; words that are not listed stay as Qt has them."""

    def translate(
        self, _context: str, source_text: str, _disambiguation: str | None = None, _n: int = -1
    ) -> str | None:
        known = _WORDS.get(source_text)
        return _(known) if known is not None else None

    def isEmpty(self) -> bool:
        return False
