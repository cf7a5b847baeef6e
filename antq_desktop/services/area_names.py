"""Tells which residential areas somebody means by a name: a wrong guess would act on the wrong village."""

from collections.abc import Iterable
from typing import Protocol

from antq_desktop.domain.text import fold, sort_key


class Named(Protocol):
    """An area as records and lists know it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


def fitting(name: str, areas: Iterable[Named]) -> list[str]:
    """Return the ids of the areas called ``name``; hoà and hòa are one word, Lác and Lạc are two.

    A name typed without any tone mark may mean every area that reads so.
    """
    among = list(areas)
    key, folded = sort_key(name), fold(name)
    same = [area.id for area in among if sort_key(area.name) == key]
    if not same and folded == name.casefold():
        same = [area.id for area in among if fold(area.name) == folded]
    return same
