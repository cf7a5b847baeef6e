"""Says in the user's words why the system could not read or write, for the failures that people meet."""

import errno

from antq_desktop.domain.wording import N_

_WHY = {
    errno.ENOENT: N_("there is no such file or folder."),
    errno.EACCES: N_("this place may not be read or written."),
    errno.EPERM: N_("this place may not be read or written."),
    errno.EROFS: N_("this place may not be read or written."),
    errno.EISDIR: N_("this is a folder, not a file."),
    errno.ENOTDIR: N_("there is no such file or folder."),
    errno.ENOSPC: N_("the disk is full."),
    errno.EIO: N_("the disk or the stick did not answer."),
    errno.ENODEV: N_("the disk or the stick did not answer."),
}


def why(error: OSError) -> str:
    """Return the reason as a message id, the end of a sentence; what is not in the table as the system says it."""
    return _WHY.get(error.errno or 0) or (f"{error.strerror}." if error.strerror else "")
