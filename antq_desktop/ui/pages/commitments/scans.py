"""What can be done with the scan of the current line's paper: attach, look, replace, take off."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu

from antq_desktop.domain.commitments import Commitment
from antq_desktop.runtime.language import _
from antq_desktop.services.commitments import Commitments
from antq_desktop.services.results import Written
from antq_desktop.ui import dialogs, icons
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.commitments.scan_view import ScanView
from antq_desktop.ui.widgets.buttons import button


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper of one line: whose, in which campaign, and its scan if one is attached."""

    line: str
    household_id: str
    campaign_id: str
    head: str
    sha256: str = ""


class Scans(QObject):
    """One button that says whether a scan is there; ``kept`` carries the line and what was written."""

    kept = Signal(str, object)

    def __init__(
        self, desk: Desk, current: Callable[[], Paper | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._current = current
        self.button = button("", self._press, icon="attach")
        self.tell()

    @property
    def commitments(self) -> Commitments:
        commitments: Commitments = self._desk.services.commitments
        return commitments

    def tell(self) -> None:
        """Say on the button how it stands with the current line."""
        paper = self._current()
        attached = paper is not None and bool(paper.sha256)
        word = _("Scan attached…") if attached else _("Attach the scan…")
        self.button.setText(word)
        self.button.setAccessibleName(word)
        self.button.setToolTip(_("Scan the signed paper only. Never attach an identity card."))
        self.button.setEnabled(paper is not None)

    def ways(self) -> list[tuple[str, str, Callable[[], object]]]:
        """Return what can be done now: icon, word and deed."""
        paper = self._current()
        if paper is None:
            return []
        if not paper.sha256:
            return [("attach", _("Attach the scan…"), self.attach)]
        return [
            ("open", _("Look at the scan"), self.look),
            ("attach", _("Attach another scan instead…"), self.attach),
            ("delete", _("Take the scan off…"), self.take_off),
        ]

    def offer(self, at: QPoint) -> None:
        """Open the menu of what can be done at ``at`` on the screen."""
        menu = QMenu(self.button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for icon, word, do in self.ways():
            menu.addAction(icons.icon(icon), word, do)
        if menu.actions():
            menu.popup(at)

    def attach(self) -> None:
        """Ask for the scan of the paper and keep it, in the place of one that is there."""
        paper = self._current()
        if paper is None:
            return
        kinds = ((_("Scan of the signed paper"), ("pdf", "jpg", "jpeg", "png")),)
        path = dialogs.choose_file(self.button, _("The signed paper, never an identity card"), kinds)
        if path is not None:
            work = partial(self.commitments.attach_paper, paper.household_id, paper.campaign_id, path)
            self._run(paper, work, _("The scan is kept with the paper."))

    def look(self) -> None:
        paper = self._current()
        if paper is not None and paper.sha256:
            ScanView(
                self._desk, _("Scan: {head}", head=paper.head), paper.sha256, self.button.window()
            ).open()

    def take_off(self) -> None:
        paper = self._current()
        if paper is None or not paper.sha256:
            return
        text = _(
            "The scan of {head} is taken off and deleted. The state of the paper stays as it is.",
            head=paper.head,
        )
        if dialogs.confirm(self.button, _("Take the scan off"), text, _("Take it off"), dangerous=True):
            work = partial(self.commitments.detach_paper, paper.household_id, paper.campaign_id)
            self._run(paper, work, _("The scan was taken off."))

    def _press(self) -> None:
        paper = self._current()
        if paper is not None and paper.sha256:
            self.offer(self.button.mapToGlobal(QPoint(0, self.button.height())))
        else:
            self.attach()

    def _run(self, paper: Paper, work: Callable[[], Written[Commitment]], said: str) -> None:
        def done(result: Written[Commitment]) -> None:
            self.kept.emit(paper.line, result)
            self._desk.note(said)

        self._desk.run(lambda _progress: work(), done, owner=self)
