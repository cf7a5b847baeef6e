"""What one checked code is worth, in a word and a sentence, with the facts that stand signed in it."""

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antq_desktop.domain.recognition import number_text
from antq_desktop.runtime.language import _
from antq_desktop.services.yearly.verifying import CertificateCheck
from antq_desktop.ui import format as written
from antq_desktop.ui.pages.facts import Facts
from antq_desktop.ui.pages.verdict_line import VerdictLine
from antq_desktop.ui.pages.verify import check_rows
from antq_desktop.ui.pages.verify.check_rows import CheckRow
from antq_desktop.ui.theme import State
from antq_desktop.ui.widgets.buttons import label


class VerdictPanel(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = VerdictLine()
        self.sentence = label("", wrap=True)
        self.remark = VerdictLine()
        self.facts = Facts()
        self._signed = label(_("What the code says"), "section")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        for part in (self.verdict, self.sentence, self.remark, self._signed, self.facts):
            column.addWidget(part)
        column.addStretch()

    def show_row(self, row: CheckRow) -> None:
        check = row.check
        self.verdict.say(check_rows.state(check), check_rows.word(check))
        self.sentence.setText(check.sentence)
        self.remark.say(State.LOOK, check.remark or _changed_by_keyboard(check))
        self._signed.setVisible(check.facts is not None)
        self.facts.show_facts([*_facts(check), (_("Read from"), row.found.source)])


def _facts(check: CertificateCheck) -> Iterator[tuple[str, str]]:
    if check.facts is None:
        return
    yield _("Number"), check.facts.number_text
    yield _("Year"), str(check.facts.year)
    yield _("Recognised unit"), check.facts.unit_name
    yield _("Decision"), check.facts.decision_number
    yield _("Issued on"), written.day(check.facts.issued_on)
    yield _("Issuing unit"), f"{check.signed_by} ({check.facts.unit_code})"
    if check.withdrawn_on is not None:
        yield _("Withdrawn on"), written.day(check.withdrawn_on)
        yield _("Why withdrawn"), check.reason
    if check.valid_now is not None:
        yield _("Valid in its place"), number_text(check.valid_now)


def _changed_by_keyboard(check: CertificateCheck) -> str:
    """Return what to do about a code into which Vietnamese letters came: it is written without any."""
    if check.state != "refused" or check.text.isascii():
        return ""
    return _(
        "There are letters with marks in what was typed; a code has none. Switch the Vietnamese keyboard off, then scan again."
    )
