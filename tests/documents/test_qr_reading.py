"""What a phone or a scanner made of a paper gives back the text of its code; what is no picture is said to be none."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter
from reportlab.pdfgen.canvas import Canvas

from antq_desktop.documents.preview import NotAPdf, PageImage, Preview
from antq_desktop.documents.qr import QUIET_ZONE, qr_runs
from antq_desktop.documents.qr_reading import NoCode, NoPicture, PictureNotReadable, PictureTooLarge, codes_in
from antq_desktop.domain.errors import Cancelled
from antq_desktop.runtime.progress import Progress

#: As long as the code of a certificate is.
TEXT = "ANTQ1:" + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:" * 6


def drawn(text: str, scale: int = 4) -> Image.Image:
    code = qr_runs(text)
    side = (code.modules + 2 * QUIET_ZONE) * scale
    picture = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(picture)
    for column, row, length in code.runs:
        x, y = (column + QUIET_ZONE) * scale, (row + QUIET_ZONE) * scale
        pen.rectangle((x, y, x + length * scale - 1, y + scale - 1), fill=0)
    return picture


def photographed(text: str) -> Image.Image:
    """Return a paper as a phone sees it: tilted, on a table, a little soft, in colour."""
    paper = Image.new("RGB", (1400, 1000), (247, 243, 232))
    paper.paste(drawn(text, 5).convert("RGB"), (820, 480))
    table = Image.new("RGB", (1900, 1500), (96, 70, 48))
    table.paste(paper, (250, 250))
    return table.rotate(11, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(1.0))


def paper(path: Path, *pages: str, side: float = 85.0, size: tuple[float, float] = (595.0, 842.0)) -> Path:
    """Write a PDF with a code of 30 mm on each page; an empty text leaves the page empty."""
    canvas = Canvas(str(path), pagesize=size)
    for text in pages:
        if text:
            code = qr_runs(text)
            module = side / code.modules
            for column, row, length in code.runs:
                canvas.rect(
                    60 + column * module, 60 + side - row * module, length * module, module, stroke=0, fill=1
                )
        canvas.showPage()
    canvas.save()
    return path


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_photograph_gives_back_the_text(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"ảnh chụp{suffix}"
    photographed(TEXT).save(path)
    assert codes_in(path) == [TEXT]


def test_every_page_of_a_pdf_is_read_in_order(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    progress = Progress(lambda done, total, _what: seen.append((done, total)))
    path = paper(tmp_path / "giấy.pdf", TEXT, "", "second", TEXT)
    assert codes_in(path, progress) == [TEXT, "second"]
    assert seen == [(0, 4), (1, 4), (2, 4), (3, 4)]


def test_a_small_code_is_looked_for_again_at_a_finer_grain(tmp_path: Path) -> None:
    assert codes_in(paper(tmp_path / "nhỏ.pdf", TEXT, side=28)) == [TEXT]


def test_a_page_that_claims_to_be_metres_wide_is_not_drawn_at_full_size(tmp_path: Path) -> None:
    path = paper(tmp_path / "rộng.pdf", TEXT, size=(14_000, 14_000), side=4000)
    most = 0
    shown = Preview.image

    def watched(self: Preview, page: int, dots: float) -> PageImage:
        nonlocal most
        made = shown(self, page, dots)
        most = max(most, made.width * made.height)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Preview, "image", watched)
        assert codes_in(path) == [TEXT]
    assert 0 < most < 32_000_000


@pytest.mark.parametrize(
    ("name", "content", "failure"),
    [
        ("thư.txt", b"day khong phai anh", NoPicture),
        ("rỗng.png", b"", NoPicture),
        ("cụt.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NoPicture),
        ("hỏng.pdf", b"%PDF-1.7\nnothing", NotAPdf),
    ],
)
def test_what_is_no_picture_is_said_to_be_none(
    tmp_path: Path, name: str, content: bytes, failure: type[Exception]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(failure, match=name):
        codes_in(tmp_path / name)


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.97])
def test_a_cut_picture_is_no_picture(tmp_path: Path, keep: float) -> None:
    path = tmp_path / "ảnh.png"
    photographed(TEXT).save(path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    with pytest.raises(NoPicture):
        codes_in(path)


def test_a_picture_without_a_code_asks_for_another(tmp_path: Path) -> None:
    Image.new("RGB", (800, 600), (200, 200, 200)).save(tmp_path / "trống.png")
    with pytest.raises(NoCode, match="trống"):
        codes_in(tmp_path / "trống.png")


@pytest.mark.parametrize("side", [9_100, 9_600, 20_000])
def test_a_bomb_is_not_unpacked(tmp_path: Path, side: int) -> None:
    Image.new("1", (side, side)).save(tmp_path / "bom.png")
    with pytest.raises(PictureTooLarge):
        codes_in(tmp_path / "bom.png")


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "không có.png", tmp_path):
        with pytest.raises(PictureNotReadable):
            codes_in(path)


def test_it_stops_when_asked(tmp_path: Path) -> None:
    path = paper(tmp_path / "giấy.pdf", TEXT, TEXT)
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        codes_in(path, progress)
