"""Form files: what is wrong is told with its line and key, before anything is printed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from antq_desktop.documents.form_blocks import Signatures, Table, Title
from antq_desktop.documents.form_files import FormBroken, FormMissing, form_names, load_form

GOOD = """
[fields]
name = { label = "Tên" }
[fields.items]
label = "Dòng"
kind = "rows"
[fields.items.fields]
word = { label = "Chữ" }

[[block]]
kind = "title"
text = "GIẤY {name}"
"""
LINE_OF_BLOCK = 17


def block(text: str) -> str:
    return GOOD + "\n[[block]]\n" + text


def test_a_form_becomes_typed_blocks(form_folder: Callable[[str], Path]) -> None:
    folder = form_folder(
        block(
            'kind = "signatures"\n[[block.columns]]\nrole = ["CHỦ HỘ"]\n[[block]]\nkind = "table"\nrows = "items"\n'
        )
        + 'columns = [{ head = "TT", text = "{n}", width = 12 }, { head = "Chữ", text = "{word} {name}" }]\n'
    )
    form = load_form("thu", folder)
    assert form.name == "thu"
    assert form_names(folder) == ("thu",)
    title, signatures, table = form.blocks
    assert isinstance(title, Title)
    assert (title.size, title.bold, title.align) == (14.0, True, "center")
    assert isinstance(signatures, Signatures)
    assert len(signatures.columns) == 1
    assert isinstance(table, Table)
    assert [column.width for column in table.columns] == [12.0, 0.0]


def test_a_form_that_is_not_there_names_those_that_are(form_folder: Callable[[str], Path]) -> None:
    with pytest.raises(FormMissing, match="There is no form «nothing». Choose one of: thu"):
        load_form("nothing", form_folder(GOOD))


@pytest.mark.parametrize("name", ["../thu", "", ".", "thu/", "thu\0"])
def test_a_name_is_never_a_way_out_of_the_folder(form_folder: Callable[[str], Path], name: str) -> None:
    with pytest.raises(FormMissing):
        load_form(name, form_folder(GOOD))


def test_a_corrected_form_is_read_again(form_folder: Callable[[str], Path]) -> None:
    folder = form_folder(GOOD)
    assert load_form("thu", folder).title == "Thử"
    path = folder / "thu" / "form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"Thử"', '"Sửa"', 1), encoding="utf-8")
    assert load_form("thu", folder).title == "Sửa"


@pytest.mark.parametrize(
    ("text", "key", "why"),
    [
        ('kind = "tabel"', "kind = tabel", "no such kind"),
        ("text = 'x'", "kind = None", "no such kind"),
        ('kind = "title"', "title.text", "missing"),
        ('kind = "title"\ntext = 3', "title.text", "another kind"),
        ('kind = "title"\ntext = "{nane}"', "text: nane", "not declared"),
        ('kind = "title"\ntext = "{name"', "title.text: {name", "no partner"),
        ('kind = "title"\ntext = "a"\ncolor = "red"', "title.color", "no such key"),
        ('kind = "title"\ntext = "a"\nalign = "middle"', "title.align = middle", "none of the words"),
        ('kind = "title"\ntext = "a"\nbold = "yes"', "title.bold", "another kind"),
        ('kind = "title"\ntext = "a"\nwhen = "nane"', "when: nane", "not declared"),
        ('kind = "title"\ntext = "{word}"', "text: word", "not declared"),
        ('kind = "paragraph"\ntext = "a"\neach = "name"', "name", "no rows"),
        ('kind = "list"\nitems = "a"', "list.items", "list is needed"),
        ('kind = "fields"\nlines = [[{ label = "a" }]]', "fields.lines 1 1.text", "missing"),
        ('kind = "signatures"\ncolumns = [{ role = ["{nane}"] }]', "columns 1.role 1: nane", "not declared"),
        ('kind = "space"\nheight = 3\nat = { x = 1, y = 1, width = 1 }', "at", "no fixed place"),
        ('kind = "page_break"\nat = { x = 1, y = 1, width = 1 }', "at", "no fixed place"),
        ('kind = "rulers"\ncrosses = [{ x = 1, y = 1, name = "A" }]', "at", "needs a fixed place"),
        ('kind = "rulers"\ncrosses = [{ x = 1, name = "A" }]', "rulers.crosses 1.y", "missing"),
        (
            'kind = "table"\nrows = "items"\ncolumns = [{ head = "a", text = "b", width = 200 }]',
            "columns",
            "wider than the page",
        ),
        (
            'kind = "table"\nrows = "items"\ncolumns = [{ head = "a", text = "b" }]\nfoot = ["{word}"]',
            "foot 1: word",
            "not declared",
        ),
        (
            'kind = "table"\nrows = "items"\ncolumns = [{ head = "a", text = "b" }]\nfoot = ["a", "b"]',
            "foot",
            "one text for each column",
        ),
    ],
)
def test_a_bad_block_is_told_with_its_line(
    form_folder: Callable[[str], Path], text: str, key: str, why: str
) -> None:
    with pytest.raises(FormBroken) as failure:
        load_form("thu", form_folder(block(text)))
    assert failure.value.facts["form"] == "thu"
    assert failure.value.facts["line"] == LINE_OF_BLOCK + 4
    assert failure.value.facts["key"] == key
    assert why in str(failure.value.facts["why"])


@pytest.mark.parametrize(
    ("change", "line", "key"),
    [
        (("in_force_from = 2026-01-01", 'in_force_from = "2026"'), 6, "in_force_from"),
        (('status = "reference"', 'status = "sure"'), 5, "status = sure"),
        (('title = "Thử"', ""), 1, "title"),
        (('label = "Tên"', "label = 3"), 10, "fields.name.label"),
        (('kind = "rows"', 'kind = "many"'), 13, "fields.items.kind = many"),
    ],
)
def test_a_bad_head_is_told_with_its_line(
    form_folder: Callable[[str], Path], change: tuple[str, str], line: int, key: str
) -> None:
    folder = form_folder(GOOD)
    path = folder / "thu" / "form.toml"
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(FormBroken) as failure:
        load_form("thu", folder)
    assert (failure.value.facts["key"], failure.value.facts["line"]) == (key, line)


def test_no_toml_is_told_with_the_line_where_reading_stopped(form_folder: Callable[[str], Path]) -> None:
    with pytest.raises(FormBroken, match="Line 21"):
        load_form("thu", form_folder(GOOD + "\nnot toml"))


def test_a_form_without_blocks_is_refused(form_folder: Callable[[str], Path]) -> None:
    with pytest.raises(FormBroken, match="at least one block"):
        load_form("thu", form_folder("\n[fields]\n"))
