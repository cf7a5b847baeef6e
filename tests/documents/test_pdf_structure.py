"""What a screen reader is told: headings, paragraphs, tables and pictures in reading order; decoration is left out."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from antq_desktop.documents.pdf import render_form
from tests.documents.conftest import Paper, sample

Print = Callable[..., Paper]


@pytest.fixture
def opened(printed: Print) -> Iterator[Callable[..., pikepdf.Pdf]]:
    """Print records and open the file for its structure."""
    files: list[pikepdf.Pdf] = []

    def open_it(form: str, *records: dict[str, object], **options: Any) -> pikepdf.Pdf:
        files.append(pikepdf.open(printed(form, *records, **options).path))
        return files[-1]

    yield open_it
    for file in files:
        file.close()


def elements(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the children of an element that are elements."""
    return [child for child in node.K if isinstance(child, pikepdf.Dictionary) and "/S" in child]


def roles(node: pikepdf.Object) -> list[str]:
    return [str(child.S) for child in elements(node)]


def sections(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    document = pdf.Root.StructTreeRoot.K
    assert document.S == "/Document"
    return elements(document)


def operators(page: pikepdf.Page) -> Iterator[tuple[str, list[Any]]]:
    for instruction in pikepdf.parse_content_stream(page):
        yield str(instruction.operator), list(instruction.operands)


def every(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in elements(node):
        yield child
        yield from every(child)


def test_the_parts_of_a_certificate_are_in_reading_order(opened: Callable[..., pikepdf.Pdf]) -> None:
    pdf = opened("certificate", sample("certificate"), sample("certificate"))
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712 - an object of the file
    both = sections(pdf)
    assert [str(section.S) for section in both] == ["/Sect", "/Sect"]
    found = roles(both[0])
    assert found == roles(both[1])
    # The title stands at a fixed place and is drawn after the text; it is still read where the form has it.
    assert found.index("/H1") == 1
    assert found[-1] == "/Figure"
    assert set(found) == {"/P", "/H1", "/Figure"}
    assert str(elements(both[0])[-1].Alt) == "Mã kiểm tra Giấy công nhận"


def test_a_table_has_rows_and_cells_and_its_repeated_head_is_decoration(
    opened: Callable[..., pikepdf.Pdf],
) -> None:
    figures = [{"number": str(n), "name": f"Chỉ tiêu {n}", "now": str(n)} for n in range(1, 101)]
    pdf = opened("periodic-report", sample("periodic-report", figures=figures))
    table = next(node for node in elements(sections(pdf)[0]) if node.S == "/Table")
    rows = elements(table)
    assert {str(row.S) for row in rows} == {"/TR"}
    assert roles(rows[0]) == ["/TH"] * 7
    assert sum("/TH" in roles(row) for row in rows) == 1
    assert roles(rows[50]) == ["/TD"] * 7
    assert len(rows) >= 101
    assert len(pdf.pages) > 2


def test_each_mark_on_a_page_belongs_to_its_element(opened: Callable[..., pikepdf.Pdf]) -> None:
    long = [{"name": f"Khu {n}", "households": n, "signed": n, "share": "100 %"} for n in range(1, 60)]
    pdf = opened("periodic-report", sample("periodic-report", areas=long), sample("periodic-report"))
    nums = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(nums[at]): nums[at + 1] for at in range(0, len(nums), 2)}
    owned: dict[tuple[int, int], pikepdf.Object] = {}
    for node in every(pdf.Root.StructTreeRoot.K):
        for child in node.K:
            if isinstance(child, pikepdf.Dictionary):
                if "/MCID" in child:
                    owned[child.Pg.objgen[0], int(child.MCID)] = node
            else:
                owned[node.Pg.objgen[0], int(child)] = node
    for page in pdf.pages:
        content = page.Contents.read_bytes().decode("latin-1")
        marks = [int(mark) for mark in re.findall(r"/MCID (\d+)>> BDC", content)]
        tree = parents[int(page.obj.StructParents)]
        assert marks == list(range(len(tree)))
        for mark in marks:
            assert tree[mark].objgen == owned[page.obj.objgen[0], mark].objgen


def test_everything_on_a_page_is_marked_once(opened: Callable[..., pikepdf.Pdf]) -> None:
    for form in ("certificate", "periodic-report", "household-commitment", "enrolment-sheet"):
        for page in opened(form, draft=True).pages:
            depth = 0
            for operator, operands in operators(page):
                match operator:
                    case "BMC" | "BDC":
                        depth += 1
                    case "EMC":
                        depth -= 1
                    case "Tj" | "S" | "f" | "B" | "Do":
                        assert depth == 1, (form, operands, operator)
            assert depth == 0


def test_rules_frames_footers_and_page_numbers_are_decoration(opened: Callable[..., pikepdf.Pdf]) -> None:
    for page in opened("periodic-report").pages:
        open_mark = ""
        for operator, operands in operators(page):
            if operator in {"BMC", "BDC"}:
                open_mark = str(operands[0])
            if operator in {"S", "Do"}:
                assert open_mark == "/Artifact"


def test_a_paragraph_over_two_pages_is_one_paragraph(
    form_folder: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = form_folder('[fields]\nx = { label = "x" }\n[[block]]\nkind = "paragraph"\ntext = "{x}"\n')
    target = tmp_path / "out.pdf"
    render_form("thu", [{"x": "Một câu dài. " * 500}], target, folder=folder)
    with pikepdf.open(target) as pdf:
        (section,) = sections(pdf)
        (paragraph,) = elements(section)
        assert len(pdf.pages) == 2
        away = [child for child in paragraph.K if isinstance(child, pikepdf.Dictionary)]
        assert {child.Pg.objgen for child in away} == {pdf.pages[1].obj.objgen}
        assert paragraph.Pg.objgen == pdf.pages[0].obj.objgen
