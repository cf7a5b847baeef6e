"""Proves that the program is whole: a workspace is made, every page is seen once, a certificate becomes a PDF."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from antq_desktop.bootstrap import create_workspace
from antq_desktop.documents.pdf import render_form
from antq_desktop.runtime.resources import FORMS
from antq_desktop.services.first_start import new_commune
from antq_desktop.ui.jobs import Lane
from antq_desktop.ui.program import make_window, read_opened

_COMMUNE = "04978"
_YEAR = 2026
_PDF = b"%PDF-"


def prove() -> int:
    """Return 0, or raise what does not work; nothing is left behind."""
    failures: list[Exception] = []
    with TemporaryDirectory() as folder:
        new = new_commune(
            _COMMUNE,
            receiving_unit="",
            officer="Nguyễn Văn Thử",
            rank="",
            year=_YEAR,
            passphrase="thử một lần rồi thôi",  # noqa: S106 - of a workspace that lives for seconds
        )
        application = create_workspace(Path(folder) / "commune", new).application
        lane = Lane(failures.append, failures.append)
        try:
            window = make_window(read_opened(application), lane)
            window.show()
            for key in window.page_keys:
                window.open_page(key)
                lane.wait_idle()
                QApplication.processEvents()
            paper = Path(folder) / "certificate.pdf"
            sample = json.loads((FORMS / "certificate" / "sample.json").read_bytes())
            render_form("certificate", sample, paper)
            if not paper.read_bytes().startswith(_PDF):
                failures.append(ValueError(f"{paper.name} is no PDF"))
            window.close()
        finally:
            lane.close()
            application.close()
    if failures:
        raise failures[0]
    return 0
