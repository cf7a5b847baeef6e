"""Says what a proven acknowledgement shows besides how far things were taken in; none of it makes the rest untrue."""

from antq_desktop.domain.wording import N_
from antq_desktop.exchange.acknowledgement import Acknowledgement
from antq_desktop.runtime.language import _
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Writing

LINE_BROKEN = N_(
    "It does not follow the acknowledgement that was taken in before it: another one under that number exists. "
    "The data of the receiving unit was restored or is used twice; tell the receiving unit."
)
TELL_AGAIN = N_(
    "The receiving unit has other data than this laptop, although it has every change. Send everything once more."
)


def of(work: Writing, said: Acknowledgement, known_before: str | None, sha256: str) -> list[str]:
    """Return sentences for people; ``known_before`` is the file that was taken in under the number before, in hex, or None.

    A wrong ``prev_sha256`` refuses nothing: what is confirmed is proven by the hashes of the own log alone.
    """
    found = []
    before = said.prev_sha256.hex() if said.prev_sha256 else None
    if known_before not in (None, before):
        work.note(Deed("alarm", "security", sha256, note="acknowledgement-line-broken"))
        found.append(_(LINE_BROKEN))
    said_of = {each.sha256.hex(): each for each in said.bundles if each.verdict == "taken"}
    taken = [
        (row.epoch, row.seq_to, row.at, said_of[row.sha256].code)
        for row in kept.bundles(work)
        if row.sha256 in said_of
    ]
    if max(taken, default=(0, 0, "", ""))[-1] == "state-differs":
        work.note(Deed("alarm", "security", sha256, note="state-differs"))
        found.append(_(TELL_AGAIN))
    return found
