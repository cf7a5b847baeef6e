"""What a killed attempt left goes at the next start; refused files are kept up to a cap, the newest first."""

import os
from pathlib import Path

import pytest

from antq_desktop.exchange import leftovers


def test_only_half_written_files_are_swept(tmp_path: Path) -> None:
    half = [".ab12.part", ".goi.antq.1234.part", ".goi.antq.spool"]
    whole = ["goi.antq", "part", "a.part.antq", "note.spool"]
    for name in half + whole:
        (tmp_path / name).touch()
    leftovers.sweep(tmp_path, tmp_path / "không có")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(whole)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for n in range(8):
        path = tmp_path / f"{n}.antq"
        path.write_bytes(bytes(100))
        os.utime(path, (1_000 + n, 1_000 + n))
    return tmp_path


def left(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.iterdir())


def test_the_oldest_files_go_beyond_the_number(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_MOST_FILES", 3)
    leftovers.tidy(folder, {"0", "6"})
    assert left(folder) == ["0", "4", "5", "6", "7"]


def test_the_oldest_files_go_beyond_the_bytes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leftovers, "_MOST_BYTES", 250)
    leftovers.tidy(folder, {"0"})
    assert left(folder) == ["0", "6", "7"]
    (folder / "8.antq").write_bytes(bytes(9_000))
    leftovers.tidy(folder, {"0"})
    assert left(folder) == ["0", "8"]


def test_below_the_caps_all_stay(folder: Path) -> None:
    leftovers.tidy(folder, ())
    assert len(left(folder)) == 8
