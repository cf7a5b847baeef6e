"""Reads the invented names and words that a generated commune is made of."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from antq_desktop.runtime.resources import RESOURCES


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Lists of Vietnamese words, each named after what it is for."""

    families: list[str]
    middle: Mapping[Literal["male", "female"], list[str]]
    given: Mapping[Literal["male", "female"], list[str]]
    areas: list[str]
    area_parts: list[str]
    area_kinds: list[str]
    partners: list[str]
    programme_subjects: list[str]
    leader_posts: list[str]
    merits: list[str]
    festival_places: list[str]
    trainings: list[str]
    closing_reasons: list[str]
    pausing_reasons: list[str]
    agencies: list[str]
    enterprises: list[str]
    schools: list[str]
    small_schools: list[str]


def words() -> Words:
    """Return the words that travel with the program."""
    return Words(**tomllib.loads((RESOURCES / "generated" / "words.toml").read_text(encoding="utf-8")))
