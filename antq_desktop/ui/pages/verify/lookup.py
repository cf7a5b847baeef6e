"""Reads codes from what was typed, scanned or photographed, and asks what each is worth."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from antq_desktop.domain.errors import Cancelled, KnownFailure
from antq_desktop.runtime.language import _, sentence
from antq_desktop.runtime.progress import Progress
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.verifying import CertificateCheck


@dataclass(frozen=True, slots=True)
class Found:
    """One code with what it is worth, where it was read and when it was checked."""

    check: CertificateCheck
    source: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """The codes in the order in which they were read, and a sentence for each file that gave none."""

    found: tuple[Found, ...]
    unread: tuple[str, ...] = ()


def of_text(services: Application, text: str) -> Looked:
    """Check one code. Raises NotInitialised.

    Blanks inside are signs of the code and stay as they are; those around it came with the line and go.
    """
    return Looked(_checked(services, [text.strip()], _("Typed or scanned")))


def of_files(services: Application, files: Sequence[Path], progress: Progress) -> Looked:
    """Check every code in pictures and PDFs; a file without any does not stop the others. Raises NotInitialised, Cancelled."""
    found: list[Found] = []
    unread: list[str] = []
    for file in files:
        try:
            texts = services.verifying.codes_in(file, progress)
        except Cancelled:
            raise
        except KnownFailure as failure:
            unread.append(sentence(failure))
        else:
            found += _checked(services, texts, file.name)
    return Looked(tuple(found), tuple(unread))


def _checked(services: Application, texts: Sequence[str], source: str) -> tuple[Found, ...]:
    at = services.session.now()
    return tuple(Found(check, source, at) for check in services.verifying.check_all(texts))
