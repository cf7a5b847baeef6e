"""Writes files whole or not at all, so that a crash or a pulled stick never leaves half a file under its name."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """Give a binary file to write; on a clean exit it becomes ``target``, durable on disk; else nothing is left.

    Raises OSError as the system gives it.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{token_hex(4)}.part")
    try:
        with beside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)  # noqa: PTH105 - the name that says what it does on every system
        sync_folder(target.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_whole(target: Path, content: bytes) -> None:
    """Write ``content`` as the file ``target``, whole or not at all."""
    with replacing(target) as stream:
        stream.write(content)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
