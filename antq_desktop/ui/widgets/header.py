"""The top line: which commune, which year, the search, and the page's one main button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.elided import Elided
from antq_desktop.ui.widgets.search_field import Found, SearchField
from antq_desktop.ui.widgets.sign import Sign

HEIGHT = 56
_MAIN_WIDTH = 200
_WIDE_ENOUGH = 1000


class Header(QFrame):
    """``year_asked`` carries the year that was chosen; ``found`` what the search opened."""

    year_asked = Signal(object)
    found = Signal(object)

    def __init__(
        self,
        years: Sequence[int],
        year: int,
        find: Callable[[str], Sequence[Found]],
        lane: Lane,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setFixedHeight(HEIGHT)
        self._commune = Elided("commune", least=80)
        self._name = self._page = ""
        self._year = Choice(_("Working year"), [(one, _("Year {year}", year=one)) for one in years])
        self._year.setProperty("kind", "bare")
        self._year.set_value(year)
        self._year.picked.connect(self.year_asked)
        self.search = SearchField(find, lane)
        self.search.setMaximumWidth(440)
        self.search.setMinimumWidth(120)
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.search.opened.connect(self.found)
        self._action: QAction | None = None
        self._main = button("", self._trigger, icon="plus", kind="main")
        self._main.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._place_of_main = QWidget()
        inner = QHBoxLayout(self._place_of_main)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addStretch()
        inner.addWidget(self._main)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 24, 0)
        row.setSpacing(12)
        row.addWidget(Sign("program", "accent", 26))
        row.addWidget(self._commune)
        row.addWidget(self._year)
        row.addStretch(1)
        row.addWidget(self.search, 6)
        row.addStretch(1)
        row.addWidget(self._place_of_main)
        self.show_action(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the main button where there is enough, so that the search stays in its place."""
        super().resizeEvent(event)
        self._place_of_main.setMinimumWidth(_MAIN_WIDTH if self.width() >= _WIDE_ENOUGH else 0)

    def show_commune(self, name: str) -> None:
        self._name = name
        self._show_name()

    def show_page(self, title: str) -> None:
        """Name the page, which has no room for its title, in the place of the commune; empty: it has room."""
        self._page = title
        self._show_name()

    def show_year(self, year: int) -> None:
        self._year.set_value(year)

    def show_action(self, action: QAction | None) -> None:
        """Show the main button of the page in sight, and follow its word and whether it can be pressed."""
        if self._action is not None:
            self._action.changed.disconnect(self._follow)
        self._action = action
        self._main.setVisible(action is not None)
        if action is not None:
            action.changed.connect(self._follow)
            self._follow()

    def _follow(self) -> None:
        if self._action is not None:
            self._main.setText(self._action.text())
            self._main.setAccessibleName(self._action.text())
            self._main.setIcon(self._action.icon())
            self._main.setEnabled(self._action.isEnabled())

    def _show_name(self) -> None:
        self._commune.setText(self._page or self._name)

    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()
