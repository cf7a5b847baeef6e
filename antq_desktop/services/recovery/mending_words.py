"""Says in sentences what is known of data that was taken back or copied, the same on page and command line."""

from datetime import datetime

from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.services.recovery.rebuilding import Rebuilt
from antq_desktop.services.recovery.trouble import Trouble

_FOUND_BY = {
    "beside": N_("The file beside the data tells of a later state."),
    "profile": N_("The note in the user's own folder tells of a later state."),
    "backup": N_("The data was taken back from a backup."),
    "acknowledgement": N_("The acknowledgement of the receiving unit tells of another state."),
}


def sentences(found: Trouble) -> list[str]:
    """Return how it was found, the last place here and the place known outside."""
    lines = [
        _(_FOUND_BY[found.found_by]),
        _("Here: number {seq}, {at}.", seq=found.here_seq, at=moment(found.here_at)),
    ]
    if found.known_seq:
        lines.append(
            _("Known elsewhere: number {seq}, {at}.", seq=found.known_seq, at=moment(found.known_at))
        )
    if found.lost:
        lines.append(_("Lost here, as far as is known: {count}.", count=found.lost))
    return lines


def as_of(done: Rebuilt) -> str:
    """Return from when the data is that the upper level handed back; nothing says whether more came there since."""
    if done.as_of is None:
        return ""
    return _(
        "This is all that the receiving unit held at {at}. If anything was sent after that, ask for it to be handed back "
        "anew before work goes on.",
        at=moment(done.as_of.isoformat()),
    )


def moment(text: str) -> str:
    """Return an ISO time as people write it, on this machine's clock."""
    return f"{datetime.fromisoformat(text).astimezone():%H:%M %d/%m/%Y}" if text else _("time not known")
