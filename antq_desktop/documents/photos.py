"""Makes a smaller picture of a photo for looking at, which says nothing of where, when or with what it was taken."""

import io
import warnings

from antq_desktop.domain.errors import BadInput
from antq_desktop.domain.wording import N_

#: The longest side of the smaller picture, in pixels; a window shows no more.
LONGEST_SIDE = 1600
_QUALITY = 85
_MOST_PIXELS = 120_000_000
_WHITE = (255, 255, 255)


class PhotoUnreadable(BadInput):
    code = "photo-unreadable"
    sentence = N_("The picture «{file}» cannot be read: it is damaged or far too large. Choose another file.")


def smaller(content: bytes, name: str) -> bytes:
    """Return a JPEG of the JPEG or PNG in ``content``, turned upright, at most LONGEST_SIDE pixels. Raises PhotoUnreadable."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as photo:
                if photo.width * photo.height > _MOST_PIXELS:
                    raise PhotoUnreadable(file=name)
                # A JPEG is read at no more than the size that is needed.
                photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
                upright = ImageOps.exif_transpose(photo)
                upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                # Drawn onto a new picture: whatever the file said beside its pixels stays behind.
                drawn = Image.new("RGB", upright.size, _WHITE)
                solid = upright.convert("RGBA")
                drawn.paste(solid, mask=solid.getchannel("A"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoUnreadable(file=name) from error
    # Pillow says what is wrong with a picture in all of these ways.
    except (OSError, SyntaxError, ValueError, EOFError, OverflowError) as error:
        raise PhotoUnreadable(file=name) from error
    made = io.BytesIO()
    drawn.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()
