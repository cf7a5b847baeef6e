"""Who works, for which unit, in which year, and what time it is: what every use case needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4


@dataclass(frozen=True, slots=True)
class Session:
    """One officer at work. ``now`` gives aware UTC times; ``working_year`` reads the year that is set."""

    user: str
    unit_code: str
    now: Callable[[], datetime]
    working_year: Callable[[], int]

    @property
    def year(self) -> int:
        return self.working_year()

    def today(self) -> date:
        """Return the date on this laptop."""
        return self.now().astimezone().date()

    @staticmethod
    def new_id() -> str:
        """Return a new random id; people never choose one."""
        return uuid4().hex
