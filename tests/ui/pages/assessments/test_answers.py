"""What people type as an answer, and how an answer is written for them."""

from datetime import date

import pytest

from antq_desktop.domain.criteria import AnswerKind
from antq_desktop.domain.ratios import Ratio
from antq_desktop.domain.rules import Value
from antq_desktop.ui.pages.assessments import answers


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "10/2", date(2026, 2, 10)),
        ("date", "05032025", date(2025, 3, 5)),
        ("count", "1.234", 1234),
        ("share", "38/40", Ratio(38, 40)),
        ("share", "1.038 / 1.040", Ratio(1038, 1040)),
        ("share", "38 trên 40", Ratio(38, 40)),
        ("share", "0/0", Ratio(0, 0)),
        ("document", "12-NQ/CB", "12-NQ/CB"),
        ("date", "", None),
    ],
)
def test_an_answer_is_read_as_it_is_typed(kind: AnswerKind, text: str, value: Value) -> None:
    assert answers.read(kind, text, 2026) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("date", "30/2"),
        ("date", "mai"),
        ("count", "ba"),
        ("count", "-1"),
        ("count", "1.5"),
        ("share", "1.5/20"),
        ("share", "41/40"),
        ("share", "38"),
        ("share", "38/x"),
        ("share", "./."),
    ],
)
def test_what_is_no_answer_is_named_in_the_sentence(kind: AnswerKind, text: str) -> None:
    with pytest.raises(answers.Unreadable, match="«"):
        answers.read(kind, text, 2026)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, "Có"),
        (False, "Không"),
        (Ratio(3, 4), "3/4 (75\u00a0%)"),
        (Ratio(0, 0), "0/0"),
        (date(2026, 3, 5), "05/03/2026"),
        (7, "7"),
        (None, ""),
    ],
)
def test_an_answer_is_written_for_people(value: Value, shown: str) -> None:
    assert answers.shown(value) == shown
