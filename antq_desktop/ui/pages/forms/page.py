"""Where an office words its papers itself, sees them as they will be printed, and goes back to the shipped form."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.papers.form_texts import FormText
from antq_desktop.services.papers.forms import FormRow, Forms
from antq_desktop.services.results import Invalid, remark
from antq_desktop.ui import dialogs, icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.forms import form_list
from antq_desktop.ui.pages.forms.editor import FormEditor
from antq_desktop.ui.paper import Paper
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_Read = tuple[list[FormRow], list[FormText], KnownFailure | None]


class FormsPage(Page):
    """The list of forms, and behind each of them its editor."""

    tables = frozenset({"own_forms"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Forms of papers"),
            sentence=_("The wording and the margins of every paper that is printed here."),
            help_text=_(
                "Choose a form and press Enter. Change its texts at the left; the paper at the right shows a sample as it will be "
                "printed. Words in braces, such as {year}, are filled in from the data: leave them as they are. What is saved "
                "is printed from then on; the shipped form is kept and can be used again at any time."
            ),
            parent=parent,
        )
        self._forms: Forms = desk.services.forms
        self._opening = ""
        self._undo: list[tuple[str, str]] = []
        self.action = self.set_main_action(_("Change this form"), self._go_on, icon="edit")
        self._model = RowsModel(form_list.columns(), ListRows(()), sort="title", key=lambda row: row.name)
        self.table = Table(self._model, "forms", desk)
        self.table.setAccessibleName(_("Forms of papers"))
        self.table.set_empty(_("No form is here"), _("The program is not whole. Install it again."))
        self.table.opened.connect(lambda row: self.open_form(row.name))
        self.table.chosen.connect(lambda _row: self._follow())
        self.editor = FormEditor(desk)
        self.editor.left.connect(self.close_form)
        self.editor.finished.connect(self.save)
        self.editor.back_asked.connect(self._back_to_shipped)
        self.editor.load_asked.connect(self._load)
        self.editor.write_asked.connect(self._write)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.editor)
        self.set_body(self._stack)
        if desk.services.role == "receiving":
            self.add_filter_action(_("Issue to the communes…"), self.issue, icon="send")
        self.on(Command.SAVE, self.save)
        self.on(Command.EDIT, self._go_on)
        self.on(Command.UNDO, self.undo)
        self.on(Command.PRINT, self._print_sample)
        self.on(Command.LEAVE, self.close_form)
        self._follow()

    @property
    def opened(self) -> str:
        """The name of the form in the editor, or nothing while the list is in sight."""
        return self._opening

    def refresh(self) -> None:
        name, forms = self._opening, self._forms

        def work(_progress: object) -> _Read:
            rows = forms.names()
            try:
                return rows, forms.texts(name) if name else [], None
            except KnownFailure as failure:
                return rows, [], failure

        self.desk.run(work, partial(self._show, name), owner=self)

    def begin(self) -> None:
        if self._opening:
            self.editor.focus_first()
        else:
            self.table.setFocus()

    def wanted(self, **what: object) -> None:
        """``form`` opens one."""
        if "form" in what:
            self.open_form(str(what["form"]))

    def year_changed(self, _year: int) -> None:
        """Change nothing: forms belong to no year."""

    def open_form(self, name: str) -> None:
        """Show the texts of a form; what was typed there before and not saved comes back."""
        self.leave()
        self._opening = name
        self.banner.clear()
        self.make_stale()

    def close_form(self) -> None:
        """Go back to the list; what was typed is kept."""
        self.leave()
        self._opening = ""
        self._stack.setCurrentWidget(self.table)
        self.table.setFocus()
        self._follow()

    def save(self) -> None:
        """Print with what was typed from now on."""
        if not self._opening or self.editor.is_faulty:
            return
        name, typed = self._opening, self.editor.changed
        if not typed:
            self.desk.note(_("Nothing was changed."))
            return
        self._keep(name, lambda: self._forms.change(name, typed))

    def undo(self) -> None:
        """Take back what was typed, else the last save of this visit."""
        if self._opening and self.editor.changed:
            self.editor.throw_away()
        elif self._undo and self._undo[-1][0] == self._opening:
            name, before = self._undo.pop()
            self._put_back(name, before)

    def _put_back(self, name: str, before: str) -> None:
        forms = self._forms
        reason = _("Saved by mistake")
        self.desk.run(
            lambda _progress: (
                forms.put_source(name, before) if before else forms.back_to_shipped(name, reason)
            ),
            lambda _done: self.banner.say(State.GOOD, _("The form is again as it was before.")),
            self._refused,
            owner=self,
        )

    def _keep(self, name: str, work: Any) -> None:  # noqa: ANN401 - gives a Written
        """Change a form and remember what it was."""
        forms = self._forms

        def done(result: tuple[str, Any, object]) -> None:
            self._undo.append((name, result[0]))
            self._saved(result[1])

        def kept(_progress: object) -> tuple[str, Any, object]:
            before = forms.own_source(name)
            written = work()
            return before, written, written.changes

        self.desk.run(kept, done, self._refused, owner=self)

    def _saved(self, written: Any) -> None:  # noqa: ANN401 - a Written
        if self.editor.sections is not None:
            self.editor.sections.saved()
        way = (_("Undo"), self.undo)
        if written.warnings:
            self.banner.say(State.LOOK, " ".join(remark(found) for found in written.warnings), way)
        else:
            self.banner.say(State.GOOD, _("Saved. Papers are printed with it from now on."), way)

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid):
            self.editor.say_findings(failure.findings)
        self.banner.say(State.BAD, sentence(failure))

    def _back_to_shipped(self, reason: str) -> None:
        name = self._opening
        if not dialogs.confirm(
            self,
            _("Back to the shipped form"),
            _("What this office changed in the form is put aside; it stays readable in the journal."),
            _("Use the shipped form"),
            dangerous=True,
        ):
            return
        forms = self._forms
        self.desk.run(
            lambda _progress: forms.back_to_shipped(name, reason), self._gone_back, self._refused, owner=self
        )

    def _gone_back(self, _changes: object) -> None:
        if self.editor.sections is not None:
            self.editor.sections.saved()
        self.banner.say(State.GOOD, _("The shipped form is in use again."))

    def _load(self) -> None:
        name = self._opening
        path = dialogs.choose_file(self, _("Which form file?"), ((_("Form file"), ("toml",)),))
        if path is not None:
            self._keep(name, lambda: self._forms.put_file(name, path))

    def _write(self) -> None:
        name = self._opening
        path = dialogs.save_file(
            self, _("Where is the form file to go?"), f"{name}.toml", ((_("Form file"), ("toml",)),)
        )
        if path is not None:
            self.desk.run(
                lambda _progress: self._forms.write_file(name, path), self._written, self._refused, owner=self
            )

    def _written(self, path: Path) -> None:
        self.banner.say(State.GOOD, _("The form file lies in «{path}».", path=str(path)))

    def issue(self) -> None:
        """Keep the form of the row as it is printed here, to be sent down with the catalogues."""
        row, issuing = self._row(), self.desk.services.issuing
        if row is None:
            self.banner.say(State.LOOK, _("Choose a form first."))
        elif dialogs.confirm(
            self,
            _("Issue the form"),
            _(
                "Every commune that takes it in prints «{title}» by it, unless it has a wording of its own. "
                "What is issued cannot be taken back.",
                title=row.title,
            ),
            _("Issue it"),
        ):
            self.desk.run(
                lambda _progress: issuing.issue_form(row.name), self._issued, self._refused, owner=self
            )

    def _issued(self, _written: object) -> None:
        self.banner.say(
            State.GOOD,
            _("The form was issued. Write the files for the communes on the page of criteria."),
            (_("Write them"), lambda: self.desk.go("criteria", view="sending")),
        )

    def _print_sample(self) -> None:
        row = self._row()
        if row is not None:
            name, forms = row.name, self._forms
            show_paper(
                self,
                Paper(
                    name,
                    row.title,
                    lambda _papers, out, _reason, _progress: forms.sample(name, out),
                    word=False,
                ),
            )

    def _go_on(self) -> None:
        """Open the chosen form, or save the open one."""
        row = self._row()
        if self._opening:
            self.save()
        elif row is not None:
            self.open_form(row.name)

    def _row(self) -> FormRow | None:
        if self._opening:
            return self.editor.row
        return self._model.row_at(self.table.currentIndex().row())

    def _show(self, name: str, read: _Read) -> None:
        rows, texts, failure = read
        self._model.set_source(form_list.source(rows))
        if name != self._opening:
            return
        row = next((row for row in rows if row.name == name), None)
        if row is None:
            self._opening = ""
        else:
            # One that cannot be read any more is opened too: there is the way back to the shipped one.
            if failure is not None:
                self.banner.say(State.BAD, sentence(failure))
            first = self._stack.currentWidget() is self.table
            self._stack.setCurrentWidget(self.editor)
            self.editor.show_form(row, texts)
            if first:
                self.editor.focus_first()
        self._follow()

    def _follow(self) -> None:
        editing = bool(self._opening)
        self.action.setText(_("Save") if editing else _("Change this form"))
        self.action.setIcon(icons.icon("save" if editing else "edit", "on_accent"))
        self.action.setEnabled(editing or self._row() is not None)
        self.main_action_changed.emit()
