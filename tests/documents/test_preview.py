"""Pictures of pages for the window: size, colours, and a file that is no PDF."""

from collections.abc import Callable
from pathlib import Path

import pytest

from antq_desktop.documents.preview import NotAPdf, previewing
from tests.documents.conftest import Paper

Print = Callable[..., Paper]


def test_pages_become_pictures_of_the_right_size(printed: Print) -> None:
    with previewing(printed("yearly-report").path) as preview:
        assert preview.pages == 2
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
