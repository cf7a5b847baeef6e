"""Builds every object of the program once; no logic of the work stands here."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.domain.wording import N_
from antq_desktop.exchange.leftovers import sweep
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.runtime.single_instance import SingleInstance
from antq_desktop.services.accounts import Accounts
from antq_desktop.services.application import Application
from antq_desktop.services.backups import Backups
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.commitments import Commitments
from antq_desktop.services.commune_side.conflicts import Conflicts
from antq_desktop.services.commune_side.laptops import Laptops
from antq_desktop.services.commune_side.sending import Sending
from antq_desktop.services.commune_side.sending_again import SendingAgain
from antq_desktop.services.first_start import NewWorkspace
from antq_desktop.services.generating.generated_commune import GeneratedCommune
from antq_desktop.services.households import Households
from antq_desktop.services.intake import Intake
from antq_desktop.services.journal import Journal
from antq_desktop.services.kept_texts import KeptTexts
from antq_desktop.services.movement.activities import Activities
from antq_desktop.services.movement.activity_files import ActivityFiles
from antq_desktop.services.movement.activity_intake import ActivityIntake
from antq_desktop.services.movement.awards import Awards
from antq_desktop.services.movement.community_models import CommunityModels
from antq_desktop.services.movement.festival import Festival
from antq_desktop.services.movement.member_ratings import MemberRatings
from antq_desktop.services.movement.model_lives import ModelLives
from antq_desktop.services.movement.model_means import ModelMeans
from antq_desktop.services.movement.outreach import Outreach
from antq_desktop.services.movement.security_teams import SecurityTeams
from antq_desktop.services.movement.steering import Committees, Programmes
from antq_desktop.services.movement.team_trainings import TeamTrainings
from antq_desktop.services.papers.forms import Forms
from antq_desktop.services.papers.printing import Printing
from antq_desktop.services.receiving_side.commune_details import Communes
from antq_desktop.services.receiving_side.handing_back import HandingBack
from antq_desktop.services.receiving_side.held_bundles import HeldBundles
from antq_desktop.services.receiving_side.issuing import Issuing
from antq_desktop.services.receiving_side.machines import Machines
from antq_desktop.services.receiving_side.receiving import Receiving
from antq_desktop.services.receiving_side.recovering import Recovering
from antq_desktop.services.recovery.counting import Counting
from antq_desktop.services.recovery.mending import Mending
from antq_desktop.services.recovery.rebuilding import Rebuilding
from antq_desktop.services.reporting.consolidating import Consolidating
from antq_desktop.services.reporting.period_figures import PeriodFigures
from antq_desktop.services.reporting.periodic_reports import PeriodicReports
from antq_desktop.services.reporting.targets import Targets
from antq_desktop.services.search import Search
from antq_desktop.services.session import Session
from antq_desktop.services.settings import Settings, put
from antq_desktop.services.territory import Territory
from antq_desktop.services.yearly.assessments import Assessments
from antq_desktop.services.yearly.official_texts import OfficialTexts
from antq_desktop.services.yearly.recognitions import Recognitions
from antq_desktop.services.yearly.units import Units
from antq_desktop.services.yearly.verifying import Verifying
from antq_desktop.services.yearly.year_board import YearBoard
from antq_desktop.storage.failures import files_translated
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.key_file import Cost, KeyFile
from antq_desktop.storage.making import in_the_making
from antq_desktop.storage.stores import lock_workspace, make_store, open_store
from antq_desktop.storage.unit_of_work import Store

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    return datetime.now(UTC)


class NoWorkspace(KnownFailure):
    code = "no-workspace"
    sentence = N_("There is no workspace in «{folder}» yet. Make one first, or choose the right folder.")


@dataclass(frozen=True, slots=True)
class Created:
    """A new workspace, open, and the recovery key to print once; it is kept nowhere."""

    application: Application
    recovery_key: str


def workspace_exists(folder: Path) -> bool:
    return WorkspacePaths(folder).holds_workspace()


def check_free(folder: Path) -> None:
    """See that the workspace in ``folder`` can be opened from here. Raises AlreadyOpen, WorkspaceReadOnly."""
    lock_workspace(WorkspacePaths(folder)).release()


def create_workspace(
    folder: Path,
    new: NewWorkspace,
    clock: Clock = system_clock,
    cost: Cost | None = None,
    database: str = "",
) -> Created:
    """Make a workspace in ``folder`` and open it; with a ``database`` its tables lie on that PostgreSQL server.

    Raises WorkspaceInTheWay, PassphraseTooShort, NoDatabaseAddress, DatabaseUnfit, DatabaseInUse, MachineFailed.
    """
    paths = WorkspacePaths(folder)
    with ExitStack() as undo:
        lock = lock_workspace(paths)
        undo.callback(lock.release)
        # The database is closed before what was begun is cleared away: an open file cannot be removed on Windows.
        with files_translated(), in_the_making(paths) as key_path, ExitStack() as closing:
            key, recovery_key = KeyFile(key_path, clock, cost).create(new.passphrase)
            store = make_store(paths, key, clock, database)
            closing.callback(store.close)
            _fill(store, new)
            closing.pop_all()
        # Left by a restore into this folder that was cut off before anything lay here.
        paths.taken_back.unlink(missing_ok=True)
        undo.pop_all()
    return Created(_build(store, paths, clock, lock), recovery_key)


def open_workspace(folder: Path, passphrase: str, clock: Clock = system_clock) -> Application:
    """Open the workspace in ``folder``.

    Raises NoWorkspace, WrongPassphrase, TooManyTries, AlreadyOpen, KeyFileDamaged, WorkspaceNewer, WorkspaceDamaged,
    MachineFailed.
    """
    paths = WorkspacePaths(folder)
    if not paths.holds_workspace():
        raise NoWorkspace(folder=str(folder))
    with ExitStack() as undo:
        lock = lock_workspace(paths)
        undo.callback(lock.release)
        with files_translated():
            key = KeyFile(paths.key_file, clock).unlock(passphrase)
            store = open_store(paths, key, clock)
        undo.pop_all()
    sweep(paths.incoming, paths.outgoing)
    return _build(store, paths, clock, lock)


def reset_passphrase(folder: Path, recovery_key: str, passphrase: str, clock: Clock = system_clock) -> None:
    """Let the workspace open with a new passphrase.

    Raises NoWorkspace, WrongRecoveryKey, PassphraseTooShort, KeyFileDamaged, MachineFailed.
    """
    paths = WorkspacePaths(folder)
    if not paths.holds_workspace():
        raise NoWorkspace(folder=str(folder))
    key_file = KeyFile(paths.key_file, clock)
    with files_translated():
        key_file.change_passphrase(key_file.unlock_with_recovery_key(recovery_key), passphrase)


def _fill(store: Store, new: NewWorkspace) -> None:
    with store.writing(new.officer) as work:
        work.keep_local("role", new.role)
        work.keep_local("unit_code", new.unit_code)
        work.keep_local("device_id", token_hex(8))
        work.keep_local("epoch", 1)
        work.note(Deed("workspace_made"))
        work.commit()
    store.identify()
    with store.writing(new.officer) as work:
        for name, value in new.settings.items():
            put(work, name, value)
        work.commit()


def _build(store: Store, paths: WorkspacePaths, clock: Clock, lock: SingleInstance) -> Application:
    with store.reading() as work:
        role = work.local("role", "commune")
    catalogues = Catalogues(store)
    settings = Settings(store, "", catalogues)
    user = settings.get("officer")["name"]
    session = Session(user, store.unit_code, clock, lambda: int(settings.get("working_year")))
    counting = Counting(store, paths, user)
    counting.look()
    store.committed = counting.tell
    assessments = Assessments(store, session, catalogues)
    period_figures = PeriodFigures(store, session, catalogues)

    def close() -> None:
        store.close()
        lock.release()

    return Application(
        role="receiving" if role == "receiving" else "commune",
        session=session,
        catalogues=catalogues,
        settings=Settings(store, user, catalogues),
        accounts=Accounts(store, paths, session),
        territory=Territory(store, session),
        households=Households(store, session),
        intake=Intake(store, session),
        commitments=Commitments(store, session, catalogues),
        community_models=CommunityModels(store, session, catalogues),
        model_lives=ModelLives(store, session, catalogues),
        model_means=ModelMeans(store, session, catalogues),
        activities=Activities(store, session, catalogues),
        activity_files=ActivityFiles(store, session),
        activity_intake=ActivityIntake(store, session, catalogues),
        festival=Festival(store, session, catalogues),
        outreach=Outreach(store, session, catalogues),
        security_teams=SecurityTeams(store, session),
        team_trainings=TeamTrainings(store, session),
        member_ratings=MemberRatings(store, session, catalogues),
        committees=Committees(store, session),
        programmes=Programmes(store, session),
        awards=Awards(store, session, catalogues),
        assessments=assessments,
        recognitions=Recognitions(store, session, catalogues),
        official_texts=OfficialTexts(store, session, catalogues),
        period_figures=period_figures,
        periodic_reports=PeriodicReports(store, session, catalogues),
        targets=Targets(store, session, catalogues),
        printing=Printing(store, session, catalogues, assessments),
        forms=Forms(store, session),
        sending=Sending(store, paths, session),
        sending_again=SendingAgain(store, session),
        mending=Mending(store, paths, session),
        rebuilding=Rebuilding(store, paths, session),
        machines=Machines(store, session),
        recovering=Recovering(store, paths, session, catalogues),
        handing_back=HandingBack(store, paths, session),
        receiving=Receiving(store, paths, session, catalogues),
        held_bundles=HeldBundles(store, paths, session),
        laptops=Laptops(store, paths, session, catalogues),
        conflicts=Conflicts(store, session),
        communes=Communes(store, session),
        consolidating=Consolidating(store, session, catalogues),
        issuing=Issuing(store, paths, session),
        units=Units(store, session, catalogues),
        year_board=YearBoard(store, session, catalogues),
        verifying=Verifying(store, session),
        journal=Journal(store),
        search=Search(store),
        backups=Backups(store, paths, session),
        kept=KeptTexts(store, session),
        generated_commune=GeneratedCommune(store, session, catalogues),
        close=close,
    )
