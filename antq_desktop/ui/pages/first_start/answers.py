"""What the steps of the first start have been told so far."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from antq_desktop.intake.national_list import Commune
    from antq_desktop.services.application import Application, Role


@dataclass(slots=True)
class Answers:
    """Filled step by step; ``application`` and ``recovery_key`` are there once the workspace was made."""

    folder: Path
    role: "Role" = "commune"
    commune: "Commune | None" = None
    values: dict[str, str] = field(default_factory=dict)
    year: int = 0
    application: "Application | None" = None
    recovery_key: str = ""
    #: Only at a receiving unit: what opens sealed bundles when its machine is lost.
    sealing_key: str = ""
