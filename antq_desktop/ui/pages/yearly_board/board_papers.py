"""Lays the paper of a step over the board, for the chosen unit or for several."""

from collections.abc import Callable, Sequence
from functools import partial

from antq_desktop.domain.yearly_process import StepState
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.year_standing import BoardRow
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.pages.yearly_board import papers
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page


class BoardPapers:
    """Speaks through the banner of the page when there is nothing to show."""

    def __init__(self, page: Page, begin: Callable[[], object]) -> None:
        """``begin`` leads to where a self-assessment is begun."""
        self._page = page
        self._begin = begin

    def show(self, state: StepState, rows: Sequence[BoardRow]) -> None:
        """Show the paper of the step that ``state`` is of, of the units ``rows``."""
        if not papers.has_paper(state):
            say(self._page, State.LOOK, _("This step has no paper of its own. Choose one under its name."))
        elif state.step.form == papers.SELF_ASSESSMENT:
            read = partial(self._page.desk.services.assessments.rows, self._page.year)
            self._page.desk.run(lambda _progress: read(), partial(self._lay, state, rows), owner=self._page)
        else:
            self._lay(state, rows, ())

    def _lay(self, state: StepState, rows: Sequence[BoardRow], assessed: Sequence[AssessmentRow]) -> None:
        ids = {(row.unit_kind, row.unit_id): row.id for row in assessed if row.id}
        known = {row.key: key for row in rows if (key := ids.get((row.key.kind, row.key.id))) is not None}
        paper = papers.paper(state, rows, self._page.year, known)
        if paper is not None:
            show_paper(self._page, paper)
            return
        text = _("No self-assessment of this year was begun yet.")
        say(self._page, State.LOOK, text, (_("Begin it"), self._begin))
