"""Photos lose what their files say of place and owner, and not one pixel."""

import io
import struct

import pytest
from PIL import Image, PngImagePlugin

from antq_desktop.documents.bare_photos import bare

SECRETS = (b"20.67", b"105.53", b"Anh An", b"Galaxy", b"<x:xmpmeta", b"moov")


def photo(**more: object) -> bytes:
    picture = Image.effect_mandelbrot((320, 200), (-2, -1.5, 1, 1.5), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0110] = "Galaxy S"
    exif[0x013B] = "Anh An"
    exif.get_ifd(0x8825).update({1: "N", 2: (20.0, 40.0, 12.5), 3: "E", 4: (105.0, 31.0, 48.0)})
    made = io.BytesIO()
    picture.save(
        made, "JPEG", exif=exif, comment=b"20.67, 105.53", xmp=b"<x:xmpmeta>105.53</x:xmpmeta>", **more
    )
    return made.getvalue()


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_keeps_its_pixels_and_colours_alone(progressive: bool) -> None:
    icc = b"colours" * 20
    came = photo(progressive=progressive, icc_profile=icc, restart_marker_rows=1) + b"ftypmoov 20.67 105.53"
    stays = bare(came)
    assert not [secret for secret in SECRETS if secret in stays]
    with Image.open(io.BytesIO(came)) as one, Image.open(io.BytesIO(stays)) as other:
        assert one.getexif().get_ifd(0x8825)
        assert not dict(other.getexif())
        assert other.info["icc_profile"] == icc
        assert one.tobytes() == other.tobytes()
    assert bare(stays) == stays


@pytest.mark.parametrize("turned", range(1, 9))
def test_a_jpeg_that_lies_on_its_side_still_says_so(turned: int) -> None:
    picture = Image.open(io.BytesIO(photo()))
    exif = picture.getexif()
    exif[0x0112] = turned
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif)
    with Image.open(io.BytesIO(bare(made.getvalue()))) as stays:
        assert dict(stays.getexif()) == ({} if turned == 1 else {0x0112: turned})


def test_a_png_loses_its_texts() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Anh An")
    texts.add_itxt("Location", "20.67 105.53", zip=False)
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    Image.new("RGBA", (40, 20), (9, 200, 9, 128)).save(made, "PNG", pnginfo=texts, exif=exif, dpi=(300, 300))
    came = made.getvalue() + b"105.53"
    stays = bare(came)
    assert not [secret for secret in SECRETS if secret in stays]
    with Image.open(io.BytesIO(came)) as one, Image.open(io.BytesIO(stays)) as other:
        assert one.tobytes() == other.tobytes()
        assert other.info["dpi"] == one.info["dpi"]
        assert not dict(other.getexif())


@pytest.mark.parametrize("cut", [2, 3, 20, 150, 900, 2_000])
def test_a_photo_that_breaks_off_is_no_trouble(cut: int) -> None:
    assert bare(photo()[:cut]).startswith(b"\xff\xd8")


def test_what_is_no_photo_stays_as_it_is() -> None:
    assert bare(b"%PDF-1.7 20.67") == b"%PDF-1.7 20.67"
    broken = b"\xff\xd8\xff\xe0" + struct.pack(">H", 9) + b"no JFIF and no picture"
    assert bare(broken) == b"\xff\xd8no picture"[:2] + broken[13:]
