"""A passphrase is asked for at a terminal only, and an answer that ends is no bug."""

import sys

import pytest

from antq_desktop.cli import console
from antq_desktop.cli.console import Console, PassphraseNotGiven


@pytest.mark.parametrize("new", [False, True])
def test_an_answer_that_ends_gives_no_passphrase(monkeypatch: pytest.MonkeyPatch, *, new: bool) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.delenv("ANTQ_PASSPHRASE", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(console, "getpass", ended)
    with pytest.raises(PassphraseNotGiven):
        Console(as_json=True).passphrase(new=new)
