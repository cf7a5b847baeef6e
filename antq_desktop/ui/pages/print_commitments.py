"""Prints the commitment form of one, some or all households into one PDF, from whichever page it is asked."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.ui import dialogs
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page


def print_chosen(page: Page, household_ids: Sequence[str]) -> None:
    """Print the form of the yearly campaign for these households; asks where the PDF goes."""
    path = _asked(page)
    if path is not None:
        commitments = page.desk.services.commitments
        _print(page, lambda: commitments.yearly(page.year).id, path, household_ids=list(household_ids))


def print_campaign(page: Page, campaign_id: str, area_id: str = "", household_id: str = "") -> None:
    """Ask for whom the form of the campaign is printed, of those that are at hand, and where the PDF goes."""
    ways = [("household", _("This household"))] if household_id else []
    ways += [("area", _("This area"))] if area_id else []
    ways.append(("all", _("The whole commune")))
    chosen = dialogs.choose(
        page, _("Print the commitment form"), _("For whom? One sheet a household, all in one PDF file."), ways
    )
    path = _asked(page) if chosen else None
    if path is None:
        return
    wanted: dict[str, object] = {}
    if chosen == "household":
        wanted = {"household_ids": [household_id]}
    elif chosen == "area":
        wanted = {"area_id": area_id}
    _print(page, lambda: campaign_id, path, **wanted)


def _asked(page: Page) -> Path | None:
    name = _("commitment-forms-{year}", year=page.year) + ".pdf"
    return dialogs.save_file(page, _("Where is the PDF file to go?"), name, ((_("PDF file"), ("pdf",)),))


def _print(page: Page, campaign_id: Callable[[], str], path: Path, **wanted: object) -> None:
    printing = page.desk.services.printing

    def work(progress: Progress) -> object:
        return printing.commitments(path, campaign_id(), progress=progress, **wanted)

    page.desk.run(work, lambda _result: _say(page, path), title=_("Printing commitment forms"), owner=page)


def _say(page: Page, path: Path) -> None:
    page.banner.say(
        State.GOOD,
        _("The forms lie in «{path}».", path=str(path)),
        (_("Open the file"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))),
    )
