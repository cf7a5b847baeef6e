"""Lays the commitment forms of one, some or all households over whichever page asks for them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from antq_desktop.documents.pdf import Rendered
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.papers.printing import Printing
from antq_desktop.ui import dialogs
from antq_desktop.ui.paper import OnPaper, Paper
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.widgets.page import Page

_FORM = "household-commitment"


def print_chosen(page: Page, household_ids: Sequence[str]) -> None:
    """Show the forms of the yearly campaign for these households."""
    commitments, year = page.desk.services.commitments, page.year
    page.desk.run(
        lambda _progress: commitments.yearly(year).id,
        partial(_show, page, household_ids=list(household_ids)),
        owner=page,
    )


def print_campaign(page: Page, campaign_id: str, area_id: str = "", household_id: str = "") -> None:
    """Ask for whom the form of the campaign is printed, of those that are at hand, and show the forms."""
    ways = [("household", _("This household"))] if household_id else []
    ways += [("area", _("This area"))] if area_id else []
    ways.append(("all", _("The whole commune")))
    chosen = dialogs.choose(
        page, _("Print the commitment form"), _("For whom? One sheet a household, all in one PDF file."), ways
    )
    if chosen == "household":
        _show(page, campaign_id, household_ids=[household_id])
    elif chosen == "area":
        _show(page, campaign_id, area_id=area_id)
    elif chosen:
        _show(page, campaign_id)


def _show(
    page: Page, campaign_id: str, *, area_id: str | None = None, household_ids: Sequence[str] | None = None
) -> None:
    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.commitments(
            out, campaign_id, area_id=area_id, household_ids=household_ids, progress=progress
        )

    name = _("commitment-forms-{year}", year=page.year)
    record = OnPaper("campaigns", campaign_id, _FORM)
    show_paper(page, Paper(name, _("Commitment forms of {year}", year=page.year), make, [record]))
