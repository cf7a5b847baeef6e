"""Proves in a few seconds that an installed program is whole: a workspace opens, a certificate prints and reads back."""

import json
import secrets
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from antq_desktop.bootstrap import create_workspace, open_workspace, system_clock
from antq_desktop.cli.arguments import Parsers
from antq_desktop.cli.console import Console
from antq_desktop.documents.letter_out import write_letter
from antq_desktop.documents.pdf import render_form
from antq_desktop.documents.qr_reading import codes_in
from antq_desktop.domain.errors import Exit
from antq_desktop.runtime.language import _
from antq_desktop.runtime.resources import FORMS
from antq_desktop.services.first_start import new_commune


def add(parsers: Parsers) -> None:
    """Add the command."""
    parsers.add_parser("smoke", help=_("prove that the program is whole")).does(_smoke)


def _smoke(_options: Namespace, console: Console) -> Exit:
    with TemporaryDirectory(prefix="antq-smoke-") as top:
        folder = Path(top) / "commune"
        passphrase = secrets.token_hex(8)
        year = system_clock().year
        new = new_commune("04978", receiving_unit="", officer="", rank="", year=year, passphrase=passphrase)
        create_workspace(folder, new).application.close()
        application = open_workspace(folder, passphrase)
        try:
            intact = application.journal.check().holds
            records = json.loads((FORMS / "certificate" / "sample.json").read_bytes())
            paper = Path(top) / "certificate.pdf"
            rendered = render_form("certificate", records, paper)
            size = paper.stat().st_size
            letters = write_letter("certificate", records, Path(top) / "certificate.docx").records
            codes = len(codes_in(paper))
        finally:
            application.close()
    console.tell(
        {
            "workspace": intact,
            "certificate_pages": rendered.pages,
            "certificate_bytes": size,
            "word_files": letters,
            "codes_read": codes,
        },
        _("The program is whole: a workspace opened and a certificate was printed."),
    )
    whole = intact and rendered.pages and not rendered.missing_glyphs and letters and codes
    return Exit.DONE if whole else Exit.MACHINE_FAILED
