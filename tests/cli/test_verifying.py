"""What the second verifier asks for is written by a command, and files of a real stick hold before it."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import verify_bundle

from tests.cli.test_machines import enrol

if TYPE_CHECKING:
    from tests.cli.conftest import Antq


@pytest.mark.skipif(not shutil.which("age"), reason="the program age is not on this machine")
def test_a_bundle_is_verified_with_the_trust_document_and_the_recovery_identity(
    antq: "Antq", upper: Path, filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stick, trust, sheet = tmp_path / "usb", tmp_path / "tin-cay.json", tmp_path / "khoa.txt"
    stick.mkdir()
    key = antq("receiving", "recovery-key", "--reason", "in lại", "--json", "--data", upper).json["identity"]
    sheet.write_text(f"{key}\n", encoding="ascii")
    enrol(antq, upper, filled, stick)
    sent = antq("send", "--to", stick, "--json", "--data", filled).json["path"]
    written = antq("receiving", "trust", "--unit", "04978", "--out", trust, "--data", upper)
    assert (written.code, str(trust) in written.out) == (0, True)
    assert b"AGE-SECRET-KEY" not in trust.read_bytes()
    given = ["--trust", str(trust), "--identity", str(sheet)]
    assert verify_bundle.main([sent, *given]) == 0, capsys.readouterr().out
    assert "chain: whole from event 1" in capsys.readouterr().out
    assert antq("receiving", "receive", sent, "--data", upper).code == 0
    answer = antq("receiving", "ack", "--unit", "04978", "--to", stick, "--json", "--data", upper).json
    assert verify_bundle.main([answer["file"], "--trust", str(trust)]) == 0, capsys.readouterr().out
    bad = bytearray(Path(sent).read_bytes())
    bad[-1] ^= 1
    Path(sent).write_bytes(bad)
    assert verify_bundle.main([sent, *given]) == 3


def test_a_trust_document_is_written_for_a_unit_that_is_enrolled(
    antq: "Antq", upper: Path, tmp_path: Path
) -> None:
    out = tmp_path / "tin-cay.json"
    assert antq("receiving", "trust", "--unit", "04978", "--out", out, "--data", upper).code == 2
    assert not out.exists()
