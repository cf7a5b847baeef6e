"""Lines: no letter is lost, none is wider than its place, and what fits is not broken."""

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.documents.templates import EMPTY_BOX
from antq_desktop.documents.text_layout import (
    BOX_WIDTH,
    Line,
    balance,
    break_lines,
    fit_size,
    width_of,
)


class Even:
    """A face whose letters are all half as wide as high, bold ones wider; a space is a quarter."""

    def width(self, style: int, text: str) -> float:
        return sum(0.25 if sign == " " else 0.6 if style else 0.5 for sign in text)


FACE = Even()
WORDS = st.lists(st.tuples(st.sampled_from([0, 1]), st.text("abđ ộ", max_size=12)), max_size=8)


def joined(lines: list[Line]) -> str:
    return "".join(text for line in lines for _, text in line.runs).replace(" ", "")


@given(WORDS, st.floats(min_value=6, max_value=400), st.floats(min_value=0, max_value=5))
def test_no_letter_is_lost_and_no_line_is_too_wide(
    runs: list[tuple[int, str]], width: float, indent: float
) -> None:
    lines = break_lines(runs, FACE, 10, width, indent)
    assert joined(lines) == "".join(text for _, text in runs).replace(" ", "")
    for number, line in enumerate(lines):
        assert (
            line.width <= width - (indent if number == 0 and line.gaps else 0) + 1e-6
            or len(joined([line])) == 1
        )
        assert abs(width_of(line.runs, FACE) * 10 - line.width) < 1e-6
        assert line.gaps == sum(text.count(" ") for _, text in line.runs)


@given(WORDS)
def test_a_text_that_fits_is_one_line_whatever_way_it_was_measured(runs: list[tuple[int, str]]) -> None:
    lines = break_lines(runs, FACE, 10, 10_000)
    text = " ".join("".join(text for _, text in runs).split())
    assert ["".join(t for _, t in line.runs) for line in lines] == ([text] if text else [])


def test_words_break_at_spaces_and_the_first_line_is_indented() -> None:
    lines = break_lines([(0, "aaaa bbbb cccc")], FACE, 10, 50, 25)
    assert [line.runs[0][1] for line in lines] == ["aaaa", "bbbb cccc"]
    assert [line.is_last for line in lines] == [False, True]


def test_a_newline_ends_a_line_and_an_empty_one_is_dropped() -> None:
    lines = break_lines([(0, "a\n"), (2, "b\n")], FACE, 10, 100)
    assert [line.runs for line in lines] == [((0, "a"),), ((2, "b"),)]
    assert all(line.is_last for line in lines)


def test_a_word_wider_than_the_place_is_parted() -> None:
    lines = break_lines([(0, "a" * 120)], FACE, 10, 100)
    assert [len(line.runs[0][1]) for line in lines] == [20] * 6


def test_boxes_take_their_place() -> None:
    assert width_of([(0, f"{EMPTY_BOX}a")], FACE) == BOX_WIDTH + 0.5


def test_balanced_lines_are_as_few_and_nearly_even() -> None:
    runs = [(0, "aaaa bbbb cccc dddd eeee ffff gg")]
    plain, even = break_lines(runs, FACE, 10, 120), balance(runs, FACE, 10, 120)
    assert len(plain) == len(even) == 2
    assert abs(even[0].width - even[1].width) < abs(plain[0].width - plain[1].width)


def test_balancing_never_parts_a_word() -> None:
    lines = balance([(0, "Chưa đạt")], FACE, 10, 22)
    assert ["".join(t for _, t in line.runs) for line in lines] == ["Chưa", "đạt"]


def test_letters_shrink_until_the_lines_are_few_enough_but_not_below_the_least() -> None:
    runs = [(0, "a" * 20)]
    assert fit_size(runs, FACE, (20, 8), 200, 1) == 20
    assert fit_size(runs, FACE, (30, 8), 200, 1) == 20
    assert fit_size(runs, FACE, (30, 25), 200, 1) == 25
