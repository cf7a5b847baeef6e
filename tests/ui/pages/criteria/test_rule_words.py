"""Every rule that the schema knows is said in words."""

import pytest

from antq_desktop.domain.rule_trees import AllOf, NoneOf, SomeOf, Tree
from antq_desktop.domain.rules import AtLeast, AtMost, Expected, Present, Rule, ShareAtLeast, Within
from antq_desktop.ui.pages.criteria.rule_words import rule_words, status_state, status_word, tree_words
from antq_desktop.ui.theme import State


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Expected(yes=True), "Trả lời có."),
        (Expected(yes=False), "Trả lời không."),
        (AtLeast(1200), "Ít nhất 1.200."),
        (AtMost(0), "Không có vụ, việc nào."),
        (AtMost(2), "Nhiều nhất 2."),
        (ShareAtLeast(70), "Ít nhất 70 %, so sánh chính xác, không làm tròn lên."),
        (ShareAtLeast(2, 3), "Ít nhất 2/3, so sánh chính xác."),
        (Within((1, 1), (3, 31)), "Ngày nằm trong khoảng từ 01/01 đến 31/03 của năm."),
        (Within((2, 1), (2, 29)), "Ngày nằm trong khoảng từ 01/02 đến 29/02 của năm."),
        (Present(), "Có ghi số văn bản."),
    ],
)
def test_a_rule_is_said_in_words(rule: Rule, words: str) -> None:
    assert rule_words(rule) == words


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (AllOf(("a", "b")), "Phải đủ các mục sau."),
        (NoneOf(("a", "b")), "Không được xảy ra vụ, việc nào sau đây."),
        (SomeOf(1, ("a", "b")), "Chỉ cần một trong các mục sau."),
        (SomeOf(2, ("a", "b", "c")), "Chỉ cần 2 trong các mục sau."),
    ],
)
def test_how_parts_hold_together_is_said_in_words(tree: Tree, words: str) -> None:
    assert tree_words(tree) == words


def test_only_text_that_was_seen_is_shown_as_good() -> None:
    assert [status_state(status) for status in ("seen", "press", "inferred", "unknown")] == [
        State.GOOD,
        State.LOOK,
        State.LOOK,
        State.LOOK,
    ]
    assert status_word("unknown") == "Chưa thấy văn bản gốc"
