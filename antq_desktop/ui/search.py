"""What the search of the header shows of what was found, and where it leads."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from antq_desktop.ui.widgets.search_field import SHOWN, Found

if TYPE_CHECKING:
    from antq_desktop.services.application import Application

_AREAS = frozenset({"residential_areas", "successions"})


def finder(application: "Application") -> Callable[[str], list[Found]]:
    """Return the search of one workspace; it runs on the lane."""

    def find(text: str) -> list[Found]:
        return [
            Found(
                hit.title,
                hit.detail,
                hit.page,
                hit.what,
                icon="map" if hit.entity in _AREAS else hit.page.replace("_", "-"),
                group=hit.group,
                year=hit.year,
            )
            for hit in application.search.find(text, SHOWN)
        ]

    return find
