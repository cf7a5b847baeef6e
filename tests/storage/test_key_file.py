"""The passphrase opens, a wrong one waits longer each time, and the recovery key opens too."""

import errno
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from antq_desktop.storage.key_file import (
    Cost,
    KeyFile,
    KeyFileDamaged,
    PassphraseTooShort,
    TooManyTries,
    WrongPassphrase,
    WrongRecoveryKey,
)

CHEAP = Cost(passes=1, memory=8 * 1024 * 1024)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def key_file(tmp_path: Path, clock: Clock) -> KeyFile:
    return KeyFile(tmp_path / "antq.key", clock, CHEAP)


def test_the_passphrase_opens_and_another_does_not(key_file: KeyFile) -> None:
    key, _recovery = key_file.create("mật khẩu dài")
    assert len(key) == 32
    assert key_file.unlock("mật khẩu dài") == key
    with pytest.raises(WrongPassphrase):
        key_file.unlock("mat khau dai")


def test_a_passphrase_opens_however_its_marks_were_composed(key_file: KeyFile) -> None:
    key, _recovery = key_file.create("m\u1ead" + "t khẩu dài")
    assert key_file.unlock("ma\u0323\u0302t khẩu dài") == key


def test_the_passphrase_changes_and_the_key_stays(key_file: KeyFile) -> None:
    key, recovery = key_file.create("mật khẩu cũ")
    key_file.change_passphrase(key, "mật khẩu mới")
    assert key_file.unlock("mật khẩu mới") == key
    with pytest.raises(WrongPassphrase):
        key_file.unlock("mật khẩu cũ")
    assert key_file.unlock_with_recovery_key(recovery) == key


def test_the_recovery_key_opens_however_it_is_typed(key_file: KeyFile) -> None:
    key, recovery = key_file.create("mật khẩu dài")
    assert key_file.unlock_with_recovery_key(recovery.lower().replace("-", " ")) == key
    wrong = ("A" if recovery[0] != "A" else "B") + recovery[1:]
    for typed in (wrong, recovery[:-1], "", "không phải khóa"):
        with pytest.raises(WrongRecoveryKey):
            key_file.unlock_with_recovery_key(typed)


def test_wrong_tries_make_the_next_one_wait_longer_and_a_right_one_ends_it(
    key_file: KeyFile, clock: Clock
) -> None:
    key, _recovery = key_file.create("mật khẩu dài")
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            key_file.unlock("sai rồi nhé")
    waits = []
    for _ in range(4):
        with pytest.raises(TooManyTries) as refused:
            key_file.unlock("mật khẩu dài")
        waits.append(int(str(refused.value.facts["seconds"])))
        clock.now += timedelta(seconds=waits[-1])
        with pytest.raises(WrongPassphrase):
            key_file.unlock("sai rồi nhé")
    assert waits == sorted(waits)
    assert waits[0] < waits[-1]
    clock.now += timedelta(hours=1)
    assert key_file.unlock("mật khẩu dài") == key
    with pytest.raises(WrongPassphrase):
        key_file.unlock("sai rồi nhé")


def test_a_clock_set_back_locks_nobody_out_for_long(key_file: KeyFile, clock: Clock) -> None:
    key, _recovery = key_file.create("mật khẩu dài")
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            key_file.unlock("sai rồi nhé")
    clock.now -= timedelta(days=3650)
    with pytest.raises(TooManyTries):
        key_file.unlock("mật khẩu dài")
    clock.now += timedelta(seconds=3)
    assert key_file.unlock("mật khẩu dài") == key


def test_a_short_passphrase_is_refused_and_no_file_is_left(key_file: KeyFile) -> None:
    with pytest.raises(PassphraseTooShort):
        key_file.create("ngắn")
    assert not key_file.exists()


@pytest.mark.parametrize("blank", ["        ", "a      \u200b b", "e\u0323\u0302e\u0323\u0302e\u0323\u0302"])
def test_signs_that_do_not_count_make_no_passphrase_longer(key_file: KeyFile, blank: str) -> None:
    assert len(blank) >= 8
    with pytest.raises(PassphraseTooShort):
        key_file.create(blank)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("wrong", "3"),
        ("wrong_at", "yesterday"),
        ("recovery", "AAAA"),
        ("passphrase.salt", "AAAA"),
        ("passphrase.wrapped", "?"),
        ("passphrase.passes", "3"),
        ("passphrase.memory", None),
    ],
)
def test_a_damaged_field_is_never_taken_for_a_wrong_passphrase(
    key_file: KeyFile, tmp_path: Path, place: str, value: object
) -> None:
    _key, recovery = key_file.create("mật khẩu dài")
    content = json.loads((tmp_path / "antq.key").read_text())
    whole, _dot, name = place.rpartition(".")
    (content[whole] if whole else content)[name] = value
    (tmp_path / "antq.key").write_text(json.dumps(content))
    with pytest.raises(KeyFileDamaged):
        key_file.unlock("mật khẩu dài")
    with pytest.raises(KeyFileDamaged):
        key_file.unlock_with_recovery_key(recovery)


def test_a_full_disk_keeps_nobody_out_and_counts_no_try_as_free(
    key_file: KeyFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, _recovery = key_file.create("mật khẩu dài")
    with pytest.raises(WrongPassphrase):
        key_file.unlock("sai rồi nhé")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert key_file.unlock("mật khẩu dài") == key
    with pytest.raises(OSError, match="No space"):
        key_file.unlock("sai rồi nhé")


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"passphrase": {}}'])
def test_a_damaged_file_is_said_so(tmp_path: Path, clock: Clock, content: bytes) -> None:
    (tmp_path / "antq.key").write_bytes(content)
    with pytest.raises(KeyFileDamaged, match="antq.key"):
        KeyFile(tmp_path / "antq.key", clock).unlock("mật khẩu dài")


def test_neither_key_nor_passphrase_stands_in_the_file(key_file: KeyFile, tmp_path: Path) -> None:
    key, recovery = key_file.create("mật khẩu dài")
    text = (tmp_path / "antq.key").read_text()
    assert key.hex() not in text
    assert recovery.replace("-", "") not in text
    assert json.loads(text)["passphrase"]["kdf"] == "argon2id"
