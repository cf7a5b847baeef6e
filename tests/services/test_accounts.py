"""The passphrase changes without rewriting the database, and the recovery key always opens the way."""

import errno
import os
from pathlib import Path

import pytest

from antq_desktop.bootstrap import open_workspace, reset_passphrase
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.application import Application
from antq_desktop.storage.failures import DiskFull, WorkspaceBusy
from antq_desktop.storage.key_file import (
    PassphraseTooShort,
    TooManyTries,
    WrongPassphrase,
    WrongRecoveryKey,
)
from antq_desktop.storage.queries.journal import JournalFilter

OLD = "cây đa bến nước 04978"
NEW = "giếng làng mái đình 2026"
PAGE = 4096


def pages(path: Path) -> list[bytes]:
    content = path.read_bytes()
    return [content[start : start + PAGE] for start in range(0, len(content), PAGE)]


def test_a_changed_passphrase_opens_and_the_old_one_no_longer_does(
    application: Application, folder: Path
) -> None:
    application.accounts.change_passphrase(OLD, NEW)
    application.close()
    with pytest.raises(WrongPassphrase):
        open_workspace(folder, OLD)
    opened = open_workspace(folder, NEW)
    assert opened.journal.count(JournalFilter(action="passphrase_changed")) == 1
    opened.accounts.check_passphrase(NEW)
    with pytest.raises(WrongPassphrase):
        opened.accounts.check_passphrase(OLD)
    opened.close()


def test_changing_the_passphrase_rewrites_only_the_journal(folder: Path) -> None:
    database = WorkspacePaths(folder).database
    # Opening and closing alone writes nothing.
    open_workspace(folder, OLD).close()
    before = pages(database)
    application = open_workspace(folder, OLD)
    application.accounts.change_passphrase(OLD, NEW)
    application.close()
    after = pages(database)
    changed = sum(old != new for old, new in zip(before, after, strict=False)) + len(after) - len(before)
    assert 0 < changed <= 8, "one line and its indexes, of all the pages that there are"
    assert len(before) > 40


def test_the_recovery_key_gives_a_new_passphrase_and_touches_no_byte_of_the_database(
    folder: Path, made: "object"
) -> None:
    database = WorkspacePaths(folder).database
    before = database.read_bytes()
    with pytest.raises(WrongRecoveryKey):
        reset_passphrase(folder, "AAAA-BBBB", NEW)
    typed = str(made.recovery_key).lower().replace("-", " ")  # type: ignore[attr-defined]
    reset_passphrase(folder, typed, NEW)
    assert database.read_bytes() == before
    with pytest.raises(WrongPassphrase):
        open_workspace(folder, OLD)
    open_workspace(folder, NEW).close()
    # The sheet goes on working.
    reset_passphrase(folder, typed, OLD)
    open_workspace(folder, OLD).close()


def test_a_wrong_old_passphrase_or_a_short_new_one_changes_nothing(
    application: Application, folder: Path
) -> None:
    before = WorkspacePaths(folder).key_file.read_bytes()
    with pytest.raises(PassphraseTooShort):
        application.accounts.change_passphrase(OLD, "ngắn")
    assert WorkspacePaths(folder).key_file.read_bytes() == before
    with pytest.raises(WrongPassphrase):
        application.accounts.change_passphrase("không phải", NEW)
    application.accounts.check_passphrase(OLD)
    assert application.journal.count(JournalFilter(action="passphrase_changed")) == 0


def test_a_passphrase_whose_line_cannot_be_written_stays_the_old_one(
    application: Application, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = WorkspacePaths(folder).key_file.read_bytes()

    def busy(*_what: object) -> None:
        raise WorkspaceBusy

    with monkeypatch.context() as patched:
        patched.setattr("antq_desktop.storage.journal.append", busy)
        with pytest.raises(WorkspaceBusy):
            application.accounts.change_passphrase(OLD, NEW)
    assert WorkspacePaths(folder).key_file.read_bytes() == before
    application.accounts.check_passphrase(OLD)


def test_a_full_disk_changes_no_passphrase_and_is_said_so(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(DiskFull):
            application.accounts.change_passphrase(OLD, NEW)
        with pytest.raises(DiskFull):
            application.accounts.check_passphrase("không phải")
    assert application.journal.count(JournalFilter(action="passphrase_changed")) == 0
    application.accounts.check_passphrase(OLD)


def test_wrong_tries_make_the_next_one_wait(application: Application, clock: "object") -> None:
    for _try in range(3):
        with pytest.raises(WrongPassphrase):
            application.accounts.check_passphrase("không phải")
    with pytest.raises(TooManyTries) as refused:
        application.accounts.check_passphrase(OLD)
    clock.pass_time(seconds=refused.value.facts["seconds"])  # type: ignore[attr-defined] # the clock of these tests
    application.accounts.check_passphrase(OLD)


def test_the_status_line_tells_what_waits(application: Application) -> None:
    status = application.accounts.status()
    assert (status.user_name, status.commune_name, status.role, status.year) == (
        "Bùi Văn An",
        "Xã Kim Bôi",
        "commune",
        2026,
    )
    assert (status.amber_days, status.red_days) == (7, 30)
    application.settings.put("place", "Nơi khác")
    later = application.accounts.status()
    assert later.unsent_rows == status.unsent_rows + 1
    assert later.oldest_unsent_at == status.oldest_unsent_at == application.session.now()
