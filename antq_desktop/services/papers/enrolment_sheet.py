"""Reads the check number back from a photograph or scan of an enrolment sheet, so that 30 digits need not be typed."""

import re
from dataclasses import dataclass
from pathlib import Path

from antq_desktop.documents import qr_reading
from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.progress import Progress

_PREFIX = "ANTQ1.ENROL"
_SHEET = re.compile(
    rf"{re.escape(_PREFIX)}\.(?P<unit>[A-Za-z0-9_-]{{1,64}})\.(?P<device>[A-Za-z0-9_-]{{1,64}})\.(?P<number>\d{{5}}(?:-\d{{5}}){{5}})"
)


class NoEnrolmentSheet(BadInput):
    code = "no-enrolment-sheet"
    sentence = N_(
        "«{file}» shows no enrolment sheet of this program. Photograph the sheet's code again, sharp and from above."
    )


class SeveralSheets(BadInput):
    code = "several-sheets"
    sentence = N_("«{file}» shows several enrolment sheets. Photograph the one that belongs to the request.")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the code on a sheet says. It proves nothing: the number does, once it fits the request."""

    unit_code: str
    device_id: str
    check_number: str


def code_of(unit_code: str, device_id: str, check_number: str) -> str:
    """Return the text of the code that a sheet bears."""
    return f"{_PREFIX}.{unit_code}.{device_id}.{check_number}"


def read(path: Path, progress: Progress | None = None) -> Sheet:
    """Return the sheet on the picture or PDF ``path``.

    Raises NoEnrolmentSheet, SeveralSheets and what ``documents.qr_reading.codes_in`` raises.
    """
    found = [shown for text in qr_reading.codes_in(path, progress) if (shown := _SHEET.fullmatch(text))]
    if not found:
        raise NoEnrolmentSheet(file=path.name, field="sheet")
    if len(found) > 1:
        raise SeveralSheets(file=path.name, field="sheet")
    return Sheet(found[0]["unit"], found[0]["device"], found[0]["number"])
