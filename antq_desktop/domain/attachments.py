"""A file that belongs to a record: a scanned signed paper or the spreadsheet it came from, never an identity card."""

from dataclasses import dataclass, field

#: The most bytes that one file may have, whatever it belongs to.
LARGEST = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What is known of a file; ``id`` is the SHA-256 of its bytes in hex, ``size`` in bytes, ``added_at`` ISO UTC.

    A photo is kept without the place where it was taken; ``original_sha256`` is that of the file as it came, None where it
    came as it is kept.
    """

    id: str
    unit_code: str
    name: str
    media_type: str
    size: int
    added_at: str
    original_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)
