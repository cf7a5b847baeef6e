"""Records the trainings of the teams of the grassroots force."""

from dataclasses import dataclass
from datetime import date

from antq_desktop.domain.security_teams import SecurityTeam, TeamMember, TeamTraining, check_training
from antq_desktop.services.movement.kept_records import KeptRecords, tidied
from antq_desktop.services.movement.security_teams import team_names
from antq_desktop.services.results import Written, accepted
from antq_desktop.services.session import Session
from antq_desktop.storage.unit_of_work import Store


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One training with the name of the team."""

    id: str
    team_id: str
    team_name: str
    on: date
    title: str
    attendees: int
    paper_sha256: str | None


class TeamTrainings(KeptRecords[TeamTraining]):
    """The trainings of the open workspace."""

    def __init__(self, store: Store, session: Session) -> None:
        super().__init__(store, session, TeamTraining)

    def rows(self, year: int | None = None, team_id: str = "") -> list[TrainingRow]:
        """Return the trainings of a calendar year (default: the working year), the last one first."""
        wanted = year or self._session.year
        with self._store.reading() as work:
            names = team_names(work)
            kept = [
                training
                for training in work.all(TeamTraining)
                if training.on.year == wanted and team_id in ("", training.team_id)
            ]
        kept.sort(key=lambda training: (training.on, training.id), reverse=True)
        return [
            TrainingRow(
                id=training.id,
                team_id=training.team_id,
                team_name=names[training.team_id],
                on=training.on,
                title=training.title,
                attendees=training.attendees,
                paper_sha256=training.paper_sha256,
            )
            for training in kept
        ]

    def save(self, training: TeamTraining) -> Written[TeamTraining]:
        """Keep a training; an empty id makes a new one. Raises Invalid, NotFound, ChangedElsewhere."""
        kept = tidied(training, self._session)
        with self._store.writing(self._session.user) as work:
            team = work.get(SecurityTeam, kept.team_id)
            members = work.all(TeamMember, team_id=team.id)
            remarks = accepted(check_training(kept, team, members, self._session.today()))
            saved = work.save(kept)
            return Written(saved, work.commit(), remarks)
