"""The papers that go with a stick: the slip of a hand-over and the sheet of a request."""

from pathlib import Path

from antq_desktop.documents.pdf import Rendered
from antq_desktop.runtime.language import _
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.commune_side.outgoing import Sent
from antq_desktop.services.commune_side.sending import Enrolment
from antq_desktop.services.papers.printing import Printing
from antq_desktop.ui.paper import OnPaper, Paper


def slip(sent: Sent) -> Paper:
    def make(papers: Printing, out: Path, _reason: str, _progress: Progress) -> Rendered:
        return papers.handover_slip(sent, out)

    name = _("hand-over-slip-{range}", range=f"{sent.parts[0].seq_from}-{sent.seq_to}")
    records = [OnPaper("sent_bundles", part.bundle_id, "handover-slip") for part in sent.parts]
    return Paper(name, _("Slip of the hand-over"), make, records)


def sheet(made: Enrolment) -> Paper:
    def make(papers: Printing, out: Path, _reason: str, _progress: Progress) -> Rendered:
        return papers.enrolment_sheet(made, out)

    record = OnPaper("devices", made.device_id, "enrolment-sheet")
    return Paper(_("enrolment-sheet"), _("Sheet of the request"), make, [record])
