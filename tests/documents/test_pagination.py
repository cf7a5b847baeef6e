"""Pages: what belongs together stays together and table heads come again."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.documents.pagination import Page, share_out
from antq_desktop.documents.strips import Strip


class Named:
    """A drawing that only has a name."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, _pen: object, _top: float) -> None: ...


def strip(name: str, height: float, **more: object) -> Strip:
    return replace(Strip(height, Named(name)), **more)  # type: ignore[arg-type]


def names(pages: list[Page]) -> list[list[str]]:
    return [[placed.draw.name for placed in page.placed if isinstance(placed.draw, Named)] for page in pages]


def test_what_fits_stays_on_one_page_with_its_spaces() -> None:
    pages = share_out([strip("a", 10, above=5), strip("b", 10, above=5), strip("c", 10)], 35)
    assert [placed.down for placed in pages[0].placed] == [0, 15, 25]


def test_strips_that_keep_together_move_as_one() -> None:
    strips = [strip("a", 50), strip("b", 30, keep=True), strip("c", 30, keep=True), strip("d", 30)]
    assert names(share_out(strips, 100)) == [["a"], ["b", "c", "d"]]


def test_what_is_taller_than_a_page_is_parted_where_it_must() -> None:
    strips = [strip(str(number), 40, keep=True) for number in range(5)]
    assert names(share_out(strips, 100)) == [["0", "1"], ["2", "3"], ["4"]]


def test_the_head_comes_again_and_an_open_row_is_closed() -> None:
    head = strip("head", 10)
    rows = [strip(str(n), 40, head=head, close=Named("close") if n == 1 else None) for n in range(4)]
    pages = share_out([replace(head, keep=True), *rows], 100)
    assert names(pages) == [["head", "0", "1", "close"], ["head", "2", "3"]]
    assert [placed.down for placed in pages[1].placed] == [0, 10, 50]


def test_a_signature_takes_the_line_before_it_to_its_page() -> None:
    strips = [strip("a", 40), strip("b", 40), strip("c", 15), strip("signed", 30, with_former=True)]
    assert names(share_out(strips, 100)) == [["a", "b"], ["c", "signed"]]


def test_a_break_begins_a_page_and_an_annex_counts_from_one_again() -> None:
    strips = [
        strip("a", 10, keep=True),
        strip("b", 10, opens="page"),
        strip("c", 10, opens="annex", above=5),
        strip("d", 95),
    ]
    pages = share_out(strips, 100)
    assert names(pages) == [["a"], ["b"], ["c"], ["d"]]
    assert [page.number for page in pages] == [1, 2, 1, 2]
    assert pages[2].placed[0].down == 0


def test_a_paper_that_begins_with_a_break_has_no_empty_page() -> None:
    assert names(share_out([strip("a", 10, opens="annex")], 100)) == [["a"]]


def test_no_strips_are_still_a_page() -> None:
    assert share_out([], 100) == [Page(1)]


@given(st.lists(st.tuples(st.floats(1, 60), st.floats(0, 10), st.booleans()), max_size=40))
def test_nothing_is_lost_or_runs_over_the_foot(parts: list[tuple[float, float, bool]]) -> None:
    strips = [strip(str(n), height, above=above, keep=keep) for n, (height, above, keep) in enumerate(parts)]
    pages = share_out(strips, 100)
    assert [name for page in names(pages) for name in page] == [str(n) for n in range(len(parts))]
    heights = iter(part[0] for part in parts)
    assert all(placed.down + next(heights) <= 100.02 for page in pages for placed in page.placed)
