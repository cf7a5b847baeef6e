"""Gives tests of the recognitions page areas that meet the criteria."""

from collections.abc import Callable
from datetime import date

import pytest

from antq_desktop.domain.territory import ResidentialArea
from antq_desktop.services.application import Application
from antq_desktop.services.yearly.assessments import Given


@pytest.fixture
def assess(commune: Application) -> Callable[[ResidentialArea], str]:
    """Return what finishes the assessment of an area as met on 05/11/2026; gives its id back."""

    def assessed(area: ResidentialArea) -> str:
        services = commune.assessments
        draft = services.start(area.id).record
        answers = {
            item.id: Given(date(2026, 2, 10))
            if item.answer == "date"
            else Given(0)
            if item.answer == "count"
            else Given(value=True)
            for item in services.catalogue().items
            if item.answer != "share"
        }
        answers["k1-ho-dang-ky"] = Given("1/1", "Theo sổ giấy")
        services.answer_all(draft.id, answers)
        return services.finalise(draft.id, date(2026, 11, 5)).record.id

    return assessed
