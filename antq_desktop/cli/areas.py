"""Finds the residential area that somebody names on the command line."""

from antq_desktop.domain.errors import NotFound
from antq_desktop.domain.text import clean
from antq_desktop.services.application import Application
from antq_desktop.services.area_names import fitting


def area_id(application: Application, named: str) -> str:
    """Return the id of the area with this id or name (without tone marks too). Raises NotFound when none or several fit."""
    areas = application.territory.areas(application.session.today())
    found = [area.id for area in areas if area.id == named] or fitting(clean(named), areas)
    if len(found) != 1:
        raise NotFound(what=named)
    return found[0]
