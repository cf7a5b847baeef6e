"""Counts how sure the shipped catalogues are of what they say, so that nobody takes an inferred line for the law."""

from collections.abc import Iterable, Mapping
from typing import Protocol, get_args

from antq_desktop.domain.criteria import Status


class Grounded(Protocol):
    """A catalogue that says of each of its statements how sure it is."""

    @property
    def id(self) -> str: ...

    @property
    def grounds(self) -> tuple[Status, ...]: ...


def status_counts(catalogues: Iterable[Grounded]) -> dict[str, dict[Status, int]]:
    """Return by the id of each catalogue how many of its statements stand on each kind of ground, every status named."""
    return {
        catalogue.id: {status: catalogue.grounds.count(status) for status in get_args(Status)}
        for catalogue in catalogues
    }


def summed(counts: Mapping[str, Mapping[Status, int]]) -> dict[Status, int]:
    """Return the counts over all catalogues together, every status named."""
    return {status: sum(one[status] for one in counts.values()) for status in get_args(Status)}
