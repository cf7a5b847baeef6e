"""The two lists of the page: the communes, and the files taken in since it was opened; one of them is in sight."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.receiving_side.commune_rows import CommuneRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.receiving import commune_rows, file_rows
from antq_desktop.ui.pages.receiving.deeds import FileRow
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.table import Table

#: So many files are remembered; a year of sticks is far fewer.
_MOST = 5_000


class Lists(QStackedWidget):
    """``chosen`` carries the row that is chosen in the list in sight, ``opened`` one that was opened by Enter or double click.

    ``chips``, ``text`` and ``to_do`` stand in the filters row.
    """

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, enrol: Callable[[], object]) -> None:
        super().__init__()
        self._rows: list[CommuneRow] = []
        self.files: list[FileRow] = []
        self.chips = ChipLine(("communes", "files"))
        self.chips.asked.connect(self.see)
        self.text = FilterText(_("Find a commune"), _("Part of a name…"))
        self.text.wanted.connect(self._narrow)
        self.to_do = QCheckBox(_("Only with something to do"))
        self.to_do.toggled.connect(self._show)
        self._communes = RowsModel(commune_rows.columns(), ListRows(()), sort="state", key=commune_rows.key)
        self.communes = Table(self._communes, "communes", desk)
        self.communes.setAccessibleName(_("Communes"))
        self.communes.set_empty(
            _("No laptop is enrolled yet"),
            _("A commune brings a request on a stick and a sheet with a number. Enrol its laptop first."),
            (_("Enrol a laptop"), enrol),
        )
        self.communes.set_export(to_workbook(desk, _("Communes")))
        self._files = RowsModel(file_rows.columns(), ListRows(()), sort="state")
        self.taken = Table(self._files, "received-files", desk)
        self.taken.setAccessibleName(_("Files taken in"))
        self.taken.set_lines(2)
        self.taken.set_empty(
            _("No file was taken in yet"),
            _("Drop bundles here, choose files, or plug a stick in. What becomes of each file stands here."),
        )
        self.taken.set_export(to_workbook(desk, _("Files taken in")))
        for table in (self.communes, self.taken):
            table.chosen.connect(partial(self._pass_on, table))
            table.opened.connect(self.opened)
        self.addWidget(self.communes)
        self.addWidget(self.taken)
        self._show()

    def see(self, view: str) -> None:
        """Show the list of "communes" or of "files"."""
        self.chips.choose(view)
        self.setCurrentWidget(self.communes if view == "communes" else self.taken)

    def show_communes(self, rows: Sequence[CommuneRow]) -> None:
        self._rows = list(rows)
        self._show()

    def add_files(self, rows: Sequence[FileRow]) -> None:
        """Put rows in front of those that are there, and show them."""
        self.files = [*reversed(rows), *self.files][:_MOST]
        self._show()
        self.see("files")

    def replace_files(self, rows: Iterable[FileRow]) -> None:
        """Put rows in the place of those with the same id."""
        changed = {row.id: row for row in rows}
        self.files = [changed.get(row.id, row) for row in self.files]
        self._show()

    def search(self, text: str) -> None:
        self.text.setText(text)
        self._narrow(text)

    def _pass_on(self, table: Table, row: object) -> None:
        if table is self.currentWidget():
            self.chosen.emit(row)

    def _narrow(self, text: str) -> None:
        self._communes.ask(text=text)
        self._files.ask(text=text)

    def _show(self) -> None:
        to_do = self.to_do.isChecked()
        # The filter is named too, so that an empty list says that nothing fits, not that nothing is there.
        for model in (self._communes, self._files):
            model.ask(to_do=True if to_do else None)
        self._communes.set_source(commune_rows.source(self._rows, to_do=to_do))
        self._files.set_source(file_rows.source(self.files, to_do=to_do))
        communes = {row.current_code for row in self._rows}
        bad = sum(row.state is not State.GOOD for row in self.files)
        words = {
            "communes": _("Communes ({count})", count=written.number(len(communes))),
            "files": _("Files taken in ({count})", count=written.number(len(self.files))),
        }
        if bad:
            words["files"] = _(
                "Files taken in ({count}, {bad} to look at)",
                count=written.number(len(self.files)),
                bad=written.number(bad),
            )
        self.chips.show_words(words)
