"""Reads the QR codes on a photograph, a scan or a PDF of a paper, so that a paper can be checked without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from antq_desktop.documents.preview import Preview, previewing_content
from antq_desktop.domain.errors import BadInput, MachineFailed
from antq_desktop.domain.wording import N_
from antq_desktop.runtime.progress import Progress

if TYPE_CHECKING:
    from PIL.Image import Image

_PDF = b"%PDF-"
#: Readers look for the head of a PDF within its first kilobyte (ISO 32000-1, Annex H.3.4.1).
_HEAD = 1024
#: A code of a certificate has some 65 modules on 30 mm: 3 to 5 dots a module at these densities.
_DOTS_PER_INCH = (200, 400)
#: A page of A3 at 400 dots an inch; a page that claims to be metres wide is drawn no larger.
_MOST_DOTS = 31_000_000
_MOST_PIXELS = 80_000_000
_LARGEST = 200 * 1024 * 1024
_MILLIMETRES_PER_INCH = 25.4


class NoPicture(BadInput):
    code = "no-picture"
    sentence = N_(
        "«{file}» is no picture (PNG, JPG) or PDF that can be read. Take the photograph or scan again."
    )


class PictureTooLarge(BadInput):
    code = "picture-too-large"
    sentence = N_("The picture «{file}» is too large. Take a smaller one that shows the code.")


class PictureNotReadable(MachineFailed):
    code = "picture-not-readable"
    sentence = N_(
        "The file «{file}» cannot be read: {why} Check the stick or folder, then choose the file again."
    )


class NoCode(BadInput):
    code = "no-code-found"
    sentence = N_(
        "No code was found in «{file}». Take the photograph again: from above, in good light, "
        "with the whole code sharp and large."
    )


def codes_in(path: Path, progress: Progress | None = None) -> list[str]:
    """Return the text of each QR code in a PNG, JPG or PDF, page by page, each text once.

    Raises PictureNotReadable, NoPicture, PictureTooLarge, NotAPdf, NoCode, Cancelled. Progress counts pages.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _LARGEST else b""
    except OSError as error:
        raise PictureNotReadable(file=path.name, why=error.strerror or "") from error
    if size > _LARGEST:
        raise PictureTooLarge(value=path.name, why="", file=path.name)
    if _PDF in content[:_HEAD]:
        texts = dict.fromkeys(_in_pdf(content, path.name, progress or Progress()))
    else:
        texts = dict.fromkeys(_in_picture(content, path.name))
    if not texts:
        raise NoCode(value=path.name, why="", file=path.name)
    return list(texts)


def _in_pdf(content: bytes, name: str, progress: Progress) -> Iterator[str]:
    with previewing_content(content, name) as shown:
        for page in range(shown.pages):
            progress.report(page, shown.pages, name)
            yield from _on_page(shown, page)


def _on_page(shown: Preview, page: int) -> list[str]:
    import zxingcpp

    width, height = (side / _MILLIMETRES_PER_INCH for side in shown.size(page))
    most = (_MOST_DOTS / max(width * height, 1)) ** 0.5
    for dots in _DOTS_PER_INCH:
        drawn = shown.image(page, min(dots, most))
        view = zxingcpp.ImageView(
            drawn.pixels,  # type: ignore[arg-type] # any buffer will do, its own description says less
            drawn.width,
            drawn.height,
            zxingcpp.ImageFormat.BGRA,
            drawn.stride,
        )
        found = _read(view)
        if found:
            return found
    return []


def _in_picture(content: bytes, name: str) -> list[str]:
    grey = _grey(content, name)
    return _read(memoryview(grey.tobytes()).cast("B", (grey.height, grey.width)))


def _grey(content: bytes, name: str) -> "Image":
    import io

    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise PictureTooLarge(value=name, why="", file=name)
            return picture.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge(value=name, why="", file=name) from error
    # Pillow says what is wrong with a picture in all of these ways.
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
        raise NoPicture(value=name, why="", file=name) from error


def _read(picture: Any) -> list[str]:  # noqa: ANN401 - a picture in any of the shapes the reader takes
    import zxingcpp

    wanted = zxingcpp.barcode_formats_from_str("QRCode")
    codes = zxingcpp.read_barcodes(picture, formats=wanted, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in codes]
