"""The file itself: every object where the table says, strings that stay whole, nothing kept in memory."""

import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from antq_desktop.documents.pdf import render_form
from antq_desktop.documents.pdf_file import PdfFile, text
from tests.documents.conftest import sample


def finished(file: PdfFile, **about: bytes) -> None:
    page, pages = file.reserve(), file.reserve()
    file.put(b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % page, pages)
    file.put(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Resources<<>>>>" % pages, page)
    catalog = file.put(b"<</Type/Catalog/Pages %d 0 R>>" % pages)
    file.finish(
        catalog, file.put(b"<<%b>>" % b"".join(b"/%b %b" % (k.encode(), v) for k, v in about.items()))
    )


def test_objects_may_be_named_before_they_are_written() -> None:
    stream = io.BytesIO()
    file = PdfFile(stream)
    early = file.reserve()
    late = file.put_stream(b"content " * 99, b"/Early %d 0 R" % early)
    file.put(b"(here)", early)
    assert (early, late) == (1, 2)
    finished(file)
    with pikepdf.open(stream) as pdf:
        assert pdf.get_object(2, 0).read_bytes() == b"content " * 99
        assert str(pdf.get_object(2, 0).Early) == "here"
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_string_comes_back_as_it_went_in(content: str) -> None:
    stream = io.BytesIO()
    finished(PdfFile(stream), Title=text(content))
    with pikepdf.open(stream) as pdf:
        assert str(pdf.docinfo["/Title"]) == content


def certificates(count: int) -> list[dict[str, object]]:
    return [
        sample("certificate", number=f"{n}/GCN", recipient=f"Xóm {n}", qr=f"ANTQ1:{n}") for n in range(count)
    ]


def test_pages_are_on_disk_before_the_last_is_drawn(tmp_path: Path) -> None:
    sizes: list[int] = []

    def watched() -> Iterator[dict[str, object]]:
        for record in certificates(60):
            (part,) = tmp_path.glob(".out.pdf.*.part")
            sizes.append(part.stat().st_size)
            yield record

    render_form("certificate", watched(), tmp_path / "out.pdf")
    assert sizes[-1] > 50 * 2_000
    assert sizes[-1] > sizes[20] > sizes[0]


def test_memory_does_not_grow_with_the_pages(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        records = certificates(count)
        tracemalloc.start()
        try:
            render_form("certificate", records, tmp_path / "out.pdf")
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(20)
    few, many = peak(50), peak(350)
    # Results, places of objects and lines kept at hand grow a little: once 21 KB a page, now hardly any.
    assert (many - few) / 300 < 6_000


def test_a_disk_that_is_full_is_told_and_nothing_stays(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("the system has no device that is always full")

    def write(stream: BinaryIO) -> None:
        PdfFile(stream).put(b"x" * 100_000)

    with full.open("wb", buffering=0) as stream, pytest.raises(OSError, match="No space"):
        write(stream)
