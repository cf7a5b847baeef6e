"""Second step: the table, encoding and columns that were found, with the first rows, open to correction."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from antq_desktop.intake.household_sheet import HouseholdSheet, TableChoice
from antq_desktop.runtime.language import _
from antq_desktop.ui import format as written
from antq_desktop.ui import theme
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.import_wizard.draft import ENCODING_NAMES, FIELD_NAMES, ImportDraft
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.text_field import TextField

_NO_COLUMN = -1
_FIELDS_IN_A_ROW = 4


class TableStep(ImportStep):
    """Every correction reads the file anew, so that the rows below are always what would be taken."""

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            _("What was found"),
            _("Compare the first rows with the file. Correct only what is wrong."),
            parent,
        )
        self.draft = draft
        self._found = label("", "strong", wrap=True)
        self.table = Choice(_("Table"))
        self.encoding = Choice(_("Letters"), tuple((key, _(word)) for key, word in ENCODING_NAMES.items()))
        self.header = TextField(_("Line of the headers"))
        self.hamlet = TextField(_("Residential area of all rows"))
        self.fields = {name: Choice(_(word)) for name, word in FIELD_NAMES.items()}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column in range(_FIELDS_IN_A_ROW):
            self._grid.setColumnStretch(column, 1)
        whole: list[tuple[str, QWidget]] = [
            (_("Table"), self.table),
            (_("Letters"), self.encoding),
            (_("Line of the headers"), self.header),
            (_("Residential area of all rows"), self.hamlet),
        ]
        columns = [
            (_("Column: {field}", field=_(FIELD_NAMES[name])), box) for name, box in self.fields.items()
        ]
        for place, (word, box) in enumerate([*whole, *columns]):
            self._add(place, word, box)
        self.rows = QTableWidget()
        self.rows.setAccessibleName(_("The first rows"))
        self.rows.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.rows.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        self.rows.verticalHeader().hide()
        self.rows.setShowGrid(False)
        self.rows.horizontalHeader().setFixedHeight(2 * theme.ROW_HEIGHT)
        self.column.addWidget(self._found)
        self.column.addLayout(self._grid)
        self.column.addWidget(self.rows, 1)
        self.end_layout()
        self.table.picked.connect(self._pick_table)
        self.encoding.picked.connect(self._pick_encoding)
        self.header.entered.connect(self._type_header)
        self.header.left.connect(self._type_header)
        self.hamlet.entered.connect(self._type_hamlet)
        self.hamlet.left.connect(self._type_hamlet)
        for box in self.fields.values():
            box.picked.connect(self._pick_column)

    def enter(self) -> None:
        if self.draft.sheet is not None:
            self._show(self.draft.sheet)

    def is_ready(self) -> bool:
        return self.draft.sheet is not None and not self.busy

    def proceed(self, go_on: Callable[[], None]) -> None:
        go_on()

    def _add(self, place: int, word: str, box: QWidget) -> None:
        cell = QVBoxLayout()
        cell.setSpacing(2)
        cell.addWidget(label(word, "muted"))
        cell.addWidget(box)
        if isinstance(box, Choice):
            box.let_shrink()
        self._grid.addLayout(cell, place // _FIELDS_IN_A_ROW, place % _FIELDS_IN_A_ROW)

    def _show(self, sheet: HouseholdSheet) -> None:
        self.draft.sheet = sheet
        table = sheet.chosen
        self._found.setText(
            _(
                "Sheet «{sheet}», {count} households, letters in {encoding}.",
                sheet=", ".join(part.table.sheet_name for part in sheet.parts),
                count=written.number(sum(part.table.size for part in sheet.parts)),
                encoding=_(ENCODING_NAMES[sheet.encoding]),
            )
        )
        names = [
            ((t.sheet_name, t.header_line), _("{sheet}, line {line}", sheet=t.sheet_name, line=t.header_line))
            for t in sheet.tables
        ]
        self.table.set_choices(names)
        self.table.set_value((table.sheet_name, table.header_line))
        self.encoding.set_value(sheet.encoding)
        self.header.setText(str(table.header_line))
        self.hamlet.setText(self.draft.choice.hamlet or table.hamlet or "")
        width = max((len(row) for row in sheet.preview), default=0)
        titles = [
            table.headers.get(column) or _("column {number}", number=column + 1) for column in range(width)
        ]
        offered = [(_NO_COLUMN, "–"), *enumerate(titles)]
        for name, box in self.fields.items():
            box.set_choices(offered)
            box.set_value(table.columns.get(name, _NO_COLUMN))
        self._fill(sheet, titles)

    def _fill(self, sheet: HouseholdSheet, titles: list[str]) -> None:
        known = {column: name for name, column in sheet.chosen.columns.items() if name in FIELD_NAMES}
        self.rows.setColumnCount(len(titles))
        self.rows.setRowCount(len(sheet.preview))
        self.rows.setHorizontalHeaderLabels(
            [
                f"{_(FIELD_NAMES[known[c]])}\n({title})" if c in known else title
                for c, title in enumerate(titles)
            ]
        )
        for place, row in enumerate(_as_taken_in(sheet)):
            for column in range(len(titles)):
                text = row[column] if column < len(row) else ""
                self.rows.setItem(place, column, QTableWidgetItem(text))
        self.rows.resizeColumnsToContents()

    def _pick_table(self, value: object) -> None:
        if isinstance(value, tuple):
            sheet_name, header_line = value
            self.draft.with_table(sheet_name, header_line)
            self._read_again()

    def _pick_encoding(self, value: object) -> None:
        self.draft.choice = _replaced(self.draft, encoding=value)
        self._read_again()

    def _type_header(self) -> None:
        sheet = self.draft.sheet
        typed = self.header.written()
        if (
            sheet is not None
            and typed.isdecimal()
            and int(typed) != sheet.chosen.header_line
            and not self.busy
        ):
            self.draft.with_table(sheet.chosen.sheet_name, int(typed))
            self._read_again()

    def _type_hamlet(self) -> None:
        sheet = self.draft.sheet
        known = self.draft.choice.hamlet or (sheet.chosen.hamlet if sheet is not None else None) or ""
        if self.hamlet.written() != known and not self.busy:
            self.draft.choice = _replaced(self.draft, hamlet=self.hamlet.written() or None)
            self._read_again()

    def _pick_column(self, _column: object) -> None:
        chosen = {name: box.value() for name, box in self.fields.items()}
        columns = {name: column for name, column in chosen.items() if isinstance(column, int) and column >= 0}
        self.draft.with_columns(columns)
        self._read_again()

    def _read_again(self) -> None:
        self.run(self.draft.reading(), self._show, _("Reading the file"))


def _as_taken_in(sheet: HouseholdSheet) -> list[list[str]]:
    """Return the first rows as the file has them, but names as they will be kept; faulty rows stay as they are."""
    first, columns = sheet.parts[0], sheet.chosen.columns
    heads = {row.line: row.head for row in sheet.rows}
    shown = []
    for line, cells in zip(first.table.lines.households, sheet.preview, strict=False):
        row = list(cells)
        name = heads.get(line.row + 1 + first.shift, "")
        if name and "given_name" in columns:
            row[columns["head"]], _space, row[columns["given_name"]] = name.rpartition(" ")
        elif name:
            row[columns["head"]] = name
        shown.append(row)
    return shown


def _replaced(draft: ImportDraft, **changes: object) -> TableChoice:
    return replace(draft.choice, **changes)  # type: ignore[arg-type]  # names and kinds of TableChoice's own fields
