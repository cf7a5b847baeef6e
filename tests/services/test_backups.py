"""A backup opens in another folder with the same passphrase and the same rows."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.commitments import CommitmentState
from antq_desktop.domain.households import Household
from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.runtime.paths import WorkspacePaths
from antq_desktop.services.application import Application
from antq_desktop.services.backups import BackupFailed
from antq_desktop.storage.backup import NotABackup, take_back
from antq_desktop.storage.key_file import WrongPassphrase
from antq_desktop.storage.making import WorkspaceInTheWay
from antq_desktop.storage.queries.households import HouseholdFilter
from antq_desktop.storage.queries.journal import JournalFilter
from antq_desktop.storage.queries.window import Window

Settle = Callable[..., list[Household]]
PASSPHRASE = "cây đa bến nước 04978"


def test_a_backup_opens_elsewhere_with_the_same_rows(
    application: Application,
    area: ResidentialArea,
    settle: Settle,
    tmp_path: Path,
    clock: Callable[[], object],
) -> None:
    homes = settle(area.id, "Bùi Văn Ánh", "Quách Thị Bé")
    scan = tmp_path / "ký.pdf"
    scan.write_bytes(b"%PDF-1.7\n" + bytes(500_000))
    campaign = application.commitments.yearly().id
    application.commitments.record(homes[0].id, campaign, CommitmentState.SIGNED, date(2026, 3, 1))
    paper = application.commitments.attach_paper(homes[0].id, campaign, scan).record
    status = application.commitments.status(campaign)
    lines = application.journal.count(JournalFilter())
    file = application.backups.back_up(tmp_path / "stick")
    settle(area.id, "Đinh Công Cò")

    other = WorkspacePaths(tmp_path / "other")
    take_back(file, other)
    with pytest.raises(WrongPassphrase):
        open_workspace(other.folder, "một mật khẩu khác")
    restored = open_workspace(other.folder, PASSPHRASE)
    try:
        rows = restored.households.page(HouseholdFilter(), Window())
        assert [row.id for row in rows] == [home.id for home in homes]
        assert restored.commitments.status(campaign) == status
        assert restored.commitments.paper(paper.paper_sha256 or "") == scan.read_bytes()
        assert restored.journal.check().holds
        # That it was taken back is one line more.
        assert restored.journal.count(JournalFilter()) == lines + 1
        assert restored.journal.count(JournalFilter(action="alarm")) == 1
    finally:
        restored.close()


def test_nothing_of_a_backup_can_be_read_without_the_passphrase(
    application: Application, area: ResidentialArea, settle: Settle
) -> None:
    settle(area.id, "Bùi Văn Ánh")
    content = application.backups.back_up().read_bytes()
    assert "Bùi Văn Ánh".encode() not in content
    assert b"SQLite format 3" not in content
    assert b"CREATE TABLE" not in content


def test_the_last_backup_is_remembered_and_noted(application: Application) -> None:
    assert application.backups.last() is None
    assert application.accounts.status().last_backup is None
    file = application.backups.back_up()
    assert application.backups.last() == application.session.now()
    assert application.accounts.status().last_backup == application.session.now()
    (line,) = application.journal.page(JournalFilter(action="backed_up"), Window())
    assert line.note == file.name


def test_the_newest_ten_are_kept_beside_the_data_and_all_elsewhere(
    application: Application, tmp_path: Path, clock: Callable[..., object]
) -> None:
    made = []
    for _round in range(12):
        clock.pass_time(minutes=1)  # type: ignore[attr-defined] # the clock of these tests
        made.append(application.backups.back_up())
    assert sorted(made[0].parent.iterdir()) == made[2:]
    stick = tmp_path / "stick"
    for _round in range(11):
        clock.pass_time(minutes=1)  # type: ignore[attr-defined]
        application.backups.back_up(stick)
    assert len(list(stick.iterdir())) == 11


def test_a_clock_that_was_set_back_does_not_cost_the_backup_just_made(
    application: Application, clock: Callable[..., object]
) -> None:
    for _round in range(11):
        clock.pass_time(minutes=1)  # type: ignore[attr-defined] # the clock of these tests
        application.backups.back_up()
    clock.pass_time(days=-4000)  # type: ignore[attr-defined]
    made = application.backups.back_up()
    assert made.exists()
    assert len(list(made.parent.iterdir())) == 10


def test_what_a_killed_backup_left_is_removed_by_the_next(application: Application, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / ".antq-abc").mkdir(parents=True)
    (stick / ".antq-abc" / "antq.db").write_bytes(b"half a copy")
    (stick / ".antq-20260314.antqbackup.1a2b.part").write_bytes(b"half a backup")
    other = stick / "not ours.txt"
    other.write_bytes(b"x")
    made = application.backups.back_up(stick)
    assert sorted(stick.iterdir()) == sorted([made, other])


def test_a_folder_that_cannot_be_written_is_said_so(application: Application, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(BackupFailed):
        application.backups.back_up(blocked)
    assert application.backups.last() is None


@pytest.mark.parametrize("keep", [0.0, 0.3, 0.9])
def test_half_a_backup_restores_nothing(application: Application, tmp_path: Path, keep: float) -> None:
    file = application.backups.back_up(tmp_path / "stick")
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * keep)])
    other = WorkspacePaths(tmp_path / "other")
    with pytest.raises(NotABackup):
        take_back(file, other)
    assert not other.key_file.exists()


def test_a_backup_with_one_changed_byte_restores_nothing(application: Application, tmp_path: Path) -> None:
    file = application.backups.back_up(tmp_path / "stick")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    with pytest.raises(NotABackup):
        take_back(file, WorkspacePaths(tmp_path / "other"))


def test_a_backup_is_never_laid_over_a_workspace(
    application: Application, folder: Path, tmp_path: Path
) -> None:
    file = application.backups.back_up(tmp_path / "stick")
    before = WorkspacePaths(folder).key_file.read_bytes()
    with pytest.raises(WorkspaceInTheWay):
        take_back(file, WorkspacePaths(folder))
    assert WorkspacePaths(folder).key_file.read_bytes() == before
