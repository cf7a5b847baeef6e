"""Turns what the database and the system report into failures an officer can act on; their codes decide, and only here."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
import sqlcipher3.dbapi2 as sqlcipher

from antq_desktop.domain.errors import BadInput, KnownFailure, MachineFailed
from antq_desktop.domain.wording import N_


class DiskFull(MachineFailed):
    code = "disk-full"
    sentence = N_("The disk is full, so nothing more could be saved. Free some space, then save again.")


class WorkspaceBusy(MachineFailed):
    code = "workspace-busy"
    sentence = N_("Another program is using the data. Close it, then try again.")


class WorkspaceReadOnly(MachineFailed):
    code = "workspace-read-only"
    sentence = N_(
        "The data folder cannot be written to. Ask for the right to write there, or choose another folder."
    )


class WorkspaceDamaged(MachineFailed):
    code = "workspace-damaged"
    sentence = N_("The data file is damaged ({why}). Stop working on it and restore the last backup.")


class DiskFailed(MachineFailed):
    code = "disk-failed"
    sentence = N_("The disk did not read or write as it should ({why}). Make a backup to another disk now.")


class ServerAway(MachineFailed):
    code = "server-away"
    sentence = N_(
        "The database server does not answer or does not let this program in. Check the network and the server, then try again; "
        "nothing was lost. For who looks after the server, in its own words: {why}"
    )


class ChangedElsewhere(KnownFailure):
    """The record was saved by somebody else since it was read; nothing of this save was kept."""

    code = "changed-elsewhere"
    sentence = N_(
        "This record was changed elsewhere in the meantime. Open it anew and enter your change once more."
    )


class Clash(KnownFailure):
    """A record would stand twice, or names one that is not there; the whole action was undone."""

    code = "clash"
    sentence = N_(
        "This is recorded already, or it belongs to something that is no longer there. Look at the list again."
    )


class RecordTooLong(BadInput):
    """Nobody could take in the event of the record, nor what was sent behind it; nothing of this action was kept."""

    code = "record-too-long"
    sentence = N_(
        "There is too much text in one record ({size} KB; 1,024 KB can be sent), so nothing was saved. "
        "Shorten it, or attach the long text as a file."
    )


class RecordNotTellable(BadInput):
    """The same of what no reader of the log takes: numbers of more than 18 signs, half signs, what is nested too deep."""

    code = "record-not-tellable"
    sentence = N_(
        "The record holds a number of more than 18 digits or a sign that is none, which cannot be sent, so nothing was saved. "
        "Correct it, then save again."
    )


_FIRST_BYTE = 0xFF
_BY_CODE: dict[int, type[MachineFailed]] = {
    5: WorkspaceBusy,
    6: WorkspaceBusy,
    8: WorkspaceReadOnly,
    10: DiskFailed,
    11: WorkspaceDamaged,
    13: DiskFull,
    14: WorkspaceReadOnly,
    26: WorkspaceDamaged,
}


#: The codes of PostgreSQL, or the two signs by which their class begins.
_BY_STATE: dict[str, type[MachineFailed]] = {
    "08": ServerAway,
    "28": ServerAway,
    "3D": ServerAway,
    "40": WorkspaceBusy,
    "53": ServerAway,
    "53100": DiskFull,
    "55": WorkspaceBusy,
    "57": ServerAway,
    "58": DiskFailed,
    "25006": WorkspaceReadOnly,
    "42501": WorkspaceReadOnly,
    "XX": WorkspaceDamaged,
}
_BY_ERRNO: dict[int, type[MachineFailed]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EACCES: WorkspaceReadOnly,
    errno.EPERM: WorkspaceReadOnly,
    errno.EROFS: WorkspaceReadOnly,
}


@contextmanager
def files_translated() -> Iterator[None]:
    """Raise a known failure for what the system says of the files of a workspace."""
    try:
        yield
    except OSError as error:
        why = f"{error.strerror or error} ({error.filename or '-'})."
        raise _BY_ERRNO.get(error.errno or 0, MachineFailed)(why=why) from error


@contextmanager
def translated() -> Iterator[None]:
    """Raise a known failure for what the disk, another program or a clash did; let bugs through as they are."""
    try:
        yield
    except sa.exc.IntegrityError as error:
        raise Clash from error
    except sa.exc.DBAPIError as error:
        known = known_failure(error.orig)
        if known is None:
            raise
        raise known from error


@contextmanager
def translated_from_driver() -> Iterator[None]:
    """Raise a known failure for what the file's driver raises where it is asked past SQLAlchemy."""
    try:
        yield
    except sqlcipher.Error as error:
        known = known_failure(error)
        if known is None:
            raise
        raise known from error


def known_failure(error: BaseException | None) -> MachineFailed | None:
    """Return the failure that the database's result code stands for, or None when it is a bug of ours."""
    if error is not None and hasattr(error, "sqlstate"):
        return _failure_of_server(error)
    code = getattr(error, "sqlite_errorcode", None)
    kind = _BY_CODE.get(code & _FIRST_BYTE) if isinstance(code, int) else None
    return kind(why=str(error)) if kind else None


def _failure_of_server(error: BaseException) -> MachineFailed | None:
    state = getattr(error, "sqlstate", None)
    # Without a code nothing came from the server: it was not reached, or it went away.
    away = state is None and type(error).__name__ == "OperationalError"
    kind = ServerAway if away else _BY_STATE.get(state or "", _BY_STATE.get((state or "")[:2]))
    # The first line alone: those behind it may quote rows.
    return kind(why=str(error).partition("\n")[0]) if kind else None
