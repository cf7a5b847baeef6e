"""Takes out of a photo what its file says beside the picture: where, when and with whose telephone it was taken.

The pixels stay bit for bit: whole parts of the file are left out, nothing is drawn anew. What turns a picture upright stays.
"""

import io
from collections.abc import Iterator

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_SCAN, _END = 0xDA, 0xD9
_MARKS_ALONE = {0x01, *range(0xD0, 0xD8)}
#: JFIF, colours (ICC) and how colours were packed (Adobe): without these the picture looks another way.
_OF_THE_PICTURE = {0xE0: b"JFIF", 0xE2: b"ICC_PROFILE", 0xEE: b"Adobe"}
_APPLICATIONS = range(0xE0, 0xF0)
_COMMENT = 0xFE
#: A part tells its own size, which counts the two bytes that tell it.
_LEAST = 2
_TOLD_BESIDE = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
_ORIENTATION = 0x0112
_UPRIGHT = 1


def bare(content: bytes) -> bytes:
    """Return the JPEG or PNG without what it says beside the picture; of anything else the same bytes.

    Where a damaged file stops being a JPEG or PNG, the rest is kept as it is.
    """
    if content.startswith(_JPEG):
        return _JPEG + _orientation(content) + b"".join(_jpeg_parts(content))
    if content.startswith(_PNG):
        return _PNG + b"".join(_png_parts(content))
    return content


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    """Yield the parts of a JPEG that make up its picture; what follows its end, such as a film, is none of it."""
    place = len(_JPEG)
    while place + 4 <= len(content) and content[place] == 0xFF:
        mark = content[place + 1]
        if mark == 0xFF:  # filling
            place += 1
            continue
        if mark == _END:
            yield content[place : place + 2]
            return
        if mark in _MARKS_ALONE:
            yield content[place : place + 2]
            place += 2
            continue
        size = int.from_bytes(content[place + 2 : place + 4], "big")
        if size < _LEAST:
            break
        end = place + 2 + size
        if mark == _SCAN:
            end = _end_of_scan(content, end)
        if _is_picture(mark, content[place + 4 : place + 16]):
            yield content[place:end]
        place = end
    yield content[place:]


def _is_picture(mark: int, beginning: bytes) -> bool:
    if mark in _APPLICATIONS:
        return mark in _OF_THE_PICTURE and beginning.startswith(_OF_THE_PICTURE[mark])
    return mark != _COMMENT


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the pixels that begin at ``place`` end: at the next mark that is none within pixels."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] != 0 and content[place + 1] not in _MARKS_ALONE:
            return place
        place += 2


def _png_parts(content: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place + 12 <= len(content):
        end = place + 12 + int.from_bytes(content[place : place + 4], "big")
        kind = content[place + 4 : place + 8]
        if kind not in _TOLD_BESIDE:
            yield content[place:end]
        if kind == b"IEND":
            return
        place = end


def _orientation(content: bytes) -> bytes:
    """Return the part of a JPEG that turns it upright, nothing where it lies upright already."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG",)) as photo:
            turned = photo.getexif().get(_ORIENTATION, _UPRIGHT)
    # Pillow says what is wrong with a picture in all of these ways.
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError, Image.DecompressionBombError):
        return b""
    if turned not in range(_UPRIGHT + 1, 9):
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = turned
    told = exif.tobytes()
    return b"\xff\xe1" + (len(told) + 2).to_bytes(2, "big") + told
