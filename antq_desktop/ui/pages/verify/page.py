"""Where a printed certificate is checked without a network: scan its code, paste it, or choose a picture or PDF."""

from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.ui import dialogs
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.verify import check_rows, lookup
from antq_desktop.ui.pages.verify.check_rows import CheckRow
from antq_desktop.ui.pages.verify.lookup import Looked
from antq_desktop.ui.pages.verify.verdict_panel import VerdictPanel
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table
from antq_desktop.ui.widgets.text_field import TextField

_MOST_SIGNS = 4000


class VerifyPage(Page):
    """The same for the commune and the receiving unit; each knows other keys and another register."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Check certificates"),
            sentence=_("Scan or paste the code of a paper, or drop a picture, a scan or a PDF of it here."),
            help_text=_(
                "Click into the line and scan the code with a hand scanner, or paste it; or choose a photograph, a scan or a PDF, "
                "which may hold many papers. No network is needed. The signature proves who issued the paper; whether it still "
                "holds, the register on this laptop says. Switch the Vietnamese keyboard off while you scan: it would change "
                "letters of the code."
            ),
            parent=parent,
        )
        self._rows: list[CheckRow] = []
        self._numbers = count(1)
        self.setAcceptDrops(True)
        self.set_main_action(_("Check"), self.check_typed, icon="verify")
        self.code = TextField(_("Code of the certificate"))
        self.code.setPlaceholderText(_("Code of the certificate"))
        self.code.setMaxLength(_MOST_SIGNS)
        self.code.setAcceptDrops(False)
        # A code is scanned or pasted; an input method that composes letters would change it.
        self.code.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.code.entered.connect(self.check_typed)
        self._make_table()
        self._lay_out_body()
        self.panel = VerdictPanel()
        self.set_details(_("Certificate"), self.panel)
        self.on(Command.SAVE, self.check_typed)
        self.on(Command.LEAVE, self.hide_details)

    @property
    def rows(self) -> Sequence[CheckRow]:
        """What was checked since the page was opened, the newest first."""
        return self._rows

    def begin(self) -> None:
        self.code.setFocus()
        self.code.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.check_files(_dropped(event))

    def check_typed(self) -> None:
        """Check the code in the line; it stays there, chosen whole, so that the next scan takes its place."""
        text = self.code.text()
        if not text.strip():
            say(self, State.LOOK, _("Scan or paste the code first, or choose a picture or PDF."))
            self.code.setFocus()
            return
        work = partial(lookup.of_text, self.desk.services, text)
        self.desk.run(lambda _progress: work(), self._show, self._refused, owner=self)
        self.code.selectAll()

    def check_files(self, files: Sequence[Path]) -> None:
        """Check every code on the pictures and in the PDFs."""
        if files:
            work = partial(lookup.of_files, self.desk.services, list(files))
            self.desk.run(work, self._show, self._refused, title=_("Reading the codes"), owner=self)

    def _make_table(self) -> None:
        self._model = RowsModel(check_rows.columns(), check_rows.source(()), sort="at", descending=True)
        self.table = Table(self._model, "checked-certificates", self.desk)
        self.table.setAccessibleName(_("Checked certificates"))
        self.table.set_empty(
            _("Nothing was checked yet"),
            _("Each code that is checked gets a line here, with whether the paper still holds."),
            (_("Choose a picture or PDF…"), self._choose),
        )
        self.table.set_export(to_workbook(self.desk, _("Checked certificates")))
        self.table.chosen.connect(self._see)
        self.table.opened.connect(self._see)
        self._model.reload()

    def _lay_out_body(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.code, 1)
        line.addWidget(button(_("Choose a picture or PDF…"), self._choose, icon="open"))
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addWidget(self.table, 1)
        self.set_body(body)

    def _choose(self) -> None:
        kinds = ((_("Pictures and PDF"), ("png", "jpg", "jpeg", "pdf")),)
        self.check_files(dialogs.choose_files(self, _("Choose pictures or PDF files of certificates"), kinds))

    def _show(self, looked: Looked) -> None:
        """Put what was found above what was checked before; show in full the first that does not hold, else the last."""
        self.banner.clear()
        new = [CheckRow(next(self._numbers), found) for found in looked.found]
        self._rows = [*reversed(new), *self._rows]
        shown = next((row for row in new if row.check.state != "valid"), new[-1] if new else None)
        if shown is not None:
            self.table.choose_key(shown.id)
        self._model.set_source(check_rows.source(self._rows))
        if shown is not None:
            self._see(shown)
        if looked.unread:
            say(self, State.LOOK, "\n".join(looked.unread))
        elif len(new) > 1:
            say(self, *_summed_up(new))

    def _see(self, row: CheckRow | None) -> None:
        if row is None:
            self.hide_details()
            return
        self.panel.show_row(row)
        self.set_details_title(
            row.check.facts.unit_name if row.check.facts is not None else check_rows.word(row.check)
        )
        self.show_details()

    def _refused(self, failure: KnownFailure) -> None:
        say(self, State.BAD, sentence(failure))


def _summed_up(rows: Sequence[CheckRow]) -> tuple[State, str]:
    valid = sum(row.check.state == "valid" for row in rows)
    text = _("{all} codes were read; {valid} certificates are valid.", all=len(rows), valid=valid)
    return (State.GOOD if valid == len(rows) else State.LOOK), text


def _dropped(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
