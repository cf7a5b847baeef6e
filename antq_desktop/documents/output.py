"""Tells a paper that could not be written from a bug, in words that help."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.atomic import replacing

_WHY = {
    errno.ENOSPC: N_("there is no room left on the disk."),
    errno.EDQUOT: N_("there is no room left on the disk."),
    errno.EACCES: N_("the folder may not be written to, or the file is open in another program."),
    errno.EPERM: N_("the folder may not be written to, or the file is open in another program."),
    errno.EROFS: N_("the folder may not be written to, or the file is open in another program."),
}
_OTHER = N_("the disk or the stick does not answer.")


class PaperNotWritten(MachineFailed):
    """The disk or the stick did not take the paper; a former file of that name is still whole."""

    code = "paper-not-written"
    sentence = N_(
        "«{file}» was not written: {why} Close the file elsewhere or choose another folder, then try again."
    )


@contextmanager
def writing(target: Path) -> Iterator[BinaryIO]:
    """Give a file that becomes ``target`` when all went well. Raises PaperNotWritten.

    A failure that names a file of another folder is passed on: a part of the program that is missing is no full stick.
    """
    try:
        with replacing(target) as stream:
            yield stream
    except OSError as error:
        if error.filename is not None and not _on_the_way(Path(os.fsdecode(error.filename)), target):
            raise
        raise PaperNotWritten(file=str(target), why=_WHY.get(error.errno or 0, _OTHER)) from error


def _on_the_way(named: Path, target: Path) -> bool:
    """Whether ``named`` is a folder that leads to ``target``, or lies beside it."""
    return target.is_relative_to(named) or named.parent == target.parent
