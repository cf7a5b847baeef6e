"""How a page is announced to the shell: its key, its place at the left side, and how it is made."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from antq_desktop.domain.wording import N_
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.widgets.page import Page


class Group(Enum):
    """The groups of the left side, in their order; the value is a message id."""

    DAILY = N_("Daily")
    YEARLY = N_("By year")
    REPORTS = N_("Reports")
    EXCHANGE = N_("Exchange")
    SYSTEM = N_("System")


@dataclass(frozen=True, slots=True)
class PageEntry:
    """``word`` is already translated; ``make`` is called once, at the first visit."""

    key: str
    group: Group
    word: str
    icon: str
    make: Callable[[Desk], Page]
    roles: frozenset[str] = frozenset({"commune"})


def in_order(entries: list[PageEntry] | tuple[PageEntry, ...], role: str) -> list[PageEntry]:
    """Return the pages that ``role`` sees, group by group."""
    return [entry for group in Group for entry in entries if entry.group is group and role in entry.roles]
