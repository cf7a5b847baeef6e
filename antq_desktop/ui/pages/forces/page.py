"""Where the officer keeps the teams of the grassroots force: who serves, what they were trained in, how they are rated."""

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.movement.member_ratings import RatingRow
from antq_desktop.services.movement.security_teams import TeamRow
from antq_desktop.services.movement.team_trainings import TrainingRow
from antq_desktop.storage.queries.areas import AreaRow
from antq_desktop.ui import format as written
from antq_desktop.ui.actions import Command
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.models.rows import RowsModel
from antq_desktop.ui.pages.filter_text import FilterText
from antq_desktop.ui.pages.forces import team_form, team_rows
from antq_desktop.ui.pages.forces.rating_box import RatingBox
from antq_desktop.ui.pages.forces.sides import Sides
from antq_desktop.ui.pages.list_export import to_workbook
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import button
from antq_desktop.ui.widgets.chip_line import ChipLine
from antq_desktop.ui.widgets.page import Page
from antq_desktop.ui.widgets.table import Table

TEAMS, DOUBTFUL, MISSING, TRAININGS, RATINGS = "teams", "doubtful", "missing", "trainings", "ratings"
#: Below this width the details would leave no room for the list; choosing a row then does not open them.
_ROOM_FOR_BOTH = 700


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows, all of one look at the database."""

    teams: list[TeamRow]
    missing: list[ResidentialArea]
    trainings: list[TrainingRow]
    ratings: list[RatingRow]
    areas: list[AreaRow]


class ForcesPage(Page):
    """The teams, the areas without one, the trainings and the ratings, one in sight."""

    tables = frozenset(
        {"security_teams", "team_members", "team_trainings", "member_ratings", "residential_areas"}
    )
    made_of = frozenset({"issued_catalogues"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            desk,
            title=_("Grassroots force"),
            sentence=_(
                "The teams for security and order of the residential areas: members, trainings, ratings."
            ),
            help_text=_(
                "Ctrl+N records a team, or a training while the trainings are in sight. Choose a team to see its members at the "
                "right. Fewer than three members, or an age outside 18 to 70, is only remarked on. The yearly ratings are typed "
                "line by line: a digit chooses, Enter saves and goes on, Ctrl+D repeats the line above."
            ),
            parent=parent,
        )
        self._areas: list[tuple[object, str]] = []
        self._teams: list[tuple[object, str]] = []
        self._doubts: dict[str, tuple[str, ...]] = {}
        self.action = self.set_main_action(_("Record a team"), self.add)
        self.sides = Sides(self, self._areas, self._teams)
        self._make_lists()
        self._make_details()
        self.on(Command.SAVE, self._save)
        self.on(Command.SAVE_AND_NEW, self._save_and_new)
        self.on(Command.EDIT, self._edit)

    def refresh(self) -> None:
        services, year = self.desk.services, self.year
        self.desk.run(
            lambda _progress: _Read(
                services.security_teams.rows(year),
                services.security_teams.areas_without(),
                services.team_trainings.rows(year),
                services.member_ratings.rows(year),
                services.territory.areas(),
            ),
            self._show_read,
            owner=self,
        )
        self.sides.read_members()

    def begin(self) -> None:
        (self._stack.currentWidget() or self.table).setFocus()

    def year_changed(self, year: int) -> None:
        self.hide_details()
        self.sides.forget()
        super().year_changed(year)

    def wanted(self, **what: object) -> None:
        """``team_id``, ``member_id`` or ``training_id`` opens one; ``view`` shows a list; ``add`` begins a new team."""
        if "view" in what:
            self.see(str(what["view"]))
        if "team_id" in what:
            self.see(TEAMS)
            self.sides.team.open(str(what["team_id"]))
        if "member_id" in what:
            self.see(TEAMS)
            self.sides.member.open(str(what["member_id"]))
        if "training_id" in what:
            self.see(TRAININGS)
            self.sides.training.open(str(what["training_id"]))
        if "add" in what:
            self.see(TEAMS)
            self.add()

    def see(self, view: str) -> None:
        """Show the teams, those to look at again, the areas without one, the trainings or the ratings."""
        self.chips.choose(view)
        shown = {MISSING: self.missing, TRAININGS: self.trainings, RATINGS: self.ratings}
        self._stack.setCurrentWidget(shown.get(view, self.table))
        self._rows.ask(doubtful=True if view == DOUBTFUL else None)
        self.action.setText(_("Record a training") if view == TRAININGS else _("Record a team"))
        self._filter.setVisible(view != RATINGS)
        self.ratings.back.setVisible(view == RATINGS)
        self._export.setVisible(view != RATINGS and self.width() >= _ROOM_FOR_BOTH)
        if view == RATINGS:
            self.hide_details()
            self.ratings.grid.view.setFocus()

    def add(self, area: ResidentialArea | None = None) -> None:
        """Begin a team, of the area given or of the first one without; or a training while the trainings are in sight."""
        if self.chips.chosen == TRAININGS:
            self._add_training()
        elif not self._areas:
            say(
                self,
                State.LOOK,
                _("A team belongs to a residential area. List the areas first."),
                (_("Go to the areas"), lambda: self.desk.go("households")),
            )
        else:
            self.show_details()
            key, name = (area.id, area.name) if area is not None else (str(self._areas[0][0]), "")
            self.sides.team.begin(team_form.new_team(key, name))

    def _add_training(self) -> None:
        if not self._teams:
            say(self, State.LOOK, _("A training belongs to a team. Record the team first."))
            return
        self.show_details()
        team = self.sides.team.record
        team_id = team.id if team is not None and team.id else str(self._teams[0][0])
        self.sides.training.begin(team_form.new_training(team_id))

    def _make_lists(self) -> None:
        self.chips = ChipLine((TEAMS, DOUBTFUL, MISSING, TRAININGS, RATINGS))
        self.chips.asked.connect(self.see)
        self._rows = RowsModel(team_rows.columns(), team_rows.source(()), sort="area_name")
        self.table = self._made_table(self._rows, "security-teams", _("Teams"))
        self.table.set_empty(
            _("No team is recorded"),
            _("Record the team of each residential area, then its members."),
            (_("Record a team"), self.add),
        )
        self.table.chosen.connect(self._choose_team)
        self._without = RowsModel(team_rows.missing_columns(), team_rows.missing_source(()), sort="name")
        self.missing = self._made_table(self._without, "areas-without-team", _("Areas without a team"))
        self.missing.set_empty(_("No residential area is missing"), _("Each one has its team."))
        self.missing.opened.connect(self.add)
        self._trained = RowsModel(
            team_rows.training_columns(), team_rows.training_source(()), sort="on", descending=True
        )
        self.trainings = self._made_table(self._trained, "team-trainings", _("Trainings"))
        self.trainings.set_empty(
            _("No training is recorded in this year"),
            _("Record what the teams were trained in, and how many attended."),
            (_("Record a training"), self.add),
        )
        self.trainings.chosen.connect(self._choose_training)
        for table in (self.table, self.trainings):
            table.opened.connect(lambda _row: self._edit())
        self.ratings = RatingBox(self.desk)
        self.ratings.failed.connect(self._refused)
        self.ratings.back.hide()
        self._filter = FilterText(_("Find a team"), _("Part of a name…"))
        self._filter.wanted.connect(self._search)
        self.add_filter("", self._filter)
        self.add_filter("", self.ratings.back)
        self._export = self.add_filter_action(
            _("Save the list"), self._export_list, icon="export", roomy_only=True
        )
        self._stack = QStackedWidget()
        for part in (self.table, self.missing, self.trainings, self.ratings):
            self._stack.addWidget(part)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.chips)
        column.addWidget(self._stack, 1)
        self.set_body(body)
        self._show_figures(_Read([], [], [], [], []))

    def _make_details(self) -> None:
        self.sides.titled.connect(self._show)
        for side in (self.sides.team, self.sides.member, self.sides.training):
            side.finished.connect(self._save)
        self.set_details(_("Team"), self.sides)
        self.set_details_actions(button(_("Save"), self._save, icon="save", kind="main"))

    def _made_table(self, model: RowsModel, name: str, title: str) -> Table:
        made = Table(model, name, self.desk)
        made.setAccessibleName(title)
        made.set_export(to_workbook(self.desk, title))
        return made

    def _choose_team(self, row: TeamRow | None) -> None:
        """Open a team; a list that was read anew leaves one of its members or trainings in sight."""
        shown = self.sides.side.record
        within = shown is not None and row is not None and getattr(shown, "team_id", "") == row.id
        if row is not None and self._stack.currentWidget() is self.table and not within:
            self.sides.team.open(row.id)

    def _choose_training(self, row: TrainingRow | None) -> None:
        if row is not None and self._stack.currentWidget() is self.trainings:
            self.sides.training.open(row.id)

    def _show_read(self, read: _Read) -> None:
        self._areas[:] = [(area.id, area.name) for area in read.areas if area.valid_to is None] + [
            (area.id, _("{name} (ended)", name=area.name)) for area in read.areas if area.valid_to is not None
        ]
        self._teams[:] = [(team.id, team.name) for team in read.teams]
        self.sides.offer(self._areas, self._teams)
        self._show_figures(read)
        self._rows.set_source(team_rows.source(read.teams))
        self._without.set_source(team_rows.missing_source(read.missing))
        self._trained.set_source(team_rows.training_source(read.trainings))
        self.ratings.show_rows(self.year, read.ratings)
        self._doubts = {team.id: team.remarks for team in read.teams}
        self._say_doubts()

    def _show_figures(self, read: _Read) -> None:
        rated = sum(row.rating is not None for row in read.ratings)
        self.chips.show_words(
            {
                TEAMS: _("{count} teams", count=written.number(len(read.teams))),
                DOUBTFUL: _(
                    "{count} to look at again", count=written.number(sum(bool(t.remarks) for t in read.teams))
                ),
                MISSING: _("{count} areas without a team", count=written.number(len(read.missing))),
                TRAININGS: _("{count} trainings", count=written.number(len(read.trainings))),
                RATINGS: _(
                    "{count} of {all} members rated",
                    count=written.number(rated),
                    all=written.number(len(read.ratings)),
                ),
            }
        )

    def _say_doubts(self) -> None:
        """Say above the members what is odd about the team in the details."""
        record = self.sides.team.record
        remarks = self._doubts.get(record.id, ()) if record is not None else ()
        if remarks:
            self.sides.doubts.say(State.LOOK, " ".join(remarks))
        else:
            self.sides.doubts.clear()

    def _show(self, title: str, team_id: str) -> None:
        self.set_details_title(title)
        training = self.sides.training.record
        if self.sides.side is self.sides.training and training is not None:
            self.trainings.choose_key(training.id)
        self.table.choose_key(team_id)
        self._say_doubts()
        self.show_details()

    def _edit(self) -> None:
        if self.sides.side.record is not None:
            self.show_details()
            self.sides.side.form.focus_first()

    def _save(self) -> None:
        self.sides.side.save()

    def _save_and_new(self) -> None:
        """Keep what is in sight and begin another of its kind."""
        side = self.sides.side
        if side is self.sides.member:
            side.save(lambda member: side.begin(team_form.new_member(member.team_id)))
        elif side is self.sides.training:
            side.save(lambda training: side.begin(team_form.new_training(training.team_id)))
        else:
            side.save(lambda _team: self.add())

    def _refused(self, failure: KnownFailure) -> None:
        say(self, State.BAD, sentence(failure))

    def _search(self, text: str) -> None:
        for model in (self._rows, self._without, self._trained):
            model.ask(text=text)

    def _export_list(self) -> None:
        shown = self._stack.currentWidget()
        if isinstance(shown, Table):
            shown.export()
