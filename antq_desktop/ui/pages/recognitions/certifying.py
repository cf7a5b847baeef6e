"""What is done with the certificates of the chosen units: numbers taken, papers printed, a certificate withdrawn."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.printing import ReprintNeedsReason
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import dialogs
from antq_desktop.ui.pages.opened_file import ask_for_pdf, open_file
from antq_desktop.ui.pages.recognitions import deeds, unit_rows
from antq_desktop.ui.pages.recognitions.certificate_box import CertificateBox
from antq_desktop.ui.pages.recognitions.deeds import Batch, Printed
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, standing
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page


class Certifying:
    """Answers the box of certificates and speaks through the banner of the page."""

    def __init__(self, page: Page, box: CertificateBox, chosen: Callable[[], list[AssessmentRow]]) -> None:
        """``chosen`` gives the chosen units in the order of the list."""
        self._page = page
        self._box = box
        self._chosen = chosen
        box.issue_asked.connect(self._issue)
        box.print_asked.connect(self._print)
        box.withdraw_asked.connect(self._withdraw)

    def go_on(self) -> None:
        """Go on with the certificates of the chosen units: take numbers where there are none, then print."""
        if any(standing(row) == DECIDED for row in self._chosen()):
            self._issue(self._box.issued_on.value())
        elif any(standing(row) == ISSUED for row in self._chosen()):
            self._print("")

    def _issue(self, on: object) -> None:
        rows = self._chosen()
        waiting = [row for row in rows if standing(row) == DECIDED] or rows
        if not isinstance(on, date) or not dialogs.confirm(
            self._page,
            _("Take numbers"),
            _(
                "{count} certificates get the next numbers of {year}. A number that was taken is never used again.",
                count=len(waiting),
                year=self._page.year,
            ),
            _("Take the numbers"),
        ):
            return
        work = partial(deeds.issue, self._page.desk.services.recognitions, waiting, on)
        self._page.desk.run(work, partial(self._issued, rows), title=_("Taking numbers"), owner=self._page)

    def _issued(self, rows: Sequence[AssessmentRow], batch: Batch) -> None:
        if batch.failed:
            say(self._page, State.BAD, deeds.said(batch.failed))
            return
        units, year = {row.unit_id for row in rows}, self._page.year
        self._page.desk.run(
            lambda _progress: [
                r for r in self._page.desk.services.recognitions.rows(year) if r.unit_id in units
            ],
            partial(self._print_rows, reason=""),
            owner=self._page,
        )

    def _print(self, reason: str) -> None:
        self._print_rows(self._chosen(), reason)

    def _print_rows(self, rows: Sequence[AssessmentRow], reason: str) -> None:
        rows = [row for row in rows if standing(row) == ISSUED]
        if not rows:
            return
        one = unit_rows.number(rows[0]).replace("/", "-") if len(rows) == 1 else ""
        path = ask_for_pdf(
            self._page, _("certificates-{year}", year=self._page.year) + (f"-{one}" if one else "")
        )
        if path is not None:
            self._write(rows, path, reason)

    def _write(self, rows: Sequence[AssessmentRow], path: Path, reason: str) -> None:
        work = partial(deeds.print_all, self._page.desk.services.printing, rows, path, reason)
        self._page.desk.run(
            work, self._printed, self._not_printed, title=_("Printing certificates"), owner=self._page
        )

    def _printed(self, printed: Printed) -> None:
        way = (_("Open the file"), lambda: open_file(printed.path))
        text = _("{count} certificates lie in «{path}».", count=printed.count, path=str(printed.path))
        state = State.LOOK if printed.failed else State.GOOD
        say(self._page, state, "\n".join(filter(None, [text, deeds.said(printed.failed)])), way)

    def _not_printed(self, failure: KnownFailure) -> None:
        if isinstance(failure, ReprintNeedsReason):
            self._page.banner.clear()
            self._page.show_details()
            self._box.ask_reason(sentence(failure))
        else:
            say(self._page, State.BAD, sentence(failure))

    def _withdraw(self, on: date, reason: str) -> None:
        row = self._chosen()[0]
        if dialogs.confirm(
            self._page,
            _("Withdraw the certificate"),
            _(
                "Certificate {number} of «{name}» is withdrawn. This cannot be taken back; its number stays taken.",
                number=unit_rows.number(row),
                name=row.unit_name,
            ),
            _("Withdraw"),
            dangerous=True,
        ):
            key = str(row.certificate_id)
            self._page.desk.run(
                lambda _progress: self._page.desk.services.recognitions.withdraw(key, on, reason),
                lambda _written: self._page.desk.note(_("The certificate was withdrawn.")),
                lambda failure: say(self._page, State.BAD, sentence(failure)),
                owner=self._page,
            )
