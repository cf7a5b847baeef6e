"""What the details of the page show: a team with its members, one member, or one training."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.security_teams import SecurityTeam
from antq_desktop.runtime.language import _
from antq_desktop.services.movement.security_teams import MemberRow
from antq_desktop.ui.pages.forces import team_form
from antq_desktop.ui.pages.forces.members_box import MembersBox
from antq_desktop.ui.pages.forces.team_form import Choices
from antq_desktop.ui.pages.kept_side import KeptKind, KeptSide
from antq_desktop.ui.pages.panels import Panels
from antq_desktop.ui.widgets.banner import Banner
from antq_desktop.ui.widgets.buttons import button, label
from antq_desktop.ui.widgets.choice import Choice
from antq_desktop.ui.widgets.flow import Flow
from antq_desktop.ui.widgets.page import Page


class Sides(Panels):
    """``titled`` carries the heading of what is in sight, with the id of the team it belongs to."""

    titled = Signal(str, str)

    def __init__(self, page: Page, areas: Choices, teams: Choices) -> None:
        services = page.desk.services
        self._page = page
        self.members = MembersBox()
        self.doubts = Banner()
        self._of_team = self._made_of_team()
        self.team = KeptSide(
            page,
            KeptKind(
                name="security-team",
                sections=team_form.team_fields(areas),
                read=services.security_teams.get,
                write=services.security_teams.save,
                delete=services.security_teams.delete,
                shown=team_form.shown,
                made=team_form.made_team,
                called=lambda team: team.name,
                papers=services.security_teams,
            ),
            self._of_team,
        )
        self.member = KeptSide(
            page,
            KeptKind(
                name="team-member",
                sections=team_form.member_fields(),
                read=services.security_teams.member,
                write=services.security_teams.save_member,
                delete=services.security_teams.delete_member,
                shown=team_form.shown,
                made=team_form.made_member,
                called=lambda member: member.name,
            ),
            self._way_back(lambda: self.member.record),
        )
        self.training = KeptSide(
            page,
            KeptKind(
                name="team-training",
                sections=team_form.training_fields(teams),
                read=services.team_trainings.get,
                write=services.team_trainings.save,
                delete=services.team_trainings.delete,
                shown=team_form.shown,
                made=team_form.made_training,
                called=lambda training: training.title,
                papers=services.team_trainings,
            ),
            self._way_back(lambda: self.training.record),
        )
        super().__init__(self.team, self.member, self.training)
        self.team.shown.connect(self._show_team)
        self.member.shown.connect(
            lambda member: self._tell(self.member, member.name or _("New member"), member.team_id)
        )
        self.training.shown.connect(
            lambda training: self._tell(self.training, training.title or _("New training"), training.team_id)
        )
        self.member.gone.connect(self.read_members)
        self.members.opened.connect(self.member.open)

    @property
    def side(self) -> KeptSide:
        """What is in sight, the team while nothing is."""
        current = self.current
        return current if isinstance(current, KeptSide) else self.team

    def add_member(self) -> None:
        if self.team.record is not None:
            self.member.begin(team_form.new_member(self.team.record.id))

    def add_training(self) -> None:
        if self.team.record is not None:
            self.training.begin(team_form.new_training(self.team.record.id))

    def forget(self) -> None:
        """Show nothing of another year any more."""
        for side in (self.team, self.member, self.training):
            side.forget()

    def read_members(self) -> None:
        """Read the members of the team in the details anew."""
        team: SecurityTeam | None = self.team.record
        if team is None or not team.id:
            return
        read = partial(self._page.desk.services.security_teams.members, team.id)
        self._page.desk.run(lambda _progress: read(), partial(self._show_members, team.id), owner=self)

    def offer(self, areas: Choices, teams: Choices) -> None:
        """Offer these areas and teams; the fields hold the same lists."""
        for side, name, choices in ((self.team, "area_id", areas), (self.training, "team_id", teams)):
            choice = side.form.boxes[name].input
            if isinstance(choice, Choice):
                choice.set_choices(choices)

    def _show_team(self, team: SecurityTeam) -> None:
        self._of_team.setVisible(bool(team.id))
        if not team.id or (self.members.rows and self.members.rows[0].team_id != team.id):
            self.members.show_rows(())
        self.read_members()
        self._tell(self.team, team.name or _("New team"), team.id)

    def _tell(self, side: KeptSide, title: str, team_id: str) -> None:
        self.show_only(side)
        self.titled.emit(title, team_id)

    def _show_members(self, team_id: str, rows: Sequence[MemberRow]) -> None:
        if self.team.record is not None and self.team.record.id == team_id:
            self.members.show_rows(rows)

    def _made_of_team(self) -> QWidget:
        tools = QWidget()
        row = Flow(tools)
        row.addWidget(button(_("Add a member"), self.add_member, icon="plus"))
        row.addWidget(button(_("Record a training"), self.add_training, icon="plus"))
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.doubts)
        column.addWidget(label(_("Members of the team"), "section"))
        column.addWidget(self.members)
        column.addWidget(tools)
        return made

    def _way_back(self, record: Callable[[], Any]) -> QWidget:
        """Return the way from a member or training to its team."""

        def go() -> None:
            shown = record()
            if shown is not None and shown.team_id:
                self.team.open(shown.team_id)

        made = QWidget()
        Flow(made).addWidget(button(_("Back to the team"), go, icon="back", kind="link"))
        return made
