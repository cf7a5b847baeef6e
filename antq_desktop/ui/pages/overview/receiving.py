"""The first page of a receiving unit: the way to the sticks, and what is due on this laptop."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.accounts import StatusInfo
from antq_desktop.services.receiving_side.commune_rows import CommuneRow
from antq_desktop.ui import format as written
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.overview.due import Due, DueList, backup_due
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.figure import Figure
from antq_desktop.ui.widgets.page import Page

#: So many communes are named in a line; the list of communes has them all.
_NAMED = 6


class ReceivingOverviewPage(Page):
    """What the communes sent is on the page «Receiving»; here is what concerns the laptop itself."""

    tables = frozenset({"settings", "journal", "devices", "chains", "received_bundles"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk, title=_("Overview"), sentence=_("What is due at the receiving unit."), parent=parent
        )
        self.enrolled = Figure(_("Enrolled"), lambda: desk.go("receiving"))
        self.fresh = Figure(_("Sent lately"), lambda: desk.go("receiving"))
        self.due = DueList(self._go)
        figures = QHBoxLayout()
        figures.setSpacing(12)
        for figure in (self.enrolled, self.fresh):
            figure.setMaximumWidth(280)
            figures.addWidget(figure)
        figures.addStretch()
        row = QHBoxLayout()
        row.addWidget(
            button(_("Take in a stick"), lambda: desk.go("receiving"), icon="receiving", kind="main")
        )
        row.addStretch()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addLayout(figures)
        column.addSpacing(16)
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
        services = self.desk.services
        self.desk.run(
            lambda _progress: (services.receiving.communes(), services.accounts.status()),
            self._show,
            owner=self,
        )

    def _show(self, found: tuple[list[CommuneRow], StatusInfo]) -> None:
        rows, status = found
        fresh = sum(row.state in {"fresh", "aside"} for row in rows)
        self.enrolled.set_value(written.number(len(rows)), _("laptops of communes"))
        self.fresh.set_value(f"{fresh}/{len(rows)}", _("sent within {days} days", days=status.amber_days))
        services = self.desk.services
        lines = [*_communes_due(rows)]
        if not services.backups.is_servers:
            lines += backup_due(status, services.session.now())
        self.due.show_lines(lines)

    def _go(self, chosen: Due) -> None:
        self.desk.go(chosen.page, **chosen.what)


def _communes_due(rows: Sequence[CommuneRow]) -> Iterator[Due]:
    """Yield the communes that need a look, gravest first; those that sent in time are not spoken of."""
    for code, state, message in (
        ("alarm", State.BAD, N_("A history that does not fit came from: {names}.")),
        ("red", State.BAD, N_("Nothing has come for long from: {names}.")),
        ("held", State.LOOK, N_("A bundle waits for an earlier one from: {names}.")),
        ("aside", State.LOOK, N_("Changes were set aside from: {names}.")),
        ("amber", State.LOOK, N_("Nothing has come for some days from: {names}.")),
        ("never", State.LOOK, N_("Enrolled, but nothing has come yet from: {names}.")),
    ):
        names = list(dict.fromkeys(row.current_name for row in rows if row.state == code))
        if names:
            told = ", ".join(names[:_NAMED])
            if len(names) > _NAMED:
                told = _("{names} and {count} more", names=told, count=len(names) - _NAMED)
            yield Due(state, _(message, names=told), _("Show"), "receiving", {"to_do": True})
