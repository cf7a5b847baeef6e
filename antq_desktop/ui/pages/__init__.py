"""The pages of the program in the order of the left side; a page's code is loaded at its first visit."""

from antq_desktop.runtime.language import _
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages_table import Group, PageEntry
from antq_desktop.ui.widgets.page import Page


def entries() -> tuple[PageEntry, ...]:
    """Return what the shell needs to know of every page."""
    both = frozenset({"commune", "receiving"})
    receiving = frozenset({"receiving"})
    return (
        PageEntry("overview", Group.DAILY, _("Overview"), "overview", _overview),
        PageEntry("overview", Group.DAILY, _("Overview"), "overview", _receiving_overview, receiving),
        PageEntry("households", Group.DAILY, _("Areas and households"), "households", _households),
        PageEntry("commitments", Group.DAILY, _("Commitments"), "commitments", _commitments),
        PageEntry("models", Group.DAILY, _("Models"), "models", _models),
        PageEntry("activities", Group.DAILY, _("Activities"), "activities", _activities),
        PageEntry("yearly_board", Group.YEARLY, _("The year"), "yearly-board", _yearly_board),
        PageEntry("units", Group.YEARLY, _("Units"), "units", _units),
        PageEntry("assessments", Group.YEARLY, _("Self-assessment"), "assessments", _assessments),
        PageEntry("recognitions", Group.YEARLY, _("Recognition"), "recognitions", _recognitions),
        PageEntry("festival", Group.YEARLY, _("Ngày hội 19/8"), "festival", _festival),
        PageEntry("forces", Group.YEARLY, _("Grassroots force"), "forces", _forces),
        PageEntry("awards", Group.YEARLY, _("Awards"), "awards", _awards),
        PageEntry("outreach", Group.YEARLY, _("Outreach"), "outreach", _outreach),
        PageEntry("criteria", Group.YEARLY, _("Criteria"), "criteria", _criteria, both),
        PageEntry("reports", Group.REPORTS, _("Reports"), "reports", _reports),
        PageEntry("targets", Group.REPORTS, _("Targets"), "tick", _targets),
        PageEntry(
            "consolidated", Group.REPORTS, _("Consolidated report"), "reports", _consolidated, receiving
        ),
        PageEntry("sync", Group.EXCHANGE, _("Sending"), "send", _sending),
        PageEntry("conflicts", Group.EXCHANGE, _("Conflicts"), "split", _conflicts),
        PageEntry("receiving", Group.EXCHANGE, _("Receiving"), "receiving", _receiving, receiving),
        PageEntry("machines", Group.EXCHANGE, _("Machines and keys"), "key", _machines, receiving),
        PageEntry("verify", Group.EXCHANGE, _("Certificate check"), "verify", _verify, both),
        PageEntry("forms", Group.SYSTEM, _("Forms of papers"), "forms", _forms, both),
        PageEntry("journal", Group.SYSTEM, _("Journal"), "journal", _journal, both),
        PageEntry("settings", Group.SYSTEM, _("Settings"), "settings", _settings, both),
    )


def _conflicts(desk: Desk) -> Page:
    from antq_desktop.ui.pages.conflicts.page import ConflictsPage

    return ConflictsPage(desk)


def _households(desk: Desk) -> Page:
    from antq_desktop.ui.pages.areas_households.page import AreasHouseholdsPage

    return AreasHouseholdsPage(desk)


def _commitments(desk: Desk) -> Page:
    from antq_desktop.ui.pages.commitments.page import CommitmentsPage

    return CommitmentsPage(desk)


def _models(desk: Desk) -> Page:
    from antq_desktop.ui.pages.community_models.page import ModelsPage

    return ModelsPage(desk)


def _activities(desk: Desk) -> Page:
    from antq_desktop.ui.pages.activities.page import ActivitiesPage

    return ActivitiesPage(desk)


def _overview(desk: Desk) -> Page:
    from antq_desktop.ui.pages.overview.page import OverviewPage

    return OverviewPage(desk)


def _receiving_overview(desk: Desk) -> Page:
    from antq_desktop.ui.pages.overview.receiving import ReceivingOverviewPage

    return ReceivingOverviewPage(desk)


def _machines(desk: Desk) -> Page:
    from antq_desktop.ui.pages.machines.page import MachinesPage

    return MachinesPage(desk)


def _forms(desk: Desk) -> Page:
    from antq_desktop.ui.pages.forms.page import FormsPage

    return FormsPage(desk)


def _journal(desk: Desk) -> Page:
    from antq_desktop.ui.pages.journal.page import JournalPage

    return JournalPage(desk)


def _settings(desk: Desk) -> Page:
    from antq_desktop.ui.pages.settings.page import SettingsPage

    return SettingsPage(desk)


def _yearly_board(desk: Desk) -> Page:
    from antq_desktop.ui.pages.yearly_board.page import YearlyBoardPage

    return YearlyBoardPage(desk)


def _units(desk: Desk) -> Page:
    from antq_desktop.ui.pages.units.page import UnitsPage

    return UnitsPage(desk)


def _assessments(desk: Desk) -> Page:
    from antq_desktop.ui.pages.assessments.page import AssessmentsPage

    return AssessmentsPage(desk)


def _recognitions(desk: Desk) -> Page:
    from antq_desktop.ui.pages.recognitions.page import RecognitionsPage

    return RecognitionsPage(desk)


def _festival(desk: Desk) -> Page:
    from antq_desktop.ui.pages.festival.page import FestivalPage

    return FestivalPage(desk)


def _forces(desk: Desk) -> Page:
    from antq_desktop.ui.pages.forces.page import ForcesPage

    return ForcesPage(desk)


def _awards(desk: Desk) -> Page:
    from antq_desktop.ui.pages.awards.page import AwardsPage

    return AwardsPage(desk)


def _outreach(desk: Desk) -> Page:
    from antq_desktop.ui.pages.outreach.page import OutreachPage

    return OutreachPage(desk)


def _criteria(desk: Desk) -> Page:
    from antq_desktop.ui.pages.criteria.page import CriteriaPage

    return CriteriaPage(desk)


def _reports(desk: Desk) -> Page:
    from antq_desktop.ui.pages.reports.page import ReportsPage

    return ReportsPage(desk)


def _targets(desk: Desk) -> Page:
    from antq_desktop.ui.pages.targets.page import TargetsPage

    return TargetsPage(desk)


def _consolidated(desk: Desk) -> Page:
    from antq_desktop.ui.pages.consolidated.page import ConsolidatedPage

    return ConsolidatedPage(desk)


def _sending(desk: Desk) -> Page:
    from antq_desktop.ui.pages.sending.page import SendingPage

    return SendingPage(desk)


def _receiving(desk: Desk) -> Page:
    from antq_desktop.ui.pages.receiving.page import ReceivingPage

    return ReceivingPage(desk)


def _verify(desk: Desk) -> Page:
    from antq_desktop.ui.pages.verify.page import VerifyPage

    return VerifyPage(desk)
