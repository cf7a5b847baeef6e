"""Every way in which a stick fails has its own words, and nothing half-done stays."""

import errno
import hashlib
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from antq_desktop.domain.errors import Cancelled
from antq_desktop.exchange import container, sticks
from antq_desktop.exchange.local_disk import SpoolFailed
from antq_desktop.runtime.progress import Progress

CONTENT = os.urandom(700_000)
SHA256 = hashlib.sha256(CONTENT).digest()
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - the shape of shutil.disk_usage


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.antq"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "USB"
    folder.mkdir()
    return folder


def put(source: Path, stick: Path) -> Path:
    return sticks.put(source, SHA256, stick, "a.antq", Progress())


def test_put_and_taken_again(source: Path, stick: Path, tmp_path: Path) -> None:
    there = put(source, stick)
    assert there.read_bytes() == CONTENT
    assert [path.name for path in stick.iterdir()] == ["a.antq"]
    kept, digest = sticks.take(there, tmp_path / "spool", Progress())
    assert (kept.name, digest) == (f"{SHA256.hex()}.antq", SHA256)
    assert kept.read_bytes() == CONTENT
    assert len(list(kept.parent.iterdir())) == 1


def test_file_that_is_there_already_is_left_alone(source: Path, stick: Path) -> None:
    before = put(source, stick).stat()
    assert put(source, stick).stat().st_mtime_ns == before.st_mtime_ns
    assert put(source, stick).stat().st_ino == before.st_ino


def test_another_file_under_the_name_is_never_overwritten(source: Path, stick: Path) -> None:
    (stick / "a.antq").write_bytes(b"another")
    with pytest.raises(sticks.StickNameTaken):
        put(source, stick)
    assert (stick / "a.antq").read_bytes() == b"another"


def test_no_stick(source: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "none", source):
        with pytest.raises(sticks.StickMissing):
            put(source, folder)


def test_full_and_too_small(source: Path, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for usage, failure in (
        (Usage(10_000_000, 9_900_000, 100_000), sticks.StickFull),
        (Usage(500_000, 0, 500_000), sticks.StickTooSmall),
    ):
        monkeypatch.setattr(shutil, "disk_usage", lambda _folder, usage=usage: usage)
        with pytest.raises(failure):
            put(source, stick)
    assert list(stick.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "failure"),
    [
        (errno.ENOSPC, sticks.StickFull),
        (errno.EDQUOT, sticks.StickFull),
        (errno.EFBIG, sticks.StickFull),
        (errno.EROFS, sticks.StickLocked),
        (errno.EACCES, sticks.StickLocked),
        (errno.EIO, sticks.StickVanished),
        (errno.ENODEV, sticks.StickVanished),
        (errno.ENXIO, sticks.StickVanished),
    ],
)
def test_what_the_system_reports_has_its_own_words(
    stick: Path, number: int, failure: type[Exception]
) -> None:
    assert type(sticks.failure_of(OSError(number, "x"), stick, 1)) is failure
    stick.rmdir()
    gone = sticks.failure_of(OSError(errno.ENOENT, "x"), stick, 1)
    assert type(gone) is sticks.StickMissing


def test_stick_that_vanishes_at_every_step(
    source: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fail the n-th call of the system that writes, for n = 1 … until none fails."""
    steps = 0
    for n in range(1, 50):
        calls = 0

        def pulled(real: object, n: int = n) -> object:
            def call(*given: object, **named: object) -> object:
                nonlocal calls
                calls += 1
                if calls == n:
                    raise OSError(errno.EIO, "Input/output error")
                return real(*given, **named)  # type: ignore[operator] # a function of os

            return call

        with monkeypatch.context() as patch:
            for name in ("fsync", "replace"):
                patch.setattr(os, name, pulled(getattr(os, name)))
            patch.setattr(container, "chunks", pulled(container.chunks))
            try:
                put(source, stick)
            except sticks.StickVanished:
                steps += 1
            else:
                break
        left = [path.name for path in stick.iterdir()]
        assert left in ([], ["a.antq"])
        if left:
            assert (stick / "a.antq").read_bytes() == CONTENT
            (stick / "a.antq").unlink()
    assert steps >= 4


def test_stick_that_gives_back_other_bytes(
    source: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(container, "sha256_of", lambda _path: bytes(32))
    with pytest.raises(sticks.StickLies):
        put(source, stick)
    assert list(stick.iterdir()) == []


def test_cancel_leaves_nothing(source: Path, stick: Path, tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        sticks.put(source, SHA256, stick, "a.antq", progress)
    with pytest.raises(Cancelled):
        sticks.take(source, tmp_path / "spool", progress)
    assert list(stick.iterdir()) == []
    assert list((tmp_path / "spool").iterdir()) == []


def test_taking_from_a_missing_stick_or_a_folder(stick: Path, tmp_path: Path) -> None:
    for gone in (tmp_path / "none" / "a.antq", stick):
        with pytest.raises((sticks.StickMissing, sticks.StickVanished)):
            sticks.take(gone, tmp_path / "spool", Progress())


def test_file_over_the_cap_is_not_copied(tmp_path: Path) -> None:
    huge = tmp_path / "huge"
    with huge.open("wb") as stream:
        stream.truncate(2**32)
    with pytest.raises(container.FileTooLarge):
        sticks.take(huge, tmp_path / "spool", Progress())
    assert not (tmp_path / "spool").exists()


@pytest.mark.skipif(os.name == "nt", reason="folders are opened another way there")
def test_own_disk_is_not_called_a_stick(source: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "spool"
    blocked.write_bytes(b"a file where the folder should be")
    with pytest.raises(SpoolFailed):
        sticks.take(source, blocked, Progress())


def test_a_large_file_is_looked_at_before_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sticks, "LOOK_FIRST", 1_000)
    (tmp_path / "phim.antq").write_bytes(bytes(1_001))
    with pytest.raises(container.NotABundle):
        sticks.take(tmp_path / "phim.antq", tmp_path / "incoming", Progress())
    assert not (tmp_path / "incoming").exists()
    (tmp_path / "thư.antq").write_bytes(bytes(1_000))
    kept, _sha256 = sticks.take(tmp_path / "thư.antq", tmp_path / "incoming", Progress())
    assert kept.read_bytes() == bytes(1_000)


def test_a_file_larger_than_what_is_awaited_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "yêu cầu.antq").write_bytes(bytes(301))
    with pytest.raises(container.FileTooLarge):
        sticks.take(tmp_path / "yêu cầu.antq", tmp_path / "incoming", Progress(), most=300)
    assert not (tmp_path / "incoming").exists()
