"""Gives tests of the commune's stick the page in sight, of a laptop that is enrolled or not."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from antq_desktop.services.application import Application
from antq_desktop.ui.desk import Desk
from antq_desktop.ui.pages.sending.page import SendingPage


@pytest.fixture
def page(office: Desk, stick: Path, in_sight: Callable[[QWidget], None]) -> SendingPage:
    made = SendingPage(office)
    office.announced.connect(made.changed)
    in_sight(made)
    made.freshen()
    office.lane.wait_idle()
    made.stick.set_folder(stick)
    office.lane.wait_idle()
    return made


@pytest.fixture
def enrolled(page: SendingPage, upper: Application, stick: Path) -> SendingPage:
    """Return the page of a laptop that the upper level has enrolled."""
    page.action.trigger()
    page.desk.lane.wait_idle()
    made = page.enrolment.made
    assert made is not None
    answer = upper.receiving.enrol(made.path, made.check_number, stick)
    page.take(answer.path)
    page.desk.lane.wait_idle()
    for left in stick.iterdir():
        left.unlink()
    return page
