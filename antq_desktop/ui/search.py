"""What the search of the header finds: residential areas by their name, households by any of their words."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from antq_desktop.domain.text import fold
from antq_desktop.runtime.language import _
from antq_desktop.ui.widgets.search_field import Found

if TYPE_CHECKING:
    from antq_desktop.services.application import Application

_MOST_AREAS = 3
_MOST_HOUSEHOLDS = 8


def finder(application: "Application") -> Callable[[str], list[Found]]:
    """Return the search of one workspace; it runs on the lane."""

    def find(text: str) -> list[Found]:
        if application.role != "commune":
            return []
        wanted = fold(text)
        areas = [
            Found(
                area.name,
                _("{count} households", count=area.households),
                "households",
                {"area_id": area.id},
                icon="map",
            )
            for area in application.territory.areas(application.session.today())
            if wanted in fold(area.name)
        ]
        homes = [
            Found(
                home.head,
                " · ".join(part for part in (home.birth, home.area_name, home.address) if part),
                "households",
                {"household_id": home.id},
                icon="households",
            )
            for home in application.households.find(text, limit=_MOST_HOUSEHOLDS)
        ]
        return areas[:_MOST_AREAS] + homes

    return find
