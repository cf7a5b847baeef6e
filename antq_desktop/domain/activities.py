"""What the models did: one activity with its counts, never a name of whoever was helped, warned or reported."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelActivity:
    """One activity of one model. ``quantities`` maps unit ids of the catalogue of activity kinds to whole numbers."""

    id: str
    unit_code: str
    model_id: str
    kind: str
    on: date
    title: str = ""
    place: str = ""
    quantities: dict[str, int] = field(default_factory=dict)
    note: str = ""
    version: dict[str, int] = field(default_factory=dict)
