"""What a command may say: one JSON document on standard output, sentences for people on standard error."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from pathlib import Path
from typing import Any

from antq_desktop.bootstrap import open_workspace
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.language import _
from antq_desktop.runtime.paths import default_folder
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application


class PassphraseNotGiven(BadInput):
    code = "passphrase-not-given"
    sentence = N_("The passphrase was not given. Type it at the prompt, or set ANTQ_PASSPHRASE.")


class PassphrasesDiffer(BadInput):
    code = "passphrases-differ"
    sentence = N_("The passphrase was not typed the same way twice. Nothing was made; try again.")


class Console:
    """One run of one command. ``as_json`` keeps standard output for the one document."""

    def __init__(self, *, as_json: bool, data: Path | None = None) -> None:
        self.as_json = as_json
        self.data = data or default_folder()

    def tell(self, document: Any, *sentences: str) -> None:  # noqa: ANN401 - any JSON value
        """Answer: the ``document`` with --json, else the ``sentences``, one a line, both on standard output."""
        lines = [json.dumps(document, ensure_ascii=False, indent=1)] if self.as_json else sentences
        if document == [] and not lines:
            self.say(_("There is nothing to list."))
        try:
            for line in lines:
                print(line, flush=True)  # noqa: T201 - this is the command's answer
        except BrokenPipeError:  # whoever reads has seen enough, as `head` has; the work itself was done
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    @staticmethod
    def say(text: str) -> None:
        """Say something beside the answer."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - messages of a command

    def progress(self) -> Progress:
        """Return a progress that is shown where somebody looks on."""
        if not sys.stderr.isatty():
            return Progress()

        def show(done: int, total: int, what: str) -> None:
            share = f"{done * 100 // total} %" if total else str(done)
            print(f"\r{what} {share} ", end="", file=sys.stderr, flush=True)  # noqa: T201 - messages of a command

        return Progress(show)

    def passphrase(self, *, new: bool = False) -> str:
        """Return the passphrase from ANTQ_PASSPHRASE or the terminal; a ``new`` one is typed twice.

        Raises PassphraseNotGiven, PassphrasesDiffer.
        """
        given = os.environ.get("ANTQ_PASSPHRASE")
        if given:
            return given
        if not sys.stdin.isatty():
            raise PassphraseNotGiven
        try:
            typed = getpass(_("Passphrase: "))
            again = getpass(_("Once more: ")) if new else typed
        except EOFError as error:  # Ctrl+D, Ctrl+Z
            raise PassphraseNotGiven from error
        if again != typed:
            raise PassphrasesDiffer
        return typed

    @contextmanager
    def workspace(self) -> Iterator[Application]:
        """Open the workspace that --data names, for the time of one command.

        After an update that brings new words, they are gathered first.
        """
        application = open_workspace(self.data, self.passphrase())
        try:
            application.search.gather(self.progress())
            if application.mending.state() is not None:
                self.say(
                    _(
                        "The data here was taken back or copied: settle it first, antq workspace state and mend."
                    )
                )
            yield application
        finally:
            application.close()
