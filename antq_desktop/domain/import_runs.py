"""One spreadsheet taken in: which file it was and what became of its rows."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun:
    """The counts of rows by what became of them; the file itself is the attachment ``file_sha256``."""

    id: str
    unit_code: str
    file_name: str
    file_sha256: str
    at: str
    added: int
    changed: int
    unchanged: int
    faults: int
    doubtful: int
    version: dict[str, int] = field(default_factory=dict)
