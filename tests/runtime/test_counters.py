"""What is told outside the database is read back as it was, or not at all, and never lands in the user's own folder here."""

from dataclasses import replace
from pathlib import Path

import platformdirs
import pytest

from antq_desktop.runtime import counters
from antq_desktop.runtime.counters import FOLDER_VARIABLE, Counter

TOLD = Counter("d1", 2, 40, 3, "ab" * 32, "2026-11-20T05:00:00+00:00")


def test_it_comes_back_as_it_was_and_only_for_its_workspace(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "x.counter"
    assert counters.write(file, TOLD)
    assert counters.read(file, "d1") == TOLD
    assert counters.read(file, "d2") is None
    assert [path.name for path in file.parent.iterdir()] == ["x.counter"]


@pytest.mark.parametrize(
    ("change", "ahead"),
    [
        ({}, False),
        ({"seq": 41}, True),
        ({"seq": 39}, False),
        ({"epoch": 3, "seq": 1}, True),
        ({"epoch": 1, "seq": 99}, False),
        ({"trust": 4}, True),
        ({"trust": 2}, False),
        ({"at": "2036-11-20T05:00:00+00:00"}, False),
    ],
)
def test_a_place_further_on_is_ahead_and_no_clock_counts(change: dict[str, object], ahead: bool) -> None:
    assert replace(TOLD, **change).is_ahead_of(TOLD) is ahead  # type: ignore[arg-type] # one field a case


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"workspace": "d1"}',
        b"\x00" * 100,
        b"{" * 5000,
        '{"seq": "é"}'.encode("utf-16"),
    ],
)
def test_what_is_no_counter_tells_nothing(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.counter"
    file.write_bytes(content)
    assert counters.read(file, "d1") is None
    assert counters.read(tmp_path, "d1") is None


def test_a_wrong_kind_of_value_tells_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.counter"
    for wrong in ({"seq": "40"}, {"epoch": True}, {"hash": None}, {"at": 5}):
        counters.write(file, replace(TOLD, **wrong))
        assert counters.read(file, "d1") is None


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    assert not counters.write(blocked / "x.counter", TOLD)
    folder = tmp_path / "taken.counter"
    folder.mkdir()
    (folder / "inside").write_text("x")
    assert not counters.write(folder, TOLD)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "taken.counter"]


def test_the_users_folder_is_used_unless_another_is_named(
    monkeypatch: pytest.MonkeyPatch, own_counters: Path
) -> None:
    assert counters.in_profile("d1") == own_counters / "d1.counter"
    monkeypatch.delenv(FOLDER_VARIABLE)
    users = Path(platformdirs.user_state_dir("antq-desktop", appauthor=False))
    assert counters.in_profile("d1") == users / "d1.counter"
