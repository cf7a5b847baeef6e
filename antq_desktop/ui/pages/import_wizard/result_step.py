"""Last step: what became of every row, and where the file is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.intake import ImportResult
from antq_desktop.storage.queries.intake import ImportRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.import_wizard.draft import OUTCOME_NAMES, ImportDraft
from antq_desktop.ui.pages.import_wizard.step import ImportStep
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label
from antq_desktop.ui.widgets.table import Table

_STATES = {"new": State.GOOD, "changed": State.GOOD, "doubtful": State.LOOK, "faulty": State.BAD}


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One row of the file and its result."""

    id: int
    place: str
    row: ImportRow

    @property
    def head(self) -> str:
        return str(self.row.row.get("head", ""))

    @property
    def why(self) -> str:
        message, facts = self.row.why.get("message"), self.row.why.get("facts")
        return _(str(message), **(facts if isinstance(facts, Mapping) else {})) if message else ""


class ResultStep(ImportStep):
    """There is no way back from here; the list can be looked at as long as one likes."""

    is_last = True

    def __init__(self, desk: Desk, draft: ImportDraft, parent: QWidget | None = None) -> None:
        super().__init__(desk, _("Done"), "", parent)
        self.draft = draft
        self.said = label("", "strong", wrap=True)
        self.kept = label("", "muted", wrap=True)
        self._model = RowsModel(_columns(), ListRows([]))
        self.table = Table(self._model, "import-result", desk)
        self.table.setAccessibleName(_("Result of every row"))
        self.column.addWidget(self.said)
        self.column.addWidget(self.kept)
        self.column.addWidget(self.table, 1)
        self.end_layout()

    def enter(self) -> None:
        if self.draft.result is not None and self.draft.plan is not None:
            self._show(self.draft.result)

    def _show(self, result: ImportResult) -> None:
        run = result.run
        if not result.changes:
            self.said.setText(
                _(
                    "Everything in this file is kept here already: {count} rows, nothing was changed.",
                    count=run.unchanged,
                )
            )
            self.kept.setText("")
        else:
            self.said.setText(
                _(
                    "{added} households added, {changed} changed, {unchanged} unchanged, {faults} with faults left out, "
                    "{doubtful} set aside.",
                    added=written.number(run.added),
                    changed=written.number(run.changed),
                    unchanged=written.number(run.unchanged),
                    faults=written.number(run.faults),
                    doubtful=written.number(run.doubtful),
                )
            )
            self.kept.setText(
                _(
                    "The file «{file}» is kept in the workspace, encrypted, under the number {number}.",
                    file=run.file_name,
                    number=run.file_sha256[:12],
                )
            )
        self.kept.setVisible(bool(self.kept.text()))
        assert self.draft.plan is not None  # noqa: S101 - asked in enter
        sheet = self.draft.plan.sheet
        lines = [ResultLine(row.line, str(sheet.place(row.line)[1]), row) for row in result.rows]
        self._model.set_source(ListRows(lines))


def _columns() -> list[Column]:
    return [
        Column("id", _("Line"), lambda line: line.place, 72),
        Column("head", _("Head of household"), lambda line: line.head, 200),
        Column(
            "result",
            _("Result"),
            lambda line: _(OUTCOME_NAMES[line.row.result]),
            136,
            state=_state,
            sortable=False,
        ),
        Column("why", _("Why"), lambda line: line.why, 240, wide=True, sortable=False),
    ]


def _state(line: ResultLine) -> State:
    return _STATES.get(line.row.result, State.NONE)
