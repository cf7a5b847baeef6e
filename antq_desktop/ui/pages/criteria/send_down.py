"""Where an upper level checks a catalogue file, issues it, and writes what was issued to the stick for its communes."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.official_texts import IssuedCatalogue
from antq_desktop.domain.text import sort_key
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.receiving_side.issuing import Issuing, Offer
from antq_desktop.services.results import Written
from antq_desktop.ui import dialogs
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import Column, ListRows, RowsModel
from antq_desktop.ui.pages.criteria.reading import kind_word
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.opened_file import open_file
from antq_desktop.ui.pages.sticks import StickChooser
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.table import Table

_Read = tuple[list[IssuedCatalogue], list[tuple[object, str]]]


class SendDown(QWidget):
    """Three steps under each other: a file, what was issued, the stick."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scrolled")
        self._desk = desk
        self._issuing: Issuing = desk.services.issuing
        self._file: Path | None = None
        self.said = Banner()
        self._offered = Facts()
        self._offered.hide()
        self.issue_button = button(_("Issue it"), self.issue, icon="send", kind="main")
        self.issue_button.hide()
        self._model = RowsModel(_columns(), ListRows(()), sort="on")
        self.table = Table(self._model, "issued-catalogues", desk)
        self.table.setAccessibleName(_("Catalogues issued"))
        self.table.setMinimumHeight(160)
        self.table.set_empty(
            _("Nothing was issued yet"),
            _("Choose a catalogue file; what it holds is shown before it is issued."),
            (_("Choose a catalogue file…"), self.choose),
        )
        self.stick = StickChooser(desk)
        self.commune = Choice(_("For which commune"), (("", _("Every enrolled commune")),))
        self.outcome = Banner()
        self._lay_out()

    def refresh(self) -> None:
        services = self._desk.services

        def work(_progress: object) -> _Read:
            communes = {row.unit_code: row.unit_name for row in services.receiving.communes()}
            by_name = sorted(communes.items(), key=lambda pair: sort_key(pair[1]))
            return services.issuing.issued(), [(code, name) for code, name in by_name]

        self._desk.run(work, self._show, owner=self)

    def choose(self) -> None:
        """Ask for a catalogue file and say what it holds; nothing is kept yet."""
        path = dialogs.choose_file(self, _("Which catalogue file?"), ((_("Catalogue file"), ("toml",)),))
        if path is not None:
            self.look_at(path)

    def look_at(self, path: Path) -> None:
        self._forget()
        self._desk.run(
            lambda _progress: self._issuing.offer(path),
            lambda offer: self._show_offer(path, offer),
            self._refused,
            owner=self,
        )

    def issue(self) -> None:
        """Keep the file that was looked at as issued."""
        path = self._file
        if path is not None and dialogs.confirm(
            self,
            _("Issue the catalogue"),
            _(
                "Every commune that takes it in works by it from then on. What is issued cannot be taken back."
            ),
            _("Issue it"),
        ):
            self._desk.run(
                lambda _progress: self._issuing.issue(path), self._issued, self._refused, owner=self
            )

    def write(self) -> None:
        """Write what was issued for the chosen communes to the stick."""
        folder, unit_code = self.stick.folder(), str(self.commune.value() or "")
        if folder is None:
            self.outcome.say(State.LOOK, _("Plug a stick in first, or choose a folder."))
            return
        codes = [unit_code] if unit_code else None
        self._desk.run(
            lambda progress: self._issuing.write_to(folder, codes, progress),
            lambda paths: self._written(folder, paths),
            lambda failure: self.outcome.say(State.BAD, sentence(failure)),
            title=_("Writing catalogues for the communes"),
            owner=self,
        )

    def _show(self, read: _Read) -> None:
        issued, communes = read
        keys = {
            "title": lambda record: sort_key(record.title),
            "kind": lambda record: kind_word(record.kind),
            "version": lambda record: sort_key(record.catalogue_version),
            "on": lambda record: record.taken_on,
        }
        self._model.set_source(ListRows(issued, keys, lambda record: record.title))
        self.commune.set_choices((("", _("Every enrolled commune")), *communes))

    def _show_offer(self, path: Path, offer: Offer) -> None:
        self._file = None if offer.is_issued else path
        if offer.is_issued:
            self.said.say(
                State.LOOK, _("«{file}» was issued before; it is not issued twice.", file=path.name)
            )
        else:
            self.said.say(
                State.GOOD, _("«{file}» is whole. Look at what it says, then issue it.", file=path.name)
            )
        self._offered.show_facts(_facts(offer))
        self._offered.show()
        self.issue_button.setVisible(self._file is not None)
        if self._file is not None:
            self.issue_button.setFocus()

    def _issued(self, result: Written[IssuedCatalogue]) -> None:
        self._forget()
        self.said.say(
            State.GOOD,
            _(
                "Issued: «{title}», version {version}. Now write it to the stick.",
                title=result.record.title,
                version=result.record.catalogue_version,
            ),
        )
        self.refresh()

    def _written(self, folder: Path, paths: list[Path]) -> None:
        self.outcome.say(
            State.GOOD,
            _(
                "{count} files lie in «{folder}», one for each commune: {files}. A commune takes its file in on the page «Sending».",
                count=len(paths),
                folder=str(folder),
                files=", ".join(path.name for path in paths),
            ),
            (_("Open the folder"), lambda: open_file(folder)),
        )

    def _refused(self, failure: KnownFailure) -> None:
        self.said.say(State.BAD, sentence(failure))

    def _forget(self) -> None:
        self._file = None
        self.said.clear()
        self._offered.hide()
        self.issue_button.hide()

    def _lay_out(self) -> None:
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Choose a catalogue file…"), self.choose, icon="open"))
        row.addWidget(self.issue_button)
        target = QWidget()
        line = Flow(target)
        line.addWidget(self.commune)
        line.addWidget(button(_("Write to the stick"), self.write, icon="stick"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(_("Check a file and issue it"), "section"))
        column.addWidget(tools)
        column.addWidget(self.said)
        facts = QHBoxLayout()
        facts.addWidget(self._offered, 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(facts)
        column.addWidget(hairline())
        column.addWidget(label(_("Catalogues issued"), "section"))
        column.addWidget(self.table, 1)
        column.addWidget(hairline())
        column.addWidget(label(_("Write for the communes"), "section"))
        column.addWidget(self.stick)
        column.addWidget(target)
        column.addWidget(self.outcome)


def _columns() -> list[Column]:
    return [
        Column("title", _("Catalogue of criteria"), lambda record: record.title, width=280, wide=True),
        Column("kind", _("What it says"), lambda record: kind_word(record.kind), width=190),
        Column("version", _("Version"), lambda record: record.catalogue_version, width=96),
        Column("on", _("Sent down since"), lambda record: written.day(record.taken_on), width=112),
    ]


def _facts(offer: Offer) -> list[tuple[str, str]]:
    facts = [
        (_("Catalogue of criteria"), offer.title),
        (_("What it says"), kind_word(offer.kind)),
        (_("Version"), offer.version),
        (_("Time in force"), _force(offer)),
        (_("Source"), offer.source),
    ]
    if offer.clauses:
        facts.append((_("Clauses"), written.number(offer.clauses)))
        facts.append((_("Set by the province"), written.number(offer.province_clauses)))
    return facts


def _force(offer: Offer) -> str:
    first = written.day(offer.in_force_from)
    if offer.in_force_to is None:
        return _("from {day}", day=first)
    return f"{first} – {written.day(offer.in_force_to)}"
