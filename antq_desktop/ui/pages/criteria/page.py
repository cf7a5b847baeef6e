"""Where the criteria are read: what each asks, by which rule, how sure its text is, and the official wording beside it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.changes import Changes
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.official_texts import OfficialWording
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, Written
from antq_desktop.ui import format as written
from antq_desktop.ui import icons
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import ListRows, RowsModel
from antq_desktop.ui.pages.criteria import catalogue_rows, item_rows, reading
from antq_desktop.ui.pages.criteria.catalogue_panel import CataloguePanel
from antq_desktop.ui.pages.criteria.item_panel import ItemPanel
from antq_desktop.ui.pages.criteria.item_rows import ItemRows
from antq_desktop.ui.pages.criteria.reading import CatalogueLine, ItemLine, Read, key_of
from antq_desktop.ui.pages.criteria.send_down import SendDown
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

_LOW = 420
_ITEMS, _CATALOGUES, _SENDING = "items", "catalogues", "sending"


class CriteriaPage(Page):
    """The criteria as a list with the chosen one beside it, the catalogues they stand in, and at an upper level the way down."""

    tables = frozenset({"official_wordings", "issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Criteria"),
            sentence=_(
                "What every unit is measured by, how sure the text is, and the official wording beside it."
            ),
            help_text=_(
                "The wording here is the program's own. Where nobody has seen the official text, the item only asks whether it is "
                "met. Choose an item, type the official text in once from the paper and say which paper; it stands under the item "
                "from then on and goes to the upper level. It never changes a rule: a better catalogue comes signed from the upper "
                "level. Ctrl+Enter saves and goes on to the next one that is not compared."
            ),
            parent=parent,
        )
        self._services = desk.services
        self._upper = desk.services.role == "receiving"
        self._wanted = ""
        self._lines: list[ItemLine] = []
        self.action = self.set_main_action(_("Type the official text in"), self._go_on, icon="edit")
        self._make_filters()
        self._make_tables()
        self._make_details()
        self.on(Command.SAVE, self.save)
        self.on(Command.SAVE_AND_NEW, partial(self.save, and_next=True))
        self.on(Command.EDIT, self._edit)
        self.on(Command.LEAVE, self.hide_details)
        self._change_view(_ITEMS)

    def refresh(self) -> None:
        self.desk.run(lambda _progress: reading.gather(self._services), self._show_read, owner=self)
        if self.sending is not None:
            self.sending.refresh()

    def begin(self) -> None:
        (self.catalogues if self._view.value() == _CATALOGUES else self.table).setFocus()

    def wanted(self, **what: object) -> None:
        """``item`` of ``catalogue_id`` opens one; ``standing`` narrows the list, ``view`` may be «catalogues» or «sending»."""
        self._show_view(str(what.get("view") or _ITEMS))
        if "standing" in what or "item" in what:
            self._narrow(
                "" if "item" in what else str(what.get("catalogue_id") or ""), str(what.get("standing") or "")
            )
        if "item" in what:
            self._wanted = key_of(str(what.get("catalogue_id") or ""), str(what["item"]))
            self.make_stale()

    def year_changed(self, _year: int) -> None:
        """Change nothing: what is in use now does not follow the working year."""

    @property
    def views(self) -> tuple[str, ...]:
        """What this page can show, the first one at its opening."""
        return tuple(self._views)

    def save(self, *, and_next: bool = False) -> None:
        """Keep the official text that was typed in; ``and_next`` goes on to the next item that is not compared."""
        line = self.item.line
        if self._upper or line is None or self._panels.current is not self.item or not self.item.check():
            return
        typed, texts, row = self.item.values(), self._services.official_texts, line.row
        self.desk.run(
            lambda _progress: texts.put(row.catalogue_id, row.item, typed["text"], typed["source"]),
            partial(self._saved, line, and_next),
            self._refused,
            owner=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the list the room in a low window; the filter of the same words stays."""
        super().resizeEvent(event)
        self._figures_line.setVisible(self.height() >= _LOW)

    def _make_filters(self) -> None:
        views = [(_ITEMS, _("Criteria one by one")), (_CATALOGUES, _("Catalogues in use"))]
        if self._upper:
            views.append((_SENDING, _("Send down")))
        self._view = Choice(_("View"), views)
        self._view.picked.connect(lambda view: self._change_view(str(view)))
        self._catalogue = Choice(_("Catalogue of criteria"), (("", _("All catalogues")),))
        self._catalogue.let_shrink()
        self._catalogue.setMinimumWidth(180)
        self._catalogue.picked.connect(lambda key: self._model.ask(catalogue=key or None))
        self._standing = Choice(_("How sure"), (("", _("However sure")), *item_rows.standings()))
        self._standing.let_shrink()
        self._standing.setMinimumWidth(180)
        self._standing.picked.connect(lambda word: self._model.ask(standing=word or None))
        self._text = FilterText(_("Find a criterion"), _("Words of the text…"))
        self._text.wanted.connect(lambda text: self._model.ask(text=text))
        for part in (self._view, self._catalogue, self._standing, self._text):
            self.add_filter("", part)

    def _make_tables(self) -> None:
        self._items = ItemRows()
        self._model = RowsModel(item_rows.columns(), self._items, sort="place")
        self.table = Table(self._model, "criteria", self.desk)
        self.table.setAccessibleName(_("Criteria"))
        self.table.set_empty(_("No criteria are here"), _("The program is not whole. Install it again."))
        self.table.set_export(to_workbook(self.desk, _("Criteria")))
        self.table.chosen.connect(self._choose)
        self.table.opened.connect(lambda _line: self._edit())
        self._figures_line = QWidget()
        self._figures = {
            key: button("", partial(self._narrow, "", key), kind="link")
            for key in ("", *dict(item_rows.standings()))
        }
        flow = Flow(self._figures_line)
        for figure in self._figures.values():
            flow.addWidget(figure)
        items = QWidget()
        column = QVBoxLayout(items)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._figures_line)
        column.addWidget(self.table, 1)
        self._books = RowsModel(catalogue_rows.columns(), ListRows(()), sort="")
        self.catalogues = Table(self._books, "catalogues", self.desk)
        self.catalogues.setAccessibleName(_("Catalogues in use"))
        self.catalogues.set_empty(_("No catalogue is here"), _("The program is not whole. Install it again."))
        self.catalogues.chosen.connect(self._choose_catalogue)
        self.catalogues.opened.connect(self._open_catalogue)
        self.sending = SendDown(self.desk) if self._upper else None
        self._stack = QStackedWidget()
        self._views: dict[str, QWidget] = {_ITEMS: items, _CATALOGUES: self.catalogues}
        if self.sending is not None:
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(self.sending)
            self.sending.setAutoFillBackground(False)
            scroll.viewport().setAutoFillBackground(False)
            self._views[_SENDING] = scroll
        for part in self._views.values():
            self._stack.addWidget(part)
        self.set_body(self._stack)

    def _make_details(self) -> None:
        self.item = ItemPanel(self.desk, writes=not self._upper)
        self.item.finished.connect(self.save)
        self.item.back_asked.connect(self._take_back)
        self.catalogue = CataloguePanel(self._show_items)
        self._panels = Panels(self.item, self.catalogue)
        self.set_details(_("Criterion"), self._panels)
        self._save = button(_("Save"), self.save, icon="save", kind="main")
        self._all_items = button(_("See its criteria"), self._see_items, icon="forward")
        self.set_details_actions(self._save, self._all_items)

    def _show_read(self, read: Read) -> None:
        self._lines = read.items
        self._items = ItemRows(read.items)
        titles = [(line.id, line.head.title) for line in read.catalogues if line.kind == "criteria"]
        self._catalogue.set_choices((("", _("All catalogues")), *titles))
        self._say_figures()
        opened, self._wanted = self._wanted, ""
        self._model.set_source(self._items)
        self._books.set_source(catalogue_rows.source(read.catalogues))
        current = opened or (self.item.line.id if self.item.line is not None else "")
        line = next((line for line in read.items if line.id == current), None)
        if line is not None and (opened or self._is_shown):
            self.table.choose_key(line.id)
            self._show_item(line)
        elif opened:
            say(self, State.LOOK, _("This criterion stands in no catalogue that is in use now."))

    def _say_figures(self) -> None:
        words = {"": _("All criteria"), **dict(item_rows.standings())}
        for key, figure in self._figures.items():
            count = sum(not key or item_rows.is_one_of(line, key) for line in self._lines)
            figure.setText(f"{words[key]}: {written.number(count)}")
            figure.setVisible(count > 0 or not key)

    def _narrow(self, catalogue_id: str, standing: str) -> None:
        """Show all criteria that fit, and let the filters say so."""
        self._catalogue.set_value(catalogue_id)
        self._standing.set_value(standing)
        self._text.clear()
        self._model.ask(text="", catalogue=catalogue_id or None, standing=standing or None)

    def _choose(self, line: ItemLine | None) -> None:
        """Show another criterion; a list that was only read anew opens nothing."""
        other = line is not None and (self.item.line is None or self.item.line.id != line.id)
        if line is not None and other and self._view.value() == _ITEMS:
            self.banner.clear()
            self._show_item(line)

    @property
    def _is_shown(self) -> bool:
        return self.item.isVisible()

    def _show_item(self, line: ItemLine) -> None:
        self.item.show_line(line)
        self._show_panel(self.item, line.row.legal_basis)

    def _choose_catalogue(self, line: CatalogueLine | None) -> None:
        if line is not None:
            self.catalogue.show_line(line)
            self._show_panel(self.catalogue, line.head.title)
            self._all_items.setVisible(line.kind == "criteria")
            self._follow()

    def _open_catalogue(self, line: CatalogueLine) -> None:
        if line.kind == "criteria":
            self._show_items(line.id, "")

    def _see_items(self) -> None:
        line = self.catalogues.current_row()
        if line is not None:
            self._open_catalogue(line)

    def _show_items(self, catalogue_id: str, standing: str) -> None:
        self._show_view(_ITEMS)
        self._narrow(catalogue_id, standing)
        self.table.setFocus()

    def _show_panel(self, panel: QWidget, title: str) -> None:
        self._panels.show_only(panel)
        self._save.setVisible(panel is self.item and not self._upper)
        self._all_items.setVisible(panel is self.catalogue)
        self.set_details_title(title)
        self.show_details()

    def _show_view(self, view: str) -> None:
        self._view.set_value(view)
        self._change_view(str(self._view.value()))

    def _change_view(self, view: str) -> None:
        self._stack.setCurrentWidget(self._views[view])
        for part in (self._catalogue, self._standing, self._text):
            part.setVisible(view == _ITEMS)
        self.hide_details()
        word, icon = {
            _SENDING: (_("Choose a catalogue file…"), "open"),
            _CATALOGUES: (_("See its criteria"), "forward"),
        }.get(view, (_("Send down"), "send") if self._upper else (_("Type the official text in"), "edit"))
        self.action.setText(word)
        self.action.setIcon(icons.icon(icon, "on_accent"))
        self._follow()

    def _follow(self) -> None:
        """Let the main button only offer what there is: some catalogues hold no criteria."""
        line = self.catalogues.current_row() if self._view.value() == _CATALOGUES else None
        self.action.setEnabled(
            self._view.value() != _CATALOGUES or (line is not None and line.kind == "criteria")
        )

    def _go_on(self) -> None:
        view = self._view.value()
        if view == _CATALOGUES:
            self._see_items()
        elif self.sending is not None:
            self.sending.choose() if view == _SENDING else self._show_view(_SENDING)
        elif self.item.line is not None and self._is_shown and not self.item.form.edited:
            self._edit()
        else:
            self._go_to_next()

    def _edit(self) -> None:
        """Go to the text of the chosen criterion."""
        line = self.table.current_row()
        if line is not None and self._view.value() == _ITEMS:
            self._show_item(line)
            if not self._upper:
                self.item.form.focus_first()

    def _go_to_next(self) -> None:
        """Open the next criterion after the shown one that is not compared yet."""
        keys = [line.id for line in self._lines]
        here = (
            keys.index(self.item.line.id) + 1
            if self.item.line is not None and self.item.line.id in keys
            else 0
        )
        waiting = [line for line in (*self._lines[here:], *self._lines[:here]) if line.row.open]
        if not waiting:
            self.banner.say(State.GOOD, _("Every criterion was compared with its official text."))
            return
        self.table.choose_key(waiting[0].id)
        self._show_item(waiting[0])
        self.item.form.focus_first()

    def _saved(self, line: ItemLine, and_next: bool, _result: Written[OfficialWording]) -> None:
        if self.item.line is not None and self.item.line.id == line.id:
            self.item.form.saved()
            if and_next:
                self._lines = [one for one in self._lines if one.id != line.id or not one.row.open]
                self._go_to_next()
        self.desk.note(_("Saved."))

    def _take_back(self, reason: str) -> None:
        line = self.item.line
        if line is not None:
            texts, row = self._services.official_texts, line.row
            self.desk.run(
                lambda _progress: texts.take_back(row.catalogue_id, row.item, reason),
                self._taken_back,
                self._refused,
                owner=self,
            )

    def _taken_back(self, _changes: Changes) -> None:
        self.item.reason.saved()
        say(self, State.GOOD, _("The official text was taken back; text and reason stay in the journal."))

    def _refused(self, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid):
            self.item.form.say_findings(failure.findings)
            return
        say(self, State.BAD, sentence(failure))
