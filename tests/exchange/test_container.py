"""What is no file of the format is told apart, before anything of it is read."""

from pathlib import Path

import pytest

from antq_desktop.exchange import container


def test_parts_come_back(tmp_path: Path) -> None:
    path = tmp_path / "a.antq"
    path.write_bytes(container.head_of(b"envelope") + b"payload")
    parts = container.read(path)
    assert (parts.envelope, parts.payload_offset, parts.payload_size) == (b"envelope", 20, 7)
    assert b"".join(container.chunks(path, parts.payload_offset)) == b"payload"


@pytest.mark.parametrize(
    ("content", "failure"),
    [
        (b"", container.NotABundle),
        (b"PK\x03\x04 a workbook", container.NotABundle),
        (b"ANT", container.FileCut),
        (b"ANTQSB\0\1\0\0", container.FileCut),
        (b"ANTQSB\0\1\0\0\0\x09envelope", container.FileCut),
        (b"ANTQSB\0\0\0\0\0\x08envelope", container.NotABundle),
        (b"ANTQSB\0\2\0\0\0\x08envelope", container.NewerVersion),
        (b"ANTQSB\0\1\0\4\0\1" + bytes(300_000), container.FileTooLarge),
        (b"ANTQSB\0\1\xff\xff\xff\xff", container.FileTooLarge),
    ],
)
def test_what_is_no_file_of_ours(tmp_path: Path, content: bytes, failure: type[Exception]) -> None:
    path = tmp_path / "a.antq"
    path.write_bytes(content)
    with pytest.raises(failure):
        container.read(path)


def test_file_over_the_cap_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.antq"
    with path.open("wb") as stream:
        stream.write(container.head_of(b"envelope"))
        stream.truncate(2**32)
    with pytest.raises(container.FileTooLarge):
        container.read(path)


def test_envelope_over_the_cap_is_never_written() -> None:
    with pytest.raises(container.FileTooLarge):
        container.head_of(bytes(container.MAX_ENVELOPE + 1))
