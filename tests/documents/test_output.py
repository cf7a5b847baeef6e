"""A paper that cannot be written: the reason in plain words, the former paper whole."""

import errno
import os
from pathlib import Path

import pytest

from antq_desktop.documents.output import PaperNotWritten, writing


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.ENOSPC, "no room left"),
        (errno.EACCES, "open in another program"),
        (errno.EROFS, "may not be written to"),
        (errno.EIO, "does not answer"),
    ],
)
def test_each_reason_has_its_words(tmp_path: Path, number: int, why: str) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"former")
    with pytest.raises(PaperNotWritten, match=why), writing(target) as stream:
        stream.write(b"half")
        raise OSError(number, os.strerror(number))
    assert target.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no device that is always full")
    link = tmp_path / "out.pdf"
    with (
        pytest.raises(PaperNotWritten, match="no room left"),
        writing(link),
        Path("/dev/full").open("wb") as full,
    ):
        full.write(b"x" * 10)
        full.flush()
    assert not link.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PaperNotWritten), writing(tmp_path / "file" / "folder" / "a.pdf"):
        pass


def test_a_missing_part_of_the_program_is_no_fault_of_the_stick(tmp_path: Path) -> None:
    target = tmp_path / "a.docx"
    with pytest.raises(FileNotFoundError), writing(target):
        (tmp_path / "parts" / "template.xml").read_bytes()
    assert list(tmp_path.iterdir()) == []
