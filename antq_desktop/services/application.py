"""The open workspace as a face receives it: every use case, built once, and the way to let go of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from antq_desktop.services.accounts import Accounts
from antq_desktop.services.backups import Backups
from antq_desktop.services.catalogues import Catalogues
from antq_desktop.services.commitments import Commitments
from antq_desktop.services.commune_side.conflicts import Conflicts
from antq_desktop.services.commune_side.laptops import Laptops
from antq_desktop.services.commune_side.sending import Sending
from antq_desktop.services.commune_side.sending_again import SendingAgain
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
from antq_desktop.services.recovery.mending import Mending
from antq_desktop.services.recovery.rebuilding import Rebuilding
from antq_desktop.services.reporting.consolidating import Consolidating
from antq_desktop.services.reporting.period_figures import PeriodFigures
from antq_desktop.services.reporting.periodic_reports import PeriodicReports
from antq_desktop.services.reporting.targets import Targets
from antq_desktop.services.search import Search
from antq_desktop.services.session import Session
from antq_desktop.services.settings import Settings
from antq_desktop.services.territory import Territory
from antq_desktop.services.yearly.assessments import Assessments
from antq_desktop.services.yearly.official_texts import OfficialTexts
from antq_desktop.services.yearly.recognitions import Recognitions
from antq_desktop.services.yearly.units import Units
from antq_desktop.services.yearly.verifying import Verifying
from antq_desktop.services.yearly.year_board import YearBoard

Role = Literal["commune", "receiving"]


@dataclass(frozen=True, slots=True)
class Application:
    """Everything an officer can do in one workspace."""

    role: Role
    session: Session
    catalogues: Catalogues
    settings: Settings
    accounts: Accounts
    territory: Territory
    households: Households
    intake: Intake
    commitments: Commitments
    community_models: CommunityModels
    model_lives: ModelLives
    model_means: ModelMeans
    activities: Activities
    activity_files: ActivityFiles
    activity_intake: ActivityIntake
    festival: Festival
    outreach: Outreach
    security_teams: SecurityTeams
    team_trainings: TeamTrainings
    member_ratings: MemberRatings
    committees: Committees
    programmes: Programmes
    awards: Awards
    assessments: Assessments
    recognitions: Recognitions
    official_texts: OfficialTexts
    period_figures: PeriodFigures
    periodic_reports: PeriodicReports
    targets: Targets
    printing: Printing
    forms: Forms
    sending: Sending
    sending_again: SendingAgain
    mending: Mending
    rebuilding: Rebuilding
    machines: Machines
    recovering: Recovering
    handing_back: HandingBack
    receiving: Receiving
    held_bundles: HeldBundles
    laptops: Laptops
    conflicts: Conflicts
    communes: Communes
    consolidating: Consolidating
    issuing: Issuing
    units: Units
    year_board: YearBoard
    verifying: Verifying
    journal: Journal
    search: Search
    backups: Backups
    kept: KeptTexts
    generated_commune: GeneratedCommune
    close: Callable[[], None]
