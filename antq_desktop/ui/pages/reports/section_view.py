"""One part of a report: its figures beside those of other periods, and its paragraph, typed beside the one written from them."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from antq_desktop.domain.report_content import Section
from antq_desktop.runtime.language import _
from antq_desktop.services.reporting.periodic_paper import FigureRow, Other
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.buttons import button, hairline, label
from antq_desktop.ui.widgets.emptied import empty
from antq_desktop.ui.widgets.field import Field
from antq_desktop.ui.widgets.form import Form
from antq_desktop.ui.widgets.text_field import TextLines

_ROOM_FOR_BESIDE = 560
_CHANGE = "+/−"
_FEWEST_LINES = 2
_FRAME = 30


class SectionView(QWidget):
    """A draft's paragraph is typed in place; of a signed report it is only read. ``asked`` gets the id of a figure."""

    def __init__(
        self, desk: Desk, title: str, asked: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._asked = asked
        self._section: Section | None = None
        self._rows: tuple[Sequence[FigureRow], Mapping[Other, str]] = ((), {})
        self.form = Form([Field("text", _("Paragraph of the report"), kind="lines")], desk)
        self._read_only = label("", wrap=True)
        self._read_only.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._generated = label("", "muted", wrap=True)
        self._beside = QWidget()
        beside = QVBoxLayout(self._beside)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(4)
        beside.addWidget(label(_("Written from the figures"), "strong"))
        beside.addWidget(self._generated)
        back = button(_("Take this one again"), self.take_generated, kind="link")
        beside.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch()
        self._figures = QGridLayout()
        self._figures.setHorizontalSpacing(16)
        self._figures.setVerticalSpacing(2)
        self._figures.setColumnStretch(0, 1)
        self._pair = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._pair.setSpacing(16)
        self._pair.addWidget(self.form, 3)
        self._pair.addWidget(self._beside, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(title, "section", wrap=True))
        column.addLayout(self._figures)
        column.addWidget(self._read_only)
        column.addLayout(self._pair)
        column.addStretch(1)
        self.form.editing.connect(self._compare)
        box = self.form.boxes["text"].input
        if isinstance(box, TextLines):
            box.document().documentLayout().documentSizeChanged.connect(partial(_grow, box))

    @property
    def text(self) -> str:
        """What is typed now."""
        return self.form.boxes["text"].typed()

    def show_section(
        self, section: Section, rows: Sequence[FigureRow], heads: Mapping[Other, str], key: str
    ) -> None:
        """``heads`` name the other periods beside the figures; ``key`` is that of the paragraph's draft, nothing to only read it."""
        before, self._section = self._section, section
        if (rows, heads) != self._rows:
            self._rows = (rows, heads)
            self._show_figures()
        self.form.setVisible(bool(key))
        self._read_only.setVisible(not key)
        self._read_only.setText(section.wording)
        self._generated.setText(section.generated)
        typing = self.form.edited and self.form.key == key and before is not None
        if key and not (typing and before is not None and before.wording == section.wording):
            self.form.show_record(key, {"text": section.wording})
        self._compare()

    def take_generated(self) -> None:
        """Put the paragraph written from the figures in place of what was typed; it is kept when it is saved."""
        if self._section is not None:
            self.form.boxes["text"].set_typed(self._section.generated)
            self.form.boxes["text"].input.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= _ROOM_FOR_BESIDE
        self._pair.setDirection(
            QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        )

    def _compare(self) -> None:
        """Show the written paragraph beside where another one is typed."""
        section = self._section
        self._beside.setVisible(
            section is not None and not self.form.isHidden() and self.text != section.generated
        )

    def _show_figures(self) -> None:
        rows, heads = self._rows
        empty(self._figures)
        titles = [_("This period"), *(title for head in heads.values() for title in (head, _CHANGE))]
        for place, title in enumerate(titles, 1):
            self._figures.addWidget(_at_right(label(title, "hint")), 0, place)
        self._figures.addWidget(hairline(), 1, 0, 1, len(titles) + 1)
        for line, row in enumerate(rows, 2):
            self._figures.addWidget(label(row.title, wrap=True), line, 0)
            now = button(
                row.now, partial(self._asked, row.indicator), kind="link", name=f"{row.title}: {row.now}"
            )
            self._figures.addWidget(now, line, 1, Qt.AlignmentFlag.AlignRight)
            for place, text in enumerate((text for other in heads for text in row.beside(other)), 2):
                self._figures.addWidget(_at_right(label(text, "muted")), line, place)


def _at_right(made: QLabel) -> QLabel:
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _grow(box: TextLines, size: QSizeF) -> None:
    """Give a paragraph the room that its lines need; the size of such a document counts lines."""
    lines = max(_FEWEST_LINES, int(size.height()))
    box.setFixedHeight(box.fontMetrics().lineSpacing() * lines + _FRAME)
