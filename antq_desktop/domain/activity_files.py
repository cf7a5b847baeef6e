"""A photo or document that shows an activity; the file itself is an attachment."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFile:
    """One file of one activity. ``file_sha256`` is the file in full size, ``copy_sha256`` a smaller picture of it (None: a document).

    Neither says where, when or by whom a photo was taken.
    """

    id: str
    unit_code: str
    activity_id: str
    name: str
    file_sha256: str
    copy_sha256: str | None = None
    version: dict[str, int] = field(default_factory=dict)
