"""What a commune sets once and the upper level may read: names, deadlines, who signs."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One named value; ``value`` is a JSON value."""

    id: str
    unit_code: str
    value: object
    version: dict[str, int] = field(default_factory=dict)
