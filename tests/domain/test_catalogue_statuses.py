"""How sure catalogues are: every status is named, also where nothing stands on it."""

from dataclasses import dataclass

from antq_desktop.domain.catalogue_statuses import status_counts, summed
from antq_desktop.domain.criteria import Status


@dataclass(frozen=True)
class Known:
    id: str
    grounds: tuple[Status, ...]


def test_statuses_are_counted_by_catalogue_and_over_all() -> None:
    counts = status_counts([Known("a", ("seen", "seen", "press")), Known("b", ("unknown",))])
    assert counts == {
        "a": {"seen": 2, "press": 1, "inferred": 0, "unknown": 0},
        "b": {"seen": 0, "press": 0, "inferred": 0, "unknown": 1},
    }
    assert summed(counts) == {"seen": 2, "press": 1, "inferred": 0, "unknown": 1}
    assert summed({}) == {"seen": 0, "press": 0, "inferred": 0, "unknown": 0}
