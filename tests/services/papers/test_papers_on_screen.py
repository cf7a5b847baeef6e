"""Looking at a paper is journalled as looking, a print that did not come out as that, and each printer keeps its offset."""

from pathlib import Path

import pytest

from antq_desktop.documents.output import PaperNotWritten
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window


@pytest.fixture
def campaign(application: Application, area: ResidentialArea) -> str:
    application.households.save(
        Household(id="", unit_code="", area_id=area.id, head="Bùi Thị Hoa", birth="1980", members=4)
    )
    return application.commitments.yearly(2026).id


def actions(application: Application, entity_id: str) -> list[str]:
    lines = application.journal.page(JournalFilter(entity_id=entity_id), Window(sort="at"))
    return [line.action for line in lines if line.action != "saved"]


def test_looking_is_no_print(application: Application, campaign: str, tmp_path: Path) -> None:
    application.printing.looking().commitments(tmp_path / "xem.pdf", campaign)
    assert actions(application, campaign) == ["viewed"]
    application.printing.commitments(tmp_path / "in.pdf", campaign)
    assert actions(application, campaign) == ["viewed", "printed"]


def test_looking_that_fails_is_no_failed_print(
    application: Application, campaign: str, tmp_path: Path
) -> None:
    (tmp_path / "tệp").touch()
    with pytest.raises(PaperNotWritten):
        application.printing.looking().commitments(tmp_path / "tệp" / "xem.pdf", campaign)
    assert actions(application, campaign) == []


def test_a_print_that_did_not_come_out_is_journalled(application: Application, campaign: str) -> None:
    application.printing.print_failed("campaigns", campaign, "household-commitment", "no-printer")
    line = application.journal.page(JournalFilter(entity_id=campaign, action="print_failed"), Window())[0]
    assert (line.note, line.changes) == ("no-printer", {"form": "household-commitment"})


def test_each_printer_keeps_its_own_offset(application: Application) -> None:
    application.printing.keep_offset("HP LaserJet", 1.5, -2.0)
    application.printing.keep_offset("HP LaserJet", 1.5, -2.5)
    assert application.printing.offset("HP LaserJet") == (1.5, -2.5)
    assert application.printing.offset("Canon") == (0.0, 0.0)
