"""What is done with the certificates of the chosen units: numbers taken, papers printed, a certificate withdrawn."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from antq_desktop.documents.pdf import Overprint
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, remark
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.storage.queries.register import RegisterRow
from antq_desktop.ui import dialogs
from antq_desktop.ui.models import result_lines
from antq_desktop.ui.models.result_lines import Line
from antq_desktop.ui.pages.recognitions import deeds, papers, unit_rows
from antq_desktop.ui.pages.recognitions.certificate_box import CertificateBox
from antq_desktop.ui.pages.recognitions.deeds import Batch, Prepared
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, WITHDRAWN, standing
from antq_desktop.ui.pages.recognitions.withdrawal_box import WithdrawalBox
from antq_desktop.ui.pages.said import say
from antq_desktop.ui.paper_desk import show_paper
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.page import Page

#: Shows the line of each unit under a sentence that sums them up.
Tell = Callable[[Sequence[Line], str], None]


class Certifying:
    """Answers the box of certificates and speaks through the banner of the page."""

    def __init__(
        self, page: Page, box: CertificateBox, chosen: Callable[[], list[AssessmentRow]], tell: Tell
    ) -> None:
        """``chosen`` gives the chosen units in the order of the list; ``tell`` hears of those that failed."""
        self._page = page
        self._box = box
        self._chosen = chosen
        self._tell = tell
        box.issue_asked.connect(self._issue)
        box.print_asked.connect(self.print_chosen)
        box.withdrawal.asked.connect(self._withdraw_chosen)

    def go_on(self) -> None:
        """Go on with the certificates of the chosen units: take numbers where there are none, then print."""
        if any(standing(row) == DECIDED for row in self._chosen()):
            self._issue(self._box.issued_on.value())
        else:
            self.print_chosen(on_blank=False)

    def print_chosen(self, on_blank: bool) -> None:
        """Lay the certificates of the chosen units over the page, as they come out on white paper or on bought blanks."""
        rows = [row for row in self._chosen() if standing(row) == ISSUED]
        self._prepare({str(row.certificate_id): row.unit_name for row in rows}, on_blank=on_blank)

    def print_numbers(self, rows: Sequence[RegisterRow], on_blank: bool) -> None:
        """Lay those of these numbers that are in force over the page."""
        names = {row.certificate_id: row.unit_name for row in rows if row.withdrawn_on is None}
        self._prepare(names, on_blank=on_blank)

    def withdraw_number(self, row: RegisterRow, box: WithdrawalBox, on: date, reason: str) -> None:
        """Withdraw a number of the register once it was confirmed; ``box`` hears what is wrong with the day."""
        self._withdraw(row.certificate_id, row.number_text, row.unit_name, box, on, reason)

    def _issue(self, on: object) -> None:
        rows = self._chosen()
        waiting = [row for row in rows if standing(row) == DECIDED]
        waiting = waiting or [row for row in rows if standing(row) == WITHDRAWN][:1]
        if not isinstance(on, date) or not waiting:
            return
        if not dialogs.confirm(
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
        ids = [str(row.recognition_id) for row in waiting]
        work = partial(deeds.issue, self._page.desk.services.recognitions, ids, on)
        self._page.desk.run(work, self._issued, self._refused, title=_("Taking numbers"), owner=self._page)

    def _issued(self, batch: Batch) -> None:
        if batch.failed:
            text = _(
                "{done} of {all} certificates got their numbers.",
                done=len(batch.records),
                all=len(batch.lines),
            )
            self._tell(batch.lines, text)
        else:
            self._prepare(batch.records, on_blank=False)

    def _prepare(self, certificates: Mapping[str, str], *, on_blank: bool) -> None:
        if not certificates:
            return
        blank = Overprint() if on_blank else None
        work = partial(deeds.prepare, self._page.desk.services.printing, [*certificates], blank)
        done = partial(self._prepared, dict(certificates), blank)
        self._page.desk.run(work, done, self._refused, title=_("Making the certificates"), owner=self._page)

    def _prepared(self, names: Mapping[str, str], blank: Overprint | None, prepared: Prepared) -> None:
        """Show them at once when all can be printed; else say first which of them cannot, or need a look."""
        self._page.banner.clear()
        show = partial(self._show, names, blank, prepared)
        left_out = result_lines.failed(prepared.lines)
        if left_out:
            text = _(
                "{done} of {all} certificates can be printed.",
                done=len(prepared.ids),
                all=len(prepared.lines),
            )
            self._tell(prepared.lines, text)
            self._page.banner.say(
                State.LOOK,
                f"{text}\n{result_lines.in_short(prepared.lines)}",
                (_("Show those that can be printed"), show),
            )
        else:
            show()

    def _show(self, names: Mapping[str, str], blank: Overprint | None, prepared: Prepared) -> None:
        title = (
            _("Certificate") if len(prepared.ids) == 1 else _("{count} certificates", count=len(prepared.ids))
        )
        name = _("certificates-{year}", year=self._page.year)
        show_paper(self._page, papers.certificates(prepared, names, name, title, blank))

    def _refused(self, failure: KnownFailure) -> None:
        say(self._page, State.BAD, sentence(failure))

    def _withdraw_chosen(self, on: date, reason: str) -> None:
        row, box = self._chosen()[0], self._box.withdrawal
        self._withdraw(str(row.certificate_id), unit_rows.number(row), row.unit_name, box, on, reason)

    def _withdraw(  # noqa: PLR0917 - what the question says, and what was typed
        self, key: str, number: str, name: str, box: WithdrawalBox, on: date, reason: str
    ) -> None:
        if dialogs.confirm(
            self._page,
            _("Withdraw the certificate"),
            _(
                "Certificate {number} of «{name}» is withdrawn. This cannot be taken back; its number stays taken.",
                number=number,
                name=name,
            ),
            _("Withdraw"),
            dangerous=True,
        ):
            self._page.desk.run(
                lambda _progress: self._page.desk.services.recognitions.withdraw(key, on, reason),
                lambda _written: self._withdrawn(box),
                partial(self._not_withdrawn, box),
                owner=self._page,
            )

    def _not_withdrawn(self, box: WithdrawalBox, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid):
            box.form.say_fault("on", remark(failure.findings[0]))
        else:
            self._refused(failure)

    def _withdrawn(self, box: WithdrawalBox) -> None:
        box.form.saved()
        self._page.desk.note(_("The certificate was withdrawn."))
