"""The first page of a receiving unit: the way to the sticks, and what is due on this laptop."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.runtime.language import _
from antq_desktop.services.accounts import StatusInfo
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.overview.due import Due, DueList, backup_due
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.page import Page


class ReceivingOverviewPage(Page):
    """What the communes sent is on the page «Receiving»; here is what concerns the laptop itself."""

    tables = frozenset({"settings", "journal"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, title=_("Overview"), sentence=_("What is due at the receiving unit."), parent=parent
        )
        self.due = DueList(self._go)
        row = QHBoxLayout()
        row.addWidget(
            button(_("Take in a stick"), lambda: desk.go("receiving"), icon="receiving", kind="main")
        )
        row.addStretch()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(label(_("Sticks of the communes"), "section"))
        column.addWidget(
            label(
                _(
                    "Put in one stick after the other: each file gets its verdict, each commune its acknowledgement."
                ),
                "muted",
                wrap=True,
            )
        )
        column.addLayout(row)
        column.addSpacing(24)
        column.addWidget(label(_("To do"), "section"))
        column.addWidget(self.due)
        column.addStretch()
        self.set_scrolled_body(body)

    def refresh(self) -> None:
        self.desk.run(lambda _progress: self.desk.services.accounts.status(), self._show, owner=self)

    def _show(self, status: StatusInfo) -> None:
        self.due.show_lines(list(backup_due(status, self.desk.services.session.now())))

    def _go(self, chosen: Due) -> None:
        self.desk.go(chosen.page, **chosen.what)
