"""On real FAT32 and exFAT sticks: whole or absent, whatever happens at whichever moment, and each failure in its own words."""

import errno
import hashlib
import os
import shutil
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from antq_desktop.domain.errors import MachineFailed
from antq_desktop.exchange import container, sticks
from antq_desktop.runtime.progress import Progress

CONTENT = os.urandom(40_000)
SHA256 = hashlib.sha256(CONTENT).digest()
NAME = "goi-04978-1-1-3-0a1b2c3d.antq"
Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - the shape of shutil.disk_usage
#: A write of 4 KB at a time, so that there are moments enough to fail at.
PIECE = 4_096
#: The largest block of the two file systems.
BLOCK = 4_096
#: This driver of FAT32 knows neither its size nor the code for "full": it says that writing is not allowed.
FULL = {"exfat": sticks.StickFull, "fat32": sticks.StickLocked}

kinds = pytest.mark.parametrize("kind", ["fat32", "exfat"])


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.antq"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "CHUNK", PIECE)


def put(source: Path, folder: Path) -> Path:
    return sticks.put(source, SHA256, folder, NAME, Progress())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.name != "System Volume Information")


@kinds
def test_written_read_back_and_still_there_after_the_stick_was_out(
    kind: str, make_stick: Callable[[str, int], Any], source: Path, tmp_path: Path
) -> None:
    stick = make_stick(kind, 40)
    there = put(source, stick.folder)
    stick.take_out()
    stick.assert_sound()
    stick.plug_in()
    assert there.read_bytes() == CONTENT
    assert names(stick.folder) == [NAME]
    kept, digest = sticks.take(there, tmp_path / "incoming", Progress())
    assert (kept.read_bytes(), digest) == (CONTENT, SHA256)


@kinds
def test_pulled_out_at_every_step(
    kind: str, make_stick: Callable[[str, int], Any], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pull the stick at the n-th write, fsync or rename, for n = 1 … until the file was written before the n-th."""
    stick = make_stick(kind, 40)
    pulled, whole = 0, 0
    for n in range(1, 100):
        with monkeypatch.context() as patch:
            _before_step(patch, n, stick.pull)
            try:
                put(source, stick.folder)
            except (sticks.StickVanished, sticks.StickMissing):
                pulled += 1
            else:
                break
        stick.plug_in()
        # Under its name there is the whole file or none. What was begun has a name that nobody takes for a bundle.
        for name in names(stick.folder):
            assert name == NAME or (name.startswith(f".{NAME}") and name.endswith(".part")), name
        if NAME in names(stick.folder):
            whole += 1
            assert (stick.folder / NAME).read_bytes() == CONTENT
            (stick.folder / NAME).unlink()
        else:
            # The next attempt on the same stick needs nothing done by hand.
            later = NAME.replace("-3-", "-4-")
            assert sticks.put(source, SHA256, stick.folder, later, Progress()).read_bytes() == CONTENT
            assert names(stick.folder) == [later]
            (stick.folder / later).unlink()
    assert pulled >= len(CONTENT) // PIECE + 3
    assert whole >= 1  # pulled after the rename: the file is there, and it is whole


@kinds
def test_full_at_every_block(
    kind: str, make_stick: Callable[[str, int], Any], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program takes the room while we write: however many blocks are left, nothing half-written stays."""
    stick = make_stick(kind, 40)
    failed, written = 0, 0
    _fill(stick.folder, leave=len(CONTENT) + 24 * BLOCK)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(2**30, 0, 2**30))
    with (stick.folder / "more").open("ab", buffering=0) as other:
        for _left in range(100):
            try:
                put(source, stick.folder)
            except FULL[kind]:
                failed += 1
            else:
                written += 1
                assert (stick.folder / NAME).read_bytes() == CONTENT
                (stick.folder / NAME).unlink()
            assert names(stick.folder) == ["filler", "more"]
            try:
                other.write(bytes(BLOCK))
            except OSError:
                break
    assert written >= 1
    assert failed >= 3
    stick.take_out()
    stick.assert_sound()


@kinds
def test_full_stick_is_left_as_it_was(kind: str, make_stick: Callable[[str, int], Any], source: Path) -> None:
    stick = make_stick(kind, 40)
    _fill(stick.folder, leave=len(CONTENT) // 2)
    with pytest.raises(FULL[kind]):
        put(source, stick.folder)
    assert names(stick.folder) == ["filler"]


@kinds
def test_write_protected(
    kind: str, make_stick: Callable[[str, int], Any], source: Path, tmp_path: Path
) -> None:
    stick = make_stick(kind, 40)
    there = put(source, stick.folder)
    stick.take_out()
    stick.plug_in(locked=True)
    # Reading goes on; the same file again needs no writing; another one is refused.
    assert put(source, stick.folder) == there
    assert sticks.take(there, tmp_path / "incoming", Progress())[1] == SHA256
    with pytest.raises(sticks.StickLocked):
        sticks.put(source, SHA256, stick.folder, NAME.replace("-3-", "-4-"), Progress())
    assert names(stick.folder) == [NAME]


@kinds
def test_gives_back_other_bytes(
    kind: str, make_stick: Callable[[str, int], Any], source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell of the stick turns one byte once it is written: found by reading back, and the spoilt file goes."""
    stick = make_stick(kind, 40)
    real = sticks._forget_cached

    def spoil(path: Path) -> None:
        os.sync()
        with stick.image.open("r+b") as image:
            at = image.read().index(CONTENT[:512]) + 100
            image.seek(at)
            image.write(bytes([CONTENT[100] ^ 1]))
        if stick.kind == "exfat":
            with Path(stick._loop).open("rb") as device:
                os.posix_fadvise(device.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        real(path)

    monkeypatch.setattr(sticks, "_forget_cached", spoil)
    with pytest.raises(sticks.StickLies):
        put(source, stick.folder)
    assert names(stick.folder) == []


@kinds
def test_pulled_out_while_it_is_read(
    kind: str, make_stick: Callable[[str, int], Any], source: Path, tmp_path: Path
) -> None:
    stick = make_stick(kind, 40)
    there = put(source, stick.folder)
    stick.take_out()
    stick.plug_in()

    class Pulling(Progress):
        def report(self, done: int, total: int = 0, what: str = "") -> None:
            super().report(done, total, what)
            if done == PIECE:
                stick.pull()

    with pytest.raises(MachineFailed) as failed:
        sticks.take(there, tmp_path / "incoming", Pulling())
    assert failed.value.code in ("stick-vanished", "stick-missing")
    assert names(tmp_path / "incoming") == []
    stick.plug_in()
    assert sticks.take(there, tmp_path / "incoming", Progress())[1] == SHA256


def test_two_sticks_at_once(make_stick: Callable[[str, int], Any], source: Path) -> None:
    """The second one goes on when the first is pulled; each holds its own copy."""
    first, second = make_stick("fat32", 40), make_stick("exfat", 40)
    put(source, first.folder)
    first.pull()
    with pytest.raises((sticks.StickVanished, sticks.StickMissing)):
        sticks.put(source, SHA256, first.folder / "in", NAME, Progress())
    assert put(source, second.folder).read_bytes() == CONTENT
    first.plug_in()
    assert (first.folder / NAME).read_bytes() == CONTENT


def _before_step(patch: pytest.MonkeyPatch, n: int, do: Callable[[], None]) -> None:
    """Have ``do`` happen before the n-th piece, fsync or rename of a file on its way to the stick."""
    step = 0

    def count() -> None:
        nonlocal step
        step += 1
        if step == n:
            do()

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            count()
            return real(*given, **named)

        return call

    for name in ("fsync", "replace"):
        patch.setattr(os, name, counted(getattr(os, name)))
    real_chunks = container.chunks

    def chunks(*given: Any, **named: Any) -> Iterator[bytes]:
        for piece in real_chunks(*given, **named):
            count()
            yield piece

    patch.setattr(container, "chunks", chunks)


def _fill(folder: Path, leave: int) -> None:
    """Fill the stick to the last block, then give ``leave`` bytes free."""
    size, piece = 0, 65_536
    with (folder / "filler").open("wb", buffering=0) as stream:
        while piece >= 512:
            try:
                size += stream.write(bytes(piece))
            except OSError as error:
                if error.errno not in (errno.ENOSPC, errno.EPERM):
                    raise
                piece //= 2
        stream.truncate(size - leave)
