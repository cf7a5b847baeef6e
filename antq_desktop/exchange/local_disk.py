"""Tells a failing disk of this machine from a failing stick."""

from collections.abc import Iterator
from contextlib import contextmanager

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_


class SpoolFailed(MachineFailed):
    code = "spool-failed"
    sentence = N_(
        "The file could not be written on this machine ({why}). Free some space on its disk and try again; "
        "nothing was lost."
    )


@contextmanager
def own_disk() -> Iterator[None]:
    """Raise SpoolFailed for what the disk of this machine refuses."""
    try:
        yield
    except OSError as error:
        raise SpoolFailed(why=error.strerror or type(error).__name__) from error
