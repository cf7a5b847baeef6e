"""A file that is not there is wrong use, whichever command was to read it."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Antq


@pytest.mark.parametrize(
    "command",
    [
        ("receiving", "receive"),
        ("receiving", "enrol", "--check-number", "00000-00000-00000-00000-00000-00000"),
        ("receiving", "recover", "--identity-file", "{there}"),
        ("rebuild",),
        ("bundle", "take"),
        ("ack",),
    ],
)
def test_a_file_that_is_not_there_is_named(
    antq: "Antq", data: Path, tmp_path: Path, command: tuple[str, ...]
) -> None:
    there, nowhere = tmp_path / "khoa.txt", tmp_path / "khong-co.antq"
    there.write_text("AGE-SECRET-KEY-1", encoding="ascii")
    said = antq(*(part.format(there=there) for part in command), nowhere, "--data", data)
    assert (said.code, f"Không có tệp «{nowhere}»" in said.err) == (2, True), said.err
