"""Pictures of pages for the window: size, colours, and a file that is no PDF."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from antq_desktop.documents.preview import NotAPdf, previewing
from tests.documents.conftest import Paper

Print = Callable[..., Paper]


def test_pages_become_pictures_of_the_right_size(printed: Print) -> None:
    with previewing(printed("periodic-report").path) as preview:
        assert preview.pages == 3
        assert preview.size(0) == pytest.approx((210, 297), abs=0.1)
        image = preview.image(0, 72)
    assert (image.width, image.height) == (596, 842)
    assert image.stride == image.width * 4
    assert len(image.pixels) == image.stride * image.height


def test_colours_are_in_the_order_blue_green_red(printed: Print) -> None:
    with previewing(printed("certificate").path) as preview:
        image = preview.image(0, 100)
    pixels = [image.pixels[n : n + 3] for n in range(0, len(image.pixels), 4)]
    reds = sum(1 for blue, green, red in pixels if red > 140 and green < 60 and blue < 60)
    blues = sum(1 for blue, green, red in pixels if blue > 140 and green < 60 and red < 60)
    assert reds > 1000
    assert blues == 0


@pytest.mark.parametrize("content", [b"", b"no pdf", b"%PDF-1.4\n%%EOF"])
def test_what_is_no_pdf_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "giay.pdf"
    path.write_bytes(content)
    with pytest.raises(NotAPdf, match="«giay.pdf» cannot be shown"), previewing(path):
        pass


def test_bands_laid_below_one_another_are_the_page(printed: Print) -> None:
    with previewing(printed("certificate").path) as preview:
        whole = preview.image(0, 90)
        bands = list(preview.bands(0, 90, 200))
    assert [band.height for band in bands] == [200, 200, 200, whole.height - 600]
    assert {band.width for band in bands} == {whole.width}
    joined = b"".join(band.pixels for band in bands)
    different = sum(1 for a, b in zip(joined, whole.pixels, strict=True) if abs(a - b) > 60)
    assert different < len(joined) / 500


def test_two_papers_may_be_looked_at_from_several_threads(printed: Print) -> None:
    paths = [printed("certificate").path, printed("periodic-report").path]

    def look(path: Path) -> tuple[int, bytes]:
        with previewing(path) as preview:
            return preview.pages, preview.image(preview.pages - 1, 60).pixels

    alone = [look(path) for path in paths]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(look, paths * 10)) == alone * 10


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell its memory so")
def test_pages_are_let_go_once_they_are_drawn(printed: Print) -> None:
    def held() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096

    with previewing(printed("certificate").path) as preview:
        size = len(preview.image(0, 150).pixels)
        before = held()
        for _ in range(30):
            preview.image(0, 150)
        assert held() - before < 5 * size
