"""A list of catalogues comes back to the byte, and no other spelling of it is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.domain import strict_json
from antq_desktop.exchange import issued
from antq_desktop.exchange.issued import CatalogueFileRefused, IssuedList, IssuedText

TEXT = 'kind = "criteria"\r\ntitle = "Tiêu chí của tỉnh"\n\ttab\u0000\ufeff'
LIST = IssuedList(3, (IssuedText("criteria", TEXT), IssuedText("scope", "")))


def test_a_list_comes_back_to_the_byte() -> None:
    back = issued.decode(issued.encode(LIST))
    assert back == LIST
    assert back.catalogues[0].content == TEXT.encode()


@given(st.lists(st.tuples(st.sampled_from(["criteria", "scope"]), st.text()), min_size=1, max_size=4))
def test_any_text_comes_back(texts: list[tuple[str, str]]) -> None:
    made = IssuedList(1, tuple(IssuedText(*each) for each in texts))
    assert issued.decode(issued.encode(made)) == made


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b'{"catalogues":[],"sequence":1}',
        b'{"catalogues":[{"kind":"criteria","text":"a"}],"sequence":0}',
        b'{"catalogues":[{"kind":"criteria","text":"a"}],"sequence":true}',
        b'{"catalogues":[{"kind":"","text":"a"}],"sequence":1}',
        b'{"catalogues":[{"kind":"criteria","text":1}],"sequence":1}',
        b'{"catalogues":[{"kind":"criteria"}],"sequence":1}',
        b'{"catalogues":[{"kind":"criteria","text":"a","more":1}],"sequence":1}',
        b'{"sequence":1,"catalogues":[{"kind":"criteria","text":"a"}]}',
        b'{"catalogues":[{"kind":"criteria","text":"\\u0061"}],"sequence":1}',
        b'{"catalogues":[{"kind":"criteria","text":"\\ud800"}],"sequence":1}',
    ],
)
def test_what_breaks_the_format_is_refused(content: bytes) -> None:
    with pytest.raises(CatalogueFileRefused):
        issued.decode(content)


@given(st.binary(max_size=80), st.integers(0, 200))
def test_any_bytes_are_refused_or_mean_the_same(junk: bytes, at: int) -> None:
    content = issued.encode(LIST)
    for changed in (junk, content[:at] + junk + content[at:], content[:at]):
        if changed != content:
            try:
                made = issued.decode(changed)
            except CatalogueFileRefused:
                continue
            assert issued.encode(made) == changed
    assert strict_json.loads(content)
