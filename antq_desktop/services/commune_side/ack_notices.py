"""Says what a proven acknowledgement shows besides how far things were taken in; none of it makes the rest untrue."""

from collections.abc import Iterable

from antq_desktop.domain.wording import N_
from antq_desktop.exchange.acknowledgement import Acknowledgement
from antq_desktop.exchange.names import laptop_mark
from antq_desktop.exchange.trust import Trust
from antq_desktop.runtime.language import _
from antq_desktop.services.commune_side import believed
from antq_desktop.storage import sending as kept
from antq_desktop.storage.journal import Deed
from antq_desktop.storage.unit_of_work import Reading, Writing

LINE_BROKEN = N_(
    "It does not follow the acknowledgement that was taken in before it: another one under that number exists. "
    "The data of the receiving unit was restored or is used twice; tell the receiving unit."
)
TELL_AGAIN = N_(
    "The receiving unit has other data than this laptop, although it has every change. Send everything once more."
)


LAPTOPS_KNOWN = N_("From now on this laptop knows other laptops of the commune: {laptops}.")
LAPTOPS_WITHDRAWN = N_("The receiving unit has withdrawn laptops of the commune: {laptops}.")


def of_trust(before: Trust, now: Trust, unit_code: str) -> list[str]:
    """Return sentences on the laptops of the commune that a newer trust document names, or names no more."""
    old, new = (believed.devices_in_use(each, unit_code) for each in (before, now))
    return [
        _(said, laptops=", ".join(sorted(map(laptop_mark, laptops))))
        for said, laptops in ((LAPTOPS_KNOWN, new - old), (LAPTOPS_WITHDRAWN, old - new))
        if laptops
    ]


def of(work: Writing, said: Acknowledgement, known_before: str | None, sha256: str) -> list[str]:
    """Return sentences for people; ``known_before`` is the file that was taken in under the number before, in hex, or None.

    A wrong ``prev_sha256`` refuses nothing: what is confirmed is proven by the hashes of the own log alone.
    """
    found = []
    before = said.prev_sha256.hex() if said.prev_sha256 else None
    if known_before not in (None, before):
        work.note(Deed("alarm", "security", sha256, note="acknowledgement-line-broken"))
        found.append(_(LINE_BROKEN))
    if _differs(work, ((each.sha256.hex(), each.verdict, each.code) for each in said.bundles)):
        work.note(Deed("alarm", "security", sha256, note="state-differs"))
        found.append(_(TELL_AGAIN))
    return found


def wants_everything(work: Reading) -> bool:
    """Whether the last acknowledgement says that the tables differ, and nobody has let everything wait again since."""
    last = kept.last_acknowledgement(work)
    if last is None or kept.acknowledged(work) == (0, 0):
        return False
    bundles = last.content["bundles"]
    return _differs(work, ((each["sha256"], each["verdict"], each["code"]) for each in bundles))


def _differs(work: Reading, said: Iterable[tuple[str, str, str]]) -> bool:
    """Whether, by its (hash in hex, verdict, code), the latest of the own bundles left other tables there than here."""
    codes = {sha256: code for sha256, verdict, code in said if verdict == "taken"}
    taken = [
        (row.epoch, row.seq_to, row.at, codes[row.sha256])
        for row in kept.bundles(work)
        if row.sha256 in codes
    ]
    return max(taken, default=(0, 0, "", ""))[-1] == "state-differs"
