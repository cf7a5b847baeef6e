"""What is said of each verdict, with its state."""

from pathlib import Path

import pytest

from antq_desktop.services.application import Application
from antq_desktop.services.taking_in import BundleVerdict, SetAsideEvent
from antq_desktop.ui.pages.receiving import deeds
from antq_desktop.ui.theme import State

ASIDE = SetAsideEvent("04978", "Xã Kim Bôi", "d1", 1, 7, "households", "h1", "clash", "Trùng.", "2026-11-20")


@pytest.mark.parametrize(
    ("verdict", "new", "aside", "state"),
    [
        ("taken", 3, (), State.GOOD),
        ("known", 0, (), State.GOOD),
        ("held", 0, (), State.LOOK),
        ("refused", 0, (), State.BAD),
        ("taken", 3, (ASIDE,), State.LOOK),
    ],
)
def test_each_verdict_has_its_state_and_says_what_was_set_aside(
    verdict: str, new: int, aside: tuple[SetAsideEvent, ...], state: State
) -> None:
    line = deeds.said(BundleVerdict("goi.antq", "b1", "", "", verdict, "code", "Câu.", 1, 3, new, aside))
    assert line.state is state
    assert line.text.startswith("goi.antq: Câu.")
    assert ("để riêng" in line.text.casefold()) is bool(aside)
    assert ("3 thay đổi mới" in line.text) is (new == 3)


def test_an_answer_for_a_unit_that_is_not_enrolled_says_why(upper: Application, tmp_path: Path) -> None:
    line = deeds.acknowledge(upper.receiving, "00001", "Xã Lạ", tmp_path)
    assert line.state is State.BAD
    assert "Xã Lạ" in line.text
