"""What is done with the certificates of the chosen units: numbers taken, papers printed, a certificate withdrawn."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from antq_desktop.documents.pdf import Overprint
from antq_desktop.domain.errors import KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.services.results import Invalid, remark
from antq_desktop.storage.queries.assessments import AssessmentRow
from antq_desktop.ui import dialogs
from antq_desktop.ui.pages.recognitions import deeds, papers, results, unit_rows
from antq_desktop.ui.pages.recognitions.certificate_box import CertificateBox
from antq_desktop.ui.pages.recognitions.deeds import Batch, Prepared
from antq_desktop.ui.pages.recognitions.results import Line
from antq_desktop.ui.pages.recognitions.unit_rows import DECIDED, ISSUED, WITHDRAWN, standing
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
        box.withdraw_asked.connect(self._withdraw)

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
        work = partial(deeds.prepare, self._page.desk.services.printing, dict(certificates), blank)
        done = partial(self._prepared, dict(certificates), blank)
        self._page.desk.run(work, done, self._refused, title=_("Making the certificates"), owner=self._page)

    def _prepared(self, names: Mapping[str, str], blank: Overprint | None, prepared: Prepared) -> None:
        """Show them at once when all can be printed; else say first which of them cannot, or need a look."""
        self._page.banner.clear()
        show = partial(self._show, names, blank, prepared)
        left_out = results.failed(prepared.lines)
        if left_out:
            text = _(
                "{done} of {all} certificates can be printed.",
                done=len(prepared.ids),
                all=len(prepared.lines),
            )
            self._tell(prepared.lines, text)
            self._page.banner.say(
                State.LOOK,
                f"{text}\n{results.in_short(prepared.lines)}",
                (_("Show those that can be printed"), show),
            )
        else:
            show()

    def _show(self, names: Mapping[str, str], blank: Overprint | None, prepared: Prepared) -> None:
        title = (
            _("Certificate") if len(prepared.ids) == 1 else _("{count} certificates", count=len(prepared.ids))
        )
        shown = show_paper(
            self._page,
            papers.certificates(
                prepared, names, _("certificates-{year}", year=self._page.year), title, blank
            ),
        )
        doubts = [line for line in prepared.lines if line.state is State.LOOK]
        if doubts:
            text = "\n".join(_("{name}: {why}", name=line.name, why=line.said) for line in doubts)
            shown.banner.say(State.LOOK, text)

    def _refused(self, failure: KnownFailure) -> None:
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
                lambda _written: self._withdrawn(),
                self._not_withdrawn,
                owner=self._page,
            )

    def _not_withdrawn(self, failure: KnownFailure) -> None:
        if isinstance(failure, Invalid):
            self._box.withdrawal.say_fault("on", remark(failure.findings[0]))
        else:
            self._refused(failure)

    def _withdrawn(self) -> None:
        self._box.withdrawal.saved()
        self._page.desk.note(_("The certificate was withdrawn."))
