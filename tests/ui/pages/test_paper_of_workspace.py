"""A paper of a real workspace is looked at, saved as PDF and Word and printed; the journal tells each apart."""

from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from antq_desktop.documents.pdf import Rendered
from antq_desktop.documents.preview import previewing
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.papers.printing import Printing
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window
from antq_desktop.ui import printing
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.paper import OnPaper, Paper
from antq_desktop.ui.paper_desk import PaperDesk, show_paper
from antq_desktop.ui.printing import NoPrinter
from antq_desktop.ui.widgets.page import Page

InSight = Callable[[QWidget], None]


@pytest.fixture
def campaign(commune: Application, areas: list[ResidentialArea]) -> str:
    return commune.commitments.yearly(2026).id


@pytest.fixture
def shown(office: Desk, in_sight: InSight, campaign: str) -> PaperDesk:
    def make(papers: Printing, out: Path, _reason: str, progress: Progress) -> Rendered:
        return papers.commitments(out, campaign, progress=progress)

    page = Page(office, "Cam kết", "")
    in_sight(page)
    record = OnPaper("campaigns", campaign, "household-commitment")
    desk = show_paper(page, Paper("cam-ket", "Bản cam kết", make, [record]))
    office.lane.wait_idle()
    return desk


def told(commune: Application, campaign: str) -> list[str]:
    lines = commune.journal.page(JournalFilter(entity_id=campaign), Window(sort="at"))
    return [line.action for line in lines if line.action != "saved"]


def test_looking_saving_and_printing_are_told_apart(
    shown: PaperDesk, commune: Application, campaign: str, tmp_path: Path
) -> None:
    lane = shown._desk.lane
    assert shown.view.pages == 2
    assert told(commune, campaign) == ["viewed"]
    shown.save_as(tmp_path / "cam-ket.pdf")
    shown.save_as(tmp_path / "cam-ket.docx")
    lane.wait_idle()
    with previewing(tmp_path / "cam-ket.pdf") as saved:
        assert saved.pages == 2
    words = "\n".join(part.text for part in Document(str(tmp_path / "cam-ket.docx")).paragraphs)
    assert "BẢN ĐĂNG KÝ, CAM KẾT" in words
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "in.pdf"))
    shown.print_on(printer)
    lane.wait_idle()
    with previewing(tmp_path / "in.pdf") as printed:
        assert printed.pages == 2
    assert told(commune, campaign) == ["viewed", "printed", "printed", "printed"]


def test_a_print_without_printer_stands_in_the_journal(
    shown: PaperDesk, commune: Application, campaign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> QPrinter:
        raise NoPrinter

    monkeypatch.setattr(printing, "new_printer", none)
    shown.print_it()
    shown._desk.lane.wait_idle()
    assert told(commune, campaign) == ["viewed", "print_failed"]


def test_the_offset_of_a_printer_is_kept_in_the_workspace(shown: PaperDesk, commune: Application) -> None:
    shown.offset.printer.set_choices([("HP", "HP")])
    shown.offset.right.set_value("1,5")
    shown.offset.down.set_value("-2")
    shown.offset.keep()
    shown._desk.lane.wait_idle()
    assert commune.printing.offset("HP") == (1.5, -2.0)
